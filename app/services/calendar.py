"""A span of days as a calendar shows it: what is due on each, and what comes again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final

from sqlalchemy import and_, select

from app.db.database import Database
from app.db.scope import ActorSession
from app.domain import recurrence
from app.domain.reminders import Whose
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, WorkingCalendar, usual
from app.models import Reminder
from app.queries import reminders as queries
from app.services.due import MOST, ReminderLine, lines
from app.services.today import Columns, Work

A_DAY: Final = 8
"""So many lines of a day are shown in a grid."""
COUNTED: Final = 40
"""So many of a day are counted, and listed where there is room; of a single day, MOST."""
LONGEST: Final = 62
"""Days of a span."""
_AT_ONCE: Final = 7
"""Days in one question: a week's is put together once and asked again for the next."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A later occurrence of what comes again: not written down yet, it cannot be done or moved."""

    line: ReminderLine
    due: date | datetime

    @property
    def day(self) -> date:
        """The day where the user sits."""
        return self.due.astimezone().date() if isinstance(self.due, datetime) else self.due


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`. `lines` are those written down, also those that are over.

    `counts` is how many are written down for a day, which may be more than are in `lines`; it is
    counted up to COUNTED.
    """

    now: datetime
    today: date
    first: date
    last: date
    lines: tuple[ReminderLine, ...]
    coming: tuple[Coming, ...]
    counts: Mapping[date, int]
    calendar: WorkingCalendar


class CalendarService:
    """`calendar` tells which days are worked."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    def load(
        self,
        actor: Actor,
        first: date,
        last: date,
        whose: Whose = Whose.MINE,
        a_day: int = A_DAY,
    ) -> Span:
        """What is due from `first` to `last`, at most LONGEST days; of each the first `a_day`."""
        last = min(last, first + timedelta(days=LONGEST - 1))
        now, today, calendar = self._db.clock.now(), self._db.clock.today(), self._calendar()
        columns = partial(queries.columns_of_work, actor, whose, today)
        again = partial(queries.first_work, actor, whose, today, MOST)
        most = COUNTED if last > first else MOST
        with self._db.read(actor) as session:
            held = _ids_by_day(session, columns, first, last, most)
            shown = [one for ids in held.values() for one in ids[: a_day if last > first else MOST]]
            return Span(
                now,
                today,
                first,
                last,
                tuple(lines(session, Reminder.id.in_(shown), most=len(shown))) if shown else (),
                tuple(_coming(session, again, first, last, calendar)),
                MappingProxyType({day: min(len(ids), most) for day, ids in held.items()}),
                calendar,
            )


def _ids_by_day(
    session: ActorSession, columns: Columns, first: date, last: date, most: int
) -> dict[date, list[int]]:
    """The first ones of every day: what is still to be done before what is over."""
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    found: dict[date, list[int]] = {}
    for state in (queries.still_open(), queries.over()):
        for begin in range(0, len(days), _AT_ONCE):
            rows = columns(
                (Reminder.due_on, Reminder.due_at, Reminder.id),
                most,
                *(and_(state, Reminder.due_on == day) for day in days[begin : begin + _AT_ONCE]),
            )
            order = (rows.c.due_on, rows.c.due_at.is_(None), rows.c.due_at, rows.c.id)
            for day, one in session.execute(select(rows.c.due_on, rows.c.id).order_by(*order)):
                found.setdefault(day, []).append(one)
    return found


def _coming(
    session: ActorSession, again: Work, first: date, last: date, calendar: WorkingCalendar
) -> list[Coming]:
    known = lines(
        session, again(and_(queries.still_open(), queries.comes_again(), Reminder.due_on <= last))
    )
    found = [
        Coming(line, due)
        for line in known
        for due in recurrence.between(recurrence.parse(line.rule), line.due, first, last, calendar)
        if due != line.due
    ]
    return sorted(found, key=lambda one: (one.day, one.line.id))
