"""What the questions to the index have in common on both databases."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from app.db.ids import IdVector, joined_ids
from app.db.kept import Kept
from app.db.scope import ActorSession
from app.domain.search_text import SearchClass

RANKS: Final = (
    frozenset({SearchClass.NAME}),
    frozenset({SearchClass.NAME, SearchClass.PERSON}),
    frozenset({SearchClass.NAME, SearchClass.PERSON, SearchClass.POINT}),
)
ALL: Final = 1 << 62
"""A limit that limits nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the index: which customers have this expression."""

    asked: Kept
    expression: str = ""

    def ids(self, session: ActorSession, most: int = ALL) -> IdVector:
        """At most so many ids, as the index gives them."""
        return self.asked.ids(session, expression=self.expression, most=most)


def at_most(ids: Select[Any]) -> Kept:
    """What a `Question` asks: this select of ids, which may name `expression`."""
    return Kept(lambda backend: joined_ids(ids.limit(bindparam("most")), backend))


def in_all(found: list[Any]) -> Select[Any]:
    """Ids that every one of these selects returns."""
    both: Any = select(next(iter(found[0].subquery().c)))
    for other in found[1:]:
        both = both.intersect(select(next(iter(other.subquery().c))))
        both = select(next(iter(both.subquery().c)))
    return both  # type: ignore[no-any-return]  # of a Select
