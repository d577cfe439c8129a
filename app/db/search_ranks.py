"""What the questions to the index have in common on both databases."""

from typing import Any, Final

from sqlalchemy import Select, select

from app.domain.search_text import SearchClass

RANKS: Final = (
    frozenset({SearchClass.NAME}),
    frozenset({SearchClass.NAME, SearchClass.PERSON}),
    frozenset({SearchClass.NAME, SearchClass.PERSON, SearchClass.POINT}),
)


def in_all(found: list[Any]) -> Select[Any]:
    """Ids that every one of these selects returns."""
    both: Any = select(next(iter(found[0].subquery().c)))
    for other in found[1:]:
        both = both.intersect(select(next(iter(other.subquery().c))))
        both = select(next(iter(both.subquery().c)))
    return both  # type: ignore[no-any-return]  # of a Select
