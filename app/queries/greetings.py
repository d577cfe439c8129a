"""Selecting who may be greeted on a day: the actor's own customers and their people."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select

from app.domain.greetings import stored_on
from app.domain.promises import PromiseState
from app.domain.vocabulary import Actor
from app.models import Contact, Customer, Interaction, Promise


def looked_after(actor: Actor) -> ColumnElement[bool]:
    """Customers that the actor looks after."""
    return Customer.owner_id == (actor.id or 0)


def born_on(column: Any, days: Iterable[date]) -> ColumnElement[bool]:
    """Stored birthdays that may be kept on one of these days; domain.greetings.is_kept decides."""
    endings = set().union(*(stored_on(day) for day in days))
    lunar = sorted(one[1:] for one in endings if one.startswith("L"))
    solar = sorted(one for one in endings if not one.startswith("L"))
    ending = func.substr(column, func.length(column) - 5, 6)
    return or_(
        and_(column.like("L%"), ending.in_(lunar)),
        and_(column.not_like("L%"), ending.in_(solar)),
    )


def came_on(days: Iterable[date]) -> ColumnElement[bool]:
    """Customers since one of these days of the year."""
    wanted = {(day.month, day.day) for day in days}
    if (2, 28) in wanted:
        wanted.add((2, 29))
    return or_(
        *(
            and_(extract("month", Customer.since) == month, extract("day", Customer.since) == day)
            for month, day in sorted(wanted)
        )
    )


def with_own_day(actor: Actor, days: Collection[date]) -> Select[Any]:
    """Ids of customers who may have a birthday or an anniversary on one of these days."""
    return select(Customer.id).where(
        looked_after(actor), or_(born_on(Customer.birthday, days), came_on(days))
    )


def people_born(actor: Actor, days: Collection[date]) -> Select[Any]:
    """Contacts of the actor's customers who may have their birthday on one of these days."""
    return (
        select(Contact)
        .join(Customer, Customer.id == Contact.customer_id)
        .where(looked_after(actor), born_on(Contact.birthday, days))
        .order_by(Contact.customer_id, Contact.position, Contact.id)
    )


def unhappy_since(ids: Any, moment: datetime) -> Select[int, datetime]:
    """When customers last sounded unhappy: id and moment."""
    return (
        select(Interaction.customer_id, func.max(Interaction.at))
        .where(Interaction.customer_id.in_(ids), Interaction.unhappy, Interaction.at >= moment)
        .group_by(Interaction.customer_id)
    )


def late_promises(ids: Any, today: date) -> Select[int, date]:
    """Customers who wait for something that was promised: id and since when."""
    return (
        select(Promise.customer_id, func.min(Promise.due_on))
        .where(
            Promise.customer_id.in_(ids),
            Promise.state == PromiseState.OPEN.value,
            Promise.due_on < today,
        )
        .group_by(Promise.customer_id)
    )
