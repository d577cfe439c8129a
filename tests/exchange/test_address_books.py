"""Contacts as programs write them to CSV: every number and every detail finds a place."""

import csv

import pytest

from app.exchange.mapping import Mapping, propose
from app.exchange.reading import open_table
from app.exchange.tables import CellError, Row

OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
    "Business Street 2,Business City,Business State,Business Postal Code,Business Country/Region,"
    "Home Street,Home City,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Home Fax,"
    "Home Phone,Mobile Phone,Other Phone,Pager,Primary Phone,Account,Anniversary,Birthday,"
    "Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,"
    "E-mail 2 Display Name,E-mail 3 Address,Gender,Notes,Priority,Private,Sensitivity,Spouse,"
    "User 1,Web Page"
)
OUTLOOK_CN = (
    "称谓,名,中间名,姓,后缀,单位,部门,职务,商务地址 街道,商务地址 街道 2,商务地址 市/县,"
    "商务地址 省/市/自治区,商务地址 邮政编码,商务地址 国家/地区,住宅地址 街道,住宅地址 市/县,"
    "助理的电话,商务传真,商务电话,商务电话 2,住宅电话,移动电话,电子邮件地址,电子邮件类型,"
    "电子邮件显示名称,电子邮件 2 地址,电子邮件 2 类型,类别,附注,纪念日,敏感度,生日,私人,网页,"
    "性别,配偶"
)
OUTLOOK_TW = (
    "名字,中間名,姓氏,公司,部門,職稱,商務 - 街,商務 - 市/鎮,商務 - 縣/市,商務 - 郵遞區號,商務電話,"
    "商務傳真,住家電話,行動電話,電子郵件地址,電子郵件 2 地址,附註,生日"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,"
    "Home Phone,Fax Number,Mobile Number,Home Address,Home City,Work Address,Work City,"
    "Work ZipCode,Job Title,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,"
    "Custom 1,Notes"
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Name Prefix,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,E-mail 3 - Label,E-mail 3 - Value,Phone 1 - Label,"
    "Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,"
    "Phone 4 - Label,Phone 4 - Value,Phone 5 - Label,Phone 5 - Value,Address 1 - Label,"
    "Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 2 - Label,"
    "Address 2 - Formatted,Address 2 - City,Relation 1 - Label,Relation 1 - Value,"
    "Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,"
    "Custom Field 1 - Label,Custom Field 1 - Value"
)


def whole(mapping, cells):
    """The fields of a row, below the notes what becomes a line of them."""
    found = mapping.values(cells)
    lines = [f"{title}: {value}" for title, value in mapping.titled_lines(cells)]
    if lines:
        found["notes"] = "\n".join([*filter(None, [found.get("notes")]), *lines])
    return found


@pytest.fixture
def read(tmp_path):
    """The fields of one row, written under a program's header and mapped as proposed."""

    def read(header, row, encoding="utf-8", delimiter=","):
        titles = header.split(",")
        assert set(row) <= set(titles)
        path = tmp_path / "contacts.csv"
        with path.open("w", newline="", encoding=encoding) as stream:
            writer = csv.writer(stream, delimiter=delimiter)
            writer.writerow(titles)
            writer.writerow([row.get(title, "") for title in titles])
        table = open_table(path)
        rows = list(table.rows)
        return whole(propose(table.columns, rows), rows[0].cells)

    return read


def test_google_names_its_values_in_the_column_beside_them(read):
    found = read(
        GOOGLE,
        {
            "First Name": "Ann", "Last Name": "Smith", "Organization Name": "Acme",
            "Organization Title": "Buyer", "Organization Department": "Sales",
            "Birthday": " --03-15", "Photo": "https://example.com/ann.jpg",
            "Labels": "* myContacts ::: VIP", "E-mail 1 - Label": "* Work",
            "E-mail 1 - Value": "a@x.example ::: b@x.example", "E-mail 3 - Value": "c@x.example",
            "Phone 1 - Label": "Mobile", "Phone 1 - Value": "13812345678 ::: 13900001111",
            "Phone 2 - Label": "Work Fax", "Phone 2 - Value": "021-65521234",
            "Phone 5 - Label": "Work", "Phone 5 - Value": "021-65521235",
            "Address 1 - Formatted": "1 High St\nLondon", "Address 1 - Street": "1 High St",
            "Address 2 - Label": "Home", "Address 2 - Formatted": "2 Low Rd\nLeeds",
            "Address 2 - City": "Leeds", "Relation 1 - Label": "Spouse",
            "Relation 1 - Value": "Bo", "Website 1 - Value": "https://x.example",
            "Event 1 - Label": "Anniversary", "Event 1 - Value": "2001-02-03",
            "Custom Field 1 - Label": "Shoe", "Custom Field 1 - Value": "38",
        },
    )  # fmt: skip
    notes = str(found.pop("notes")).splitlines()
    assert found == {
        "name": "Ann Smith", "parent": "Acme", "contact_position": "Buyer",
        "birthday": " --03-15", "tags": "* myContacts ::: VIP",
        "email": "a@x.example\nb@x.example", "email2": "c@x.example",
        "phone": "13812345678\n13900001111", "phone3": "021-65521235",
        "address": "1 High St\nLondon", "website": "https://x.example",
    }  # fmt: skip
    assert notes == [
        "Organization Department: Sales", "Work Fax: 021-65521234", "Home: 2 Low Rd, Leeds",
        "Spouse: Bo", "Anniversary: 2001-02-03", "Shoe: 38",
    ]  # fmt: skip


def test_outlook_in_english(read):
    found = read(
        OUTLOOK,
        {
            "Title": "Dr.", "First Name": "Ann", "Last Name": "Smith", "Company": "Acme Ltd",
            "Job Title": "Buyer", "Business Street": "1 High Street", "Business City": "London",
            "Business Postal Code": "N1 1AA", "Home City": "Leeds", "Business Fax": "1111111",
            "Business Phone": "+44 20 7946 0000", "Home Phone": "+44 20 7946 0002",
            "Mobile Phone": "+44 7700 900123", "Other Phone": "+44 20 7946 0003",
            "Anniversary": "0/0/00", "Birthday": "3/15/1980", "Categories": "VIP;Export",
            "E-mail Address": "a@x.example", "E-mail Type": "SMTP",
            "E-mail Display Name": "Ann Smith", "E-mail 2 Address": "b@x.example",
            "E-mail 3 Address": "c@x.example", "Gender": "Unspecified", "Priority": "Normal",
            "Private": "False", "Sensitivity": "Normal", "Spouse": "Bo", "Notes": "likes tea",
            "Web Page": "http://x.example",
        },
    )  # fmt: skip
    assert found == {
        "name": "Ann Smith", "parent": "Acme Ltd", "contact_position": "Buyer",
        "address": "1 High Street, London N1 1AA", "phone": "+44 7700 900123",
        "phone2": "+44 20 7946 0000", "phone3": "+44 20 7946 0002\n+44 20 7946 0003",
        "email": "a@x.example", "email2": "b@x.example\nc@x.example", "birthday": "3/15/1980",
        "tags": "VIP;Export", "website": "http://x.example",
        "notes": "likes tea\nTitle: Dr.\nHome City: Leeds\nBusiness Fax: 1111111\nSpouse: Bo",
    }  # fmt: skip


def test_outlook_in_simplified_chinese(read):
    found = read(
        OUTLOOK_CN,
        {
            "名": "伟", "姓": "张", "单位": "北京宏达科技有限公司", "部门": "采购部",
            "职务": "经理", "商务地址 街道": "中关村大街1号", "商务地址 市/县": "海淀区",
            "商务地址 省/市/自治区": "北京市", "商务地址 邮政编码": "100080",
            "商务传真": "010-88886667", "商务电话": "010-88886666", "移动电话": "13812345678",
            "住宅电话": "010-66668888", "电子邮件地址": "zw@x.example", "电子邮件类型": "SMTP",
            "电子邮件显示名称": "张伟", "电子邮件 2 地址": "zw2@x.example", "类别": "重点",
            "附注": "爱喝茶", "纪念日": "0-0-0", "敏感度": "普通", "生日": "1980-3-15",
            "私人": "False", "性别": "未指定", "配偶": "李娜", "网页": "http://x.example",
        },
        "gbk",
    )  # fmt: skip
    assert found == {
        "name": "张伟", "parent": "北京宏达科技有限公司", "contact_position": "经理",
        "address": "北京市海淀区中关村大街1号 100080", "phone": "13812345678",
        "phone2": "010-88886666", "phone3": "010-66668888", "email": "zw@x.example",
        "email2": "zw2@x.example", "tags": "重点", "birthday": "1980-3-15",
        "website": "http://x.example",
        "notes": "爱喝茶\n部门: 采购部\n商务传真: 010-88886667\n配偶: 李娜",
    }  # fmt: skip


def test_outlook_in_traditional_chinese_calls_the_given_name_a_name(read):
    found = read(
        OUTLOOK_TW,
        {
            "名字": "柏翰", "姓氏": "陳", "公司": "柏翰精密工業", "部門": "採購", "職稱": "經理",
            "商務 - 街": "南京東路 1 號", "商務 - 市/鎮": "松山區", "商務 - 縣/市": "台北市",
            "商務 - 郵遞區號": "105", "商務電話": "02-27561234", "商務傳真": "02-27561235",
            "行動電話": "0912345678", "電子郵件地址": "a@x.example",
            "電子郵件 2 地址": "c@x.example", "附註": "愛茶", "生日": "1980/3/15",
        },
        "big5",
    )  # fmt: skip
    assert found == {
        "name": "陳柏翰", "parent": "柏翰精密工業", "contact_position": "經理",
        "address": "台北市松山區南京東路 1 號 105", "phone": "0912345678",
        "phone2": "02-27561234", "email": "a@x.example", "email2": "c@x.example",
        "birthday": "1980/3/15", "notes": "愛茶\n部門: 採購\n商務傳真: 02-27561235",
    }  # fmt: skip


def test_thunderbird_writes_a_birthday_in_three_columns(read):
    row = {
        "First Name": "Ann", "Last Name": "Smith", "Display Name": "Ann Smith",
        "Primary Email": "a@x.example", "Secondary Email": "b@x.example",
        "Work Phone": "+44 20 7946 0000", "Fax Number": "1111111",
        "Mobile Number": "+44 7700 900123", "Work Address": "1 High Street",
        "Work City": "London", "Work ZipCode": "N1 1AA", "Organization": "Acme",
        "Web Page 1": "http://x.example", "Web Page 2": "http://y.example",
        "Birth Year": "1980", "Birth Month": "3", "Birth Day": "15", "Notes": "tea",
    }  # fmt: skip
    found = read(THUNDERBIRD, row)
    assert (found["name"], found["birthday"]) == ("Ann Smith", "1980-3-15")
    assert found["address"] == "1 High Street, London N1 1AA"
    assert found["website"] == "http://x.example\nhttp://y.example"
    assert found["notes"] == "tea\nFax Number: 1111111"
    assert read(THUNDERBIRD, row | {"Birth Year": ""})["birthday"] == "3-15"
    assert "birthday" not in read(THUNDERBIRD, row | {"Birth Month": ""})


def test_qq_mail_and_163(read):
    found = read(
        "姓名,电子邮件,移动电话,联系电话,联系地址,公司,职位,生日,备注,QQ",
        {"姓名": "张伟", "电子邮件": "a@qq.com", "移动电话": "13812345678",
         "联系电话": "010-88886666", "联系地址": "北京", "公司": "宏达",
         "职位": "经理", "生日": "1980-3-15", "备注": "茶", "QQ": "10001"},
        "gbk",
    )  # fmt: skip
    assert found == {
        "name": "张伟", "email": "a@qq.com", "phone": "13812345678", "phone2": "010-88886666",
        "address": "北京", "parent": "宏达", "contact_position": "经理", "birthday": "1980-3-15",
        "notes": "茶\nQQ: 10001",
    }  # fmt: skip
    found = read(
        "姓名,邮件地址,手机号码,联系组,出生日期,备注",
        {"姓名": "张伟", "邮件地址": "a@163.com", "手机号码": "13812345678", "联系组": "朋友",
         "出生日期": "1980-03-15", "备注": "茶"},
    )  # fmt: skip
    assert found == {
        "name": "张伟", "email": "a@163.com", "phone": "13812345678", "tags": "朋友",
        "birthday": "1980-03-15", "notes": "茶",
    }  # fmt: skip


def test_a_table_with_name_and_surname(read):
    found = read(
        "Name,Surname,Company,Email,Phone",
        {"Name": "Ann", "Surname": "Smith", "Company": "Acme", "Email": "a@x.example",
         "Phone": "+44 7700 900123"},
        delimiter=";",
    )  # fmt: skip
    assert (found["name"], found["parent"]) == ("Ann Smith", "Acme")


def test_a_detail_is_a_line_under_its_title_and_a_column_chosen_as_notes_is_not():
    header = ("Name", "Fax", "Story")
    assert propose(header, []).columns == {0: "name", 1: "line"}
    mapping = Mapping(header, {1: "line", 2: "notes"})
    assert whole(mapping, ("Ann", "1", "x")) == {"notes": "x\nFax: 1"}
    assert whole(mapping, ("Ann", " ", None)) == {}


def test_several_columns_of_one_field_are_kept_as_text_and_only_where_that_is_allowed():
    header = ("a", "b")
    mapping = Mapping.from_json('{"columns": {"a": "email2", "b": "email2"}}', header)
    assert Mapping.from_json(mapping.to_json(), header).columns == {0: "email2", 1: "email2"}


def test_an_error_in_one_of_several_cells_is_not_lost():
    mapping = Mapping(("a", "b"), {0: "phone3", 1: "phone3"})
    error = CellError("#N/A")
    for cells in ((error, "1"), ("1", error)):
        assert mapping.values(cells) == {"phone3": error}


def test_a_blank_column_called_account_does_not_stand_for_the_customer():
    rows = [Row(2, ("", "Ann", "Acme"))]
    found = propose(("Account", "Name", "Company"), rows)
    assert found.columns == {1: "name", 2: "parent"}
