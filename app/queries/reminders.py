"""Selecting reminders: whose they are, what is still to be done, what calls."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, literal, or_, select, true, union_all

from app.domain.reminders import Whose, local_moment
from app.domain.vocabulary import Actor
from app.models import Customer, Reminder, Staff


def mine(actor: Actor) -> ColumnElement[bool]:
    """Work of the actor: theirs by name, or of the role they have (in their team, if it says)."""
    return or_(Reminder.whose_id == (actor.id or 0), for_role(actor))


def work_of(actor: Actor, *alternatives: ColumnElement[bool]) -> ColumnElement[bool]:
    """Work of the actor of which one of these conditions holds; no two may hold of one row.

    As `mine`, but asked for by name, by role and by condition apart, so that each has its index:
    together SQLite reads the work of everybody.
    """
    return Reminder.id.in_(union_all(*_ways(actor, Whose.MINE, alternatives)))


def first_work(
    actor: Actor, wanted: Whose, today: date, most: int, *alternatives: ColumnElement[bool]
) -> ColumnElement[bool]:
    """As `work_of`, of the actor, the actor's team or everybody, as far as it is seen today.

    Where there is more, the earliest `most` by name, by role and by condition. Where one looks at
    several people's work, a promise stands there once: as its maker's.
    """
    earliest = (
        one.order_by(Reminder.due_on, Reminder.id).limit(most).subquery()
        for one in _ways(actor, wanted, _seen(wanted, today, alternatives))
    )
    return Reminder.id.in_(union_all(*(select(one.c.id) for one in earliest)))


def columns_of_work(
    actor: Actor,
    wanted: Whose,
    today: date,
    columns: Sequence[Any],
    most: int,
    *alternatives: ColumnElement[bool],
) -> Subquery:
    """These columns of the same, to count: in no order, and without reading the rows again."""
    some = (
        one.with_only_columns(*columns).limit(most).subquery()
        for one in _ways(actor, wanted, _seen(wanted, today, alternatives))
    )
    return union_all(*(select(*one.c) for one in some)).subquery()


def _seen(
    wanted: Whose, today: date, alternatives: Sequence[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    once = shown_by(today) if wanted is Whose.MINE else Reminder.escalation == 0
    return [and_(which, once) for which in alternatives]


def _ways(
    actor: Actor, wanted: Whose, alternatives: Sequence[ColumnElement[bool]]
) -> list[Select[int]]:
    return [
        select(Reminder.id).where(whose, which).correlate(None)
        for whose in _whose(actor, wanted)
        for which in alternatives
    ]


def _whose(actor: Actor, wanted: Whose) -> list[ColumnElement[bool]]:
    """The ways in which something is their work; no two hold of one row."""
    if wanted is Whose.ALL:
        return [true()]
    if wanted is Whose.MINE:
        return [Reminder.whose_id == (actor.id or 0), for_role(actor)]
    team = actor.team_id or 0
    members = select(Staff.id).where(or_(Staff.team_id == team, Staff.id == (actor.id or 0)))
    of_team = and_(Reminder.for_role.is_not(None), Reminder.team_id == team)
    of_all = and_(Reminder.for_role == actor.role.value, Reminder.team_id.is_(None))
    return [Reminder.whose_id.in_(members), or_(of_team, of_all)]


def for_role(actor: Actor) -> ColumnElement[bool]:
    """Work of whoever has the actor's role."""
    return and_(
        Reminder.for_role == actor.role.value,
        or_(Reminder.team_id.is_(None), Reminder.team_id == (actor.team_id or 0)),
    )


def looked_after(actor: Actor, wanted: Whose) -> ColumnElement[bool]:
    """Customers of the actor, of the actor's team, or of everybody."""
    if wanted is Whose.ALL:
        return true()
    if wanted is Whose.TEAM:
        members = select(Staff.id).where(Staff.team_id == (actor.team_id or 0))
        return or_(Customer.owner_id == (actor.id or 0), Customer.owner_id.in_(members))
    return Customer.owner_id == (actor.id or 0)


def ended_by(actor: Actor, wanted: Whose) -> ColumnElement[bool]:
    """Ended by the actor, by one of the actor's team, or by anybody."""
    if wanted is Whose.MINE:
        return Reminder.closed_by_id == (actor.id or 0)
    staff = select(Staff.id)
    if wanted is Whose.TEAM:
        staff = staff.where(or_(Staff.team_id == (actor.team_id or 0), Staff.id == (actor.id or 0)))
    return Reminder.closed_by_id.in_(staff)


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


def comes_again() -> ColumnElement[bool]:
    """Has a rule. The text is written into the statement, else its index is not found."""
    return Reminder.rule != literal("", literal_execute=True)


def not_put_off_past(day: date) -> ColumnElement[bool]:
    """Not put off, or not beyond the end of this day."""
    return or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until < _end_of(day))


def _end_of(day: date) -> datetime:
    return local_moment(date.fromordinal(day.toordinal() + 1), time())


def calling(now: datetime) -> ColumnElement[bool]:
    """Calls now, or has called since it was last shown."""
    return and_(still_open(), Reminder.next_at <= now)


def in_order() -> tuple[Any, ...]:
    """By day; on one day what has a time first, by time; then as written."""
    return (Reminder.due_on, Reminder.due_at.is_(None), Reminder.due_at, Reminder.id)
