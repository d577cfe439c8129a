"""Asking the search index, ranked: whole name, its beginning, name, person, contact point, note.

Within a rank hits are ordered by name as long as there are at most RANKED of them, else as the
index gives them: sorting tens of thousands at every key would be felt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, bindparam, select

from app.db import search_sqlite
from app.db.ids import IdVector, id_value, joined_ids, named_set, no_ids
from app.db.kept import Kept
from app.db.scope import ActorSession
from app.db.search_ranks import ALL, RANKS, Question
from app.domain.pinyin import readings
from app.domain.search_text import Query, SearchText, matches, parse
from app.domain.spelling import LETTERS
from app.models import Customer

if TYPE_CHECKING:
    from app.db import search_postgresql

RANKED: Final = 5_000
LOOKED_UP: Final = 50_000
"""So many hits are looked up one by one; for more, all customers among which they count."""


class Within:
    """The customers among which hits count, from a select of Customer.id."""

    def __init__(self, ids: Select[Any]) -> None:
        def chosen(backend: str) -> Select[Any]:
            return ids.where(Customer.id.in_(named_set(backend, "ids")))

        def by_name(backend: str) -> Select[Any]:
            inside = chosen(backend).order_by(Customer.sort_key, Customer.id)
            return joined_ids(inside.limit(bindparam("most")), backend)

        self.everybody = Kept(lambda backend: joined_ids(ids, backend))
        self.chosen = Kept(lambda backend: joined_ids(chosen(backend), backend))
        self.by_name = Kept(by_name)


EVERYBODY: Final = Within(select(Customer.id))
"""All whom the session's actor sees."""

_NAMES: Final = Kept(
    lambda backend: select(Customer.id, Customer.name, Customer.other_names, Customer.code).where(
        Customer.id.in_(named_set(backend, "ids"))
    )
)


@dataclass(frozen=True, slots=True)
class _Hits:
    """One rank's question to the index.

    Heads order hits and do not make them: with `named` the words must be in the names as well.
    """

    question: Question
    named: bool = False


def first_page(session: ActorSession, typed: str, within: Within, limit: int) -> IdVector:
    """The best `limit` hits among these customers, notes only when needed."""
    import numpy as np

    query = parse(typed)
    found: dict[int, None] = {}
    if query.empty:
        return no_ids()
    among = _Among(session, within)
    for hits in _ranks(session, query):
        more = _named if hits.named else _plain
        found.update(dict.fromkeys(more(query, hits, among, limit + len(found))))
        if len(found) >= limit:
            break
    return np.array(list(found)[:limit], dtype=np.int64)


def every_hit(session: ActorSession, typed: str, within: Within) -> IdVector:
    """All hits among these customers, in the order of `first_page`."""
    import numpy as np

    query = parse(typed)
    if query.empty:
        return no_ids()
    among = _Among(session, within)
    ranks = [(hits, hits.question.ids(session)) for hits in _ranks(session, query)]
    names = next(ids for hits, ids in ranks if not hits.named)
    parts: list[IdVector] = []
    seen = no_ids()
    for hits, ids in ranks:
        found = among.ordered(ids)
        if hits.named:
            found = found[np.isin(found, names)]
        found = found[~np.isin(found, seen)]
        parts.append(found)
        seen = np.concatenate((seen, found))
    return np.concatenate(parts)


def named(session: ActorSession, typed: str) -> IdVector:
    """Customers with these words in their names, whoever sees them; notes do not count."""
    query = parse(typed)
    if query.empty:
        return no_ids()
    return _made(session).entries(query.words, RANKS[0]).ids(session)


class _Among:
    """Hits put in order, in one session."""

    def __init__(self, session: ActorSession, within: Within) -> None:
        self.session = session
        self._within = within
        self._all: IdVector | None = None

    def best(self, hits: _Hits, limit: int) -> IdVector:
        """The first hits of a rank, by name or as the index gives them."""
        few = hits.question.ids(self.session, RANKED + 1)
        if len(few) > RANKED:
            # Nearly always enough, and the index was asked only once, which is what takes time.
            for some in (few[: 2 * limit], few):
                kept = self._kept(some)
                if len(kept) >= limit:
                    return kept[:limit]
            few = hits.question.ids(self.session)
        return self.ordered(few, limit)

    def ordered(self, ids: IdVector, limit: int = ALL) -> IdVector:
        """Those of one rank's ids that count: few by name, many as they come."""
        import numpy as np

        if not len(ids):
            return no_ids()
        if len(ids) <= RANKED:
            return self._within.by_name.ids(self.session, ids=self.value(ids), most=limit)
        kept = self._kept(ids) if len(ids) <= LOOKED_UP else ids[np.isin(ids, self._everybody())]
        return kept[:limit]

    def value(self, ids: IdVector) -> Any:
        return id_value(self.session, ids)

    def _kept(self, ids: IdVector) -> IdVector:
        import numpy as np

        return ids[np.isin(ids, self._within.chosen.ids(self.session, ids=self.value(ids)))]

    def _everybody(self) -> IdVector:
        if self._all is None:
            self._all = self._within.everybody.ids(self.session)
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
        session = among.session
        rows = session.execute(_NAMES.on(session), {"ids": among.value(best)})
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
