from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.birthday_keys import kept_in, key, keys_on
from app.domain.birthdays import Birthday, in_year, store
from app.domain.lunar import from_solar
from tests.domain.test_birthdays import every_birthday

DAYS = st.dates(date(1901, 1, 1), date(2100, 12, 31))


@given(every_birthday, st.integers(1901, 2100))
def test_a_birthday_is_among_the_keys_of_every_day_on_which_it_is_kept(birthday, year):
    for day in in_year(birthday, year):
        assert key(store(birthday)) in keys_on(day)


@given(every_birthday, DAYS)
def test_a_day_has_the_keys_of_no_birthday_that_is_kept_on_another(birthday, day):
    nobody_yet = Birthday(birthday.month, birthday.day, None, birthday.leap, birthday.lunar)
    has = key(store(nobody_yet)) in keys_on(day)
    assert has == (day in in_year(nobody_yet, day.year))


@given(DAYS)
def test_everybody_born_on_a_day_like_this_is_found(day):
    lunar = from_solar(day)
    own = Birthday(lunar.month, lunar.day, None, lunar.leap, lunar=True)
    assert {key(store(own)), f"{day:%m-%d}"} <= keys_on(day)


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2027, 2, 28), {"02-28", "02-29", "L01-23", "L01+23"}),
        (date(2028, 2, 28), {"02-28", "L02-04", "L02+04"}),
        (date(1899, 12, 31), {"12-31"}),
        (date(2150, 6, 1), {"06-01"}),
    ],
)
def test_short_years_and_years_without_a_lunar_calendar(day, keys):
    assert keys_on(day) == keys


def test_the_last_of_a_short_lunar_month_is_also_that_of_who_was_born_on_the_thirtieth():
    eve = date(2026, 2, 16)
    lunar = from_solar(eve)
    assert (lunar.month, lunar.day) == (12, 29)
    assert {"L12-29", "L12-30"} <= keys_on(eve)


def test_what_is_no_birthday_is_kept_on_no_day():
    assert not kept_in("spring", [2026])
    assert kept_in("L--10-15", range(2025, 2028)) == {
        date(2025, 12, 4), date(2026, 11, 23), date(2027, 11, 12)
    }  # fmt: skip
    assert kept_in("2026-03-15", [2025, 2026]) == {date(2026, 3, 15)}
