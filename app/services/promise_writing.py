"""Writing promises inside an open write: each with the reminders that keep it from being forgotten.

It reminds who made it when it is due; one working day later, if it is still open, their stand-in;
another day later the lead of their team.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from app.db import bulk
from app.db.ids import id_set
from app.db.scope import WriteSession
from app.domain.promises import Firmness, PromiseState
from app.domain.reminders import (
    ON_THE_DAY,
    Alarm,
    Outcome,
    ReminderKind,
    store_alarms,
    usual_alarms,
)
from app.domain.vocabulary import Role
from app.domain.working_time import WorkingCalendar
from app.models import Customer, Promise, PromiseMove, Reminder, Staff
from app.services import reminder_writing as writing
from app.services.reminder_writing import OWNER, Assignee, ReminderDraft, due_columns, due_of

STAND_IN: Final = 1
LEAD: Final = 2
"""Working days after it was due; also the step of escalation."""


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """What is promised, and until when: a day, or a moment (aware); with `deadline` before it."""

    text: str
    due: date | datetime
    contact_id: int | None = None
    interaction_id: int | None = None
    firm: Firmness = Firmness.FIRM
    deadline: bool = False
    alarms: tuple[Alarm, ...] | None = None


def insert(
    session: WriteSession,
    customer_id: int,
    drafts: Sequence[PromiseDraft],
    calendar: WorkingCalendar,
) -> list[int]:
    """Write promises of the actor with their reminders; their ids in order."""
    rows = [
        {
            "customer_id": customer_id,
            "contact_id": one.contact_id,
            "interaction_id": one.interaction_id,
            "staff_id": session.actor.id,
            "at": session.at,
            "text": one.text.strip(),
            **due_columns(one.due),
            "first_due_on": due_columns(one.due)["due_on"],
            "deadline": one.deadline,
            "firm": one.firm.value,
            "state": PromiseState.OPEN.value,
        }
        for one in drafts
    ]
    first, last = bulk.insert_rows(session, Promise, rows)
    ids = list(range(first, last + 1))
    for number, one in zip(ids, drafts, strict=True):
        remind(session, number, customer_id, one, calendar)
    return ids


def remind(
    session: WriteSession,
    promise_id: int,
    customer_id: int,
    promised: PromiseDraft,
    calendar: WorkingCalendar,
) -> None:
    """Write the reminders of a promise of the actor."""
    maker = session.actor.id
    owner = session.scalar(select(Customer.owner_id).where(Customer.id == customer_id))
    of_maker = ReminderDraft(
        promised.text.strip(),
        promised.due,
        customer_id,
        promised.contact_id,
        ReminderKind.PROMISE,
        deadline=promised.deadline,
        alarms=promised.alarms,
        assignee=OWNER if owner == maker or maker is None else Assignee(maker),
    )
    writing.insert(session, [of_maker], promise_id=promise_id, escalation=0)
    for step, assignee in _escalations(session, maker):
        late = replace(
            of_maker,
            due=later(promised.due, step, calendar),
            alarms=ON_THE_DAY,
            assignee=assignee,
        )
        writing.insert(session, [late], promise_id=promise_id, escalation=step)


def later(due: date | datetime, step: int, calendar: WorkingCalendar) -> date:
    """The day on which it is escalated: so many working days after it was due."""
    day: date = due_columns(due)["due_on"]
    return calendar.add_workdays(day, step)


def _escalations(session: WriteSession, maker: int | None) -> Iterator[tuple[int, Assignee]]:
    staff = None if maker is None else session.get(Staff, maker)
    if staff is None:
        return
    stand_in = None if staff.stand_in_id is None else session.get(Staff, staff.stand_in_id)
    if stand_in is not None and stand_in.active:
        yield STAND_IN, Assignee(stand_in.id)
    if staff.team_id is not None and staff.role == Role.SALESPERSON.value:
        yield LEAD, Assignee(role=Role.LEAD, team_id=staff.team_id)


def move(
    session: WriteSession,
    promise: Promise,
    due: date | datetime,
    why: str,
    calendar: WorkingCalendar,
) -> None:
    """Give a promise another date, keep that it was moved, and move its reminders along."""
    columns, before = due_columns(due), due_of_promise(promise)
    session.add(
        PromiseMove(
            customer_id=promise.customer_id,
            promise_id=promise.id,
            staff_id=session.actor.id,
            at=session.at,
            from_on=promise.due_on,
            from_at=promise.due_at,
            to_on=columns["due_on"],
            to_at=columns["due_at"],
            why=why.strip(),
        )
    )
    promise.due_on, promise.due_at = columns["due_on"], columns["due_at"]
    for one in session.scalars(
        select(Reminder).where(Reminder.promise_id == promise.id, Reminder.closed_at.is_(None))
    ):
        wanted = due if one.escalation == 0 else later(due, one.escalation, calendar)
        if one.escalation == 0 and one.alarms == store_alarms(usual_alarms(before)):
            one.alarms = store_alarms(usual_alarms(due))
        for name, value in due_columns(wanted).items():
            setattr(one, name, value)
        one.snoozed_until = None
    session.flush()


def tell_reminders(session: WriteSession, promise: Promise, typed: PromiseDraft) -> None:
    """Its open reminders say what the promise says."""
    for one in session.scalars(
        select(Reminder).where(Reminder.promise_id == promise.id, Reminder.closed_at.is_(None))
    ):
        one.text, one.contact_id, one.deadline = promise.text, promise.contact_id, promise.deadline
        if one.escalation == 0 and typed.alarms is not None:
            one.alarms = store_alarms(typed.alarms)
    session.flush()


def close(
    session: WriteSession,
    promise_ids: Sequence[int],
    state: PromiseState,
    reason: str,
    calendar: WorkingCalendar,
) -> list[int]:
    """End open promises and their reminders; the ids of those that were open."""
    open_ones = [
        int(one)
        for one in session.scalars(
            select(Promise.id).where(
                Promise.id.in_(id_set(session, promise_ids)), Promise.closed_at.is_(None)
            )
        )
    ]
    values = {
        "state": state.value,
        "closed_at": session.at,
        "closed_on": session.at.astimezone().date(),
        "closed_by_id": session.actor.id,
    }
    bulk.update_rows(session, Promise, open_ones, values | ({"reason": reason} if reason else {}))
    reminders = session.scalars(
        select(Reminder.id).where(
            Reminder.promise_id.in_(id_set(session, open_ones)), Reminder.closed_at.is_(None)
        )
    ).all()
    writing.close(session, list(reminders), Outcome(state.value), "", calendar)
    return open_ones


def promises_of(session: WriteSession, reminder_ids: Iterable[int]) -> dict[int, int]:
    """The promise of each of these reminders that has one."""
    rows = session.execute(
        select(Reminder.id, Reminder.promise_id).where(
            Reminder.id.in_(id_set(session, reminder_ids)), Reminder.promise_id.is_not(None)
        )
    )
    return {int(one): int(promise) for one, promise in rows if promise is not None}


def due_of_promise(one: Promise) -> date | datetime:
    """The day, or the moment where there is one."""
    return due_of(one.due_on, one.due_at)
