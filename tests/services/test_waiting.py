"""What was shown and waits, in its newest state."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.clock import Clock
from app.domain.vocabulary import Role
from app.services.due import DueService
from app.services.history import HistoryService
from app.services.reminders import ReminderDraft, ReminderService
from tests import factories
from tests.databases import NOW


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON)


@pytest.fixture
def reminders(db):
    return ReminderService(db)


@pytest.fixture
def due(db):
    return DueService(db)


def call(db, actor, text="对账", ago=10):
    draft = ReminderDraft(text, NOW - timedelta(minutes=ago))
    return ReminderService(db).add(actor, draft).ids[0]


def show(due, actor):
    return [one.reminder_id for one in due.claim(actor, due.calling(actor), "toast")]


def texts(due, actor):
    return [one.text for one in due.waiting(actor)]


def test_what_was_shown_waits_and_what_was_not_shown_does_not(db, lina, due):
    call(db, lina, "先打的", 20)
    call(db, lina, "后打的", 5)
    assert texts(due, lina) == []
    show(due, lina)
    assert texts(due, lina) == ["后打的", "先打的"]


def test_it_waits_in_its_newest_state_until_it_is_over(db, lina, reminders, due):
    made = call(db, lina)
    show(due, lina)
    reminders.save(lina, made, replace(reminders.get(lina, made), text="对账两次"))
    assert texts(due, lina) == ["对账两次"]
    written = reminders.done(lina, [made])
    assert texts(due, lina) == []
    HistoryService(db).undo(lina, written.change_set_id)
    assert texts(due, lina) == ["对账两次"]


def test_what_is_put_off_waits_again_when_its_time_has_come(db, lina, reminders, due):
    made = call(db, lina)
    show(due, lina)
    reminders.snooze(lina, [made], NOW + timedelta(minutes=10))
    assert texts(due, lina) == []
    db.clock = Clock(lambda: NOW + timedelta(minutes=11))
    assert show(due, lina) == [made]
    assert texts(due, lina) == ["对账"]


def test_others_do_not_see_what_was_shown_to_somebody(db, lina, due):
    call(db, lina)
    show(due, lina)
    other = factories.staff(db, "周凯", Role.SALESPERSON)
    assert texts(due, other) == []
