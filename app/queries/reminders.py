"""Selecting reminders: whose they are, what is still to be done, what calls."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from app.domain.vocabulary import Actor
from app.models import Reminder


def mine(actor: Actor) -> ColumnElement[bool]:
    """Work of the actor: theirs by name, or of the role they have (in their team, if it says)."""
    return or_(Reminder.whose_id == (actor.id or 0), for_role(actor))


def for_role(actor: Actor) -> ColumnElement[bool]:
    """Work of whoever has the actor's role."""
    return and_(
        Reminder.for_role == actor.role.value,
        or_(Reminder.team_id.is_(None), Reminder.team_id == (actor.team_id or 0)),
    )


def still_open() -> ColumnElement[bool]:
    """Still to be done."""
    return Reminder.closed_at.is_(None)


def due_by(last: date) -> ColumnElement[bool]:
    """Due on this day or earlier, and still to be done."""
    return and_(still_open(), Reminder.due_on <= last)


def shown_by(today: date) -> ColumnElement[bool]:
    """What is to be seen today: an escalation only once it has come to that."""
    return or_(Reminder.escalation == 0, Reminder.due_on <= today)


def calling(now: datetime) -> ColumnElement[bool]:
    """Calls now, or has called since it was last shown."""
    return and_(still_open(), Reminder.next_at <= now)


def in_order() -> tuple[Any, ...]:
    """By day; on one day what has a time first, by time; then as written."""
    return (Reminder.due_on, Reminder.due_at.is_(None), Reminder.due_at, Reminder.id)
