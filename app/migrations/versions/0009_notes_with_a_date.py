"""Notes with a date become promises, each with its reminder; what was only noted stays a note.

They keep their author, their time and the interaction they came from. One change set says so.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.domain.reminders import first_call
from app.domain.vocabulary import SYSTEM
from app.i18n import Message
from app.models.base import BigId, CleanText, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BATCH = 1000
GONE = ("due_on", "due_at", "deadline", "done_at")

_NOTE = sa.table(
    "note",
    sa.column("id", BigId),
    sa.column("customer_id", BigId),
    sa.column("interaction_id", BigId),
    sa.column("staff_id", BigId),
    sa.column("at", Moment()),
    sa.column("text", CleanText()),
    sa.column("due_on", sa.Date()),
    sa.column("due_at", Moment()),
    sa.column("deadline", sa.Boolean()),
    sa.column("done_at", Moment()),
    sa.column("deleted_in", BigId),
)
_CUSTOMER = sa.table("customer", sa.column("id", BigId), sa.column("owner_id", BigId))
_PROMISE = sa.table(
    "promise",
    *(sa.column(name, BigId) for name in ("customer_id", "interaction_id", "staff_id")),
    sa.column("id", BigId),
    sa.column("at", Moment()),
    *(sa.column(name, CleanText()) for name in ("text", "firm", "state", "reason")),
    *(sa.column(name, sa.Date()) for name in ("first_due_on", "due_on", "closed_on")),
    *(sa.column(name, Moment()) for name in ("due_at", "closed_at")),
    sa.column("deadline", sa.Boolean()),
    sa.column("closed_by_id", BigId),
    sa.column("deleted_in", BigId),
)
_REMINDER = sa.table(
    "reminder",
    sa.column("id", BigId),
    *(sa.column(name, BigId) for name in ("customer_id", "promise_id", "staff_id", "whose_id")),
    *(
        sa.column(name, CleanText())
        for name in ("kind", "text", "about", "alarms", "rule", "outcome", "reason", "occasion")
    ),
    sa.column("uid", CleanText()),
    sa.column("due_on", sa.Date()),
    *(sa.column(name, Moment()) for name in ("due_at", "closed_at", "made_at", "next_at")),
    sa.column("deadline", sa.Boolean()),
    *(sa.column(name, BigId) for name in ("closed_by_id", "made_by_id", "deleted_in")),
)
_SET = sa.table(
    "change_set",
    sa.column("id", BigId),
    sa.column("at", Moment()),
    *(sa.column(name, CleanText()) for name in ("actor_name", "title", "origin", "window")),
    sa.column("areas", CleanText()),
    sa.column("row_count", BigId),
)
_CHANGE = sa.table(
    "change",
    *(sa.column(name, BigId) for name in ("change_set_id", "row_id", "last_id")),
    *(sa.column(name, CleanText()) for name in ("table_name", "action")),
)


def upgrade() -> None:
    op.add_column("reminder", sa.Column("escalation", BigId, server_default="0", nullable=False))
    connection = op.get_bind()
    count = connection.scalar(
        sa.select(sa.func.count()).select_from(_NOTE).where(_NOTE.c.due_on.is_not(None))
    )
    if count:
        _convert(connection, count)
    op.drop_index("ix_note_due", "note")
    for name in GONE:
        op.execute(f"ALTER TABLE note DROP COLUMN {name}")


def _convert(connection: sa.Connection, count: int) -> None:
    title = Message(
        "A note with a date became a promise",
        "{count} notes with a date became promises",
        {"count": count},
    )
    made = connection.execute(
        sa.insert(_SET)
        .values(
            at=datetime.now(UTC),
            actor_name=SYSTEM.name,
            title=title.to_json(),
            origin=SYSTEM.origin.value,
            window="",
            areas="note,promise,reminder",
            row_count=3 * count,
        )
        .returning(_SET.c.id)
    ).scalar_one()
    for notes in _dated(connection):
        promises = _insert(connection, _PROMISE, [_promise(one) for one in notes], made)
        reminders = [_reminder(one, number) for one, number in zip(notes, promises, strict=True)]
        _insert(connection, _REMINDER, reminders, made)
    live = (_NOTE.c.due_on.is_not(None), _NOTE.c.deleted_in.is_(None))
    deletions = sa.select(
        sa.literal(made), sa.literal("note"), sa.literal("delete"), _NOTE.c.id, _NOTE.c.id
    ).where(*live)
    connection.execute(
        sa.insert(_CHANGE).from_select(
            ["change_set_id", "table_name", "action", "row_id", "last_id"], deletions
        )
    )
    connection.execute(sa.update(_NOTE).where(*live).values(deleted_in=made))


def _dated(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    """The notes that have a date with the customer's owner, some at a time."""
    query = (
        sa.select(_NOTE, _CUSTOMER.c.owner_id)
        .join(_CUSTOMER, _CUSTOMER.c.id == _NOTE.c.customer_id)
        .where(_NOTE.c.due_on.is_not(None))
        .order_by(_NOTE.c.id)
        .limit(BATCH)
    )
    last = 0
    while notes := connection.execute(query.where(_NOTE.c.id > last)).all():
        yield notes
        last = notes[-1].id


def _insert(
    connection: sa.Connection, table: Any, rows: Sequence[dict[str, Any]], change_set: int
) -> range:
    """Add rows under ids that follow one another, and leave their change; the ids."""
    first = (connection.scalar(sa.select(sa.func.max(table.c.id))) or 0) + 1
    ids = range(first, first + len(rows))
    numbered = [{"id": number, **row} for number, row in zip(ids, rows, strict=True)]
    connection.execute(sa.insert(table), numbered)
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.setval(f"{table.name}_id_seq", ids[-1])))
    connection.execute(
        sa.insert(_CHANGE).values(
            change_set_id=change_set,
            table_name=table.name,
            action="insert",
            row_id=ids[0],
            last_id=ids[-1],
        )
    )
    return ids


def _promise(one: Any) -> dict[str, Any]:
    return {
        "customer_id": one.customer_id,
        "interaction_id": one.interaction_id,
        "staff_id": one.staff_id,
        "at": one.at,
        "text": one.text,
        "first_due_on": one.due_on,
        "due_on": one.due_on,
        "due_at": one.due_at,
        "deadline": one.deadline,
        "firm": "firm",
        "state": "open" if one.done_at is None else "kept",
        "reason": "",
        "closed_at": one.done_at,
        "closed_on": None if one.done_at is None else one.done_at.astimezone().date(),
        "closed_by_id": None if one.done_at is None else one.staff_id,
        "deleted_in": one.deleted_in,
    }


def _reminder(one: Any, promise_id: int) -> dict[str, Any]:
    of_owner = one.staff_id is None or one.staff_id == one.owner_id
    alarms = "0@09:00" if one.due_at is None else "0"
    return {
        "customer_id": one.customer_id,
        "promise_id": promise_id,
        "staff_id": None if of_owner else one.staff_id,
        "whose_id": one.owner_id if of_owner else one.staff_id,
        "kind": "promise",
        "text": one.text,
        "about": "",
        "alarms": alarms,
        "rule": "",
        "outcome": None if one.done_at is None else "kept",
        "reason": "",
        "occasion": "",
        "uid": "",
        "due_on": one.due_on,
        "due_at": one.due_at,
        "deadline": one.deadline,
        "closed_at": one.done_at,
        "closed_by_id": None if one.done_at is None else one.staff_id,
        "made_by_id": one.staff_id,
        "made_at": one.at,
        "next_at": first_call(one.due_on, one.due_at, alarms, None, one.done_at),
        "deleted_in": one.deleted_in,
    }
