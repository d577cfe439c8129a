from datetime import date, timedelta

import pytest

from app.clock import Clock
from app.domain.promises import Firmness, PromiseState
from app.domain.vocabulary import Role
from app.errors import NotFound, Refused
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.promises import PromiseDraft, PromiseService
from app.services.reminders import ReminderService
from app.services.staff import StaffService
from tests import factories
from tests.databases import NOW

FRIDAY = date(2026, 11, 27)
LATER = date(2026, 12, 31)


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def lead(db):
    return factories.staff(db, "赵敏", Role.LEAD, "东区")


@pytest.fixture
def customer(db, lina):
    return factories.customer(db, lina, "华信科技", owner_id=lina.id)


@pytest.fixture
def promises(db):
    return PromiseService(db)


@pytest.fixture
def due(db):
    return DueService(db)


def on(db, day):
    db.clock = Clock(lambda: NOW + (day - NOW.date()) * 1)


def test_a_promise_reminds_who_made_it_and_later_the_lead(db, lina, lead, customer, promises, due):
    promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY))
    assert [(one.text, one.due) for one in due.lines(lina, LATER)] == [("寄样品", FRIDAY)]
    assert due.lines(lead, LATER) == []
    on(db, date(2026, 12, 1))  # the second working day after the Friday
    assert [one.text for one in due.lines(lead, date(2026, 12, 1))] == ["寄样品"]


def test_a_kept_promise_reminds_nobody_any_more(db, lina, lead, customer, promises, due):
    made = promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY))
    kept = promises.keep(lina, made.ids)
    on(db, LATER)
    assert due.lines(lina, LATER) == due.lines(lead, LATER) == []
    (line,) = promises.of_customer(lina, customer)
    assert line.state is PromiseState.KEPT
    HistoryService(db).undo(lina, kept.change_set_id)
    assert [one.text for one in due.lines(lead, LATER)] == ["寄样品"]


def test_done_on_its_reminder_is_a_promise_kept(db, lina, lead, customer, promises, due):
    promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY))
    (line,) = due.lines(lina, LATER)
    ReminderService(db).done(lina, [line.id])
    assert promises.of_customer(lina, customer)[0].state is PromiseState.KEPT
    on(db, LATER)
    assert due.lines(lead, LATER) == []


def test_a_promise_is_not_skipped(db, lina, customer, promises, due):
    promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY))
    (line,) = due.lines(lina, LATER)
    with pytest.raises(Refused):
        ReminderService(db).skip(lina, [line.id])


def test_every_move_is_kept_and_the_reminders_go_along(db, lina, lead, customer, promises, due):
    (made,) = promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY)).ids
    promises.move(lina, made, FRIDAY + timedelta(days=7), "缺货")
    (line,) = due.lines(lina, LATER)
    ReminderService(db).move(lina, line.id, NOW + timedelta(days=20), "又缺货")
    moves = promises.moves(lina, made)
    assert [(one.before, one.after, one.why) for one in moves] == [
        (FRIDAY, FRIDAY + timedelta(days=7), "缺货"),
        (FRIDAY + timedelta(days=7), NOW + timedelta(days=20), "又缺货"),
    ]
    (promise,) = promises.of_customer(lina, customer)
    assert (promise.first_due_on, promise.due, promise.moves) == (
        FRIDAY,
        NOW + timedelta(days=20),
        2,
    )
    assert [one.due for one in due.lines(lina, LATER)] == [NOW + timedelta(days=20)]
    on(db, date(2026, 12, 1))
    assert due.lines(lead, date(2026, 12, 1)) == []


def test_a_broken_promise_says_why_and_a_released_one_may(lina, customer, promises):
    made = promises.make_all(
        lina, customer, (PromiseDraft("寄样品", FRIDAY), PromiseDraft("报价", FRIDAY))
    )
    with pytest.raises(Refused):
        promises.break_off(lina, made.ids[:1], "  ")
    promises.break_off(lina, made.ids[:1], "忘了")
    promises.release(lina, made.ids[1:])
    found = {one.text: (one.state, one.reason) for one in promises.of_customer(lina, customer)}
    assert found == {
        "寄样品": (PromiseState.BROKEN, "忘了"),
        "报价": (PromiseState.RELEASED, ""),
    }


def test_a_promise_is_found_again_as_it_was_made_and_changed(db, lina, customer, promises, due):
    (made,) = promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY)).ids
    typed = PromiseDraft("寄两份样品", FRIDAY, firm=Firmness.INTENDED, deadline=True)
    promises.save(lina, made, typed)
    found = promises.get(lina, made)
    assert (found.text, found.firm, found.deadline) == ("寄两份样品", Firmness.INTENDED, True)
    assert [(one.text, one.deadline) for one in due.lines(lina, LATER)] == [("寄两份样品", True)]
    assert promises.moves(lina, made) == []


def test_a_deleted_promise_takes_its_reminders_along_and_brings_them_back(
    db, lina, customer, promises, due
):
    made = promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY))
    gone = promises.delete(lina, made.ids)
    assert due.lines(lina, LATER) == promises.of_customer(lina, customer) == []
    HistoryService(db).undo(lina, gone.change_set_id)
    assert len(due.lines(lina, LATER)) == len(promises.of_customer(lina, customer)) == 1


def test_an_empty_promise_is_refused_and_that_of_a_hidden_customer_not_found(
    db, lina, customer, promises
):
    with pytest.raises(Refused):
        promises.make(lina, customer, PromiseDraft(" ", FRIDAY))
    stranger = factories.staff(db, "陌生人", Role.SALESPERSON, "西区")
    with pytest.raises(NotFound):
        promises.make(stranger, customer, PromiseDraft("x", FRIDAY))


def test_the_stand_in_is_reminded_a_working_day_later(db, lina, customer, promises, due):
    zhou = factories.staff(db, "周凯", Role.SALESPERSON, "西区")
    boss = factories.director(db)
    StaffService(db).save(
        boss, lina.id, name="李娜", role=Role.SALESPERSON, team="东区", stand_in="周凯"
    )
    promises.make(lina, customer, PromiseDraft("寄样品", FRIDAY))
    assert due.lines(zhou, LATER) == []
    on(db, date(2026, 11, 30))
    assert [(one.text, one.customer) for one in due.lines(zhou, LATER)] == [("寄样品", "")]


def test_nobody_is_their_own_stand_in(db, lina):
    with pytest.raises(Refused) as refused:
        StaffService(db).save(
            factories.director(db),
            lina.id,
            name="李娜",
            role=Role.SALESPERSON,
            team="",
            stand_in="李娜",
        )
    assert set(refused.value.fields) == {"stand_in"}
