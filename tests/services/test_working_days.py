"""The working calendar of a workspace: its table, its settings, and what it makes of both."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from app.clock import Clock
from app.config import Settings, Workspace, save
from app.domain.public_holidays import Coverage, announced_until
from app.domain.vocabulary import Role
from app.domain.working_hours import QuietHours
from app.domain.working_time import DayKind
from app.errors import Conflict, Forbidden, NotFound, Refused
from app.services.history import HistoryService
from app.services.registry import make_services
from app.services.reminders import Assignee, ReminderDraft
from app.services.working_days import WorkingDayService
from tests import factories
from tests.databases import NOW, director

SATURDAY = date(2026, 10, 10)
GOLDEN = date(2026, 10, 1)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def days(db, workspace):
    return WorkingDayService(db, workspace)


@pytest.fixture
def boss():
    return director()


def listed(days, boss, year=2026):
    return {one.day: one for one in days.year(boss, year).days}


def test_nothing_is_filled_unasked(days, boss):
    found = days.year(boss, 2026)
    assert found.days == ()
    assert found.country == "CN"
    assert found.coverage is Coverage.ANNOUNCED
    assert found.missing == 39
    assert days.calendar().is_workday(GOLDEN)
    assert not days.calendar().knows(2026)


def test_a_filled_year_is_known_and_worked_as_announced(days, boss):
    filled = days.fill(boss, 2026)
    assert (filled.added, filled.changed, filled.removed) == (39, 0, 0)
    calendar = days.calendar()
    assert calendar.knows(2026)
    assert not calendar.is_workday(GOLDEN)
    assert calendar.is_workday(SATURDAY)
    assert days.year(boss, 2026).missing == 0


def test_filling_again_changes_nothing_and_leaves_no_trace(days, boss):
    days.fill(boss, 2026)
    again = days.fill(boss, 2026)
    assert (again.added, again.changed, again.removed, again.change_set_id) == (0, 0, 0, None)


def test_filling_is_one_change_set_and_undone_with_it(db, days, boss):
    filled = days.fill(boss, 2026)
    assert not days.calendar().is_workday(GOLDEN)
    HistoryService(db).undo(boss, filled.change_set_id)
    assert days.year(boss, 2026).days == ()
    assert days.calendar().is_workday(GOLDEN)


def test_a_year_before_its_notice_is_filled_and_still_not_known(days, boss):
    year = announced_until() + 1
    days.fill(boss, year)
    assert days.year(boss, year).coverage is Coverage.LAW_ONLY
    assert not days.calendar().knows(year)
    days.add(boss, date(year, 2, 13), DayKind.WORK, "春节调休")
    assert days.calendar().knows(year)


def test_the_firms_own_days_come_first_and_are_never_touched_by_filling(days, boss):
    days.add(boss, GOLDEN, DayKind.WORK, "Trade fair")
    party = days.add(boss, date(2026, 7, 3), DayKind.OFF, "  Firm   outing ")
    days.fill(boss, 2026)
    found = listed(days, boss)
    assert (found[GOLDEN].kind, found[GOLDEN].own) == (DayKind.WORK, True)
    assert (found[date(2026, 7, 3)].id, found[date(2026, 7, 3)].name) == (party, "Firm outing")
    assert days.calendar().is_workday(GOLDEN)
    assert not days.calendar().is_workday(date(2026, 7, 3))


def test_a_changed_day_becomes_the_firms_own_and_a_deleted_one_the_countrys_again(days, boss):
    days.fill(boss, 2026)
    held = listed(days, boss)[GOLDEN]
    days.save(boss, held.id, GOLDEN, DayKind.WORK, held.name)
    assert listed(days, boss)[GOLDEN].own
    days.fill(boss, 2026)
    assert days.calendar().is_workday(GOLDEN)
    days.save(boss, held.id, GOLDEN, DayKind.WORK, "Trade fair")
    assert listed(days, boss)[GOLDEN].name == "Trade fair"
    days.delete(boss, held.id)
    assert not listed(days, boss)[GOLDEN].own
    assert not days.calendar().is_workday(GOLDEN)


def test_a_day_is_in_the_table_once(days, boss):
    days.fill(boss, 2026)
    other = days.add(boss, date(2026, 7, 3), DayKind.OFF, "")
    for wrong in (
        lambda: days.add(boss, GOLDEN, DayKind.OFF, ""),
        lambda: days.add(boss, date(2026, 7, 3), DayKind.WORK, ""),
        lambda: days.save(boss, other, GOLDEN, DayKind.OFF, ""),
    ):
        with pytest.raises(Refused) as refused:
            wrong()
        assert "already" in str(refused.value.fields["day"])


@pytest.mark.parametrize("day", [None, date(1066, 10, 14), date(9999, 1, 1)])
def test_a_day_that_is_none_is_refused(days, boss, day):
    with pytest.raises(Refused) as refused:
        days.add(boss, day, DayKind.OFF, "x" * 5000)
    assert set(refused.value.fields) == {"day", "name"}


def test_only_managers_change_the_calendar(db, days, boss):
    lina = factories.staff(db, "李娜", Role.SALESPERSON, "东区")
    kept = days.add(boss, GOLDEN, DayKind.OFF, "")
    for forbidden in (
        lambda: days.fill(lina, 2026),
        lambda: days.add(lina, GOLDEN, DayKind.OFF, ""),
        lambda: days.save(lina, kept, GOLDEN, DayKind.WORK, ""),
        lambda: days.delete(lina, kept),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    assert listed(days, lina)[GOLDEN].kind is DayKind.OFF


def test_a_day_that_is_gone_is_said_to_be(days, boss):
    kept = days.add(boss, GOLDEN, DayKind.OFF, "")
    days.delete(boss, kept)
    for gone in (
        lambda: days.save(boss, kept, GOLDEN, DayKind.OFF, ""),
        lambda: days.delete(boss, kept),
    ):
        with pytest.raises(NotFound):
            gone()


def test_years_out_of_reach_are_refused(days, boss):
    for year in (1066, 3000):
        with pytest.raises(Refused):
            days.year(boss, year)
        with pytest.raises(Refused):
            days.fill(boss, year)


def test_a_country_that_no_library_knows_is_filled_by_hand(days, boss, workspace):
    workspace.folder.mkdir()
    save(replace(Settings(), holiday_country="ZZ"), workspace.settings)
    assert days.year(boss, 2026).coverage is Coverage.UNKNOWN
    with pytest.raises(Refused, match="by hand"):
        days.fill(boss, 2026)
    days.add(boss, GOLDEN, DayKind.OFF, "")
    assert days.calendar().knows(2026)


def test_another_country_has_another_table(days, boss, workspace):
    days.fill(boss, 2026)
    workspace.folder.mkdir()
    save(replace(Settings(), holiday_country="HK"), workspace.settings)
    assert days.country() == "HK"
    assert days.year(boss, 2026).days == ()
    assert days.calendar().is_workday(date(2026, 10, 2))
    days.fill(boss, 2026)
    assert not days.calendar().is_workday(date(2026, 7, 1))
    save(Settings(), workspace.settings)
    assert days.calendar().is_workday(date(2026, 7, 1))


def test_week_and_quiet_hours_are_those_of_the_settings(days, workspace):
    assert days.calendar().quiet == QuietHours(time(21), time(8))
    workspace.folder.mkdir()
    own = replace(Settings(), working_week="123456 08:00-12:00", quiet_hours="")
    save(own, workspace.settings)
    calendar = days.calendar()
    assert calendar.is_workday(date(2026, 11, 28))
    assert calendar.quiet is None


def test_settings_that_cannot_be_read_are_as_usual(days, workspace):
    workspace.folder.mkdir()
    save(replace(Settings(), working_week="whenever", quiet_hours="night"), workspace.settings)
    assert days.calendar().is_workday(date(2026, 11, 23))
    assert not days.calendar().is_workday(date(2026, 11, 28))
    assert days.calendar().is_quiet(NOW.replace(hour=23).astimezone().replace(hour=23))


def test_the_calendar_is_kept_until_something_of_it_changes(days, boss):
    first = days.calendar()
    assert days.calendar() is first
    days.add(boss, GOLDEN, DayKind.OFF, "")
    assert days.calendar() is not first
    assert not days.calendar().is_workday(GOLDEN)


def test_what_another_program_changes_is_seen_a_minute_later(db, days, boss, workspace):
    days.calendar()
    here = [NOW]
    db.clock = Clock(lambda: here[0])
    days.calendar()
    elsewhere = WorkingDayService(db, workspace)
    elsewhere.add(boss, GOLDEN, DayKind.OFF, "")
    days._written = 0  # as if it had not been told
    here[0] += timedelta(minutes=1)
    assert not days.calendar().is_workday(GOLDEN)


def test_reminders_and_promises_go_by_the_calendar_of_the_workspace(db, boss, workspace):
    services = make_services(workspace, Settings(), db)
    services.working_days.fill(boss, 2026)
    typed = ReminderDraft("对账", date(2026, 9, 30), rule="FREQ=MONTHLY;X-WORKDAY=1")
    (first,) = services.reminders.add(
        boss, replace(typed, assignee=Assignee(role=Role.DIRECTOR))
    ).ids
    services.reminders.done(boss, [first])
    following = services.due.between(boss, date(2026, 10, 1), date(2026, 12, 31))
    assert [one.due for one in following] == [date(2026, 12, 1)]
    assert services.calendar().is_workday(SATURDAY)


def test_undoing_a_deletion_after_the_year_was_filled_again_leaves_the_day_once(db, days, boss):
    days.fill(boss, 2026)
    days.delete(boss, listed(days, boss)[GOLDEN].id)
    deleted = HistoryService(db).last(boss)
    days.fill(boss, 2026)
    with pytest.raises(Conflict, match="already"):
        HistoryService(db).undo(boss, deleted.id)
    assert len([one for one in days.year(boss, 2026).days if one.day == GOLDEN]) == 1
    assert not days.calendar().is_workday(GOLDEN)
