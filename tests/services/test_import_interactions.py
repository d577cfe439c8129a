"""Past interactions come in from any list: whose, when, by whom and what; the same only once."""

import csv
import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.config import Workspace
from app.db.check import check
from app.domain.customer import ContactDraft, PointDraft
from app.domain.interactions import Channel, Direction, Step
from app.domain.lists import ListQuery
from app.domain.vocabulary import PointKind, Role
from app.errors import Cancelled, Conflict, Refused
from app.exchange.tables import CellError, Row, Table
from app.exchange.workbook_writer import write_workbook
from app.exchange.writing import Column
from app.i18n import Message
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.import_plan import ImportOptions, Verdict
from app.services.imports import ImportService
from app.services.products import ProductService
from app.services.recycle_bin import RecycleBin
from app.services.staff import StaffService
from tests import factories
from tests.services.importing import only_told, state, told, write_csv

TALKS = ImportOptions(into="interactions")
MISSING = ImportOptions(into="interactions", missing="create")
DAY = date(2024, 3, 5)


def under(name, **more):
    return ImportOptions(into="interactions", customer=name, **more)


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def service(db):
    return ImportService(db)


@pytest.fixture
def sound(db, tmp_path):
    return lambda: check(Workspace(tmp_path), db) == []


@pytest.fixture
def write(tmp_path):
    return lambda *rows, name="talks.csv": write_csv(tmp_path / name, *rows)


@pytest.fixture
def book(tmp_path):
    """Writes a workbook with real dates and numbers in its cells."""

    def book(titles, *rows):
        path = tmp_path / "talks.xlsx"
        write_workbook(path, "Talks", [Column(title) for title in titles], rows)
        return path

    return book


@pytest.fixture
def huaxin(db, boss):
    return factories.customer(
        db, boss, code="C-1", tax_id="91110108551385082Q",
        points=(
            PointDraft(PointKind.PHONE, "138 1234 5678"),
            PointDraft(PointKind.EMAIL, "Sales@Huaxin.example"),
        ),
        contacts=(ContactDraft("陈雅琳", "采购总监"),),
    )  # fmt: skip


def last_contact(db, actor, one):
    return CustomerService(db).get(actor, one).draft.last_contact


def reasons(made):
    return [(one.row, one.column, str(one.reason)) for one in made.errors]


# --- what a row becomes


def test_a_full_row_becomes_an_interaction_with_all_that_it_says(
    db, sound, boss, service, write, huaxin
):
    ProductService(db).add(boss, "抛光砖")
    factories.staff(db, "王磊", Role.SALESPERSON)
    path = write(
        ["客户名称", "联系人", "日期", "时间", "方式", "方向", "内容", "时长", "负责人", "满意度",
         "购买步骤", "产品", "不满", "天气"],
        ["华信科技有限公司", "陈雅琳", "2024年3月5日", "下午2点半", "微信", "呼入", "想看样品",
         "12分30秒", "王磊", "4分", "比较", "抛光砖、大理石", "是", "雨"],
    )  # fmt: skip
    made = service.run(boss, path, TALKS)
    assert (made.rows, made.created, made.skipped, made.refused) == (1, 1, 0, 0)
    assert (made.companies, made.staff) == (0, 0)
    found = only_told(db)
    assert found == (
        "华信科技有限公司", datetime(2024, 3, 5, 14, 30), "想看样品\n天气: 雨", Channel.WECHAT,
        Direction.IN, "王磊", "陈雅琳", 13, 4, Step.COMPARE, True, ("抛光砖",),
    )  # fmt: skip
    assert last_contact(db, boss, huaxin) == DAY
    assert sound()


def test_a_traditional_header_is_understood_as_well(db, boss, service, write, huaxin):
    path = write(
        ["客戶名稱", "聯絡人", "日期", "時間", "方式", "內容", "評分"],
        ["華信科技有限公司", "陳雅琳", "2024/3/5", "14:30", "電話", "談價格", "5星"],
    )
    assert service.run(boss, path, TALKS).created == 1
    found = only_told(db)
    assert (found.channel, found.contact, found.rating) == (Channel.PHONE, "陈雅琳", 5)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-03-05", datetime(2024, 3, 5)),
        ("2024-03-05 14:30:15", datetime(2024, 3, 5, 14, 30, 15)),
        ("2024年3月5日下午2点半", datetime(2024, 3, 5, 14, 30)),
        ("Mar 5, 2024 2:30 PM", datetime(2024, 3, 5, 14, 30)),
        ("13/03/2024 09:15", datetime(2024, 3, 13, 9, 15)),
        ("3/13/2024 9:15 AM", datetime(2024, 3, 13, 9, 15)),
        ("45356", datetime(2024, 3, 5)),
        ("45356.75", datetime(2024, 3, 5, 18)),
        ("20240305143000", datetime(2024, 3, 5, 14, 30)),
        ("113年3月5日", datetime(2024, 3, 5)),
        ("1900-01-01", datetime(1900, 1, 1)),
        ("2026-11-23", datetime(2026, 11, 23)),
    ],
)
def test_when_it_was(db, boss, service, write, huaxin, text, at):
    service.run(boss, write(["编号", "日期", "内容"], ["C-1", text, "谈"]), TALKS)
    assert only_told(db).at == at


@pytest.mark.parametrize("zone", ["Z", "+0800", "-05:00"])
def test_a_time_with_its_zone_is_that_moment(db, boss, service, write, huaxin, zone):
    text = f"2024-03-05T14:30:00{zone}"
    service.run(boss, write(["编号", "日期", "内容"], ["C-1", text, "谈"]), TALKS)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    assert only_told(db).at == moment.astimezone().replace(tzinfo=None)


def test_dates_times_and_numbers_of_a_workbook(db, boss, service, book, huaxin):
    path = book(
        ["编号", "日期", "时间", "内容", "时长", "评分"],
        ["C-1", datetime(2024, 3, 5, 14, 30, 15), None, "一", 12, 5.0],
        ["C-1", date(2024, 3, 6), 0.75, "二", 12.5, 4],
        ["C-1", 45358.5, None, "三", "0:12:30", "★★★"],
        ["C-1", date(2024, 3, 8), "9:05", "四", "", ""],
        ["C-1", date(2024, 3, 9), "下午", "五", "", ""],
        ["C-1", date(2024, 3, 10), 9, "六", "", ""],
    )
    assert service.run(boss, path, TALKS).refused == 0
    assert [(one.at, one.summary, one.minutes, one.rating) for one in told(db)] == [
        (datetime(2024, 3, 5, 14, 30, 15), "一", 12, 5),
        (datetime(2024, 3, 6, 18), "二", 13, 4),
        (datetime(2024, 3, 7, 12), "三", 13, 3),
        (datetime(2024, 3, 8, 9, 5), "四", None, None),
        (datetime(2024, 3, 9), "五\n时间: 下午", None, None),
        (datetime(2024, 3, 10, 9), "六", None, None),
    ]


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["03/04/2024", "03/25/2024"], [date(2024, 3, 4), date(2024, 3, 25)]),
        (["03/04/2024 9:00", "25/03/2024 9:00"], [date(2024, 4, 3), date(2024, 3, 25)]),
        (["3/4/24", "3/25/24"], [date(2024, 3, 4), date(2024, 3, 25)]),
    ],
)
def test_the_order_of_days_and_months_is_found_from_the_column(
    db, boss, service, write, huaxin, dates, days
):
    path = write(["编号", "日期", "内容"], *[["C-1", text, text] for text in dates])
    assert service.run(boss, path, TALKS).refused == 0
    assert {one.summary: one.at.date() for one in told(db)} == dict(zip(dates, days, strict=True))


def test_dates_that_can_be_two_days_are_refused_until_the_order_is_said(
    db, boss, service, write, huaxin
):
    path = write(["编号", "日期", "内容"], ["C-1", "03/04/2024", "谈"])
    ((row, column, reason),) = reasons(service.run(boss, path, TALKS))
    assert (row, column) == (2, "日期")
    assert "2024-04-03" in reason
    service.run(boss, path, ImportOptions(into="interactions", order="dmy"))
    assert only_told(db).at.date() == date(2024, 4, 3)


@pytest.mark.parametrize(
    ("title", "cell", "reason"),
    [
        ("日期", "2026-11-24", "The date is in the future."),
        ("日期", "2099-01-01", "The date is in the future."),
        ("日期", "1899-12-31", "The date is before 1900."),
        ("日期", "2024-02-30", "There is no “2024-02-30”: 2024-02 has 29 days."),
        ("日期", "2024-03-05 25:00", "“2024-03-05 25:00” is not a date"),
        ("日期", "2024-03-05 10:00+99:00", "is not a date"),
        ("日期", "soon", "“soon” is not a date"),
        ("评分", "6", "“6” is no rating from 1 to 5."),
        ("评分", "great fun", "is no rating"),
        ("时长", "long", "“long” is no length of time"),
        ("时长", "1441", "“1441” is no length of time"),
        ("时长", "-3", "“-3” is no length of time"),
        ("购买步骤", "dancing", "“dancing” is no purchase step."),
        ("不满", "maybe", "“maybe” is neither yes nor no."),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(
    db, boss, service, write, huaxin, title, cell, reason
):
    # enough good rows for the column to be taken for what it is called
    good = {"日期": "2024-03-05", "评分": "5", "时长": "5", "购买步骤": "比较", "不满": "是"}
    bad = good | {title: cell}
    rows = [["C-1", *one.values(), "谈"] for one in (good, bad, good)]
    made = service.run(boss, write(["编号", *good, "内容"], *rows), TALKS)
    assert (made.created, made.refused) == (2, 1)
    ((row, column, told_reason),) = reasons(made)
    assert (row, column) == (3, title)
    assert reason in told_reason


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("评分", ["10", "9", "4", "3"]),
        ("Rating", ["4.5", "3.5", "5", "4"]),
        ("满意度", ["98%", "95%", "90%"]),
        ("步骤", ["初访", "复访", "方案"]),
        ("时长", ["long", "short"]),
    ],
)
def test_another_scale_than_ours_is_kept_as_text(db, boss, service, write, huaxin, title, cells):
    rows = [["C-1", "2024-03-05", "谈", cell] for cell in cells]
    made = service.run(boss, write(["编号", "日期", "内容", title], *rows), TALKS)
    assert made.refused == 0
    assert [(one.summary, one.rating) for one in told(db)] == [
        (f"谈\n{title}: {cell}", None) for cell in cells
    ]


def test_a_row_that_says_nothing_is_refused_and_one_that_only_says_how_is_not(
    db, boss, service, write, huaxin
):
    path = write(
        ["编号", "日期", "方式", "时长", "内容"],
        ["C-1", "2024-03-05", "", "", ""],
        ["C-1", "2024-03-06", "拜访", "", ""],
        ["C-1", "2024-03-07", "", "5", ""],
    )
    made = service.run(boss, path, TALKS)
    assert [(one.row, one.column) for one in made.errors] == [(2, "内容")]
    assert [(one.channel, one.minutes) for one in told(db)] == [("visit", None), ("phone", 5)]
    assert service.run(boss, path, TALKS).skipped == 2


def test_a_channel_that_we_do_not_have_is_kept_as_a_line(db, boss, service, write, huaxin):
    path = write(["编号", "日期", "渠道", "内容"], ["C-1", "2024-03-05", "信鸽", "谈"])
    service.run(boss, path, TALKS)
    assert only_told(db).summary == "谈\n渠道: 信鸽"


@pytest.mark.parametrize(
    ("channel", "direction", "expected"),
    [
        ("来电", "", (Channel.PHONE, Direction.IN)),
        ("", "呼入", (Channel.PHONE, Direction.IN)),
        ("邮件", "收到", (Channel.EMAIL, Direction.IN)),
        ("上门", "", (Channel.VISIT, Direction.OUT)),
        ("网站", "", (Channel.WEB, Direction.IN)),
        ("", "", (Channel.PHONE, Direction.OUT)),
    ],
)
def test_channel_and_direction_say_it_together(
    db, boss, service, write, huaxin, channel, direction, expected
):
    path = write(["编号", "日期", "方式", "方向", "内容"], ["C-1", DAY, channel, direction, "谈"])
    service.run(boss, path, TALKS)
    found = only_told(db)
    assert (found.channel, found.direction) == expected


def test_a_product_that_is_not_ours_stays_in_the_text(db, boss, service, write, huaxin):
    ProductService(db).add(boss, "Polished Tile")
    path = write(
        ["编号", "日期", "产品", "内容"],
        ["C-1", "2024-03-05", "polished tile", "一"],
        ["C-1", "2024-03-06", "大理石", "二"],
    )
    service.run(boss, path, TALKS)
    assert [(one.summary, one.products) for one in told(db)] == [
        ("一", ("Polished Tile",)), ("二\n产品: 大理石", ()),
    ]  # fmt: skip


def test_the_contact_named_is_found_or_made_at_the_right_customer(
    db, sound, boss, service, write, huaxin
):
    factories.customer(db, boss, "Other Ltd", code="C-2", contacts=(ContactDraft("Bob Ray"),))
    path = write(
        ["编号", "联系人", "日期", "内容"],
        ["C-1", "陳雅琳", "2024-03-05", "一"],
        ["C-1", "bob ray", "2024-03-06", "二"],
        ["C-2", "Bob  Ray", "2024-03-07", "三"],
        ["C-1", "Bob Ray", "2024-03-08", "四"],
    )
    service.run(boss, path, TALKS)
    assert [(one.customer, one.contact) for one in told(db)] == [
        ("华信科技有限公司", "陈雅琳"), ("华信科技有限公司", "bob ray"),
        ("Other Ltd", "Bob Ray"), ("华信科技有限公司", "bob ray"),
    ]  # fmt: skip
    contacts = CustomerService(db).get(boss, huaxin).draft.contacts
    assert [one.name for one in contacts] == ["陈雅琳", "bob ray"]
    assert list(CustomerService(db).ids(boss, ListQuery(search="bob ray"))).count(huaxin) == 1
    assert sound()


# --- who of us it was


def test_who_is_unknown_becomes_staff_where_whoever_imports_may_add_them(
    db, boss, service, write, huaxin
):
    director = factories.director(db)
    path = write(
        ["编号", "日期", "内容", "跟进人"],
        ["C-1", "2024-03-05", "一", "周敏"], ["C-1", "2024-03-06", "二", "周 敏"],
        ["C-1", "2024-03-07", "三", ""], ["C-1", "2024-03-08", "四", "—"],
    )  # fmt: skip
    made = service.run(director, path, TALKS)
    assert made.staff == 1
    assert [(one.author, one.summary) for one in told(db)] == [
        ("周敏", "一"), ("周敏", "二"), (None, "三"), (None, "四\n跟进人: —"),
    ]  # fmt: skip
    HistoryService(db).undo(director, made.change_set)
    assert "周敏" not in {one.name for one in StaffService(db).all(director)}


def test_who_is_unknown_stays_in_the_text_where_a_salesperson_imports(db, boss, service, write):
    seller = factories.staff(db, "王磊", Role.SALESPERSON)
    factories.customer(db, seller, "Own Ltd", code="C-9")
    path = write(
        ["编号", "日期", "内容", "跟进人"],
        ["C-9", "2024-03-05", "一", "周敏"], ["C-9", "2024-03-06", "二", "王磊"],
    )  # fmt: skip
    assert service.run(seller, path, TALKS).staff == 0
    assert [(one.author, one.summary) for one in told(db)] == [
        (None, "一\n跟进人: 周敏"), ("王磊", "二"),
    ]  # fmt: skip
    assert service.run(seller, path, TALKS).skipped == 2


def test_two_names_in_a_cell_are_nobody_new(db, boss, service, write, huaxin):
    director = factories.director(db)
    factories.staff(db, "王磊", Role.SALESPERSON)
    path = write(
        ["编号", "日期", "内容", "跟进人"],
        ["C-1", "2024-03-05", "一", "周敏、王磊"], ["C-1", "2024-03-06", "二", "Ann / Bob"],
    )  # fmt: skip
    assert service.run(director, path, TALKS).staff == 0
    assert [(one.author, one.summary) for one in told(db)] == [
        ("王磊", "一\n跟进人: 周敏、王磊"), (None, "二\n跟进人: Ann / Bob"),
    ]  # fmt: skip


def test_those_who_wrote_reviews_do_not_become_staff(db, boss, service, write, huaxin):
    director = factories.director(db)
    rows = [[f"Guest {n}", "2024-03-05", "5", f"review {n}"] for n in range(40)]
    path = write(["User", "Date", "Rating", "Review"], *rows)
    made = service.run(director, path, under("C-1"))
    assert (made.created, made.staff) == (40, 0)
    assert told(db)[7].summary == "review 7\nUser: Guest 7"


def test_dates_and_authors_stay_what_they_were_and_owners_too(db, boss, service, write, huaxin):
    director = factories.director(db)
    factories.staff(db, "王磊", Role.SALESPERSON)
    path = write(["编号", "日期", "内容", "负责人"], ["C-1", "2019-07-01 08:15", "谈", "王磊"])
    service.run(director, path, TALKS)
    found = only_told(db)
    assert (found.at, found.author) == (datetime(2019, 7, 1, 8, 15), "王磊")
    assert CustomerService(db).get(boss, huaxin).draft.owner_id == boss.id


def test_the_last_contact_is_raised_and_never_lowered(db, boss, service, write, huaxin):
    def run(*days):
        rows = [["C-1", day, f"on {day}"] for day in days]
        service.run(boss, write(["编号", "日期", "内容"], *rows), TALKS)
        return last_contact(db, boss, huaxin)

    assert run("2024-03-05", "2024-05-01", "2024-04-01") == date(2024, 5, 1)
    assert run("2023-01-01") == date(2024, 5, 1)
    assert run("2025-01-01", "2022-01-01") == date(2025, 1, 1)


# --- whose they are


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("编号", "C-1", "code"),
        ("税号", "91110108551385082q", "tax_id"),
        ("手机", "+86 13812345678", "phone"),
        ("邮箱", "sales@huaxin.example", "email"),
        ("客户名称", "華信科技有限公司", "name"),
    ],
)
def test_a_customer_is_recognised_by_any_of_its_keys(
    db, boss, service, write, huaxin, column, value, key
):
    factories.customer(db, boss, "Other Ltd", code="C-2")
    path = write([column, "日期", "内容"], [value, "2024-03-05", "谈"])
    assert service.run(boss, path, TALKS).created == 1
    assert only_told(db).customer == "华信科技有限公司"


def test_the_surest_key_decides(db, boss, service, write, huaxin):
    other = factories.customer(
        db, boss, "Other Ltd", code="C-2", points=(PointDraft(PointKind.PHONE, "13900000000"),)
    )
    third = factories.customer(db, boss, "Third Ltd")
    path = write(
        ["Shuke ID", "编号", "手机", "客户名称", "日期", "内容"],
        [other, "C-1", "", "Other Ltd", "2024-03-01", "id"],
        ["", "C-2", "13812345678", "Third Ltd", "2024-03-02", "code"],
        ["", "", "13812345678", "Third Ltd", "2024-03-03", "phone"],
        ["", "", "", "Third Ltd", "2024-03-04", "name"],
        [third, "", "", "华信科技有限公司", "2024-03-05", "foreign id"],
        [third, "", "", "", "2024-03-06", "bare id"],
    )
    made = service.run(boss, path, TALKS)
    assert [(one.customer, one.summary) for one in told(db)] == [
        ("Other Ltd", "id"), ("Other Ltd", "code"), ("华信科技有限公司", "phone"),
        ("Third Ltd", "name"), ("Third Ltd", "bare id"),
    ]  # fmt: skip
    assert [(one.row, one.column) for one in made.errors] == [(6, "Shuke ID")]


def test_an_unknown_number_does_not_fall_to_the_customer_of_the_row_above(
    db, boss, service, write, huaxin
):
    path = write(
        ["编号", "日期", "内容"], ["C-1", "2024-03-05", "一"], ["C-99", "2024-03-06", "二"]
    )
    for options in (TALKS, MISSING):
        made = service.run(boss, path, options)
        assert [(one.row, "C-99" in str(one.reason)) for one in made.errors] == [(3, True)]
    assert only_told(db).summary == "一"


def test_a_customer_whom_one_may_not_see_is_refused_with_its_owner_only(
    db, boss, service, write, huaxin
):
    seller = factories.staff(db, "周凯", Role.SALESPERSON)
    path = write(["手机", "日期", "内容"], ["13812345678", "2024-03-05", "谈"])
    for options in (TALKS, MISSING):
        made = service.run(seller, path, options)
        assert reasons(made) == [(2, "手机", "The customer is one of 李娜, whom you may not see.")]
    with pytest.raises(Refused, match="There is no customer"):
        service.run(seller, path, under("华信科技有限公司"))
    with pytest.raises(Refused, match="There is no customer"):
        service.run(seller, path, ImportOptions(into="interactions", customer_id=huaxin))
    assert told(db) == []


def test_a_row_that_names_nobody_is_refused_until_the_customer_is_said(
    db, boss, service, write, huaxin
):
    path = write(["日期", "内容"], ["2024-03-05", "谈"])
    refused = service.run(boss, path, TALKS)
    assert refused.change_set is None
    assert reasons(refused) == [
        (2, "", "The row names no customer. Say under which one such rows go.")
    ]
    for options in (
        under("華信科技有限公司"), under("C-1"),
        ImportOptions(into="interactions", customer_id=huaxin),
    ):  # fmt: skip
        made = service.run(boss, path, options)
        assert made.created + made.skipped == 1
    assert only_told(db).customer == "华信科技有限公司"


def test_rows_that_name_a_customer_are_theirs_and_the_others_the_given_ones(
    db, boss, service, write, huaxin
):
    factories.customer(db, boss, "Other Ltd")
    path = write(
        ["Customer", "Date", "Text"], ["Other Ltd", "2024-03-05", "a"], ["", "2024-03-06", "b"],
        ["华信科技有限公司", "2024-03-07", "c"],
    )  # fmt: skip
    assert service.run(boss, path, under("C-1")).created == 3
    assert [(one.customer, one.summary) for one in told(db)] == [
        ("Other Ltd", "a"), ("华信科技有限公司", "b"), ("华信科技有限公司", "c"),
    ]  # fmt: skip


def test_under_a_given_customer_the_contacts_are_theirs(db, boss, service, write, huaxin):
    path = write(["联系人", "日期", "内容"], ["陈雅琳", "2024-03-05", "谈"])
    assert service.run(boss, path, under("C-1")).created == 1
    assert only_told(db).contact == "陈雅琳"


def test_two_customers_of_the_given_name_or_none_are_said(db, boss, service, write):
    for _ in range(2):
        factories.customer(db, boss, "Twin Ltd")
    path = write(["日期", "内容"], ["2024-03-05", "谈"])
    with pytest.raises(Refused, match="There are 2 customers called “Twin Ltd”"):
        service.run(boss, path, under("Twin Ltd"))
    with pytest.raises(Refused, match="There is no customer “Nobody Ltd”"):
        service.run(boss, path, under("Nobody Ltd"))
    with pytest.raises(Refused, match="There is no customer"):
        service.run(boss, path, ImportOptions(into="interactions", customer_id=10**6))
    assert told(db) == []


def test_a_customer_is_said_for_interactions_only(boss, service, write, huaxin):
    with pytest.raises(Refused):
        service.run(boss, write(["客户名称"], ["甲"]), ImportOptions(customer="C-1"))


def test_missing_customers_are_refused_or_made_once(db, sound, boss, service, write, huaxin):
    path = write(
        ["客户名称", "手机", "联系人", "日期", "内容"],
        ["远大有限公司", "13900000000", "王五", "2024-03-05", "一"],
        ["远大有限公司", "", "王五", "2024-03-07", "二"],
        ["遠大有限公司", "", "赵六", "2024-03-06", "三"],
        ["华信科技有限公司", "", "", "2024-03-08", "四"],
    )
    refused = service.run(boss, path, ImportOptions(into="interactions", dry_run=True))
    assert (refused.created, refused.refused) == (1, 3)
    assert {one.column for one in refused.errors} == {"客户名称"}
    assert "There is no customer “远大有限公司”" in str(refused.errors[0].reason)
    made = service.run(boss, path, MISSING)
    assert (made.created, made.companies, made.refused) == (4, 1, 0)
    (new,) = CustomerService(db).ids(boss, ListQuery(search="远大有限公司"))
    draft = CustomerService(db).get(boss, int(new)).draft
    assert [one.name for one in draft.contacts] == ["王五", "赵六"]
    assert (draft.owner_id, draft.last_contact) == (boss.id, date(2024, 3, 7))
    assert [(one.customer, one.contact) for one in told(db)] == [
        ("远大有限公司", "王五"), ("远大有限公司", "赵六"), ("远大有限公司", "王五"),
        ("华信科技有限公司", None),
    ]  # fmt: skip
    assert sound()
    assert service.run(boss, path, MISSING).skipped == 4


@pytest.mark.parametrize("first", ["新公司", ""])
def test_a_given_customer_that_is_missing_is_made_once_whoever_names_it_first(
    db, boss, service, write, first
):
    path = write(
        ["客户名称", "日期", "内容"], [first, "2024-03-05", "一"],
        ["" if first else "新公司", "2024-03-06", "二"], ["", "2024-03-07", "三"],
    )  # fmt: skip
    made = service.run(boss, path, under("新公司", missing="create"))
    assert (made.created, made.companies) == (3, 1)
    assert {one.customer for one in told(db)} == {"新公司"}
    assert CustomerService(db).count(boss, "") == 1
    assert service.run(boss, path, under("新公司", missing="create")).skipped == 3


def test_a_row_without_a_date_takes_the_given_day(db, boss, service, write, huaxin):
    path = write(
        ["编号", "日期", "时间", "内容"], ["C-1", "", "9:30", "一"], ["C-1", "2024-03-06", "", "二"]
    )
    assert [one.row for one in service.run(boss, path, TALKS).errors] == [2]
    made = service.run(boss, path, ImportOptions(into="interactions", day=DAY))
    assert (made.created, made.skipped) == (1, 1)
    assert [one.at for one in told(db)] == [datetime(2024, 3, 5, 9, 30), datetime(2024, 3, 6)]


# --- once only, and back again


def test_the_same_file_again_brings_nothing_and_creating_brings_it_again(
    db, boss, service, write, huaxin
):
    path = write(
        ["编号", "日期", "内容", "评分"],
        ["C-1", "2024-03-05", "同样", ""], ["C-1", "2024-03-05", "同样", ""],
        ["C-1", "2024-03-05", "", "5"], ["C-1", "2024-03-05", "", "1"],
        ["C-1", "2024-03-06", "x", 3],
    )  # fmt: skip
    assert service.run(boss, path, TALKS).created == 5
    again = service.run(boss, path, TALKS)
    assert (again.created, again.skipped, again.change_set) == (0, 5, None)
    more = write(
        ["编号", "日期", "内容", "评分"], *[["C-1", "2024-03-05", "同样", ""]] * 3,
        ["C-1", "2024-03-05", "", "3"], name="more.csv",
    )  # fmt: skip
    third = service.run(boss, more, TALKS)
    assert (third.created, third.skipped) == (2, 2)
    created = service.run(boss, path, ImportOptions(into="interactions", duplicates="create"))
    assert created.created == 5
    assert len(told(db)) == 12


def test_the_plan_names_the_entry_that_is_on_record(boss, service, write, huaxin):
    path = write(["编号", "日期", "内容"], ["C-1", "2024-03-05", "谈"])
    service.run(boss, path, TALKS)
    plan = service.plan(boss, path, TALKS)
    (entry,) = plan.entries(plan.positions())
    plan.close()
    assert entry.verdict is Verdict.DUPLICATE
    assert (entry.match.name, entry.match.value) == ("华信科技有限公司", "2024-03-05")


def test_undo_takes_all_of_it_back_and_redo_brings_it_again(
    db, sound, boss, service, write, huaxin
):
    director = factories.director(db)
    ProductService(db).add(director, "抛光砖")
    path = write(
        ["客户名称", "联系人", "日期", "内容", "跟进人", "产品"],
        ["华信科技有限公司", "新人", "2024-03-05", "紫水晶样品", "周敏", "抛光砖"],
        ["远大有限公司", "王五", "2024-03-06", "绿松石样品", "周敏", ""],
    )

    def finds(text):
        return len(CustomerService(db).ids(director, ListQuery(search=text)))

    before = state(db)
    made = service.run(director, path, MISSING)
    after = state(db)
    assert [after[name] - before[name] for name in ("Customer", "Contact", "Interaction")] == [
        1, 2, 2,
    ]  # fmt: skip
    assert [finds(text) for text in ("紫水晶", "绿松石", "新人", "远大")] == [1, 1, 1, 1]
    assert sound()
    history = HistoryService(db)
    history.undo(director, made.change_set)
    assert state(db) == before
    assert [finds(text) for text in ("紫水晶", "绿松石", "新人", "远大")] == [0, 0, 0, 0]
    assert sound()
    history.undo(director, history.last_undo(director).id)
    assert state(db) == after
    assert [finds(text) for text in ("紫水晶", "绿松石", "新人", "远大")] == [1, 1, 1, 1]
    assert sound()


@pytest.mark.parametrize("part", ["plan", "write"])
def test_stopping_in_the_middle_leaves_nothing(db, boss, service, write, huaxin, part):
    rows = [["C-1", "2024-03-05", f"talk {n}", "周敏"] for n in range(2500)]
    path = write(["编号", "日期", "内容", "跟进人"], *rows)
    before = state(db)

    def stop(done, total):
        if done >= (total // 4 if part == "plan" else total * 3 // 4):
            raise Cancelled(Message("Stopped. Nothing was changed."))

    with pytest.raises(Cancelled):
        service.run(boss, path, TALKS, stop)
    assert state(db) == before


@pytest.mark.parametrize("gone", ["customer", "product", "staff"])
def test_what_goes_away_while_one_looks_at_the_plan_stops_the_import(
    db, boss, service, write, huaxin, gone
):
    director = factories.director(db)
    product = ProductService(db).add(director, "抛光砖")
    with_author = write(
        ["编号", "日期", "内容", "跟进人"], ["C-1", "2020-01-01", "x", "周敏"], name="first.csv"
    )
    first = service.run(director, with_author, TALKS)
    path = write(
        ["编号", "日期", "内容", "跟进人", "产品"], ["C-1", "2024-03-05", "谈", "周敏", "抛光砖"]
    )
    plan = service.plan(director, path, TALKS)
    if gone == "customer":
        CustomerEditing(db).delete(director, huaxin)
    elif gone == "product":
        ProductService(db).delete(director, product)
    else:
        HistoryService(db).undo(director, first.change_set)
    with pytest.raises(Conflict):
        service.commit(director, plan)
    plan.close()
    assert [one for one in told(db) if one.summary == "谈"] == []


def test_interactions_of_a_deleted_customer_are_refused_and_restored_ones_found_again(
    db, boss, service, write, huaxin
):
    path = write(["编号", "日期", "内容"], ["C-1", "2024-03-05", "谈"])
    assert service.run(boss, path, TALKS).created == 1
    CustomerEditing(db).delete(boss, huaxin)
    assert service.run(boss, path, TALKS).refused == 1
    RecycleBin(db).restore(boss, [huaxin])
    assert service.run(boss, path, TALKS).skipped == 1


def test_refused_rows_can_be_mended_and_brought_in(db, boss, service, write, tmp_path, huaxin):
    path = write(
        ["Code", "When it was", "Text", "Weather"],
        ["C-1", "2024-03-05", "fine", "rain"], ["C-1", "2024-02-30", "no such day", "sun"],
        ["C-7", "2024-03-06", "nobody", "snow"],
    )  # fmt: skip
    mapping = (
        '{"columns": {"Code": "code", "When it was": "at", "Text": "summary", "Weather": "line"}}'
    )
    plan = service.plan(boss, path, ImportOptions(into="interactions", mapping=mapping))
    assert service.commit(boss, plan).created == 1
    target = tmp_path / "refused.csv"
    assert service.write_rejected(plan, target).rows == 2
    plan.close()
    look = service.look(target, TALKS)
    assert look.remembered
    again = service.plan(boss, target, TALKS)
    assert service.write_rejected(again, tmp_path / "twice.csv").rows == 2
    again.close()
    with (tmp_path / "twice.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert len(header) == 5
    assert "C-7" in rows[1][4]
    rows[0][1], rows[1][0] = "2024-02-29", "C-1"
    mended = write_csv(tmp_path / "mended.csv", header, *rows)
    made = service.run(boss, mended, TALKS)
    assert (made.created, made.refused) == (2, 0)
    assert [one.summary for one in told(db)] == [
        "no such day\nWeather: sun", "fine\nWeather: rain", "nobody\nWeather: snow",
    ]  # fmt: skip


def test_mended_rows_bring_no_reasons_into_the_text_though_nothing_was_remembered(
    db, boss, service, write, tmp_path, huaxin
):
    path = write(["编号", "日期", "内容"], ["C-1", "2024-02-30", "谈"])
    plan = service.plan(boss, path, TALKS)
    target = tmp_path / "refused.xlsx"
    service.write_rejected(plan, target)
    plan.close()
    mapping = service.look(target, TALKS).mapping
    assert sorted(mapping.columns.values()) == ["at", "code", "summary"]


# --- many, real and hostile


def test_complaints_of_a_bank_come_in_under_one_customer(db, sound, boss, service, shared_data):
    bank = factories.customer(db, boss, "The Bank Ltd")
    path = shared_data / "service" / "cfpb_excerpt_2013_2017_usdates.csv"
    made = service.run(boss, path, under("The Bank Ltd"))
    assert (made.rows, made.created, made.refused, made.staff) == (3186, 3186, 0, 0)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    days = [datetime.strptime(row["Date received"], "%m/%d/%Y") for row in rows]
    assert Counter(one.at for one in told(db)) == Counter(days)
    issues = Counter(zip(days, (row["Issue"] for row in rows), strict=True))
    assert Counter((one.at, one.summary.split("\n")[0]) for one in told(db)) == issues
    everything = {value for row in rows for value in row.values() if value}
    text = "\n".join(one.summary for one in told(db))
    kept = everything - {"Web", "Phone", "Email", "Postal mail"}
    assert {value for value in kept if value not in text and "/20" not in value} == set()
    channels = Counter(one.channel for one in told(db))
    assert channels[Channel.WEB] == sum(row["Submitted via"] == "Web" for row in rows)
    assert last_contact(db, boss, bank) == max(days).date()
    again = service.run(boss, path, under("The Bank Ltd"))
    assert (again.created, again.skipped, again.change_set) == (0, 3186, None)
    assert sound()


def test_reviews_without_dates_come_in_under_one_customer(db, boss, service, shared_data):
    factories.customer(db, boss, "外卖店", code="W")
    path = shared_data / "chinese" / "waimai_10k.csv"
    made = service.run(boss, path, under("W", day=DAY))
    assert (made.created, made.refused) == (11_987, 0)
    found = told(db)
    assert {one.at for one in found} == {datetime(2024, 3, 5)}
    assert found[0].summary == "很快，好吃，味道足，量大\nlabel: 1"
    again = service.run(boss, path, under("W", day=DAY))
    assert (again.created, again.skipped) == (0, 11_987)


def test_rows_of_many_customers_over_several_blocks(db, sound, boss, service, write):
    for number in range(50):
        factories.customer(db, boss, f"Customer {number} Ltd", code=f"C{number}")
    start = datetime(2024, 1, 1)
    rows = [
        [f"C{n % 50}", start + timedelta(hours=n), f"talk {n % 30}", f"Person {n % 3}"]
        for n in range(2500)
    ]
    path = write(["Code", "Date", "Text", "Contact"], *rows)
    assert service.run(boss, path, TALKS).created == 2500
    found = told(db)
    assert [(one.at, one.summary, one.contact) for one in found] == [
        (at, text, contact) for _, at, text, contact in rows
    ]
    assert state(db)["Contact"] == 150
    assert service.run(boss, path, TALKS).skipped == 2500
    assert sound()


STRANGE = (
    st.none()
    | st.text(max_size=40)
    | st.sampled_from(
        ["C-1", "2024-03-05", "2024-03-05 10:00+99:00", "9" * 400, "\0", "\ud800", "🦊", "‮abc",
         "=SUM(A1)", "NaN", "1e999", "0001-01-01", "9999-12-31", "31/12/1899", "下午", "a" * 5000,
         "'; DROP TABLE interaction; --", "45356.999999", "-0", "∞", "½", "٣", "陈雅琳",
         "50%", "24:00"]
    )
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.sampled_from([CellError("#N/A"), CellError("#REF!")])
)  # fmt: skip
TITLES = (
    "Shuke ID", "编号", "客户名称", "手机", "邮箱", "联系人", "日期", "时间", "方式", "方向",
    "内容", "时长", "负责人", "评分", "步骤", "产品", "不满", "别的",
)  # fmt: skip
FIELDS = (
    "id", "code", "name", "phone", "email", "contact_name", "at", "time", "channel", "direction",
    "summary", "minutes", "author", "rating", "step", "product", "unhappy", "line",
)  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(
        st.lists(STRANGE, min_size=len(TITLES), max_size=len(TITLES)), min_size=1, max_size=8
    ),
    into=st.sampled_from(["interactions", "customers"]),
    missing=st.sampled_from(["refuse", "create"]),
    day=st.sampled_from([None, DAY]),
)
def test_no_table_is_too_strange(monkeypatch, db, boss, huaxin, service, rows, into, missing, day):
    path = Path("strange.xlsx")
    table = strange_table(path, rows)
    monkeypatch.setattr("app.services.imports.open_table", lambda *_, **__: table)
    mapping = json.dumps({"columns": dict(zip(TITLES, FIELDS, strict=True))})
    before = len(told(db))
    options = ImportOptions(into, mapping, missing=missing, day=day, duplicates="update")
    made = service.run(boss, path, options)
    assert made.created + made.updated + made.skipped + made.refused == len(rows)
    assert {one.row for one in made.errors} <= set(range(2, len(rows) + 2))
    assert all(str(one.reason) for one in made.errors)
    if into == "interactions":
        assert len(told(db)) == before + made.created
    if made.change_set is not None:
        HistoryService(db).undo(boss, made.change_set)
    assert len(told(db)) == before


def strange_table(path, rows):
    found = tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=2))
    return Table(path, None, (), None, 1, TITLES, found, len(found))
