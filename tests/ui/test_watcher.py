"""Watching a database, alone and beside another program, on each kind of database."""

from datetime import timedelta

import pytest

from app.clock import Clock
from app.domain.vocabulary import Role
from app.domain.working_time import WorkingCalendar
from app.services.due import DueService
from app.services.reminders import ReminderDraft, ReminderService
from app.ui.tasks import Tasks
from app.ui.watcher import MANY, Watcher
from tests import factories
from tests.databases import NOW


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON)


@pytest.fixture
def tasks(qapp):
    made = Tasks(qapp)
    yield made
    made.shut_down()
    made.deleteLater()


class Seen:
    """What a watcher told."""

    def __init__(self, watcher):
        self.watcher = watcher
        self.single, self.away, self.waiting, self.faults = [], [], [], []
        watcher.came.connect(self._came)
        watcher.waiting.connect(self._waits)

    def _came(self, came):
        self.single += [one.text for one in came.single]
        self.away += [one.text for one in came.away]

    def _waits(self, waiting):
        self.waiting = [one.text for one in waiting]


@pytest.fixture
def watch(db, lina, tasks, qapp):
    made = []

    def begin(popups=True):
        watcher = Watcher(
            DueService(db), lina, Clock(lambda: NOW), WorkingCalendar, lambda: popups, tasks, qapp
        )
        made.append(watcher)
        return Seen(watcher)

    yield begin
    for one in made:
        one.stop()
        one.deleteLater()


def call(db, actor, text, ago):
    ReminderService(db).add(actor, ReminderDraft(text, NOW - timedelta(minutes=ago)))


def look(qtbot, seen):
    with qtbot.waitSignal(seen.watcher.looked):
        seen.watcher.look()


def test_what_calls_is_told_once_and_waits(db, lina, watch, qtbot):
    call(db, lina, "对账", 1)
    seen = watch()
    look(qtbot, seen)
    look(qtbot, seen)
    assert (seen.single, seen.away, seen.waiting) == (["对账"], [], ["对账"])


def test_of_two_programs_one_shows_it_and_both_know_that_it_waits(db, lina, watch, qtbot):
    for number in range(4):
        call(db, lina, f"事 {number}", 1)
    one, other = watch(), watch()
    one.watcher.look()
    other.watcher.look()
    qtbot.waitUntil(lambda: one.watcher.at_rest() and other.watcher.at_rest())
    assert sorted(one.single + other.single) == [f"事 {number}" for number in range(4)]
    look(qtbot, one)
    look(qtbot, other)
    assert len(one.waiting) == len(other.waiting) == 4


def test_a_few_of_a_week_off_are_shown_one_by_one(db, lina, watch, qtbot):
    for number in range(MANY):
        call(db, lina, f"事 {number}", 60 * 24 * 7)
    seen = watch()
    look(qtbot, seen)
    assert len(seen.single) == MANY
    assert seen.away == []


def test_many_are_a_digest_beside_what_calls_just_now(db, lina, watch, qtbot):
    for number in range(MANY + 1):
        call(db, lina, f"事 {number}", 60 * 24 * 7)
    call(db, lina, "刚才", 1)
    seen = watch()
    look(qtbot, seen)
    assert seen.single == ["刚才"]
    assert len(seen.away) == MANY + 1


def test_where_popups_are_not_wanted_what_calls_waits_without_one(db, lina, watch, qtbot):
    call(db, lina, "对账", 1)
    seen = watch(popups=False)
    look(qtbot, seen)
    assert (seen.single, seen.away, seen.waiting) == ([], [], ["对账"])
    (line,) = DueService(db).shown(lina)
    assert line.place == "centre"


def test_what_fails_is_said_once_until_it_works_again(db, lina, watch, tasks, qtbot):
    seen = watch()
    tasks.failed.connect(seen.faults.append)
    works, seen.watcher._calendar = seen.watcher._calendar, None  # a bug, if there ever was one
    for _ in range(2):
        look(qtbot, seen)
    assert len(seen.faults) == 1
    seen.watcher._calendar = works
    look(qtbot, seen)
    seen.watcher._calendar = None
    look(qtbot, seen)
    assert len(seen.faults) == 2
