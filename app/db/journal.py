"""Every write leaves its changes, in the same transaction.

Single records are caught by a session hook; bulk work goes through the set-based statements of
`app.db.bulk`. Images hold the changed columns only, in the form the database stores them in.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, inspect, update
from sqlalchemy.orm import Session

from app.db import derived, following, search_index
from app.db.guard import JOURNALLED, journalled
from app.db.scope import WriteSession
from app.models import Change, ChangeSet, Journalled
from app.models.base import Image

if TYPE_CHECKING:
    from sqlalchemy import Table


def install(session_class: type[WriteSession]) -> None:
    """Journal what the unit of work of these sessions writes."""
    event.listen(session_class, "before_flush", _before_flush)
    event.listen(session_class, "after_flush", _after_flush)
    event.listen(session_class, "after_flush_postexec", _after_flush_postexec)


def record(session: WriteSession, changes: Iterable[Mapping[str, Any]]) -> None:
    """Add change rows: mappings of table_name, action, row_id, last_id, before, after."""
    rows = [{"change_set_id": session.open_change_set(), **change} for change in changes]
    if rows:
        session.connection().execute(insert(Change), rows)
        for row in rows:
            session.touched(row["table_name"], row["last_id"] - row["row_id"] + 1)


def finish(session: WriteSession) -> None:
    """Bring derived rows up to date and close the change set, just before the commit."""
    session.flush()
    if session.change_set_id is None:
        return
    following.refresh(session)
    with journalled(session.connection()):
        search_index.refresh(session)
        session.connection().execute(
            update(ChangeSet)
            .where(ChangeSet.id == session.change_set_id)
            .values(areas=",".join(sorted(session.areas)), row_count=session.row_count)
        )


def delete(session: WriteSession, record_to_delete: Journalled) -> None:
    """Put one record into the recycle bin; what hangs on it stays as it is."""
    record_to_delete.deleted_in = session.open_change_set()


# --- the unit of work's hook -------------------------------------------------


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    if any(isinstance(one, Journalled) for one in session.deleted):
        raise AssertionError("journalled records are deleted with journal.delete()")
    for one in (*session.new, *session.dirty):
        if isinstance(one, Journalled):
            derived.fill(one)
    session.connection().info[JOURNALLED] = True


def _after_flush(session: Session, _context: Any) -> None:
    assert isinstance(session, WriteSession)
    inserted = [one for one in session.new if isinstance(one, Journalled)]
    dirty = [one for one in session.dirty if isinstance(one, Journalled)]
    changes = [_inserted(one) for one in inserted]
    changes += [change for one in dirty if (change := _updated(session, one))]
    record(session, changes)
    for one in inserted:
        search_index.touch(session, type(one), one, None)
        following.touch_rows(session, type(one), [one.id], {"staff_id"})
    for one in dirty:
        changed = _changed_columns(one)
        search_index.touch(session, type(one), one, changed)
        following.touch_rows(session, type(one), [one.id], changed)


def _after_flush_postexec(session: Session, _context: Any) -> None:
    session.connection().info[JOURNALLED] = False


def _inserted(one: Any) -> dict[str, Any]:
    return {
        "table_name": one.__tablename__,
        "action": "insert",
        "row_id": one.id,
        "last_id": one.id,
        "before": None,
        "after": None,
    }


def _changed_columns(one: Any) -> set[str]:
    state = inspect(one)
    return {
        attribute.key for attribute in state.mapper.column_attrs
        if state.attrs[attribute.key].history.has_changes()
    }  # fmt: skip


def _updated(session: Session, one: Any) -> dict[str, Any] | None:
    state = inspect(one)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for key in _changed_columns(one) - set(one.__derived__):
        history = state.attrs[key].history
        encode = encoder(session, one.__table__, key)
        before[key] = encode(history.deleted[0] if history.deleted else None)
        after[key] = encode(history.added[0] if history.added else None)
    if not after or before == after:
        return None
    change = {"table_name": one.__tablename__, "row_id": one.id, "last_id": one.id}
    if "deleted_in" in after:
        action = "restore" if after["deleted_in"] is None else "delete"
        return {**change, "action": action, "before": None, "after": None}
    return {**change, "action": "update", "before": before, "after": after}


def encoder(session: Session, table: "Table", column: str) -> Callable[[Any], Any]:
    """Function from a Python value to what stands for it in an image."""
    dialect = session.get_bind().dialect
    if isinstance(table.c[column].type, Image) and dialect.name != "sqlite":
        # its driver wraps such values; within an image they stand as they are
        return _as_it_is
    bind = table.c[column].type.dialect_impl(dialect).bind_processor(dialect)

    def encode(value: Any) -> Any:
        raw = bind(value) if bind and value is not None else value
        return raw.isoformat() if isinstance(raw, (date, datetime)) else raw

    return encode


def _as_it_is(value: Any) -> Any:
    return value
