"""Merging two customers, below the visibility of the actor: everything that hangs on one moves.

It asks the models: what a table that hangs on a customer declares, and every foreign key. So a
table that is added later moves without a word here.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Table, select

from app.db import bulk, bulk_values
from app.db.scope import ActorSession, WriteSession
from app.models import Contact, Customer, joined_models, journalled_models
from app.models.base import Base, OnMerge

_POSITION: Final = "position"


@dataclass(frozen=True, slots=True)
class Merging:
    """Which customer gives way to which, and what is special about its rows.

    Attributes:
        kept: the customer that stays.
        other: the customer that gives way.
        people: contacts of the other that are contacts of the kept one, by id.
        staying: ids of rows, by table, that are left with the other whatever their table declares.
    """

    kept: int
    other: int
    people: Mapping[int, int] = field(default_factory=dict)
    staying: Mapping[str, Collection[int]] = field(default_factory=dict)


def above(session: ActorSession, customer_id: int) -> set[int]:
    """The customers to which this one belongs, also through others, whoever may see them."""
    customer: Any = Customer.__table__
    found: set[int] = set()
    at: int | None = customer_id
    while at is not None:
        at = session.connection().scalar(select(customer.c.parent_id).where(customer.c.id == at))
        if at in found:
            break
        if at is not None:
            found.add(at)
    return found


def merged_into(session: ActorSession, customer_id: int) -> int | None:
    """The customer that holds what this one held, after one merge or several; None for itself."""
    customer: Any = Customer.__table__
    at, passed = customer_id, set[int]()
    while at not in passed:
        passed.add(at)
        query = select(customer.c.merged_into_id).where(
            customer.c.id == at, customer.c.deleted_in.is_not(None)
        )
        found = session.connection().scalar(query)
        if found is None:
            break
        at = int(found)
    return None if at == customer_id else at


def move(session: WriteSession, merging: Merging) -> None:
    """Hang on the kept customer what hangs on the other, and point to it what points to that."""
    for model in joined_models().values():
        _move_rows(session, model, merging)
    for model in journalled_models().values():
        _move_references(session, model, merging)
    # the kept one is looked up when a row has moved; the other has lost something too
    session.reindex_customers((merging.kept, merging.other))


# --- rows that hang on the customer ------------------------------------------


def _move_rows(session: WriteSession, model: type[Base], merging: Merging) -> None:
    rows = _table(model)
    of_other = rows.c.customer_id == merging.other
    spared = set(merging.staying.get(rows.name, ()))
    if model.__joining__.merge is OnMerge.COMBINE:  # type: ignore[attr-defined]  # joined
        spared |= set(_doubles(session, model, merging, spared))
    found = session.connection().execute(select(rows.c.id, rows.c.deleted_in).where(of_other))
    live: list[int] = []
    moving: list[int] = []
    for one, deleted_in in found:
        if one not in spared:
            moving.append(one)
            if deleted_in is None:
                live.append(one)
    if not moving:
        return
    if _POSITION in rows.c:
        _place_behind(session, model, live, merging)
    bulk.update_rows(session, model, moving, {"customer_id": merging.kept})
    for name in _names_of(rows, Contact):
        _take_people(session, model, name, moving, merging)


def _place_behind(
    session: WriteSession, model: type[Base], live: Iterable[int], merging: Merging
) -> None:
    """Keep the order of these rows, behind those that the kept customer has."""
    rows = _table(model)
    of_kept = select(rows.c.position).where(
        rows.c.customer_id == merging.kept, rows.c.deleted_in.is_(None)
    )
    connection = session.connection()
    behind = max(connection.scalars(of_kept), default=-1) + 1
    chosen = set(live)
    ordered = connection.scalars(
        select(rows.c.id)
        .where(rows.c.customer_id == merging.other, rows.c.deleted_in.is_(None))
        .order_by(rows.c.position, rows.c.id)
    )
    values = {
        one: {"customer_id": merging.kept, _POSITION: behind + place}
        for place, one in enumerate(one for one in ordered if one in chosen)
    }
    bulk_values.update_each(session, model, values)


def _take_people(
    session: WriteSession, model: type[Base], name: str, moving: Iterable[int], merging: Merging
) -> None:
    """What names a contact that is one of the kept customer's from now on names that one."""
    rows = _table(model)
    moved = set(moving)
    for of_other, of_kept in merging.people.items():
        naming = session.connection().scalars(select(rows.c.id).where(rows.c[name] == of_other))
        if ids := moved.intersection(naming):
            bulk.update_rows(session, model, sorted(ids), {name: of_kept})


def _doubles(
    session: WriteSession, model: type[Base], merging: Merging, spared: Collection[int]
) -> Iterator[int]:
    """Rows of the other customer that say what the kept one has already.

    Deleted ones, too: brought back, they would stand there twice. What names a contact that moves
    goes with it.
    """
    rows = _table(model)
    alike: tuple[str, ...] = model.__joining__.alike  # type: ignore[attr-defined]  # joined
    people = frozenset(_names_of(rows, Contact))
    columns = [rows.c[name] for name in alike]
    query = (
        select(rows.c.id, rows.c.customer_id, rows.c.deleted_in, *columns)
        .where(rows.c.customer_id.in_((merging.kept, merging.other)))
        .order_by(rows.c.deleted_in.is_not(None), rows.c.id)
    )
    found = session.connection().execute(query).all()
    said = _Said(alike, people, merging.people)
    for _, customer_id, deleted_in, *values in found:
        if customer_id == merging.kept and deleted_in is None:
            said.add(values)
    for one, customer_id, deleted_in, *values in found:
        if customer_id != merging.other or one in spared:
            continue
        if said.has(values):
            yield one
        elif deleted_in is None:
            said.add(values)


class _Said:
    """What rows say in the columns by which they are compared."""

    def __init__(
        self, alike: tuple[str, ...], people: Collection[str], same: Mapping[int, int]
    ) -> None:
        self._alike, self._people, self._same = alike, people, same
        self._whole: set[Hashable] = set()
        self._anybody: set[Hashable] = set()  # without the people

    def add(self, values: Iterable[Any]) -> None:
        """One row says this."""
        person, rest = self._parts(values)
        self._whole.add((tuple(self._same.get(one, one) for one in person), rest))
        self._anybody.add(rest)

    def has(self, values: Iterable[Any]) -> bool:
        """Whether a row says it; one that names nobody says the same as one that does."""
        person, rest = self._parts(values)
        if "" in rest:  # nothing to compare by
            return False
        named = [one for one in person if one is not None]
        if not named:
            return rest in self._anybody
        if any(one not in self._same for one in named):
            return False
        return (tuple(self._same.get(one, one) for one in person), rest) in self._whole

    def _parts(self, values: Iterable[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        named = list(zip(self._alike, values, strict=True))
        person = tuple(value for name, value in named if name in self._people)
        return person, tuple(value for name, value in named if name not in self._people)


# --- rows that point to the customer -----------------------------------------


def _move_references(session: WriteSession, model: type[Base], merging: Merging) -> None:
    """Point to the kept customer; neither of the two themselves: that is for the caller to say."""
    rows = _table(model)
    for name in _names_of(rows, Customer):
        if name == "customer_id" and rows.name in joined_models():
            continue
        pointing = select(rows.c.id).where(rows.c[name] == merging.other)
        if model is Customer:
            pointing = pointing.where(rows.c.id.not_in((merging.kept, merging.other)))
        if ids := list(session.connection().scalars(pointing)):
            bulk.update_rows(session, model, ids, {name: merging.kept})


def _names_of(rows: Table, target: type[Base]) -> list[str]:
    """Columns that refer to this model."""
    return [
        column.name
        for column in rows.c
        if any(key.column.table is target.__table__ for key in column.foreign_keys)
    ]


def _table(model: type[Base]) -> Table:
    found = model.__table__
    assert isinstance(found, Table)
    return found
