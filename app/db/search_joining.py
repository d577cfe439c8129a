"""The search index after a merge: what is indexed of a long story goes over without being read.

Reading ten thousand conversations again takes a second. Their index entries say nothing of the
customer but its id, and a digest is a sum of notes: so both can be carried over.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import func, select, update

from app.db import search_index
from app.db.scope import WriteSession
from app.db.search_index import NOTE_ENTRY, STATE, Entry, Stored
from app.domain.search_text import MARK
from app.models import joined_models
from app.models.base import OnMerge

LONG: Final = 500
"""So many rows of the story make it worth while; fewer are read again."""


def _is_story(model: Any) -> bool:
    """Whether its rows move whole and are searched as notes only."""
    joining = model.__joining__
    return joining.merge is OnMerge.MOVE and search_index.only_notes(model)


class Joining:
    """Made before anything is changed; `finish` is called when all is written."""

    def __init__(self, session: WriteSession, kept: int, other: int) -> None:
        self._session, self._kept, self._other = session, kept, other
        models = joined_models().values()
        self._rest = [model for model in models if not _is_story(model)]
        self._before: dict[int, Entry] = {}
        self._story = 0  # the digest of both stories
        if self._rows(model for model in models if _is_story(model)) >= LONG:
            self._before = self._entries()
            self._story = self._digests() - sum(one.digest() for one in self._before.values())

    def finish(self) -> None:
        """Carry over what is indexed; where that would find too much, all is read again."""
        if not self._before:
            return
        session, after = self._session, self._entries()
        added = [one.text.tokens() for one in session.noted.get(self._kept, ())]
        stays = after[self._kept]
        whole = Entry(stays.head, stays.columns, [*stays.notes, *added])
        stale = (note for one in self._before.values() for note in one.notes)
        if not all(_said(piece, whole.notes) for note in stale for piece in _pieces(note)):
            return
        search_index.remove_heads(session, (self._kept, self._other))
        session.connection().execute(
            update(NOTE_ENTRY)
            .where(NOTE_ENTRY.c.customer_id == self._other)
            .values(customer_id=self._kept)
        )
        stored = whole.stored(session.backend)
        entries = {
            self._kept: Stored(stored.digest + self._story, stored.columns, stored.notes),
            self._other: after[self._other].stored(session.backend),
        }
        search_index.store(session, entries)
        session.reindex.difference_update(entries)
        session.noted.pop(self._kept, None)

    def _rows(self, models: Iterable[Any]) -> int:
        pair = (self._kept, self._other)
        return sum(
            self._session.connection().scalar(
                select(func.count())
                .select_from(model.__table__)
                .where(model.__table__.c.customer_id.in_(pair))
            )
            or 0
            for model in models
        )

    def _entries(self) -> dict[int, Entry]:
        """What the index has to say of both without their stories."""
        found = search_index.gather(self._session, (self._kept, self._other), self._rest)
        return {one: search_index.entry(texts) for one, texts in found.items()}

    def _digests(self) -> int:
        held = select(func.sum(STATE.c.digest)).where(
            STATE.c.customer_id.in_((self._kept, self._other))
        )
        return int(self._session.connection().scalar(held) or 0)


def _pieces(note: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The stretches of a note in which a phrase can be found."""
    for is_mark, piece in groupby(note, key=lambda token: token == MARK):
        if not is_mark:
            yield tuple(piece)


def _said(piece: tuple[str, ...], notes: Sequence[Sequence[str]]) -> bool:
    """Whether a note holds this stretch: then it is found there by all that would find it."""
    size = len(piece)
    return any(
        tuple(note[start : start + size]) == piece
        for note in notes
        for start in range(len(note) - size + 1)
    )
