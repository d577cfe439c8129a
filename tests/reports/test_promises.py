from datetime import date, timedelta

import pytest

from app.clock import Clock
from app.domain.promises import Firmness
from app.domain.vocabulary import Role
from app.reports.base import Period
from app.reports.promises import PromisesReport, Tally
from app.services.promises import PromiseDraft, PromiseService
from tests import factories
from tests.databases import NOW

REPORT = PromisesReport()
TODAY = NOW.astimezone().date()


@pytest.fixture
def east(db):
    return factories.staff(db, "王磊", Role.SALESPERSON, "东区")


@pytest.fixture
def told(db, east):
    """Promises of one who keeps most of them, made over time; a clock that goes along."""
    customer = factories.customer(db, east, "华信科技", owner_id=east.id)
    service, start = PromiseService(db), db.clock

    def at(day):
        db.clock = Clock(lambda: NOW + (day - TODAY))

    def promise(text, day, **more):
        return service.make(east, customer, PromiseDraft(text, day, **more)).ids

    september, october = date(2026, 9, 10), date(2026, 10, 10)
    at(date(2026, 9, 1))
    in_time = promise("in time", september)
    moved = promise("moved, then kept", september)
    later = promise("later", october)
    promise("never done", october)
    broken = promise("broken", october)
    released = promise("released", october)
    promise("only intended", october, firm=Firmness.INTENDED)
    promise("still to come", TODAY + timedelta(days=9))
    promise("today", TODAY)
    at(date(2026, 9, 9))
    service.keep(east, in_time)
    service.move(east, moved[0], date(2026, 9, 20), "缺货")
    at(date(2026, 9, 20))
    service.keep(east, moved)
    at(date(2026, 10, 12))
    service.keep(east, later)
    service.break_off(east, broken, "忘了")
    service.release(east, released)
    db.clock = start
    return customer


def loaded(runner, actor, period=None, filter_text=""):
    return runner.load(REPORT, actor, period or Period(), filter_text).data


def test_promises_that_came_due_are_told_by_how_they_ended(runner, manager, told):
    data = loaded(runner, manager)
    assert data.total == Tally(kept=2, first=1, after=1, broken=1, late=1, moved=1)
    assert data.released == 1
    assert data.people == (("王磊", data.total),)
    assert data.teams == (("东区", data.total),)
    assert [(year, month, one.due) for year, month, one in data.months] == [
        (2026, 9, 2), (2026, 10, 3), (2026, 11, 0),
    ]  # fmt: skip


def test_the_rates_say_how_sure_they_are(runner, manager, told):
    figures = REPORT.figures(loaded(runner, manager))
    assert figures["kept_rate"].value == pytest.approx(2 / 5)
    assert figures["kept_rate"].n == 5
    assert figures["kept_rate"].low < 2 / 5 < figures["kept_rate"].high
    assert figures["kept_rate_first_date"].value == pytest.approx(1 / 5)
    assert figures["moved_rate"].value == pytest.approx(1 / 5)


def test_a_period_counts_by_the_date_last_agreed(runner, manager, told):
    data = loaded(runner, manager, Period(date(2026, 9, 11), date(2026, 9, 30)))
    assert data.total == Tally(kept=1, moved=1)


def test_a_filter_and_the_eyes_of_others_narrow_it(db, runner, manager, seller, told):
    assert loaded(runner, manager, filter_text="name = 别家").total.due == 0
    assert loaded(runner, seller).total.due == 0


def test_what_was_kept_is_read_again_as_it_was(runner, manager, told):
    data = loaded(runner, manager)
    assert REPORT.unpack(REPORT.pack(data)) == data


def test_without_a_promise_there_is_no_rate(runner, manager):
    figures = REPORT.figures(loaded(runner, manager))
    assert figures["kept_rate"].value is None
