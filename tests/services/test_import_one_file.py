"""Customers, their contacts and what was said with them in one file: nothing lost or doubled."""

from collections import Counter
from datetime import date, datetime

import pytest

from app.config import Workspace
from app.db.check import check
from app.domain.customer import ContactDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import Kind, PointKind, Role
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.import_plan import ImportOptions, Verdict
from app.services.imports import ImportService
from app.services.products import ProductService
from app.services.staff import StaffService
from tests import factories
from tests.services.importing import only_told, state, told, write_csv

UPDATE = ImportOptions(duplicates="update")
TITLES = [
    "客户名称",
    "编号",
    "联系人",
    "手机",
    "负责人",
    "跟进时间",
    "跟进方式",
    "跟进内容",
    "跟进人",
]
NEW, OLD, IDLE = "新客户有限公司", "老客户有限公司", "无话有限公司"


@pytest.fixture
def boss(db):
    return factories.director(db)


@pytest.fixture
def service(db):
    return ImportService(db)


@pytest.fixture
def sound(db, tmp_path):
    return lambda: check(Workspace(tmp_path), db) == []


@pytest.fixture
def write(tmp_path):
    return lambda *rows, name="all.csv": write_csv(tmp_path / name, *rows)


def draft_of(db, actor, name):
    service = CustomerService(db)
    drafts = [service.get(actor, int(one)).draft for one in service.ids(actor, ListQuery())]
    (found,) = [draft for draft in drafts if draft.name == name]
    return found


def verdicts(service, actor, path, options=None):
    plan = service.plan(actor, path, options)
    found = [entry.verdict for entry in plan.entries(plan.positions())]
    plan.close()
    return found


def test_every_row_of_new_and_old_customers_is_where_it_belongs(db, sound, boss, service, write):
    factories.staff(db, "王磊", Role.SALESPERSON)
    factories.customer(
        db, boss, OLD, code="C-0", address="旧地址", contacts=(ContactDraft("老陈"),),
        points=(PointDraft(PointKind.PHONE, "13700000000"),),
    )  # fmt: skip
    path = write(
        [*TITLES, "地址"],
        [NEW, "C-1", "张三", "13800000001", "王磊", "2024-03-05 14:30", "电话", "一", "王磊", "路"],
        [NEW, "C-1", "张三", "13800000001", "王磊", "2024-03-06", "拜访", "二", "王磊", "路"],
        [NEW, "C-1", "李四", "13800000002", "王磊", "2024-03-07", "微信", "三", "周敏", "路"],
        [OLD, "C-0", "老陈", "13700000000", "", "2024-02-01", "电话", "四", "周敏", "新地址"],
        [OLD, "C-0", "小陈", "13700000001", "", "2024-02-02", "电话", "五", "周敏", "新地址"],
        [NEW, "C-1", "", "", "", "2024-03-08", "来电", "六", "", ""],
        [IDLE, "C-2", "钱七", "13600000000", "", "", "", "", "", ""],
    )  # fmt: skip
    made = service.run(boss, path, UPDATE)
    assert (made.created, made.updated, made.skipped, made.refused) == (2, 5, 0, 0)
    assert [(one.customer, one.summary, one.contact, one.author) for one in told(db)] == [
        (OLD, "四", "老陈", "周敏"), (OLD, "五", "小陈", "周敏"),
        (NEW, "一", "张三", "王磊"), (NEW, "二", "张三", "王磊"),
        (NEW, "三", "李四", "周敏"), (NEW, "六", None, None),
    ]  # fmt: skip
    assert [one.channel for one in told(db)][2:] == ["phone", "visit", "wechat", "phone"]
    new, old = draft_of(db, boss, NEW), draft_of(db, boss, OLD)
    assert [one.name for one in new.contacts] == ["张三", "李四"]
    assert [(one.raw, one.contact) for one in new.points] == [
        ("13800000001", 0), ("13800000002", 1)
    ]  # fmt: skip
    assert (new.last_contact, old.last_contact) == (date(2024, 3, 8), date(2024, 2, 2))
    assert (new.kind, old.address) == (Kind.COMPANY, "新地址")
    assert [one.name for one in old.contacts] == ["老陈", "小陈"]
    assert {one.raw for one in old.points} == {"13700000000", "13700000001"}
    assert draft_of(db, boss, IDLE).last_contact is None
    names = {one.id: one.name for one in StaffService(db).all(boss)}
    assert names[new.owner_id] == "王磊"
    assert names[old.owner_id] == boss.name
    assert sound()


def test_the_same_file_again_brings_nothing_whatever_the_rule(db, boss, service, write):
    path = write(
        TITLES,
        ["甲公司", "1", "张三", "13800000001", "", "2024-03-05", "", "同", "周敏"],
        ["甲公司", "1", "张三", "13800000001", "", "2024-03-05", "", "同", "周敏"],
        ["甲公司", "1", "李四", "13800000002", "", "2024-03-06", "", "异", ""],
        ["乙公司", "2", "", "", "", "2024-03-06", "", "异", ""],
    )
    assert service.run(boss, path).refused == 0
    before = state(db)
    assert (before["Interaction"], before["Contact"], before["Customer"]) == (4, 2, 2)
    for rule in ("skip", "update", "fill"):
        again = service.run(boss, path, ImportOptions(duplicates=rule))
        assert (again.created, again.updated, again.skipped) == (0, 0, 4)
    assert state(db) == before


def test_the_first_contact_again_after_a_new_one_is_not_doubled(db, boss, service, write):
    factories.customer(
        db, boss, OLD, code="C-0", contacts=(ContactDraft("老陈"),),
        points=(PointDraft(PointKind.PHONE, "13700000000"),),
    )  # fmt: skip
    path = write(
        TITLES,
        [OLD, "C-0", "小陈", "13700000001", "", "2024-02-01", "", "一", ""],
        [OLD, "C-0", "老陈", "13700000000", "", "2024-02-02", "", "二", ""],
        [OLD, "C-0", "小陈", "13700000001", "", "2024-02-03", "", "三", ""],
    )
    assert service.run(boss, path, UPDATE).updated == 3
    found = draft_of(db, boss, OLD)
    assert [one.name for one in found.contacts] == ["老陈", "小陈"]
    assert [one.raw for one in found.points] == ["13700000000", "13700000001"]
    assert [one.contact for one in told(db)] == ["小陈", "老陈", "小陈"]


@pytest.mark.parametrize("title", ["负责人", "跟进人"])
def test_whoever_looks_after_the_customer_had_the_interactions_if_nobody_else_is_named(
    db, boss, service, write, title
):
    path = write(
        ["客户名称", title, "跟进时间", "跟进内容"],
        ["甲", "周敏", "2024-03-05", "一"], ["甲", "王磊", "2024-03-06", "二"],
    )  # fmt: skip
    service.run(boss, path)
    assert [one.author for one in told(db)] == ["周敏", "王磊"]
    names = {one.id: one.name for one in StaffService(db).all(boss)}
    assert names[draft_of(db, boss, "甲").owner_id] == "周敏"
    assert service.run(boss, path).skipped == 2
    assert len(told(db)) == 2


def test_later_rows_bring_what_is_new_in_them(db, boss, service, write):
    path = write(
        ["客户名称", "联系人", "职务", "手机", "邮箱"],
        ["甲有限公司", "张三", "经理", "13800000001", ""],
        ["甲有限公司", "李四", "会计", "13800000002", "li@x.example"],
        ["甲有限公司", "张三", "经理", "13800000001", ""],
    )
    assert verdicts(service, boss, path) == [Verdict.NEW, Verdict.UPDATE, Verdict.DUPLICATE]
    service.run(boss, path)
    found = draft_of(db, boss, "甲有限公司")
    assert [(one.name, one.title) for one in found.contacts] == [("张三", "经理"), ("李四", "会计")]
    assert [(one.raw, one.contact) for one in found.points] == [
        ("13800000001", 0), ("13800000002", 1), ("li@x.example", 1)
    ]  # fmt: skip


def test_what_only_a_later_row_says_of_the_customer_is_filled_in(db, sound, boss, service, write):
    factories.customer(db, boss, OLD, code="C-0", address="旧路")
    path = write(
        ["客户名称", "编号", "地址", "地区", "备注", "跟进时间", "跟进内容"],
        [NEW, "C-1", "", "上海", "", "2024-03-05", "一"],
        [NEW, "C-1", "张江路", "北京", "月结", "2024-03-06", "二"],
        [OLD, "C-0", "", "", "", "2024-03-05", "三"],
        [OLD, "C-0", "新路", "广州", "", "2024-03-06", "四"],
    )
    fill = ImportOptions(duplicates="fill")
    service.run(boss, path, fill)
    new, old = draft_of(db, boss, NEW), draft_of(db, boss, OLD)
    assert (new.address, new.region, new.notes) == ("张江路", "上海", "月结")
    assert (old.address, old.region) == ("旧路", "广州")
    assert len(CustomerService(db).ids(boss, ListQuery(search="张江路"))) == 1
    assert service.run(boss, path, fill).skipped == 4
    assert sound()


def test_a_second_phone_of_a_contact_comes_with_the_next_interaction(db, boss, service, write):
    path = write(
        ["客户名称", "联系人", "手机", "跟进时间", "跟进内容"],
        ["甲有限公司", "张三", "13800000001", "2024-03-05", "一"],
        ["甲有限公司", "张三", "13800000002", "2024-03-06", "二"],
    )
    service.run(boss, path)
    found = draft_of(db, boss, "甲有限公司")
    assert {one.raw for one in found.points} == {"13800000001", "13800000002"}
    assert len(told(db)) == 2
    assert service.run(boss, path, UPDATE).skipped == 2


def test_a_text_without_a_date_goes_into_the_notes_with_all_that_was_said_with_it(
    db, boss, service, write
):
    path = write(
        ["客户名称", "跟进时间", "跟进内容", "跟进方式", "时长"],
        ["甲", "", "想要样品", "微信", "5"],
    )
    service.run(boss, path)
    assert told(db) == []
    notes = draft_of(db, boss, "甲").notes.split("\n")
    assert sorted(notes) == ["时长: 5", "跟进内容: 想要样品", "跟进方式: 微信"]


def test_a_text_without_a_date_takes_the_given_day(db, boss, service, write):
    path = write(
        ["客户名称", "跟进时间", "跟进内容"],
        ["甲", "", "一"],
        ["乙", "2024-03-06", "二"],
        ["丙", "", ""],
    )
    service.run(boss, path, ImportOptions(day=date(2024, 3, 5)))
    assert [(one.customer, one.at.date()) for one in told(db)] == [
        ("甲", date(2024, 3, 5)), ("乙", date(2024, 3, 6))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("2024-02-30", "There is no"), ("2099-01-01", "future"), ("1850-01-01", "before 1900")],
)
def test_a_row_whose_interaction_cannot_be_is_refused_whole(db, boss, service, write, cell, reason):
    path = write(
        ["客户名称", "跟进时间", "跟进内容"], ["甲", cell, "一"], ["乙", "2024-03-06", "二"]
    )
    made = service.run(boss, path)
    assert [(one.row, one.column) for one in made.errors] == [(2, "跟进时间")]
    assert reason in str(made.errors[0].reason)
    assert only_told(db).customer == "乙"
    assert CustomerService(db).count(boss, "") == 1


def test_undo_takes_customers_contacts_staff_and_interactions_and_redo_brings_them(
    db, sound, boss, service, write
):
    ProductService(db).add(boss, "抛光砖")
    factories.customer(db, boss, OLD, code="C-0")
    path = write(
        [*TITLES, "产品"],
        [NEW, "C-1", "张三", "13800000001", "周敏", "2024-03-05", "", "紫水晶", "周敏", "抛光砖"],
        [NEW, "C-1", "李四", "13800000002", "周敏", "2024-03-07", "", "三", "周敏", ""],
        [OLD, "C-0", "老陈", "13700000000", "", "2024-02-01", "", "绿松石", "周敏", ""],
    )  # fmt: skip

    def finds(text):
        return len(CustomerService(db).ids(boss, ListQuery(search=text)))

    before = state(db)
    made = service.run(boss, path, UPDATE)
    after = state(db)
    assert (made.created, made.updated, made.staff) == (1, 2, 1)
    assert [finds(text) for text in ("紫水晶", "绿松石", "李四", "13700000000")] == [1, 1, 1, 1]
    history = HistoryService(db)
    history.undo(boss, made.change_set)
    assert state(db) == before
    assert [finds(text) for text in ("紫水晶", "绿松石", "李四", "13700000000")] == [0, 0, 0, 0]
    assert sound()
    history.undo(boss, history.last_undo(boss).id)
    assert state(db) == after
    assert [finds(text) for text in ("紫水晶", "绿松石", "李四", "13700000000")] == [1, 1, 1, 1]
    assert sound()


def test_people_of_one_name_keep_their_own_interactions(db, boss, service, write):
    path = write(
        ["姓名", "手机", "跟进时间", "跟进内容"],
        ["张伟", "13800000001", "2024-03-05", "一"], ["张伟", "13800000002", "2024-03-05", "二"],
        ["张伟", "13800000001", "2024-03-06", "三"], ["张伟", "13800000002", "2024-03-06", "四"],
    )  # fmt: skip
    made = service.run(boss, path)
    assert (made.created, made.updated) == (2, 2)
    by_phone = {
        phone: sorted(int(one) for one in CustomerService(db).ids(boss, ListQuery(search=phone)))
        for phone in ("13800000001", "13800000002")
    }
    assert [len(ids) for ids in by_phone.values()] == [1, 1]
    assert by_phone["13800000001"] != by_phone["13800000002"]
    assert Counter(one.customer for one in told(db)) == {"张伟": 4}
    assert service.run(boss, path, UPDATE).skipped == 4


def test_many_customers_with_interactions_are_worked_out_by_other_processes(
    db, sound, boss, service, write
):
    rows = []
    for n in range(9000):
        who = [f"客户{n}有限公司", f"C{n}", f"联系人{n}"]
        rows.append([*who, "2024-03-05 14:30", f"第一次谈话{n}", "周敏"])
        if n % 3 == 0:
            rows.append([*who, "2024-03-06", f"第二次谈话{n}", ""])
    # also far away from the row that makes the customer
    rows += [[f"客户{n}有限公司", f"C{n}", "别人", "2024-03-07", f"最后{n}", ""] for n in range(10)]
    path = write(["客户名称", "编号", "联系人", "跟进时间", "跟进内容", "跟进人"], *rows)
    made = service.run(boss, path)
    assert (made.created, made.updated, made.refused, made.staff) == (9000, 3010, 0, 1)
    counts = state(db)
    assert (counts["Customer"], counts["Interaction"], counts["Contact"]) == (9000, 12_010, 9010)
    found = {one.summary: one for one in told(db)}
    for n in (0, 1, 4500, 8999):
        one = found[f"第一次谈话{n}"]
        assert (one.customer, one.contact, one.author, one.at) == (
            f"客户{n}有限公司", f"联系人{n}", "周敏", datetime(2024, 3, 5, 14, 30)
        )  # fmt: skip
    assert (found["最后9"].customer, found["最后9"].contact) == ("客户9有限公司", "别人")
    assert found["第二次谈话8997"].customer == "客户8997有限公司"
    assert draft_of_code(db, boss, "C9").last_contact == date(2024, 3, 7)
    assert draft_of_code(db, boss, "C8997").last_contact == date(2024, 3, 6)
    assert draft_of_code(db, boss, "C8999").last_contact == date(2024, 3, 5)
    assert sound()


def draft_of_code(db, actor, code):
    service = CustomerService(db)
    (one,) = service.ids(actor, ListQuery(f"code = {code}"))
    return service.get(actor, int(one)).draft
