from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.domain.promises import PromiseQuery
from app.domain.vocabulary import Role
from app.errors import Refused
from app.models import Export
from app.services.promise_export import COLUMNS, PromiseExport
from app.services.promise_lists import PromiseLists
from app.services.promises import PromiseDraft, PromiseService
from tests import factories


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def made(db, lina):
    customer = factories.customer(db, lina, "华信科技", owner_id=lina.id)
    promises = PromiseService(db)
    first = promises.make(lina, customer, PromiseDraft("=1+1", date(2026, 11, 27))).ids
    second = promises.make(lina, customer, PromiseDraft("寄样品", date(2026, 11, 30))).ids
    promises.move(lina, first[0], date(2026, 12, 4), "缺货")
    return [*first, *second]


def test_everything_there_is_stands_in_the_workbook(db, lina, made, tmp_path):
    target = tmp_path / "promises.xlsx"
    outcome = PromiseExport(db).write(lina, target, made)
    rows = list(load_workbook(target).active.values)
    assert len(rows[0]) == len(COLUMNS)
    assert (outcome.rows, outcome.columns) == (2, tuple(COLUMNS))
    first = dict(zip(COLUMNS, rows[1], strict=True))
    assert (first["text"], first["moves"], first["maker"]) == ("=1+1", 1, "李娜")
    assert (first["first"].date(), first["due"].date()) == (date(2026, 11, 27), date(2026, 12, 4))
    assert first["state"] == "Pending"


def test_the_file_has_the_order_and_columns_that_are_asked_for(db, lina, made, tmp_path):
    target = tmp_path / "promises.csv"
    steps = []
    ids = PromiseLists(db).ids(lina, PromiseQuery(sort="due")).tolist()
    PromiseExport(db).write(
        lina, target, ids, ["text", "due", "unknown"], lambda done, of: steps.append((done, of))
    )
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert [one.split(",")[1] for one in lines] == ["Due", "2026-11-30", "2026-12-04"]
    assert steps == [(2, 2)]
    with db.read(lina) as session:
        kept = session.scalars(select(Export)).one()
        assert (kept.what, kept.row_count, kept.file_name) == ("promises", 2, "promises.csv")


def test_what_one_may_not_see_is_not_written(db, made, tmp_path):
    other = factories.staff(db, "王伟", Role.SALESPERSON, "西区")
    outcome = PromiseExport(db).write(other, tmp_path / "promises.csv", made)
    assert outcome.rows == 0


def test_another_ending_is_refused(db, lina, made, tmp_path):
    with pytest.raises(Refused):
        PromiseExport(db).write(lina, tmp_path / "promises.pdf", made)
