"""What the clock on the wall shows when summer time begins and ends, here and elsewhere."""

import time as clocks
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reminders import local_moment
from app.domain.wall_clock import first_shown, last_shown, shown
from app.domain.working_time import WorkingCalendar

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = st.sampled_from(
    [BERLIN, LORD_HOWE, ZoneInfo("America/New_York"), ZoneInfo("Asia/Shanghai")]
)
WALLS = st.datetimes(datetime(1950, 1, 1), datetime(2037, 1, 1)).map(
    lambda one: one.replace(second=0, microsecond=0)
)


@pytest.fixture
def in_berlin(monkeypatch):
    """The user sits there."""
    if not hasattr(clocks, "tzset"):
        pytest.skip("the place cannot be changed on this system")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    clocks.tzset()
    yield
    monkeypatch.undo()
    clocks.tzset()


@pytest.fixture(params=["here", "named"])
def berlin(request):
    """The zone, or None where the user sits in it."""
    if request.param == "named":
        return BERLIN
    request.getfixturevalue("in_berlin")
    return None


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_what_summer_time_leaves_out_is_the_moment_of_the_change(berlin):
    change = utc("2026-03-29T01:00")
    for wall in (datetime(2026, 3, 29, 2), datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 3)):
        assert first_shown(wall, berlin) == change
        assert last_shown(wall, berlin) == change
    assert first_shown(datetime(2026, 3, 29, 1, 59), berlin) == utc("2026-03-29T00:59")


def test_what_winter_time_has_twice_has_a_first_and_a_last(berlin):
    wall = datetime(2026, 10, 25, 2, 30)
    assert first_shown(wall, berlin) == utc("2026-10-25T00:30")
    assert last_shown(wall, berlin) == utc("2026-10-25T01:30")
    assert shown(utc("2026-10-25T01:30"), berlin) == wall


def test_working_hours_are_those_of_the_wall_where_the_user_sits(berlin):
    calendar = WorkingCalendar(zone=berlin)
    friday = utc("2026-03-27T16:00")  # five in the afternoon, in winter
    assert calendar.add_working_time(friday, timedelta(hours=2)) == utc("2026-03-30T08:00")


def test_a_reminder_in_what_summer_time_leaves_out_calls_an_hour_later(in_berlin):
    assert local_moment(date(2026, 3, 29), time.fromisoformat("02:30")) == utc("2026-03-29T01:30")
    assert local_moment(date(2026, 10, 25), time.fromisoformat("02:30")) == utc("2026-10-25T00:30")
    assert local_moment(date(2026, 3, 28), time.fromisoformat("02:30")) == utc("2026-03-28T01:30")


def test_half_an_hour_of_summer_time_is_left_out_on_lord_howe():
    change = utc("2026-10-03T15:30")
    assert first_shown(datetime(2026, 10, 4, 2, 10), LORD_HOWE) == change


@given(WALLS, ZONES)
def test_the_clock_shows_it_first_when_it_is_said_to(wall, zone):
    moment = first_shown(wall, zone)
    assert shown(moment, zone) >= wall
    assert shown(moment - timedelta(minutes=1), zone) < wall
    assert last_shown(wall, zone) >= moment
