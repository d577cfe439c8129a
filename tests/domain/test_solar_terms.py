"""The table of terms against another library, and days that are published."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.domain import solar_terms
from app.domain.solar_terms import FIRST_YEAR, LAST_YEAR, NAMES, name_of, terms

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@pytest.mark.parametrize(
    ("year", "place", "day"),
    [
        (2026, solar_terms.QINGMING, date(2026, 4, 5)),
        (2028, solar_terms.QINGMING, date(2028, 4, 4)),
        (1999, 14, date(1999, 8, 8)),
        (2006, 14, date(2006, 8, 7)),
        (2100, solar_terms.QINGMING, date(2100, 4, 5)),
        (2100, solar_terms.WINTER_SOLSTICE, date(2100, 12, 22)),
        (2026, solar_terms.WINTER_SOLSTICE, date(2026, 12, 22)),
    ],
)
def test_terms_on_which_other_calendars_went_wrong_are_right(year, place, day):
    assert terms(year)[place] == day


def test_every_term_of_200_years_is_where_another_library_puts_it():
    sxtwl = pytest.importorskip("sxtwl", reason="has no wheel for macOS")
    wrong = []
    for year in YEARS:
        for place, day in enumerate(terms(year)):
            there = sxtwl.fromSolar(day.year, day.month, day.day)
            # it counts from winter solstice
            if not there.hasJieQi() or there.getJieQi() != (place + 1) % 24:
                wrong.append(day)
    assert wrong == []


def test_terms_follow_each_other_half_a_month_apart():
    days = [day for year in YEARS for day in terms(year)]
    steps = {(later - day).days for day, later in pairwise(days)}
    assert len(days) == 4800
    assert steps == {14, 15, 16}


def test_a_day_knows_the_term_that_falls_on_it():
    assert name_of(date(2026, 4, 5)) is NAMES[solar_terms.QINGMING]
    assert name_of(date(2026, 4, 6)) is None
    assert name_of(date(1900, 4, 5)) is None
    assert name_of(date(2101, 4, 5)) is None


@pytest.mark.parametrize("year", [1900, 2101])
def test_years_that_are_not_known_are_refused(year):
    with pytest.raises(ValueError, match="solar terms are known"):
        terms(year)


def test_a_year_has_24_terms_on_24_days():
    assert all(len(set(terms(year))) == len(NAMES) == 24 for year in YEARS)
    assert timedelta(0) < terms(2026)[0] - date(2025, 12, 31)
