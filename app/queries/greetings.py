"""Selecting who may be greeted on a day: the actor's own customers and their people."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.domain.promises import PromiseState
from app.domain.vocabulary import Actor
from app.models import Contact, Customer, Interaction, Promise
from app.queries.rules import born_on, day_text, returning_on


def looked_after(actor: Actor) -> ColumnElement[bool]:
    """Customers that the actor looks after."""
    return Customer.owner_id == (actor.id or 0)


def with_own_day(actor: Actor, days: Collection[date]) -> Select[Any]:
    """Ids of customers who may have a birthday or an anniversary on one of these days."""
    return select(Customer.id).where(
        looked_after(actor),
        or_(born_on(Customer.birthday, days), returning_on(day_text(Customer.since), days)),
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
