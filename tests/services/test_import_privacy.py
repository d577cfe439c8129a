"""What a salesperson's import may tell of customers of others, and what a cell may hold."""

import csv

import pytest

from app.domain.lists import ListQuery
from app.domain.vocabulary import Role
from app.errors import Refused
from app.services.customers import CustomerService
from app.services.import_plan import ImportOptions, Verdict
from app.services.imports import ImportService
from tests import factories


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        path = tmp_path / "list.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write


@pytest.mark.parametrize("rule", ["update", "fill"])
def test_the_preview_of_an_update_names_nobody_whom_the_actor_may_not_see(db, write, rule):
    ann, bob = (factories.staff(db, name, Role.SALESPERSON) for name in ("Ann", "Bob"))
    hidden = factories.customer(db, bob, "秘密科技有限公司")
    factories.customer(db, ann, "我的公司", parent_id=hidden, referred_by_id=hidden)
    path = write(("Name", "Parent or distributor", "Notes"), ("我的公司", "别的公司", "x"))
    plan = ImportService(db).plan(ann, path, ImportOptions(duplicates=rule))
    assert plan.counts.updated == 1
    assert "秘密" not in repr(plan.entries([0]))
    plan.close()


def test_a_cell_too_long_to_be_looked_up_names_row_and_column(db, write):
    boss = factories.director(db)
    path = write(
        ("Name", "Code", "Source", "Tags"),
        ("甲", "c" * 501, "ok", "ok"),
        ("乙", "c", "汉" * 501, "ok"),
        ("丙", "d", "ok", "good, " + "汉" * 501),
        ("丁", "e" * 500, "汉" * 500, "汉" * 500),
    )
    plan = ImportService(db).plan(boss, path)
    assert [entry.verdict for entry in plan.entries([0, 1, 2, 3])] == [
        Verdict.REFUSED, Verdict.REFUSED, Verdict.REFUSED, Verdict.NEW,
    ]  # fmt: skip
    assert [(row, problem.column) for row, problem in plan.errors] == [
        (2, "Code"), (3, "Source"), (4, "Tags"),
    ]  # fmt: skip
    ImportService(db).commit(boss, plan)
    plan.close()
    assert CustomerService(db).count(boss) == 1


def test_a_text_to_be_looked_for_may_be_long_but_not_endless(db):
    boss = factories.director(db)
    service = CustomerService(db)
    for sign in "汉%_\\😀":
        text = ("\\\\" if sign == "\\" else sign) * 5_000
        assert not len(service.ids(boss, ListQuery(f'name contains "{text}"')))
    with pytest.raises(Refused, match="5000"):
        service.ids(boss, ListQuery(f'name contains "{"汉" * 5_001}"'))
