import csv
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app import i18n
from app.domain.customer import ContactDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import Grade, Kind, PointKind, Role, Stage
from app.errors import Cancelled, Refused, Unavailable
from app.exchange.header_words import slot_of
from app.exchange.reading import open_table
from app.i18n import Message
from app.models import ChangeSet, Export
from app.services.customers import CustomerService
from app.services.export_columns import COLUMNS, chosen
from app.services.exports import ExportService
from app.services.import_plan import ImportOptions
from app.services.imports import ImportService
from tests import factories

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SLOTS = {"name": {"person", "customer"}, "phone": {"phone", "phone2"}, "contact_name": {"contact"}}


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def service(db):
    return ExportService(db)


@pytest.fixture
def customers(db, boss):
    """Customers with something in every field, and with nothing."""
    company = factories.customer(
        db,
        boss,
        "华信科技有限公司",
        other_names=("华信", "Huaxin, Ltd"),
        code="C-1",
        grade=Grade.A,
        stage=Stage.WINNING_BACK,
        source="展会",
        region="上海",
        address="张江路 1 号\n3 楼",
        tax_id="91110108551385082Q",
        notes="=1+1\n第二行",
        since=date(2025, 2, 8),
        last_contact=date(2026, 11, 1),
        tags=("vip", "月结, 出口"),
        contacts=(ContactDraft("陈雅琳", "采购总监"), ContactDraft("王五")),
        points=(
            PointDraft(PointKind.PHONE, "138 1234 5678", 0),
            PointDraft(PointKind.PHONE, "021-65521234转801"),
            PointDraft(PointKind.EMAIL, "a@huaxin.example", 0),
            PointDraft(PointKind.EMAIL, "b@huaxin.example", 1),
            PointDraft(PointKind.WECHAT, "cyl88", 0),
            PointDraft(PointKind.WEBSITE, "https://huaxin.example"),
        ),
    )
    person = factories.customer(
        db, boss, "张伟", kind=Kind.PERSON, parent_id=company, referred_by_id=company
    )
    return [company, person]


def rows_of(path):
    table = open_table(path)
    return table.columns, [row.cells for row in table.rows]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("rule", ["skip", "update", "fill"])
def test_a_file_exported_and_imported_again_changes_nothing(
    db, boss, service, customers, tmp_path, ending, rule
):
    path = tmp_path / f"out.{ending}"
    assert service.customers(boss, path, ListQuery()).rows == 2
    made = ImportService(db).run(boss, path, ImportOptions(duplicates=rule))
    assert (made.rows, made.created, made.updated, made.refused) == (2, 0, 0, 0)
    assert (made.skipped, made.change_set, made.errors) == (2, None, ())


def test_an_edited_export_updates_what_was_edited_and_nothing_else(
    db, boss, service, customers, tmp_path
):
    path = tmp_path / "out.csv"
    service.customers(boss, path, ListQuery())
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    for row in rows:
        if row[header.index("Name")] == "张伟":
            row[header.index("Region")] = "北京"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    made = ImportService(db).run(boss, path, ImportOptions(duplicates="update"))
    assert (made.updated, made.skipped, made.refused) == (1, 1, 0)
    assert CustomerService(db).get(boss, customers[1]).draft.region == "北京"


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_title_is_recognised_by_the_import_in_every_language(language):
    i18n.use(language)
    try:
        titles = {key: str(column.title) for key, column in COLUMNS.items()}
    finally:
        i18n.use("en")
    found = {key: (slot_of(title) or ("",))[0] for key, title in titles.items()}
    assert found.pop("created") == ""
    wrong = {key: titles[key] for key, slot in found.items() if slot not in SLOTS.get(key, {key})}
    assert wrong == {}


def test_the_list_is_written_as_it_is_seen(db, boss, service, customers, tmp_path):
    path = tmp_path / "out.xlsx"
    query = ListQuery("grade = A", sort="-name")
    made = service.customers(boss, path, query, ("name", "under", "stage", "since"))
    assert made.columns == ("id", "name", "parent", "contact_name", "stage", "since")
    columns, rows = rows_of(path)
    assert columns == ("Shuke id", "Name", "Parent or distributor", "Contact", "Stage",
                       "Customer since")  # fmt: skip
    assert rows == [
        (customers[0], "华信科技有限公司", None, "陈雅琳", "Winning back", date(2025, 2, 8))
    ]


def test_chosen_customers_are_written_in_their_order(db, boss, service, customers, tmp_path):
    path = tmp_path / "out.csv"
    service.customers(boss, path, ListQuery("grade = A"), ("name",), ids=reversed(customers))
    assert [row[1] for row in rows_of(path)[1]] == ["张伟", "华信科技有限公司"]


def test_nobody_exports_what_they_may_not_see(db, boss, service, customers, tmp_path):
    seller = factories.staff(db, "周凯", Role.SALESPERSON)
    own = factories.customer(db, seller, "Own Ltd")
    path = tmp_path / "out.csv"
    made = service.customers(seller, path, ListQuery(), ids=[*customers, own])
    assert made.rows == 1
    assert "Own Ltd" in path.read_text(encoding="utf-8-sig")
    assert "华信" not in path.read_text(encoding="utf-8-sig")


def test_what_left_the_workspace_is_recorded_and_cannot_be_undone(
    db, boss, service, customers, tmp_path
):
    with db.read(boss) as session:
        before = session.scalars(select(ChangeSet.id)).all()
    service.customers(boss, tmp_path / "out.csv", ListQuery())
    with db.read(boss) as session:
        (kept,) = session.scalars(select(Export))
        assert session.scalars(select(ChangeSet.id)).all() == before
    assert (kept.actor_id, kept.what, kept.row_count, kept.file_name) == (
        boss.id, "customers", 2, "out.csv",
    )  # fmt: skip
    assert kept.at == NOW


def test_a_block_boundary_loses_and_repeats_nobody(db, boss, service, tmp_path):
    source = tmp_path / "in.csv"
    with source.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Customer", "Code"])
        writer.writerows([f"Customer {n} Ltd", n] for n in range(4100))
    ImportService(db).run(boss, source)
    path, told = tmp_path / "out.csv", []
    service.customers(
        boss, path, ListQuery(sort="-code"), ("code",), progress=lambda *at: told.append(at)
    )
    codes = [row[1] for row in rows_of(path)[1]]
    assert len(codes) == len(set(codes)) == 4100
    assert codes == sorted(codes, reverse=True)
    assert told[-1] == (4100, 4100)


def test_stopping_and_failing_leave_the_old_file(db, boss, service, customers, tmp_path):
    path = tmp_path / "out.xlsx"
    path.write_text("old", encoding="utf-8")

    def stop(_done, _total):
        raise Cancelled(Message("Stopped. Nothing was changed."))

    with pytest.raises(Cancelled):
        service.customers(boss, path, ListQuery(), progress=stop)
    assert path.read_text(encoding="utf-8") == "old"
    with pytest.raises(Unavailable):
        service.customers(boss, tmp_path / "no folder" / "out.csv", ListQuery())
    with pytest.raises(Refused):
        service.customers(boss, tmp_path / "out.pdf", ListQuery())
    assert [one.name for one in tmp_path.iterdir() if "out" in one.name] == ["out.xlsx"]


def test_an_empty_list_is_a_file_with_a_header(db, boss, service, tmp_path):
    path = tmp_path / "out.xlsx"
    assert service.customers(boss, path, ListQuery()).rows == 0
    assert path.stat().st_size > 0
    assert chosen(None) == tuple(COLUMNS)
