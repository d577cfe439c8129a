"""Selecting reminders: whose they are, what is still to be done, what calls."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all

from app.domain.vocabulary import Actor
from app.models import Reminder


def mine(actor: Actor) -> ColumnElement[bool]:
    """Work of the actor: theirs by name, or of the role they have (in their team, if it says)."""
    return or_(Reminder.whose_id == (actor.id or 0), for_role(actor))


def work_of(actor: Actor, *alternatives: ColumnElement[bool]) -> ColumnElement[bool]:
    """Work of the actor of which one of these conditions holds; no two may hold of one row.

    As `mine`, but asked for by name, by role and by condition apart, so that each has its index:
    together SQLite reads the work of everybody.
    """
    return Reminder.id.in_(union_all(*_ways(actor, alternatives)))


def first_work_of(
    actor: Actor, most: int, *alternatives: ColumnElement[bool]
) -> ColumnElement[bool]:
    """As `work_of`; where there is more, the earliest `most` by name, by role and by condition."""
    earliest = (
        one.order_by(Reminder.due_on, Reminder.id).limit(most).subquery()
        for one in _ways(actor, alternatives)
    )
    return Reminder.id.in_(union_all(*(select(one.c.id) for one in earliest)))


def _ways(actor: Actor, alternatives: Sequence[ColumnElement[bool]]) -> list[Select[int]]:
    return [
        select(Reminder.id).where(whose, which).correlate(None)
        for whose in (Reminder.whose_id == (actor.id or 0), for_role(actor))
        for which in alternatives
    ]


def for_role(actor: Actor) -> ColumnElement[bool]:
    """Work of whoever has the actor's role."""
    return and_(
        Reminder.for_role == actor.role.value,
        or_(Reminder.team_id.is_(None), Reminder.team_id == (actor.team_id or 0)),
    )


def still_open() -> ColumnElement[bool]:
    """Still to be done."""
    return Reminder.closed_at.is_(None)


def over() -> ColumnElement[bool]:
    """Done, or left out."""
    return Reminder.closed_at.is_not(None)


def not_put_off(now: datetime) -> ColumnElement[bool]:
    """Still to be done, and not to be kept quiet about at the moment."""
    quiet_no_more = or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until <= now)
    return and_(still_open(), quiet_no_more)


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
