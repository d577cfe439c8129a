"""Asking the search index, ranked: whole name, its beginning, name, person, contact point, note.

Within a rank hits are ordered by name as long as there are at most RANKED of them, else as the
index gives them: sorting tens of thousands at every key would be felt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import Select, cast, column, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from app.db import search_index
from app.db.ids import EMPTY, IdVector, fetch_ids, id_set
from app.db.scope import ActorSession
from app.domain.pinyin import readings
from app.domain.search_text import Alternative, Query, SearchClass, SearchText, Word, matches, parse
from app.domain.spelling import LETTERS
from app.models import Customer

RANKED: Final = 5_000
LOOKED_UP: Final = 50_000
"""So many hits are looked up one by one; for more, all customers among which they count."""
WEIGHTS: Final = {SearchClass.NAME: "A", SearchClass.PERSON: "B", SearchClass.POINT: "C"}
BY_CLASS: Final = {search_class: name for name, search_class in search_index.COLUMNS.items()}
RANKS: Final = (
    frozenset({SearchClass.NAME}),
    frozenset({SearchClass.NAME, SearchClass.PERSON}),
    frozenset({SearchClass.NAME, SearchClass.PERSON, SearchClass.POINT}),
)


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


def _made(session: ActorSession) -> "_Sqlite | _PostgreSQL":
    return _Sqlite() if session.backend == "sqlite" else _PostgreSQL()


class _Sqlite:
    """Questions in the language of FTS5."""

    entry = table("search_customer", column("rowid"), column("search_customer"))
    note = table("search_note", column("rowid"), column("search_note"))

    def head(self, whole: str, *, prefix: bool) -> Select[Any]:
        return self._ask(f"head : {_fts_phrase((whole,), prefix=prefix)}")

    def entries(self, words: Sequence[Word], classes: frozenset[SearchClass]) -> Select[Any]:
        return self._ask(self._all(words, classes))

    def anywhere(self, words: Sequence[Word]) -> Select[Any]:
        """Every word in any text, notes included; of one word the notes alone."""
        found: list[Any] = []
        for word in words:
            everywhere = select(self._ask(self._word(word, RANKS[-1])).subquery().c.rowid)
            phrase = " OR ".join(
                _fts_phrase(one.tokens, prefix=one.prefix)
                for one in word.alternatives
                if SearchClass.NOTE in one.classes
            )
            noted = (
                select(search_index.NOTE_ENTRY.c.customer_id)
                .join(self.note, self.note.c.rowid == search_index.NOTE_ENTRY.c.id)
                .where(self.note.c.search_note.op("MATCH")(phrase))
            )
            found.append(everywhere.union(noted) if len(words) > 1 else noted.distinct())
        return _in_all(found)

    def _ask(self, expression: str) -> Select[Any]:
        match = self.entry.c.search_customer.op("MATCH")(expression)
        return select(self.entry.c.rowid).where(match)

    def _all(self, words: Sequence[Word], classes: frozenset[SearchClass]) -> str:
        return " AND ".join(f"({self._word(word, classes)})" for word in words)

    def _word(self, word: Word, classes: frozenset[SearchClass]) -> str:
        parts = []
        for one in word.alternatives:
            names = " ".join(sorted(BY_CLASS[c] for c in one.classes & classes if c in BY_CLASS))
            if names:
                parts.append(f"{{{names}}} : {_fts_phrase(one.tokens, prefix=one.prefix)}")
        return " OR ".join(parts)


def _in_all(found: list[Any]) -> Select[Any]:
    """Ids that every one of these selects returns."""
    both: Any = select(next(iter(found[0].subquery().c)))
    for other in found[1:]:
        both = both.intersect(select(next(iter(other.subquery().c))))
        both = select(next(iter(both.subquery().c)))
    return both  # type: ignore[no-any-return]  # of a Select


def _fts_phrase(tokens: Sequence[str], *, prefix: bool) -> str:
    # Tokens are letters and digits only, so nothing needs escaping inside the quotes.
    return f'"{" ".join(tokens)}"{" *" if prefix else ""}'


class _PostgreSQL:
    """The same questions as tsqueries."""

    entry = table(
        "search_customer", column("customer_id"), column("head", TSVECTOR), column("body", TSVECTOR)
    )
    note = table("search_note_entry", column("customer_id"), column("body", TSVECTOR))

    def head(self, whole: str, *, prefix: bool) -> Select[Any]:
        return self._ask(self.entry.c.head, _lexeme(whole, "", prefix=prefix))

    def entries(self, words: Sequence[Word], classes: frozenset[SearchClass]) -> Select[Any]:
        return self._ask(
            self.entry.c.body, " & ".join(f"({self._word(word, classes)})" for word in words)
        )

    def anywhere(self, words: Sequence[Word]) -> Select[Any]:
        found: list[Any] = []
        for word in words:
            everywhere = self._ask(self.entry.c.body, self._word(word, RANKS[-1]))
            phrase = " | ".join(
                _ts_phrase(one, "") for one in word.alternatives if SearchClass.NOTE in one.classes
            )
            noted = select(self.note.c.customer_id).where(_at_at(self.note.c.body, phrase))
            found.append(everywhere.union(noted) if len(words) > 1 else noted.distinct())
        return _in_all(found)

    def _ask(self, where: Any, expression: str) -> Select[Any]:
        return select(self.entry.c.customer_id).where(_at_at(where, expression))

    def _word(self, word: Word, classes: frozenset[SearchClass]) -> str:
        parts = []
        for one in word.alternatives:
            weights = "".join(sorted(WEIGHTS[c] for c in one.classes & classes if c in WEIGHTS))
            if weights:
                parts.append(_ts_phrase(one, weights))
        return " | ".join(parts)


def _ts_phrase(one: Alternative, weights: str) -> str:
    *before, last = one.tokens
    lexemes = [_lexeme(token, weights, prefix=False) for token in before]
    return "(" + " <-> ".join([*lexemes, _lexeme(last, weights, prefix=one.prefix)]) + ")"


def _lexeme(token: str, weights: str, *, prefix: bool) -> str:
    flags = ("*" if prefix else "") + weights
    return f"'{token}'" + (f":{flags}" if flags else "")


def _at_at(where: Any, expression: str) -> Any:
    return where.op("@@")(cast(literal(expression), TSQUERY))
