from dataclasses import replace

from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import PointKind
from app.ui.customer import people
from app.ui.customer.people import Person

PHONE = PointKind.PHONE
DRAFT = CustomerDraft(
    "国强建材",
    contacts=(ContactDraft("A", id=1), ContactDraft("B", id=2), ContactDraft("C", id=3)),
    points=(
        PointDraft(PHONE, "own", None, 10),
        PointDraft(PHONE, "b1", 1, 11),
        PointDraft(PHONE, "a", 0, 12),
        PointDraft(PHONE, "b2", 1, 13),
        PointDraft(PHONE, "c", 2, 14),
    ),
)


def test_a_person_taken_out_and_put_back_changes_nothing_but_the_order_of_points():
    for one in (None, 1, 2, 3):
        again = people.with_person(DRAFT, people.person(DRAFT, one))
        assert again.contacts == DRAFT.contacts
        assert sorted(again.points, key=lambda point: point.id) == sorted(
            DRAFT.points, key=lambda point: point.id
        )


def test_the_points_of_a_person_follow_one_another_where_the_first_stood():
    again = people.with_person(DRAFT, people.person(DRAFT, 2))
    assert [one.raw for one in again.points] == ["own", "b1", "b2", "a", "c"]


def test_a_new_person_comes_last():
    new = Person(ContactDraft("D"), (PointDraft(PHONE, "d"),))
    again = people.with_person(DRAFT, new)
    assert again.contacts[-1].name == "D"
    assert again.points[-1] == PointDraft(PHONE, "d", 3)


def test_who_comes_after_a_removed_person_keeps_its_points():
    left = people.without_person(DRAFT, 1)
    assert [one.name for one in left.contacts] == ["B", "C"]
    owners = {one.raw: one.contact for one in left.points}
    assert owners == {"own": None, "b1": 0, "b2": 0, "c": 1}


def test_nobody_is_removed_where_somebody_is_gone_already():
    assert people.without_person(DRAFT, 99) == DRAFT
    assert people.person(DRAFT, 99) is None


def test_changes_of_different_fields_are_put_together():
    before = people.person(DRAFT, 1)
    theirs = replace(before, contact=replace(before.contact, title="theirs"))
    mine = replace(before, contact=replace(before.contact, note="mine"), points=())
    together, clash = people.merged(before, theirs, mine)
    assert not clash
    assert together == Person(replace(before.contact, title="theirs", note="mine"), ())


def test_the_same_field_changed_twice_is_a_clash_unless_both_mean_the_same():
    before = people.person(DRAFT, 1)
    theirs = replace(before, contact=replace(before.contact, title="theirs"))
    mine = replace(before, contact=replace(before.contact, title="mine"))
    together, clash = people.merged(before, theirs, mine)
    assert clash
    assert together.contact.title == "mine"
    assert people.merged(before, mine, mine) == (mine, False)
