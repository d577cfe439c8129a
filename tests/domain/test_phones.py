import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain import phones
from app.domain.phones import Phone, display, parse, problem, split_many


@pytest.mark.parametrize(
    ("raw", "region", "normalised", "extension"),
    [
        ("13812345678", "CN", "+8613812345678", ""),
        ("138 1234 5678", "CN", "+8613812345678", ""),
        ("138-1234-5678", "CN", "+8613812345678", ""),
        ("138.123.45678", "CN", "+8613812345678", ""),
        ("  13812345678\n", "CN", "+8613812345678", ""),
        ("+86 13812345678", "CN", "+8613812345678", ""),
        ("+86-138 1234 5678", "TW", "+8613812345678", ""),
        ("(+86)13812345678", "CN", "+8613812345678", ""),
        ("8613812345678", "CN", "+8613812345678", ""),
        ("0086 138 1234 5678", "US", "+8613812345678", ""),
        ("011 86 138 1234 5678", "US", "+8613812345678", ""),
        ("１３８－１２３４－５６７８", "CN", "+8613812345678", ""),
        ("手机：13812345678（张三）", "CN", "+8613812345678", ""),
        ("13812345678 Tom", "CN", "+8613812345678", ""),
        ("(010) 6552-1234", "CN", "+861065521234", ""),
        ("（０１０）６５５２１２３４", "CN", "+861065521234", ""),
        ("+86 (0)10 6552 1234", "CN", "+861065521234", ""),
        ("+86 010-65521234", "HK", "+861065521234", ""),
        ("8601065521234", "CN", "+861065521234", ""),
        ("010-65521234转8001", "CN", "+861065521234", "8001"),
        ("010-65521234 轉 8001", "CN", "+861065521234", "8001"),
        ("010-65521234 分机：8001", "CN", "+861065521234", "8001"),
        ("010-65521234 分机号8001", "CN", "+861065521234", "8001"),
        ("010-65521234 ext. 12", "CN", "+861065521234", "12"),
        ("010-65521234Ext12", "CN", "+861065521234", "12"),
        ("010-65521234x12", "CN", "+861065521234", "12"),
        ("010-65521234 X 12", "CN", "+861065521234", "12"),
        ("tel:+86-10-65521234;ext=8001", "CN", "+861065521234", "8001"),
        ("01065529988-802", "CN", "+861065529988", "802"),
        ("0755-26001234—802", "CN", "+8675526001234", "802"),
        ("021-6552-1234-802", "CN", "+862165521234", "802"),
        ("0317-2345678-1", "CN", "+863172345678", "1"),
        ("65521234", "CN", "65521234", ""),
        ("65521234-802", "CN", "65521234", "802"),
        ("400-800-1234", "CN", "+864008001234", ""),
        ("400-800-1234-12", "CN", "+864008001234", "12"),
        ("95588", "CN", "95588", ""),
        ("0933 210 700", "TW", "+886933210700", ""),
        ("02-2345-6789", "TW", "+886223456789", ""),
        ("02-2345-6789#12", "TW", "+886223456789", "12"),
        ("+886 2 2345 6789", "CN", "+886223456789", ""),
        ("2345-6789", "HK", "+85223456789", ""),
        ("2345-6789-12", "HK", "+85223456789", "12"),
        ("+852 2345 6789", "CN", "+85223456789", ""),
        ("(650) 253-0000 x5", "US", "+16502530000", "5"),
        ("1-800-FLOWERS", "US", "+18003569377", ""),
        ("٠١٠٦٥٥٢١٢٣٤", "CN", "+861065521234", ""),
        ("1381234567", "CN", "1381234567", ""),
        ("13812345678", "US", "13812345678", ""),
        ("65521234", "XX", "65521234", ""),
        ("电话没有", "CN", "", ""),
        ("", "CN", "", ""),
    ],
)
def test_every_form_people_write_is_read(
    raw: str, region: str, normalised: str, extension: str
) -> None:
    assert parse(raw, region) == Phone(raw, normalised, extension)


def test_plain_mobiles_are_read_without_the_phone_library() -> None:
    code = (
        "import sys; from app.domain import phones\n"
        "for raw in ('13812345678', '+86 138-1234-5678', '1 3 8 1 2 3 4 5 6 7 8'):\n"
        "    phone = phones.parse(raw)\n"
        "    assert phones.display(phone) == '138 1234 5678'\n"
        "    assert phones.problem(raw) is None\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "phones.parse('(010) 6552-1234')\n"
        "assert 'phonenumbers' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize(
    ("raw", "region", "shown"),
    [
        ("+86 13812345678", "CN", "138 1234 5678"),
        ("01065521234", "CN", "010 6552 1234"),
        ("010-65521234转8001", "CN", "010 6552 1234 ext. 8001"),
        ("075526001234", "CN", "0755 2600 1234"),
        ("03172345678", "CN", "0317 234 5678"),
        ("4008001234", "CN", "400 800 1234"),
        ("0933210700", "TW", "+886 933 210 700"),
        ("6502530000", "US", "+1 650-253-0000"),
        (" 65521234\n-802 ", "CN", "65521234 -802"),
        ("95588", "CN", "95588"),
    ],
)
def test_numbers_are_grouped_for_reading(raw: str, region: str, shown: str) -> None:
    assert display(parse(raw, region)) == shown


def test_a_stored_number_of_a_vanished_country_is_still_shown() -> None:
    assert display(Phone("+999 123", "+999123")) == "+999123"


@pytest.mark.parametrize(
    ("raw", "region", "said"),
    [
        ("13812345", "CN", "Only 8 digits: a mobile number has 11."),
        ("138123456789", "CN", "12 digits: a mobile number has 11."),
        ("n/a", "CN", "There are no digits"),
        ("13812345678 / 13912345678", "CN", "more than one number"),
        ("010-6552", "CN", "not a valid phone number"),
        ("123", "US", "not a valid phone number"),
    ],
)
def test_what_is_wrong_is_said(raw: str, region: str, said: str) -> None:
    i18n.use("en")
    assert said in str(problem(raw, region))


@pytest.mark.parametrize(
    "raw", ["", "  ", "13812345678", "65521234", "65521234-802", "95588", "10086", "+852 2345 6789"]
)
def test_good_local_service_and_missing_numbers_are_no_problem(raw: str) -> None:
    assert problem(raw) is None


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("13812345678/13912345678", ["13812345678", "13912345678"]),
        ("13812345678; 13912345678，010-65521234", ["13812345678", "13912345678", "010-65521234"]),
        ("13812345678、１３９１２３４５６７８", ["13812345678", "１３９１２３４５６７８"]),
        ("13812345678\n13912345678\r\n", ["13812345678", "13912345678"]),
        ("13812345678或者13912345678", ["13812345678", "13912345678"]),
        ("13812345678 or 13912345678", ["13812345678", "13912345678"]),
        ("13812345678 13912345678", ["13812345678", "13912345678"]),
        ("138 1234 5678 / 139 1234 5678", ["138 1234 5678", "139 1234 5678"]),
        ("+86 138 1234 5678", ["+86 138 1234 5678"]),
        ("张三/13812345678", ["张三/13812345678"]),
        ("010-65521234/35", ["010-65521234/35"]),
        ("tel:+86-10-65521234;ext=8001", ["tel:+86-10-65521234;ext=8001"]),
        ("65521234,802", ["65521234,802"]),
        ("暂无", ["暂无"]),
        (" ; / ", []),
        ("", []),
    ],
)
def test_a_cell_is_split_into_its_numbers(cell: str, parts: list[str]) -> None:
    assert split_many(cell) == parts


def test_a_cell_gives_fifty_numbers_and_loses_nothing() -> None:
    numbers = [f"138{i:08d}" for i in range(80)]
    parts = split_many(";".join(numbers))
    assert len(parts) == phones.MOST_NUMBERS
    assert parts[:49] == numbers[:49]
    assert parts[49] == ";".join(numbers[49:])


@pytest.mark.parametrize(
    "cell", ["1;" * 500_000, "13812345678;" * 90_000, " " * 10**6, "9" * 10**6]
)
def test_a_megabyte_in_a_cell_is_harmless(cell: str) -> None:
    parts = split_many(cell)
    assert len(parts) <= phones.MOST_NUMBERS
    digits = "".join(filter(str.isdecimal, cell))
    assert "".join(filter(str.isdecimal, "".join(parts))) == digits
    assert parse(cell).normalised == digits
    problem(cell)


MESSY = st.text(alphabet="0123456789 +-()（）/;,x#转分机ext.０１\n", max_size=40) | st.text(
    max_size=300
)


@given(MESSY, st.sampled_from(["CN", "TW", "HK", "US", "ZZ", ""]))
def test_no_text_makes_reading_a_number_fail(raw: str, region: str) -> None:
    phone = parse(raw, region)
    assert phone.raw == raw
    assert phone.normalised == "" or phone.normalised.removeprefix("+").isascii()
    assert phone.normalised == "" or phone.normalised.removeprefix("+").isdecimal()
    assert phone.normalised or not any(map(str.isdecimal, raw))
    display(phone)
    problem(raw, region)


@given(MESSY)
def test_splitting_a_cell_keeps_every_digit_in_order(cell: str) -> None:
    digits = [c for c in cell if c.isdecimal()]
    assert [c for part in split_many(cell) for c in part if c.isdecimal()] == digits


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_what_is_displayed_reads_as_the_same_number(raw: str) -> None:
    phone = parse(raw)
    assert parse(display(phone)).normalised == phone.normalised == f"+86{raw}"
