"""Asking the search index, ranked: whole name, its beginning, name, person, contact point, note.

Within a rank hits are ordered by name as long as there are at most RANKED of them, else as the
index gives them: sorting tens of thousands at every key would be felt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import Select, select

from app.db import search_sqlite
from app.db.ids import EMPTY, IdVector, fetch_ids, id_set
from app.db.scope import ActorSession
from app.db.search_ranks import RANKS
from app.domain.pinyin import readings
from app.domain.search_text import Query, SearchText, matches, parse
from app.domain.spelling import LETTERS
from app.models import Customer

if TYPE_CHECKING:
    from app.db import search_postgresql

RANKED: Final = 5_000
LOOKED_UP: Final = 50_000
"""So many hits are looked up one by one; for more, all customers among which they count."""


@dataclass(frozen=True, slots=True)
class _Hits:
    """One rank's question to the index: the select of customer ids that answers it.

    Heads order hits and do not make them: with `named` the words must be in the names as well.
    """

    ids: Select[Any]
    named: bool = False


def first_page(session: ActorSession, typed: str, within: Select[Any], limit: int) -> IdVector:
    """The best `limit` hits among `within` (a select of Customer.id), notes only when needed."""
    query = parse(typed)
    found: dict[int, None] = {}
    if query.empty:
        return EMPTY
    among = _Among(session, within)
    for hits in _ranks(session, query):
        more = _named if hits.named else _plain
        found.update(dict.fromkeys(more(query, hits, among, limit + len(found))))
        if len(found) >= limit:
            break
    return np.array(list(found)[:limit], dtype=np.int64)


def every_hit(session: ActorSession, typed: str, within: Select[Any]) -> IdVector:
    """All hits among `within`, in the order of `first_page`."""
    query = parse(typed)
    if query.empty:
        return EMPTY
    among = _Among(session, within)
    ranks = [(hits, fetch_ids(session, hits.ids)) for hits in _ranks(session, query)]
    names = next(ids for hits, ids in ranks if not hits.named)
    parts: list[IdVector] = []
    seen = EMPTY
    for hits, ids in ranks:
        found = among.ordered(ids)
        if hits.named:
            found = found[np.isin(found, names)]
        found = found[~np.isin(found, seen)]
        parts.append(found)
        seen = np.concatenate((seen, found))
    return np.concatenate(parts)


class _Among:
    """The customers among which hits count."""

    def __init__(self, session: ActorSession, within: Select[Any]) -> None:
        self.session = session
        self._within = within
        self._all: IdVector | None = None

    def best(self, hits: _Hits, limit: int) -> IdVector:
        """The first hits of a rank, by name or as the index gives them."""
        few = fetch_ids(self.session, hits.ids.limit(RANKED + 1))
        if len(few) > RANKED:
            # Nearly always enough, and the index was asked only once, which is what takes time.
            for some in (few[: 2 * limit], few):
                kept = self._kept(some)
                if len(kept) >= limit:
                    return kept[:limit]
            few = fetch_ids(self.session, hits.ids)
        return self.ordered(few, limit)

    def ordered(self, ids: IdVector, limit: int | None = None) -> IdVector:
        """Those of one rank's ids that count: few by name, many as they come."""
        if not len(ids):
            return EMPTY
        if len(ids) <= RANKED:
            query = self._within.where(Customer.id.in_(id_set(self.session, ids)))
            query = query.order_by(Customer.sort_key, Customer.id)
            return fetch_ids(self.session, query.limit(limit))
        kept = self._kept(ids) if len(ids) <= LOOKED_UP else ids[np.isin(ids, self._everybody())]
        return kept[:limit]

    def _kept(self, ids: IdVector) -> IdVector:
        query = self._within.where(Customer.id.in_(id_set(self.session, ids)))
        return ids[np.isin(ids, fetch_ids(self.session, query))]

    def _everybody(self) -> IdVector:
        if self._all is None:
            self._all = fetch_ids(self.session, self._within)
        return self._all


def _plain(_query: Query, hits: _Hits, among: _Among, limit: int) -> list[int]:
    return list(among.best(hits, limit).tolist())


def _named(query: Query, hits: _Hits, among: _Among, limit: int) -> list[int]:
    """The best `limit` hits that have all the words in their names; nearly every one has."""
    asked = limit
    while True:
        best = among.best(hits, asked)
        if not len(best):
            return []
        rows = among.session.execute(
            select(Customer.id, Customer.name, Customer.other_names, Customer.code).where(
                Customer.id.in_(id_set(among.session, best))
            )
        )
        names = {one: [name, *others.splitlines(), code or ""] for one, name, others, code in rows}
        good = [
            one
            for one in best.tolist()
            if _implied(query, names[one]) or matches(query, map(SearchText.name, names[one]))
        ]
        if len(good) >= limit or len(best) < asked:
            return good[:limit]
        asked *= 4


def _implied(query: Query, names: Sequence[str]) -> bool:
    """Whether a name whose head begins with the query surely has its words in it, too.

    So it is for one word: characters stand there in this order, and letters begin the first word
    or the first stretch, unless something in the name has no spelling and interrupts it.
    """
    if len(query.words) != 1 or len(query.whole) >= LETTERS:
        return False
    word = query.words[0]
    if word.signs:
        return True
    simple = len(word.parts) == 1 and not word.opening
    return simple and all(char.isascii() or readings(char) for name in names for char in name)


def _ranks(session: ActorSession, query: Query) -> Iterator[_Hits]:
    made = _made(session)
    if query.whole:
        yield _Hits(made.head(query.whole, prefix=False), named=True)
        yield _Hits(made.head(query.whole, prefix=True), named=True)
    for classes in RANKS:
        yield _Hits(made.entries(query.words, classes))
    yield _Hits(made.anywhere(query.words))


def _made(session: ActorSession) -> "search_sqlite.Questions | search_postgresql.Questions":
    if session.backend == "sqlite":
        return search_sqlite.Questions()
    # SQLAlchemy's part for PostgreSQL takes time that a workspace in a file need not spend
    from app.db import search_postgresql

    return search_postgresql.Questions()
