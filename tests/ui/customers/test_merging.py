from dataclasses import fields, replace
from datetime import date

import pytest

from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import Grade, PointKind
from app.ui.customers.merging import changed, merged
from app.ui.widgets.customer_values import value_words

BEFORE = CustomerDraft(
    "华信",
    contacts=(ContactDraft("陈雅琳", "", 1),),
    points=(PointDraft(PointKind.PHONE, "1", 0, 1),),
)


def test_fields_changed_by_one_side_only_are_all_kept():
    theirs, mine = replace(BEFORE, source="官网"), replace(BEFORE, region="上海")
    assert merged(BEFORE, theirs, mine, ()) == replace(BEFORE, source="官网", region="上海")


@pytest.mark.parametrize(("keep", "region"), [(("region",), "mine"), ((), "theirs")])
def test_a_field_changed_by_both_is_as_chosen(keep, region):
    theirs, mine = replace(BEFORE, region="theirs"), replace(BEFORE, region="mine")
    assert merged(BEFORE, theirs, mine, keep).region == region


def test_contacts_and_points_are_taken_together():
    theirs = replace(BEFORE, contacts=(ContactDraft("Kai", "", 2), *BEFORE.contacts))
    mine = replace(BEFORE, points=(PointDraft(PointKind.PHONE, "2", 0, 1),))
    assert merged(BEFORE, theirs, mine, ()) == theirs
    kept = merged(BEFORE, theirs, mine, ("points",))
    assert (kept.contacts, kept.points) == (mine.contacts, mine.points)


def test_every_field_can_be_said_in_words():
    full = CustomerDraft(
        "华信", other_names=("HX",), grade=Grade.A, owner_id=1, parent_id=2, since=date(2026, 1, 2),
        tags=("a", "b"), contacts=BEFORE.contacts, points=BEFORE.points,
    )  # fmt: skip
    names = {("owner_id", 1): "李娜", ("parent_id", 2): "总部"}
    said = {one.name: value_words(one.name, getattr(full, one.name), names) for one in fields(full)}
    assert said["owner_id"] == "李娜"
    assert said["tags"] == "a · b"
    assert said["points"] == "1"
    assert said["code"] == "empty"
    assert said["since"] == "2026-01-02"


def test_equal_drafts_differ_in_nothing():
    assert changed(BEFORE, replace(BEFORE)) == []
