"""What rows held through time: walked back from what they hold now, change by change.

The journal keeps no image of rows that are added or deleted: what such a row held is what it holds
now, with every later change of it taken back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, false, or_, select, union_all

from app.db.ids import id_set, runs
from app.db.images import has_key
from app.db.journal import encoder
from app.db.scope import ActorSession
from app.db.visibility import EVERYTHING
from app.models import Change, ChangeSet

_MOST_RUNS: Final = 200  # conditions that one statement bears


@dataclass(slots=True)
class Held:
    """A row at a moment: its columns as stored, and whether it was there."""

    values: dict[str, Any]
    live: bool


State = Callable[[Sequence[Held]], Mapping[str, Any]]
"""From the rows at a moment to what is told of them, by field."""


@dataclass(frozen=True, slots=True)
class Act:
    """A change set and what it changed: every field's value before and after it."""

    change_set_id: int
    at: datetime
    staff: str
    changed: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Story:
    """The latest act first. `whole`: it goes back to when the rows were added."""

    acts: tuple[Act, ...] = ()
    whole: bool = True


def story(
    session: ActorSession,
    model: Any,
    which: ColumnElement[bool],
    columns: Sequence[str],
    state: State,
    most: int | None = None,
) -> Story:
    """What happened to these columns of the rows `which` chooses, deleted ones too.

    With `most` only so many of the latest changes are looked at.
    """
    rows = _rows(session, model, which, columns)
    if not rows:
        return Story()
    changes = _changes(session, model, rows, columns, most)
    return Story(tuple(_walked_back(rows, changes, state)), most is None or len(changes) < most)


def added(session: ActorSession, model: Any, row_id: int) -> Act | None:
    """The change set that added a row."""
    found = session.execute(
        select(ChangeSet.id, ChangeSet.at, ChangeSet.actor_name)
        .join(Change, ChangeSet.id == Change.change_set_id)
        .where(Change.action == "insert", of_rows(session, model, [row_id]))
        .limit(1)
    ).first()
    return Act(*found, {}) if found else None


def _rows(
    session: ActorSession, model: Any, which: ColumnElement[bool], columns: Sequence[str]
) -> dict[int, Held]:
    found = session.execute(
        select(model.id, model.deleted_in, *(getattr(model, name) for name in columns))
        .where(which)
        .order_by(model.id),
        execution_options={EVERYTHING: True},
    )
    stored = [(name, encoder(session, model.__table__, name)) for name in columns]
    return {
        row_id: Held(
            {name: encode(value) for (name, encode), value in zip(stored, values, strict=True)},
            deleted_in is None,
        )
        for row_id, deleted_in, *values in found
    }


def _changes(
    session: ActorSession,
    model: Any,
    rows: Mapping[int, Held],
    columns: Sequence[str],
    most: int | None,
) -> Sequence[Any]:
    of_columns = or_(false(), *(has_key(session, Change.after, name) for name in columns))
    query = (
        select(
            Change.change_set_id,
            ChangeSet.at,
            ChangeSet.actor_name,
            Change.action,
            Change.row_id,
            Change.last_id,
            Change.before,
        )
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(
            of_rows(session, model, rows),
            Change.action.in_(("insert", "update", "delete", "restore")),
            or_(Change.action != "update", of_columns),
        )
        .order_by(Change.id.desc())
        .limit(most)
    )
    return session.execute(query).all()


def of_rows(session: ActorSession, model: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition on Change: of one of these rows, alone or in a block.

    Asked for apart, so that each has its index: together they would read all of the table's.
    """
    blocks = list(runs(ids))
    alone = [one for first, last in blocks for one in range(first, last + 1)]
    if len(blocks) > _MOST_RUNS:  # a few changes too many do no harm
        blocks = [(blocks[0][0], blocks[-1][1])]
    touched = (and_(Change.last_id >= first, Change.row_id <= last) for first, last in blocks)
    here = Change.table_name == model.__tablename__
    return Change.id.in_(
        union_all(
            select(Change.id).where(here, Change.row_id.in_(id_set(session, alone))),
            select(Change.id).where(
                here,
                Change.last_id > Change.row_id,
                Change.last_id >= blocks[0][0],
                or_(*touched),
            ),
        )
    )


def _walked_back(rows: Mapping[int, Held], changes: Sequence[Any], state: State) -> Iterator[Act]:
    after = state(list(rows.values()))
    for act, parts in groupby(changes, key=lambda one: (one[0], one[1], one[2])):
        for _, _, _, action, first, last, image in parts:
            for row_id, held in rows.items():
                if first <= row_id <= last:
                    _take_back(held, action, image)
        before = state(list(rows.values()))
        changed = {
            name: (before.get(name), after.get(name))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        }
        if changed:
            yield Act(*act, changed)
        after = before


def _take_back(held: Held, action: str, image: Mapping[str, Any] | None) -> None:
    match action:
        case "update":
            held.values.update({k: v for k, v in (image or {}).items() if k in held.values})
        case "delete":
            held.live = True
        case _:  # added, or brought back
            held.live = False
