"""Reminders: writing them, ending them, putting them off, and showing what is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.db import bulk, deliveries, journal
from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain.promises import PromiseState
from app.domain.reminders import Outcome
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, WorkingCalendar, usual
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Promise, Reminder
from app.services import promise_writing
from app.services import reminder_writing as writing
from app.services.reminder_writing import OWNER, Assignee, ReminderDraft

__all__ = ["OWNER", "Assignee", "ReminderDraft", "ReminderService", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """Ids of the reminders that were written, and the change set that takes all of it back.

    `change_set_id` is None where there was nothing to do.
    """

    ids: tuple[int, ...]
    change_set_id: int | None


class ReminderService:
    """`calendar` tells which days are worked."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    def add(self, actor: Actor, typed: ReminderDraft) -> Written:
        """Write a reminder. Raises Refused, NotFound."""
        calendar = self._calendar()
        with self._db.write(actor, Message("Add a reminder")) as session:
            made = writing.insert(session, [writing.checked(session, typed, calendar)])
            return Written(tuple(made), session.change_set_id)

    def get(self, actor: Actor, reminder_id: int) -> ReminderDraft:
        """As it is, to be edited. Raises NotFound."""
        with self._db.read(actor) as session:
            return writing.as_draft(_held(session, reminder_id))

    def save(self, actor: Actor, reminder_id: int, typed: ReminderDraft) -> Written:
        """Change a reminder. Raises Refused, NotFound."""
        calendar = self._calendar()
        with self._db.write(actor, Message("Change a reminder")) as session:
            one = _held(session, reminder_id)
            before = writing.as_draft(one)
            clean = writing.checked(session, typed, calendar)
            for name, value in writing.columns(session, clean).items():
                setattr(one, name, value)
            if (before.due, before.alarms) != (clean.due, clean.alarms):
                one.snoozed_until = None
            session.flush()
            return Written((reminder_id,), session.change_set_id)

    def move(self, actor: Actor, reminder_id: int, due: date | datetime, why: str = "") -> Written:
        """Give it another day or moment. Raises NotFound.

        With that of a promise the promise is moved, and `why` is kept.
        """
        return self.move_all(actor, {reminder_id: due}, why)

    def move_all(self, actor: Actor, dues: Mapping[int, date | datetime], why: str = "") -> Written:
        """Give several another day or moment, in one step; those that are over stay.

        Raises NotFound for a single one that is no longer there.
        """
        title = Message("Move a reminder", "Move {count} reminders", {"count": len(dues)})
        calendar = self._calendar()
        with self._db.write(actor, title) as session:
            open_ones = writing.still_open(session, dues)
            if len(dues) == 1 and not open_ones:
                _held(session, *dues)
            for one in open_ones:
                _move(session, _held(session, one), dues[one], why, calendar)
            return Written(tuple(open_ones), session.change_set_id)

    def done(self, actor: Actor, ids: Iterable[int]) -> Written:
        """They are done: a promise is kept, what comes back gets its next occurrence."""
        return self._close(actor, ids, Outcome.DONE, "")

    def skip(self, actor: Actor, ids: Iterable[int], reason: str = "") -> Written:
        """They are left out this time: what comes back gets its next occurrence.

        Raises Refused for a promise: that is kept, broken, released or moved.
        """
        return self._close(actor, ids, Outcome.SKIPPED, reason)

    def _close(self, actor: Actor, ids: Iterable[int], outcome: Outcome, reason: str) -> Written:
        wanted, calendar = [int(one) for one in ids], self._calendar()
        with self._db.write(actor, _closing(outcome, len(wanted))) as session:
            open_ones = writing.still_open(session, wanted)
            promised = promise_writing.promises_of(session, open_ones)
            if promised and outcome is Outcome.SKIPPED:
                raise Refused(
                    Message(
                        "A promise cannot be skipped. Keep it, move it, or say that it was broken"
                        " or released. Nothing was changed."
                    )
                )
            kept = list(promised.values())
            promise_writing.close(session, kept, PromiseState.KEPT, "", calendar)
            plain = [one for one in open_ones if one not in promised]
            writing.close(session, plain, outcome, reason.strip(), calendar)
            return Written(tuple(open_ones), session.change_set_id)

    def snooze(self, actor: Actor, ids: Iterable[int], until: datetime) -> Written:
        """Be quiet about them until then (aware, still to come). Raises Refused."""
        if until <= self._db.clock.now():
            raise Refused(Message("This time has passed. Choose a later one."))
        wanted = [int(one) for one in ids]
        title = Message("Put off a reminder", "Put off {count} reminders", {"count": len(wanted)})
        with self._db.write(actor, title) as session:
            open_ones = writing.still_open(session, wanted)
            bulk.update_rows(session, Reminder, open_ones, {"snoozed_until": until})
            deliveries.acted(session, open_ones, "snoozed")
            return Written(tuple(open_ones), session.change_set_id)

    def delete(self, actor: Actor, ids: Sequence[int]) -> Written:
        """Put reminders into the recycle bin."""
        title = Message("Delete a reminder", "Delete {count} reminders", {"count": len(ids)})
        with self._db.write(actor, title) as session:
            held = [one for one in ids if session.get(Reminder, one) is not None]
            for one in held:
                journal.delete(session, _held(session, one))
            session.flush()
            return Written(tuple(held), session.change_set_id)


def _move(
    session: WriteSession, one: Reminder, due: date | datetime, why: str, calendar: WorkingCalendar
) -> None:
    if one.promise_id is not None:
        promise = session.get_one(Promise, one.promise_id)
        promise_writing.move(session, promise, due, why, calendar)
        return
    for name, value in writing.due_columns(due).items():
        setattr(one, name, value)
    one.snoozed_until = None
    session.flush()


def _closing(outcome: Outcome, count: int) -> Message:
    params: dict[str, Any] = {"count": count}
    if outcome is Outcome.SKIPPED:
        return Message("Skip a reminder", "Skip {count} reminders", params)
    return Message("Mark a reminder as done", "Mark {count} reminders as done", params)


def _held(session: ActorSession, reminder_id: int) -> Reminder:
    one = session.get(Reminder, reminder_id)
    if one is None:
        raise NotFound(Message("This reminder is no longer there. Nothing was changed."))
    return one
