"""Address books of real phones and programs, against what is known of them.

docs/real_files.md explains every difference.
"""

import json
import re

import pytest

from app.exchange.mapping import propose
from app.exchange.reading import open_table
from app.exchange.tables import NO_HEADER

VCF = (
    "ezvcard_John_Doe_ANDROID", "ezvcard_John_Doe_BLACK_BERRY", "ezvcard_John_Doe_EVOLUTION",
    "ezvcard_John_Doe_GMAIL", "ezvcard_John_Doe_IPHONE", "ezvcard_John_Doe_LOTUS_NOTES",
    "ezvcard_John_Doe_MAC_ADDRESS_BOOK", "ezvcard_John_Doe_MS_OUTLOOK", "ezvcard_gmail-list",
    "ezvcard_gmail-single", "ezvcard_outlook-2003", "ezvcard_rfc2426-example",
    "ezvcard_rfc6350-example", "roundcube_all", "roundcube_email", "roundcube_gmail",
)  # fmt: skip
CSV = ("google_contacts_2024_header", "roundcube_all", "roundcube_email", "roundcube_gmail")
UNREADABLE_ELSEWHERE = ("ezvcard_John_Doe_ANDROID", "ezvcard_John_Doe_LOTUS_NOTES")
OTHERWISE = {
    # the other reader ends the name at the comma, which the file does not escape
    ("ezvcard_John_Doe_GMAIL", "fn"): "Mr. John Richter, James Doe Sr.",
}
PICTURES = {
    "ezvcard_John_Doe_ANDROID", "ezvcard_John_Doe_BLACK_BERRY", "ezvcard_John_Doe_IPHONE",
    "ezvcard_John_Doe_LOTUS_NOTES", "ezvcard_John_Doe_MAC_ADDRESS_BOOK",
    "ezvcard_John_Doe_MS_OUTLOOK",
}  # fmt: skip


@pytest.fixture
def contacts(shared_data):
    return shared_data / "contacts"


@pytest.fixture
def expected(contacts):
    found = json.loads((contacts / "expected_contacts.json").read_text("utf-8"))["files"]
    return {"google_contacts_2024_header.csv": {"n_rows": 3, "n_columns": 27}} | found


def read(path):
    table = open_table(path)
    rows = list(table.rows)
    mapping = propose(table.columns, rows)
    return table, rows, [mapping.values(row.cells) for row in rows]


def test_every_address_book_there_is_has_its_test(expected):
    assert set(expected) == {f"{one}.vcf" for one in VCF} | {f"{one}.csv" for one in CSV}


@pytest.mark.parametrize("name", VCF)
def test_every_card_is_a_row_and_none_is_refused(contacts, expected, name):
    table, rows, _ = read(contacts / f"{name}.vcf")
    assert len(rows) == table.expected_rows == expected[f"{name}.vcf"]["BEGIN:VCARD"]
    assert [row.problem for row in rows] == [None] * len(rows)
    assert (table.encoding, table.header_row, table.sheet) == ("utf-8", NO_HEADER, None)
    said = " ".join(map(str, table.warnings))
    assert ("left out" in said) == (name in PICTURES)


@pytest.mark.parametrize("name", VCF)
def test_every_column_goes_into_a_field(contacts, name):
    table, rows, _ = read(contacts / f"{name}.vcf")
    assert sorted(propose(table.columns, rows).columns) == list(range(len(table.columns)))


@pytest.mark.parametrize("name", [one for one in VCF if one not in UNREADABLE_ELSEWHERE])
def test_a_card_says_what_another_reader_found_in_it(contacts, expected, name):
    known = expected[f"{name}.vcf"]["vobject_0.9.9"]
    _, _, found = read(contacts / f"{name}.vcf")
    for card, row in zip(known, found, strict=True):
        assert row["name"] == OTHERWISE.get((name, "fn"), card["fn"])
        everything = "\n".join(map(str, row.values()))
        for number in card["tel"]:
            assert re.sub("^tel:|;ext=.*", "", number) in everything
        for address in card["email"]:
            assert address in everything
        days = [re.sub(r"\W", "", day) for day in card["bday"]]
        assert [re.sub(r"\W", "", day) for day in [row.get("birthday", "")] if day] == days


def test_an_android_book_in_quoted_printable(contacts):
    _, _, found = read(contacts / "ezvcard_John_Doe_ANDROID.vcf")
    assert [one.get("name") for one in found[:2]] == [None, None]
    assert [one["email"] for one in found[:2]] == ["john.doe@company.com", "jane.doe@company.com"]
    assert (found[3]["phone"], found[3]["phone3"]) == ("123456", "234567\n45678901")
    assert set(str(found[4]["parent"])) == {"Ñ"}
    assert "Fax: 123456" in str(found[4]["notes"])


def test_a_book_that_lotus_notes_and_apple_mixed(contacts):
    _, _, (found,) = read(contacts / "ezvcard_John_Doe_LOTUS_NOTES.vcf")
    assert (found["name"], found["parent"]) == ("Mr. Doe John I Johny", "IBM")
    assert (found["email"], found["email2"]) == ("john.doe@ibm.com", "billy_bob@gmail.com")
    assert found["birthday"] == "1980-05-21"
    for line in ("Department: SUN", "Fax: 00-1-212-555-7777", "Role: Counting Money"):
        assert line in str(found["notes"])


@pytest.mark.parametrize("name", CSV)
def test_every_row_of_a_csv_is_read(contacts, expected, name):
    table, rows, _ = read(contacts / f"{name}.csv")
    known = expected[f"{name}.csv"]
    assert len(rows) == known["n_rows"]
    assert len(table.columns) == known["n_columns"]
    assert [row.problem for row in rows] == [None] * len(rows)
    assert table.header_row == 1
