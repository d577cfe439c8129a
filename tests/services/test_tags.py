"""One tag, however it is spelt."""

from dataclasses import replace

import pytest

from app.domain.customer import CustomerDraft
from app.errors import Refused
from app.models import Tag
from app.services.bulk import AddTag, BulkService, RemoveTag, SetField
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from tests import factories


@pytest.fixture
def actor(db):
    return factories.director(db)


def tags_of(db, actor, one) -> tuple[str, ...]:
    return CustomerService(db).get(actor, one).draft.tags


def tag_count(db, actor) -> int:
    with db.read(actor) as session:
        return session.query(Tag).count()


@pytest.mark.parametrize(
    ("first", "second"),
    [("VIP", "vip"), ("Ärger", "Ärger"), ("Ärger", "ÄRGER"), ("國際", "国际"), ("Ａ级", "A级")],
)
def test_a_second_customer_gets_the_same_tag(db, actor, first, second):
    factories.customer(db, actor, "甲", tags=(first,))
    other = factories.customer(db, actor, "乙", tags=(second,))
    assert tags_of(db, actor, other) == (first,)
    assert tag_count(db, actor) == 1


def test_two_spellings_on_one_customer_are_one_tag(db, actor):
    one = factories.customer(db, actor, tags=("VIP", "vip", "É", "é", "😀"))
    assert len(tags_of(db, actor, one)) == 3


def test_saving_another_spelling_changes_nothing(db, actor):
    one = factories.customer(db, actor, tags=("VIP",))
    before = CustomerService(db).get(actor, one).draft
    CustomerEditing(db).save(actor, one, before, replace(before, tags=("vip",)))
    assert tags_of(db, actor, one) == ("VIP",)


def test_tagging_many_passes_over_those_who_have_the_tag_in_another_spelling(db, actor):
    has, lacks = factories.customer(db, actor, "甲", tags=("VIP",)), factories.customer(db, actor)
    bulk = BulkService(db)
    assert bulk.apply(actor, [has, lacks], AddTag("vip")).rows == 1
    assert tags_of(db, actor, lacks) == ("VIP",)
    assert bulk.apply(actor, [has, lacks], RemoveTag("Vip")).rows == 2
    assert tags_of(db, actor, has) == ()


def test_thousands_of_tags_on_one_customer(db, actor):
    tags = tuple(f"标签 {number}" for number in range(3000))
    one = factories.customer(db, actor, tags=tags)
    assert len(tags_of(db, actor, one)) == 3000


@pytest.mark.parametrize(
    "fields", [{"code": "汉" * 501}, {"source": "汉" * 501}, {"tags": ("汉" * 501,)}]
)
def test_what_is_looked_up_has_an_end(db, actor, fields):
    with pytest.raises(Refused) as caught:
        factories.customer(db, actor, "甲", **fields)
    assert set(caught.value.fields) == set(fields)
    at_the_end = {
        name: text[:500] if isinstance(text, str) else (text[0][:500],)
        for name, text in fields.items()
    }
    one = factories.customer(db, actor, "甲", **at_the_end)
    with pytest.raises(Refused):
        BulkService(db).apply(actor, [one], SetField("source", "x" * 501))


def test_a_customer_belongs_neither_to_itself_nor_to_what_belongs_to_it(db, actor):
    editing, service = CustomerEditing(db), CustomerService(db)
    above = factories.customer(db, actor, "甲")
    middle = factories.customer(db, actor, "乙", parent_id=above)
    below = factories.customer(db, actor, "丙", parent_id=middle)
    before = service.get(actor, above).draft
    for parent in (above, middle, below):
        with pytest.raises(Refused) as caught:
            editing.save(actor, above, before, replace(before, parent_id=parent))
        assert set(caught.value.fields) == {"parent_id"}
    with pytest.raises(Refused):
        editing.save(actor, above, before, replace(before, referred_by_id=above))
    free = service.get(actor, below).draft
    editing.save(actor, below, free, replace(free, parent_id=above))
    assert service.get(actor, below).draft.parent_id == above


def test_a_name_of_a_megabyte_is_stored_on_each_database(db, actor):
    name = "汉" * 300_000
    one = factories.customer(db, actor, name)
    assert CustomerService(db).get(actor, one).draft == CustomerDraft(name, owner_id=actor.id)
