"""What rules have made reminders of already, whatever has become of these since.

Also what was deleted or taken back counts, so these look past what an actor sees: they say whether
there is one, and no more. What rules made has an occasion; asked for its rule, SQLite would read
all that rules ever made, and not the few of the customer.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from app.db.ids import id_set
from app.db.scope import ActorSession
from app.models import Customer, Reminder

Known = tuple[int, int | None, str]


def seen_to(kind: str, begins: Any) -> ColumnElement[bool]:
    """A rule of this kind made a reminder on the customer for an occasion that begins so."""
    made: Any = Reminder.__table__.alias()
    return exists(
        select(1).where(
            made.c.customer_id == Customer.id,
            made.c.kind == kind,
            made.c.occasion != "",
            func.substr(made.c.occasion, 1, func.length(begins)) == begins,
        )
    )


def waiting(kind: str) -> ColumnElement[bool]:
    """A reminder of this kind, made by a rule, is still to be done for the customer."""
    made: Any = Reminder.__table__.alias()
    return exists(
        select(1).where(
            made.c.customer_id == Customer.id,
            made.c.kind == kind,
            made.c.occasion != "",
            made.c.closed_at.is_(None),
            made.c.deleted_in.is_(None),
        )
    )


def known(session: ActorSession, kind: str, customers: Iterable[int], since: date) -> set[Known]:
    """Customer, contact and occasion (without who it was for) of what rules made since a day."""
    made: Any = Reminder.__table__
    rows = session.connection().execute(
        select(made.c.customer_id, made.c.contact_id, made.c.occasion).where(
            made.c.customer_id.in_(id_set(session, customers)),
            made.c.due_on >= since,
            made.c.kind == kind,
            made.c.occasion != "",
        )
    )
    return {(customer, contact, occasion.partition(" ")[0]) for customer, contact, occasion in rows}
