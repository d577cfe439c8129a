"""What a customer told us and must never be asked again, and which of it comes to mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from app.domain.search_text import tokens
from app.i18n import Message


class FactKind(StrEnum):
    NEED = "need"
    PREFERENCE = "preference"
    EXPECTATION = "expectation"
    CONSTRAINT = "constraint"


FACT_LABELS: Final = {
    FactKind.NEED: Message("Need"),
    FactKind.PREFERENCE: Message("Preference"),
    FactKind.EXPECTATION: Message("Expectation"),
    FactKind.CONSTRAINT: Message("Constraint"),
}


@dataclass(frozen=True, slots=True)
class FactDraft:
    """`source` says in words where it comes from; `heard_on` is the day it was told."""

    kind: FactKind
    text: str
    heard_on: date
    source: str = ""
    interaction_id: int | None = None


def related(typed: str, facts: Sequence[str]) -> list[int]:
    """Places of the facts that have words in common with what is being typed, the most first.

    Of Chinese two characters in a row count as a word; Latin words of one or two letters do not.
    """
    wanted = _words(typed)
    shared = [(len(wanted & _words(text)), place) for place, text in enumerate(facts)]
    return [place for count, place in sorted(shared, key=lambda one: (-one[0], one[1])) if count]


def _words(text: str) -> frozenset[str]:
    found = tokens(text)
    latin = {one for one in found if one.isascii() and len(one) > 2}
    pairs = pairwise(found)
    return frozenset(latin | {a + b for a, b in pairs if not a.isascii() and not b.isascii()})
