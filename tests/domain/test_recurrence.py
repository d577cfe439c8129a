"""Things that come again, on the days on which people expect them."""

import time as clocks
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain import birthdays, recurrence
from app.domain.birthdays import Birthday
from app.domain.recurrence import (
    Freq,
    Recurrence,
    Way,
    Weekday,
    after_done,
    anchored,
    between,
    checked,
    daily,
    following,
    from_rfc,
    lunar_yearly,
    monthly_nth,
    monthly_on,
    next_after,
    parse,
    store,
    to_rfc,
    weekly,
    workday_of_month,
    yearly_on,
)
from app.domain.working_time import DayKind, SpecialDay, WorkingCalendar
from app.errors import Refused

CALENDAR = WorkingCalendar(
    special={
        **{date(2026, 10, day): SpecialDay(DayKind.OFF) for day in range(1, 8)},
        date(2026, 10, 31): SpecialDay(DayKind.WORK),
        date(2027, 1, 1): SpecialDay(DayKind.OFF),
    }
)
START = date(2026, 11, 23)  # a Monday


def days(rule, start=START, count=6, last=date(2100, 1, 1)):
    return list(islice(between(rule, start, start, last, CALENDAR), count))


@pytest.fixture
def berlin(monkeypatch):
    """A place with summer time."""
    if not hasattr(clocks, "tzset"):
        pytest.skip("the place cannot be changed on this system")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    clocks.tzset()
    yield
    monkeypatch.undo()
    clocks.tzset()


# ---- solar


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", "2026-11-23", ["2026-11-26", "2026-11-29", "2026-12-02"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23", ["2026-11-26", "2026-11-30", "2026-12-03"]),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-23", ["2026-12-07", "2026-12-21", "2027-01-04"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30", ["2026-12-31", "2027-01-31", "2027-02-28"]),
        ("FREQ=MONTHLY;BYDAY=2TU", "2026-11-23", ["2026-12-08", "2027-01-12", "2027-02-09"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-23", ["2026-11-27", "2026-12-25", "2027-01-29"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-11-23",
            ["2026-11-30", "2026-12-31", "2027-01-29"],
        ),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "2026-11-23", ["2027-05-09", "2028-05-14"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2026-11-23", ["2027-01-04", "2028-01-03"]),
        ("FREQ=YEARLY;BYYEARDAY=-1", "2026-11-23", ["2026-12-31", "2027-12-31"]),
        ("RRULE:freq=daily;count=3", "2026-11-23", ["2026-11-24", "2026-11-25"]),
        ("FREQ=DAILY;UNTIL=20261125", "2026-11-23", ["2026-11-24", "2026-11-25"]),
        ("FREQ=DAILY;UNTIL=20261125T080000", "2026-11-23", ["2026-11-24", "2026-11-25"]),
    ],
)
def test_a_rule_gives_the_days_it_says(text, start, expected):
    begun = date.fromisoformat(start)
    found = days(parse(text), begun, len(expected) + 1)
    assert [day.isoformat() for day in found] == [start, *expected]


def test_the_first_occurrence_counts_whatever_the_rule_says():
    tuesday = date(2026, 11, 24)
    assert days(parse("FREQ=WEEKLY;BYDAY=MO;COUNT=3"), tuesday) == [
        tuesday,
        date(2026, 11, 30),
        date(2026, 12, 7),
    ]


def test_the_31st_of_every_month_is_its_last_day():
    begun = date(2026, 12, 31)
    expected = [begun, date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert days(monthly_on(31), begun, 5) == expected
    assert days(parse("FREQ=MONTHLY"), begun, 5) == expected


@pytest.mark.parametrize("day", [29, 30])
def test_a_day_that_february_lacks_is_its_last(day):
    begun = date(2027, 1, day)
    assert days(monthly_on(day), begun, 3) == [begun, date(2027, 2, 28), date(2027, 3, day)]
    assert days(parse("FREQ=MONTHLY"), begun, 3) == [begun, date(2027, 2, 28), date(2027, 3, day)]


def test_29_february_is_kept_on_the_28th_in_common_years_as_birthdays_are():
    begun = date(2028, 2, 29)
    expected = [birthdays.next_on(Birthday(2, 29), date(year, 1, 1)) for year in range(2028, 2034)]
    assert days(yearly_on(2, 29), begun) == expected
    assert days(parse("FREQ=YEARLY"), begun) == expected


def test_a_rule_that_names_a_day_leaves_out_months_without_it():
    assert days(parse("FREQ=MONTHLY;BYMONTHDAY=31"), date(2026, 12, 31), 3) == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 3, 31),
    ]
    assert days(parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), date(2028, 2, 29), 2) == [
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]


@pytest.mark.parametrize(
    ("text", "begun", "pinned"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 23), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("FREQ=MONTHLY", date(2026, 11, 15), "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("FREQ=MONTHLY", date(2027, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY", date(2027, 1, 30), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("FREQ=YEARLY", date(2026, 5, 4), "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"),
        ("FREQ=YEARLY", date(2028, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("FREQ=YEARLY;BYMONTH=4,9", date(2026, 5, 31), "FREQ=YEARLY;BYMONTH=4,9;BYMONTHDAY=30"),
        ("FREQ=DAILY;INTERVAL=2", date(2026, 5, 31), "FREQ=DAILY;INTERVAL=2"),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2026, 5, 31), "FREQ=MONTHLY;BYDAY=1MO"),
    ],
)
def test_a_rule_without_a_day_takes_it_from_its_start(text, begun, pinned):
    assert store(anchored(parse(text), begun)) == pinned


def test_the_day_is_not_lost_when_the_rule_is_followed_month_by_month():
    due, rule = date(2027, 1, 31), monthly_on(31)
    seen = []
    for _ in range(4):
        found = following(rule, due, due, CALENDAR)
        due, rule = found.due, found.rule
        seen.append(due)
    assert seen == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)]


# ---- lunar


def test_a_lunar_day_is_where_birthdays_are_kept():
    assert days(lunar_yearly(8, 15), date(2026, 9, 25), 3) == [
        date(2026, 9, 25),
        date(2027, 9, 15),
        date(2028, 10, 3),
    ]


def test_day_30_of_the_last_lunar_month_is_always_the_eve():
    found = days(lunar_yearly(12, 30), date(2025, 1, 28), 3)
    assert found == [date(2025, 1, 28), date(2026, 2, 16), date(2027, 2, 5)]


def test_a_leap_month_is_the_ordinary_month_where_there_is_none():
    assert days(lunar_yearly(6, 1, leap=True), date(2025, 7, 25), 2) == [
        date(2025, 7, 25),
        date(2026, 7, 14),
    ]


def test_the_lunar_calendar_ends_in_2100_and_the_rule_with_it():
    assert next_after(lunar_yearly(8, 15), START, date(2100, 1, 1), CALENDAR) == date(2100, 9, 18)
    assert next_after(lunar_yearly(8, 15), START, date(2100, 12, 31), CALENDAR) is None
    assert next_after(lunar_yearly(8, 15), date(2150, 1, 1), date(2150, 1, 1), CALENDAR) is None


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 12), st.integers(1, 30), st.dates(date(1901, 1, 1), date(2099, 1, 1)))
def test_every_lunar_rule_follows_the_birthday_of_its_day(month, day, after):
    found = next_after(lunar_yearly(month, day), after, after, CALENDAR)
    born = Birthday(month, day, lunar=True)
    assert found == birthdays.next_on(born, after + timedelta(days=1))


# ---- workdays, and after it was done


def test_the_last_workday_of_the_month_knows_days_off_and_days_worked_instead():
    assert days(workday_of_month(), date(2026, 9, 30), 4) == [
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 30),
        date(2026, 12, 31),
    ]
    assert days(workday_of_month(1), date(2026, 9, 30), 3)[1:] == [
        date(2026, 10, 8),
        date(2026, 11, 2),
    ]


def test_the_last_workday_of_a_quarter_and_of_chosen_months():
    expected = [date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31)]
    assert days(workday_of_month(-1, 3), date(2026, 9, 30), 3) == expected
    chosen = parse("FREQ=MONTHLY;BYMONTH=3,6,9,12;X-WORKDAY=-1")
    assert days(chosen, date(2026, 9, 30), 3) == expected


def test_without_any_working_day_there_is_no_last_one():
    never = WorkingCalendar(week=((),) * 7)
    assert next_after(workday_of_month(), START, START, never) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (after_done(30, Freq.DAILY), date(2027, 1, 7)),
        (after_done(2, Freq.WEEKLY), date(2026, 12, 22)),
        (after_done(1, Freq.MONTHLY), date(2027, 1, 8)),
        (after_done(1, Freq.YEARLY), date(2027, 12, 8)),
    ],
)
def test_what_comes_after_it_was_done_is_counted_from_then(rule, expected):
    done = date(2026, 12, 8)
    assert next_after(rule, START, START, CALENDAR, done) == expected
    assert days(rule) == [START]


def test_a_month_after_the_31st_is_the_last_day_of_the_next():
    done = date(2027, 1, 31)
    assert next_after(after_done(1, Freq.MONTHLY), START, START, CALENDAR, done) == date(
        2027, 2, 28
    )


def test_times_left_are_counted_down_those_passed_over_too():
    rule = parse("FREQ=DAILY;COUNT=5")
    found = following(rule, START, START + timedelta(days=2), CALENDAR)
    assert found.due == START + timedelta(days=3)
    assert found.rule.count == 2
    last = following(found.rule, found.due, found.due, CALENDAR)
    assert last.due == START + timedelta(days=4)
    assert last.rule.count == 1
    assert following(last.rule, last.due, last.due, CALENDAR) is None


def test_what_comes_after_it_was_done_ends_after_its_times():
    rule = parse("FREQ=DAILY;INTERVAL=30;COUNT=2;X-AFTER=DONE")
    found = following(rule, START, START, CALENDAR, START)
    assert found.rule.count == 1
    assert following(found.rule, found.due, START, CALENDAR, START) is None
    until = parse("FREQ=DAILY;INTERVAL=30;UNTIL=20261201;X-AFTER=DONE")
    assert following(until, START, START, CALENDAR, START) is None


# ---- times of day


def test_the_time_of_day_stays_when_summer_time_begins_and_ends(berlin):
    begun = datetime(2026, 3, 27, 8, 30, tzinfo=UTC)  # half past nine
    found = list(between(daily(), begun, date(2026, 3, 28), date(2026, 3, 30), CALENDAR))
    assert found == [
        datetime(2026, 3, 28, 8, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 7, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 7, 30, tzinfo=UTC),
    ]
    yearly = next_after(parse("FREQ=MONTHLY"), begun, date(2026, 10, 27), CALENDAR)
    assert yearly == datetime(2026, 11, 27, 8, 30, tzinfo=UTC)


def test_the_day_is_the_one_where_the_user_sits(berlin):
    begun = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday there, Sunday in UTC
    found = next_after(weekly([0]), begun, date(2026, 11, 23), CALENDAR)
    assert found == datetime(2026, 11, 29, 23, 30, tzinfo=UTC)


def test_an_end_in_utc_is_a_day_where_the_user_sits(berlin):
    assert parse("FREQ=DAILY;UNTIL=20261231T230000Z").until == date(2027, 1, 1)
    assert parse("FREQ=DAILY;UNTIL=20261231T080000Z", time(9, 30)).until == date(2026, 12, 30)
    assert parse("FREQ=DAILY;UNTIL=20261231T083000Z", time(9, 30)).until == date(2026, 12, 31)


# ---- what is refused, and what must not hang


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no rule"),
        ("every day", "no rule"),
        ("FREQ=SECONDLY", "once a day"),
        ("FREQ=HOURLY;COUNT=3", "once a day"),
        ("FREQ=FORTNIGHTLY", "no rule"),
        ("FREQ=DAILY;FREQ=DAILY", "no rule"),
        ("FREQ=DAILY;INTERVAL=0", "1 to 999"),
        ("FREQ=DAILY;INTERVAL=-1", "1 to 999"),
        ("FREQ=DAILY;INTERVAL=1000000000000", "1 to 999"),
        ("FREQ=DAILY;COUNT=0", "1 to 9999"),
        ("FREQ=DAILY;COUNT=1000000000", "1 to 9999"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=20270230", "no rule"),
        ("FREQ=DAILY;UNTIL=soon", "no rule"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "never happen"),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=31", "never happen"),
        ("FREQ=MONTHLY;BYDAY=6MO", "never happen"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "does not exist"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "does not exist"),
        ("FREQ=YEARLY;BYMONTH=13", "does not exist"),
        ("FREQ=YEARLY;BYWEEKNO=54", "does not exist"),
        ("FREQ=WEEKLY;BYDAY=1MO", "do not go together"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "do not go together"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "do not go together"),
        ("FREQ=DAILY;BYSETPOS=1", "do not go together"),
        ("FREQ=DAILY;BYHOUR=9", "not understood"),
        ("FREQ=DAILY;BYEASTER=1", "not understood"),
        ("FREQ=WEEKLY;BYDAY=MONDAY", "no rule"),
        ("FREQ=MONTHLY;X-WORKDAY=0", "working days"),
        ("FREQ=MONTHLY;X-WORKDAY=24", "working days"),
        ("FREQ=WEEKLY;X-WORKDAY=1", "do not go together"),
        ("FREQ=DAILY;BYMONTH=2;X-AFTER=DONE", "do not go together"),
        ("FREQ=DAILY;X-AFTER=DUE", "no rule"),
        ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31", "no day 31"),
        ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "no lunar month 13"),
        ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1L;BYMONTHDAY=1", "leap month 1"),
        ("RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1", "every year on one day"),
        ("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "no rule"),
        ("FREQ=YEARLY;BYMONTH=4L;BYMONTHDAY=1", "do not go together"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD", "no rule"),
        ("FREQ=DAILY;" * 500, "no rule"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(text, words):
    with pytest.raises(Refused) as refused:
        parse(text)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=7",
        "FREQ=DAILY;UNTIL=20200101",
    ],
)
def test_a_rule_that_never_comes_ends_and_does_not_hang(text):
    rule = parse(text)
    assert next_after(rule, START, START, CALENDAR) is None
    assert days(rule) == [START]
    with pytest.raises(Refused, match="never come again"):
        checked(rule, START, CALENDAR)


def test_a_rule_that_comes_is_anchored_when_it_is_checked():
    assert store(checked(parse("FREQ=MONTHLY"), START, CALENDAR)) == "FREQ=MONTHLY;BYMONTHDAY=23"


def test_days_far_in_the_past_or_future_have_no_occurrence():
    assert next_after(daily(), date(1, 1, 1), START, CALENDAR) is None
    assert next_after(daily(), date(9999, 12, 31), START, CALENDAR) is None
    assert next_after(daily(), START, date(9999, 12, 31), CALENDAR) is None
    far = next_after(after_done(999, Freq.YEARLY), START, START, CALENDAR, date(9999, 1, 1))
    assert far is None


def test_an_endless_rule_is_read_only_as_far_as_asked():
    found = between(daily(), START, date(2199, 12, 1), date(2300, 1, 1), CALENDAR)
    assert len(list(found)) == 31 + 366 - 1


PIECES = st.sampled_from(
    [
        "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=HOURLY", "INTERVAL=7",
        "INTERVAL=999", "BYMONTH=2", "BYMONTH=4L", "BYMONTHDAY=29,30", "BYMONTHDAY=-31",
        "BYDAY=MO,-5FR", "BYDAY=SU", "BYYEARDAY=366", "BYWEEKNO=53", "BYSETPOS=-366", "WKST=SU",
        "COUNT=9999", "UNTIL=00010101", "UNTIL=99991231T235959Z", "RSCALE=CHINESE",
        "SKIP=BACKWARD", "X-WORKDAY=23", "X-AFTER=DONE", "BYHOUR=9", "=", "BYDAY=",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=6).map(";".join)))
def test_any_text_is_a_rule_or_refused_and_ends(text):
    try:
        rule = parse(text, time(9))
    except Refused:
        return
    assert parse(store(rule)) == rule
    found = list(islice(between(rule, START, START, date(2400, 1, 1), CALENDAR), 5))
    assert found == sorted(set(found))


# ---- text, and other programs

NUMBERS = st.integers(1, 9)
ENDS = st.one_of(
    st.just({}),
    st.builds(lambda n: {"count": n}, st.integers(1, 9999)),
    st.builds(lambda day: {"until": day}, st.dates(date(1900, 1, 1), date(2200, 1, 1))),
)
PLACED = st.builds(Weekday, st.integers(0, 6), st.sampled_from([-1, 0, 1, 2, 5]))
RULES = st.one_of(
    st.builds(daily, NUMBERS),
    st.builds(weekly, st.sets(st.integers(0, 6)), NUMBERS),
    st.builds(monthly_on, st.one_of(st.integers(1, 31), st.just(-1)), NUMBERS),
    st.builds(monthly_nth, st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.integers(0, 6), NUMBERS),
    st.builds(yearly_on, st.integers(1, 12), st.integers(1, 29), NUMBERS),
    st.builds(lunar_yearly, st.integers(1, 12), st.integers(1, 30)),
    st.builds(lambda day: lunar_yearly(4, day, leap=True), st.integers(1, 29)),
    st.builds(workday_of_month, st.sampled_from([-3, -2, -1, 1, 2, 5]), NUMBERS),
    st.builds(after_done, NUMBERS, st.sampled_from(Freq)),
    st.builds(
        lambda months, placed: Recurrence(
            Freq.YEARLY, by_month=tuple(sorted(months)), by_day=tuple(sorted(placed))
        ),
        st.sets(st.integers(1, 12), min_size=1),
        st.sets(PLACED, min_size=1),
    ),
)


@st.composite
def rules(draw):
    rule, end = draw(RULES), draw(ENDS)
    return recurrence.replace(rule, **end)


@given(rules())
def test_a_rule_is_read_as_it_was_stored(rule):
    assert parse(store(rule)) == rule


@settings(max_examples=150, deadline=None)
@given(rules(), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_rule_goes_to_another_program_and_back(rule, begun):
    sent = to_rfc(rule, begun, CALENDAR)
    assert bool(sent.rrule) != bool(sent.own)
    back = from_rfc(sent.rrule, begun, sent.own)
    assert days(back, begun, 5) == days(rule, begun, 5)


@settings(max_examples=100, deadline=None)
@given(rules(), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_following_step_by_step_is_the_same_as_all_at_once(rule, begun):
    assume(rule.way is not Way.AFTER_DONE)
    whole = days(rule, begun, 8)
    due, found = begun, [begun]
    while len(found) < len(whole):
        step = following(rule, due, due, CALENDAR)
        due, rule = step.due, step.rule
        found.append(due)
    assert found == whole


def test_another_programs_months_without_the_day_stay_left_out():
    begun = date(2026, 12, 31)
    assert days(from_rfc("FREQ=MONTHLY", begun), begun, 3)[2] == date(2027, 3, 31)
    leap = date(2028, 2, 29)
    assert days(from_rfc("FREQ=YEARLY", leap), leap, 2) == [leap, date(2032, 2, 29)]
    assert store(from_rfc("FREQ=WEEKLY", START)) == "FREQ=WEEKLY;BYDAY=MO"


def test_what_others_would_read_otherwise_is_written_so_that_they_do_not():
    assert to_rfc(parse("FREQ=MONTHLY"), date(2027, 1, 31), CALENDAR).rrule == (
        "FREQ=MONTHLY;BYMONTHDAY=-1"
    )


def test_an_apple_calendars_lunar_rule_is_understood():
    rule = parse("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15")
    assert rule == lunar_yearly(8, 15)
    assert parse("RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD") == monthly_on(31)
    skipped = parse("RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD;COUNT=3")
    assert skipped == recurrence.replace(yearly_on(2, 29), count=3)


def test_a_lunar_rule_is_sent_with_its_next_days():
    sent = to_rfc(lunar_yearly(8, 15), date(2026, 9, 25), CALENDAR)
    assert sent.rrule == ""
    assert sent.own == "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15;SKIP=BACKWARD"
    assert sent.dates[:2] == (date(2027, 9, 15), date(2028, 10, 3))
    assert len(sent.dates) == 40
    assert to_rfc(after_done(30, Freq.DAILY), START, CALENDAR).dates == ()


def test_an_end_is_sent_as_a_moment_where_there_is_a_time_of_day(berlin):
    rule = parse("FREQ=DAILY;UNTIL=20261231")
    assert to_rfc(rule, START, CALENDAR).rrule == "FREQ=DAILY;UNTIL=20261231"
    begun = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    sent = to_rfc(rule, begun, CALENDAR).rrule
    assert sent == "FREQ=DAILY;UNTIL=20261231T225959Z"
    assert from_rfc(sent, begun).until == date(2026, 12, 31)
