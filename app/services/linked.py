"""Customers that are linked with another one, as far as the actor may see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db.scope import ActorSession
from app.domain.vocabulary import Kind
from app.models import Customer


@dataclass(frozen=True, slots=True)
class Linked:
    """Another customer."""

    id: int
    name: str
    kind: Kind
    code: str


def parent(session: ActorSession, customer_id: int) -> tuple[Linked, ...]:
    """The parent company or distributor of a customer; none or one."""
    return _above(session, Customer.parent_id, customer_id)


def referrer(session: ActorSession, customer_id: int) -> tuple[Linked, ...]:
    """Through whom a customer came; none or one."""
    return _above(session, Customer.referred_by_id, customer_id)


def belonging(
    session: ActorSession, customer_id: int, most: int | None = None
) -> tuple[Linked, ...]:
    """Customers whose parent or distributor this one is, by name."""
    return _found(session, Customer.parent_id == customer_id, most)


def referred(
    session: ActorSession, customer_id: int, most: int | None = None
) -> tuple[Linked, ...]:
    """Customers that came through this one, by name."""
    return _found(session, Customer.referred_by_id == customer_id, most)


def _above(
    session: ActorSession, link: InstrumentedAttribute[Any], customer_id: int
) -> tuple[Linked, ...]:
    named = select(link).where(Customer.id == customer_id).scalar_subquery()
    return _found(session, Customer.id == named, None)


def _found(
    session: ActorSession, which: ColumnElement[bool], most: int | None
) -> tuple[Linked, ...]:
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.kind, Customer.code)
        .where(which)
        .order_by(Customer.sort_key, Customer.id)
        .limit(most)
    )
    return tuple(Linked(one, name, Kind(kind), code or "") for one, name, kind, code in rows)
