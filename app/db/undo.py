"""Taking a change set back, column by column; redo is the undo of the undo.

What a later change set changed is kept and listed. A later change set counts as long as it
stands: one that was taken back, and the takings-back themselves, cancel each other out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Table,
    and_,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from app.db import bulk, derived, search_index
from app.db.guard import journalled
from app.db.ids import id_set
from app.db.scope import WriteSession
from app.errors import Conflict, NotFound
from app.i18n import Message
from app.models import Change, ChangeSet, joined_models, journalled_models
from app.models.base import Base


@dataclass(frozen=True, slots=True)
class Kept:
    """Something an undo left as it is, because it was changed or used afterwards."""

    table: str
    row_id: int
    column: str | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: its own change set, rows brought back, and what was kept."""

    change_set_id: int
    rows: int
    kept: tuple[Kept, ...]


def undo(session: WriteSession, change_set_id: int) -> Undone:
    """Take back a change set. Raises NotFound, or Conflict where it cannot be taken back."""
    target = session.get(ChangeSet, change_set_id)
    if target is None:
        raise NotFound(Message("There is no such change any more. Nothing was undone."))
    if target.undone_by_id is not None:
        raise Conflict(Message("This change was undone already. Nothing was changed."))
    if _count(session, change_set_id, "purge"):
        raise Conflict(Message("What was deleted for good cannot be brought back."))
    undoing = session.open_change_set(undoes=change_set_id)
    kept: list[Kept] = []
    for name in _tables(session, change_set_id):
        kept += _undo_table(session, target.id, journalled_models()[name])
    connection = session.connection()
    connection.execute(
        update(ChangeSet).where(ChangeSet.id == change_set_id).values(undone_by_id=undoing)
    )
    if target.undoes_id is not None:
        connection.execute(
            update(ChangeSet).where(ChangeSet.id == target.undoes_id).values(undone_by_id=None)
        )
    return Undone(undoing, session.row_count, tuple(kept))


def _undo_table(session: WriteSession, target: int, model: type[Base]) -> list[Kept]:
    kept = _undo_updates(session, target, model)
    rows = model.__table__
    name = rows.name  # type: ignore[attr-defined]  # a Table
    deleted = session.connection().scalars(select(rows.c.id).where(rows.c.deleted_in == target))
    if ids := list(deleted):
        bulk.restore_rows(session, model, ids)
    if restored := _ids(session, target, name, "restore"):
        bulk.delete_rows(session, model, restored)
    return kept + _undo_inserts(session, target, model)


# --- rows that were added ----------------------------------------------------


def _undo_inserts(session: WriteSession, target: int, model: type[Base]) -> list[Kept]:
    ranges = _ranges(session, target, model.__tablename__, "insert")
    if not ranges:
        return []
    rows: Any = model.__table__
    inside = or_(*(rows.c.id.between(first, last) for first, last in ranges))
    wanted = [inside, rows.c.deleted_in.is_(None)]
    if model.__tablename__ in joined_models():
        wanted.append(~_inserted_here(target, "customer", rows.c.customer_id))
    ids = set(session.connection().scalars(select(rows.c.id).where(*wanted)))
    used = ids & (
        _changed_later(session, target, model.__tablename__)
        | _referred_to_later(session, target, model)
    )
    if ids - used:
        bulk.delete_rows(session, model, sorted(ids - used))
    return [Kept(model.__tablename__, one, None) for one in sorted(used)]


def _inserted_here(target: int, table_name: str, key: Any) -> ColumnElement[bool]:
    made = aliased(Change)
    return exists(
        select(1).where(
            made.change_set_id == target,
            made.table_name == table_name,
            made.action == "insert",
            key.between(made.row_id, made.last_id),
        )
    )


def _changed_later(session: WriteSession, target: int, table_name: str) -> set[int]:
    later = _later(target)
    found = session.connection().scalars(
        select(Change.row_id)
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(later, Change.table_name == table_name, Change.action == "update")
    )
    return set(found)


def _referred_to_later(session: WriteSession, target: int, model: type[Base]) -> set[int]:
    """Rows of `model` that rows made, or pointed at them, by later change sets refer to."""
    found: set[int] = set()
    for other in journalled_models().values():
        rows: Any = other.__table__
        keys = [
            column
            for column in rows.c
            if any(key.column.table is model.__table__ for key in column.foreign_keys)
        ]
        if keys:
            made = _made_later(session, target, rows.name)
            for key in keys:
                found |= _references(session, rows, key, made)
                found |= _pointed_later(session, target, rows.name, key.name)
    return found


def _made_later(session: WriteSession, target: int, table_name: str) -> set[int]:
    blocks = session.connection().execute(
        select(Change.row_id, Change.last_id)
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(_later(target), Change.table_name == table_name, Change.action == "insert")
    )
    return {one for first, last in blocks for one in range(first, last + 1)}


def _references(session: WriteSession, rows: Table, key: Any, made: set[int]) -> set[int]:
    if not made:
        return set()
    chosen = rows.c.id.in_(id_set(session, made))
    live = select(key).where(chosen, rows.c.deleted_in.is_(None), key.is_not(None))
    return set(session.connection().scalars(live))


def _pointed_later(session: WriteSession, target: int, table_name: str, name: str) -> set[int]:
    found = session.connection().scalars(
        select(_as_integer(session, Change.after, name))
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(
            _later(target),
            Change.table_name == table_name,
            Change.action == "update",
            has_key(session, Change.after, name),
        )
    )
    return {one for one in found if one is not None}


# --- values that were changed ------------------------------------------------


def _undo_updates(session: WriteSession, target: int, model: type[Base]) -> list[Kept]:
    kept: list[Kept] = []
    levels = _levels(session, target, model.__tablename__)
    for level in range(1, levels + 1):
        kept += _undo_level(session, target, model, level)
    return kept


def _levels(session: WriteSession, target: int, table_name: str) -> int:
    """How often at most one row was changed within the change set: nearly always once."""
    times = (
        select(func.count().label("times"))
        .where(
            Change.change_set_id == target,
            Change.table_name == table_name,
            Change.action == "update",
        )
        .group_by(Change.row_id)
        .subquery()
    )
    return session.connection().scalar(select(func.max(times.c.times))) or 0


def _undo_level(session: WriteSession, target: int, model: type[Base], level: int) -> list[Kept]:
    """Take back the last but `level - 1` change of every row."""
    rows: Any = model.__table__
    numbered = (
        select(
            Change.id,
            func.row_number()
            .over(partition_by=Change.row_id, order_by=Change.id.desc())
            .label("level"),
        )
        .where(
            Change.change_set_id == target,
            Change.table_name == rows.name,
            Change.action == "update",
        )
        .subquery()
    )
    chosen = select(numbered.c.id).where(numbered.c.level == level)
    columns = _columns(session, chosen)
    conflicts = _conflicts(session, target, rows.name, chosen, columns)
    connection = session.connection()
    touched: list[int] = list(
        connection.scalars(select(Change.row_id).where(Change.id.in_(chosen)))
    )
    with journalled(connection):
        for name in columns:
            spared = [change for change, column, _ in conflicts if column == name]
            connection.execute(
                update(rows)
                .values({name: _stored(session, rows, name)})
                .where(
                    Change.id.in_(chosen),
                    Change.row_id == rows.c.id,
                    has_key(session, Change.after, name),
                    Change.id.not_in(id_set(session, spared)),
                )
            )
    _record_swapped(session, rows.name, chosen, conflicts)
    session.touched(rows.name, len(touched))
    derived.refresh(session, model, touched, set(columns))
    search_index.touch_rows(session, model, touched, set(columns))
    return [Kept(rows.name, row, column) for _, column, row in conflicts]


def _columns(session: WriteSession, chosen: Any) -> list[str]:
    if session.backend == "sqlite":
        keys = func.json_each(Change.after).table_valued("key")
    else:
        keys = func.jsonb_object_keys(Change.after).table_valued("key").render_derived()
    found = session.connection().scalars(
        select(keys.c.key).select_from(Change).join(keys, true()).distinct().where(
            Change.id.in_(chosen)
        )
    )  # fmt: skip
    return sorted(found)


def _conflicts(
    session: WriteSession, target: int, table_name: str, chosen: Any, columns: Iterable[str]
) -> list[tuple[int, str, int]]:
    """(change, column, row) whose value a standing later change set changed."""
    later, later_set = aliased(Change), aliased(ChangeSet)
    found: list[tuple[int, str, int]] = []
    for name in columns:
        changed_later = exists(
            select(1)
            .select_from(later)
            .join(later_set, later_set.id == later.change_set_id)
            .where(
                later.table_name == table_name,
                later.row_id == Change.row_id,
                later.action == "update",
                has_key(session, later.after, name),
                later_set.id > target,
                later_set.undoes_id.is_(None),
                later_set.undone_by_id.is_(None),
            )
        )
        rows = session.connection().execute(
            select(Change.id, Change.row_id).where(
                Change.id.in_(chosen), has_key(session, Change.after, name), changed_later
            )
        )
        found += [(change, name, row) for change, row in rows]
    return found


def _record_swapped(
    session: WriteSession, table_name: str, chosen: Any, conflicts: list[tuple[int, str, int]]
) -> None:
    """The undo's own changes: the same images, the other way round."""
    spared = {change for change, _, _ in conflicts}
    connection = session.connection()
    connection.execute(
        insert(Change).from_select(
            ["change_set_id", "table_name", "action", "row_id", "last_id", "before", "after"],
            select(
                literal(session.change_set_id),
                Change.table_name,
                Change.action,
                Change.row_id,
                Change.last_id,
                Change.after,
                Change.before,
            ).where(Change.id.in_(chosen), Change.id.not_in(id_set(session, spared))),
        )
    )
    partly: list[dict[str, Any]] = []
    for change in connection.execute(select(Change).where(Change.id.in_(id_set(session, spared)))):
        kept = {column for number, column, _ in conflicts if number == change.id}
        if set(change.after) - kept:
            partly.append(
                {
                    "change_set_id": session.change_set_id,
                    "table_name": table_name,
                    "action": "update",
                    "row_id": change.row_id,
                    "last_id": change.row_id,
                    "before": {k: v for k, v in change.after.items() if k not in kept},
                    "after": {k: v for k, v in change.before.items() if k not in kept},
                }
            )
    if partly:
        connection.execute(insert(Change), partly)


# --- pieces of SQL -----------------------------------------------------------


def _later(target: int) -> ColumnElement[bool]:
    return and_(
        ChangeSet.id > target, ChangeSet.undoes_id.is_(None), ChangeSet.undone_by_id.is_(None)
    )


def has_key(session: WriteSession, image: Any, name: str) -> ColumnElement[bool]:
    """Condition: the image holds the column `name`."""
    if session.backend == "sqlite":
        return func.json_type(image, f"$.{name}").is_not(None)
    return func.jsonb_exists(image, name)


def _as_integer(session: WriteSession, image: Any, name: str) -> Any:
    if session.backend == "sqlite":
        return func.json_extract(image, f"$.{name}")
    return cast(func.jsonb_extract_path_text(image, name), BigInteger)


def _stored(session: WriteSession, rows: Table, name: str) -> Any:
    """The value of a column in the image before, as the database stores it."""
    if session.backend == "sqlite":
        return func.json_extract(Change.before, f"$.{name}")
    column_type: Any = rows.c[name].type
    plain = getattr(column_type, "impl_instance", column_type)
    return cast(func.jsonb_extract_path_text(Change.before, name), plain)


def _tables(session: WriteSession, target: int) -> list[str]:
    return list(
        session.connection().scalars(
            select(Change.table_name).where(Change.change_set_id == target).distinct()
        )
    )


def _count(session: WriteSession, target: int, action: str) -> int:
    return (
        session.connection().scalar(
            select(func.count()).where(Change.change_set_id == target, Change.action == action)
        )
        or 0
    )


def _ranges(
    session: WriteSession, target: int, table_name: str, action: str
) -> list[tuple[int, int]]:
    rows = session.connection().execute(
        select(Change.row_id, Change.last_id)
        .where(
            Change.change_set_id == target,
            Change.table_name == table_name,
            Change.action == action,
        )
        .order_by(Change.row_id)
    )
    merged: list[tuple[int, int]] = []
    for first, last in rows:
        if merged and first == merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def _ids(session: WriteSession, target: int, table_name: str, action: str) -> list[int]:
    return [
        one
        for first, last in _ranges(session, target, table_name, action)
        for one in range(first, last + 1)
    ]
