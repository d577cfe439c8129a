"""A span of days as a calendar shows it: what is due on each, and what comes again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select

from app.db.database import Database
from app.db.scope import ActorSession
from app.domain import recurrence
from app.domain.reminders import Whose
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, WorkingCalendar, usual
from app.models import Reminder
from app.queries import reminders as queries
from app.services.due import MOST, ReminderLine, lines
from app.services.today import Work

A_DAY: Final = 24
"""So many of a day are shown with a longer span; of a single day, MOST."""
LONGEST: Final = 62
"""Days of a span."""


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

    `counts` is how many are written down for a day, which may be more than are in `lines`.
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

    def load(self, actor: Actor, first: date, last: date, whose: Whose = Whose.MINE) -> Span:
        """What is due from `first` to `last`, at most LONGEST days."""
        last = min(last, date.fromordinal(first.toordinal() + LONGEST - 1))
        now, today, calendar = self._db.clock.now(), self._db.clock.today(), self._calendar()
        work = partial(queries.work, actor, whose, today)
        again = partial(queries.first_work, actor, whose, today, MOST)
        most = A_DAY if last > first else MOST
        with self._db.read(actor) as session:
            return Span(
                now,
                today,
                first,
                last,
                tuple(_written(session, work, first, last, most)),
                tuple(_coming(session, again, first, last, calendar)),
                _counts(session, work, first, last),
                calendar,
            )


def _of_days(first: date, last: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    days = Reminder.due_on.between(first, last)
    return and_(queries.still_open(), days), and_(queries.over(), days)


def _written(
    session: ActorSession, work: Work, first: date, last: date, most: int
) -> list[ReminderLine]:
    """The first ones of every day: what is still to be done before what is over."""
    order: tuple[Any, ...] = (Reminder.closed_at.is_not(None), *queries.in_order())
    numbered = (
        select(
            Reminder.id,
            func.row_number().over(partition_by=Reminder.due_on, order_by=order).label("place"),
        )
        .where(work(*_of_days(first, last)))
        .subquery()
    )
    shown = select(numbered.c.id).where(numbered.c.place <= most)
    return lines(session, Reminder.id.in_(shown), most=max(MOST, A_DAY * LONGEST))


def _counts(session: ActorSession, work: Work, first: date, last: date) -> Mapping[date, int]:
    query = (
        select(Reminder.due_on, func.count(Reminder.id))
        .where(work(*_of_days(first, last)))
        .group_by(Reminder.due_on)
    )
    return MappingProxyType({row[0]: row[1] for row in session.execute(query)})


def _coming(
    session: ActorSession,
    work: Work,
    first: date,
    last: date,
    calendar: WorkingCalendar,
) -> list[Coming]:
    again = lines(
        session, work(and_(queries.still_open(), Reminder.rule != "", Reminder.due_on <= last))
    )
    found = [
        Coming(line, due)
        for line in again
        for due in recurrence.between(recurrence.parse(line.rule), line.due, first, last, calendar)
        if due != line.due
    ]
    return sorted(found, key=lambda one: (one.day, one.line.id))
