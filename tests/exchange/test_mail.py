"""Mails of every program and encoding, and files that only call themselves mails."""

import base64
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused, UserError
from app.exchange import mail_parts
from app.exchange.mail import Address, fresh, read_mail

CHINA = timezone(timedelta(hours=8))
HEAD = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n"


def typed(kind, body, encoding="8bit"):
    lines = ["MIME-Version: 1.0", f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}"]
    return HEAD + "\r\n".join([*lines, "", ""]).encode() + body


def full():
    mail = EmailMessage()
    mail["From"] = "张三 <zhang@example.com>"
    mail["To"] = 'Service <service@shop.example>, "王, 五" <wang@shop.example>'
    mail["Cc"] = "boss@shop.example"
    mail["Subject"] = "关于订单 2026-1120 的投诉，请尽快处理，谢谢您的理解与支持，期待回复"
    mail["Date"] = "Fri, 20 Nov 2026 15:04:33 +0800"
    mail.set_content("您好：\n\n货坏了。\n")
    mail.add_alternative("<p>您好：<b>货坏了</b>。</p>", subtype="html")
    mail.add_attachment(b"\x89PNG...", maintype="image", subtype="png", filename="破损 照片.png")
    mail.add_attachment("a,b\n1,2\n", subtype="csv", filename="list.csv")
    return mail


def test_everything_in_an_ordinary_mail_is_read(tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes(full().as_bytes())
    mail = read_mail(path)
    assert mail.sender == Address("张三", "zhang@example.com")
    assert mail.to == (
        Address("Service", "service@shop.example"),
        Address("王, 五", "wang@shop.example"),
    )
    assert mail.cc == (Address("", "boss@shop.example"),)
    assert mail.subject == "关于订单 2026-1120 的投诉，请尽快处理，谢谢您的理解与支持，期待回复"
    assert mail.at == datetime(2026, 11, 20, 15, 4, 33, tzinfo=CHINA)
    assert mail.text == "您好：\n\n货坏了。"
    assert [(file.name, file.media_type) for file in mail.attachments] == [
        ("破损 照片.png", "image/png"),
        ("list.csv", "text/csv"),
    ]
    assert mail.attachments[0].data == b"\x89PNG..."
    assert mail.notices == ()


@pytest.mark.parametrize(
    ("text", "real", "said"),
    [
        ("您好，镕基先生：上周的订单什么时候可以发货？", "gb18030", "gb2312"),
        ("您好，請問上週的訂單什麼時候可以發貨？謝謝。", "big5", "gb2312"),
        ("您好，請問上週的訂單什麼時候可以發貨？謝謝。", "gb18030", "gb2312"),
        ("您好，上周的订单什么时候可以发货？谢谢。", "gb18030", "big5"),
        ("您好，上周的订单什么时候可以发货？", "gb18030", None),
        ("您好，上周的订单什么时候可以发货？", "gb18030", "us-ascii"),
        ("您好，上周的订单什么时候可以发货？", "gb18030", "iso-8859-1"),
        ("您好，上周的订单什么时候可以发货？", "utf-8", "gb2312"),
        ("您好，上周的订单什么时候可以发货？", "gb18030", "utf-8"),
        ("您好，上周的订单什么时候可以发货？", "utf-8", "no-such-thing"),
        ("您好，上周的订单什么时候可以发货？", "utf-8", "base64"),
        ("您好，上周的订单什么时候可以发货？", "hz", "hz-gb-2312"),
        ("お世話になっております。注文の件です。", "iso-2022-jp", "iso-2022-jp"),
        ("お世話になっております。注文の件です。", "shift_jis", "shift_jis"),
        ("Où êtes-vous allé hier soir ?", "cp1252", "iso-8859-1"),
        ("联通", "gb18030", "gb2312"),
    ],
)
def test_the_text_is_right_whatever_the_mail_says_of_its_encoding(text, real, said):
    kind = "text/plain" if said is None else f'text/plain; charset="{said}"'
    assert read_mail(typed(kind, text.encode(real))).text == text


def test_text_that_is_cut_off_within_a_character_stays_readable():
    octets = "您好，上周的订单什么时候可以发货？".encode()[:-1]
    assert (
        read_mail(typed("text/plain; charset=utf-8", octets)).text[:-1]
        == "您好，上周的订单什么时候可以发货"
    )


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        (b"=?gb2312?B?tqm1pQ==?= =?GB2312?B?zbbL3w==?=", "订单投诉"),
        (b"=?utf-8?B?6K6i5Y0=?=\r\n =?UTF-8?b?leaKleivig==?=", "订单投诊"),  # within a character
        (b"Re: =?utf-8?Q?=E8=AE=A2=E5=8D=95_1?= ok", "Re: 订单 1 ok"),
        (b"=?utf-8*zh?B?6K6i5Y2V?=", "订单"),
        ("订单投诉".encode("gb18030"), "订单投诉"),
        ("訂單的投訴".encode("big5"), "訂單的投訴"),
        ("订单投诉".encode(), "订单投诉"),
        (b"=?nonsense?B?6K6i5Y2V?=", "订单"),
        (b"=?utf-8?B?***?= x", "x"),
        (b"a\r\n\tb", "a b"),
    ],
)
def test_a_subject_is_read_however_it_was_written(subject, read):
    assert read_mail(HEAD.replace(b"Subject: x", b"Subject: " + subject) + b"\r\nx").subject == read


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        (b'From: "=?gb2312?B?1cXI/Q==?=" <a@b.cn>', Address("张三", "a@b.cn")),
        (b"From: =?gb2312?B?1cXI/Q==?= <a@b.cn>", Address("张三", "a@b.cn")),
        ("From: 张三 <a@b.cn>".encode("gb18030"), Address("张三", "a@b.cn")),
        (b"From: a@b.cn (Zhang San)", Address("Zhang San", "a@b.cn")),
        (b"From: a@b.cn <a@b.cn>", Address("", "a@b.cn")),
        (b'From: "Ann \\"A\\" Lee" <a@b.cn>, c@d.cn', Address('Ann "A" Lee', "a@b.cn")),
        (b"From: Postmaster", Address("Postmaster", None)),
        (b"From: <>", None),
        (b"X: y", None),
        (b"Sender: a@b.cn", Address("", "a@b.cn")),
        (b'From: "never closed <a@b.cn>', Address("never closed", "a@b.cn")),
    ],
)
def test_a_sender_is_read_however_it_was_written(line, sender):
    octets = b"To: x@y.cn\r\nSubject: x\r\n" + line + b"\r\n\r\ntext"
    assert read_mail(octets).sender == sender


def test_people_in_a_group_are_read_and_undisclosed_ones_are_nobody():
    octets = (
        b"From: a@b.cn\r\nTo: undisclosed-recipients:;\r\nCc: Team: c@d.cn, E <e@f.cn>;\r\n\r\nx"
    )
    mail = read_mail(octets)
    assert mail.to == ()
    assert mail.cc == (Address("", "c@d.cn"), Address("E", "e@f.cn"))


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (b"Fri, 20 Nov 2026 15:04:33 +0800", datetime(2026, 11, 20, 7, 4, 33, tzinfo=UTC)),
        (b"20 Nov 26 07:04 GMT", datetime(2026, 11, 20, 7, 4, tzinfo=UTC)),
        (b"Fri, 20 Nov 2026 07:04:33 -0000", datetime(2026, 11, 20, 7, 4, 33, tzinfo=UTC)),
        (b"Fri, 20 Nov 2026 07:04:33", datetime(2026, 11, 20, 7, 4, 33, tzinfo=UTC)),
        (b"yesterday", None),
        (b"Fri, 32 Nov 2026 15:04:33 +0800", None),
        (b"Fri, 31 Dec 9999 23:04:33 -0800", None),
        (b"", None),
    ],
)
def test_a_time_has_its_zone_or_there_is_none(value, at):
    mail = read_mail(HEAD + b"Date: " + value + b"\r\n\r\nx")
    assert mail.at == at
    assert at is None or mail.at.tzinfo is not None


def test_a_mail_without_sender_and_date_is_still_a_mail():
    mail = read_mail(b"Subject: x\r\nTo: a@b.cn\r\n\r\ntext")
    assert (mail.sender, mail.at, mail.text) == (None, None, "text")


def test_paragraphs_that_the_sender_broke_are_whole_again():
    body = b"One line \r\nthat goes \r\non.\r\n\r\n> quoted \r\n> too\r\n from x\r\n-- \r\nAnn"
    text = read_mail(typed("text/plain; charset=utf-8; format=flowed", body)).text
    assert text == "One line that goes on.\n\n> quoted too\nfrom x\n--\nAnn"
    chinese = "货到的时候 \r\n已经坏了。".encode()
    said = "text/plain; charset=utf-8; format=flowed; delsp=yes"
    assert read_mail(typed(said, chinese)).text == "货到的时候已经坏了。"


def test_an_encoding_with_a_name_that_is_no_text_does_no_harm():
    octets = typed("text/plain; charset=X", "您好，订单".encode()).replace(b"=X", b'="\xd3\xc5"')
    assert read_mail(octets).text == "您好，订单"


def test_html_becomes_words_without_scripts_styles_and_pictures_from_elsewhere():
    html = """<html><head><title>t</title><style>p {color: red}</style></head><body>
      <script>alert("x")</script><!-- hidden <p>words</p> -->
      <p>您好&nbsp;&amp; 再见</p><p>第二段<br>换行 3 &lt; 5</p>
      <ul><li>一</li><li>二</li></ul>
      <a href="https://example.com/a?b=1">点这里</a> <a href="https://example.com">example.com</a>
      <a href="javascript:alert(1)">坏</a> <a href="mailto:a@b.cn">a@b.cn</a>
      <img src="https://track.example/1.gif"><img src="cid:1" alt="照片">
      <table><tr><td>数量</td><td>3</td></tr></table>
      <blockquote><p>旧的</p></blockquote></body></html>"""
    text = read_mail(typed("text/html; charset=utf-8", html.encode())).text
    assert text == (
        "您好 & 再见\n\n第二段\n换行 3 < 5\n\n- 一\n- 二\n\n"
        "点这里 <https://example.com/a?b=1> example.com 坏 a@b.cn [照片]\n\n数量\t3\n\n> 旧的"
    )


def test_html_that_says_its_encoding_inside_is_read_in_it():
    html = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>您好，订单</p>'
    assert read_mail(typed("text/html", html.encode("gbk"))).text == "您好，订单"


def test_an_empty_plain_part_gives_way_to_html():
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@b.cn", "c@d.cn"
    mail.set_content("\n")
    mail.add_alternative("<div>货坏了</div>", subtype="html")
    assert read_mail(mail.as_bytes()).text == "货坏了"


def test_a_picture_within_the_text_is_a_file_too():
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@b.cn", "c@d.cn"
    mail.set_content('<p>看图</p><img src="cid:1">', subtype="html")
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<1>")
    found = read_mail(mail.as_bytes())
    assert found.text == "看图"
    assert [file.name for file in found.attachments] == ["attachment-1.png"]


def test_a_mail_within_the_mail_is_a_file_that_can_be_read_again():
    outer = EmailMessage()
    outer["From"], outer["To"] = "a@b.cn", "c@d.cn"
    outer.set_content("见附件")
    outer.add_attachment(full())
    mail = read_mail(outer.as_bytes())
    (file,) = mail.attachments
    assert file.name.startswith("关于订单 2026-1120 的投诉")
    assert file.name.endswith(".eml")
    assert mail.text == "见附件"
    again = read_mail(file.data)
    assert again.sender == Address("张三", "zhang@example.com")
    assert [file.name for file in again.attachments] == ["破损 照片.png", "list.csv"]


def test_a_mail_within_the_mail_that_travels_as_base64_can_be_read_again():
    body = base64.encodebytes(full().as_bytes())
    (file,) = read_mail(typed("message/rfc822", body, "base64")).attachments
    assert read_mail(file.data).text == "您好：\n\n货坏了。"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="C:\\\\Users\\\\x\\\\a.txt"', "a.txt"),
        (b'filename="=?gb2312?B?tqm1pS5wZGY=?="', "订单.pdf"),
        (b"filename*=gb2312''%B6%A9%B5%A5.pdf", "订单.pdf"),
        (b"filename*0*=utf-8''%E8%AE%A2; filename*1*=%E5%8D%95.pdf", "订单.pdf"),
        ('filename="订单.pdf"'.encode("gb18030"), "订单.pdf"),
        ('filename="\u202efdp.exe"'.encode(), "fdp.exe"),
        (b'filename="a:b?.txt"', "a_b_.txt"),
        (b'filename=".."', "attachment-1.pdf"),
        (b"", "attachment-1.pdf"),
        (b'filename="' + b"x" * 300 + b'.pdf"', "x" * 117 + ".pdf"),
    ],
)
def test_a_file_has_a_name_that_can_stand_in_any_folder(said, name):
    line = b"Content-Type: application/pdf\r\nContent-Disposition: attachment; " + said
    assert read_mail(HEAD + line + b"\r\n\r\n%PDF").attachments[0].name == name


def test_a_mail_that_breaks_off_is_read_and_said_to(tmp_path):
    whole = full().as_bytes()
    mail = read_mail(whole[: whole.index(b"iVBOR") if b"iVBOR" in whole else len(whole) * 3 // 4])
    assert mail.text == "您好：\n\n货坏了。"
    assert "breaks off" in str(mail.notices[0])


def test_text_longer_than_a_field_is_cut_and_said_to_be():
    mail = read_mail(HEAD + b"\r\n" + b"x" * (mail_parts.LONGEST_TEXT + 1))
    assert len(mail.text) == mail_parts.LONGEST_TEXT
    assert "longer than" in str(mail.notices[0])


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.eml"
    with path.open("wb") as stream:
        stream.write(HEAD + b"\r\n")
        stream.truncate(137 * 1024**2)  # 100 MB as they travel
    with pytest.raises(Refused, match=r"large\.eml.*larger than 80 MB"):
        read_mail(path)


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(1_000), "not a mail"),
        ("客户名称,手机\n张伟,138\n".encode(), "not a mail"),
        ("备注: 明天打电话\n电话: 138\n".encode(), "not a mail"),
        (b"Subject: only a note\n", "not a mail"),
        (b"%PDF-1.7\n...", "not a mail"),
    ],
)
def test_what_is_no_mail_is_refused_with_a_sentence(tmp_path, octets, words):
    path = tmp_path / "a.eml"
    path.write_bytes(octets)
    with pytest.raises(Refused, match=rf"“a\.eml”.*{words}"):
        read_mail(path)
    with pytest.raises(Refused, match="“The mail”"):
        read_mail(octets)


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(Refused, match="not there any more"):
        read_mail(tmp_path / "gone.eml")


def nested(depth):
    octets = HEAD + b"MIME-Version: 1.0\r\n"
    for level in range(depth):
        octets += b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
    return octets + b"Content-Type: text/plain\r\n\r\nx"


def many(count):
    part = b"--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count + b"--b--"


@pytest.mark.parametrize(
    "octets",
    [
        nested(25),
        nested(5_000),
        many(1_001),
        nested(300) + b"\n" * 100_000,
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 400 + b"x",
    ],
)
def test_a_mail_made_to_choke_on_is_refused(octets):
    with pytest.raises(Refused, match="parts within parts"):
        read_mail(octets)


def test_parts_as_many_as_some_mails_have_are_read():
    assert len(read_mail(many(200)).attachments) == 200
    assert read_mail(nested(10)).text == "x"


@pytest.mark.parametrize(
    "octets",
    [
        HEAD + b'Content-Type: text/plain; a="' + b";" * 500_000 + b"\r\n\r\nx",
        HEAD + b"Cc: " + b"(" * 300_000 + b"\r\n\r\nx",
        HEAD + b"Cc: " + b"a" * 300_000 + b"\r\n\r\nx",
        HEAD + b"Cc: " + b"=?utf-8?B?" * 50_000 + b"\r\n\r\nx",
        typed("text/html", b"<a b='" * 300_000),
        typed("text/html", b"<!--" * 500_000),
        typed("text/html", b"<" * 1_000_000),
        typed("text/html", b"<script>" * 200_000),
        typed("text/html", b"<p" + b" " * 1_000_000),
        typed("text/html", b"<blockquote>" * 20_000 + b"<p>x" * 2_000),
        typed("text/html", b"&" * 1_000_000),
        typed("text/plain", b"On a\n" * 100_000),
        typed("text/plain", b"> " * 500_000),
    ],
)
@pytest.mark.timeout(20)
def test_a_mail_made_to_take_very_long_does_not(octets):
    fresh(read_mail(octets).text)


ODD = st.sampled_from(
    b"Content-Type: |multipart/mixed; boundary=|message/rfc822|text/html|\r\n|--b|--b--|\r\n\r\n"
    b'|=?gb2312?B?|?=|From: |Date: |<|"|b|Content-Transfer-Encoding: |base64|charset=|utf-16'
    b"|filename*0*=|'|;|Content-Disposition: attachment; |multipart/alternative;|uuencode|\xd5\xc5"
    b"|message/delivery-status|text/plain; charset=punycode|begin 644 x\r\n|\0".split(b"|")
)


@settings(max_examples=400, deadline=None)
@given(st.lists(ODD | st.binary(max_size=12), max_size=60))
def test_whatever_stands_in_a_mail_it_is_read_or_refused_with_a_sentence(parts):
    try:
        mail = read_mail(HEAD + b"".join(parts))
    except UserError:
        return
    assert all(file.name for file in mail.attachments)
    assert "\0" not in mail.text + mail.subject
    (mail.text + mail.subject).encode()  # no lone surrogates
