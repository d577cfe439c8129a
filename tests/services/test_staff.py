"""Who works here: added, renamed, given roles and teams, gone and back."""

import pytest

from app.domain.lists import ListQuery
from app.domain.vocabulary import SYSTEM, Role
from app.errors import Forbidden, NotFound, Refused
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.staff import StaffService
from app.services.views import ViewService
from tests import factories


@pytest.fixture
def service(db):
    return StaffService(db)


@pytest.fixture
def boss(db):
    return factories.staff(db, "李娜", Role.MANAGER)


@pytest.fixture
def seller(service, boss):
    """Id of a salesperson in a team."""
    return service.add(boss, "王磊", Role.SALESPERSON, "East")


def of(service, staff_id):
    return next(one for one in service.all(SYSTEM) if one.id == staff_id)


def test_a_manager_adds_staff_and_their_team_is_made(service, boss, seller):
    made = of(service, seller)
    assert (made.name, made.role, made.team, made.active) == (
        "王磊",
        Role.SALESPERSON,
        "East",
        True,
    )


def test_a_team_is_one_team_however_it_is_spelt(service, boss, seller):
    other = service.add(boss, "周凯", Role.LEAD, " east ")
    assert of(service, other).team_id == of(service, seller).team_id


def test_name_role_and_team_are_changed_in_one_undoable_step(db, service, boss, seller):
    service.save(boss, seller, name=" 王小磊 ", role=Role.LEAD, team="West", stand_in="")
    now = of(service, seller)
    assert (now.name, now.role, now.team) == ("王小磊", Role.LEAD, "West")
    history = HistoryService(db)
    history.undo(boss, history.last(boss).id)
    now = of(service, seller)
    assert (now.name, now.role, now.team) == ("王磊", Role.SALESPERSON, "East")


@pytest.mark.parametrize("name", ["李娜", " 李娜", "李 娜", "Daniel wu"])
def test_a_name_in_use_is_refused_at_the_field(service, boss, seller, name):
    service.add(boss, "李 娜", Role.SALESPERSON)
    service.add(boss, "Daniel Wu", Role.SALESPERSON)
    with pytest.raises(Refused) as refused:
        service.save(boss, seller, name=name, role=Role.SALESPERSON, team="", stand_in="")
    assert "name" in refused.value.fields
    assert of(service, seller).name == "王磊"


@pytest.mark.parametrize("name", ["", "  ", "名" * 501])
def test_a_name_that_is_none_is_refused_at_the_field(service, boss, name):
    with pytest.raises(Refused) as refused:
        service.add(boss, name, Role.SALESPERSON)
    assert "name" in refused.value.fields


def test_a_name_of_somebody_who_left_stays_theirs(service, boss, seller):
    service.deactivate(boss, seller)
    with pytest.raises(Refused):
        service.add(boss, "王磊", Role.SALESPERSON)


def test_who_left_keeps_customers_and_history_and_cannot_be_at_work(db, service, boss, seller):
    at_work = service.actor(seller)
    kept = factories.customer(db, at_work, "华信科技", owner_id=seller)
    service.deactivate(boss, seller)
    assert not of(service, seller).active
    assert seller not in [one for one, _, _ in service.choices()]
    with pytest.raises(NotFound):
        service.actor(seller)
    assert CustomerService(db).get(boss, kept).draft.owner_id == seller
    assert CustomerService(db).ids(boss, ListQuery(filter="owner = 王磊")).tolist() == [kept]
    assert "王磊" in [one.actor for one in HistoryService(db).page(boss)]
    service.reactivate(boss, seller)
    assert service.actor(seller).name == "王磊"


def test_history_keeps_the_name_of_then_and_new_changes_carry_the_new_one(
    db, service, boss, seller
):
    at_work = service.actor(seller)
    factories.customer(db, at_work, "甲")
    service.save(boss, seller, name="王小磊", role=Role.SALESPERSON, team="", stand_in="")
    factories.customer(db, at_work, "乙")
    names = [one.actor for one in HistoryService(db).page(boss) if one.actor_id == seller]
    assert names == ["王小磊", "王磊"]


@pytest.mark.parametrize("role", [Role.SALESPERSON, Role.LEAD])
def test_the_last_who_manages_cannot_be_demoted(service, boss, seller, role):
    with pytest.raises(Refused) as refused:
        service.save(boss, boss.id, name="李娜", role=role, team="", stand_in="")
    assert "role" in refused.value.fields
    assert of(service, boss.id).role is Role.MANAGER


def test_the_last_who_manages_cannot_be_deactivated(service, boss, seller):
    other = service.add(boss, "孙静", Role.DIRECTOR)
    service.deactivate(service.actor(other), boss.id)
    with pytest.raises(Refused):
        service.deactivate(SYSTEM, other)
    assert of(service, other).active


def test_an_undo_does_not_leave_the_staff_without_a_manager(db, service, boss):
    other = service.add(boss, "孙静", Role.DIRECTOR)
    added = HistoryService(db).last(boss).id
    at_work = service.actor(other)
    service.save(at_work, boss.id, name="李娜", role=Role.SALESPERSON, team="", stand_in="")
    with pytest.raises(Refused):
        HistoryService(db).undo(at_work, added)
    assert of(service, other).role is Role.DIRECTOR


def test_nobody_deactivates_themselves(service, boss):
    service.add(boss, "孙静", Role.MANAGER)
    with pytest.raises(Refused, match="yourself"):
        service.deactivate(boss, boss.id)


def test_salespeople_and_leads_change_nothing(service, boss, seller):
    for role in (Role.SALESPERSON, Role.LEAD):
        service.save(boss, seller, name="王磊", role=role, team="East", stand_in="")
        at_work = service.actor(seller)
        with pytest.raises(Forbidden):
            service.add(at_work, "新人", Role.SALESPERSON)
        with pytest.raises(Forbidden):
            service.save(at_work, seller, name="王磊", role=Role.DIRECTOR, team="", stand_in="")
        with pytest.raises(Forbidden):
            service.deactivate(at_work, boss.id)
        with pytest.raises(Forbidden):
            service.reactivate(at_work, boss.id)


def test_saving_what_is_there_already_leaves_no_trace(db, service, boss, seller):
    before = HistoryService(db).last(boss)
    service.save(boss, seller, name="王磊", role=Role.SALESPERSON, team="East", stand_in="")
    assert HistoryService(db).last(boss) == before


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("owner = 王磊", "owner = 王小磊"),
        ("grade = A and not (owner in (王磊, 李娜) or name = 王磊)", None),
        ("owner contains 王", "owner contains 王"),
    ],
)
def test_saved_views_go_on_finding_who_was_renamed(db, service, boss, seller, asked, then):
    views = ViewService(db)
    kept = views.save(boss, "重点", ListQuery(asked))
    service.save(boss, seller, name="王小磊", role=Role.SALESPERSON, team="", stand_in="")
    (now,) = [one.query.filter for one in views.all(boss) if one.id == kept]
    assert now == (then or "grade = A and not (owner in (王小磊, 李娜) or name = 王磊)")
    history = HistoryService(db)
    history.undo(boss, history.last(boss).id)
    (now,) = [one.query.filter for one in views.all(boss) if one.id == kept]
    assert now == asked


def test_where_there_is_a_director_managers_change_no_staff(service, boss, seller):
    director = service.add(boss, "Grace", Role.DIRECTOR)
    assert not service.may_change(boss)
    with pytest.raises(Forbidden):
        service.save(boss, boss.id, name=boss.name, role=Role.DIRECTOR, team="", stand_in="")
    with pytest.raises(Forbidden):
        service.deactivate(boss, director)
    assert service.may_change(service.actor(director))
    assert not service.may_change(service.actor(seller))
