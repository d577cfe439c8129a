"""The table against what is known of it; `test_lunar_sky` checks it against sun and moon."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain import lunar
from app.domain.lunar import (
    FIRST_DAY,
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    LunarDate,
    from_solar,
    leap_month,
    month_length,
    to_solar,
    words,
)

DAYS = [date.fromordinal(n) for n in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1901, 1, 1), LunarDate(1900, 11, 11)),
        (date(1933, 7, 22), LunarDate(1933, 5, 30, leap=True)),
        (date(1949, 10, 1), LunarDate(1949, 8, 10)),
        (date(1978, 9, 2), LunarDate(1978, 7, 30)),
        (date(1954, 11, 25), LunarDate(1954, 11, 1)),
        (date(1984, 11, 23), LunarDate(1984, 10, 1, leap=True)),
        (date(2000, 2, 5), LunarDate(2000, 1, 1)),
        (date(2023, 3, 22), LunarDate(2023, 2, 1, leap=True)),
        (date(2025, 1, 28), LunarDate(2024, 12, 29)),
        (date(2026, 2, 16), LunarDate(2025, 12, 29)),
        (date(2026, 9, 25), LunarDate(2026, 8, 15)),
        (date(2033, 12, 22), LunarDate(2033, 11, 1, leap=True)),
        (date(2057, 9, 28), LunarDate(2057, 9, 1)),
        (date(2089, 9, 4), LunarDate(2089, 8, 1)),
        (date(2097, 8, 7), LunarDate(2097, 7, 1)),
        (date(2100, 12, 31), LunarDate(2100, 12, 1)),
    ],
)
def test_days_on_which_other_calendars_went_wrong_are_right(day, expected):
    assert from_solar(day) == expected
    assert to_solar(expected) == day


def test_every_day_goes_to_a_lunar_date_and_back():
    assert date(1901, 1, 1) in DAYS
    assert date(2100, 12, 31) in DAYS
    assert [day for day in DAYS if to_solar(from_solar(day)) != day] == []


def test_the_day_after_a_day_is_the_next_lunar_date():
    wrong = []
    for day in DAYS[:-1]:
        here, after = from_solar(day), from_solar(day + timedelta(days=1))
        same_month = (after.year, after.month, after.leap) == (here.year, here.month, here.leap)
        if same_month and after.day == here.day + 1:
            continue
        whole = here.day == month_length(here.year, here.month, leap=here.leap)
        leap_follows = after.leap and (after.year, after.month) == (here.year, here.month)
        next_month = not after.leap and (after.year * 12 + after.month) == (
            here.year * 12 + here.month + 1
        )
        if not (whole and after.day == 1 and (leap_follows or next_month)):
            wrong.append(day)
    assert wrong == []


def test_a_lunar_year_has_353_to_355_or_383_to_385_days():
    for year in range(FIRST_YEAR, LAST_YEAR):
        days = (to_solar(LunarDate(year + 1, 1, 1)) - to_solar(LunarDate(year, 1, 1))).days
        assert days in ({383, 384, 385} if leap_month(year) else {353, 354, 355}), year


def test_the_lunar_new_year_falls_between_21_january_and_21_february():
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        new_year = to_solar(LunarDate(year, 1, 1))
        assert date(year, 1, 21) <= new_year <= date(year, 2, 21)


def test_nineteen_years_have_seven_leap_months():
    leaps = [leap_month(year) is not None for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    for start in range(len(leaps) - 18):
        assert sum(leaps[start : start + 19]) in {6, 7, 8}
    assert sum(leaps) == 74


@pytest.mark.parametrize(
    "fields",
    [
        (1899, 12, 1), (2101, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 31),
        (2024, 12, 30), (2026, 5, 1, True), (2025, 5, 1, True), (2025, 6, 30, True),
    ],
)  # fmt: skip
def test_a_lunar_date_that_does_not_exist_is_refused(fields):
    with pytest.raises(ValueError, match="lunar"):
        LunarDate(*fields)


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 29), date.min, date.max])
def test_days_outside_the_table_are_refused(day):
    with pytest.raises(ValueError, match="known from 1900-01-31 to 2101-01-28"):
        from_solar(day)


@pytest.mark.parametrize("year", [1899, 2101])
def test_years_outside_the_table_are_refused(year):
    with pytest.raises(ValueError, match="known from 1900 to 2100"):
        leap_month(year)


def test_the_days_at_both_ends_of_the_table_are_known():
    assert from_solar(FIRST_DAY) == LunarDate(1900, 1, 1)
    assert from_solar(LAST_DAY) == LunarDate(2100, 12, 29)


@pytest.mark.parametrize(
    ("month", "day", "leap", "said"),
    [
        (1, 1, False, "正月初一"), (10, 15, False, "十月十五"), (4, 3, True, "闰四月初三"),
        (12, 23, False, "腊月廿三"), (11, 20, False, "十一月二十"), (12, 30, False, "腊月三十"),
        (8, 10, False, "八月初十"), (2, 21, False, "二月廿一"), (9, 11, False, "九月十一"),
    ],
)  # fmt: skip
def test_a_date_is_said_in_chinese_words(month, day, leap, said):
    assert words(month, day, leap=leap) == said


def test_words_are_traditional_where_these_are_read():
    i18n.use("zh_TW")
    try:
        assert words(4, 3, leap=True) == "閏四月初三"
        assert words(12, 23) == "臘月廿三"
    finally:
        i18n.use("en")


@given(st.dates(FIRST_DAY, LAST_DAY), st.dates(FIRST_DAY, LAST_DAY))
def test_two_dates_of_a_year_with_the_same_words_are_the_same_day(one, other):
    first, second = from_solar(one), from_solar(other)
    same_words = words(first.month, first.day, leap=first.leap) == words(
        second.month, second.day, leap=second.leap
    )
    assert (one == other) == (same_words and first.year == second.year)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 31)])
def test_there_are_no_words_for_what_does_not_exist(month, day):
    with pytest.raises(ValueError, match="there is no lunar"):
        words(month, day)


@pytest.fixture
def reference(shared_data):
    files = sorted((shared_data / "calendar").iterdir())
    assert [file.name for file in files] == ["lunar_reference_1900_2100.json"]
    return json.loads(files[0].read_text(encoding="utf-8"))


def part(reference, beginning):
    (found,) = (value for key, value in reference.items() if key.startswith(beginning))
    return found


def test_leap_months_are_those_of_the_reference(reference):
    expected = {int(year): tuple(leap) for year, leap in part(reference, "leap_months").items()}
    found = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        if month := leap_month(year):
            found[year] = (month, to_solar(LunarDate(year, month, 1, leap=True)).isoformat())
    assert found == expected
    assert len(found) == 74


def test_new_years_days_are_those_of_the_reference(reference):
    expected = part(reference, "lunar_new_year_first_day")
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    assert {str(y): to_solar(LunarDate(y, 1, 1)).isoformat() for y in years} == expected


def test_new_years_eves_are_those_of_the_reference(reference):
    for year, (day, month_and_day) in part(reference, "new_years_eve").items():
        eve = from_solar(to_solar(LunarDate(int(year), 1, 1)) - timedelta(days=1))
        assert to_solar(eve).isoformat() == day
        assert f"{eve.month}/{eve.day}" == month_and_day


def test_mid_autumn_days_are_those_of_the_reference(reference):
    for year, day in part(reference, "mid_autumn").items():
        assert to_solar(LunarDate(int(year), 8, 15)).isoformat() == day


def test_new_moons_that_may_move_are_named_where_the_table_is_described(reference):
    for day in ("2057-09-28", "2089-09-04", "2097-08-07"):
        assert day in part(reference, "uncertain")
        assert day in lunar.__doc__


# Python 3.12 and later complain about the types that sxtwl's generated wrapper makes.
@pytest.mark.filterwarnings("ignore:builtin type [Ss]wig:DeprecationWarning")
def test_every_day_is_that_of_sxtwl():
    sxtwl = pytest.importorskip("sxtwl", reason="sxtwl, an independent calendar, is not installed")
    wrong = []
    for day in DAYS:
        theirs = sxtwl.fromSolar(day.year, day.month, day.day)
        ours = from_solar(day)
        if (ours.year, ours.month, ours.day, ours.leap) != (
            theirs.getLunarYear(),
            theirs.getLunarMonth(),
            theirs.getLunarDay(),
            bool(theirs.isLunarLeap()),
        ):
            wrong.append(day)
    assert wrong == []


def test_the_calendar_starts_without_the_database_the_window_and_babel():
    code = (
        "import sys; import app.domain.lunar, app.domain.birthdays;"
        "print({'sqlalchemy', 'PySide6', 'babel', 'sxtwl'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
