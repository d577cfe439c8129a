"""Set-based writes with their changes: cost grows with the rows touched, never through objects.

Ids come from selects on the actor's session, so what the actor may not see is never touched.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    Dialect,
    Table,
    and_,
    column,
    func,
    insert,
    literal,
    select,
    table,
    text,
    update,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.db import derived, following, journal, search_index
from app.db.guard import journalled
from app.db.ids import id_set, runs
from app.db.scope import WriteSession
from app.models import Change
from app.models.base import Base


def insert_rows(
    session: WriteSession,
    model: type[Base],
    rows: Sequence[dict[str, Any]],
    *,
    reserved: int | None = None,
) -> tuple[int, int]:
    """Add rows (column to value; all with the same columns) under a block of new ids.

    Returns the first and the last id; rows get consecutive ids in their order. One change, also
    of several blocks that follow one another. Derived columns may be left out. `reserved` is what
    `reserve_ids` gave for them, where rows refer to one another.
    """
    if not rows:
        return (0, -1)
    first = reserve_ids(session, model, len(rows)) if reserved is None else reserved
    for number, row in enumerate(rows, first):
        row["id"] = number
        derived.fill_row(model, row)  # type: ignore[arg-type]  # journalled
    last = first + len(rows) - 1
    session.open_change_set()
    with journalled(session.connection()):
        _insert(session, _table(model), rows)
    _record_block(session, model, first, last)
    search_index.touch_range(session, model, first, last)
    following.touch_range(session, model, first, last)
    return (first, last)


def _insert(session: WriteSession, rows_of: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Hand rows to the driver: what SQLAlchemy does for each of them costs more than SQLite."""
    connection = session.connection()
    if session.backend != "sqlite":
        connection.execute(insert(rows_of), rows)
        return
    given = rows[0]
    columns = {
        one.name: _bound(one, [row[one.name] for row in rows], connection.dialect)
        if one.name in given
        else [_default(one)] * len(rows)
        for one in rows_of.c
    }
    listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    connection.exec_driver_sql(
        f'INSERT INTO "{rows_of.name}" ({listed}) VALUES ({marks})',  # noqa: S608 - our own names
        list(zip(*columns.values(), strict=True)),
    )


def _bound(one: Column[Any], values: list[Any], dialect: Dialect) -> list[Any]:
    """The values as the driver takes them."""
    bind = one.type.dialect_impl(dialect).bind_processor(dialect)
    return values if bind is None else [bind(value) for value in values]


def _default(one: Column[Any]) -> Any:
    return one.default.arg if isinstance(one.default, ScalarElementColumnDefault) else None


def _record_block(session: WriteSession, model: type[Base], first: int, last: int) -> None:
    """Leave the change; a block that follows the one before lengthens its change."""
    name = model.__tablename__
    change, end = session.blocks.get(name, (0, 0))
    connection = session.connection()
    if end == first - 1 and change:
        connection.execute(update(Change).where(Change.id == change).values(last_id=last))
    else:
        values = {**_change(model, "insert", first, last), "change_set_id": session.change_set_id}
        made = connection.execute(insert(Change).values(values).returning(Change.id))
        change = int(made.scalar_one())
    session.blocks[name] = (change, last)
    session.touched(name, last - first + 1)


@contextmanager
def without_indexes(session: WriteSession, models: Iterable[type[Base]]) -> Iterator[None]:
    """Drop these tables' indexes and make them again at the end: for very many rows at once.

    Part of the transaction: an error brings them back, too.
    """
    indexes = [
        index
        for model in models
        for index in sorted(_table(model).indexes, key=lambda i: str(i.name))
    ]
    connection = session.connection()
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def update_rows(
    session: WriteSession, model: type[Base], ids: Iterable[int], values: dict[str, Any]
) -> int:
    """Set columns to one value each in these rows; returns how many rows changed.

    Rows that hold the value already are left alone and leave no change.
    """
    return sum(_update_column(session, model, ids, name, value) for name, value in values.items())


def _update_column(
    session: WriteSession, model: type[Base], ids: Iterable[int], name: str, value: Any
) -> int:
    rows = _table(model)
    changed = and_(rows.c.id.in_(id_set(session, ids)), rows.c[name].is_distinct_from(value))
    after = {name: journal.encoder(session, rows, name)(value)}
    connection = session.connection()
    search_index.leaving(session, model, ids, {name})
    connection.execute(
        insert(Change).from_select(
            ["change_set_id", "table_name", "action", "row_id", "last_id", "before", "after"],
            select(
                literal(session.open_change_set()),
                literal(rows.name),
                literal("update"),
                rows.c.id,
                rows.c.id,
                image(session, rows, [name]),
                literal(after, Change.after.type),
            ).where(changed),
        )
    )
    with journalled(connection):
        count = connection.execute(update(rows).where(changed).values({name: value})).rowcount
    session.touched(rows.name, count)
    search_index.touch_rows(session, model, ids, {name})
    derived.refresh(session, model, [int(one) for one in ids], {name})
    following.touch_rows(session, model, ids, {name})
    return count


def delete_rows(session: WriteSession, model: type[Base], ids: Iterable[int]) -> int:
    """Put rows into the recycle bin; what hangs on them stays as it is."""
    return _mark(session, model, ids, session.open_change_set(), "delete")


def restore_rows(session: WriteSession, model: type[Base], ids: Iterable[int]) -> int:
    """Take rows out of the recycle bin."""
    session.open_change_set()
    return _mark(session, model, ids, None, "restore")


def _mark(
    session: WriteSession, model: type[Base], ids: Iterable[int], value: int | None, action: str
) -> int:
    plain = [int(one) for one in ids]
    rows = _table(model)
    connection = session.connection()
    with journalled(connection):
        marked = connection.execute(
            update(rows)
            .where(rows.c.id.in_(id_set(session, plain)), rows.c.deleted_in.is_distinct_from(value))
            .values(deleted_in=value)
        ).rowcount
    journal.record(session, [_change(model, action, *run) for run in runs(plain)])
    search_index.touch_rows(session, model, plain, {"deleted_in"})
    return int(marked)


def reserve_ids(session: WriteSession, model: type[Base], count: int) -> int:
    """First of `count` consecutive ids that nobody else will ever get."""
    name = _table(model).name
    connection = session.connection()
    if session.backend == "sqlite":
        # Under the write lock that this transaction holds since it began.
        sequence = table("sqlite_sequence", column("name"), column("seq"))
        last = connection.scalar(select(sequence.c.seq).where(sequence.c.name == name))
        if last is None:
            connection.execute(insert(sequence).values(name=name, seq=count))
            return 1
        connection.execute(update(sequence).where(sequence.c.name == name).values(seq=last + count))
        return int(last) + 1
    # Single inserts draw from the sequence too: keep them out until this commits.
    connection.execute(text(f'LOCK TABLE "{name}" IN SHARE ROW EXCLUSIVE MODE'))
    first = connection.execute(select(func.nextval(f"{name}_id_seq"))).scalar_one()
    connection.execute(select(func.setval(f"{name}_id_seq", first + max(count, 1) - 1)))
    return int(first)


def image(session: WriteSession, rows: Table, names: Sequence[str]) -> ColumnElement[Any]:
    """SQL for the image of these columns as they are."""
    parts: list[Any] = []
    for name in names:
        parts += [name, rows.c[name]]
    if session.backend == "sqlite":
        return func.json_object(*parts)
    return func.jsonb_build_object(*parts)


def _table(model: type[Base]) -> Table:
    found = model.__table__
    assert isinstance(found, Table)
    return found


def _change(model: type[Base], action: str, first: int, last: int) -> dict[str, Any]:
    return {
        "table_name": model.__tablename__,
        "action": action,
        "row_id": first,
        "last_id": last,
        "before": None,
        "after": None,
    }
