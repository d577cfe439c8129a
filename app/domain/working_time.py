"""The working calendar: which days and hours are worked, and time counted in them.

A week of opening hours, and exceptions: days off and days worked instead (调休). A day that is
worked although its weekday is not has the hours of the first working day of the week. Hours open
when the clock first shows them and close likewise; what the change to summer time leaves out is
not worked. Nothing here looks for ever: where no working day is in sight, it is refused.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain import wall_clock
from app.domain.working_hours import (
    DAY,
    USUAL_HOURS,
    USUAL_WEEK,
    Hours,
    QuietHours,
    Span,
    Week,
)
from app.errors import Refused
from app.i18n import Message

LONGEST_WAIT: Final = 800
"""Days in a row without work after which the search for a working day is given up."""
FARTHEST: Final = 40_000
"""Days over which working time is counted: 110 years."""
_ONE: Final = timedelta(days=1)
_NO_TIME: Final = timedelta(0)


class DayKind(StrEnum):
    """What an exception of the working calendar says of its day."""

    OFF = "off"
    WORK = "work"


DAY_KINDS: Final[Mapping[DayKind, Message]] = MappingProxyType(
    {DayKind.OFF: Message("Day off"), DayKind.WORK: Message("Worked instead")}
)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """An exception: off or worked, and why ("" if nobody said)."""

    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days and hours are worked.

    `years` are those whose exceptions somebody has seen to; of others only the week is known.
    `zone` is where the work is done: None is where the user sits.
    """

    week: Week = USUAL_WEEK
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    quiet: QuietHours | None = None
    zone: tzinfo | None = None

    # ---- days

    def knows(self, year: int) -> bool:
        """Whether the exceptions of a year are there, and not its weeks only."""
        return year in self.years

    def doubt(self, day: date) -> Message | None:
        """What to say beside a day that was worked out; None if its year is known."""
        if self.knows(day.year):
            return None
        return Message(
            "The days off of {year} are not known yet, so this day may still move.",
            params={"year": str(day.year)},
        )

    def is_workday(self, day: date) -> bool:
        special = self.special.get(day)
        if special is not None:
            return special.kind is DayKind.WORK
        return bool(self.week[day.weekday()])

    def next_workday(self, day: date) -> date:
        """The first working day after `day`. Raises Refused if there is none in sight."""
        return self.add_workdays(day, 1)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it if negative.

        0 is the day itself if it is worked, else the next that is. Raises Refused.
        """
        if count == 0:
            if self.is_workday(day):
                return day
            count = 1
        left = abs(count)
        for one in self._days(day, 1 if count > 0 else -1):
            left -= self.is_workday(one)
            if not left:
                return one
        raise _too_far()

    def nth_workday_of_month(self, year: int, month: int, place: int) -> date | None:
        """1 is the first working day, -1 the last; None if the month has not so many."""
        days = [date(year, month, one + 1) for one in range(monthrange(year, month)[1])]
        worked = [one for one in days if self.is_workday(one)]
        try:
            return worked[place - 1 if place > 0 else place] if place else None
        except IndexError:
            return None

    def _days(self, day: date, step: int) -> Iterator[date]:
        """The days after `day`, or before it; refuses to pass LONGEST_WAIT without work."""
        idle = 0
        for away in range(1, FARTHEST + 1):
            try:
                one = day + away * step * _ONE
            except OverflowError:
                return
            idle = 0 if self.is_workday(one) else idle + 1
            if idle > LONGEST_WAIT:
                raise _no_workday()
            yield one

    # ---- hours

    def hours_on(self, day: date) -> Hours:
        """The hours of a day; empty if it is not worked."""
        if not self.is_workday(day):
            return ()
        return self.week[day.weekday()] or next(filter(None, self.week), USUAL_HOURS)

    def is_open(self, moment: datetime) -> bool:
        """Whether an aware moment lies in working hours."""
        day = wall_clock.shown(moment, self.zone).date()
        return any(start <= moment < end for start, end in self._openings(day))

    def add_working_time(self, moment: datetime, amount: timedelta) -> datetime:
        """When so much time has been worked since `moment` (aware), or before it if negative.

        No time at all gives the moment itself, or the next opening. Raises Refused.
        """
        if amount < _NO_TIME:
            return self._back(moment, -amount)
        day = wall_clock.shown(moment, self.zone).date()
        left = amount
        for start, end in self._all_openings(day, 1):
            begin = max(start, moment)
            if begin < end:
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        raise _too_far()

    def _back(self, moment: datetime, amount: timedelta) -> datetime:
        day = wall_clock.shown(moment, self.zone).date()
        left = amount
        for start, end in self._all_openings(day, -1):
            until = min(end, moment)
            if start < until:
                if left <= until - start:
                    return until - left
                left -= until - start
        raise _too_far()

    def working_time_between(self, first: datetime, last: datetime) -> timedelta:
        """Time worked from `first` to `last` (aware); negative if `last` is earlier.

        Raises Refused for more than a century.
        """
        if last < first:
            return -self.working_time_between(last, first)
        day, end_day = (wall_clock.shown(one, self.zone).date() for one in (first, last))
        if (end_day - day).days > FARTHEST:
            raise _too_far()
        worked = _NO_TIME
        while day <= end_day:
            for start, end in self._openings(day):
                worked += max(min(end, last) - max(start, first), _NO_TIME)
            day += _ONE
        return worked

    def _all_openings(self, day: date, step: int) -> Iterator[tuple[datetime, datetime]]:
        """From a day on, in order; or backwards."""
        yield from self._openings(day)[::step]
        for one in self._days(day, step):
            if one == date.max:
                return
            yield from self._openings(one)[::step]

    def _openings(self, day: date) -> list[tuple[datetime, datetime]]:
        found = [(self._moment(day, one.start), self._moment(day, one.end))
                 for one in self.hours_on(day)]  # fmt: skip
        return [(start, end) for start, end in found if start < end]

    def _moment(self, day: date, minutes: int) -> datetime:
        over, minute = divmod(minutes, DAY)
        clock = time(minute // 60, minute % 60)
        return wall_clock.first_shown(datetime.combine(day + over * _ONE, clock), self.zone)

    # ---- quiet

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nobody is to be disturbed at an aware moment."""
        return self.quiet is not None and self.quiet.is_quiet(moment, self.zone)

    def end_of_quiet(self, moment: datetime) -> datetime:
        """When it may be disturbed again: at the moment itself if that is not quiet."""
        return moment if self.quiet is None else self.quiet.end_after(moment, self.zone)


USUAL: Final = WorkingCalendar(
    quiet=QuietHours(time(21), time(8)), special=MappingProxyType[date, SpecialDay]({})
)
"""Monday to Friday, no exception known, quiet from nine to eight."""

Calendar = Callable[[], WorkingCalendar]
"""Tells the calendar as it is now: somebody may add a day off while the program runs."""


def usual() -> WorkingCalendar:
    """The calendar where nobody has said otherwise."""
    return USUAL


def round_the_clock() -> WorkingCalendar:
    """Every hour of every day: for clocks that never stop."""
    every: Hours = (Span(0, DAY),)
    return WorkingCalendar((every,) * 7)


def _no_workday() -> Refused:
    return Refused(
        Message(
            "The working calendar has no working day for more than two years on end. Choose "
            "working days in the settings, under Calendars."
        )
    )


def _too_far() -> Refused:
    return Refused(Message("This is more working time than can be counted. Choose a nearer date."))
