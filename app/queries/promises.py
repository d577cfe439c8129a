"""Selecting promises for lists: which, whose, and in which order."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from app.domain.promises import PromiseState, Which
from app.domain.reminders import Whose
from app.domain.vocabulary import Actor
from app.models import Contact, Customer, Promise, PromiseMove, Staff

WEEK: Final = 7
"""Days of what is due soon: today and those after it."""

_STATES: Final[Mapping[Which, PromiseState]] = MappingProxyType(
    {
        Which.KEPT: PromiseState.KEPT,
        Which.BROKEN: PromiseState.BROKEN,
        Which.RELEASED: PromiseState.RELEASED,
    }
)
OVER: Final = frozenset(_STATES)
"""Lists of what is over."""


def is_late(today: date, now: datetime) -> ColumnElement[bool]:
    """The day has passed, or the moment where there is one."""
    return and_(
        Promise.due_on <= today,
        or_(Promise.due_on < today, and_(Promise.due_at.is_not(None), Promise.due_at < now)),
    )


def is_soon(today: date) -> ColumnElement[bool]:
    """Due today or in the days after it."""
    return Promise.due_on.between(today, today + timedelta(days=WEEK - 1))


def standing(which: Which, today: date, now: datetime) -> ColumnElement[bool]:
    """How they stand."""
    if which is Which.ALL:
        return true()
    is_open = Promise.state == PromiseState.OPEN.value
    match which:
        case Which.OPEN:
            return is_open
        case Which.LATE:
            return and_(is_open, is_late(today, now))
        case Which.WEEK:
            return and_(is_open, is_soon(today))
        case _:
            return Promise.state == _STATES[which].value


def made_by(actor: Actor, whose: Whose) -> ColumnElement[bool]:
    """Made by the actor, by one of their team, or by anybody."""
    me = Promise.staff_id == (actor.id or 0)
    if whose is Whose.ALL:
        return true()
    if whose is Whose.MINE or actor.team_id is None:
        return me
    return or_(me, Promise.staff_id.in_(select(Staff.id).where(Staff.team_id == actor.team_id)))


def says(spellings: Sequence[str], customers: Any) -> ColumnElement[bool]:
    """One of the spellings is in the promise or in its customer's name; or it is one of these."""
    name = aliased(Customer)
    named = select(name.id).where(
        or_(*(name.name.icontains(one, autoescape=True) for one in spellings))
    )
    return or_(
        *(Promise.text.icontains(one, autoescape=True) for one in spellings),
        Promise.customer_id.in_(named),
        Promise.customer_id.in_(customers),
    )


def counted(today: date, now: datetime) -> Select[str, int, Any, Any]:
    """By state: how many, and of them late and soon, whatever the state."""
    return select(
        Promise.state,
        func.count(),
        func.sum(case((is_late(today, now), 1), else_=0)),
        func.sum(case((is_soon(today), 1), else_=0)),
    ).group_by(Promise.state)


def ordered(query: Select[Any], sort: str) -> Select[Any]:
    """`query` on Promise in the order that `order` of a PromiseQuery names."""
    down, key = sort.startswith("-"), sort.removeprefix("-")
    # as reminders: on one day what has a time comes first
    columns: list[Any] = [Promise.due_on, Promise.due_at.is_(None), Promise.due_at, Promise.id]
    match key:
        case "made":
            columns = [Promise.at, Promise.id]
        case "maker":
            maker = aliased(Staff)
            query = query.outerjoin(maker, maker.id == Promise.staff_id)
            columns = [func.coalesce(maker.name, ""), *columns]
        case "customer":
            customer = aliased(Customer)
            query = query.join(customer, customer.id == Promise.customer_id)
            columns = [customer.sort_key, *columns]
    return query.order_by(*(one.desc() if down else one for one in columns))


def lines() -> Select[Any]:
    """Promises with the names of customer, contact and maker, and how often they were moved."""
    maker = aliased(Staff)
    moves = (
        select(func.count(PromiseMove.id))
        .where(PromiseMove.promise_id == Promise.id)
        .scalar_subquery()
    )
    return (
        select(Promise, Customer.name, Customer.kind, Contact.name, maker.name, moves)
        .join(Customer, Customer.id == Promise.customer_id)
        .outerjoin(Contact, Contact.id == Promise.contact_id)
        .outerjoin(maker, maker.id == Promise.staff_id)
    )
