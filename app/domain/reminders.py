"""What a reminder is: kinds, when it calls, how long it can be put off, what a popup shows.

A reminder is due on a day, or at a moment. Its alarms say when it calls, counted from there:

    15        15 minutes before the moment; 0 at the moment itself
    1@17:00   at 17:00 of the day before; 0@09:00 in the morning of the day itself

Stored as one text, joined by commas. Times of day are those of the place where the user sits.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.i18n import Message

MORNING: Final = time(9)
"""When what is due on a day calls, unless it says otherwise."""
LATE_AFTERNOON: Final = time(16)
EVENING: Final = time(18)
LONGEST_LEAD: Final = 366
"""Days before."""
MOST_ALARMS: Final = 8


class ReminderKind(StrEnum):
    """What made it."""

    NOTE = "note"
    PROMISE = "promise"
    BIRTHDAY = "birthday"
    FESTIVAL = "festival"
    SILENCE = "silence"
    ANNIVERSARY = "anniversary"
    CARE = "care"
    THANKS = "thanks"


CELEBRATED: Final = frozenset(
    {ReminderKind.BIRTHDAY, ReminderKind.FESTIVAL, ReminderKind.ANNIVERSARY}
)
"""What one congratulates on."""


class Whose(StrEnum):
    """Whose work is asked for; of it everybody sees only what they may."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Outcome(StrEnum):
    """How a reminder or a promise ended."""

    DONE = "done"
    SKIPPED = "skipped"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"


LABELS: Final[Mapping[StrEnum, Message]] = MappingProxyType(
    {
        ReminderKind.NOTE: Message("Reminder"),
        ReminderKind.PROMISE: Message("Promise"),
        ReminderKind.BIRTHDAY: Message("Birthday"),
        ReminderKind.FESTIVAL: Message("Festival"),
        ReminderKind.SILENCE: Message("Silence"),
        ReminderKind.ANNIVERSARY: Message("Anniversary"),
        ReminderKind.CARE: Message("Care plan"),
        ReminderKind.THANKS: Message("Thank-you call"),
        Outcome.DONE: Message("Done"),
        Outcome.SKIPPED: Message("Skipped"),
        Outcome.KEPT: Message("Kept"),
        Outcome.BROKEN: Message("Broken"),
        Outcome.RELEASED: Message("Released"),
    }
)

_ALARM: Final = re.compile(r"([0-9]{1,6})(?:@([0-9]{2}):([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Alarm:
    """`minutes` before the moment; or with `clock` at that time of day, `days` before the day."""

    minutes: int = 0
    days: int = 0
    clock: time | None = None

    def at(self, due: date | datetime) -> datetime:
        """When it calls, in UTC. A moment that has no time of day calls in the morning."""
        if isinstance(due, datetime) and self.clock is None:
            return due.astimezone(UTC) - timedelta(minutes=self.minutes)
        day = due.astimezone().date() if isinstance(due, datetime) else due
        lead = timedelta(days=self.days or self.minutes // (24 * 60))
        return local_moment(day - lead, self.clock or MORNING)


ON_THE_DAY: Final = (Alarm(clock=MORNING),)
AT_THE_MOMENT: Final = (Alarm(),)


def usual_alarms(due: date | datetime) -> tuple[Alarm, ...]:
    """When it calls unless somebody says otherwise."""
    return AT_THE_MOMENT if isinstance(due, datetime) else ON_THE_DAY


def local_moment(day: date, clock: time) -> datetime:
    """A time of day where the user sits, in UTC.

    What the change to summer time leaves out is an hour later; what it has twice is the first.
    """
    # astimezone() would make it an hour earlier
    return datetime.fromtimestamp(datetime.combine(day, clock).timestamp(), UTC)


def store_alarms(alarms: Iterable[Alarm]) -> str:
    """The text of alarms, as the module describes it; each once, in order."""
    return ",".join(dict.fromkeys(_stored(one) for one in alarms))


def _stored(one: Alarm) -> str:
    return str(one.minutes) if one.clock is None else f"{one.days}@{one.clock:%H:%M}"


def load_alarms(text: str) -> tuple[Alarm, ...]:
    """The alarms that `store_alarms` wrote; ValueError for any other text."""
    return tuple(_loaded(part) for part in text.split(",") if part)


def _loaded(part: str) -> Alarm:
    found = _ALARM.fullmatch(part)
    if found is None:
        raise ValueError(f"not an alarm: {part[:40]!r}")
    number, hour, minute = found.groups()
    if hour is None:
        return Alarm(minutes=int(number))
    return Alarm(days=int(number), clock=time(int(hour), int(minute)))


def alarm_times(due: date | datetime, alarms: Sequence[Alarm]) -> tuple[datetime, ...]:
    """All moments at which it calls, in UTC and in order."""
    return tuple(sorted({one.at(due) for one in alarms}))


def calls(
    due: date | datetime, alarms: Sequence[Alarm], snoozed_until: datetime | None
) -> tuple[datetime, ...]:
    """All moments at which it calls, in UTC; put off, it is quiet until then."""
    times = alarm_times(due, alarms)
    if snoozed_until is None:
        return times
    return (snoozed_until, *(one for one in times if one > snoozed_until))


def first_call(
    due_on: date | None,
    due_at: datetime | None,
    alarms: str,
    snoozed_until: datetime | None,
    closed_at: datetime | None,
) -> datetime | None:
    """When a reminder calls first, in UTC; None for one that is over, or never calls."""
    due = due_at or due_on
    if due is None or closed_at is not None:
        return None
    return next(iter(calls(due, load_alarms(alarms), snoozed_until)), None)


def call_after(times: Sequence[datetime], moment: datetime) -> datetime | None:
    """The first of `times` later than `moment`."""
    return next((one for one in times if one > moment), None)


@dataclass(frozen=True, slots=True)
class Snooze:
    """One choice of putting off: its words, and until when (UTC)."""

    words: Message
    until: datetime


def snooze_choices(now: datetime, next_workday: date) -> tuple[Snooze, ...]:
    """What is offered at `now` (aware): 10 minutes, an hour, later today, tomorrow, next workday.

    `next_workday` is the first working day after today. Nothing is offered twice.
    """
    here = now.astimezone()
    tomorrow = here.date() + timedelta(days=1)
    found = [
        Snooze(Message("10 minutes"), now + timedelta(minutes=10)),
        Snooze(Message("1 hour"), now + timedelta(hours=1)),
    ]
    if here.time() < time(14):
        found.append(Snooze(Message("This afternoon"), local_moment(here.date(), LATE_AFTERNOON)))
    elif here.time() < time(17):
        found.append(Snooze(Message("This evening"), local_moment(here.date(), EVENING)))
    found.append(Snooze(Message("Tomorrow"), local_moment(tomorrow, MORNING)))
    if next_workday > tomorrow:
        found.append(Snooze(Message("Next workday"), local_moment(next_workday, MORNING)))
    return tuple(
        Snooze(one.words, one.until.astimezone(UTC).replace(second=0, microsecond=0))
        for one in found
    )


@dataclass(frozen=True, slots=True)
class Notice:
    """What a popup, a notification or a line of the notification centre shows of a reminder.

    `at` is when it called (UTC): with the reminder's id the name of this call, of which there is
    one delivery only. `due` is a day or a moment. `text` says what is to be done, `about` what
    more there is to know ("" if nothing). `customer_id` is None for one that stands alone.
    """

    reminder_id: int
    at: datetime
    kind: ReminderKind
    text: str
    due: date | datetime
    about: str = ""
    customer_id: int | None = None
    customer: str = ""
    late: bool = False
