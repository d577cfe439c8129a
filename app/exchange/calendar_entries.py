"""What stands in a calendar file, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.i18n import Message


@dataclass(frozen=True, slots=True)
class Repeat:
    """When an entry comes again.

    Attributes:
        rule: the parts of an RRULE of RFC 5545 in capitals, FREQ first; "" for none.
        more_on: further days or moments, of the same kind as the entry's start.
        not_on: days or moments left out.
        own: a rule of this program that RFC 5545 has no words for, as domain.recurrence stores
            it; other programs see its days as `more_on`.
    """

    rule: str = ""
    more_on: tuple[date | datetime, ...] = ()
    not_on: tuple[date | datetime, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an entry calls: `lead` before its start (negative: after it), or at a moment."""

    lead: timedelta | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event or a task.

    `start` is a day, an aware moment (in the zone in which it repeats), or a naive one, which is
    that time of day wherever one is. `changed` is an aware moment.
    """

    uid: str
    text: str
    start: date | datetime
    task: bool = False
    about: str = ""
    place: str = ""
    repeat: Repeat | None = None
    alarms: tuple[Trigger, ...] = ()
    done: bool = False
    cancelled: bool = False
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry that cannot be read: its number in the file from 1, what it says, and why."""

    number: int
    text: str
    reason: Message


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What was read of a file, in its order; `notes` are about the file as a whole."""

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
