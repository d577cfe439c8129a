"""The recurrences that are offered for a day, so that nobody has to know how to write them."""

from datetime import date
from typing import Final

from app.domain import lunar
from app.domain.recurrence_rule import (
    Freq,
    Recurrence,
    after_done,
    daily,
    lunar_yearly,
    monthly_nth,
    monthly_on,
    weekly,
    workday_of_month,
    yearly_on,
)

_WORKING_WEEK: Final = range(5)
_WEEK: Final = 7


def offered(day: date) -> tuple[Recurrence, ...]:
    """What may come again after a first time on `day`, the most frequent first.

    Every day, on weekdays, in this week's day, every second week, on this day of the month, on its
    n-th (or last) weekday, on its last working day, every year, every lunar year, 30 days after it
    was last done.
    """
    place = (day.day - 1) // _WEEK + 1
    found = [
        daily(),
        weekly(_WORKING_WEEK),
        weekly([day.weekday()]),
        weekly([day.weekday()], 2),
        monthly_on(day.day),
        # a fifth Friday is meant as the last one
        monthly_nth(place if place < 5 else -1, day.weekday()),
        workday_of_month(),
        monthly_on(day.day, 3),
        yearly_on(day.month, day.day),
        *_lunar(day),
        after_done(30, Freq.DAILY),
    ]
    return tuple(found)


def _lunar(day: date) -> tuple[Recurrence, ...]:
    if not lunar.FIRST_DAY <= day < date(lunar.LAST_YEAR, 1, 1):
        return ()  # not known, or it would not come again
    there = lunar.from_solar(day)
    return (lunar_yearly(there.month, there.day, leap=there.leap),)
