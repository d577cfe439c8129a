"""Popups: one delivery row for every call of a reminder, so that it is shown once.

Facts about the world: append-only, beside the journal, never undone. Whoever writes the row shows
the popup; the reminder's `next_at`, worked out and not journalled, then moves on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db.guard import journalled
from app.db.ids import id_set
from app.db.scope import WriteSession
from app.models import Delivery, Reminder


@dataclass(frozen=True, slots=True)
class Call:
    """Reminder `reminder_id` calls at `at`, and then again at `then` (None: not any more)."""

    reminder_id: int
    at: datetime
    then: datetime | None


def claim(session: WriteSession, calls: Sequence[Call], place: str, machine: str) -> set[int]:
    """Claim these calls for this program; ids of the reminders that nobody else had claimed."""
    if not calls:
        return set()
    staff = session.actor.id
    rows = [
        {
            "reminder_id": one.reminder_id,
            "at": one.at,
            "shown_at": session.at,
            "place": place,
            "machine": machine,
            "staff_id": staff,
            "action": "",
            "acted_at": None,
        }
        for one in calls
    ]
    connection = session.connection()
    inserting: Any = sqlite.insert if session.backend == "sqlite" else postgresql.insert
    claimed: set[int] = set()
    for row in rows:
        made = connection.scalar(
            inserting(Delivery)
            .values(row)
            .on_conflict_do_nothing(index_elements=["reminder_id", "at"])
            .returning(Delivery.reminder_id)
        )
        if made is not None:
            claimed.add(int(made))
    table: Any = Reminder.__table__
    moved = (
        update(table)
        .where(table.c.id == bindparam("one"), table.c.next_at <= bindparam("called"))
        .values(next_at=bindparam("then"))
    )
    with journalled(connection):
        connection.execute(
            moved, [{"one": one.reminder_id, "called": one.at, "then": one.then} for one in calls]
        )
    return claimed


def acted(session: WriteSession, reminder_ids: Iterable[int], action: str) -> None:
    """Note what was done with what was shown of these reminders and not dealt with yet."""
    session.connection().execute(
        update(Delivery)
        .where(Delivery.reminder_id.in_(id_set(session, reminder_ids)), Delivery.action == "")
        .values(action=action, acted_at=session.at)
    )
