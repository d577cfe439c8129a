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
from app.domain.search_text import Alternative, Query, SearchClass, SearchText, Word, matches, parse
from app.models import Customer

RANKED: Final = 5_000
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
    for hits in _ranks(session, query):
        more = _named if hits.named else _plain
        found.update(dict.fromkeys(more(session, query, hits, within, limit + len(found))))
        if len(found) >= limit:
            break
    return np.array(list(found)[:limit], dtype=np.int64)


def every_hit(session: ActorSession, typed: str, within: Select[Any]) -> IdVector:
    """All hits among `within`, in the order of `first_page`."""
    query = parse(typed)
    if query.empty:
        return EMPTY
    names = fetch_ids(session, _made(session).entries(query.words, RANKS[0]))
    parts: list[IdVector] = []
    seen = EMPTY
    for hits in _ranks(session, query):
        ids = _best(session, hits, within, None)
        if hits.named:
            ids = ids[np.isin(ids, names)]
        ids = ids[~np.isin(ids, seen)]
        parts.append(ids)
        seen = np.concatenate((seen, ids))
    return np.concatenate(parts) if parts else EMPTY


def _best(session: ActorSession, hits: _Hits, within: Select[Any], limit: int | None) -> IdVector:
    few = fetch_ids(session, hits.ids.limit(RANKED + 1))
    if not len(few):
        return EMPTY
    if len(few) <= RANKED:
        query = within.where(Customer.id.in_(id_set(session, few)))
        return fetch_ids(session, query.order_by(Customer.sort_key, Customer.id).limit(limit))
    if limit is not None:
        # The index was asked once, which is what takes time: see whether these are enough.
        for some in (few[: 2 * limit], few):
            kept = fetch_ids(session, within.where(Customer.id.in_(id_set(session, some))))
            if len(kept) >= limit:
                return some[np.isin(some, kept)][:limit]
    rows = hits.ids.subquery("hit")
    joined = within.join(rows, next(iter(rows.c)) == Customer.id)
    return fetch_ids(session, joined.limit(limit))


def _plain(
    session: ActorSession, _query: Query, hits: _Hits, within: Select[Any], limit: int
) -> list[int]:
    return list(_best(session, hits, within, limit).tolist())


def _named(
    session: ActorSession, query: Query, hits: _Hits, within: Select[Any], limit: int
) -> list[int]:
    """The best `limit` hits that have all the words in their names; nearly every one has."""
    asked = limit
    while True:
        best = _best(session, hits, within, asked)
        rows = session.execute(
            select(Customer.id, Customer.name, Customer.other_names, Customer.code).where(
                Customer.id.in_(id_set(session, best))
            )
        )
        names = {one: [name, *others.splitlines(), code or ""] for one, name, others, code in rows}
        good = [one for one in best.tolist() if matches(query, map(SearchText.name, names[one]))]
        if len(good) >= limit or len(best) < asked:
            return good[:limit]
        asked *= 4


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
        """Every word in any text, notes included."""
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
            found.append(everywhere.union(noted))
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
    column_of = [next(iter(one.subquery().c)) for one in found]
    query = select(column_of[0])
    for other in column_of[1:]:
        query = query.where(column_of[0].in_(select(other)))
    return query


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
            found.append(everywhere.union(noted))
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
