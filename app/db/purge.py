"""Removing records for good. This cannot be undone.

The journal keeps that they existed, and the titles of what was done with them, but no values.
"""

from typing import Any

from sqlalchemy import delete, or_, select, update

from app.db import bulk, journal, search_index
from app.db.guard import journalled
from app.db.ids import id_set
from app.db.scope import WriteSession
from app.models import Assigned, Change, Contact, ContactPoint, Customer, joined_models


def purge_customers(session: WriteSession, ids: list[int]) -> None:
    """Remove deleted customers with everything that hangs on them.

    Customers that name them as parent or referrer stay, without the name. Of the journal that
    the record existed and was purged stays; the values it held go.
    """
    journal.record(session, [_purged(one) for one in ids])
    gone = id_set(session, ids)
    connection = session.connection()
    customer: Any = Customer.__table__
    for name in ("parent_id", "referred_by_id", "merged_into_id"):
        pointing = connection.scalars(select(customer.c.id).where(customer.c[name].in_(gone)))
        bulk.update_rows(session, Customer, list(pointing), {name: None})
    for model in joined_models().values():
        if issubclass(model, Assigned):
            _let_go(session, model, gone)
    # Contact points hang on contacts too, so they go first.
    models = [ContactPoint, Contact, *joined_models().values()]
    with journalled(connection):
        for model in dict.fromkeys(models):
            rows = model.__table__
            children = select(rows.c.id).where(rows.c.customer_id.in_(gone))
            _forget(session, rows.name, children)
            connection.execute(delete(rows).where(rows.c.customer_id.in_(gone)))
        search_index.remove(session, ids)
        _forget(session, customer.name, gone)
        connection.execute(delete(customer).where(customer.c.id.in_(gone)))


def _let_go(session: WriteSession, model: Any, gone: Any) -> None:
    """Work that stays, but names what goes (a promise, a contact), names it no more."""
    rows = model.__table__
    hanging = {one.__table__ for one in joined_models().values()}
    for key in rows.foreign_keys:
        target = key.column.table
        if target in hanging:
            pointing = select(rows.c.id).where(
                key.parent.in_(select(target.c.id).where(target.c.customer_id.in_(gone))),
                or_(rows.c.customer_id.is_(None), rows.c.customer_id.not_in(gone)),
            )
            ids = list(session.connection().scalars(pointing))
            bulk.update_rows(session, model, ids, {key.parent.name: None})


def _purged(one: int) -> dict[str, Any]:
    return {
        "table_name": Customer.__tablename__,
        "action": "purge",
        "row_id": one,
        "last_id": one,
        "before": None,
        "after": None,
    }


def _forget(session: WriteSession, table_name: str, ids: Any) -> None:
    """Empty the images of these rows."""
    session.connection().execute(
        update(Change)
        .where(Change.table_name == table_name, Change.row_id.in_(ids), Change.action == "update")
        .values(before={}, after={})
    )
