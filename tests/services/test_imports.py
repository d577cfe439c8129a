import contextlib
import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import select

from app.config import Workspace
from app.db.check import check
from app.db.workspace import open_workspace
from app.domain.customer import CustomerDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import Grade, Kind, Origin, PointKind, Role, Stage
from app.errors import Cancelled, Conflict, Refused, Unavailable
from app.exchange.reading import open_table
from app.i18n import Message
from app.models import ChangeSet, ImportMapping
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.import_plan import ImportOptions, Verdict
from app.services.imports import ImportService
from app.services.staff import StaffService
from tests import factories
from tests.databases import CLOCK

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def director(db):
    return factories.staff(db, "李娜", Role.DIRECTOR)


@pytest.fixture
def service(db):
    return ImportService(db)


@pytest.fixture
def sound(db, tmp_path):
    """Whether file, references, index and journal are as they should be."""
    return lambda: check(Workspace(tmp_path), db) == []


@pytest.fixture
def write(tmp_path):
    def write(*rows, name="list.csv", encoding="utf-8"):
        path = tmp_path / name
        with path.open("w", newline="", encoding=encoding) as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write


def everything(db, actor):
    """Every customer of the actor as it is, without ids of parts."""
    service = CustomerService(db)
    found = []
    for one in service.ids(actor, ListQuery()):
        draft = service.get(actor, int(one)).draft
        found.append((int(one), draft))
    return found


def only(db, actor):
    (found,) = everything(db, actor)
    return found[1]


# --- what a row becomes


def test_a_full_row_becomes_a_customer_with_contact_points_and_tags(db, boss, service, write):
    path = write(
        ["客户名称", "类型", "编号", "等级", "负责人", "阶段", "来源", "地区", "地址", "标签",
         "备注", "成交日期", "联系人", "职务", "手机", "邮箱", "微信", "统一社会信用代码"],
        ["华信科技有限公司", "企业", "C-1", "a级", "李娜", "维护", "展会", "上海", "张江路 1 号",
         "月结、出口", "专票", "2026年2月8日", "陈雅琳", "采购总监",
         "13812345678；021-65521234转801", "yl@huaxin.example", "cyl88", "91110108551385082Q"],
    )  # fmt: skip
    made = service.run(boss, path)
    assert (made.rows, made.created, made.updated, made.skipped, made.refused) == (1, 1, 0, 0, 0)
    found = only(db, boss)
    assert found.name == "华信科技有限公司"
    assert (found.kind, found.grade, found.stage) == (Kind.COMPANY, Grade.A, Stage.KEEPING)
    assert (found.code, found.tax_id) == ("C-1", "91110108551385082Q")
    assert found.since == date(2026, 2, 8)
    assert found.tags == ("出口", "月结")
    assert [(one.name, one.title) for one in found.contacts] == [("陈雅琳", "采购总监")]
    assert [(one.kind, one.raw, one.contact) for one in found.points] == [
        (PointKind.PHONE, "13812345678", 0),
        (PointKind.PHONE, "021-65521234转801", 0),
        (PointKind.EMAIL, "yl@huaxin.example", 0),
        (PointKind.WECHAT, "cyl88", 0),
    ]
    assert found.owner_id == boss.id


def test_without_an_owner_the_customer_is_the_actors(db, boss, service, write):
    service.run(boss, write(["Customer", "Owner"], ["A Ltd", ""], ["B Ltd", "—"]))
    assert set(owners(db, boss).values()) == {boss.name}


def test_owners_who_are_not_staff_yet_become_staff_and_undo_takes_them_away(
    db, director, service, write
):
    path = write(
        ["Customer", "Owner"], ["A Ltd", "周敏"], ["B Ltd", "周 敏"], ["C Ltd", "Grace"],
        ["D Ltd", director.name],
    )  # fmt: skip
    plan = service.plan(director, path)
    assert plan.staff == ("周敏", "Grace")
    plan.close()
    made = service.run(director, path)
    assert (made.created, made.refused, made.staff) == (4, 0, 2)
    assert owners(db, director) == {
        "A Ltd": "周敏", "B Ltd": "周敏", "C Ltd": "Grace", "D Ltd": director.name,
    }  # fmt: skip
    roles = {one.name: one.role for one in StaffService(db).all(director)}
    assert roles["Grace"] is Role.SALESPERSON
    HistoryService(db).undo(director, made.change_set)
    assert "Grace" not in {one.name for one in StaffService(db).all(director)}
    assert service.run(director, path).staff == 2


def test_whom_somebody_may_not_add_to_the_staff_is_kept_in_the_notes(db, boss, service, write):
    seller = factories.staff(db, "王磊", Role.SALESPERSON)
    made = service.run(seller, write(["Customer", "Owner"], ["A Ltd", "Grace"]))
    assert (made.created, made.staff) == (1, 0)
    assert only(db, seller).owner_id == seller.id
    assert only(db, seller).notes == "Owner: Grace"


def test_an_existing_customer_goes_to_an_owner_who_becomes_staff(db, director, service, write):
    service.run(director, write(["Customer", "Owner"], ["A Ltd", ""]))
    update = ImportOptions(duplicates="update")
    made = service.run(director, write(["Customer", "Owner"], ["A Ltd", "Grace"]), update)
    assert (made.updated, made.staff) == (1, 1)
    assert owners(db, director) == {"A Ltd": "Grace"}


def owners(db, actor):
    records = CustomerService(db)
    rows = records.rows(actor, records.ids(actor, ListQuery()))
    return {row.name: row.owner for row in rows}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("华信科技有限公司", Kind.COMPANY),
        ("Northwind Traders Ltd.", Kind.COMPANY),
        ("张伟", Kind.PERSON),
        ("欧阳修远", Kind.PERSON),
        ("恒瑞医药", Kind.COMPANY),
    ],
)
def test_the_kind_is_guessed_where_no_column_says_it(db, boss, service, write, name, kind):
    service.run(boss, write(["客户名称", "备注"], [name, "x"]))
    assert only(db, boss).kind is kind


def test_a_row_with_only_an_email_is_a_customer_called_by_it(db, boss, service, write):
    service.run(boss, write(["Name", "E-mail"], ["", "ann@example.com"]))
    found = only(db, boss)
    assert (found.name, found.kind) == ("ann@example.com", Kind.PERSON)


def test_what_is_no_phone_number_goes_into_the_notes_and_is_not_lost(db, boss, service, write):
    service.run(boss, write(["Name", "Mobile", "Notes"], ["Ann Lee", "ask Bob", "likes tea"]))
    found = only(db, boss)
    assert found.points == ()
    assert found.notes == "likes tea\nMobile: ask Bob"


def test_a_company_that_people_belong_to_is_made_once(db, boss, service, write):
    path = write(
        ["Name", "Company", "Mobile"],
        ["Ann Lee", "Harbor Ltd", "13800000001"],
        ["Bob Ray", "Harbor Ltd", "13800000002"],
    )
    made = service.run(boss, path)
    assert (made.created, made.companies) == (2, 1)
    found = {draft.name: (one, draft) for one, draft in everything(db, boss)}
    assert found["Harbor Ltd"][1].kind is Kind.COMPANY
    assert {found[name][1].parent_id for name in ("Ann Lee", "Bob Ray")} == {found["Harbor Ltd"][0]}
    service.run(boss, write(["Name", "Company", "Mobile"], ["Cy Doe", "harbor ltd", "13800000003"]))
    assert len(everything(db, boss)) == 4


def test_a_row_may_belong_to_a_customer_further_down_in_the_file(db, boss, service, write):
    path = write(
        ["Customer", "Kind", "Distributor"], ["Ann Lee", "person", "Zeta"], ["Zeta", "company", ""]
    )
    made = service.run(boss, path)
    assert (made.created, made.companies) == (2, 0)
    found = {draft.name: (one, draft) for one, draft in everything(db, boss)}
    assert found["Ann Lee"][1].parent_id == found["Zeta"][0]


def test_the_order_of_dates_is_found_from_the_whole_column(db, boss, service, write):
    rows = [[f"Customer {n} Ltd", f"0{n % 9 + 1}/02/2026"] for n in range(250)]
    path = write(["Customer", "Customer since"], *rows, ["Last Ltd", "25/02/2026"])
    assert service.run(boss, path).refused == 0
    found = {draft.name: draft.since for _, draft in everything(db, boss)}
    assert found["Customer 0 Ltd"] == date(2026, 2, 1)
    assert found["Last Ltd"] == date(2026, 2, 25)


@pytest.mark.parametrize("cell", [45123, 45123.5, "45123"])
def test_a_day_that_lost_its_format_is_the_day_that_the_spreadsheet_meant(
    db, boss, service, write, cell
):
    service.run(boss, write(["Customer", "Customer since"], ["A Ltd", cell]))
    assert only(db, boss).since == date(2023, 7, 16)


@pytest.mark.parametrize(
    "last", [["合计", "200", ""], ["", "總計：", "1,200元"], ["Grand total", "", 3]]
)
def test_a_row_of_totals_is_no_customer(db, boss, service, write, last):
    path = write(["Customer", "Code", "Notes"], ["A Ltd", "1", ""], last)
    made = service.run(boss, path)
    assert (made.created, made.refused) == (1, 1)
    assert "adds up" in str(made.errors[0].reason)


def test_whoever_is_called_like_a_total_is_a_customer(db, boss, service, write):
    path = write(["Customer", "Contact"], ["Total", "Ann Lee"], ["合计", "王敏"])
    assert service.run(boss, path).created == 2


def test_a_date_with_two_meanings_is_refused_until_the_order_is_said(db, boss, service, write):
    path = write(["Customer", "Customer since"], ["A Ltd", "03/02/2026"])
    refused = service.run(boss, path)
    assert (refused.refused, refused.errors[0].column) == (1, "Customer since")
    service.run(boss, path, ImportOptions(order="dmy"))
    assert only(db, boss).since == date(2026, 2, 3)


def test_words_of_another_program_become_tags_and_a_slip_among_ours_is_refused(
    db, boss, service, write
):
    service.run(boss, write(["客户名称", "客户等级"], ["甲公司", "金牌"], ["乙公司", "银牌"]))
    assert {draft.tags for _, draft in everything(db, boss)} == {("金牌",), ("银牌",)}
    slip = service.run(
        boss, write(["客户名称", "等级"], ["丙公司", "A"], ["丁公司", "B"], ["戊公司", "AB"])
    )
    assert [(one.row, one.column) for one in slip.errors] == [(4, "等级")]


# --- who is there already


@pytest.fixture
def huaxin(db, boss):
    points = (
        PointDraft(PointKind.PHONE, "138 1234 5678"),
        PointDraft(PointKind.EMAIL, "Sales@Huaxin.example"),
    )
    return factories.customer(
        db, boss, code="C-1", tax_id="91110108551385082Q", points=points, address="旧地址"
    )


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("编号", "C-1", "code"),
        ("税号", "91110108551385082q", "tax_id"),
        ("手机", "+86 13812345678", "phone"),
        ("邮箱", "sales@huaxin.example", "email"),
        ("地址", "新地址", "name"),
    ],
)
def test_a_customer_that_is_there_is_recognised(
    db, boss, service, write, huaxin, column, value, key
):
    name = "華信科技有限公司" if key == "name" else "Something else"
    plan = service.plan(boss, write(["客户名称", column], [name, value]))
    (entry,) = plan.entries(plan.positions())
    plan.close()
    assert entry.verdict is Verdict.DUPLICATE
    assert (entry.match.key, entry.match.customer_id) == (key, huaxin)
    assert entry.match.name == "华信科技有限公司"


def test_the_surest_key_decides(db, boss, service, write, huaxin):
    other = factories.customer(db, boss, "Other Ltd", code="C-2")
    plan = service.plan(boss, write(["Customer", "Code", "Phone"], ["X", "C-2", "13812345678"]))
    (entry,) = plan.entries(plan.positions())
    plan.close()
    assert (entry.match.key, entry.match.customer_id) == ("code", other)


def test_two_people_of_one_name_who_are_reached_otherwise_are_two(db, boss, service, write):
    path = write(
        ["姓名", "手机"], ["张伟", "13800000001"], ["张伟", "13800000002"], ["张伟", "13800000001"]
    )
    made = service.run(boss, path)
    assert (made.created, made.skipped) == (2, 1)
    assert service.run(boss, path).skipped == 3
    assert service.run(boss, write(["姓名", "手机"], ["张伟", "13800000003"])).created == 1


def test_a_duplicate_one_may_not_see_is_named_by_its_owner_only(db, boss, service, write, huaxin):
    seller = factories.staff(db, "周凯", Role.SALESPERSON)
    path = write(["客户名称", "手机"], ["别的公司", "13812345678"])
    for rule in ("skip", "update"):
        plan = service.plan(seller, path, ImportOptions(duplicates=rule))
        (entry,) = plan.entries(plan.positions())
        plan.close()
        assert entry.verdict is Verdict.DUPLICATE
        assert (entry.match.name, entry.match.owner) == ("", "李娜")
        assert entry.changes.shown == ()


def test_a_repeated_row_of_the_file_is_left_out_naming_the_first(db, boss, service, write):
    path = write(["Customer", "Phone"], ["A Ltd", "13800000001"], ["B Ltd", "+8613800000001"])
    plan = service.plan(boss, path)
    entries = plan.entries(plan.positions())
    plan.close()
    assert [entry.verdict for entry in entries] == [Verdict.NEW, Verdict.DUPLICATE]
    assert (entries[1].match.key, entries[1].match.row) == ("phone", 2)


def test_the_id_of_another_workspace_is_refused(db, boss, service, write, huaxin):
    made = service.run(
        boss,
        write(["Shuke id", "Name"], [huaxin, "Somebody else"]),
        ImportOptions(duplicates="update"),
    )
    assert (made.updated, made.refused) == (0, 1)
    assert made.errors[0].column == "Shuke id"


# --- what happens to them


def test_updating_takes_over_what_the_file_says_and_blank_cells_take_nothing(
    db, sound, boss, service, write, huaxin
):
    path = write(
        ["客户名称", "编号", "地址", "来源", "手机", "标签"],
        ["华信科技有限公司", "C-1", "新地址", "", "13900000000", "vip"],
    )
    plan = service.plan(boss, path, ImportOptions(duplicates="update"))
    (entry,) = plan.entries(plan.positions())
    assert [tuple(shown) for shown in entry.changes.shown] == [
        ("address", "旧地址", "新地址"),
        ("tags", "", "vip"),
        ("phone", "", "13900000000"),
    ]
    made = service.commit(boss, plan)
    plan.close()
    assert (made.created, made.updated) == (0, 1)
    found = only(db, boss)
    assert (found.address, found.tags) == ("新地址", ("vip",))
    assert [one.raw for one in found.points] == [
        "138 1234 5678", "Sales@Huaxin.example", "13900000000"
    ]  # fmt: skip
    assert list(CustomerService(db).ids(boss, ListQuery(search="13900000000"))) == [huaxin]
    assert sound()


def test_filling_leaves_what_is_there(db, boss, service, write, huaxin):
    path = write(["编号", "客户名称", "地址", "来源"], ["C-1", "华信", "新地址", "展会"])
    assert service.run(boss, path, ImportOptions(duplicates="fill")).updated == 1
    found = only(db, boss)
    assert (found.name, found.address, found.source) == ("华信科技有限公司", "旧地址", "展会")


def test_creating_all_the_same_still_refuses_a_code_that_is_taken(db, boss, service, write, huaxin):
    path = write(["客户名称", "编号"], ["华信科技有限公司", ""], ["华信科技有限公司", "C-1"])
    made = service.run(boss, path, ImportOptions(duplicates="create"))
    assert (made.created, made.refused) == (1, 1)
    assert (made.errors[0].row, made.errors[0].column) == (3, "编号")


def test_the_same_file_again_changes_nothing(db, boss, service, write):
    path = write(
        ["客户名称", "编号", "等级", "标签", "成交日期", "联系人", "手机", "推荐人", "公司"],
        ["甲公司", "1", "A", "x,y", "2026-02-03", "王五", "13800000001", "老赵", ""],
        ["李四", "2", "B", "", "", "", "13800000002；021-65521234", "", "甲公司"],
    )
    assert service.run(boss, path).created == 2
    before = everything(db, boss)
    again = service.run(boss, path, ImportOptions(duplicates="update"))
    assert (again.created, again.updated, again.skipped, again.change_set) == (0, 0, 2, None)
    assert everything(db, boss) == before


# --- one change set


def test_undo_takes_back_new_and_updated_customers(db, sound, boss, service, write, huaxin):
    before = everything(db, boss)
    path = write(
        ["客户名称", "编号", "地址", "手机", "标签"],
        ["华信集团", "C-1", "新地址", "13900000000", "vip"],
        ["新公司", "C-2", "路", "13900000001", "vip"],
    )
    made = service.run(boss, path, ImportOptions(duplicates="update"))
    with db.read(boss) as session:
        kept = session.get(ChangeSet, made.change_set)
        assert kept.origin == Origin.IMPORT
        assert str(Message.from_json(kept.title)) == "Import 2 rows from list.csv"
    history = HistoryService(db)
    history.undo(boss, made.change_set)
    assert everything(db, boss) == before
    assert list(CustomerService(db).ids(boss, ListQuery(search="13900000000"))) == []
    assert sound()
    history.undo(boss, history.last_undo(boss).id)
    assert {draft.name for _, draft in everything(db, boss)} == {"华信集团", "新公司"}
    assert sound()


def test_a_dry_run_and_a_file_of_repeats_write_nothing(db, boss, service, write, huaxin):
    path = write(["客户名称", "编号"], ["新公司", "C-2"])
    made = service.run(boss, path, ImportOptions(dry_run=True))
    assert (made.created, made.change_set) == (1, None)
    assert len(everything(db, boss)) == 1
    assert service.run(boss, write(["客户名称", "编号"], ["华信", "C-1"])).change_set is None


def test_the_mapping_is_remembered_for_the_same_header_and_undone_with_the_import(
    db, boss, service, write
):
    path = write(["Firma", "Nr"], ["A Ltd", "7"])
    mapping = '{"columns": {"Firma": "name", "Nr": "code"}}'
    made = service.run(boss, path, ImportOptions(mapping=mapping))
    look = service.look(path)
    assert look.remembered
    assert dict(look.mapping.columns) == {0: "name", 1: "code"}
    HistoryService(db).undo(boss, made.change_set)
    with db.read(boss) as session:
        assert session.scalars(select(ImportMapping)).all() == []


@pytest.mark.parametrize("part", ["plan", "write"])
def test_stopping_in_the_middle_keeps_nothing_half_done(db, boss, service, write, part):
    path = write(["Customer", "Code"], *[[f"Customer {n} Ltd", n] for n in range(2500)])

    def stop(done, total):
        if done >= (total // 4 if part == "plan" else total * 3 // 4):
            raise Cancelled(Message("Stopped. Nothing was changed."))

    with pytest.raises(Cancelled):
        service.run(boss, path, progress=stop)
    assert everything(db, boss) == []
    with db.read(boss) as session:
        titles = list(session.scalars(select(ChangeSet.title)))
    assert not [title for title in titles if "Import" in title]


def test_a_code_given_away_while_one_looks_at_the_plan_stops_the_import(db, boss, service, write):
    plan = service.plan(boss, write(["Customer", "Code"], ["A Ltd", "C-1"], ["B Ltd", "C-2"]))
    factories.customer(db, boss, "Quick Ltd", code="C-2")
    with pytest.raises(Conflict):
        service.commit(boss, plan)
    plan.close()
    assert [draft.name for _, draft in everything(db, boss)] == ["Quick Ltd"]


def test_many_rows_are_found_by_the_index_as_the_check_wants_it(db, sound, boss, service, write):
    rows = [
        [f"客户{n}有限公司", f"C{n}", f"138{n:08d}", f"王{n}", "a,b" if n % 2 else ""]
        for n in range(2100)
    ]
    made = service.run(boss, write(["客户名称", "编号", "手机", "联系人", "标签"], *rows))
    assert made.created == 2100
    assert sound()
    assert CustomerService(db).count(boss, "tag = a") == 1050


# --- bad input


def test_bad_cells_are_refused_by_row_and_column_and_the_rest_is_imported(db, boss, service, write):
    path = write(
        ["客户名称", "税号", "成交日期", "邮箱", "手机"],
        ["甲公司", "911101085513850820", "", "", ""],
        ["乙公司", "", "2026-02-30", "", ""],
        ["丙公司", "", "", "not an address", ""],
        ["丁公司", "", "", "", "1381234567"],
        ["", "", "2026-01-01", "", ""],
        ["戊公司", "", "2026-01-01", "a@b.example", "13812345678"],
    )
    made = service.run(boss, path)
    assert (made.created, made.refused) == (1, 5)
    assert [(one.row, one.column) for one in made.errors] == [
        (2, "税号"), (3, "成交日期"), (4, "邮箱"), (5, "手机"), (6, "客户名称")
    ]  # fmt: skip
    assert all(str(one.reason) for one in made.errors)
    assert only(db, boss).name == "戊公司"


@pytest.mark.parametrize(
    "content", [b"", b"Name,Phone\r\n", b"\x89PNG\r\n\x1a\n" + bytes(200), b"%PDF-1.7"]
)
def test_a_file_that_is_no_list_is_refused_and_nothing_changes(
    db, boss, service, tmp_path, content
):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(Refused):
        service.run(boss, path)
    with pytest.raises(Refused):
        service.run(boss, tmp_path / "not there.xlsx")
    assert everything(db, boss) == []


def test_a_file_that_vanishes_while_it_is_read_leaves_nothing(db, boss, service, write):
    path = write(["Customer", "Code"], *[[f"Customer {n} Ltd", n] for n in range(3000)])

    def vanish(done, _total):
        path.unlink(missing_ok=True)

    look = service.look(path)
    assert look.table.columns == ("Customer", "Code")
    path.unlink()
    with pytest.raises(Refused):
        service.plan(boss, path, progress=vanish)
    assert everything(db, boss) == []


def test_hostile_text_is_kept_as_typed(db, boss, service, write):
    names = ["<b>A</b> Ltd", "'; DROP TABLE customer; --", "🦊 شركة", "=SUM(A1)", "a" * 5000]
    service.run(boss, write(["Customer", "Notes"], *[[name, name] for name in names]))
    assert {draft.name for _, draft in everything(db, boss)} == set(names)


def test_refused_rows_are_written_out_with_the_reason_ready_to_be_mended(
    db, boss, service, write, tmp_path
):
    path = write(["客户名称", "邮箱", "备注"], ["甲", "wrong", "一"], ["乙", "a@b.example", "二"])
    plan = service.plan(boss, path)
    for ending in ("xlsx", "csv"):
        target = tmp_path / f"refused.{ending}"
        assert service.write_rejected(plan, target).rows == 1
        table = open_table(target)
        (row,) = table.rows
        assert table.columns[:3] == ("客户名称", "邮箱", "备注")
        assert row.cells[:3] == ("甲", "wrong", "一")
        assert "邮箱" in row.cells[3]
        assert service.run(boss, target, ImportOptions(dry_run=True)).refused == 1
    plan.close()


# --- real files


@pytest.mark.parametrize(
    ("name", "created", "refused"),
    [
        ("contacts/google_contacts_2024_header.csv", 3, 0),
        ("contacts/roundcube_all.csv", 1, 0),
        ("contacts/roundcube_email.csv", 4, 0),
        ("contacts/roundcube_gmail.csv", 1, 0),
        ("xlsx/calamine_any_sheets.xlsx", 0, 4),
        ("xlsx/calamine_merged_range.xlsx", 0, 2),
        ("chinese/waimai_10k.csv", 0, 11_987),
    ],
)
def test_real_files_are_imported_or_refused_for_a_reason(
    db, boss, service, shared_data, name, created, refused
):
    made = service.run(boss, shared_data / name)
    assert (made.created, made.refused) == (created, refused)
    if refused:
        (reason,) = {str(one.reason) for one in made.errors}
        assert reason.startswith("No column says who the customer is.")
        assert made.change_set is None


def test_editing_an_imported_customer_is_possible_afterwards(db, boss, service, write):
    service.run(boss, write(["Name", "Mobile"], ["Ann Lee", "13812345678"]))
    ((one, draft),) = everything(db, boss)
    typed = CustomerDraft("Ann Lee-Ray", kind=draft.kind, points=draft.points, owner_id=boss.id)
    CustomerEditing(db).save(boss, one, draft, typed)
    assert only(db, boss).name == "Ann Lee-Ray"


KILLED = """
import sys
from pathlib import Path
from app.clock import Clock
from app.config import Workspace
from app.db.workspace import open_workspace
from app.domain.vocabulary import SYSTEM
from app.services.imports import ImportService

db = open_workspace(Workspace(Path(sys.argv[1])), Clock()).database
service = ImportService(db)
plan = service.plan(SYSTEM, Path(sys.argv[2]))
def tell(done, total):
    print(done, flush=True)
    sys.stdin.readline()
service.commit(SYSTEM, plan, tell)
"""


def test_killed_in_the_middle_of_writing_it_leaves_the_data_as_it_was(tmp_path, write):
    workspace = Workspace(tmp_path / "workspace")
    opened = open_workspace(workspace, CLOCK, create=True)
    boss = factories.director(opened.database)
    factories.customer(opened.database, boss, "Before Ltd")
    opened.database.close()
    path = write(["Customer", "Code"], *[[f"Customer {n} Ltd", n] for n in range(3000)])
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, workspace.folder, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout.readline().strip() == "1000"
        process.kill()
    database = open_workspace(workspace, CLOCK).database
    assert [draft.name for _, draft in everything(database, boss)] == ["Before Ltd"]
    assert check(workspace, database) == []
    assert ImportService(database).run(boss, path).created == 3000
    database.close()


def test_a_workspace_held_by_another_program_says_so_and_nothing_is_imported(
    tmp_path, write, monkeypatch
):
    monkeypatch.setattr("app.db.engine.BUSY_MS", 50)
    workspace = Workspace(tmp_path / "workspace")
    database = open_workspace(workspace, CLOCK, create=True).database
    boss = factories.director(database)
    path = write(["Customer", "Code"], ["A Ltd", "1"])
    with contextlib.closing(
        sqlcipher3.dbapi2.connect(str(workspace.database), isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable):
            ImportService(database).run(boss, path)
        other.execute("ROLLBACK")
    assert everything(database, boss) == []
    assert ImportService(database).run(boss, path).created == 1
    database.close()


def test_many_customers_are_worked_out_by_other_processes_with_the_same_outcome(
    db, sound, boss, service, write, monkeypatch
):
    monkeypatch.setattr("app.services.import_writing.SHARED_OUT", 1000)
    rows = [[f"客户{n}", f"C{n}", f"138{n:08d}", f"公司{n % 7}"] for n in range(2500)]
    made = service.run(boss, write(["姓名", "编号", "手机", "公司"], *rows))
    assert (made.created, made.companies) == (2500, 7)
    assert sound()
    found = CustomerService(db)
    assert found.count(boss, "code = C2499") == 1
    assert len(found.ids(boss, ListQuery(search="客户2499"))) == 1
