"""Questions to the search index as tsqueries."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, cast, column, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from app.db.search_ranks import RANKS, Question, at_most, in_all
from app.domain.search_text import Alternative, SearchClass, Word

WEIGHTS: Final = {SearchClass.NAME: "A", SearchClass.PERSON: "B", SearchClass.POINT: "C"}


_ENTRY: Final = table(
    "search_customer", column("customer_id"), column("head", TSVECTOR), column("body", TSVECTOR)
)
_NOTE: Final = table("search_note_entry", column("customer_id"), column("body", TSVECTOR))


def _at_at(where: Any, expression: Any) -> Any:
    return where.op("@@")(cast(expression, TSQUERY))


def _asks(where: Any, expression: Any) -> Select[Any]:
    return select(_ENTRY.c.customer_id).where(_at_at(where, expression))


_HEADED: Final = at_most(_asks(_ENTRY.c.head, bindparam("expression", type_=String)))
_ENTERED: Final = at_most(_asks(_ENTRY.c.body, bindparam("expression", type_=String)))


class Questions:
    """Questions for customer ids."""

    def head(self, whole: str, *, prefix: bool) -> Question:
        return Question(_HEADED, _lexeme(whole, "", prefix=prefix))

    def entries(self, words: Sequence[Word], classes: frozenset[SearchClass]) -> Question:
        return Question(_ENTERED, " & ".join(f"({self._word(word, classes)})" for word in words))

    def anywhere(self, words: Sequence[Word]) -> Question:
        found: list[Any] = []
        for word in words:
            everywhere = _asks(_ENTRY.c.body, literal(self._word(word, RANKS[-1])))
            phrase = " | ".join(
                _ts_phrase(one, "") for one in word.alternatives if SearchClass.NOTE in one.classes
            )
            noted = select(_NOTE.c.customer_id).where(_at_at(_NOTE.c.body, literal(phrase)))
            found.append(everywhere.union(noted) if len(words) > 1 else noted.distinct())
        return Question(at_most(in_all(found)))

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
