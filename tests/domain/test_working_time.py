"""The working calendar against one that counts every minute by itself."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.working_hours import QuietHours, Span, read_week
from app.domain.working_time import (
    USUAL,
    DayKind,
    SpecialDay,
    WorkingCalendar,
    round_the_clock,
)
from app.errors import Refused

MINUTE = timedelta(minutes=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
OFF = SpecialDay(DayKind.OFF, "National Day")
WORK = SpecialDay(DayKind.WORK, "National Day")
GOLDEN_WEEK = {
    **{date(2026, 10, day): OFF for day in range(1, 8)},
    date(2026, 9, 20): WORK,
    date(2026, 10, 10): WORK,
}
CHINA = WorkingCalendar(special=GOLDEN_WEEK, years=frozenset({2026}), zone=SHANGHAI)
NEVER = WorkingCalendar(week=((),) * 7)


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


class CountedByTheMinute:
    """Opens when the clock first reaches an hour of the day, and closes likewise."""

    def __init__(self, calendar, first, days):
        self.open = []
        zone = calendar.zone
        moment = datetime.combine(first, time(), zone).astimezone(UTC) - timedelta(hours=3)
        end = moment + timedelta(days=days, hours=6)
        reached = {}
        while moment < end:
            wall = moment.astimezone(zone)
            day = wall.date()
            minute = wall.hour * 60 + wall.minute
            reached[day] = max(reached.get(day, 0), minute)
            spans = calendar.hours_on(day)
            if any(one.start <= reached[day] < one.end for one in spans):
                self.open.append(moment)
            moment += MINUTE

    def between(self, first, last):
        return len([one for one in self.open if first <= one < last]) * MINUTE


def spans():
    return st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), max_size=3).map(_hours)


def _hours(pairs):
    found, free = [], 0
    for start, length in sorted(pairs):
        begin, end = max(start, free), min(start + length, 96)
        if begin < end:
            found.append(Span(begin * 15, end * 15))
            free = end + 1
    return tuple(found)


# around the changes of 2026 to and from summer time; Lord Howe's is of half an hour
PLACES = st.sampled_from(
    [
        (BERLIN, date(2026, 3, 27)),
        (BERLIN, date(2026, 10, 23)),
        (ZoneInfo("America/New_York"), date(2026, 3, 6)),
        (ZoneInfo("America/New_York"), date(2026, 10, 30)),
        (ZoneInfo("Australia/Lord_Howe"), date(2026, 4, 3)),
        (ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 2)),
        (SHANGHAI, date(2026, 9, 30)),
    ]
)


@st.composite
def calendars(draw):
    zone, first = draw(PLACES)
    week = tuple(draw(spans()) for _ in range(7))
    special = draw(
        st.dictionaries(
            st.integers(0, 6).map(lambda days: first + timedelta(days=days)),
            st.sampled_from([OFF, WORK]),
            max_size=3,
        )
    )
    return WorkingCalendar(week=week, special=special, zone=zone), first


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(0, 7 * 1440), st.integers(0, 7 * 1440))
def test_time_between_is_what_a_minute_counter_finds(made, start, length):
    calendar, first_day = made
    counted = CountedByTheMinute(calendar, first_day, 8)
    first = datetime.combine(first_day, time(), calendar.zone).astimezone(UTC) + start * MINUTE
    last = min(first + length * MINUTE, counted_end(first_day, calendar))
    expected = counted.between(first, last)
    assert calendar.working_time_between(first, last) == expected
    assert calendar.working_time_between(last, first) == -expected


def counted_end(first_day, calendar):
    end = datetime.combine(first_day + timedelta(days=8), time(), calendar.zone)
    return end.astimezone(UTC)


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(0, 5 * 1440), st.integers(1, 30 * 60))
def test_added_time_has_been_worked_when_it_is_over(made, start, amount):
    calendar, first_day = made
    first = datetime.combine(first_day, time(), calendar.zone).astimezone(UTC) + start * MINUTE
    if not any(calendar.week):
        return
    for delta in (amount * MINUTE, -amount * MINUTE):
        end = calendar.add_working_time(first, delta)
        assert calendar.working_time_between(first, end) == delta
        inner = end - MINUTE if delta > timedelta(0) else end
        assert calendar.is_open(inner)


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(-30, 30), st.integers(0, 40))
def test_added_workdays_are_counted_one_by_one(made, offset, count):
    calendar, first_day = made
    if not any(calendar.week):
        return
    day = first_day + timedelta(days=offset)
    later = calendar.add_workdays(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert calendar.is_workday(later)
    if count:
        assert sum(map(calendar.is_workday, passed)) == count
        assert sum(map(calendar.is_workday, passed[:-1])) == count - 1
        back = calendar.add_workdays(later, -count)
        assert back == day or not calendar.is_workday(day)


def test_the_golden_week_is_off_and_the_days_worked_instead_are_worked():
    assert not CHINA.is_workday(date(2026, 10, 1))
    assert CHINA.is_workday(date(2026, 10, 10))
    assert CHINA.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CHINA.next_workday(date(2026, 10, 9)) == date(2026, 10, 10)
    assert CHINA.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert CHINA.add_workdays(date(2026, 10, 1), 0) == date(2026, 10, 8)
    assert CHINA.add_workdays(date(2026, 10, 10), 0) == date(2026, 10, 10)


def test_a_saturday_worked_instead_has_the_hours_of_the_week():
    assert CHINA.hours_on(date(2026, 10, 10)) == CHINA.week[0]
    assert CHINA.hours_on(date(2026, 10, 3)) == ()


def test_last_and_first_workdays_of_a_month_know_days_off():
    assert CHINA.nth_workday_of_month(2026, 10, 1) == date(2026, 10, 8)
    assert CHINA.nth_workday_of_month(2026, 9, -1) == date(2026, 9, 30)
    assert CHINA.nth_workday_of_month(2026, 10, -1) == date(2026, 10, 30)
    assert CHINA.nth_workday_of_month(2026, 10, -2) == date(2026, 10, 29)
    assert CHINA.nth_workday_of_month(2026, 10, 24) is None
    assert CHINA.nth_workday_of_month(2026, 10, 0) is None
    assert NEVER.nth_workday_of_month(2026, 10, -1) is None


def test_four_working_hours_before_a_week_off_end_after_it():
    begun = at("2026-09-30T16:00")
    assert CHINA.add_working_time(begun, timedelta(hours=4)) == at("2026-10-08T11:00")
    assert CHINA.working_time_between(begun, at("2026-10-08T11:00")) == timedelta(hours=4)
    assert CHINA.add_working_time(at("2026-10-08T11:00"), timedelta(hours=-4)) == begun


def test_no_time_at_all_is_the_moment_or_the_next_opening():
    assert CHINA.add_working_time(at("2026-09-30T10:00"), timedelta(0)) == at("2026-09-30T10:00")
    assert CHINA.add_working_time(at("2026-09-30T12:30"), timedelta(0)) == at("2026-09-30T13:30")
    assert CHINA.add_working_time(at("2026-09-30T18:00"), timedelta(0)) == at("2026-10-08T09:00")


def test_the_day_on_which_summer_time_begins_is_an_hour_shorter():
    calendar = WorkingCalendar(week=((Span(0, 1440),),) * 7, zone=BERLIN)
    day = at("2026-03-29T00:00", BERLIN), at("2026-03-30T00:00", BERLIN)
    assert calendar.working_time_between(*day) == timedelta(hours=23)
    day = at("2026-10-25T00:00", BERLIN), at("2026-10-26T00:00", BERLIN)
    assert calendar.working_time_between(*day) == timedelta(hours=25)


def test_hours_that_summer_time_leaves_out_are_not_worked():
    week = ((Span(60, 150), Span(165, 240)),) * 7  # 1:00 to 2:30 and 2:45 to 4:00
    calendar = WorkingCalendar(week=week, zone=BERLIN)
    day = at("2026-03-29T00:00", BERLIN), at("2026-03-30T00:00", BERLIN)
    assert calendar.working_time_between(*day) == timedelta(hours=2)


def test_without_any_working_day_it_refuses_and_does_not_look_for_ever():
    moment = at("2026-11-22T09:00")
    for asked in (
        lambda: NEVER.next_workday(date(2026, 11, 22)),
        lambda: NEVER.add_workdays(date(2026, 11, 22), -3),
        lambda: NEVER.add_working_time(moment, timedelta(hours=1)),
        lambda: NEVER.add_working_time(moment, timedelta(hours=-1)),
    ):
        with pytest.raises(Refused, match="no working day"):
            asked()
    assert NEVER.working_time_between(moment, moment + timedelta(days=30)) == timedelta(0)


@pytest.mark.parametrize("amount", [timedelta.max, timedelta.min + timedelta(days=1)])
def test_more_time_than_there_is_is_refused(amount):
    with pytest.raises(Refused, match="more working time"):
        USUAL.add_working_time(at("2026-11-22T09:00"), amount)


def test_more_days_than_there_are_are_refused():
    with pytest.raises(Refused, match="more working time"):
        USUAL.add_workdays(date(2026, 11, 22), 10**9)
    with pytest.raises(Refused, match="more working time"):
        USUAL.add_workdays(date(9999, 12, 25), 30)


def test_a_calendar_round_the_clock_counts_every_minute():
    begun = at("2026-10-01T03:00")
    calendar = round_the_clock()
    assert calendar.add_working_time(begun, timedelta(hours=24)) == at("2026-10-02T03:00")


def test_it_says_of_which_years_it_knows_the_exceptions():
    assert CHINA.knows(2026)
    assert not CHINA.knows(2027)
    assert CHINA.doubt(date(2026, 10, 31)) is None
    assert "2027" in str(CHINA.doubt(date(2027, 10, 29)))


def test_quiet_hours_go_over_midnight():
    calendar = WorkingCalendar(quiet=QuietHours(time(21), time(8)), zone=SHANGHAI)
    for clock, quiet, until in (
        ("2026-11-22T20:59", False, "2026-11-22T20:59"),
        ("2026-11-22T21:00", True, "2026-11-23T08:00"),
        ("2026-11-23T00:00", True, "2026-11-23T08:00"),
        ("2026-11-23T07:59", True, "2026-11-23T08:00"),
        ("2026-11-23T08:00", False, "2026-11-23T08:00"),
    ):
        assert calendar.is_quiet(at(clock)) is quiet
        assert calendar.end_of_quiet(at(clock)) == at(until)


def test_quiet_hours_within_a_day_and_none_at_all():
    siesta = QuietHours(time(13), time(14))
    assert siesta.end_after(at("2026-11-22T13:30"), SHANGHAI) == at("2026-11-22T14:00")
    never = QuietHours(time(8), time(8))
    assert not never.is_quiet(at("2026-11-22T08:00"), SHANGHAI)
    assert not WorkingCalendar().is_quiet(at("2026-11-22T23:00"))


@settings(max_examples=80, deadline=None)
@given(st.times(), st.times(), st.integers(0, 4 * 1440), PLACES)
def test_the_end_of_quiet_is_the_first_minute_that_is_not(start, end, offset, place):
    zone, first = place
    start, end = (one.replace(second=0, microsecond=0) for one in (start, end))
    quiet = QuietHours(start, end)
    moment = datetime.combine(first, time(), zone).astimezone(UTC) + offset * MINUTE
    until = quiet.end_after(moment, zone)
    assert not quiet.is_quiet(until, zone) or moment < until
    expected = moment
    # what winter time has twice ends with the first
    while quiet.is_quiet(expected, zone) and expected < until:
        expected += MINUTE
    assert expected == until


def test_a_week_read_from_its_text_is_worked_as_it_says():
    calendar = WorkingCalendar(week=read_week("12345 09:00-18:00; 6 09:00-12:00"), zone=SHANGHAI)
    saturday = at("2026-11-28T09:00")
    assert calendar.working_time_between(saturday, at("2026-11-30T10:00")) == timedelta(hours=4)
