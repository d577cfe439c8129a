"""Promises, reminders and greetings of customers that are merged, deleted, purged, brought back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.db import check
from app.db.guard import journalled
from app.domain.customer import ContactDraft, PointDraft
from app.domain.reminders import ReminderKind
from app.domain.vocabulary import PointKind, Role
from app.errors import Conflict
from app.i18n import Message
from app.models import (
    Contact,
    Greeting,
    GreetingChoice,
    Promise,
    PromiseMove,
    Reminder,
    ReminderRule,
    journalled_models,
)
from app.services.customer_editing import CustomerEditing
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.merging import MergeService
from app.services.recycle_bin import RecycleBin
from app.services.reminders import OWNER, ReminderDraft, ReminderService
from tests import factories
from tests.databases import NOW

TODAY = NOW.astimezone().date()
DUE = (Promise, PromiseMove, Reminder, Greeting, GreetingChoice)
WANG = {
    "contacts": (ContactDraft("王伟"),),
    "points": (PointDraft(PointKind.PHONE, "13812345678", 0),),
}


@pytest.fixture
def boss(db):
    return factories.director(db)


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON)


@pytest.fixture
def zhou(db):
    return factories.staff(db, "周凯", Role.SALESPERSON)


def filled(db, actor, name, **fields) -> int:
    """A customer with a row in every table of what is due."""
    customer = factories.customer(db, actor, name, **{**WANG, **fields})
    with db.write(actor, Message("Fill")) as session:
        contact = session.scalars(select(Contact.id).where(Contact.customer_id == customer)).one()
        promise = Promise(
            customer_id=customer, contact_id=contact, staff_id=actor.id, at=NOW, text="发报价",
            first_due_on=TODAY, due_on=TODAY + timedelta(days=1),
        )  # fmt: skip
        session.add(promise)
        session.flush()
        session.add(
            PromiseMove(
                customer_id=customer, promise_id=promise.id, staff_id=actor.id, at=NOW,
                from_on=TODAY, to_on=TODAY + timedelta(days=1),
            )
        )  # fmt: skip
        session.add(
            Reminder(
                customer_id=customer, contact_id=contact, promise_id=promise.id, text=f"问{name}",
                kind=ReminderKind.PROMISE.value, due_on=TODAY, alarms="0@09:00", made_at=NOW,
            )
        )  # fmt: skip
        session.add(
            Greeting(
                customer_id=customer, contact_id=contact, occasion="mid_autumn", year=2026,
                day=date(2026, 9, 25), at=NOW, staff_id=actor.id, how="wechat",
            )
        )  # fmt: skip
        session.add(GreetingChoice(customer_id=customer, occasion=f"own {name}", wanted=True))
    return customer


def rows(db, actor, *, gone=True) -> dict:
    """Every row of every journalled table as it is stored."""
    with db.read(actor) as session:
        return {
            (name, row.id): dict(row._mapping)
            for name, model in journalled_models().items()
            for row in session.connection().execute(select(model.__table__))
            if gone or row.deleted_in is None
        }


def sound(db, actor) -> None:
    with db.read(actor) as session:
        assert list(check._assigned(session)) == []
        assert list(check._index(session, None)) == []
        if session.backend == "sqlite":
            assert list(check._references(session)) == []


def of(db, actor, model, customer):
    with db.read(actor) as session:
        return session.scalars(
            select(model).where(model.customer_id == customer).order_by(model.id)
        ).all()


def test_what_is_due_goes_to_the_kept_customer_its_owner_and_its_person_and_back(
    db, boss, lina, zhou
):
    kept = filled(db, boss, "甲", owner_id=lina.id)
    other = filled(db, boss, "乙", owner_id=zhou.id)
    due = DueService(db)
    assert [[one.text for one in due.lines(who, TODAY)] for who in (lina, zhou)] == [
        ["问甲"], ["问乙"],
    ]  # fmt: skip
    before = rows(db, boss, gone=False)
    act = MergeService(db).merge(boss, kept, other)
    [person] = [one.id for one in of(db, boss, Contact, kept)]
    for model in (Promise, Reminder, Greeting):
        assert [one.contact_id for one in of(db, boss, model, kept)] == [person, person]
    assert [len(of(db, boss, model, kept)) for model in DUE] == [2] * 5
    assert [one.text for one in due.lines(lina, TODAY)] == ["问甲", "问乙"]
    assert due.lines(zhou, TODAY) == []
    sound(db, boss)
    undone = HistoryService(db).undo(boss, act)
    assert undone.kept == ()
    assert rows(db, boss, gone=False) == before
    sound(db, boss)
    HistoryService(db).undo(boss, undone.change_set_id)
    assert [one.text for one in due.lines(lina, TODAY)] == ["问甲", "问乙"]
    sound(db, boss)


def test_what_stands_alone_is_not_touched_by_a_merge(db, boss):
    kept, other = filled(db, boss, "甲"), filled(db, boss, "乙")
    alone = ReminderService(db).add(boss, ReminderDraft("盘点", TODAY)).ids[0]
    before = rows(db, boss)["reminder", alone]
    MergeService(db).merge(boss, kept, other)
    assert rows(db, boss)["reminder", alone] == before


def test_reminders_of_one_rule_for_both_do_not_collide(db, boss):
    kept, other = filled(db, boss, "甲"), filled(db, boss, "乙")
    with db.write(boss, Message("Fill")) as session:
        rule = ReminderRule(name="生日", kind=ReminderKind.BIRTHDAY.value)
        session.add(rule)
        session.flush()
        for one in (kept, other):
            session.add(
                Reminder(
                    customer_id=one, rule_id=rule.id, occasion=f"birthday {one} 2026", text="生日",
                    due_on=TODAY, made_at=NOW,
                )
            )  # fmt: skip
    before = rows(db, boss, gone=False)
    act = MergeService(db).merge(boss, kept, other)
    made = [one.occasion for one in of(db, boss, Reminder, kept) if one.rule_id]
    assert made == [f"birthday {kept} 2026", f"birthday {other} 2026"]
    HistoryService(db).undo(boss, act)
    assert rows(db, boss, gone=False) == before


def wishes(db, actor, customer):
    return {one.occasion: one.wanted for one in of(db, actor, GreetingChoice, customer)}


def wish(db, actor, customer, occasion, *, wanted):
    with db.write(actor, Message("Wish")) as session:
        session.add(GreetingChoice(customer_id=customer, occasion=occasion, wanted=wanted))
        session.flush()
        return session.change_set_id


def test_who_wanted_no_greeting_gets_none_after_a_merge(db, boss):
    kept, other = factories.customer(db, boss, "甲"), factories.customer(db, boss, "乙")
    for customer, wanted in ((kept, (True, False, True)), (other, (False, True, True))):
        for occasion, one in zip(("birthday", "qixi", "new_year"), wanted, strict=True):
            wish(db, boss, customer, occasion, wanted=one)
    wish(db, boss, other, "all", wanted=False)
    before = rows(db, boss, gone=False)
    act = MergeService(db).merge(boss, kept, other)
    assert wishes(db, boss, kept) == {
        "birthday": False, "qixi": False, "new_year": True, "all": False,
    }  # fmt: skip
    HistoryService(db).undo(boss, act)
    assert rows(db, boss, gone=False) == before


def test_a_wish_that_was_taken_back_does_not_stand_beside_the_one_that_came(db, boss):
    kept, other = factories.customer(db, boss, "甲"), factories.customer(db, boss, "乙")
    wish(db, boss, other, "birthday", wanted=False)
    history = HistoryService(db)
    taken_back = history.undo(boss, wish(db, boss, kept, "birthday", wanted=True))
    MergeService(db).merge(boss, kept, other)
    assert wishes(db, boss, kept) == {"birthday": False}
    with pytest.raises(Conflict):
        history.undo(boss, taken_back.change_set_id)
    assert wishes(db, boss, kept) == {"birthday": False}


def test_a_deleted_customer_calls_nobody_and_brought_back_it_does_again(db, boss, lina):
    customer = filled(db, boss, "甲", owner_id=lina.id)
    due = DueService(db)
    assert due.next_call(lina) is not None
    CustomerEditing(db).delete(boss, customer)
    assert due.lines(lina, TODAY) == []
    assert due.next_call(lina) is None
    assert due.calling(lina) == []
    RecycleBin(db).restore(boss, [customer])
    assert [one.text for one in due.lines(lina, TODAY)] == ["问甲"]
    sound(db, boss)


def test_a_customer_is_purged_with_all_that_was_due(db, boss):
    customer, other = filled(db, boss, "甲"), filled(db, boss, "乙")
    CustomerEditing(db).delete(boss, customer)
    RecycleBin(db).purge(boss, [customer])
    with db.read(boss) as session:
        for model in DUE:
            held = session.connection().scalars(select(model.__table__.c.customer_id)).all()
            assert held == [other], model
    sound(db, boss)


def test_a_merged_customer_can_be_purged_and_what_moved_stays(db, boss):
    kept, other = filled(db, boss, "甲"), filled(db, boss, "乙")
    MergeService(db).merge(boss, kept, other)
    RecycleBin(db).purge(boss, [other])
    assert [len(of(db, boss, model, kept)) for model in DUE] == [2] * 5
    sound(db, boss)


def test_work_that_went_to_another_customer_survives_the_purge_of_the_first(db, boss):
    first, second = filled(db, boss, "甲"), factories.customer(db, boss, "乙")
    reminders = ReminderService(db)
    [mine] = [one.id for one in of(db, boss, Reminder, first)]
    reminders.save(boss, mine, ReminderDraft("问乙", TODAY, second, assignee=OWNER))
    CustomerEditing(db).delete(boss, first)
    RecycleBin(db).purge(boss, [first])
    [left] = of(db, boss, Reminder, second)
    assert (left.id, left.promise_id, left.contact_id) == (mine, None, None)
    sound(db, boss)


def test_the_check_counts_work_that_is_with_the_wrong_person(db, boss, lina, zhou):
    filled(db, boss, "甲", owner_id=lina.id)
    ReminderService(db).done(boss, [])
    sound(db, boss)
    table = Reminder.__table__
    with db.write(boss, Message("Break")) as session, journalled(session.connection()):
        session.connection().execute(update(table).values(whose_id=zhou.id))
    with db.read(boss) as session:
        [finding] = check._assigned(session)
        assert (str(finding.what), finding.where, finding.count) == (
            "Work that is with the wrong person", "reminder", 1,
        )  # fmt: skip
        assert session.scalar(select(func.count(Reminder.id))) == 1
