"""Reminders as calendar files: exported once, or kept up to date for programs that subscribe."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import func, select

from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.recurrence import Workdays
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, usual
from app.errors import Refused
from app.exchange.calendar_entries import Entry
from app.exchange.calendar_writer import write_calendar
from app.i18n import Message, tr
from app.models import ChangeSet, Customer, Reminder
from app.queries import reminders as queries
from app.services.calendar_entries import as_entry
from app.services.calendar_import import CalendarImport, CalendarImporter, Progress
from app.services.calendar_names import workspace_name
from app.services.exports import record_export

ENDING = ".ics"


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """How many reminders were written where."""

    path: Path
    entries: int


class CalendarExchange:
    """`calendar` tells which days are worked: on these the last working day of a month hangs."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar
        self._importer = CalendarImporter(db, calendar)

    def export(self, actor: Actor, target: Path, days: Days | None = None) -> CalendarExport:
        """Write the actor's reminders to a .ics file, by its ending.

        Args:
            actor: whose work is written; a customer they may not see is not named.
            target: the file; one that is there stays as it was until the new one is whole.
            days: those due then, also the ones that are over; None: all that is open.

        Raises:
            Refused: another ending. Unavailable: the file cannot be written.
        """
        if target.suffix.lower() != ENDING:
            raise Refused(
                Message(
                    "A calendar is written as .ics. “{file}” ends otherwise.",
                    params={"file": target.name},
                )
            )
        found = self.entries(actor, days)
        self._write(target, found)
        record_export(self._db, actor, "reminders", len(found), target)
        return CalendarExport(target, len(found))

    def entries(self, actor: Actor, days: Days | None = None) -> tuple[Entry, ...]:
        """What `export` writes."""
        calendar = self._calendar()
        with self._db.read(actor) as session:
            return _entries(session, calendar, queries.mine(actor), _due(days))

    def look(self, actor: Actor, path: Path, progress: Progress | None = None) -> CalendarImport:
        """What an import would do; nothing is written. Raises Refused if it is no calendar."""
        return self._importer.look(actor, path, progress)

    def run(self, actor: Actor, path: Path, progress: Progress | None = None) -> CalendarImport:
        """Make reminders of a file's entries, in one change set. Raises Refused, Unavailable."""
        return self._importer.run(actor, path, progress)

    def _write(self, target: Path, found: tuple[Entry, ...]) -> None:
        write_calendar(target, found, name=tr("Reminders"), made=self._db.clock.now())


class CalendarFileKeeper:
    """Keeps a file up to date that other programs subscribe to.

    Args:
        db: the workspace's database.
        target: asked at each refresh: where the file is, None while nobody wants it.
        calendar: tells which days are worked.
    """

    def __init__(
        self, db: Database, target: Callable[[], Path | None], calendar: Calendar = usual
    ) -> None:
        self._db = db
        self._exchange = CalendarExchange(db, calendar)
        self._target = target
        self._one_at_a_time = Lock()
        self._seen: tuple[Any, ...] | None = None
        self._written: tuple[Entry, ...] | None = None

    def refresh_if_needed(self, actor: Actor) -> bool:
        """Write the file anew if a reminder changed since; whether it was.

        Costs one look at the newest change while nothing was written to the workspace. Call it in
        the background. Raises Unavailable if the file cannot be written; it stays as it was.
        """
        target = self._target()
        if target is None:
            return False
        with self._one_at_a_time:
            return self._refresh(actor, target)

    def _refresh(self, actor: Actor, target: Path) -> bool:
        with self._db.read(actor) as session:
            newest = session.scalar(select(func.max(ChangeSet.id)))
        seen = (newest, actor.id, actor.role, target, tr("Reminders"))
        if seen == self._seen and target.exists():
            return False
        found = self._exchange.entries(actor)
        same = found == self._written and (self._seen or ())[1:] == seen[1:] and target.exists()
        if not same:
            write_calendar(target, found, name=tr("Reminders"), made=self._db.clock.now())
        self._seen, self._written = seen, found
        return not same


def _due(days: Days | None) -> Any:
    if days is None:
        return queries.still_open()
    return Reminder.due_on.between(days.first, days.last)


def _entries(session: ActorSession, calendar: Workdays, *conditions: Any) -> tuple[Entry, ...]:
    workspace = workspace_name(session)
    query = (
        select(Reminder, Customer.name)
        .outerjoin(Customer, Customer.id == Reminder.customer_id)
        .where(*conditions)
        .order_by(*queries.in_order())
        .execution_options(yield_per=1_000)
    )
    return tuple(
        as_entry(one, customer or "", workspace, calendar)
        for one, customer in session.execute(query)
    )
