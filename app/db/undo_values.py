"""Taking back changed values, as sets; what a later change set changed stays."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, select, true, update
from sqlalchemy.orm import aliased

from app.db import derived, following, search_index
from app.db.guard import journalled
from app.db.ids import id_set
from app.db.images import has_key, stored_before
from app.db.scope import WriteSession
from app.models import Change, ChangeSet
from app.models.base import Base


@dataclass(frozen=True, slots=True)
class Kept:
    """Something an undo left as it is, because it was changed or used afterwards."""

    table: str
    row_id: int
    column: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many changes there are, of how many different rows."""

    changes: int
    rows: int


def undo_values(session: WriteSession, target: int, model: type[Base], count: Count) -> list[Kept]:
    """Put back what change set `target` changed in this table; returns what was kept.

    `count` says how many updates of this table the change set holds.
    """
    kept: list[Kept] = []
    for chosen in _levels(session, target, model.__tablename__, count):
        kept += _undo_level(session, target, model, chosen)
    return kept


def _levels(
    session: WriteSession, target: int, table_name: str, count: Count
) -> list[ColumnElement[bool]]:
    """Which changes to take back: every row's last one, then its last but one, and so on.

    Nearly always a row was changed once, and one plain condition has them all.
    """
    updates = (
        Change.change_set_id == target,
        Change.table_name == table_name,
        Change.action == "update",
    )
    if count.changes == count.rows:
        return [and_(*updates)]
    times = select(func.count().label("times")).where(*updates).group_by(Change.row_id).subquery()
    most = session.connection().scalar(select(func.max(times.c.times))) or 0
    level = func.row_number().over(partition_by=Change.row_id, order_by=Change.id.desc())
    numbered = select(Change.id, level.label("level")).where(*updates).subquery()
    return [
        Change.id.in_(select(numbered.c.id).where(numbered.c.level == place))
        for place in range(1, most + 1)
    ]


def _undo_level(
    session: WriteSession, target: int, model: type[Base], chosen: ColumnElement[bool]
) -> list[Kept]:
    """Take back the chosen changes, at most one of every row."""
    rows: Any = model.__table__
    # a column may have gone with a later version of the program
    columns = [name for name in _columns(session, chosen) if name in rows.c]
    conflicts = _conflicts(session, target, rows.name, chosen, columns)
    connection = session.connection()
    touched: list[int] = list(connection.scalars(select(Change.row_id).where(chosen)))
    search_index.leaving(session, model, touched, set(columns))
    with journalled(connection):
        for name in columns:
            spared = [change for change, column, _ in conflicts if column == name]
            connection.execute(
                update(rows)
                .values({name: stored_before(session, rows, name)})
                .where(
                    chosen,
                    Change.row_id == rows.c.id,
                    has_key(session, Change.after, name),
                    Change.id.not_in(id_set(session, spared)),
                )
            )
    _record_swapped(session, rows.name, chosen, conflicts)
    session.touched(rows.name, len(touched))
    derived.refresh(session, model, touched, set(columns))
    following.touch_rows(session, model, touched, set(columns))
    search_index.touch_rows(session, model, touched, set(columns))
    return [Kept(rows.name, row, column) for _, column, row in conflicts]


def _columns(session: WriteSession, chosen: ColumnElement[bool]) -> list[str]:
    if session.backend == "sqlite":
        keys = func.json_each(Change.after).table_valued("key")
    else:
        keys = func.jsonb_object_keys(Change.after).table_valued("key").render_derived()
    found = session.connection().scalars(
        select(keys.c.key).select_from(Change).join(keys, true()).distinct().where(
            chosen
        )
    )  # fmt: skip
    return sorted(found)


def _conflicts(
    session: WriteSession,
    target: int,
    table_name: str,
    chosen: ColumnElement[bool],
    columns: Iterable[str],
) -> list[tuple[int, str, int]]:
    """(change, column, row) whose value a standing later change set changed."""
    later, later_set = aliased(Change), aliased(ChangeSet)
    stands = and_(
        later_set.id > target, later_set.undoes_id.is_(None), later_set.undone_by_id.is_(None)
    )
    found: list[tuple[int, str, int]] = []
    if session.connection().scalar(select(later_set.id).where(stands).limit(1)) is None:
        return found
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
                stands,
            )
        )
        rows = session.connection().execute(
            select(Change.id, Change.row_id).where(
                chosen, has_key(session, Change.after, name), changed_later
            )
        )
        found += [(change, name, row) for change, row in rows]
    return found


def _record_swapped(
    session: WriteSession,
    table_name: str,
    chosen: ColumnElement[bool],
    conflicts: list[tuple[int, str, int]],
) -> None:
    """The undo's own changes: the same images, the other way round."""
    spared: dict[int, set[str]] = defaultdict(set)
    for number, column, _ in conflicts:
        spared[number].add(column)
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
            ).where(chosen, Change.id.not_in(id_set(session, spared))),
        )
    )
    partly: list[dict[str, Any]] = []
    for change in connection.execute(select(Change).where(Change.id.in_(id_set(session, spared)))):
        kept = spared[change.id]
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
