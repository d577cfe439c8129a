"""Whose work it is: what is assigned follows the customer to another owner.

`whose_id` of an assigned row is worked out again at the end of every write that touched an owner,
or the row itself, and of every undo. It is neither journalled nor restored: no feature has to think
of it, and none can forget. What is closed stays with whom it was.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, or_, select, update

from app.db.guard import journalled
from app.db.ids import id_set
from app.db.scope import ActorSession, WriteSession
from app.models import Assigned, Customer, journalled_models

_SOURCES = frozenset({"customer_id", "staff_id", "for_role", "closed_at"})


def touch_rows(session: WriteSession, model: type, ids: Iterable[int], columns: set[str]) -> None:
    """These rows were changed in these columns."""
    if model is Customer:
        if "owner_id" in columns:
            session.reowned.update(int(one) for one in ids)
    elif issubclass(model, Assigned) and columns & _SOURCES:
        session.reassigned[_name(model)].update(int(one) for one in ids)


def touch_range(session: WriteSession, model: type, first: int, last: int) -> None:
    """A block of rows was added."""
    if issubclass(model, Assigned):
        session.reassigned_ranges.append((_name(model), first, last))


def refresh(session: WriteSession) -> None:
    """Work out again whose what is, as far as this write touched it."""
    for name, table in _tables().items():
        conditions: list[ColumnElement[bool]] = [
            table.c.id.between(first, last)
            for of, first, last in session.reassigned_ranges
            if of == name
        ]
        if session.reassigned[name]:
            conditions.append(table.c.id.in_(id_set(session, session.reassigned[name])))
        if session.reowned:
            conditions.append(table.c.customer_id.in_(id_set(session, session.reowned)))
        for condition in conditions:
            _work_out(session, table, condition)
    session.reassigned.clear()
    session.reassigned_ranges.clear()
    session.reowned.clear()


def astray(session: ActorSession) -> dict[str, int]:
    """How many rows are not with whom they should be, by table: none, ever."""
    found = {
        name: session.connection().scalar(
            select(func.count())
            .select_from(table)
            .where(
                table.c.closed_at.is_(None), table.c.whose_id.is_distinct_from(_whose_it_is(table))
            )
        )
        for name, table in _tables().items()
    }
    return {name: count for name, count in found.items() if count}


def _work_out(session: WriteSession, table: Table, condition: ColumnElement[bool]) -> None:
    whose = _whose_it_is(table)
    fresh = or_(table.c.closed_at.is_(None), table.c.whose_id.is_(None))
    connection = session.connection()
    with journalled(connection):
        connection.execute(
            update(table)
            .where(condition, fresh, table.c.whose_id.is_distinct_from(whose))
            .values(whose_id=whose)
        )


def _whose_it_is(table: Table) -> ColumnElement[int | None]:
    customer: Any = Customer.__table__
    owner = select(customer.c.owner_id).where(customer.c.id == table.c.customer_id)
    return case(
        (table.c.for_role.is_not(None), None),
        else_=func.coalesce(table.c.staff_id, owner.scalar_subquery()),
    )


def _name(model: Any) -> str:
    return str(model.__tablename__)


@cache
def _tables() -> dict[str, Table]:
    return {
        name: model.__table__
        for name, model in journalled_models().items()
        if issubclass(model, Assigned)
    }
