"""What a recurrence is, and the ones people ask for.

Most can be said by an RRULE of RFC 5545 (RULE). Three cannot:

- LUNAR: once a lunar year, on the day on which a lunar birthday of that date would be kept;
- WORKDAY: the n-th working day of a month, by the working calendar, -1 being the last;
- AFTER_DONE: so long after it was last done.

A month without the day asked for: `monthly_on(31)` is on the last day of every month, and
`yearly_on(2, 29)` on 28 February in common years, as people expect; both are written so that other
programs understand the same. An RRULE that names a day (BYMONTHDAY=31) leaves such months out, as
RFC 5545 has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Final, NamedTuple

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.errors import Refused
from app.i18n import Message

LONGEST_INTERVAL: Final = 999
MOST_TIMES: Final = 9_999
_WORKDAYS: Final = 23
LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ALWAYS: Final = 28
"""Every month has this day."""


class Freq(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Way(Enum):
    """How its days are found."""

    RULE = "rule"
    LUNAR = "lunar"
    WORKDAY = "workday"
    AFTER_DONE = "after_done"


class Weekday(NamedTuple):
    """Monday is 0. `place` is its place in the month or year, -1 the last, 0 any."""

    day: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurrence that can be; any other raises Refused, with a sentence.

    The parts are those of an RRULE. LUNAR has one month and day, those of the lunar calendar, and
    `leap`; WORKDAY has `workday`. `count` counts the first occurrence, too; `until` is the last
    day on which it may be.
    """

    freq: Freq
    interval: int = 1
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_day: tuple[Weekday, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: date | None = None
    way: Way = Way.RULE
    leap: bool = False
    workday: int = 0

    def __post_init__(self) -> None:
        if problem := _problem(self):
            raise Refused(problem)

    @property
    def names_no_day(self) -> bool:
        """Whether the day is left to the first occurrence: every month, every second year."""
        named = (self.by_month_day, self.by_year_day, self.by_week_no, self.by_day)
        return self.way is Way.RULE and not any(named) and self.freq is not Freq.DAILY


def daily(interval: int = 1) -> Recurrence:
    return Recurrence(Freq.DAILY, interval)


def weekly(days: Iterable[int] = (), interval: int = 1) -> Recurrence:
    """On these days of the week, Monday being 0; none means that of the first occurrence."""
    chosen = tuple(Weekday(day) for day in sorted(set(days)))
    return Recurrence(Freq.WEEKLY, interval, by_day=chosen)


def monthly_on(day: int, interval: int = 1) -> Recurrence:
    """On a day of the month, 1 to 31 (the last day where there is none), or -1, the last."""
    if day <= _ALWAYS:
        return Recurrence(Freq.MONTHLY, interval, by_month_day=(day,))
    if day >= max(LONGEST_MONTHS):
        return Recurrence(Freq.MONTHLY, interval, by_month_day=(-1,))
    days = tuple(range(_ALWAYS, day + 1))
    return Recurrence(Freq.MONTHLY, interval, by_month_day=days, by_set_pos=(-1,))


def monthly_nth(place: int, weekday: int, interval: int = 1) -> Recurrence:
    """On the n-th Monday (0) to Sunday (6) of the month, -1 being the last."""
    return Recurrence(Freq.MONTHLY, interval, by_day=(Weekday(weekday, place),))


def yearly_on(month: int, day: int, interval: int = 1) -> Recurrence:
    """On a day of the year; 29 February is 28 February in common years."""
    leap_day = (month, day) == (2, LONGEST_MONTHS[1])
    days = (-1,) if leap_day else (day,)
    return Recurrence(Freq.YEARLY, interval, by_month=(month,), by_month_day=days)


def lunar_yearly(month: int, day: int, *, leap: bool = False) -> Recurrence:
    """On a day of the lunar year, kept in short years and leap months as birthdays are."""
    return Recurrence(Freq.YEARLY, by_month=(month,), by_month_day=(day,), way=Way.LUNAR, leap=leap)


def workday_of_month(place: int = -1, interval: int = 1) -> Recurrence:
    """On the n-th working day of the month, -1 being the last."""
    return Recurrence(Freq.MONTHLY, interval, way=Way.WORKDAY, workday=place)


def after_done(count: int, freq: Freq) -> Recurrence:
    """So many days, weeks, months or years after it was last done."""
    return Recurrence(freq, count, way=Way.AFTER_DONE)


def lunar_day(rule: Recurrence) -> Birthday:
    """The lunar date of a LUNAR recurrence."""
    return Birthday(rule.by_month[0], rule.by_month_day[0], leap=rule.leap, lunar=True)


# ---- what cannot be


_NOT_TOGETHER: Final = Message("These parts of a rule do not go together.")
_NEVER: Final = Message("This would never happen: no year has such a day.")
_ONE_LUNAR_DAY: Final = Message("By the lunar calendar it can repeat every year on one day.")


def _problem(rule: Recurrence) -> Message | None:
    return _end_problem(rule) or _PROBLEMS[rule.way](rule)


def _end_problem(rule: Recurrence) -> Message | None:
    if not 1 <= rule.interval <= LONGEST_INTERVAL:
        return Message(
            "It can repeat every 1 to {most} days, weeks, months or years.",
            params={"most": LONGEST_INTERVAL},
        )
    if rule.count is not None and not 1 <= rule.count <= MOST_TIMES:
        return Message(
            "It can repeat 1 to {most} times. Leave the number out to repeat without end.",
            params={"most": MOST_TIMES},
        )
    if rule.count is not None and rule.until is not None:
        return Message("Say how many times, or until when, but not both.")
    return None


def _parts(rule: Recurrence) -> list[tuple[object, ...]]:
    """The parts that name days, where there are any."""
    parts: tuple[tuple[object, ...], ...] = (
        rule.by_month, rule.by_month_day, rule.by_year_day, rule.by_week_no, rule.by_day,
        rule.by_set_pos,
    )  # fmt: skip
    return [part for part in parts if part]


def _lunar_problem(rule: Recurrence) -> Message | None:
    one_day = len(rule.by_month) == len(rule.by_month_day) == 1 and len(_parts(rule)) == 2
    if not one_day or rule.freq is not Freq.YEARLY or rule.interval != 1 or rule.workday:
        return _ONE_LUNAR_DAY
    try:
        lunar_day(rule)
    except NoSuchBirthday as error:
        return error.message
    return None


def _workday_problem(rule: Recurrence) -> Message | None:
    if not 1 <= abs(rule.workday) <= _WORKDAYS:
        return Message("A month has at most {most} working days.", params={"most": _WORKDAYS})
    alone = _parts(rule) in ([], [rule.by_month]) and not rule.leap
    months = all(1 <= month <= 12 for month in rule.by_month)
    return None if alone and months and rule.freq is Freq.MONTHLY else _NOT_TOGETHER


def _after_done_problem(rule: Recurrence) -> Message | None:
    return _NOT_TOGETHER if _parts(rule) or rule.leap or rule.workday else None


def _rule_problem(rule: Recurrence) -> Message | None:
    return _range_problem(rule) or _part_problem(rule) or _day_problem(rule)


def _range_problem(rule: Recurrence) -> Message | None:
    ranges = (
        (rule.by_month, 1, 12),
        (tuple(map(abs, rule.by_month_day)), 1, 31),
        (tuple(map(abs, rule.by_year_day)), 1, 366),
        (tuple(map(abs, rule.by_week_no)), 1, 53),
        (tuple(map(abs, rule.by_set_pos)), 1, 366),
        (tuple(one.day for one in rule.by_day), 0, 6),
        (tuple(abs(one.place) for one in rule.by_day), 0, 53),
        ((rule.week_start,), 0, 6),
    )
    for values, least, most in ranges:
        if any(not least <= value <= most for value in values):
            return Message("This rule names a day, week or month that does not exist.")
    return None


def _part_problem(rule: Recurrence) -> Message | None:
    """What RFC 5545 forbids: parts that have no meaning with this frequency."""
    placed = any(one.place for one in rule.by_day)
    yearly, monthly = rule.freq is Freq.YEARLY, rule.freq is Freq.MONTHLY
    wrong = (
        bool(rule.by_week_no) and not yearly,
        bool(rule.by_year_day) and not yearly,
        bool(rule.by_month_day) and rule.freq is Freq.WEEKLY,
        placed and not (yearly or monthly),
        placed and bool(rule.by_week_no),
        bool(rule.by_set_pos) and len(_parts(rule)) == 1,
        bool(rule.leap or rule.workday),
    )
    return _NOT_TOGETHER if any(wrong) else None


def _day_problem(rule: Recurrence) -> Message | None:
    in_month = rule.freq is Freq.MONTHLY or bool(rule.by_month)
    if in_month and any(abs(one.place) > 5 for one in rule.by_day):
        return _NEVER
    longest = max(LONGEST_MONTHS[month - 1] for month in rule.by_month or range(1, 13))
    earliest = min(map(abs, rule.by_month_day), default=1)
    return _NEVER if earliest > longest else None


_PROBLEMS: Final = {
    Way.RULE: _rule_problem,
    Way.LUNAR: _lunar_problem,
    Way.WORKDAY: _workday_problem,
    Way.AFTER_DONE: _after_done_problem,
}
