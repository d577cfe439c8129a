"""A field's earlier values are told with who and when, and can be written again."""

from dataclasses import replace

import pytest

from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import FIELDS, ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import ContactRole, Grade, PointKind, Role, Stage
from app.errors import Conflict, NotFound, Refused
from app.services.bulk import AddTag, BulkService, RemoveTag
from app.services.custom_fields import CustomFieldService, field_key
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.putting_back import EarlierValueService
from app.services.timeline import EntryKind, TimelineService
from tests import factories


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def customer(db, actor):
    return CustomerEditing(db).add(actor, CustomerDraft("国强建材", stage=Stage.KEEPING))


@pytest.fixture
def service(db):
    return EarlierValueService(db, CustomerEditing(db))


def change(db, actor, customer, **fields):
    before = CustomerService(db).get(actor, customer).draft
    CustomerEditing(db).save(actor, customer, before, replace(before, **fields))


def test_earlier_values_come_latest_first_with_who_wrote_each(db, actor, customer, service):
    other = factories.staff(db, "周凯", Role.DIRECTOR)
    change(db, other, customer, stage=Stage.GROWING)
    change(db, actor, customer, stage=Stage.LOST)
    found = service.of_field(actor, customer, "stage")
    told = [(one.stored, one.staff, one.replaced_by) for one in found]
    assert told == [("growing", "周凯", "李娜"), ("keeping", "李娜", "周凯")]
    assert all(one.at is not None for one in found)


def test_an_earlier_owner_is_told_by_name(db, actor, customer, service):
    other = factories.staff(db, "周凯")
    change(db, actor, customer, owner_id=other.id)
    (was,) = service.of_field(actor, customer, "owner_id")
    assert (was.stored, was.shown) == (actor.id, "李娜")


def test_a_field_that_never_changed_and_one_that_is_no_column_have_none(actor, customer, service):
    assert service.of_field(actor, customer, "region") == ()
    assert service.of_field(actor, customer, "contacts") == ()


def test_earlier_values_of_a_customer_that_is_gone_are_refused(db, actor, customer, service):
    CustomerEditing(db).delete(actor, customer)
    with pytest.raises(NotFound):
        service.of_field(actor, customer, "stage")


def newest_change(db, actor, customer):
    return TimelineService(db).page(actor, customer, (EntryKind.CHANGE,)).entries[0]


def test_what_a_change_replaced_can_be_written_again_in_every_field(db, actor, customer, service):
    customers = CustomerService(db)
    first = customers.get(actor, customer).draft
    other = factories.staff(db, "周凯")
    change(
        db, actor, customer, name="国强", stage=Stage.LOST, grade=Grade.A, owner_id=other.id,
        other_names=("一", "二"), code="C-1", notes="两行\n字", birthday="1980-03-15",
        tags=("老客户",),
    )  # fmt: skip
    made = service.put_change_back(actor, customer, newest_change(db, actor, customer).id)
    again = customers.get(actor, customer).draft
    assert all(getattr(again, name) == getattr(first, name) for name in FIELDS)
    HistoryService(db).undo(actor, made)
    assert customers.get(actor, customer).draft.tags == ("老客户",)


def test_a_field_that_was_changed_again_since_is_not_overwritten_by_an_old_value(
    db, actor, customer, service
):
    change(db, actor, customer, stage=Stage.GROWING)
    entry = newest_change(db, actor, customer)
    change(db, actor, customer, stage=Stage.LOST)
    with pytest.raises(Conflict, match="Stage: changed again since"):
        service.put_change_back(actor, customer, entry.id)
    assert CustomerService(db).get(actor, customer).draft.stage is Stage.LOST


def test_a_value_that_is_there_already_is_not_written_again(db, actor, customer, service):
    change(db, actor, customer, stage=Stage.GROWING)
    entry = newest_change(db, actor, customer)
    change(db, actor, customer, stage=Stage.KEEPING)
    newest = HistoryService(db).newest()
    with pytest.raises(Refused):
        service.put_change_back(actor, customer, entry.id)
    assert HistoryService(db).newest() == newest


def test_the_change_of_another_customer_is_not_given_out(db, actor, customer, service):
    other = factories.customer(db, actor, "别家")
    change(db, actor, other, region="杭州")
    entry = newest_change(db, actor, other)
    with pytest.raises(NotFound):
        service.put_change_back(actor, customer, entry.id)


# ---- fields that managers added


@pytest.fixture
def field(db, actor):
    fields = CustomFieldService(db)
    return fields.add(actor, FieldDraft("年采购额", FieldKind.MONEY))


def test_earlier_values_of_an_added_field_go_back_to_when_it_was_empty(
    db, actor, customer, service, field
):
    fields, other = CustomFieldService(db), factories.staff(db, "周凯", Role.DIRECTOR)
    fields.set(actor, customer, field, "", "100")
    fields.set(other, customer, field, "CNY 10000", "200")
    fields.set(actor, customer, field, "CNY 20000", "")
    fields.set(actor, customer, field, "", "300")
    told = [
        (one.stored, one.staff, one.replaced_by)
        for one in service.of_field(actor, customer, field_key(field))
    ]
    assert told == [
        (None, "李娜", "李娜"),
        ("CNY 20000", "周凯", "李娜"),
        ("CNY 10000", "李娜", "周凯"),
        (None, "李娜", "李娜"),
    ]


def test_changes_of_added_fields_stand_on_the_timeline_and_can_be_put_back(
    db, actor, customer, service, field
):
    fields, timeline = CustomFieldService(db), TimelineService(db)
    fields.set(actor, customer, field, "", "100")
    fields.set(actor, customer, field, "CNY 10000", "200")
    newest, first = timeline.page(actor, customer).entries
    assert timeline.counts(actor, customer)[EntryKind.CHANGE] == 2
    (one,) = newest.fields
    assert (one.name, one.words(one.before), one.words(one.after)) == ("年采购额", "¥100", "¥200")
    assert first.fields[0].words(first.fields[0].before) == ""
    service.put_change_back(actor, customer, newest.id)
    assert fields.values(actor, customer)[0].value == "CNY 10000"
    service.put_change_back(actor, customer, first.id)
    assert fields.values(actor, customer)[0].value == ""


def test_an_added_field_changed_again_since_is_named(db, actor, customer, service, field):
    fields = CustomFieldService(db)
    fields.set(actor, customer, field, "", "100")
    entry = newest_change(db, actor, customer)
    fields.set(actor, customer, field, "CNY 10000", "200")
    with pytest.raises(Conflict, match="年采购额: changed again since"):
        service.put_change_back(actor, customer, entry.id)


def test_a_value_of_another_kind_than_the_field_has_now_is_shown_and_not_put_back(
    db, actor, customer, service
):
    fields = CustomFieldService(db)
    field = fields.add(actor, FieldDraft("账期"))
    fields.set(actor, customer, field, "", "月结")
    entry = newest_change(db, actor, customer)
    fields.set(actor, customer, field, "月结", "")
    fields.save(actor, field, FieldDraft("账期", FieldKind.NUMBER))
    emptied = newest_change(db, actor, customer)
    assert emptied.fields[0].words(emptied.fields[0].before) == "月结"
    assert emptied.id != entry.id
    with pytest.raises(Refused):
        service.put_change_back(actor, customer, emptied.id)
    with pytest.raises(Refused):
        fields.put_back(actor, customer, field, "", "月结")


def test_a_choice_that_is_no_longer_offered_can_be_put_back(db, actor, customer):
    fields = CustomFieldService(db)
    field = fields.add(actor, FieldDraft("仓库", FieldKind.CHOICE, choices=("东", "西")))
    fields.set(actor, customer, field, "", "东")
    fields.set(actor, customer, field, "东", "西")
    fields.save(actor, field, FieldDraft("仓库", FieldKind.CHOICE, choices=("西", "北", "南")))
    fields.put_back(actor, customer, field, "西", "东")
    assert fields.values(actor, customer)[0].value == "东"


def test_a_deleted_field_keeps_its_place_on_the_timeline(db, actor, customer, field):
    fields = CustomFieldService(db)
    for one in (customer, factories.customer(db, actor, "一"), factories.customer(db, actor, "二")):
        fields.set(actor, one, field, "", "100")
    fields.delete(actor, field)
    (one,) = newest_change(db, actor, customer).fields
    assert (one.name, one.words(one.before), one.after) == ("年采购额", "¥100", None)


# ---- tags


def test_earlier_tags_are_told_with_who_and_when(db, actor, customer, service):
    other = factories.staff(db, "周凯", Role.DIRECTOR)
    change(db, actor, customer, tags=("建材", "老客户"))
    change(db, other, customer, tags=("老客户",))
    told = [
        (one.stored, one.staff, one.replaced_by)
        for one in service.of_field(actor, customer, "tags")
    ]
    assert told == [(("建材", "老客户"), "李娜", "周凯"), ((), "李娜", "李娜")]


def test_tags_given_in_bulk_and_taken_back_by_undo_stand_on_the_timeline(
    db, actor, customer, service
):
    ids = [factories.customer(db, actor, f"客户{number}") for number in range(3)]
    BulkService(db).apply(actor, [*ids, customer], AddTag("展会"))
    made = BulkService(db).apply(actor, [ids[0], customer], RemoveTag("展会"))
    assert newest_change(db, actor, customer).fields[0].before == ("展会",)
    HistoryService(db).undo(actor, made.change_set_id)
    page = TimelineService(db).page(actor, customer)
    told = [(one.fields[0].before, one.fields[0].after) for one in page.entries]
    assert told == [((), ("展会",)), (("展会",), ()), ((), ("展会",))]
    assert len(service.of_field(actor, ids[1], "tags")) == 1


def test_what_a_customer_is_added_with_is_no_change(db, actor, service):
    contact = ContactDraft("陈国强", "总经理")
    made = CustomerEditing(db).add(
        actor, CustomerDraft("国强", tags=("建材",), contacts=(contact,))
    )
    assert TimelineService(db).page(actor, made).entries == ()
    assert service.of_field(actor, made, "tags") == ()


def test_own_fields_and_tags_of_one_act_are_one_entry(db, actor, customer):
    change(db, actor, customer, tags=("建材",), region="杭州")
    service = TimelineService(db)
    (entry,) = service.page(actor, customer).entries
    assert {one.field for one in entry.fields} == {"tags", "region"}
    assert service.counts(actor, customer)[EntryKind.CHANGE] == 1


# ---- contacts


@pytest.fixture
def chen(db, actor, customer):
    points = (PointDraft(PointKind.PHONE, "13858012246", 0),)
    change(db, actor, customer, contacts=(ContactDraft("陈国强", "经理"),), points=points)
    return CustomerService(db).get(actor, customer).draft.contacts[0].id


def change_contact(db, actor, customer, points=None, **fields):
    now = CustomerService(db).get(actor, customer).draft
    typed = replace(now, contacts=(replace(now.contacts[0], **fields),))
    if points is not None:
        typed = replace(typed, points=points)
    CustomerEditing(db).save(actor, customer, now, typed)


def test_earlier_values_of_a_contact_name_their_field(db, actor, customer, service, chen):
    other = factories.staff(db, "周凯", Role.DIRECTOR)
    change_contact(db, other, customer, title="总经理", role=ContactRole.DECIDES)
    change_contact(db, actor, customer, title="董事长")
    told = [
        (one.field, one.stored, one.staff, one.replaced_by)
        for one in service.of_contact(actor, customer, chen)
    ]
    assert told[0] == ("title", "总经理", "周凯", "李娜")
    assert set(told[1:]) == {("title", "经理", "李娜", "周凯"), ("role", "", "李娜", "周凯")}


def test_earlier_numbers_of_a_contact_are_told_together(db, actor, customer, service, chen):
    change_contact(db, actor, customer, (PointDraft(PointKind.WECHAT, "chen88", 0),))
    change_contact(db, actor, customer, ())
    found = service.of_contact(actor, customer, chen)
    assert [(one.field, one.shown) for one in found] == [
        ("points", ("chen88",)),
        ("points", ("13858012246",)),
    ]
    assert found[1].stored == (("phone", "13858012246"),)
    assert service.of_field(actor, customer, "points") == ()


def test_earlier_points_of_the_customer_itself_are_told(db, actor, customer, service):
    change(db, actor, customer, points=(PointDraft(PointKind.PHONE, "057188880001"),))
    change(db, actor, customer, points=())
    found = service.of_field(actor, customer, "points")
    assert [one.shown for one in found] == [("057188880001",), ()]


def test_a_contact_of_another_customer_tells_nothing(db, actor, service, chen):
    other = factories.customer(db, actor, "别家")
    with pytest.raises(NotFound):
        service.of_contact(actor, other, chen)
