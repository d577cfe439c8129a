"""Festivals on the days on which they were and will be kept."""

import json
from datetime import date, timedelta

import pytest

from app.domain import festivals, lunar
from app.domain.festivals import FESTIVALS, next_on, on

YEARS = range(1901, 2101)


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("new_years_eve", date(2025, 1, 28)),
        ("new_years_eve", date(2026, 2, 16)),
        ("spring_festival", date(2026, 2, 17)),
        ("lantern", date(2026, 3, 3)),
        ("qingming", date(2026, 4, 5)),
        ("easter", date(2026, 4, 5)),
        ("mothers_day", date(2026, 5, 10)),
        ("fathers_day", date(2026, 6, 21)),
        ("dragon_boat", date(2026, 6, 19)),
        ("qixi", date(2026, 8, 19)),
        ("mid_autumn", date(2026, 9, 25)),
        ("double_ninth", date(2026, 10, 18)),
        ("thanksgiving", date(2026, 11, 26)),
        ("thanksgiving", date(2029, 11, 22)),
        ("winter_solstice", date(2026, 12, 22)),
        ("christmas", date(2026, 12, 25)),
        ("dragon_boat", date(2025, 5, 31)),
        ("mid_autumn", date(2025, 10, 6)),
    ],
)
def test_a_festival_is_on_its_published_day(key, day):
    assert on(key, day.year) == day


def test_every_festival_falls_into_the_year_it_is_asked_for():
    wrong = [(key, year) for key in FESTIVALS for year in YEARS if on(key, year).year != year]
    assert wrong == []


def test_the_eve_and_mid_autumn_agree_with_the_reference(shared_data):
    found = json.loads(
        (shared_data / "calendar" / "lunar_reference_1900_2100.json").read_text(encoding="utf-8")
    )
    eves = found["new_years_eve 除夕 {new year: [date, lunar m/d of old year]}"]
    assert {year: on("new_years_eve", int(year)).isoformat() for year in eves} == {
        year: day for year, (day, _) in eves.items()
    }
    autumns = found["mid_autumn"]
    assert {year: on("mid_autumn", int(year)).isoformat() for year in autumns} == autumns


def test_the_eve_is_the_last_day_of_the_lunar_year_whatever_its_number():
    days = {lunar.from_solar(on("new_years_eve", year)).day for year in YEARS}
    assert days == {29, 30}


def test_a_festival_of_today_is_the_next_one_and_yesterdays_comes_next_year():
    assert next_on("christmas", date(2026, 12, 25)) == date(2026, 12, 25)
    assert next_on("spring_festival", date(2026, 2, 18)) == date(2027, 2, 6)


def test_a_range_lists_festivals_in_order_and_leaves_out_what_is_not_known():
    found = [(day, one.key) for day, one in festivals.between(date(2025, 12, 25), date(2026, 3, 3))]
    assert found == [
        (date(2025, 12, 25), "christmas"),
        (date(2026, 1, 1), "new_year"),
        (date(2026, 2, 14), "valentine"),
        (date(2026, 2, 16), "new_years_eve"),
        (date(2026, 2, 17), "spring_festival"),
        (date(2026, 3, 3), "lantern"),
    ]
    later = [one.key for _, one in festivals.between(date(2150, 1, 1), date(2150, 12, 31))]
    assert "christmas" in later
    assert "spring_festival" not in later


def test_a_year_that_is_not_known_and_a_key_that_is_none_are_refused():
    with pytest.raises(ValueError, match="2101"):
        on("spring_festival", 2101)
    with pytest.raises(KeyError):
        on("pancake_day", 2026)
    assert on("new_years_eve", 2027) + timedelta(days=1) == on("spring_festival", 2027)
