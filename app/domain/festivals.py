"""Festivals that customers are greeted at: which there are, and when.

Each falls on one day of every year, which for lunar festivals and solar terms is known from 1901 to
2100. New Year's Eve (除夕) is the day before the first of the first month: the 29th or the 30th of
the last. Easter is that of the western churches.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain import lunar, solar_terms
from app.domain.lunar import LunarDate
from app.i18n import Message


class Culture(StrEnum):
    """Where a festival is at home: a first choice of what to greet a customer at."""

    CHINESE = "chinese"
    WESTERN = "western"
    MODERN = "modern"
    """Days of a profession or of a family, kept almost everywhere."""


@dataclass(frozen=True, slots=True)
class Festival:
    """`key` is stored; `on` gives its day in a solar year, ValueError where that is not known."""

    key: str
    name: Message
    culture: Culture
    on: Callable[[int], date]


def _lunar(month: int, day: int) -> Callable[[int], date]:
    # months 1 to 9 of a lunar year lie in the solar year of the same number
    return lambda year: lunar.to_solar(LunarDate(year, month, day))


def _eve(year: int) -> date:
    return lunar.to_solar(LunarDate(year, 1, 1)) - timedelta(days=1)


def _term(place: int) -> Callable[[int], date]:
    return lambda year: solar_terms.terms(year)[place]


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _weekday(month: int, weekday: int, place: int) -> Callable[[int], date]:
    """The n-th Monday (0) to Sunday (6) of a month."""

    def on(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))

    return on


def _easter(year: int) -> date:
    from dateutil.easter import easter

    return easter(year)


_THURSDAY: Final = 3
_SUNDAY: Final = 6
_CHINESE, _WESTERN, _MODERN = Culture.CHINESE, Culture.WESTERN, Culture.MODERN

_ALL: Final = (
    Festival("new_year", Message("New Year's Day"), _MODERN, _fixed(1, 1)),
    Festival("new_years_eve", Message("Chinese New Year's Eve"), _CHINESE, _eve),
    Festival("spring_festival", Message("Spring Festival"), _CHINESE, _lunar(1, 1)),
    Festival("lantern", Message("Lantern Festival"), _CHINESE, _lunar(1, 15)),
    Festival("valentine", Message("Valentine's Day"), _WESTERN, _fixed(2, 14)),
    Festival("womens_day", Message("Women's Day"), _MODERN, _fixed(3, 8)),
    Festival("easter", Message("Easter"), _WESTERN, _easter),
    Festival("qingming", Message("Qingming"), _CHINESE, _term(solar_terms.QINGMING)),
    Festival("labour_day", Message("Labour Day"), _MODERN, _fixed(5, 1)),
    Festival("mothers_day", Message("Mother's Day"), _MODERN, _weekday(5, _SUNDAY, 2)),
    Festival("childrens_day", Message("Children's Day"), _MODERN, _fixed(6, 1)),
    Festival("dragon_boat", Message("Dragon Boat Festival"), _CHINESE, _lunar(5, 5)),
    Festival("fathers_day", Message("Father's Day"), _MODERN, _weekday(6, _SUNDAY, 3)),
    Festival("qixi", Message("Qixi Festival"), _CHINESE, _lunar(7, 7)),
    Festival("teachers_day", Message("Teachers' Day"), _MODERN, _fixed(9, 10)),
    Festival("mid_autumn", Message("Mid-Autumn Festival"), _CHINESE, _lunar(8, 15)),
    Festival("national_day", Message("National Day"), _CHINESE, _fixed(10, 1)),
    Festival("double_ninth", Message("Double Ninth Festival"), _CHINESE, _lunar(9, 9)),
    Festival("thanksgiving", Message("Thanksgiving"), _WESTERN, _weekday(11, _THURSDAY, 4)),
    Festival("winter_solstice", Message("Winter solstice"), _CHINESE,
             _term(solar_terms.WINTER_SOLSTICE)),
    Festival("christmas", Message("Christmas"), _WESTERN, _fixed(12, 25)),
)  # fmt: skip

FESTIVALS: Final[Mapping[str, Festival]] = MappingProxyType({one.key: one for one in _ALL})
"""By key, roughly in the order of the year."""


def on(key: str, solar_year: int) -> date:
    """The day of a festival; KeyError for a key that is none, ValueError for a year not known."""
    return FESTIVALS[key].on(solar_year)


def next_on(key: str, today: date) -> date:
    """The first day from `today` on; KeyError and ValueError as `on`."""
    day = on(key, today.year)
    return day if day >= today else on(key, today.year + 1)


def between(first: date, last: date) -> Iterator[tuple[date, Festival]]:
    """Every festival from `first` to `last`, in order; those of years not known are left out."""
    for year in range(first.year, last.year + 1):
        days = [(day, one) for one in _ALL if (day := _known(one, year)) is not None]
        days.sort(key=lambda found: found[0])
        yield from (found for found in days if first <= found[0] <= last)


def _known(festival: Festival, year: int) -> date | None:
    try:
        return festival.on(year)
    except ValueError:
        return None
