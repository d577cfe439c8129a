"""What the words for days share: clues, rules, and the arithmetic of weeks and months.

A rule is a pattern over folded text and what it means; a new kind of day (a lunar date, a holiday)
is a new module with its own RULES, added to the list in `when`.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

PAST_DAYS: Final = 60
"""A day and month without a year may lie this far back; else the next to come is meant."""

FRIDAY: Final = 4
SATURDAY: Final = 5
SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Clue:
    """text[start:end] means a day or a moment."""

    start: int
    end: int
    value: date | datetime
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class Hour:
    """text[start:end] means a time of day, `minutes` after midnight.

    `alone` ones mean something without a day: the next such time; others only beside a day.
    """

    start: int
    end: int
    minutes: int
    alone: bool


Meaning = Callable[[re.Match[str], datetime], date | datetime | None]


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    meaning: Meaning

    def clues(self, text: str, now: datetime) -> Iterator[Clue]:
        for found in self.pattern.finditer(text):
            if not found[0]:
                continue
            try:
                value = self.meaning(found, now)
            except (OverflowError, ValueError):  # beyond the calendar
                value = None
            if value is not None:
                yield Clue(found.start(), found.end(), value)


def longest_first(clues: Iterable[Clue]) -> list[Clue]:
    """Clues that do not overlap, in order of place: of two that do, the longer one."""
    kept: list[Clue] = []
    for clue in sorted(clues, key=lambda one: (one.start - one.end, one.start)):
        if all(clue.end <= other.start or other.end <= clue.start for other in kept):
            kept.append(clue)
    return sorted(kept, key=lambda one: one.start)


def existing(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def without_year(month: int, day: int, today: date) -> date | None:
    """The first such day not more than PAST_DAYS back; 29 February in the next leap year."""
    earliest = today - timedelta(days=PAST_DAYS)
    for year in range(earliest.year, earliest.year + 9):
        found = existing(year, month, day)
        if found and found >= earliest:
            return found
    return None


def in_months(today: date, months: int) -> tuple[int, int]:
    """Year and month, `months` away from that of `today`."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def after_months(today: date, months: int) -> date:
    """The same day of the month, or its last day where it is shorter."""
    year, month = in_months(today, months)
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def weekday_in(today: date, weekday: int, weeks: int) -> date:
    """That day (Monday is 0) of the calendar week, Monday to Sunday, `weeks` away."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def coming(today: date, weekday: int) -> date:
    """The next such day, today excluded."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def week_end(today: date, weeks: int) -> date:
    """Friday of that calendar week; its Sunday if that Friday is past."""
    friday = weekday_in(today, FRIDAY, weeks)
    return friday if friday >= today else weekday_in(today, SUNDAY, weeks)


def moment(now: datetime, minutes: int) -> datetime:
    """So many minutes from now, to the minute; the clock may be put forward or back between."""
    start, passing = now.replace(second=0, microsecond=0), timedelta(minutes=minutes)
    if now.tzinfo is None:
        return start + passing
    return (start.astimezone(UTC) + passing).astimezone(now.tzinfo)


def at(day: date, minutes: int, now: datetime) -> datetime:
    """`minutes` after midnight of `day`, in the time zone of `now`."""
    midnight = datetime.combine(day, datetime.min.time(), now.tzinfo)
    return midnight + timedelta(minutes=minutes)


WORKING_HOUR: Final = 7


def guessed_hour(hour: int) -> int:
    """An hour said without morning or afternoon: 1 to 6 are in the afternoon."""
    return hour + 12 if 0 < hour < WORKING_HOUR else hour
