"""Columns of a file whose rows are interactions find their fields, alone or beside customers."""

import pytest

from app.exchange.gathering import LINE
from app.exchange.joined import NAME_PARTS
from app.exchange.mapping import FIELDS, TALK_FIELDS, fingerprint, propose
from app.exchange.tables import Row
from app.exchange.talk_mapping import propose_interactions


def proposed(*titles, rows=None, customer=""):
    sample = [Row(n, tuple(row)) for n, row in enumerate(rows or [["x"] * len(titles)], start=2)]
    mapping = propose_interactions(titles, sample, customer)
    return {titles[at]: field for at, field in mapping.columns.items()}


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (
            ("Customer", "Contact", "Date", "Time", "Channel", "Direction", "Summary", "Minutes",
             "By", "Rating", "Step", "Product"),
            ("name", "contact_name", "at", "time", "channel", "direction", "summary", "minutes",
             "author", "rating", "step", "product"),
        ),
        (
            ("客户名称", "联系人", "跟进时间", "跟进方式", "跟进内容", "跟进人", "产品", "满意度"),
            ("name", "contact_name", "at", "channel", "summary", "author", "product", "rating"),
        ),
        (
            ("客戶名稱", "聯絡人", "日期", "時間", "方式", "方向", "內容", "負責人", "評分",
             "滿意度"),
            ("name", "contact_name", "at", "time", "channel", "direction", "summary", "author",
             "rating", LINE),
        ),
        (("公司", "姓名", "电话", "沟通时间", "沟通记录", "业务员"),
         ("name", "contact_name", "phone", "at", "summary", "author")),
        (("姓名", "手机", "日期", "内容"), ("name", "phone", "at", "summary")),
        (("First Name", "Last Name", "Date", "Notes"),
         ("given_name", "family_name", "at", "summary")),
        (("联系人", "日期", "内容"), ("name", "at", "summary")),
        (("编号", "联系人", "日期", "内容"), ("code", "contact_name", "at", "summary")),
        (("客户编号", "客户名称", "受理时间", "问题描述", "受理人"),
         ("code", "name", "at", "summary", "author")),
        (("Shuke ID", "统一社会信用代码", "日期", "内容"), ("id", "tax_id", "at", "summary")),
        (("客户", "日期", "备注", "状态", "地址", "等级"),
         ("name", "at", "summary", LINE, LINE, LINE)),
        (("Customer", "Created at", "Date", "Text"), ("name", LINE, "at", "summary")),
        (("Customer", "Time", "Text"), ("name", "at", "summary")),
        (("Customer", "Call type", "Call duration", "Start"),
         ("name", "direction", "minutes", "at")),
    ],
)  # fmt: skip
def test_titles_name_their_fields(titles, fields):
    assert tuple(proposed(*titles).get(title) for title in titles) == fields


def test_a_company_is_the_customer_unless_another_one_is_given():
    titles = ("Date received", "Issue", "Company", "Submitted via", "Date sent to company")
    assert proposed(*titles) == {
        "Date received": "at", "Issue": "summary", "Company": "name", "Submitted via": "channel",
        "Date sent to company": LINE,
    }  # fmt: skip
    assert proposed(*titles, customer="The Bank")["Company"] == LINE


def test_under_a_given_customer_the_contact_is_one_of_theirs():
    assert proposed("联系人", "日期", "内容", customer="甲公司")["联系人"] == "contact_name"
    assert proposed("客户", "日期", "内容", customer="甲公司")["客户"] == "name"


def test_the_texts_and_the_dates_are_found_by_what_they_are():
    rows = [
        ("甲公司", "2024-03-05", "说了很多很多很多很多很多的话"),
        ("乙公司", "2024-03-06", "又说了很多很多很多很多的话"),
    ]
    assert proposed("q", "r", "s", rows=rows) == {"q": LINE, "r": "at", "s": "summary"}


def test_in_a_list_of_calls_the_numbers_say_who_the_customer_is():
    rows = [("2024-03-05 14:30", "13812345678", "62"), ("2024-03-06", "139 0000 1111", "5")]
    assert proposed("通话时间", "对方号码", "通话时长(秒)", rows=rows) == {
        "通话时间": "at", "对方号码": "phone", "通话时长(秒)": "minutes",
    }  # fmt: skip
    named = [(*row, "甲公司") for row in rows]
    assert proposed("通话时间", "对方号码", "时长", "客户", rows=named)["对方号码"] == LINE


def test_a_column_that_is_blank_at_first_is_kept_and_one_without_a_title_is_not():
    rows = [("甲", "2024-03-05", "谈", None, None)]
    found = proposed("客户", "日期", "内容", "结果", "E", rows=rows)
    assert found["结果"] == LINE
    assert "E" not in found


def test_what_we_wrote_beside_the_rows_goes_nowhere_and_changes_no_fingerprint():
    titles = ["客户", "日期", "内容"]
    ours = "Shuke: 拒绝原因"
    rows = [("甲", "2024-03-05", "谈", "this is by far the longest text of all there are")]
    assert ours not in proposed(*titles, ours, rows=rows)
    assert ours not in proposed("客户", "日期", ours, rows=[("甲", "2024-03-05", rows[0][3])])
    assert fingerprint([*titles, ours]) == fingerprint(titles)
    assert proposed(*titles, "拒绝原因", rows=rows)["拒绝原因"] == LINE


def test_a_field_has_one_column_and_every_column_a_place():
    titles = (
        "日期", "创建时间", "时间", "内容", "备注", "摘要", "跟进人", "负责人", "客户", "姓名",
        "公司", "渠道", "方式",
    )  # fmt: skip
    found = proposed(*titles)
    fields = [field for field in found.values() if field != LINE]
    assert len(set(fields)) == len(fields)
    assert set(fields) <= {*FIELDS, *TALK_FIELDS, *NAME_PARTS}
    assert set(found) == set(titles)


# --- customers, contacts and interactions in one file


def beside(*titles):
    mapping = propose(titles, [Row(2, ("x",) * len(titles))])
    return tuple(mapping.columns.get(at) for at in range(len(titles)))


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (
            ("客户名称", "联系人", "手机", "跟进时间", "跟进内容", "跟进方式", "跟进人", "负责人"),
            ("name", "contact_name", "phone", "at", "summary", "channel", "author", "owner"),
        ),
        (
            ("客户名称", "拜访日期", "拜访记录", "产品", "时长", "方向", "满意度", "时间", "备注"),
            ("name", "at", "summary", "product", "minutes", "direction", "rating", "time", "notes"),
        ),
        (
            ("Customer", "Contact", "Mobile", "Interaction date", "Interaction", "Interaction by",
             "Owner", "Rating"),
            ("name", "contact_name", "phone", "at", "summary", "author", "owner", "rating"),
        ),
        (("Customer", "Contact", "Rating", "Notes"), ("name", "contact_name", "grade", "notes")),
        (("客户名称", "等级", "沟通日期", "沟通内容"), ("name", "grade", "at", "summary")),
        (("客户名称", "联系日期", "备注"), ("name", "last_contact", "notes")),
        (("客户名称", "产品", "时长", "日期"), ("name", None, None, None)),
    ],
)  # fmt: skip
def test_beside_customers_only_what_is_said_with_a_clear_title_is_an_interaction(titles, fields):
    assert beside(*titles) == fields
