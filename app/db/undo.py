"""Taking a change set back, column by column; redo is the undo of the undo.

What a later change set changed is kept and listed. A later change set counts as long as it
stands: one that was taken back, and the takings-back themselves, cancel each other out.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    func,
    or_,
    select,
    update,
)

from app.db import bulk
from app.db.ids import id_set
from app.db.images import as_integer, has_key
from app.db.scope import WriteSession
from app.db.undo_values import Count, Kept, undo_values
from app.errors import Conflict, NotFound
from app.i18n import Message
from app.models import Change, ChangeSet, Customer, joined_models, journalled_models
from app.models.base import Base

_BLOCKS: Final = 100  # blocks of rows asked for at once


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
    held = _held(session, change_set_id)
    if any("purge" in changes for changes in held.values()) or _half_gone(session, target.id, held):
        raise Conflict(Message("What was deleted for good cannot be brought back."))
    undoing = session.open_change_set(undoes=change_set_id)
    kept: list[Kept] = []
    for name, changes in held.items():
        kept += _undo_table(session, target.id, journalled_models()[name], changes)
    _mark_undone(session, target, undoing)
    return Undone(undoing, session.row_count, tuple(kept))


def _half_gone(session: WriteSession, target: int, held: Mapping[str, Mapping[str, Count]]) -> bool:
    """Whether a customer that gave way in a merge was purged: its rows have nowhere to return."""
    changes = held.get(Customer.__tablename__, {})
    if not {"update", "delete"} <= set(changes):
        return False
    customer: Any = Customer.__table__
    deleted = _ids(session, target, customer.name, "delete")
    there = select(func.count()).where(customer.c.id.in_(id_set(session, deleted)))
    return session.connection().scalar(there) != len(set(deleted))


def _mark_undone(session: WriteSession, target: ChangeSet, undoing: int) -> None:
    """Note that `target` does not stand any more: what it took back does, and so on down."""
    connection = session.connection()
    taken_back: ChangeSet | None = target
    by: int | None = undoing
    while taken_back is not None:
        connection.execute(
            update(ChangeSet).where(ChangeSet.id == taken_back.id).values(undone_by_id=by)
        )
        below = taken_back.undoes_id
        by = taken_back.id if by is None else None
        taken_back = None if below is None else session.get(ChangeSet, below)


def _undo_table(
    session: WriteSession, target: int, model: type[Base], changes: Mapping[str, Count]
) -> list[Kept]:
    kept: list[Kept] = []
    # what goes first leaves its unique keys (a code) to what gets them back
    if "restore" in changes:
        _undo_restorations(session, target, model)
    if "update" in changes:
        kept += undo_values(session, target, model, changes["update"])
    if "delete" in changes:
        kept += _undo_deletions(session, target, model)
    if "insert" in changes:
        kept += _undo_inserts(session, target, model)
    return kept


# --- rows that were deleted, or taken out of the recycle bin -------------------


def _undo_deletions(session: WriteSession, target: int, model: type[Base]) -> list[Kept]:
    """Bring back what `target` deleted; what was purged or deleted again since is kept so."""
    marked = _ids(session, target, model.__tablename__, "delete")
    if not marked:
        return []
    rows: Any = model.__table__
    connection = session.connection()
    by_target = rows.c.deleted_in.in_(_acts(session, target))
    deleted = list(connection.scalars(select(rows.c.id).where(by_target)))
    if deleted:
        bulk.restore_rows(session, model, deleted)
    live = select(rows.c.id).where(
        rows.c.id.in_(id_set(session, marked)), rows.c.deleted_in.is_(None)
    )
    gone = set(marked).difference(connection.scalars(live))
    return [Kept(model.__tablename__, one, None) for one in sorted(gone)]


def _acts(session: WriteSession, target: int) -> list[int]:
    """`target` and its redos: a row that was deleted again by a redo bears the redo's number."""
    acts, new = [target], [target]
    while new:
        undos = select(ChangeSet.id).where(ChangeSet.undoes_id.in_(new))
        redos = select(ChangeSet.id).where(ChangeSet.undoes_id.in_(undos))
        new = list(session.connection().scalars(redos))
        acts += new
    return acts


def _undo_restorations(session: WriteSession, target: int, model: type[Base]) -> None:
    """Put back into the recycle bin what `target` took out, unless it is there again already."""
    restored = _ids(session, target, model.__tablename__, "restore")
    if not restored:
        return
    rows: Any = model.__table__
    live = select(rows.c.id).where(
        rows.c.id.in_(id_set(session, restored)), rows.c.deleted_in.is_(None)
    )
    if ids := list(session.connection().scalars(live)):
        bulk.delete_rows(session, model, ids)


# --- rows that were added ----------------------------------------------------


def _undo_inserts(session: WriteSession, target: int, model: type[Base]) -> list[Kept]:
    ranges = _ranges(session, target, model.__tablename__, "insert")
    if not ranges:
        return []
    ids = _left(session, target, model, ranges)
    used = ids & (
        _changed_later(session, target, model.__tablename__)
        | _referred_to_later(session, target, model)
    )
    if ids - used:
        bulk.delete_rows(session, model, sorted(ids - used))
    return [Kept(model.__tablename__, one, None) for one in sorted(used)]


def _left(
    session: WriteSession, target: int, model: type[Base], ranges: Sequence[tuple[int, int]]
) -> set[int]:
    """Live rows of these blocks, without those that go with a customer added by `target`."""
    rows: Any = model.__table__
    hangs = model.__tablename__ in joined_models()
    customers = _ranges(session, target, "customer", "insert") if hangs else []
    begins = [first for first, _ in customers]
    found: set[int] = set()
    for start in range(0, len(ranges), _BLOCKS):
        inside = or_(*(rows.c.id.between(*block) for block in ranges[start : start + _BLOCKS]))
        key = rows.c.customer_id if hangs else rows.c.id
        for one, customer in session.connection().execute(
            select(rows.c.id, key).where(inside, rows.c.deleted_in.is_(None))
        ):
            # what hangs on no customer (a reminder that stands alone) goes with none
            place = -1 if customer is None else bisect_right(begins, customer) - 1
            if place < 0 or customer > customers[place][1]:
                found.add(one)
    return found


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
        select(as_integer(session, Change.after, name))
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(
            _later(target),
            Change.table_name == table_name,
            Change.action == "update",
            has_key(session, Change.after, name),
        )
    )
    return {one for one in found if one is not None}


# --- what the change set holds ------------------------------------------------


def _later(target: int) -> ColumnElement[bool]:
    return and_(
        ChangeSet.id > target, ChangeSet.undoes_id.is_(None), ChangeSet.undone_by_id.is_(None)
    )


def _held(session: WriteSession, target: int) -> dict[str, dict[str, Count]]:
    """How much of what the change set holds: by table and action, in the order it was done."""
    rows = session.connection().execute(
        select(
            Change.table_name,
            Change.action,
            func.count(),
            func.count(Change.row_id.distinct()),
        )
        .where(Change.change_set_id == target)
        .group_by(Change.table_name, Change.action)
        .order_by(func.min(Change.id))
    )
    held: dict[str, dict[str, Count]] = {}
    for name, action, changes, different in rows:
        held.setdefault(name, {})[action] = Count(changes, different)
    return held


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
