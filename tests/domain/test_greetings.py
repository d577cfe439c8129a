"""Who is greeted when, and once for each occasion."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import birthday_keys, birthdays, greetings
from app.domain.birthdays import Birthday
from app.domain.greetings import (
    ANNIVERSARY,
    BIRTHDAY,
    EVERY,
    OCCASIONS,
    is_kept,
    verdict,
    year_of,
    years_since,
    zodiac,
)

DAYS = st.dates(date(1902, 1, 1), date(2099, 12, 31))


def found_by(stored, day):
    """As a query finds it: by its key."""
    return birthday_keys.key(stored) in birthday_keys.keys_on(day)


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        ("1980-03-15", date(2027, 3, 15)),
        ("--03-15", date(2027, 3, 15)),
        ("1980-02-29", date(2027, 2, 28)),
        ("1980-02-29", date(2028, 2, 29)),
        ("L1975-08-15", date(2026, 9, 25)),
        ("L--08-15", date(2026, 9, 25)),
        ("L1974-04+03", date(2026, 5, 19)),  # 2026 has no leap month 4: the ordinary one
        ("L--12-30", date(2027, 2, 5)),  # the eve, of a twelfth month of 29 days
    ],
)
def test_a_birthday_is_found_on_its_day(stored, day):
    assert found_by(stored, day)
    assert is_kept(birthdays.load(stored), day)


def test_on_28_february_of_a_leap_year_nobody_of_the_29th_is_found():
    assert not found_by("1980-02-29", date(2028, 2, 28))


@given(DAYS, st.booleans(), st.integers(1, 12), st.integers(1, 30), st.booleans())
def test_all_who_keep_a_day_are_found_on_it(day, lunar, month, number, leap):
    try:
        born = Birthday(month, number, None, lunar and leap, lunar)
    except birthdays.NoSuchBirthday:
        return
    assert found_by(birthdays.store(born), birthdays.next_on(born, day))
    assert found_by(birthdays.store(born), day) == is_kept(born, day)


def test_a_lunar_birthday_counts_for_its_lunar_year():
    born = birthdays.load("L--12-20")
    first, second = date(2027, 1, 27), date(2028, 1, 16)
    assert is_kept(born, first)
    assert is_kept(born, second)
    assert (year_of(first, born), year_of(second, born)) == (2026, 2027)
    assert year_of(first) == 2027


@pytest.mark.parametrize(
    ("first", "day", "years"),
    [
        (date(2020, 11, 22), date(2026, 11, 22), 6),
        (date(2020, 11, 22), date(2026, 11, 23), None),
        (date(2026, 11, 22), date(2026, 11, 22), None),
        (date(2027, 11, 22), date(2026, 11, 22), None),
        (date(2024, 2, 29), date(2027, 2, 28), 3),
    ],
)
def test_an_anniversary_counts_years(first, day, years):
    assert years_since(first, day) == years


@pytest.mark.parametrize(
    ("choices", "occasion", "language", "greet"),
    [
        ({}, BIRTHDAY, "en", True),
        ({}, ANNIVERSARY, "zh_CN", True),
        ({}, "spring_festival", "zh_CN", True),
        ({}, "spring_festival", "en", False),
        ({}, "christmas", "en", True),
        ({}, "christmas", "zh_TW", False),
        ({}, "fathers_day", "zh_CN", False),
        ({"christmas": True}, "christmas", "zh_CN", True),
        ({EVERY: True}, "fathers_day", "zh_CN", True),
        ({EVERY: False, "christmas": True}, "christmas", "en", True),
    ],
)
def test_who_said_nothing_is_greeted_at_what_is_usual(choices, occasion, language, greet):
    found = verdict(choices, occasion, language)
    assert found.greet is greet
    assert found.reason is None


@pytest.mark.parametrize("choices", [{EVERY: False}, {BIRTHDAY: False}])
def test_who_wants_no_greeting_gets_none_and_it_says_why(choices):
    found = verdict(choices, BIRTHDAY, "en")
    assert not found.greet
    assert "no greetings" in str(found.reason)


@pytest.mark.parametrize(
    ("day", "animal"),
    [
        (date(2027, 2, 5), "羊"),  # the eve
        (date(2027, 2, 6), "羊"),
        (date(2026, 9, 25), "马"),
        (date(2024, 2, 10), "龙"),
        (date(1850, 1, 1), None),
    ],
)
def test_the_animal_is_that_of_the_year_that_begins(day, animal):
    if animal is None:
        with pytest.raises(ValueError, match="lunar"):
            zodiac(day)
    else:
        assert "鼠牛虎兔龙蛇马羊猴鸡狗猪"[zodiac(day)] == animal


def test_festivals_of_a_day_have_a_name():
    for number in range(366):
        for key in greetings.festivals_on(date(2026, 1, 1) + timedelta(days=number)):
            assert key in OCCASIONS
    assert greetings.festivals_on(date(2027, 2, 5)) == ["new_years_eve"]
