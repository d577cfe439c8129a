"""Mails that Outlook saved."""

import re
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused, UserError
from app.exchange.mail import Address, read_mail
from tests.exchange import outlook_files as made

LARGE_SIZE = struct.pack("<I", 200_000)
SENT = datetime(2026, 11, 20, 7, 4, 33, tzinfo=UTC)
EXCHANGE = "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=1234-ZHANG"
PROPERTIES = {
    0x0037: "关于订单的投诉",
    0x0042: "张三",
    0x0064: "EX",
    0x0065: EXCHANGE,
    0x5D02: "zhang.san@example.com",
    0x0C1A: "李助理",
    0x0C1F: EXCHANGE,
    0x0039: SENT,
    0x1000: "您好：\r\n\r\n货到的时候已经坏了。\r\n张三",
}
TO = {0x0C15: 1, 0x3001: "客服", 0x3003: EXCHANGE, 0x39FE: "service@shop.example"}
CC = {0x0C15: 2, 0x3001: "manager@shop.example", 0x3003: "manager@shop.example"}
BCC = {0x0C15: 3, 0x3001: "secret", 0x3003: "secret@shop.example"}
PICTURE = {
    0x3701: b"\x89PNG" + bytes(9_000),
    0x3704: "PICTUR~1.PNG",
    0x3707: "破损 照片.png",
    0x370E: "image/png",
}


def said_of(octets):
    """What an error says it is about; nothing if the mail is read."""
    try:
        read_mail(octets)
    except UserError as error:
        return "mail" if "mail" in str(error) else str(error)
    return ""


def test_head_text_and_files_are_read(tmp_path):
    path = tmp_path / "mail.msg"
    path.write_bytes(made.msg(PROPERTIES, [TO, CC, BCC], [PICTURE]))
    mail = read_mail(path)
    assert mail.subject == "关于订单的投诉"
    assert mail.sender == Address("张三", "zhang.san@example.com")
    assert mail.to == (Address("客服", "service@shop.example"),)
    assert mail.cc == (Address("", "manager@shop.example"),)
    assert mail.at == SENT
    assert mail.text == "您好：\n\n货到的时候已经坏了。\n张三"
    (file,) = mail.attachments
    assert (file.name, file.media_type, file.data) == (
        "破损 照片.png",
        "image/png",
        PICTURE[0x3701],
    )
    assert mail.notices == ()


def test_text_in_a_code_page_is_read():
    old = {number: value for number, value in PROPERTIES.items() if number != 0x5D02}
    old |= {0x3FFD: 936, 0x0065: "zhang@example.com"}
    mail = read_mail(made.msg(old, [TO], page="gbk"))
    assert mail.sender == Address("张三", "zhang@example.com")
    assert mail.text.endswith("货到的时候已经坏了。\n张三")
    assert mail.to == (Address("客服", "service@shop.example"),)


def test_the_real_address_of_an_exchange_sender_is_found_in_the_head_that_travelled():
    head = (
        "Received: from a by b\r\nFrom: =?utf-8?B?5byg5LiJ?= <zhang@example.com>\r\n"
        "To: service@shop.example\r\nDate: Fri, 20 Nov 2026 15:04:33 +0800\r\n\r\n"
    )
    properties = {0x0042: "张三(采购)", 0x0065: EXCHANGE, 0x007D: head, 0x1000: "x"}
    mail = read_mail(made.msg(properties))
    assert mail.sender == Address("张三(采购)", "zhang@example.com")
    assert mail.to == (Address("", "service@shop.example"),)
    assert mail.at == SENT


def test_a_sender_without_any_address_keeps_the_name():
    mail = read_mail(made.msg({0x0C1A: "张三", 0x0C1F: EXCHANGE, 0x1000: "x"}))
    assert mail.sender == Address("张三", None)
    assert mail.at is None


def test_html_is_read_where_there_is_no_plain_text():
    html = "<html><head><style>p{}</style></head><body><p>第一行<p>第二行</body></html>"
    mail = read_mail(made.msg({0x3FDE: 936, 0x1013: html.encode("gbk"), 0x0C1A: "张三"}))
    assert mail.text == "第一行\n\n第二行"
    assert read_mail(made.msg({0x1013: html, 0x0C1A: "张三"})).text == "第一行\n\n第二行"


def test_text_that_only_outlook_reads_is_said_to_be_missing():
    mail = read_mail(made.msg({0x1009: b"LZFu...", 0x0C1A: "张三"}))
    assert mail.text == ""
    assert "Outlook alone" in str(mail.notices[0])


def test_a_mail_within_the_mail_becomes_a_file_that_is_a_mail():
    inner = made.mail(PROPERTIES, [TO], [PICTURE], head=24)
    mail = read_mail(made.msg({0x0037: "转发", 0x1000: "见附件"}, [], [{0x3701: inner, 0x3705: 5}]))
    (file,) = mail.attachments
    assert (file.name, file.media_type) == ("关于订单的投诉.eml", "message/rfc822")
    again = read_mail(file.data)
    assert again.sender == Address("张三", "zhang.san@example.com")
    assert (again.subject, again.at) == ("关于订单的投诉", SENT)
    assert again.text.startswith("您好：\n\n货到")
    assert again.attachments[0].data == PICTURE[0x3701]
    assert again.attachments[0].name == "破损 照片.png"


def test_mails_within_mails_end_somewhere():
    inner = made.mail({0x1000: "the innermost"}, head=24)
    for _ in range(9):
        inner = made.mail({0x1000: "x"}, [], [{0x3701: inner}], head=24)
    mail = read_mail(made.msg({0x1000: "x"}, [], [{0x3701: inner}]))
    assert len(mail.attachments) == 1
    depth = 0
    while mail.attachments:
        mail = read_mail(mail.attachments[0].data)
        depth += 1
    assert depth == 5


def test_a_link_to_a_file_is_said_to_be_only_that():
    mail = read_mail(made.msg({0x1000: "x"}, [], [{0x3707: "big.zip", 0x3705: 7}, PICTURE]))
    assert [file.name for file in mail.attachments] == ["破损 照片.png"]
    assert str(mail.notices[0]).startswith("1 attachment is not in the file")


def test_another_ole_file_is_no_mail():
    with pytest.raises(Refused, match="not a mail"):
        read_mail(made.ole({"Workbook": bytes(5_000)}))


def test_a_file_cut_off_is_refused_with_a_sentence():
    whole = made.msg(PROPERTIES, [TO], [PICTURE])
    for length in range(8, len(whole), 611):
        assert said_of(whole[:length]) in {"", "mail"}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_damaged_only_a_sentence_comes_of_it(data):
    whole = bytearray(made.msg(PROPERTIES, [TO], [{**PICTURE, 0x3701: b"x" * 100}]))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(8, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    assert said_of(bytes(whole)) in {"", "mail"}


def test_streams_that_all_say_they_are_the_same_bytes_do_not_fill_the_memory():
    large = {0x3701: bytes(200_000)}
    whole = bytearray(made.msg({0x1000: "x"}, [], [large, *[{0x3701: bytes(5_000)}] * 99]))
    entry = "__substg1.0_37010102".encode("utf-16-le")
    places = [match.start() for match in re.finditer(re.escape(entry), whole)]
    where = next(place for place in places if whole[place + 120 : place + 124] == LARGE_SIZE)
    for place in places:
        whole[place + 116 : place + 128] = whole[where + 116 : where + 128]
    with pytest.raises(Refused, match="parts within parts"):
        read_mail(bytes(whole))
