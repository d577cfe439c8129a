"""Cards for address books, read back by a reader that is not ours."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Unavailable
from app.exchange.content_lines import MOST_OCTETS
from app.exchange.vcard_writer import Card, write_vcards

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the reader is old and warns of its own ways
    import vobject

FULL = Card(
    name="王小明",
    family="王",
    given="小明",
    organisation="北京宏达科技有限公司；销售部, 二组",
    title="采购经理",
    phones=("13812345678", "010-88886666", "13812345678"),
    emails=("wang@example.com", "王@例子.公司"),
    address="北京市海淀区中关村大街1号;A座, 1001室\n100080",
    note="喜欢红酒\\白酒, 忌辛辣;\r\n每月十五日对账",
    birthday="1980-05-01",
    url="https://example.com/a,b;c?d=1",
    wechat="wxid_小明,1",
)


def read(path):
    text = path.read_bytes().decode("utf-8")
    return list(vobject.readComponents(text))


def test_everything_on_a_card_is_read_back_by_another_reader(tmp_path):
    path = tmp_path / "one.vcf"
    assert write_vcards(path, [FULL]).rows == 1
    (card,) = read(path)
    assert card.version.value == "3.0"
    assert card.fn.value == "王小明"
    assert (card.n.value.family, card.n.value.given) == ("王", "小明")
    assert card.org.value == ["北京宏达科技有限公司；销售部, 二组"]
    assert card.title.value == "采购经理"
    assert [tel.value for tel in card.tel_list] == ["13812345678", "010-88886666"]
    assert [tel.params["TYPE"] for tel in card.tel_list] == [["CELL", "VOICE"], ["WORK", "VOICE"]]
    assert [email.value for email in card.email_list] == ["wang@example.com", "王@例子.公司"]
    assert card.adr.value.street == "北京市海淀区中关村大街1号;A座, 1001室\n100080"
    assert card.bday.value == "1980-05-01"
    assert card.url.value == "https://example.com/a%2Cb%3Bc?d=1"
    assert card.note.value == "喜欢红酒\\白酒, 忌辛辣;\n每月十五日对账"
    assert card.contents["x-wechat"][0].value == "wxid_小明,1"
    assert card.impp.value == "x-apple:wxid_%E5%B0%8F%E6%98%8E%2C1"


def test_a_name_that_is_not_split_is_the_whole_of_n(tmp_path):
    path = tmp_path / "one.vcf"
    write_vcards(path, [Card(name="阿里·买买提")])
    (card,) = read(path)
    assert (card.n.value.family, card.n.value.given, card.fn.value) == (
        "阿里·买买提",
        "",
        "阿里·买买提",
    )


def test_a_company_says_that_it_is_one(tmp_path):
    path = tmp_path / "one.vcf"
    write_vcards(path, [Card(name="宏达商行", organisation="宏达商行"), Card(name="Ann")])
    company, person = read(path)
    assert company.contents["x-abshowas"][0].value == "COMPANY"
    assert "x-abshowas" not in person.contents


@pytest.mark.parametrize(
    ("card", "shown"),
    [
        (Card(name="", organisation="宏达商行"), "宏达商行"),
        (Card(name=" ", phones=("", "13812345678")), "13812345678"),
        (Card(name="\0"), "?"),
    ],
)
def test_a_card_without_a_name_still_has_one_to_show(tmp_path, card, shown):
    path = tmp_path / "one.vcf"
    write_vcards(path, [card])
    assert read(path)[0].fn.value == shown


def test_a_birthday_that_is_no_date_is_left_out(tmp_path):
    path = tmp_path / "one.vcf"
    write_vcards(path, [Card(name="Ann", birthday="八月十五"), Card(name="Bo", birthday=None)])
    assert b"BDAY" not in path.read_bytes()


def test_lines_that_are_not_plain_say_their_encoding_for_outlook(tmp_path):
    path = tmp_path / "one.vcf"
    write_vcards(path, [Card(name="Ann", title="经理")])
    lines = path.read_bytes().decode().split("\r\n")
    assert "FN:Ann" in lines
    assert "TITLE;CHARSET=UTF-8:经理" in lines


def test_an_unwritable_place_is_said_and_leaves_nothing(tmp_path):
    with pytest.raises(Unavailable, match="does not exist"):
        write_vcards(tmp_path / "gone" / "a.vcf", [FULL])


WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=120)


@given(st.lists(st.builds(Card, WORDS, organisation=WORDS, title=WORDS, note=WORDS), max_size=4))
def test_any_text_gives_whole_cards_in_lines_that_are_short_enough(tmp_path_factory, cards):
    path = tmp_path_factory.mktemp("cards") / "any.vcf"
    assert write_vcards(path, cards).rows == len(cards)
    octets = path.read_bytes()
    lines = octets.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= MOST_OCTETS for line in lines)
    assert all(line.decode("utf-8").strip("\t") for line in lines)  # no character is cut in two
    assert b"\n" not in octets.replace(b"\r\n", b"")
    found = read(path)
    assert len(found) == len(cards)
    for card, back in zip(cards, found, strict=True):
        assert back.fn.value.strip()
        if card.note.strip() and card.note.isprintable():
            assert back.note.value == card.note.strip()
