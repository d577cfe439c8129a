"""Things that come again: one recurrence for reminders, care plans and everything else.

A recurrence is stored as a text (`parse`, `store`: see recurrence_text) and gives days: the time
of day is that of the clock on the wall where the user sits, and stays so when summer time begins.
`start_due` is the occurrence from which the rule counts: the first of the series, or a later one
with the rule that `following` gave with it. It counts as an occurrence, whatever the rule says.

A rule that names no day (every month) takes it from `start_due`, and where a month is too short,
is on its last day; `anchored` writes that day into the rule, which must be done before it is
stored with later occurrences.

No search goes past the year 2200, so that a rule without days ends and never hangs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final, Protocol

from app.domain import birthdays
from app.domain.recurrence_rule import (
    LONGEST_MONTHS,
    Freq,
    Recurrence,
    Way,
    Weekday,
    after_done,
    daily,
    lunar_day,
    lunar_yearly,
    monthly_nth,
    monthly_on,
    weekly,
    workday_of_month,
    yearly_on,
)
from app.domain.recurrence_text import basic, parse, store
from app.domain.recurrence_words import describe
from app.domain.reminders import local_moment
from app.errors import Refused
from app.i18n import Message

__all__ = [
    "Following", "Freq", "Recurrence", "RfcRule", "Way", "Weekday", "after_done", "anchored",
    "between", "checked", "daily", "describe", "following", "from_rfc", "lunar_yearly",
    "monthly_nth", "monthly_on", "next_after", "parse", "store", "to_rfc", "weekly",
    "workday_of_month", "yearly_on",
]  # fmt: skip

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2200, 12, 31)
EXPANDED: Final = 40
"""So many occurrences are written out for programs that do not know the rule."""
_LUNAR_YEARS: Final = range(1901, 2101)
# dateutil looks until the year 9999 for a day that never comes. The calendar repeats itself, with
# its weekdays, every 400 years: days are looked for in its last ones.
_ERAS: Final = timedelta(days=19 * 146_097)


class Workdays(Protocol):
    """What of the working calendar is needed."""

    def nth_workday_of_month(self, year: int, month: int, place: int) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Following:
    """The next occurrence, and the rule that is stored with it (fewer times left, perhaps)."""

    due: date | datetime
    rule: Recurrence


def next_after(
    rule: Recurrence,
    start_due: date | datetime,
    after: date,
    calendar: Workdays,
    done_on: date | None = None,
) -> date | datetime | None:
    """The first occurrence on a day later than `after`; None if there is none.

    A moment for a start that is one (aware; the result is UTC), else a date. `done_on` is the day
    on which it was done: what comes so long after that is counted from there, else from `after`.
    """
    found = following(rule, start_due, after, calendar, done_on)
    return None if found is None else found.due


def following(
    rule: Recurrence,
    start_due: date | datetime,
    after: date,
    calendar: Workdays,
    done_on: date | None = None,
) -> Following | None:
    """As `next_after`, with the rule for what comes then: those passed over are counted."""
    start, clock = _local(start_due)
    if rule.way is Way.AFTER_DONE:
        return _after_done(rule, done_on or after, clock)
    for passed, day in enumerate(_days(rule, start, calendar), start=1):
        if day > after:
            left = None if rule.count is None else rule.count - passed
            return Following(_due(day, clock), replace(anchored(rule, start), count=left))
    return None


def between(
    rule: Recurrence, start_due: date | datetime, first: date, last: date, calendar: Workdays
) -> Iterator[date | datetime]:
    """The occurrences from `first` to `last`, in order, `start_due` among them.

    Of what comes so long after it was done, only `start_due` is known.
    """
    start, clock = _local(start_due)
    if first <= start <= last:
        yield start_due
    if rule.way is Way.AFTER_DONE:
        return
    for day in _days(rule, start, calendar):
        if day > last:
            return
        if day >= first:
            yield _due(day, clock)


def checked(rule: Recurrence, start_due: date | datetime, calendar: Workdays) -> Recurrence:
    """The rule anchored to its first occurrence. Raises Refused if it would never come again."""
    found = anchored(rule, start_due)
    if rule.count == 1 or following(found, start_due, _local(start_due)[0], calendar):
        return found
    raise Refused(Message("By this rule it would never come again. Choose another rule."))


def anchored(rule: Recurrence, start_due: date | datetime) -> Recurrence:
    """The rule with the day written into it that it takes from its first occurrence."""
    if not rule.names_no_day:
        return rule
    start = _local(start_due)[0]
    if rule.freq is Freq.WEEKLY:
        return replace(rule, by_day=(Weekday(start.weekday()),))
    if rule.freq is Freq.MONTHLY:
        pinned = monthly_on(start.day)
        return replace(rule, by_month_day=pinned.by_month_day, by_set_pos=pinned.by_set_pos)
    months = rule.by_month or (start.month,)
    longest = max(LONGEST_MONTHS[month - 1] for month in months)
    pinned = yearly_on(months[0], min(start.day, longest))
    return replace(rule, by_month=months, by_month_day=pinned.by_month_day)


# ---- days


def _local(due: date | datetime) -> tuple[date, time | None]:
    """Day and time of day where the user sits."""
    if not isinstance(due, datetime):
        return due, None
    here = due.astimezone()
    return here.date(), here.time()


def _due(day: date, clock: time | None) -> date | datetime:
    return day if clock is None else local_moment(day, clock)


def _days(rule: Recurrence, start: date, calendar: Workdays) -> Iterator[date]:
    """The days after `start`, in order, within what the rule allows."""
    if not FIRST <= start <= LAST:
        return
    found = _FINDERS[rule.way](anchored(rule, start), start, calendar)
    times = None if rule.count is None else rule.count - 1
    for day in islice((one for one in found if one > start), times):
        if day > min(rule.until or LAST, LAST):
            return
        yield day


def _by_rule(rule: Recurrence, start: date, _calendar: Workdays) -> Iterator[date]:
    from dateutil import rrule as rules  # not needed at the start of the program

    found = rules.rrule(
        getattr(rules, rule.freq.value),
        dtstart=datetime.combine(start + _ERAS, time()),
        interval=rule.interval,
        wkst=rule.week_start,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byyearday=rule.by_year_day or None,
        byweekno=rule.by_week_no or None,
        byweekday=tuple(rules.weekday(one.day, one.place or None) for one in rule.by_day) or None,
        bysetpos=rule.by_set_pos or None,
    )
    return (one.date() - _ERAS for one in found)


def _by_moon(rule: Recurrence, start: date, _calendar: Workdays) -> Iterator[date]:
    day = lunar_day(rule)
    for year in _LUNAR_YEARS:
        if year >= start.year:
            yield from birthdays.in_year(day, year)


def _by_work(rule: Recurrence, start: date, calendar: Workdays) -> Iterator[date]:
    for month in range(start.year * 12 + start.month - 1, LAST.year * 12 + 12, rule.interval):
        year, place = divmod(month, 12)
        if rule.by_month and place + 1 not in rule.by_month:
            continue
        day = calendar.nth_workday_of_month(year, place + 1, rule.workday)
        if day is not None:
            yield day


_FINDERS: Final = {Way.RULE: _by_rule, Way.LUNAR: _by_moon, Way.WORKDAY: _by_work}


def _after_done(rule: Recurrence, done: date, clock: time | None) -> Following | None:
    if not FIRST <= done <= LAST:
        return None
    day = _later(done, rule)
    over = rule.count == 1 or day > min(rule.until or LAST, LAST)
    left = None if rule.count is None else rule.count - 1
    return None if over else Following(_due(day, clock), replace(rule, count=left))


def _later(day: date, rule: Recurrence) -> date:
    """So much later: in months and years the same day, or the last where there is none."""
    from dateutil.relativedelta import relativedelta

    count = rule.interval
    match rule.freq:
        case Freq.DAILY:
            return day + timedelta(days=count)
        case Freq.WEEKLY:
            return day + timedelta(weeks=count)
        case Freq.MONTHLY:
            return day + relativedelta(months=count)
        case Freq.YEARLY:
            return day + relativedelta(years=count)


# ---- other programs


@dataclass(frozen=True, slots=True)
class RfcRule:
    """How a recurrence is written for other programs.

    Attributes:
        rrule: the value of RRULE; "" if RFC 5545 cannot say it.
        own: then the value of X-SHUKE-RULE, from which we read it again.
        dates: then the next occurrences after the first, for RDATE.
    """

    rrule: str = ""
    own: str = ""
    dates: tuple[date | datetime, ...] = ()


def to_rfc(rule: Recurrence, start_due: date | datetime, calendar: Workdays) -> RfcRule:
    """The recurrence for a calendar file in which DTSTART is `start_due`."""
    if rule.way is not Way.RULE:
        found = between(rule, start_due, _local(start_due)[0] + timedelta(days=1), LAST, calendar)
        return RfcRule(own=store(rule), dates=tuple(islice(found, EXPANDED)))
    text = store(replace(anchored(rule, start_due), until=None))
    if rule.until is None:
        return RfcRule(text)
    if not isinstance(start_due, datetime):
        return RfcRule(f"{text};UNTIL={basic(rule.until)}")
    # with a time of day it is a moment, in UTC: the last one of that day
    end = local_moment(rule.until, time(23, 59, 59)).astimezone(UTC)
    return RfcRule(f"{text};UNTIL={end:%Y%m%dT%H%M%SZ}")


def from_rfc(rrule_text: str, start_due: date | datetime, own: str = "") -> Recurrence:
    """The recurrence of a calendar file: of X-SHUKE-RULE if it has one, else of RRULE.

    Where an RRULE leaves the day to the first occurrence, months without it are left out, as
    RFC 5545 has it. Raises Refused.
    """
    start, clock = _local(start_due)
    rule = parse(own or rrule_text, clock)
    if own or not rule.names_no_day:
        return rule
    if rule.freq is Freq.WEEKLY:
        return anchored(rule, start)
    months = rule.by_month or ((start.month,) if rule.freq is Freq.YEARLY else ())
    return replace(rule, by_month=months, by_month_day=(start.day,))
