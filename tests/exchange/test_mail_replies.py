"""The newest part of a mail, above, below or between the history that mail programs quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.mail import fresh, read_mail

HISTORY = """From: service@shop.example
Sent: Friday, November 20, 2026 9:00 AM
To: Ann
Subject: Order

Your order was sent."""


@pytest.mark.parametrize(
    "below",
    [
        "On Fri, Nov 20, 2026 at 9:00 AM Service <s@shop.cn> wrote:\n> Your order\n> was sent.",
        "On Fri, Nov 20, 2026 at 9:00 AM Service\n<service@shop.example> wrote:\n\n> Your order",
        "On 20 Nov 2026, at 09:00, Service wrote:\n\nYour order was sent.",
        "-----Original Message-----\n" + HISTORY,
        "---------- Forwarded message ---------\n" + HISTORY,
        "________________________________\n" + HISTORY,
        HISTORY,
        "发件人: 客服 <s@shop.cn>\n发送时间: 2026年11月20日\n收件人: 张三\n主题: 订单\n已发货。",
        "发件人： 客服\n发送时间： 2026-11-20 09:00\n收件人： 张三\n主题： 订单\n已发货。",
        "寄件者: 客服\n寄件日期: 2026年11月20日\n收件者: 張三\n主旨: 訂單\n\n已出貨。",
        '------------------ 原始邮件 ------------------\n发件人: "客服"\n已发货。',
        "------------------ Original ------------------\nFrom: x\n已发货。",
        '在 2026-11-20 09:00:12，"客服" <service@shop.example> 写道：\n>已发货。',
        "在 2026年11月20日，09:00，客服 <service@shop.example> 写道：\n\n已发货。",
        "客服 <service@shop.example> 于2026年11月20日周五 09:00写道：\n\n> 已发货。",
        "客服 <service@shop.example> 於 2026年11月20日 週五 上午9:00寫道：\n> 已出貨。",
        'At 2026-11-20 09:00:12, "Service" <service@shop.example> wrote:\n>Sent.',
        "---- 回复的原邮件 ----\n| 发件人 | 客服 |\n| 日期 | 2026年11月20日 |\n已发货。",
        "> Your order\n> was sent.",
    ],
)
def test_the_newest_part_ends_where_the_history_begins(below):
    answer = "货坏了，\n\n怎么办？\n张三 138 0000 0000"
    assert fresh(f"{answer}\n\n{below}") == answer


def test_answers_between_quoted_lines_are_new():
    text = "Hello\n\nOn 20 Nov 2026, Ann wrote:\n> one?\nYes.\n> two?\n\nNo.\n"
    assert fresh(text) == "Hello\n\nYes.\n\nNo."


@pytest.mark.parametrize(
    "text",
    [
        HISTORY,
        "---------- Forwarded message ---------\n" + HISTORY,
        "> only\n> quoted",
        "From: here we go on\nand to there",
        "On Monday he wrote:\nI am late.",
        "客户来电写道：\n货坏了",
        "a -- b\n-- \nAnn",
        "",
    ],
)
def test_what_is_no_history_or_nothing_else_is_kept_whole(text):
    assert fresh(text) == text


@given(st.text(max_size=300))
def test_the_newest_part_is_made_of_the_lines_of_the_mail_and_never_empty(text):
    part = fresh(text)
    assert bool(part) == bool(text.strip())
    assert set(part.split("\n")) <= {*text.split("\n"), *text.strip().split("\n")}


OUTLOOK = """<p class="MsoNormal">货坏了</p><p class="MsoNormal">怎么办？</p>
<div style="border-top: solid"><p class="MsoNormal"><b>发件人:</b> 客服<br>
<b>发送时间:</b> 2026年11月20日<br>
<b>收件人:</b> 张三<br><b>主题:</b> 订单</p></div><p>已发货。</p>"""
QQ = """<div>货坏了</div><div>怎么办？</div>
<div>------------------&nbsp;原始邮件&nbsp;------------------</div>
<div><b>发件人:</b>&nbsp;客服</div><div>已发货。</div>"""
GMAIL = """<div dir="ltr">货坏了<div>怎么办？</div></div><div class="gmail_quote">
<div>On Fri, Nov 20, 2026 at 9:00 AM Service &lt;<a href='mailto:s@shop.cn'>s@shop.cn</a>&gt; wrote:
<br></div><blockquote><div>Sent.</div></blockquote></div>"""


@pytest.mark.parametrize("html", [OUTLOOK, QQ, GMAIL])
def test_the_newest_part_of_html_is_found_as_well(html):
    head = b"From: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    assert fresh(read_mail(head + html.encode()).text) == "货坏了\n怎么办？"
