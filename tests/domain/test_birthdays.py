import calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import i18n
from app.domain import lunar
from app.domain.birthdays import (
    Birthday,
    NoSuchBirthday,
    age_on,
    describe,
    in_year,
    load,
    next_on,
    parse,
    store,
)
from app.domain.lunar import LunarDate, from_solar, leap_month, month_length, to_solar


@pytest.fixture(params=list(i18n.LANGUAGES))
def any_language(request):
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def speak(code):
    """Use a language; skip where its catalogue does not have the texts of this module yet."""
    i18n.use(code)
    if code != "en" and i18n.tr("Lunar month {month}, day {day}", month=1, day=1).isascii():
        pytest.skip(f"the catalogue of {code} does not have the texts for birthdays yet")


@st.composite
def solar_birthdays(draw):
    day = draw(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
    return Birthday(day.month, day.day, draw(st.sampled_from([day.year, None])))


@st.composite
def lunar_birthdays(draw):
    day = from_solar(draw(st.dates(lunar.FIRST_DAY, lunar.LAST_DAY)))
    year = draw(st.sampled_from([day.year, None]))
    return Birthday(day.month, day.day, year, day.leap, lunar=True)


@st.composite
def leap_birthdays(draw):
    with_leap = [year for year in range(1900, 2101) if leap_month(year)]
    year = draw(st.sampled_from(with_leap))
    month = leap_month(year)
    day = draw(st.integers(1, month_length(year, month, leap=True)))
    return Birthday(month, day, draw(st.sampled_from([year, None])), leap=True, lunar=True)


every_birthday = st.one_of(solar_birthdays(), lunar_birthdays(), leap_birthdays())


def day_of_birth(birthday):
    if birthday.year is None:
        return date.min
    if birthday.lunar:
        return to_solar(LunarDate(birthday.year, birthday.month, birthday.day, leap=birthday.leap))
    return date(birthday.year, birthday.month, birthday.day)


def is_kept(birthday, day):
    """The rule said once more, from the day: is the birthday kept on it?"""
    if not birthday.lunar:
        if (birthday.month, birthday.day) == (2, 29) and not calendar.isleap(day.year):
            return (day.month, day.day) == (2, 28)
        return (day.month, day.day) == (birthday.month, birthday.day)
    here, after = from_solar(day), from_solar(day + timedelta(days=1))
    if here.month != birthday.month:
        return False
    if here.leap != (birthday.leap and leap_month(here.year) == birthday.month):
        return False
    last = after.day == 1
    return here.day == birthday.day or (last and here.day < birthday.day)


@pytest.mark.parametrize(
    ("birthday", "text"),
    [
        (Birthday(3, 15, 1980), "1980-03-15"),
        (Birthday(3, 15), "--03-15"),
        (Birthday(2, 29), "--02-29"),
        (Birthday(10, 15, 1975, lunar=True), "L1975-10-15"),
        (Birthday(10, 15, lunar=True), "L--10-15"),
        (Birthday(4, 3, 1974, leap=True, lunar=True), "L1974-04+03"),
        (Birthday(4, 3, leap=True, lunar=True), "L--04+03"),
    ],
)
def test_a_birthday_is_stored_as_one_short_text(birthday, text):
    assert store(birthday) == text
    assert load(text) == birthday


@given(every_birthday)
def test_what_was_stored_is_loaded_and_can_be_typed(birthday):
    assert load(store(birthday)) == birthday
    assert parse(store(birthday)) == birthday


@pytest.mark.parametrize(
    "text",
    [
        "", "1980-3-15", "1980-03-15 ", "80-03-15", "03-15", "-03-15", "L--10-15x", "l--10-15",
        "19800315", "１９８０-03-15", "1980-02-30", "--02-30", "--13-01", "--03+15", "L1975-04+03",
        "L1899-01-01", "L--10-31", "L--12+01", "0000-01-01",
    ],
)  # fmt: skip
def test_what_was_never_stored_is_not_loaded(text):
    with pytest.raises(ValueError, match=r"\w"):
        load(text)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"month": 13, "day": 1}, "There is no month 13."),
        ({"month": 0, "day": 1}, "There is no month 0."),
        ({"month": 4, "day": 31}, "There is no day 31 in month 4."),
        ({"month": 4, "day": 0}, "There is no day 0 in month 4."),
        ({"month": 2, "day": 29, "year": 1900}, "There is no day 29 in month 2 of 1900."),
        ({"month": 3, "day": 15, "year": 1799}, "The year 1799 cannot be right."),
        ({"month": 3, "day": 15, "year": 2200}, "The year 2200 cannot be right."),
        ({"month": 3, "day": 15, "leap": True}, "Only the lunar calendar has leap months."),
        ({"month": 13, "day": 1, "lunar": True}, "There is no lunar month 13."),
        ({"month": 1, "day": 31, "lunar": True}, "There is no day 31 in a lunar month."),
        (
            {"month": 4, "day": 3, "year": 1975, "leap": True, "lunar": True},
            "Lunar 1975 has no leap month 4.",
        ),
        (
            {"month": 12, "day": 30, "year": 2025, "lunar": True},
            "Month 12 of lunar 2025 has no day 30.",
        ),
        (
            {"month": 6, "day": 30, "year": 2025, "leap": True, "lunar": True},
            "Leap month 6 of lunar 2025 has no day 30.",
        ),
        (
            {"month": 1, "day": 1, "year": 1899, "lunar": True},
            "The lunar calendar is known from 1900 to 2100, not for 1899.",
        ),
        (
            {"month": 12, "day": 1, "leap": True, "lunar": True},
            "No lunar year from 1900 to 2100 has a leap month 12.",
        ),
        (
            {"month": 9, "day": 30, "leap": True, "lunar": True},
            "From 1900 to 2100, no leap month 9 has a day 30.",
        ),
    ],
)
def test_a_birthday_that_does_not_exist_is_refused_with_the_reason(fields, said):
    with pytest.raises(NoSuchBirthday) as refused:
        Birthday(**fields)
    assert str(refused.value) == said
    assert isinstance(refused.value, ValueError)


def test_29_february_is_kept_on_the_28th_in_common_years():
    assert in_year(Birthday(2, 29, 1980), 2023) == [date(2023, 2, 28)]
    assert in_year(Birthday(2, 29, 1980), 2024) == [date(2024, 2, 29)]
    assert next_on(Birthday(2, 29), date(2100, 2, 1)) == date(2100, 2, 28)


def test_a_birthday_in_a_leap_month_is_kept_there_or_in_the_ordinary_month():
    birthday = Birthday(4, 3, 1974, leap=True, lunar=True)
    assert in_year(birthday, 2020) == [to_solar(LunarDate(2020, 4, 3, leap=True))]
    assert in_year(birthday, 2020) == [date(2020, 5, 25)]
    assert in_year(birthday, 2021) == [to_solar(LunarDate(2021, 4, 3))] == [date(2021, 5, 14)]


def test_a_birthday_in_an_ordinary_month_is_not_kept_again_in_its_leap_month():
    assert in_year(Birthday(4, 3, lunar=True), 2020) == [to_solar(LunarDate(2020, 4, 3))]


def test_day_30_is_kept_on_day_29_of_a_short_month():
    eve = Birthday(12, 30, lunar=True)
    assert in_year(eve, 2024) == [date(2024, 2, 9)]
    assert in_year(eve, 2025) == [date(2025, 1, 28)]
    assert in_year(eve, 2026) == [date(2026, 2, 16)]


def test_a_lunar_birthday_may_fall_twice_in_a_year_or_not_at_all():
    birthday = Birthday(11, 25, lunar=True)
    assert in_year(birthday, 2021) == [date(2021, 1, 8), date(2021, 12, 28)]
    assert in_year(birthday, 2022) == [date(2022, 12, 18)]
    assert in_year(birthday, 2023) == []


def test_no_birthday_is_kept_before_the_birth():
    assert in_year(Birthday(3, 15, 1980), 1979) == []
    assert in_year(Birthday(3, 15, 1980), 1980) == [date(1980, 3, 15)]
    assert in_year(Birthday(11, 25, 2021, lunar=True), 2021) == [date(2021, 12, 28)]
    assert next_on(Birthday(3, 15, 2030), date(2026, 11, 22)) == date(2030, 3, 15)


def test_the_next_birthday_may_be_today():
    assert next_on(Birthday(11, 22), date(2026, 11, 22)) == date(2026, 11, 22)
    assert next_on(Birthday(11, 21), date(2026, 11, 22)) == date(2027, 11, 21)
    assert next_on(Birthday(8, 15, lunar=True), date(2026, 9, 25)) == date(2026, 9, 25)
    assert next_on(Birthday(8, 15, lunar=True), date(2026, 9, 26)) == date(2027, 9, 15)


@given(every_birthday, st.integers(1901, 2100))
def test_the_birthdays_of_a_year_are_the_days_on_which_the_rule_holds(birthday, year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + calendar.isleap(year))]
    born = day_of_birth(birthday)
    assert in_year(birthday, year) == [d for d in days if d >= born and is_kept(birthday, d)]


@given(every_birthday, st.dates(date(1901, 1, 1), date(2098, 12, 31)))
def test_the_next_birthday_is_the_first_of_the_coming_years(birthday, today):
    earliest = max(today, day_of_birth(birthday))
    assume(earliest.year <= 2098)
    coming = [day for year in range(3) for day in in_year(birthday, earliest.year + year)]
    assert next_on(birthday, today) == min(day for day in coming if day >= earliest)


@given(every_birthday, st.dates(date(1901, 1, 1), date(2098, 12, 31)))
def test_one_is_a_year_older_on_every_birthday(birthday, today):
    assume(birthday.year is not None)
    born = day_of_birth(birthday)
    assume(born <= today)
    kept = next_on(birthday, today)
    before = age_on(birthday, kept - timedelta(days=1)) if kept > born else -1
    assert age_on(birthday, kept) == before + 1


@given(every_birthday)
def test_one_is_nothing_old_on_the_day_of_birth(birthday):
    assume(birthday.year is not None)
    born = day_of_birth(birthday)
    assert age_on(birthday, born) == 0
    if born > lunar.FIRST_DAY:
        assert age_on(birthday, born - timedelta(days=1)) is None


def test_the_age_is_that_of_the_birthdays_kept():
    assert age_on(Birthday(3, 15, 1980), date(2026, 3, 14)) == 45
    assert age_on(Birthday(3, 15, 1980), date(2026, 3, 15)) == 46
    assert age_on(Birthday(2, 29, 2000), date(2026, 2, 28)) == 26
    born_in_leap_month = Birthday(4, 3, 1974, leap=True, lunar=True)
    assert age_on(born_in_leap_month, date(2026, 5, 18)) == 51
    assert age_on(born_in_leap_month, date(2026, 5, 19)) == 52
    assert age_on(Birthday(12, 20, 1980, lunar=True), date(2026, 1, 31)) == 44
    assert age_on(Birthday(12, 20, 1980, lunar=True), date(2026, 2, 7)) == 45


def test_without_a_year_there_is_no_age():
    assert age_on(Birthday(3, 15), date(2026, 3, 15)) is None
    assert age_on(Birthday(10, 15, lunar=True), date(2026, 3, 15)) is None


@pytest.mark.parametrize("year", [1900, 2101])
def test_a_solar_year_that_the_lunar_calendar_does_not_cover_is_refused(year):
    with pytest.raises(ValueError, match=f"not known for all of {year}"):
        in_year(Birthday(10, 15, lunar=True), year)


@pytest.mark.parametrize("today", [date(1900, 1, 30), date(2101, 1, 1), date(2150, 1, 1)])
def test_where_the_lunar_calendar_ends_there_is_no_next_birthday(today):
    with pytest.raises(ValueError, match="lunar calendar"):
        next_on(Birthday(10, 15, lunar=True), today)


def test_the_last_solar_birthday_is_followed_by_none():
    assert next_on(Birthday(12, 31), date.max) == date.max
    with pytest.raises(ValueError, match="calendar ends"):
        next_on(Birthday(12, 30), date.max)


@pytest.mark.parametrize(
    ("text", "english", "simplified", "traditional"),
    [
        ("1980-03-15", "15 March 1980", "1980年3月15日", "1980年3月15日"),
        ("--02-29", "29 February", "2月29日", "2月29日"),
        ("L--10-15", "Lunar month 10, day 15", "农历十月十五", "農曆十月十五"),
        ("L1975-12-23", "Lunar 1975, month 12, day 23", "农历1975年腊月廿三", "農曆1975年臘月廿三"),
        ("L--04+03", "Lunar leap month 4, day 3", "农历闰四月初三", "農曆閏四月初三"),
        (
            "L1974-04+03",
            "Lunar 1974, leap month 4, day 3",
            "农历1974年闰四月初三",
            "農曆1974年閏四月初三",
        ),
    ],
)
def test_a_birthday_is_described_in_the_language_in_use(
    any_language, text, english, simplified, traditional
):
    expected = {"en": english, "zh_CN": simplified, "zh_TW": traditional}
    if text.startswith("L"):
        speak(any_language)
    assert describe(load(text)) == expected[any_language]


@pytest.mark.parametrize("code", ["zh_CN", "zh_TW"])
@given(birthday=lunar_birthdays())
def test_chinese_descriptions_hold_the_chinese_words(code, birthday):
    i18n.use(code)
    try:
        described = describe(birthday)
        assert lunar.month_word(birthday.month) in described
        assert lunar.day_word(birthday.day) in described
    finally:
        i18n.use("en")


def test_a_description_can_be_typed(any_language):
    speak(any_language)

    @given(every_birthday)
    def described_and_typed(birthday):
        assert parse(describe(birthday)) == birthday

    described_and_typed()
