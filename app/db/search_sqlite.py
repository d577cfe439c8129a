"""Questions to the search index in the language of FTS5."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, column, select, table

from app.db import search_index
from app.db.search_ranks import RANKS, Question, at_most, in_all
from app.domain.search_text import SearchClass, Word

BY_CLASS: Final = {search_class: name for name, search_class in search_index.COLUMNS.items()}


_ENTRY: Final = table("search_customer", column("rowid"), column("search_customer"))
_NOTE: Final = table("search_note", column("rowid"), column("search_note"))


def _asks(expression: Any) -> Select[Any]:
    match = _ENTRY.c.search_customer.op("MATCH")(expression)
    return select(_ENTRY.c.rowid).where(match)


_ASKED: Final = at_most(_asks(bindparam("expression", type_=String)))


class Questions:
    """Questions for customer ids."""

    def head(self, whole: str, *, prefix: bool) -> Question:
        return Question(_ASKED, f"head : {_fts_phrase((whole,), prefix=prefix)}")

    def entries(self, words: Sequence[Word], classes: frozenset[SearchClass]) -> Question:
        return Question(_ASKED, self._all(words, classes))

    def anywhere(self, words: Sequence[Word]) -> Question:
        """Every word in any text, notes included; of one word the notes alone."""
        found: list[Any] = []
        for word in words:
            everywhere = select(_asks(self._word(word, RANKS[-1])).subquery().c.rowid)
            phrase = " OR ".join(
                _fts_phrase(one.tokens, prefix=one.prefix)
                for one in word.alternatives
                if SearchClass.NOTE in one.classes
            )
            noted = (
                select(search_index.NOTE_ENTRY.c.customer_id)
                .join(_NOTE, _NOTE.c.rowid == search_index.NOTE_ENTRY.c.id)
                .where(_NOTE.c.search_note.op("MATCH")(phrase))
            )
            found.append(everywhere.union(noted) if len(words) > 1 else noted.distinct())
        return Question(at_most(in_all(found)))

    def _all(self, words: Sequence[Word], classes: frozenset[SearchClass]) -> str:
        return " AND ".join(f"({self._word(word, classes)})" for word in words)

    def _word(self, word: Word, classes: frozenset[SearchClass]) -> str:
        parts = []
        for one in word.alternatives:
            names = " ".join(sorted(BY_CLASS[c] for c in one.classes & classes if c in BY_CLASS))
            if names:
                parts.append(f"{{{names}}} : {_fts_phrase(one.tokens, prefix=one.prefix)}")
        return " OR ".join(parts)


def _fts_phrase(tokens: Sequence[str], *, prefix: bool) -> str:
    # Tokens are letters and digits only, so nothing needs escaping inside the quotes.
    return f'"{" ".join(tokens)}"{" *" if prefix else ""}'
