"""Rows that would be new but look like a customer that is here, or like an earlier row."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.db.scope import ActorSession
from app.domain.likeness import keys
from app.domain.vocabulary import Kind
from app.i18n import Message
from app.services.alikeness import FEW, NO, Subject, Verdict, judge
from app.services.duplicates import ROW_OF_KEY, PossibleDuplicate, Search, subject_of
from app.services.import_drafts import Draft

_REMEMBERED: Final = 200_000  # rows that later ones are compared with: memory stays bounded


class Alike(NamedTuple):
    """What a new row looks like: a customer (`customer_id`, 0 for one out of sight) or a `row`.

    `name` is empty for a customer whom the actor may not see; `hidden` is all that may be told.
    """

    reasons: tuple[Message, ...]
    customer_id: int = 0
    row: int = 0
    name: str = ""
    hidden: Message | None = None


class _Earlier:
    """The first row of a key, and how many there were."""

    __slots__ = ("count", "row", "subject")

    def __init__(self, row: int, subject: Subject) -> None:
        self.row, self.subject, self.count = row, subject, 1


class LookAlikes:
    """Looks the rows of one file up, a block at a time.

    Args:
        everybody: a session that sees all customers.
        own: a session of the actor, who decides what may be told.
    """

    def __init__(self, everybody: ActorSession, own: ActorSession) -> None:
        self._search = Search(everybody, own, ROW_OF_KEY)
        self._rows: dict[int, _Earlier] = {}

    def find(self, numbered: Sequence[tuple[int, Draft]]) -> dict[int, Alike]:
        """By number of the row what it looks like; rows that look like nothing are left out."""
        subjects = [subject_of(draft) for _, draft in numbered]
        asked = [keys(one.name) for one in subjects]
        here = self._search.alike(subjects, asked)
        found: dict[int, Alike] = {}
        for (number, _), subject, several, known in zip(
            numbered, subjects, asked, here, strict=True
        ):
            alike = _customer(known[0]) if known else self._row(subject, several)
            if alike is not None:
                found[number] = alike
            self._remember(number, subject, several)
        return found

    def _row(self, subject: Subject, several: tuple[str, ...]) -> Alike | None:
        best, row = NO, 0
        for key in several:
            earlier = self._rows.get(hash(key))
            if earlier is None or earlier.count > FEW:
                continue
            verdict = judge(subject, earlier.subject, earlier.count)
            if verdict.value > best.value:
                best, row = verdict, earlier.row
        return _of_row(best, row, self._name_of(several, row)) if row else None

    def _name_of(self, several: tuple[str, ...], row: int) -> str:
        found = (self._rows.get(hash(key)) for key in several)
        return next(one.subject.name for one in found if one is not None and one.row == row)

    def _remember(self, number: int, subject: Subject, several: tuple[str, ...]) -> None:
        if not several:
            return
        earlier = self._rows.get(hash(several[0]))
        if earlier is not None:
            earlier.count += 1
        elif len(self._rows) < _REMEMBERED:
            # people are told apart by how they are reached, firms not
            kept = subject.points if subject.kind == Kind.PERSON else frozenset[tuple[str, str]]()
            self._rows[hash(several[0])] = _Earlier(number, subject._replace(points=kept))


def _customer(found: PossibleDuplicate) -> Alike:
    why = tuple(one.words for one in found.reasons)
    hidden = found.sentence() if found.customer_id is None else None
    return Alike(why, found.customer_id or 0, name=found.name, hidden=hidden)


def _of_row(verdict: Verdict, row: int, name: str) -> Alike:
    return Alike(tuple(one.words for one in verdict.reasons), row=row, name=name)
