"""The Chinese lunisolar calendar (农历), right for every day from 1901-01-01 to 2100-12-31.

A lunar year has twelve months of 29 or 30 days, or thirteen: the leap month carries the number of
the month before it (闰四月 follows 四月). The year is counted by its first month, so that the last
weeks of lunar 2025 lie in 2026.

The months are facts kept in a table, not computed: no formula agrees with the published calendar
everywhere. It is the calendar of China (midnight at UTC+8, before 1929 Beijing's own time); those
of Korea and Viet Nam differ in some months. Three new moons fall so near to midnight that the
Hong Kong Observatory may still move them by a day: 2057-09-28, 2089-09-04 and 2097-08-07.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.i18n import language

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

_NEW_YEAR_OF_FIRST: Final = date(1900, 1, 31)
# One figure a lunar year from 1900 on, hexadecimal. Bits 0 to 12: do its first to its last month,
# the leap month where it stands, have 30 days (1) or 29 (0)? From bit 13: number of the leap
# month, or 0.
_YEARS: Final = (
    "116D2 00752 00EA5 0B64A 0064B 00A9B 09556 0056A 00B59 05752 "  # 1900
    "00752 0DB25 00B25 00A4B 0B4AB 002AD 0056B 04B69 00DA9 0FD92 "  # 1910
    "00E92 00D25 0BA4D 00A56 002B6 095B5 006D4 00EA9 05E92 00E92 "  # 1920
    "0CD26 0052B 00A57 0B2B6 00B5A 006D4 06EC9 00749 0F693 00A93 "  # 1930
    "0052B 0CA5B 00AAD 0056A 09B55 00BA4 00B49 05A93 00A95 0F52D "  # 1940
    "00536 00AAD 0B5AA 005B2 00DA5 07D4A 00D4A 10A95 00A97 00556 "  # 1950
    "0CAB5 00AD5 006D2 08EA5 00EA5 0064A 06C97 00A9B 0F55A 0056A "  # 1960
    "00B69 0B752 00B52 00B25 0964B 00A4B 114AB 002AD 0056D 0CB69 "  # 1970
    "00DA9 00D92 09D25 00D25 15A4D 00A56 002B6 0C5B5 006D5 00EA9 "  # 1980
    "0BE92 00E92 00D26 06A56 00A57 114D6 0035A 006D5 0B6C9 00749 "  # 1990
    "00693 0952B 0052B 00A5B 0555A 0056A 0FB55 00BA4 00B49 0BA93 "  # 2000
    "00A95 0052D 08AAD 00AB5 135AA 005D2 00DA5 0DD4A 00D4A 00C95 "  # 2010
    "0952E 00556 00AB5 055B2 006D2 0CEA5 00725 0064B 0AC97 00CAB "  # 2020
    "0055A 06AD6 00B69 17752 00B52 00B25 0DA4B 00A4B 004AB 0A55B "  # 2030
    "005AD 00B6A 05B52 00D92 0FD25 00D25 00A55 0B4AD 004B6 005B5 "  # 2040
    "06DAA 00EC9 11E92 00E92 00D26 0CA56 00A57 00556 086D5 00755 "  # 2050
    "00749 06E93 00693 0F52B 0052B 00A5B 0B55A 0056A 00B65 0974A "  # 2060
    "00B4A 11A95 00A95 0052D 0CAAD 00AB5 005AA 08BA5 00DA5 00D4A "  # 2070
    "07C95 00C96 0F94E 00556 00AB5 0B5B2 006D2 00EA5 08E4A 0068B "  # 2080
    "10C97 004AB 0055B 0CAD6 00B6A 00752 09725 00B45 00A8B 0549B "  # 2090
    "004AB"  # 2100
)

_MONTH_WORDS: Final = (
    "正月", "二月", "三月", "四月", "五月", "六月",
    "七月", "八月", "九月", "十月", "十一月", "腊月",
)  # fmt: skip
_DAY_WORDS: Final = (
    *(f"初{figure}" for figure in "一二三四五六七八九十"),
    *(f"十{figure}" for figure in "一二三四五六七八九"), "二十",
    *(f"廿{figure}" for figure in "一二三四五六七八九"), "三十",
)  # fmt: skip
_TRADITIONAL: Final = str.maketrans("闰腊", "閏臘")


class _Month(NamedTuple):
    year: int
    month: int
    leap: bool
    first: int
    """Ordinal of its first day."""
    length: int


def _months() -> Iterator[_Month]:
    """Every month of the table, in order."""
    first = _NEW_YEAR_OF_FIRST.toordinal()
    for year, figure in enumerate(_YEARS.split(), start=FIRST_YEAR):
        leap_month, lengths = divmod(int(figure, 16), 1 << 13)
        names = [(month, False) for month in range(1, 13)]
        if leap_month:
            names.insert(leap_month, (leap_month, True))
        for place, (month, leap) in enumerate(names):
            length = 29 + (lengths >> place & 1)
            yield _Month(year, month, leap, first, length)
            first += length


_MONTHS: Final = tuple(_months())
_FIRST_ORDINALS: Final = tuple(month.first for month in _MONTHS)
_BY_NAME: Final = {(month.year, month.month, month.leap): month for month in _MONTHS}
_LEAP_MONTHS: Final = {month.year: month.month for month in _MONTHS if month.leap}

FIRST_DAY: Final = date.fromordinal(_MONTHS[0].first)
LAST_DAY: Final = date.fromordinal(_MONTHS[-1].first + _MONTHS[-1].length - 1)


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the lunar calendar that exists; any other raises ValueError.

    `year` is the lunar year, FIRST_YEAR to LAST_YEAR; `leap` says that `month` is the leap month
    of that number.
    """

    year: int
    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        length = month_length(self.year, self.month, leap=self.leap)
        if not 1 <= self.day <= length:
            raise ValueError(f"{_named(self.year, self.month, leap=self.leap)} has {length} days")


def from_solar(day: date) -> LunarDate:
    """The lunar date of a day from FIRST_DAY to LAST_DAY; ValueError for others."""
    ordinal = day.toordinal()
    if not FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
        raise ValueError(f"lunar dates are known from {FIRST_DAY} to {LAST_DAY}, not for {day}")
    month = _MONTHS[bisect_right(_FIRST_ORDINALS, ordinal) - 1]
    return LunarDate(month.year, month.month, ordinal - month.first + 1, month.leap)


def to_solar(lunar: LunarDate) -> date:
    """The day on which a lunar date falls."""
    month = _BY_NAME[lunar.year, lunar.month, lunar.leap]
    return date.fromordinal(month.first + lunar.day - 1)


def leap_month(year: int) -> int | None:
    """Number of the leap month of a lunar year, None if it has none; ValueError if not known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"lunar years are known from {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    return _LEAP_MONTHS.get(year)


def month_length(year: int, month: int, *, leap: bool = False) -> int:
    """Days of a lunar month, 29 or 30; ValueError if the year or the month does not exist."""
    found = _BY_NAME.get((year, month, leap))
    if found is None:
        raise ValueError(f"there is no {_named(year, month, leap=leap)}")
    return found.length


def month_word(month: int) -> str:
    """正月 to 腊月 (臘月 where traditional characters are read), for 1 to 12."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no lunar month {month}")
    return _in_script(_MONTH_WORDS[month - 1])


def day_word(day: int) -> str:
    """初一, 十五, 廿三, 三十, for 1 to 30."""
    if not 1 <= day <= 30:
        raise ValueError(f"there is no lunar day {day}")
    return _DAY_WORDS[day - 1]


def words(month: int, day: int, *, leap: bool = False) -> str:
    """As it is said in Chinese, whatever the language of the rest: 十月十五, 闰四月初三.

    In traditional characters if these are the language in use (閏, 臘), else in simplified ones.
    """
    return _in_script("闰" if leap else "") + month_word(month) + day_word(day)


def _in_script(text: str) -> str:
    return text.translate(_TRADITIONAL) if language() == "zh_TW" else text


def _named(year: int, month: int, *, leap: bool) -> str:
    return f"{'leap ' if leap else ''}month {month} of lunar {year}"
