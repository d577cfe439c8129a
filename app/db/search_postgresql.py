"""Questions to the search index as tsqueries."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, cast, column, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from app.db.search_ranks import RANKS, in_all
from app.domain.search_text import Alternative, SearchClass, Word

WEIGHTS: Final = {SearchClass.NAME: "A", SearchClass.PERSON: "B", SearchClass.POINT: "C"}


class Questions:
    """Selects of customer ids."""

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
        return in_all(found)

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
