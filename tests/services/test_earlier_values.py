"""A field's earlier values are told with who and when, and can be written again."""

from dataclasses import replace

import pytest

from app.domain.customer import FIELDS, CustomerDraft
from app.domain.vocabulary import Grade, Role, Stage
from app.errors import NotFound
from app.services.customer_editing import CustomerEditing, EditConflict
from app.services.customers import CustomerService
from app.services.earlier_values import restored
from app.services.timeline import ChangeEntry, EntryKind, TimelineService
from tests import factories


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def customer(db, actor):
    return CustomerEditing(db).add(actor, CustomerDraft("国强建材", stage=Stage.KEEPING))


def change(db, actor, customer, **fields):
    before = CustomerService(db).get(actor, customer).draft
    CustomerEditing(db).save(actor, customer, before, replace(before, **fields))


def test_earlier_values_come_latest_first_with_who_wrote_each(db, actor, customer):
    other = factories.staff(db, "周凯", Role.DIRECTOR)
    change(db, other, customer, stage=Stage.GROWING)
    change(db, actor, customer, stage=Stage.LOST)
    found = TimelineService(db).earlier(actor, customer, "stage")
    told = [(one.stored, one.staff, one.replaced_by) for one in found]
    assert told == [("growing", "周凯", "李娜"), ("keeping", "李娜", "周凯")]
    assert all(one.at is not None for one in found)


def test_an_earlier_owner_is_told_by_name(db, actor, customer):
    other = factories.staff(db, "周凯")
    change(db, actor, customer, owner_id=other.id)
    (was,) = TimelineService(db).earlier(actor, customer, "owner_id")
    assert (was.stored, was.shown) == (actor.id, "李娜")


def test_a_field_that_never_changed_and_one_that_is_no_column_have_none(db, actor, customer):
    service = TimelineService(db)
    assert service.earlier(actor, customer, "region") == ()
    assert service.earlier(actor, customer, "contacts") == ()


def test_earlier_values_of_a_customer_that_is_gone_are_refused(db, actor, customer):
    CustomerEditing(db).delete(actor, customer)
    with pytest.raises(NotFound):
        TimelineService(db).earlier(actor, customer, "stage")


def test_what_a_change_replaced_can_be_written_again_in_every_field(db, actor, customer):
    service, customers = TimelineService(db), CustomerService(db)
    first = customers.get(actor, customer).draft
    other = factories.staff(db, "周凯")
    change(
        db, actor, customer, name="国强", stage=Stage.LOST, grade=Grade.A, owner_id=other.id,
        other_names=("一", "二"), code="C-1", notes="两行\n字", birthday="1980-03-15",
    )  # fmt: skip
    (entry,) = service.page(actor, customer, (EntryKind.CHANGE,)).entries
    assert isinstance(entry, ChangeEntry)
    held = service.images(actor, customer, entry.id)
    now = customers.get(actor, customer).draft
    assert restored(now, held.after) == now
    CustomerEditing(db).save(actor, customer, restored(now, held.after), restored(now, held.before))
    again = customers.get(actor, customer).draft
    assert all(getattr(again, name) == getattr(first, name) for name in FIELDS)


def test_a_field_that_was_changed_again_since_is_not_overwritten_by_an_old_value(
    db, actor, customer
):
    service = TimelineService(db)
    change(db, actor, customer, stage=Stage.GROWING)
    (entry,) = service.page(actor, customer, (EntryKind.CHANGE,)).entries
    change(db, actor, customer, stage=Stage.LOST)
    held = service.images(actor, customer, entry.id)
    now = CustomerService(db).get(actor, customer).draft
    with pytest.raises(EditConflict):
        CustomerEditing(db).save(
            actor, customer, restored(now, held.after), restored(now, held.before)
        )
    assert CustomerService(db).get(actor, customer).draft.stage is Stage.LOST


def test_the_change_of_another_customer_is_not_given_out(db, actor, customer):
    other = factories.customer(db, actor, "别家")
    change(db, actor, other, region="杭州")
    (entry,) = TimelineService(db).page(actor, other, (EntryKind.CHANGE,)).entries
    with pytest.raises(NotFound):
        TimelineService(db).images(actor, customer, entry.id)
