"""Birthdays of sample people and the days on which sample firms were founded."""

from datetime import date, timedelta
from typing import Final

from app.domain import lunar
from app.domain.birthdays import Birthday, store
from app.domain.sample_draw import Draw
from app.domain.sample_parties import Culture

_KNOWN_OF_PEOPLE: Final = 0.25
_KNOWN_OF_FIRMS: Final = 0.15
_LUNAR: Final = {
    Culture.MAINLAND: 0.6,
    Culture.TAIWAN: 0.5,
    Culture.HONG_KONG: 0.4,
    Culture.AMERICA: 0.0,
}
_SHORTEST_MONTH: Final = 29


def of_person(draw: Draw, culture: Culture, today: date) -> str:
    """In the form of domain.birthdays: solar or lunar, the year known to most; "" unknown."""
    if not draw.chance(_KNOWN_OF_PEOPLE):
        return ""
    born = today - timedelta(days=365 * 22 + draw.below(365 * 45))
    known = draw.chance(0.65)
    if not draw.chance(_LUNAR[culture]):
        return store(Birthday(born.month, born.day, born.year if known else None))
    month, day = 1 + draw.below(12), 1 + draw.below(_SHORTEST_MONTH)
    leap = known and lunar.leap_month(born.year) == month and draw.chance(0.5)
    return store(Birthday(month, day, born.year if known else None, leap=leap, lunar=True))


def of_firm(draw: Draw, before: date) -> str:
    """The day it was founded, before somebody met it; "" unknown."""
    if not draw.chance(_KNOWN_OF_FIRMS):
        return ""
    founded = before - timedelta(days=200 + draw.below(365 * 25))
    return store(Birthday(founded.month, founded.day, founded.year))
