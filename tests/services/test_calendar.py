from datetime import date, timedelta

import pytest

from app.domain.reminders import Whose
from app.domain.vocabulary import Role
from app.services.calendar import A_DAY, CalendarService
from app.services.promises import PromiseDraft, PromiseService
from app.services.reminders import ReminderDraft, ReminderService
from tests import factories
from tests.databases import NOW

TODAY = NOW.astimezone().date()


def day(ahead):
    return TODAY + timedelta(days=ahead)


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def calendar(db):
    return CalendarService(db)


def write(db, actor, text, ahead=0, **fields):
    return ReminderService(db).add(actor, ReminderDraft(text, day(ahead), **fields)).ids[0]


def test_a_span_has_what_is_due_and_what_is_over(db, lina, calendar):
    done = write(db, lina, "做完的", 1)
    write(db, lina, "打电话", 1)
    write(db, lina, "太晚", 8)
    ReminderService(db).done(lina, [done])
    span = calendar.load(lina, TODAY, day(7))
    assert [one.text for one in span.lines] == ["做完的", "打电话"]
    assert span.counts == {day(1): 2}
    assert [one.closed_at is None for one in span.lines] == [False, True]


def test_what_comes_again_is_expanded_but_not_written_down(db, lina, calendar):
    write(db, lina, "周会", 0, rule="FREQ=WEEKLY")
    span = calendar.load(lina, TODAY, day(27))
    assert [one.due_on for one in span.lines] == [TODAY]
    assert [one.day for one in span.coming] == [day(7), day(14), day(21)]
    later = calendar.load(lina, day(28), day(34))
    assert later.lines == ()
    assert [one.day for one in later.coming] == [day(28)]


def test_of_a_crowded_day_the_first_are_shown_and_all_are_counted(db, lina, calendar):
    for number in range(A_DAY + 6):
        write(db, lina, f"第 {number} 件", 2)
    span = calendar.load(lina, TODAY, day(6))
    assert len(span.lines) == A_DAY
    assert span.counts[day(2)] == A_DAY + 6
    alone = calendar.load(lina, day(2), day(2))
    assert len(alone.lines) == A_DAY + 6


def test_a_promise_stands_there_once_for_the_team_too(db, calendar):
    lead = factories.staff(db, "组长", Role.LEAD, "东区")
    lina = factories.staff(db, "李娜", Role.SALESPERSON, "东区")
    customer = factories.customer(db, lina, owner_id=lina.id)
    PromiseService(db).make(lina, customer, PromiseDraft("寄样品", day(1)))
    span = calendar.load(lead, TODAY, day(14), Whose.TEAM)
    assert [(one.text, one.due_on) for one in span.lines] == [("寄样品", day(1))]
    assert calendar.load(lead, TODAY, day(14)).lines == ()


def test_a_span_is_not_endless(db, lina, calendar):
    span = calendar.load(lina, date(2026, 1, 1), date(2036, 1, 1))
    assert (span.last - span.first).days == 61
