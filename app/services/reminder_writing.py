"""Writing reminders inside an open write: shared by all that make or end them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select

from app.db import bulk, deliveries
from app.db.ids import id_set
from app.db.scope import ActorSession, WriteSession
from app.domain import recurrence
from app.domain.interactions import Channel
from app.domain.reminders import (
    MOST_ALARMS,
    Alarm,
    Outcome,
    ReminderKind,
    load_alarms,
    store_alarms,
    usual_alarms,
)
from app.domain.vocabulary import Role
from app.domain.working_time import WorkingCalendar
from app.errors import Refused
from app.i18n import Message
from app.models import Contact, Customer, Reminder, Staff
from app.services.customers import not_there


@dataclass(frozen=True, slots=True)
class Assignee:
    """Whose work it is: a staff member, or a role (of one team, or of all).

    With neither it is that of whoever owns the customer, and goes with the customer.
    """

    staff_id: int | None = None
    role: Role | None = None
    team_id: int | None = None


OWNER = Assignee()


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """A reminder as somebody writes it.

    `due` is a day, or a moment (aware). `assignee` None is the writer; on a customer of theirs it
    goes with the customer. `alarms` None are the usual ones; an empty tuple never calls. `rule` is
    in the text form of domain.recurrence, "" for once.
    """

    text: str
    due: date | datetime
    customer_id: int | None = None
    contact_id: int | None = None
    kind: ReminderKind = ReminderKind.NOTE
    channel: Channel | None = None
    about: str = ""
    deadline: bool = False
    alarms: tuple[Alarm, ...] | None = None
    rule: str = ""
    assignee: Assignee | None = None
    uid: str = ""


def due_of(due_on: date, due_at: datetime | None) -> date | datetime:
    """The day, or the moment where there is one."""
    return due_on if due_at is None else due_at


def due_columns(due: date | datetime) -> dict[str, Any]:
    """The columns that hold it."""
    if isinstance(due, datetime):
        return {"due_on": due.astimezone().date(), "due_at": due}
    return {"due_on": due, "due_at": None}


def checked(
    session: ActorSession, typed: ReminderDraft, calendar: WorkingCalendar
) -> ReminderDraft:
    """The draft as it is kept. Raises Refused, NotFound for what cannot be."""
    if typed.customer_id is not None and session.get(Customer, typed.customer_id) is None:
        raise not_there(session, typed.customer_id)
    problems: dict[str, Message] = {}
    if not typed.text.strip():
        problems["text"] = Message("Write down what is to be done.")
    if typed.alarms is not None and len(typed.alarms) > MOST_ALARMS:
        problems["alarms"] = Message(
            "At most {most} lead times are kept.", params={"most": MOST_ALARMS}
        )
    if typed.contact_id is not None:
        contact = session.get(Contact, typed.contact_id)
        if contact is None or contact.customer_id != typed.customer_id:
            problems["contact_id"] = Message("This contact is no longer there.")
    if typed.assignee and (problem := _no_assignee(session, typed.assignee, typed.customer_id)):
        problems["assignee"] = problem
    if problems:
        raise Refused(Message("Some fields need another look. Nothing was saved yet."), problems)
    return replace(
        typed,
        text=typed.text.strip(),
        about=typed.about.strip(),
        rule=_checked_rule(typed, calendar),
    )


def _checked_rule(typed: ReminderDraft, calendar: WorkingCalendar) -> str:
    if not typed.rule:
        return ""
    rule = recurrence.parse(typed.rule)
    return recurrence.store(recurrence.checked(rule, typed.due, calendar))


def _no_assignee(session: ActorSession, whose: Assignee, customer_id: int | None) -> Message | None:
    """Why nobody would be reminded."""
    if whose == OWNER and customer_id is None:
        return Message("Without a customer there is no owner to remind.")
    if whose.staff_id is None:
        return None
    staff = session.get(Staff, whose.staff_id)
    if staff is None or not staff.active:
        return Message("This staff member is no longer there. Choose another.")
    return None


def columns(session: ActorSession, typed: ReminderDraft) -> dict[str, Any]:
    """The columns of a reminder, as the draft says them."""
    alarms = usual_alarms(typed.due) if typed.alarms is None else typed.alarms
    whose = typed.assignee or _writer(session, typed.customer_id)
    return {
        "customer_id": typed.customer_id,
        "contact_id": typed.contact_id,
        "staff_id": whose.staff_id,
        "for_role": whose.role.value if whose.role else None,
        "team_id": whose.team_id,
        "kind": typed.kind.value,
        "channel": typed.channel.value if typed.channel else None,
        "text": typed.text,
        "about": typed.about,
        **due_columns(typed.due),
        "deadline": typed.deadline,
        "alarms": store_alarms(alarms),
        "rule": typed.rule,
        "uid": typed.uid,
    }


def _writer(session: ActorSession, customer_id: int | None) -> Assignee:
    """Who writes it; on a customer of theirs it goes with the customer."""
    me = session.actor.id
    if customer_id is not None:
        customer = session.get(Customer, customer_id)
        if customer is not None and customer.owner_id == me:
            return OWNER
    return Assignee(staff_id=me)


def insert(session: WriteSession, drafts: Sequence[ReminderDraft], **more: Any) -> list[int]:
    """Add reminders; `more` are columns of all of them. Returns their ids in order."""
    rows = [
        {
            **columns(session, typed),
            "made_by_id": session.actor.id,
            "made_at": session.at,
            "closed_at": None,
            "snoozed_until": None,
            "series_id": None,
            **more,
        }
        for typed in drafts
    ]
    first, last = bulk.insert_rows(session, Reminder, rows)
    return list(range(first, last + 1))


def still_open(session: ActorSession, ids: Iterable[int]) -> list[int]:
    """Those of these reminders that the actor sees and that are not over."""
    query = select(Reminder.id).where(
        Reminder.id.in_(id_set(session, ids)), Reminder.closed_at.is_(None)
    )
    return list(session.scalars(query))


def close(
    session: WriteSession,
    ids: Sequence[int],
    outcome: Outcome,
    reason: str,
    calendar: WorkingCalendar,
) -> None:
    """End reminders; those that come back get their next occurrence."""
    again = session.scalars(
        select(Reminder).where(Reminder.id.in_(id_set(session, ids)), Reminder.rule != "")
    ).all()
    rows = [row for one in again if (row := _next_row(session, one, calendar)) is not None]
    values = {
        "closed_at": session.at,
        "closed_by_id": session.actor.id,
        "outcome": outcome.value,
        "snoozed_until": None,
    }
    bulk.update_rows(session, Reminder, ids, values | ({"reason": reason} if reason else {}))
    deliveries.acted(session, ids, outcome.value)
    bulk.insert_rows(session, Reminder, rows)


_KEPT: Final = (
    "customer_id", "contact_id", "staff_id", "for_role", "team_id", "kind", "channel", "text",
    "about", "deadline", "alarms", "uid", "made_by_id",
)  # fmt: skip
"""What an occurrence has from the one before."""


def _next_row(
    session: WriteSession, one: Reminder, calendar: WorkingCalendar
) -> dict[str, Any] | None:
    """The next occurrence: the first that is still to come, so that missed ones are not made up."""
    today = session.at.astimezone().date()
    found = recurrence.following(
        recurrence.parse(one.rule),
        due_of(one.due_on, one.due_at),
        max(today, one.due_on),
        calendar,
        done_on=today,
    )
    if found is None:
        return None
    return {
        **{name: getattr(one, name) for name in _KEPT},
        **due_columns(found.due),
        "rule": recurrence.store(found.rule),
        "series_id": one.series_id or one.id,
        "snoozed_until": None,
        "closed_at": None,
        "made_at": session.at,
    }


def as_draft(one: Reminder) -> ReminderDraft:
    """A reminder as it can be edited."""
    role = Role(one.for_role) if one.for_role else None
    return ReminderDraft(
        one.text,
        due_of(one.due_on, one.due_at),
        one.customer_id,
        one.contact_id,
        ReminderKind(one.kind),
        Channel(one.channel) if one.channel else None,
        one.about,
        one.deadline,
        load_alarms(one.alarms),
        one.rule,
        Assignee(one.staff_id, role, one.team_id),
        one.uid,
    )
