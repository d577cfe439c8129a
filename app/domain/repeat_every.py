"""What repeats, as recurrence text, and the first day of it.

The texts are those of `app.domain.recurrence`: a rule of RFC 5545, or one of the forms that it
cannot say (the lunar calendar, working days, days counted from when it was last done).
"""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain import lunar
from app.domain.when_days import SATURDAY

_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKWEEK: Final = (0, 1, 2, 3, 4)
_FARTHEST: Final = 366 * 9
"""Days: 29 February comes again at the latest after eight years."""

DayTest = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Every:
    """A recurrence text, and whether a day is one of its days; `wait` days pass before the first.

    `fits` counts no intervals: every other Friday begins with any Friday.
    """

    rule: str
    fits: DayTest
    wait: int = 0

    def first(self, start: date) -> date | None:
        """The first day from `start` on; None if there is none for years."""
        begin = start + timedelta(days=self.wait)
        days = (begin + timedelta(days=count) for count in range(_FARTHEST))
        return next((day for day in days if self.fits(day)), None)


def _any_day(_: date) -> bool:
    return True


def _rule(frequency: str, interval: int, *parts: str) -> str:
    every = [f"INTERVAL={interval}"] if interval > 1 else []
    return ";".join([f"FREQ={frequency}", *every, *parts])


def days(interval: int) -> Every:
    """Every so many days."""
    return Every(_rule("DAILY", interval), _any_day)


def workdays(is_workday: DayTest) -> Every:
    """Every working day."""
    return Every("WORKDAY", is_workday)


def weeks(interval: int, weekdays: Iterable[int] = ()) -> Every:
    """Every so many weeks, on these days (Monday is 0) or on that of the first."""
    chosen = sorted(set(weekdays))
    if not chosen:
        return Every(_rule("WEEKLY", interval), _any_day)
    by_day = ",".join(_CODES[one] for one in chosen)
    return Every(
        _rule("WEEKLY", interval, f"BYDAY={by_day}"), lambda day: day.weekday() in chosen
    )


def months(interval: int, month_days: Iterable[int] = ()) -> Every:
    """Every so many months, on these days (-1 is the last) or on that of the first."""
    chosen = sorted(set(month_days), key=lambda one: (one < 0, one))
    if not chosen:
        return Every(_rule("MONTHLY", interval), _any_day)
    text = _rule("MONTHLY", interval, f"BYMONTHDAY={','.join(map(str, chosen))}")
    return Every(text, lambda day: day.day in chosen or day.day - _length(day) - 1 in chosen)


def months_weekday(interval: int, place: int, weekday: int) -> Every:
    """On the n-th such weekday of the month; the last is -1."""
    text = _rule("MONTHLY", interval, f"BYDAY={place}{_CODES[weekday]}")
    return Every(text, lambda day: day.weekday() == weekday and place in _places(day))


def months_workday(place: int, is_workday: DayTest) -> Every:
    """On the n-th working day of the month; the last is -1."""

    def fits(day: date) -> bool:
        if not is_workday(day):
            return False
        month = (day.replace(day=number) for number in range(1, _length(day) + 1))
        working = [one for one in month if is_workday(one)]
        number = working.index(day)
        return place in {number + 1, number - len(working)}

    return Every(f"WORKDAY;N={place}", fits)


def quarters(*, end: bool) -> Every:
    """On the first or the last day of the quarter."""
    ends = (3, 6, 9, 12) if end else (1, 4, 7, 10)
    number = -1 if end else 1
    text = _rule("YEARLY", 1, f"BYMONTH={','.join(map(str, ends))}", f"BYMONTHDAY={number}")
    return Every(text, lambda day: day.month in ends and day.day == (_length(day) if end else 1))


def years(interval: int, month: int | None = None, day_of_month: int | None = None) -> Every:
    """Every so many years, on that day or on that of the first."""
    if month is None or day_of_month is None:
        return Every(_rule("YEARLY", interval), _any_day)
    text = _rule("YEARLY", interval, f"BYMONTH={month}", f"BYMONTHDAY={day_of_month}")
    return Every(
        text,
        lambda day: day.month == month and day_of_month in {day.day, day.day - _length(day) - 1},
    )


def years_weekday(month: int, place: int, weekday: int) -> Every:
    """On the n-th such weekday of a month of the year."""
    text = _rule("YEARLY", 1, f"BYMONTH={month}", f"BYDAY={place}{_CODES[weekday]}")
    return Every(
        text,
        lambda day: day.month == month and day.weekday() == weekday and place in _places(day),
    )


def lunar_years(month: int, day_of_month: int, *, leap: bool = False) -> Every:
    """Every year on a lunar day; where the month is too short on its last."""

    def fits(day: date) -> bool:
        found = lunar.from_solar(day)
        longest = lunar.month_length(found.year, found.month, leap=found.leap)
        wanted = leap and lunar.leap_month(found.year) == month
        return (found.month, found.leap, found.day) == (month, wanted, min(day_of_month, longest))

    mark = ";LEAP=1" if leap else ""
    return Every(f"LUNAR;MONTH={month};DAY={day_of_month}{mark}", fits)


def after_done(count: int) -> Every:
    """So many days after it was last done."""
    return Every(f"AFTER;DAYS={count}", _any_day, wait=count)


def monday_to_friday(day: date) -> bool:
    """A working day where no calendar says otherwise."""
    return day.weekday() < SATURDAY


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _places(day: date) -> set[int]:
    """Which of its weekday in the month a day is, counted from both ends."""
    return {(day.day - 1) // 7 + 1, -((_length(day) - day.day) // 7 + 1)}
