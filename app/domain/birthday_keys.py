"""Which stored birthdays are kept on a day: the way back from a day to the texts.

A stored birthday (domain.birthdays) ends in its month and its day, and begins with L if it is
lunar. `key` is what of it decides on which days it is kept, its year apart, so that a database can
choose the birthdays of a day among all by the end of their texts.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from app.domain.birthdays import in_year, load
from app.domain.lunar import FIRST_YEAR, LAST_YEAR, from_solar, leap_month, month_length

_SHORT: Final = 29
_LONG: Final = 30
_ONE: Final = timedelta(days=1)


def key(stored: str) -> str:
    """03-15, or lunar L10-15; of one in a leap month L04+03."""
    return f"{'L' if stored.startswith('L') else ''}{stored[-5:]}"


def keys_on(day: date) -> frozenset[str]:
    """The keys of all birthdays that are kept on `day`; lunar ones only where they are known."""
    return frozenset({*month_day_keys(day), *_lunar_keys(day)})


def month_day_keys(day: date) -> tuple[str, ...]:
    """The same of the solar ones only; 29 February is kept on the 28th in common years."""
    own = f"{day:%m-%d}"
    if own == "02-28" and (day + _ONE).month == 3:
        return own, "02-29"
    return (own,)


def kept_in(stored: str, years: Iterable[int]) -> frozenset[date]:
    """The days of some years on which a stored birthday is kept; none for a text that is none."""
    try:
        return frozenset(day for year in years for day in in_year(load(stored), year))
    except ValueError:
        return frozenset()


def _lunar_keys(day: date) -> list[str]:
    # a day of which `in_year` says nothing is nobody's birthday
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        return []
    held = from_solar(day)
    signs = ["+"] if held.leap else ["-"]
    if not held.leap and leap_month(held.year) != held.month:
        signs.append("+")  # kept in the ordinary month where the year lacks the leap one
    days = [held.day]
    if held.day == _SHORT == month_length(held.year, held.month, leap=held.leap):
        days.append(_LONG)
    return [f"L{held.month:02}{sign}{one:02}" for sign in signs for one in days]
