"""Colleagues at one line are several people; whoever has a mobile number has it alone."""

import csv

import pytest

from app.domain.customer import PointDraft
from app.domain.vocabulary import Kind, PointKind
from app.services.imports import ImportService
from tests import factories

OFFICE, MOBILE = "021-65521234", "13812345678"


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def bring(db, boss, tmp_path):
    def bring(*rows):
        path = tmp_path / "people.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([("姓名", "电话"), *rows])
        made = ImportService(db).run(boss, path)
        return made.created, made.skipped

    return bring


def test_colleagues_with_the_number_of_their_office_are_several_people(bring):
    assert bring(("张三", OFFICE), ("李四", OFFICE), ("王五", f"{OFFICE}转12")) == (3, 0)
    assert bring(("李四", OFFICE), ("王五", OFFICE), ("张三", OFFICE)) == (0, 3)


def test_the_same_person_at_the_same_line_comes_in_once(bring):
    assert bring(("张三", OFFICE), ("李四", OFFICE), ("李四", OFFICE)) == (2, 1)


def test_whoever_has_the_same_mobile_number_is_the_same(bring):
    assert bring(("张三", MOBILE), ("张老三", MOBILE)) == (1, 1)


def test_somebody_who_is_here_is_found_behind_a_colleague(db, boss, bring):
    line = (PointDraft(PointKind.PHONE, OFFICE),)
    for name in ("张三", "李四"):
        factories.customer(db, boss, name, kind=Kind.PERSON, points=line)
    assert bring(("李四", OFFICE), ("赵六", OFFICE)) == (1, 1)


def test_a_firm_is_known_by_its_line_whatever_it_calls_itself(db, boss, bring):
    line = (PointDraft(PointKind.PHONE, OFFICE),)
    factories.customer(db, boss, "华信科技有限公司", kind=Kind.COMPANY, points=line)
    assert bring(("华信科技集团有限公司", OFFICE)) == (0, 1)


def test_a_number_without_a_name_is_whoever_has_it(db, boss, bring):
    line = (PointDraft(PointKind.PHONE, OFFICE),)
    factories.customer(db, boss, "张三", kind=Kind.PERSON, points=line)
    assert bring(("", OFFICE)) == (0, 1)
