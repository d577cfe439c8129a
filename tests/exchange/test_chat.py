"""Conversations copied out of WeChat, and texts that are only like one."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.chat import Chat, ChatMessage, read_chat
from app.exchange.chat_times import read_stamp

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)  # a Sunday


def moment(day, hour, minute, second=0, month=11, year=2026):
    return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)


def read(text):
    chat = read_chat(text, now=NOW)
    return None if chat is None else list(chat.messages)


ZHANG, LI = "张三", "李四"
FRIDAY = [
    ChatMessage(ZHANG, moment(20, 15, 4), "您好\n货坏了"),
    ChatMessage(LI, moment(20, 15, 6), "[图片]"),
]


@pytest.mark.parametrize(
    "text",
    [
        "张三 2026/11/20 15:04\n您好\n货坏了\n\n李四 2026/11/20 15:06\n[图片]\n",
        "张三 2026/11/20 15:04\r\n您好\r\n货坏了\r\n李四 2026/11/20 15:06\r\n[图片]\r\n",
        "张三  2026-11-20 15:04:00\n您好\n货坏了\n\n李四  2026-11-20 15:06:00\n[图片]",
        "张三 2026年11月20日 15:04\n您好\n货坏了\n\n李四 2026年11月20日 15:06\n[图片]",
        "张三 2026年11月20日 星期五 下午3:04\n您好\n货坏了\n\n李四 2026年11月20日 下午3:06\n[图片]",
        "张三 11-20 15:04:00\n您好\n货坏了\n李四 11-20 15:06:00\n[图片]",
        "张三 11月20日 15:04\n您好\n货坏了\n李四 11月20日 15:06\n[图片]",
        "张三 星期五 15:04\n您好\n货坏了\n\n李四 周五 15:06\n[图片]",
        "张三 Friday 15:04\n您好\n货坏了\n\n李四 Fri 3:06 PM\n[图片]",
        "张三 11/20/26 3:04 PM\n您好\n货坏了\n\n李四 11/20/26, 3:06 PM\n[图片]",
        "张三 Nov 20, 2026 3:04 PM\n您好\n货坏了\n\n李四 November 20, 2026 at 3:06 PM\n[图片]",
        "张三 20 Nov 2026 15:04\n您好\n货坏了\n\n李四 20 Nov 15:06\n[图片]",
        "—————  2026-11-20  —————\n\n\n张三  15:04\n\n您好\n货坏了\n\n李四  15:06\n\n[图片]\n",
        "————— 2026/11/20 —————\n张三  15:04\n您好\n货坏了\n李四  15:06\n[图片]",
        "2026-11-20 15:04\n\n张三:\n您好\n货坏了\n\n2026-11-20 15:06\n\n李四:\n[图片]",
        "星期五 15:04\n张三：\n您好\n货坏了\n\n星期五 15:06\n李四：\n[图片]",
    ],
)
def test_every_form_gives_the_same_conversation(text):
    assert read(text) == FRIDAY


def test_a_conversation_sent_by_mail_keeps_what_announces_it():
    text = (
        "张三 和 李四 在微信上的聊天记录如下，请查收。\n\n—————  2026-11-20  —————\n\n\n"
        "张三  15:04\n\n您好\n货坏了\n\n—————  2026-11-21  —————\n\n\n"
        "BL 李四  08:54\n\n[图片: a.jpg(请在附件中查看)]\n\n"
        "发自我的iPhone"
    )
    chat = read_chat(text, now=NOW)
    assert chat == Chat(
        (
            FRIDAY[0],
            ChatMessage(
                "BL 李四", moment(21, 8, 54), "[图片: a.jpg(请在附件中查看)]\n\n发自我的iPhone"
            ),
        ),
        before="张三 和 李四 在微信上的聊天记录如下，请查收。",
    )


def test_one_message_sent_by_mail_is_a_conversation():
    text = "微信群“售后”的聊天记录如下:\n\n———— 2026-11-20 ————\n\n张三  15:04\n\n您好\n货坏了"
    assert read(text) == FRIDAY[:1]


def test_names_and_colons_alone_are_a_conversation_without_times():
    text = '张三:\n您好\n\n李四:\n[语音] 12"\n\n张三:\n[文件] 合同.pdf'
    assert read(text) == [
        ChatMessage(ZHANG, None, "您好"),
        ChatMessage(LI, None, '[语音] 12"'),
        ChatMessage(ZHANG, None, "[文件] 合同.pdf"),
    ]


def test_names_need_no_blank_lines_between_messages():
    assert read("张三:\n您好\n李四:\n在\n张三:\n货坏了\n真的") == [
        ChatMessage(ZHANG, None, "您好"),
        ChatMessage(LI, None, "在"),
        ChatMessage(ZHANG, None, "货坏了\n真的"),
    ]


def test_two_people_with_names_that_are_names_are_a_conversation():
    found = read("张三:\n你好\n\n李小四:\n在的")
    assert [message.name for message in found] == [ZHANG, "李小四"]


def test_a_colon_within_a_message_is_no_head():
    text = "张三:\n收货人:\n李雷\n\n客服小王:\n好\n\n张三:\n谢谢"
    assert [message.text for message in read(text)] == ["收货人:\n李雷", "好", "谢谢"]


def test_a_customer_may_be_called_customer():
    text = "客户:\n您好\n\n客服:\n在\n\n客户:\n货坏了"
    assert [message.name for message in read(text)] == ["客户", "客服", "客户"]


def test_people_may_be_called_anything():
    text = (
        "A 宏达-王经理🌸 2026/11/20 15:04\nhi\n\nann.lee 2026/11/20 15:05\n[Picture]\n\n"
        "🌸 昨天 8:00\n早"
    )
    assert [(message.name, message.at) for message in read(text)] == [
        ("A 宏达-王经理🌸", moment(20, 15, 4)),
        ("ann.lee", moment(20, 15, 5)),
        ("🌸", moment(21, 8, 0)),
    ]


def test_times_of_today_have_no_day():
    text = "张三 昨天 15:04\n您好\n\n张三 Yesterday 4:00 PM\nx\n\n李四 8:05\n在\n\n张三 8:06\n好"
    assert [message.at for message in read(text)] == [
        moment(21, 15, 4),
        moment(21, 16, 0),
        moment(22, 8, 5),
        moment(22, 8, 6),
    ]


def test_a_time_that_today_has_yet_to_see_is_of_no_known_day():
    assert [message.at for message in read("张三 23:05\n您好\n\n李四 23:06\n在")] == [None, None]


def test_below_a_day_alone_messages_without_a_time_have_the_day():
    text = "———— 2026-11-20 ————\n\n张三:\n您好\n\n李四:\n在\n\n张三:\n货坏了"
    assert [message.at for message in read(text)] == [date(2026, 11, 20)] * 3


def test_a_time_that_somebody_wrote_stays_in_the_message():
    text = (
        "张三 2026/11/20 15:04\n明天\n\n15:30\n\n或者\n2026-11-23 15:04\n\n"
        "李四 2026/11/20 15:06\n昨天 15:04\n\n"
        "张三  2026/11/20 15:07\n[图片]"
    )
    assert [message.text for message in read(text)] == [
        "明天\n\n15:30\n\n或者\n2026-11-23 15:04",
        "昨天 15:04",
        "[图片]",
    ]


def test_a_line_in_a_message_that_ends_with_a_time_is_no_head():
    text = "张三 2026/11/20 15:04\n改到\n会议 2026/11/23 10:00\n行吗\n\n李四 2026/11/20 15:06\n行"
    assert [message.name for message in read(text)] == [ZHANG, LI]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "您好，货坏了。",
        "张三 2026/11/20 15:04\n您好",
        "会议 2026/11/20 15:04\n讨论合同",
        "地址:\n北京\n\n电话:\n138\n\n地址:\n上海\n\n电话:\n139",
        "问:\n怎么退货?\n\n答:\n七天内\n\n问:\n运费?\n\n答:\n我们付",
        "优点:\n便宜\n\n缺点:\n慢",
        "a.txt 2026/11/20 15:04\nb.txt 2026/11/20 15:05\nc.txt 2026/11/21 15:05",
        "2026-11-20 15:04 INFO started\n2026-11-20 15:05 INFO stopped",
        "2026-11-20 15:04\n\n2026-11-21 15:04\n",
        "客户名称,手机\n张三,138\n李四,139",
        "张三: 您好\n李四: 在",
        "午餐 12:00\n食堂\n\n会议 14:00\n二楼",
        "Dear Ann:\n\nplease find attached\n\nBest:\nBob",
        "From: a@b.cn\nTo: c@d.cn\nDate: 2026-11-20 15:04\n\nHello",
        "第一点:\n便宜\n第二点:\n快\n第三点:\n好",
        "https://example.com/a 2026/11/20 15:04\nhttps://example.com/b 2026/11/20 15:05\nx",
    ],
)
def test_what_is_no_conversation_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("15:04", None, "15:04:00"),
        ("上午12:05", None, "00:05:00"),
        ("12:05 AM", None, "00:05:00"),
        ("中午 12:05", None, "12:05:00"),
        ("中午1:05", None, "13:05:00"),
        ("晚上 8:05", None, "20:05:00"),
        ("凌晨 2:05", None, "02:05:00"),
        ("前天 15:04:05", date(2026, 11, 20), "15:04:05"),
        ("Today 9:00", date(2026, 11, 22), "09:00:00"),
        ("星期日 15:04", date(2026, 11, 15), "15:04:00"),
        ("星期天 15:04", date(2026, 11, 15), "15:04:00"),
        ("Monday 15:04", date(2026, 11, 16), "15:04:00"),
        ("12-31 15:04", date(2025, 12, 31), "15:04:00"),
        ("2-29 15:04", date(2024, 2, 29), "15:04:00"),
        ("31/12/2025 15:04", date(2025, 12, 31), "15:04:00"),
        ("5/6/2026 15:04", None, "15:04:00"),
        ("2026/11/20", date(2026, 11, 20), "None"),
    ],
)
def test_a_time_beside_a_message_looks_back(text, day, clock):
    stamp = read_stamp(text, NOW)
    assert (stamp.day, str(stamp.time)) == (day, clock)


@pytest.mark.parametrize(
    "text", ["25:04", "15:60", "2026-11-31 15:04", "2026-13-01", "11-31 15:04", "hello", "", "1504"]
)
def test_what_is_no_time_is_none(text):
    assert read_stamp(text, NOW) is None


NAMES = st.sampled_from(["张三", "李四", "A-王经理", "Ann Lee", "小明🌸", "o'Neil"])
TEXTS = st.lists(
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20)
    .map(lambda text: "说" + text.strip())
    .filter(lambda text: not text.endswith((":", "："))),
    min_size=1,
    max_size=4,
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 21)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=CHINA)
)
MESSAGES = st.lists(st.tuples(NAMES, MOMENTS, TEXTS), min_size=2, max_size=8)


@pytest.mark.parametrize("form", ["{0} {1:%Y/%m/%d %H:%M}", "{0}  {1:%Y-%m-%d %H:%M:%S}"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@given(MESSAGES)
def test_what_was_said_comes_back_as_it_was(form, gap, said):
    text = gap.join(form.format(name, at) + "\n" + "\n".join(lines) for name, at, lines in said)
    assert read(text) == [ChatMessage(name, at, "\n".join(lines)) for name, at, lines in said]


PIECES = st.lists(
    st.sampled_from(
        [
            "张三 2026/11/20 15:04",
            "李四 2026/11/20 15:06",
            "张三:",
            "李四:",
            "王五  15:04",
            "—— 2026-11-20 ——",
            "15:04",
            "昨天 15:04",
            "",
            "2026-11-20 15:04",
            "[图片]",
            "会议 15:04",
            "地址:",
            "聊天记录如下",
            "Dear:",
            "  x  ",
            "A: b",
        ]
    )
    | st.text(max_size=8),
    max_size=25,
)


@settings(max_examples=500)
@given(PIECES)
def test_nothing_is_lost_but_the_times(pieces):
    text = "\n".join(pieces)
    chat = read_chat(text, now=NOW)
    if chat is None:
        return
    kept = iter(
        [
            *chat.before.split("\n"),
            *[part for one in chat.messages for part in (one.name, *one.text.split("\n"))],
        ]
    )
    rest = next(kept, None)
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        while rest is not None and not rest.strip():
            rest = next(kept, None)
        if not line.strip():
            continue
        if rest is not None and (line == rest or line.strip().startswith(rest)):
            rest = next(kept, None)
        else:
            assert read_stamp(line.strip(" —"), NOW) is not None, line
    assert rest is None or not rest.strip()


def test_a_long_text_takes_no_time_worth_naming():
    assert read(("x" * 119 + " 15:0\n") * 20_000) is None
    text = "张三 2026/11/20 15:04\n您好\n\n李四 2026/11/20 15:06\n在\n\n" * 5_000
    assert len(read(text)) == 10_000
