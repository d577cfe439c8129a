"""Birthdays, solar (公历) and lunar (农历), with or without the year.

When a birthday is kept in a year that lacks its own day:

- 29 February: on 28 February in common years;
- a leap month (闰四月): in the leap month where the year has this one, else in the ordinary month
  of the same number;
- day 30 of a lunar month that has 29 days this year: on day 29, so that 腊月三十 is always the eve
  of the new year.

A lunar birthday may fall twice in a solar year, or not at all.

`store` writes a birthday as one compact text, `load` reads it. Month and day have two digits, the
year four, or "-" stands for it as in a vCard:

    1980-03-15   --03-15    solar
    L1975-10-15  L--10-15   lunar: year, month and day of the lunar calendar
    L1974-04+03  L--04+03   lunar, in the leap month 4
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from typing_extensions import override

from app.domain import birthday_words
from app.domain.birthday_words import Written
from app.domain.dates import EARLIEST_YEAR, LATEST_YEAR, LONGEST, Order
from app.domain.lunar import (
    FIRST_DAY,
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    LunarDate,
    day_word,
    from_solar,
    leap_month,
    month_length,
    month_word,
    to_solar,
)
from app.i18n import Message, language, locale_code, tr

_ANY_YEAR: Final = 2000  # has 29 February
_STORED: Final = re.compile(r"(L?)([0-9]{4}|-)-([0-9]{2})([-+])([0-9]{2})")


class NoSuchBirthday(ValueError):
    """A birthday that does not exist; `message` says why, in the language in use."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message

    @override
    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of birth that exists; any other raises NoSuchBirthday, which is a ValueError.

    If `lunar`, then `year`, `month` and `day` are those of the lunar calendar, and `leap` says that
    `month` is the leap month of that number. Without `year`, what exists in some year is right.
    """

    month: int
    day: int
    year: int | None = None
    leap: bool = False
    lunar: bool = False

    def __post_init__(self) -> None:
        if problem := _lunar_problem(self) if self.lunar else _solar_problem(self):
            raise NoSuchBirthday(problem)


def parse(text: str, order: Order = "mdy") -> Birthday | None:
    """The birthday `text` means, or None if it means none, or could be two; `explain` says why.

    Read are, among others, 1980-03-15, 3/15, March 15, 15 Mar 1980, 3月15日, 民國69年3月15日,
    农历八月十五, 阴历1974年闰四月初三, 腊月廿三, lunar 8-15, and what `store` and `describe` write.

    3/4 and 3/4/1980 are read as `order` says: by default the month comes first; where that is no
    day (15/3), it is turned round. With "auto" 3/4 is not read. A lunar month is always first.
    Chinese figures without 日 or a word for the calendar (三月十五) are not read: they can be both.
    """
    found = _read(text, order)
    return found if isinstance(found, Birthday) else None


def explain(text: str, order: Order = "mdy") -> Message | None:
    """Why `parse` gives None, for the field; None if it does not, or `text` is blank."""
    found = _read(text, order)
    return found if isinstance(found, Message) and text.strip() else None


def store(birthday: Birthday) -> str:
    """The compact text of a birthday, as the module describes it."""
    mark = "L" if birthday.lunar else ""
    year = "-" if birthday.year is None else f"{birthday.year:04}"
    return f"{mark}{year}-{birthday.month:02}{'+' if birthday.leap else '-'}{birthday.day:02}"


def load(text: str) -> Birthday:
    """The birthday that `store` wrote as `text`; ValueError for any other text."""
    found = _STORED.fullmatch(text)
    if not found:
        raise ValueError(f"not a stored birthday: {text[:LONGEST]!r}")
    return _from_stored(found)


def in_year(birthday: Birthday, solar_year: int) -> list[date]:
    """The days of a solar year on which it is kept, in order; none before the day of birth.

    For a lunar birthday `solar_year` is one of 1901 to 2100, else ValueError.
    """
    if birthday.lunar:
        if not FIRST_YEAR < solar_year <= LAST_YEAR:
            raise ValueError(f"lunar dates are not known for all of {solar_year}")
        days = [_in_lunar_year(birthday, year) for year in (solar_year - 1, solar_year)]
    else:
        days = [_in_solar_year(birthday, solar_year)]
    born = _born(birthday) or date.min
    return [day for day in days if day.year == solar_year and born <= day]


def next_on(birthday: Birthday, today: date) -> date:
    """The first day from `today` on, and not before the day of birth, on which it is kept.

    ValueError for a lunar birthday if the calendar ends before that day (2101-01-28), or begins
    after `today` (1900-01-31).
    """
    earliest = max(today, _born(birthday) or today)
    for day in _from_year(birthday, earliest):
        if day >= earliest:
            return day
    which = "lunar calendar" if birthday.lunar else "calendar"
    raise ValueError(f"the {which} ends before the next birthday, or begins after {earliest}")


def age_on(birthday: Birthday, day: date) -> int | None:
    """Years completed on `day`, counted by the birthdays kept since; None if not known or not born.

    Not the traditional count (虚岁), which gives a year at birth. ValueError for a lunar birthday
    and a day that the lunar calendar does not reach.
    """
    born = _born(birthday)
    if birthday.year is None or born is None or day < born:
        return None
    if birthday.lunar:
        year = from_solar(day).year
        return year - birthday.year - (day < _in_lunar_year(birthday, year))
    return day.year - birthday.year - (day < _in_solar_year(birthday, day.year))


def describe(birthday: Birthday) -> str:
    """In the language in use: 15 March 1980, 3月15日, 农历十月十五, Lunar month 10, day 15."""
    if birthday.lunar:
        return _describe_lunar(birthday)
    from babel.dates import format_date, format_skeleton

    locale = {"en": "en_GB"}.get(locale_code(), locale_code())
    if birthday.year is None:
        day = date(_ANY_YEAR, birthday.month, birthday.day)
        return str(format_skeleton("MMMMd", day, locale=locale))
    return str(
        format_date(date(birthday.year, birthday.month, birthday.day), "long", locale=locale)
    )


def _describe_lunar(birthday: Birthday) -> str:
    month: object = birthday.month
    day: object = birthday.day
    if language() in {"zh_CN", "zh_TW"}:
        month, day = month_word(birthday.month), day_word(birthday.day)
    year = birthday.year
    if year is None and birthday.leap:
        return tr("Lunar leap month {month}, day {day}", month=month, day=day)
    if year is None:
        return tr("Lunar month {month}, day {day}", month=month, day=day)
    if birthday.leap:
        return tr("Lunar {year}, leap month {month}, day {day}", year=year, month=month, day=day)
    return tr("Lunar {year}, month {month}, day {day}", year=year, month=month, day=day)


def _solar_problem(birthday: Birthday) -> Message | None:
    year, month, day = birthday.year, birthday.month, birthday.day
    if birthday.leap:
        return Message("Only the lunar calendar has leap months.")
    if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return Message("The year {year} cannot be right.", params={"year": year})
    if not 1 <= month <= 12:
        return Message("There is no month {month}.", params={"month": month})
    if 1 <= day <= _length(year or _ANY_YEAR, month):
        return None
    if year is None:
        return Message(
            "There is no day {day} in month {month}.", params={"day": day, "month": month}
        )
    return Message(
        "There is no day {day} in month {month} of {year}.",
        params={"day": day, "month": month, "year": year},
    )


def _lunar_problem(birthday: Birthday) -> Message | None:
    year, month, day = birthday.year, birthday.month, birthday.day
    if not 1 <= month <= 12:
        return Message("There is no lunar month {month}.", params={"month": month})
    if not 1 <= day <= 30:
        return Message("There is no day {day} in a lunar month.", params={"day": day})
    if year is None:
        return _yearless_problem(birthday)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Message(
            "The lunar calendar is known from {first} to {last}, not for {year}.",
            params={"first": FIRST_YEAR, "last": LAST_YEAR, "year": year},
        )
    if birthday.leap and leap_month(year) != month:
        return Message(
            "Lunar {year} has no leap month {month}.", params={"year": year, "month": month}
        )
    if day <= month_length(year, month, leap=birthday.leap):
        return None
    params = {"year": year, "month": month, "day": day}
    if birthday.leap:
        return Message("Leap month {month} of lunar {year} has no day {day}.", params=params)
    return Message("Month {month} of lunar {year} has no day {day}.", params=params)


def _yearless_problem(birthday: Birthday) -> Message | None:
    month, day = birthday.month, birthday.day
    if not birthday.leap:
        return None
    years = [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if leap_month(year) == month]
    params = {"first": FIRST_YEAR, "last": LAST_YEAR, "month": month}
    if not years:
        return Message(
            "No lunar year from {first} to {last} has a leap month {month}.", None, params
        )
    if any(day <= month_length(year, month, leap=True) for year in years):
        return None
    return Message(
        "From {first} to {last}, no leap month {month} has a day {day}.",
        params={**params, "day": day},
    )


def _born(birthday: Birthday) -> date | None:
    if birthday.year is None:
        return None
    if birthday.lunar:
        return _in_lunar_year(birthday, birthday.year)
    return date(birthday.year, birthday.month, birthday.day)


def _in_solar_year(birthday: Birthday, year: int) -> date:
    return date(year, birthday.month, min(birthday.day, _length(year, birthday.month)))


def _length(year: int, month: int) -> int:
    """Days of a solar month."""
    return calendar.monthrange(year, month)[1]


def _in_lunar_year(birthday: Birthday, year: int) -> date:
    leap = birthday.leap and leap_month(year) == birthday.month
    day = min(birthday.day, month_length(year, birthday.month, leap=leap))
    return to_solar(LunarDate(year, birthday.month, day, leap))


def _from_year(birthday: Birthday, earliest: date) -> Iterator[date]:
    """On which days it is kept in the year of `earliest` and in the next, in its own calendar."""
    if not birthday.lunar:
        years = range(earliest.year, min(earliest.year + 1, date.max.year) + 1)
        yield from (_in_solar_year(birthday, year) for year in years)
    elif FIRST_DAY <= earliest <= LAST_DAY:
        first = from_solar(earliest).year
        years = range(first, min(first + 1, LAST_YEAR) + 1)
        yield from (_in_lunar_year(birthday, year) for year in years)


def _from_stored(found: re.Match[str]) -> Birthday:
    mark, year, month, joint, day = found.groups()
    return Birthday(
        int(month), int(day), None if year == "-" else int(year), joint == "+", mark == "L"
    )


def _read(text: str, order: Order) -> Birthday | Message:
    try:
        if found := _STORED.fullmatch(text.strip()):
            return _from_stored(found)
        written = birthday_words.read(text, order)
        return Birthday(*written) if isinstance(written, Written) else written
    except NoSuchBirthday as impossible:
        return impossible.message
