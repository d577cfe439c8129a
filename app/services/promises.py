"""Promises: making, moving, keeping, breaking and releasing them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.db import bulk, journal
from app.db.database import Database
from app.db.ids import id_set
from app.db.scope import ActorSession, WriteSession
from app.domain.promises import Firmness, PromiseState, moved_to
from app.domain.reminders import Alarm, load_alarms
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, usual
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Contact, Customer, Promise, Reminder
from app.services import promise_writing as writing
from app.services.customers import not_there
from app.services.promise_lists import PromiseLine, PromiseMoved, lines, moves_of
from app.services.promise_writing import PromiseDraft

__all__ = ["Made", "PromiseDraft", "PromiseLine", "PromiseMoved", "PromiseService"]


@dataclass(frozen=True, slots=True)
class Made:
    """Ids of the promises that were written, and the change set that takes all of it back.

    `change_set_id` is None where there was nothing to do.
    """

    ids: tuple[int, ...]
    change_set_id: int | None


class PromiseService:
    """`calendar` tells which days are worked: a promise that is late is escalated on them."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    def make(self, actor: Actor, customer_id: int, typed: PromiseDraft) -> Made:
        """Write a promise with its reminders. Raises Refused, NotFound."""
        return self.make_all(actor, customer_id, (typed,))

    def make_all(self, actor: Actor, customer_id: int, typed: Sequence[PromiseDraft]) -> Made:
        """Write several promises in one change set. Raises Refused, NotFound."""
        title = Message("Make a promise", "Make {count} promises", {"count": len(typed)})
        calendar = self._calendar()
        with self._db.write(actor, title) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            for one in typed:
                _check(session, customer_id, one)
            ids = writing.insert(session, customer_id, typed, calendar)
            return Made(tuple(ids), session.change_set_id)

    def get(self, actor: Actor, promise_id: int) -> PromiseDraft:
        """As it is, to be edited. Raises NotFound."""
        with self._db.read(actor) as session:
            one = _held(session, promise_id)
            return PromiseDraft(
                one.text,
                writing.due_of_promise(one),
                one.contact_id,
                one.interaction_id,
                Firmness(one.firm),
                one.deadline,
                _alarms(session, promise_id),
            )

    def customer_of(self, actor: Actor, promise_id: int) -> int:
        """To whom it was made. Raises NotFound."""
        with self._db.read(actor) as session:
            return _held(session, promise_id).customer_id

    def save(self, actor: Actor, promise_id: int, typed: PromiseDraft, why: str = "") -> Made:
        """Change a promise; another date is kept as a move. Raises Refused, NotFound."""
        calendar = self._calendar()
        with self._db.write(actor, Message("Change a promise")) as session:
            one = _held(session, promise_id)
            _check(session, one.customer_id, typed)
            if typed.due != writing.due_of_promise(one):
                writing.move(session, one, typed.due, why, calendar)
            one.text, one.firm = typed.text.strip(), typed.firm.value
            one.deadline, one.contact_id = typed.deadline, typed.contact_id
            session.flush()
            writing.tell_reminders(session, one, typed)
            return Made((promise_id,), session.change_set_id)

    def move(self, actor: Actor, promise_id: int, due: date | datetime, why: str = "") -> Made:
        """Give it another date; the old one and why are kept. Raises Refused, NotFound."""
        calendar = self._calendar()
        with self._db.write(actor, _moving(1)) as session:
            one = _held(session, promise_id)
            if one.closed_at is not None:
                raise Refused(Message("This promise is over. Take that back first, then move it."))
            if due != writing.due_of_promise(one):
                writing.move(session, one, due, why, calendar)
            return Made((promise_id,), session.change_set_id)

    def move_all(
        self, actor: Actor, ids: Iterable[int], due: date | datetime, why: str = ""
    ) -> Made:
        """Give open promises another date, in one change set.

        A day alone leaves a time of day as it is. What is over, gone or due then anyway stays.
        """
        wanted, calendar = [int(one) for one in ids], self._calendar()
        with self._db.write(actor, _moving(len(wanted))) as session:
            moved = [
                one
                for one in session.scalars(
                    select(Promise)
                    .where(Promise.id.in_(id_set(session, wanted)), Promise.closed_at.is_(None))
                    .order_by(Promise.id)
                )
                if moved_to(writing.due_of_promise(one), due) != writing.due_of_promise(one)
            ]
            for one in moved:
                to = moved_to(writing.due_of_promise(one), due)
                writing.move(session, one, to, why, calendar)
            return Made(tuple(one.id for one in moved), session.change_set_id)

    def keep(self, actor: Actor, ids: Iterable[int]) -> Made:
        """They were kept."""
        return self._close(actor, ids, PromiseState.KEPT, "")

    def break_off(self, actor: Actor, ids: Iterable[int], why: str) -> Made:
        """They were not kept, and why. Raises Refused where nobody says why."""
        if not why.strip():
            raise Refused(
                Message("Say why it was not kept. Nothing was changed."),
                {"reason": Message("Why was it not kept?")},
            )
        return self._close(actor, ids, PromiseState.BROKEN, why)

    def release(self, actor: Actor, ids: Iterable[int], why: str = "") -> Made:
        """The customer does not ask for it any more."""
        return self._close(actor, ids, PromiseState.RELEASED, why)

    def _close(self, actor: Actor, ids: Iterable[int], state: PromiseState, why: str) -> Made:
        wanted, calendar = [int(one) for one in ids], self._calendar()
        with self._db.write(actor, closing(state, len(wanted))) as session:
            closed = writing.close(session, wanted, state, why.strip(), calendar)
            return Made(tuple(closed), session.change_set_id)

    def delete(self, actor: Actor, ids: Sequence[int]) -> Made:
        """Put promises and their reminders into the recycle bin."""
        title = Message("Delete a promise", "Delete {count} promises", {"count": len(ids)})
        with self._db.write(actor, title) as session:
            held = [promise for one in ids if (promise := session.get(Promise, one)) is not None]
            reminders = session.scalars(
                select(Reminder.id).where(Reminder.promise_id.in_([one.id for one in held]))
            ).all()
            for one in held:
                journal.delete(session, one)
            session.flush()
            if reminders:
                bulk.delete_rows(session, Reminder, list(reminders))
            return Made(tuple(one.id for one in held), session.change_set_id)

    # ---- lists

    def of_customer(self, actor: Actor, customer_id: int) -> list[PromiseLine]:
        """All promises to a customer: open ones first, by date; then the newest."""
        with self._db.read(actor) as session:
            return lines(session, Promise.customer_id == customer_id)

    def moves(self, actor: Actor, promise_id: int) -> list[PromiseMoved]:
        """Every move of a promise, in order."""
        with self._db.read(actor) as session:
            _held(session, promise_id)
            return moves_of(session, promise_id)


def _moving(count: int) -> Message:
    return Message("Move a promise", "Move {count} promises", {"count": count})


def closing(state: PromiseState, count: int) -> Message:
    """The title of a write that ends promises."""
    params: dict[str, Any] = {"count": count}
    if state is PromiseState.KEPT:
        return Message("Keep a promise", "Keep {count} promises", params)
    if state is PromiseState.BROKEN:
        return Message("Break a promise", "Break {count} promises", params)
    return Message("Release a promise", "Release {count} promises", params)


def _check(session: WriteSession, customer_id: int, typed: PromiseDraft) -> None:
    problems: dict[str, Message] = {}
    if not typed.text.strip():
        problems["text"] = Message("Write down what is promised.")
    if typed.contact_id is not None:
        contact = session.get(Contact, typed.contact_id)
        if contact is None or contact.customer_id != customer_id:
            problems["contact_id"] = Message("This contact is no longer there.")
    if problems:
        raise Refused(Message("Some fields need another look. Nothing was saved yet."), problems)


def _alarms(session: ActorSession, promise_id: int) -> tuple[Alarm, ...]:
    found = session.scalar(
        select(Reminder.alarms)
        .where(Reminder.promise_id == promise_id, Reminder.escalation == 0)
        .order_by(Reminder.id)
        .limit(1)
    )
    return load_alarms(found or "")


def _held(session: ActorSession, promise_id: int) -> Promise:
    one = session.get(Promise, promise_id)
    if one is None:
        raise NotFound(Message("This promise is no longer there. Nothing was changed."))
    return one
