"""Days off from kept libraries, and what is said where they know nothing."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from app import i18n
from app.domain import festivals, public_holidays
from app.domain.public_holidays import COVERAGE, Coverage, announced_until, in_year
from app.domain.working_time import DayKind, WorkingCalendar

LAST = announced_until()


def kinds(country, year):
    return {day: one.kind for day, one in in_year(country, year).days.items()}


def test_the_days_of_2026_in_china_are_those_of_the_notice():
    found = in_year("CN", 2026)
    assert found.coverage is Coverage.ANNOUNCED
    assert [day.isoformat() for day, one in found.days.items() if one.kind is DayKind.WORK] == [
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ]  # fmt: skip
    off = [day for day, one in found.days.items() if one.name == "Spring Festival"]
    week = [date(2026, 2, 15) + timedelta(days=n) for n in range(9)]
    assert set(week) <= set(off)


def test_working_days_of_china_are_those_of_another_library():
    import holidays

    for year in range(2005, LAST + 1):
        theirs = holidays.country_holidays("CN", years=year)
        calendar = WorkingCalendar(special=in_year("CN", year).days)
        wrong = [
            day
            for day in (date(year, 1, 1) + timedelta(days=n) for n in range(365))
            if calendar.is_workday(day) != theirs.is_working_day(day)
        ]
        # of 31 December 2005 the two do not say the same
        assert wrong == ([date(2005, 12, 31)] if year == 2005 else []), year


def test_a_year_without_a_notice_has_what_the_law_fixes_and_no_make_up_day():
    found = in_year("CN", LAST + 1)
    assert found.coverage is Coverage.LAW_ONLY
    assert not public_holidays.make_up_days_known("CN", LAST + 1)
    assert festivals.on("spring_festival", LAST + 1) in found.days
    assert set(kinds("CN", LAST + 1).values()) == {DayKind.OFF}
    spring = festivals.on("spring_festival", LAST + 1)
    fixed = {date(LAST + 1, *day) for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    lunar = {festivals.on(key, LAST + 1) for key in ("qingming", "dragon_boat", "mid_autumn")}
    week = {spring + timedelta(days=n) for n in range(-1, 3)}
    assert set(found.days) == fixed | lunar | week
    assert str(LAST + 1) in str(COVERAGE[found.coverage].filled(year=LAST + 1))


COUNTRIES = ["HK", "TW", "MO", "SG", "MY", "JP", "KR", "US", "GB", "AU", "DE"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_of_the_settings_is_known(country):
    found = in_year(country, 2026)
    assert found.coverage is Coverage.ANNOUNCED
    assert len(found.days) >= 7


def test_years_to_come_are_worked_out_and_said_to_be():
    assert in_year("HK", LAST + 3).coverage is Coverage.COMPUTED


def test_hong_kong_and_taiwan_have_their_own_days():
    hong_kong, taiwan = kinds("HK", 2026), kinds("TW", 2026)
    assert date(2026, 7, 1) in hong_kong
    assert date(2026, 7, 1) not in taiwan
    assert date(2026, 2, 28) in taiwan
    assert kinds("TW", 2023)[date(2023, 1, 7)] is DayKind.WORK


def test_days_of_single_states_are_said_to_be_missing():
    assert in_year("US", 2026).by_region
    assert not in_year("HK", 2026).by_region


@pytest.mark.parametrize(("country", "year"), [("ZZ", 2026), ("US", 1700), ("CN", 1940)])
def test_what_no_library_knows_is_empty_and_said(country, year):
    found = in_year(country, year)
    assert found.coverage is Coverage.UNKNOWN
    assert not found.days


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Dragon Boat Festival"), ("zh_CN", "端午节"), ("zh_TW", "端午節")]
)
def test_names_are_in_the_language_in_use(language, name):
    i18n.use(language)
    try:
        assert in_year("TW", 2026).days[date(2026, 6, 19)].name == name
    finally:
        i18n.use("en")


def test_the_libraries_are_not_loaded_before_they_are_asked():
    script = (
        "import sys, app.domain.public_holidays, app.services.registry; "
        "print([one for one in ('holidays', 'chinese_calendar', 'dateutil') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
