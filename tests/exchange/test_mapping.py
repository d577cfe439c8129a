"""Columns find their fields by title, in three languages, or by what they hold."""

import pytest

from app.errors import Refused
from app.exchange.mapping import FIELDS, PARTS, Mapping, fingerprint, propose
from app.exchange.reading import open_table
from app.exchange.tables import Row, column_index, column_letter


def proposed(*titles, rows=()):
    sample = [Row(number, tuple(row)) for number, row in enumerate(rows, start=2)]
    mapping = propose(titles, sample)
    return {titles[index]: field for index, field in mapping.columns.items()}


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (("客户名称", "联系人", "手机", "电话"), ("name", "contact_name", "phone", "phone2")),
        (("客戶名稱", "聯絡人", "手機", "電話"), ("name", "contact_name", "phone", "phone2")),
        (("公司名称", "联系人", "职务"), ("name", "contact_name", "contact_position")),
        (("姓名", "公司", "微信号", "介绍人"), ("name", "parent", "wechat", "referred_by")),
        (("客户名称*", "负责人（必填）", "统一社会信用代码"), ("name", "owner", "tax_id")),
        (("Name", "Company", "E-mail", "Mobile"), ("name", "parent", "email", "phone")),
        (("Company", "Contact", "Phone"), ("name", "contact_name", "phone")),
        (("Customer ID", "Customer Name", "Grade"), ("code", "name", "grade")),
        (("Shuke ID", "Name", "Owner", "Stage"), ("id", "name", "owner", "stage")),
        (("客户等级", "来源", "标签", "备注"), ("grade", "source", "tags", "notes")),
        (("建档日期", "最后联系时间", "区域"), ("since", "last_contact", "region")),
    ],
)
def test_titles_name_their_fields(titles, fields):
    assert tuple(proposed(*titles).get(title) for title in titles) == fields


def test_every_proposed_field_is_one_that_may_be_imported():
    found = propose(["姓", "名", "省", "城市", "街道", "邮编", "国家", "编号", "类型"], [])
    assert set(found.columns.values()) <= {*FIELDS, *PARTS}
    assert len(set(found.columns.values())) == len(found.columns)


@pytest.mark.parametrize(
    ("parts", "name"),
    [(("张", "伟"), "张伟"), (("Smith", "Ann"), "Ann Smith"), ((None, "Ann"), "Ann")],
)
def test_family_and_given_name_are_joined_as_the_language_does(parts, name):
    assert propose(["Last Name", "First Name"], []).values(parts) == {"name": name}


def test_values_say_what_titles_do_not():
    rows = [
        ("宏达科技有限公司", "13812345678", "a@x.cn", "2026-01-02", "91330100799655058B"),
        ("美味餐厅", "+86 139 0000 1111", "b@x.cn", "2025-12-31", "91310000775785552L"),
    ]
    assert proposed("A", "B", "C", "D", "E", rows=rows) == {
        "A": "name",
        "B": "phone",
        "C": "email",
        "D": "since",
        "E": "tax_id",
    }


def test_a_date_under_an_unknown_title_is_not_guessed_at():
    assert proposed("Name", "Vertrag", rows=[("Ann", "2026-01-02")]) == {"Name": "name"}


def test_a_mapping_is_kept_as_text_by_column_name():
    mapping = propose(["客户名称", "手机"], [])
    again = Mapping.from_json(mapping.to_json(), ["手机", "x", "客户名称"])
    assert again.columns == {2: "name", 0: "phone"}
    assert Mapping.from_json('{"columns": {"B": "name"}}', ["p", "q"]).columns == {1: "name"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nonsense", "not readable"),
        ('{"columns": 5}', "not readable"),
        ('{"columns": {"Nope": "name"}}', "Nope"),
        ('{"columns": {"p": "shoe size"}}', "shoe size"),
        ('{"columns": {"p": "name", "q": "name"}}', "two columns"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_what_is_wrong(text, reason):
    with pytest.raises(Refused, match=reason):
        Mapping.from_json(text, ["p", "q"])


def test_a_header_is_remembered_whatever_its_case_and_spaces():
    assert fingerprint(["Name ", "E-Mail"]) == fingerprint(["name", "email"])
    assert fingerprint(["Name", "E-Mail"]) != fingerprint(["E-Mail", "Name"])


def of(path):
    table = open_table(path)
    rows = list(table.rows)
    mapping = propose(table.columns, rows)
    return [
        mapping.values(row.cells)
        | {"lines": [f"{title}: {value}" for title, value in mapping.titled_lines(row.cells)]}
        for row in rows
    ]


def test_google_contacts_of_today(shared_data):
    first, second, third = of(shared_data / "contacts" / "google_contacts_2024_header.csv")
    assert (first["name"], first["email"]) == ("Alice Smith", "alice@example.com")
    assert second["name"] == "user@gmail.com"
    assert (third.get("name"), third["email"]) == (None, "anonymous@test.com")


def test_older_google_contacts(shared_data):
    (found,) = of(shared_data / "contacts" / "roundcube_gmail.csv")
    assert found["name"] == "Prefix Firstname Middle Lastname Suffix"
    assert (found["parent"], found["contact_position"]) == ("company", "jobtitle")
    assert (found["email"], found["email2"]) == (
        "home@aaa.pl", "work@email.pl\nunknown@email.com\nother@email.com",
    )  # fmt: skip
    assert found["notes"] == 'note"note'
    assert found["lines"] == [
        "Name Prefix: Prefix",
        "Name Suffix: Suffix",
        "Pager: pager",
        "Home Fax: homefax",
        "Work Fax: workfax",
        "Work: work_street, work_city work_zip, work_country",
        "Spouse: spouse",
    ]
    assert str(found["address"]).startswith("home_street\n")


def test_outlook_contacts(shared_data):
    (found,) = of(shared_data / "contacts" / "roundcube_all.csv")
    assert (found["name"], found["parent"]) == ("Display Name", "Company")
    assert (found["phone"], found["phone2"], found["phone3"]) == (
        "500", "300", "100\n200\n400\n600\n900\n222\n444",
    )  # fmt: skip
    assert found["birthday"] == "20/01/1991"
    assert "Business Fax: 800" in found["lines"]
    assert found["address"] == "Work Street, Work City, Work State Work Zip, Work Country"


def test_a_list_of_addresses_only(shared_data):
    found = of(shared_data / "contacts" / "roundcube_email.csv")
    assert found == [{"email": f"test{number}@domain.tld", "lines": []} for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_columns_have_the_letters_of_a_spreadsheet(index, letters):
    assert (column_letter(index), column_index(letters)) == (letters, index)
