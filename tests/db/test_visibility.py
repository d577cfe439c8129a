import pytest
from sqlalchemy import func, select, union_all
from sqlalchemy.orm import aliased

from app.db.kept import Kept
from app.domain.customer import CustomerDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import PointKind, Role
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Contact, ContactPoint, Customer, CustomerShare, CustomerTag
from app.services.bulk import BulkService, SetField
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.finding import FindService
from tests import factories


@pytest.fixture
def people(db):
    """A manager, a lead with one salesperson in the team, and a salesperson of no team."""
    team = "华东"
    return {
        "manager": factories.staff(db, "李娜", Role.MANAGER),
        "lead": factories.staff(db, "王磊", Role.LEAD, team),
        "member": factories.staff(db, "周凯", Role.SALESPERSON, team),
        "other": factories.staff(db, "Grace", Role.SALESPERSON),
    }


@pytest.fixture
def owned(db, people):
    """One customer for each of them, with a phone and a tag."""
    return {
        who: factories.customer(
            db,
            actor,
            f"客户 of {who}",
            tags=("vip",),
            points=(PointDraft(PointKind.PHONE, "13812345678"),),
        )
        for who, actor in people.items()
    }


SEEN = {
    "manager": {"manager", "lead", "member", "other"},
    "lead": {"lead", "member"},
    "member": {"member"},
    "other": {"other"},
}


@pytest.mark.parametrize("who", SEEN)
def test_everybody_sees_what_their_role_lets_them_see(db, people, owned, who):
    expected = {owned[one] for one in SEEN[who]}
    actor = people[who]
    service = CustomerService(db)
    assert set(service.ids(actor, ListQuery()).tolist()) == expected
    assert service.count(actor) == len(expected)
    assert set(service.ids(actor, ListQuery(search="客户")).tolist()) == expected
    assert {hit.id for hit in FindService(db).find(actor, "1234")} == expected
    assert FindService(db).count(actor, "vip") == len(expected)


@pytest.mark.parametrize("who", SEEN)
def test_every_shape_of_select_is_narrowed(db, people, owned, who):
    expected = {owned[one] for one in SEEN[who]}
    other = aliased(Customer)
    inner = select(Customer.id).subquery()
    shapes = {
        "column": select(Customer.id),
        "entity": select(Customer).with_only_columns(Customer.id),
        "alias": select(other.id),
        "subquery": select(inner.c.id),
        "exists": select(ContactPoint.customer_id),
        "tag": select(CustomerTag.customer_id),
        "join": select(ContactPoint.customer_id).join(Customer),
        "union": union_all(select(Customer.id), select(Customer.id).where(Customer.id < 0)),
    }
    with db.read(people[who]) as session:
        for name, query in shapes.items():
            assert set(session.scalars(query)) == expected, name
        assert session.scalar(select(func.count(Customer.id))) == len(expected)
        for whose, one in owned.items():
            assert (session.get(Customer, one) is not None) == (whose in SEEN[who])


def test_a_shared_customer_is_seen_without_being_owned(db, people, owned):
    with db.write(people["manager"], Message("Share")) as session:
        session.add(CustomerShare(customer_id=owned["manager"], staff_id=people["other"].id))
    seen = CustomerService(db).ids(people["other"], ListQuery()).tolist()
    assert set(seen) == {owned["other"], owned["manager"]}


def test_what_is_not_the_actors_cannot_be_changed(db, people, owned):
    target = owned["manager"]
    draft = CustomerService(db).get(people["manager"], target).draft
    with pytest.raises(NotFound):
        CustomerEditing(db).save(
            people["other"], target, draft, CustomerDraft("stolen", owner_id=people["other"].id)
        )
    result = BulkService(db).apply(
        people["other"], owned.values(), SetField("owner", people["other"].id)
    )
    assert result.rows == 0
    preview = BulkService(db).preview(people["other"], owned.values(), SetField("grade", "A"))
    assert (preview.changed.tolist(), preview.hidden) == ([owned["other"]], 3)


def test_a_code_in_use_by_a_hidden_customer_names_its_owner_and_nothing_else(db, people):
    factories.customer(db, people["manager"], "秘密客户", code="C-1")
    with pytest.raises(Refused) as caught:
        factories.customer(db, people["other"], "新客户", code="C-1")
    text = str(caught.value.fields["code"])
    assert "李娜" in text
    assert "秘密" not in text


def test_the_parent_of_a_customer_shows_only_to_those_who_may_see_it(db, people, owned):
    child = factories.customer(db, people["other"], "子公司", parent_id=owned["manager"])
    service = CustomerService(db)
    assert service.get(people["manager"], child).parent == "客户 of manager"
    assert service.get(people["other"], child).parent == ""
    [row] = service.rows(people["other"], [child])
    assert row.under == ""


def test_contacts_of_a_deleted_customer_are_gone_with_it(db, people):
    one = factories.customer(db, people["manager"])
    with db.write(people["manager"], Message("Contact")) as session:
        session.add(Contact(customer_id=one, name="陈雅琳"))
    CustomerEditing(db).delete(people["manager"], one)
    with db.read(people["manager"]) as session:
        assert session.scalars(select(Contact.id)).all() == []


def test_a_kept_select_is_narrowed_for_every_actor_who_asks_it(db, people, owned):
    everybody = Kept(lambda _backend: select(Customer.id))
    for _ in range(2):
        for who, expected in SEEN.items():
            with db.read(people[who]) as session:
                found = set(session.scalars(everybody.on(session)))
            assert found == {owned[one] for one in expected}


def test_a_select_narrowed_for_somebody_else_is_narrowed_again(db, people, owned):
    everybody = Kept(lambda _backend: select(Customer.id))
    with db.read(people["manager"]) as session:
        theirs = everybody.on(session)
    with db.read(people["other"]) as session:
        assert set(session.scalars(theirs)) == {owned["other"]}
