"""Customers of the workspace that may be the same two by two: for cleaning up.

Groups that share a contact point or the key of a name are asked from the database, and judged a
few hundred at a time; what is kept are the groups and the surest pairs. A point or a name that
many share says nothing and is passed over.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Select, String, cast, func, select

from app.db.database import Database
from app.db.shared_points import shared_points
from app.domain.vocabulary import SYSTEM, Actor
from app.models import Customer
from app.services.alikeness import CROWD, Reason, Verdict, judge
from app.services.duplicates import Known, Search, hidden

_AT_ONCE: Final = 300  # groups

Progress = Callable[[int, int], None]
"""Called with how many of how many groups are done; raises Cancelled when the user stopped it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two; of a customer whom the actor may not see there is but the owner."""

    customer_id: int | None
    name: str
    owner: str


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two that may be one; `value` is how surely, between 0 and 1."""

    first: Side
    second: Side
    value: float
    reasons: tuple[Reason, ...]


class PairFinder:
    """Looks through the whole workspace."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def pairs(
        self, actor: Actor, limit: int = 100, progress: Progress | None = None
    ) -> tuple[DuplicatePair, ...]:
        """The surest pairs of which the actor sees at least one, at most `limit`."""
        tell = progress or _silent
        with self._db.read(SYSTEM) as everybody, self._db.read(actor) as own:
            search = Search(everybody, own, CROWD)
            best = _Best(limit)
            points = shared_points(everybody, CROWD)
            names = everybody.scalars(_names(everybody.backend)).all()
            total = len(points) + len(names)
            for start in range(0, len(points), _AT_ONCE):
                tell(start, total)
                best.add(_judged(search, search.sharing(points[start : start + _AT_ONCE])))
            for start in range(0, len(names), _AT_ONCE):
                tell(len(points) + start, total)
                some = names[start : start + _AT_ONCE]
                best.add(_judged(search, [[int(one) for one in ids.split(",")] for ids in some]))
            tell(total, total)
            return best.found()


def _judged(
    search: Search, groups: Sequence[Sequence[int]]
) -> Iterator[tuple[tuple[int, int], DuplicatePair]]:
    ids = {one for group in groups for one in group}
    known, seen = search.known(ids), search.seen(ids)
    for group in groups:
        there = sorted(one for one in set(group) if one in known)
        for first, second in combinations(there, 2):
            if first not in seen and second not in seen:
                continue
            verdict = judge(known[first].subject, known[second].subject, len(group))
            if verdict.reasons:
                yield (first, second), _pair(first, second, verdict, known, seen)


def _pair(
    first: int, second: int, verdict: Verdict, known: dict[int, Known], seen: set[int]
) -> DuplicatePair:
    both = first in seen and second in seen
    return DuplicatePair(
        _side(first, known, seen),
        _side(second, known, seen),
        verdict.value,
        verdict.reasons if both else hidden(verdict.reasons),
    )


def _side(one: int, known: dict[int, Known], seen: set[int]) -> Side:
    if one in seen:
        return Side(one, known[one].subject.name, known[one].owner)
    return Side(None, "", known[one].owner)


class _Best:
    """The surest so far, each pair once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._heap: list[tuple[float, int, tuple[int, int], DuplicatePair]] = []
        self._held: set[tuple[int, int]] = set()
        self._met = 0

    def add(self, pairs: Iterable[tuple[tuple[int, int], DuplicatePair]]) -> None:
        for ids, pair in pairs:
            if ids in self._held:
                continue
            self._met += 1
            entry = (pair.value, -self._met, ids, pair)
            if len(self._heap) < self._limit:
                heapq.heappush(self._heap, entry)
                self._held.add(ids)
            elif entry > self._heap[0]:
                self._held.discard(heapq.heapreplace(self._heap, entry)[2])
                self._held.add(ids)

    def found(self) -> tuple[DuplicatePair, ...]:
        """The surest first."""
        return tuple(pair for _, _, _, pair in sorted(self._heap, reverse=True))


def _names(backend: str) -> Select[Any]:
    """Ids of the customers that share the key of a name, for each that a few share."""
    ids: Any = func.group_concat(Customer.id)
    if backend == "postgresql":
        ids = func.string_agg(cast(Customer.id, String), ",")
    return (
        select(ids)
        .where(Customer.alike_key != "")
        .group_by(Customer.alike_key)
        .having(func.count().between(2, CROWD))
    )


def _silent(_done: int, _total: int) -> None:
    """Nobody wants to know."""
