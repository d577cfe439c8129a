"""One stream of everything that happened with a customer, the newest first.

Every kind is asked for by itself, as many as a page holds, and the pages are merged: so the cost
of a page does not grow with the length of the story.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.interactions import Channel, Direction, Step
from app.domain.promises import Firmness, PromiseState
from app.domain.script import fold
from app.domain.vocabulary import Actor
from app.models import (
    Attachment,
    ChangeSet,
    Contact,
    Customer,
    Interaction,
    InteractionProduct,
    Note,
    Product,
    Promise,
    PromiseMove,
    Staff,
)
from app.services.customers import not_there
from app.services.timeline_changes import Changes
from app.services.timeline_entries import (
    ChangeEntry,
    Entry,
    EntryKind,
    FieldChange,
    FileEntry,
    InteractionEntry,
    NoteEntry,
    PromiseEntry,
    TimelinePage,
)

__all__ = [
    "PAGE", "ChangeEntry", "Entry", "EntryKind", "FieldChange", "FileEntry", "InteractionEntry",
    "NoteEntry", "PromiseEntry", "TimelinePage", "TimelineService", "Told", "counts", "merged",
    "page", "promise_entry", "promise_rows", "told",
]  # fmt: skip

PAGE: Final = 100
MANY: Final = 1000  # changes that are looked through at a time


@dataclass(frozen=True, slots=True)
class Told:
    """The newest entries of one kind, one more than a page holds, and how many there are."""

    entries: tuple[Entry, ...]
    count: int


class TimelineService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self,
        actor: Actor,
        customer_id: int,
        kinds: Collection[EntryKind] = tuple(EntryKind),
        text: str = "",
        after: Entry | None = None,
    ) -> TimelinePage:
        """The next entries of these kinds that contain the text, after the last one shown.

        Raises NotFound when the customer is gone or may not be seen.
        """
        with self._db.read(actor) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            return page(session, customer_id, kinds, text, after)

    def counts(self, actor: Actor, customer_id: int) -> dict[EntryKind, int]:
        """How many entries of every kind there are."""
        with self._db.read(actor) as session:
            return counts(session, customer_id)


def page(
    session: ActorSession,
    customer_id: int,
    kinds: Collection[EntryKind] = tuple(EntryKind),
    text: str = "",
    after: Entry | None = None,
) -> TimelinePage:
    """As `TimelineService.page`, in an open session."""
    wanted = text.strip()
    return merged(_LOADERS[kind](session, customer_id, wanted, after) for kind in kinds)


def counts(session: ActorSession, customer_id: int) -> dict[EntryKind, int]:
    """As `TimelineService.counts`, in an open session."""
    return {kind: _count(session, customer_id, kind) for kind in EntryKind}


def told(session: ActorSession, customer_id: int, kind: EntryKind) -> Told:
    """How the story begins, as far as one kind tells it."""
    if kind is EntryKind.CHANGE:
        changes = Changes(session, customer_id)
        return Told(tuple(_newest_changes(changes, "", None)), changes.count())
    entries = _LOADERS[kind](session, customer_id, "", None)
    # what is not a whole page needs no counting
    count = len(entries) if len(entries) <= PAGE else _count(session, customer_id, kind)
    return Told(tuple(entries), count)


def merged(parts: Iterable[Sequence[Entry]]) -> TimelinePage:
    """A page of the newest among the newest of every kind."""
    found = sorted((one for part in parts for one in part), key=_newest_first, reverse=True)
    entries = tuple(found[:PAGE])
    return TimelinePage(entries, entries[-1] if len(found) > PAGE else None)


def _count(session: ActorSession, customer_id: int, kind: EntryKind) -> int:
    if kind is EntryKind.CHANGE:
        return Changes(session, customer_id).count()
    model: Any = _HANGING[kind]
    query = select(func.count(model.id)).where(model.customer_id == customer_id)
    return session.scalar(query) or 0


def _newest_first(one: Entry) -> tuple[datetime, int, int]:
    return one.at, -_RANK[one.kind], one.id


def _older(kind: EntryKind, at: Any, row_id: Any, after: Entry | None) -> ColumnElement[bool]:
    """The condition: the row stands after this entry in the stream."""
    if after is None:
        return row_id.is_not(None)  # type: ignore[no-any-return]  # a column's
    same: Any = row_id < after.id if kind is after.kind else _RANK[kind] > _RANK[after.kind]
    return or_(at < after.at, and_(at == after.at, same))


def _interactions(
    session: ActorSession, customer_id: int, text: str, after: Entry | None
) -> list[Entry]:
    query = (
        select(Interaction, Staff.name, Contact.name)
        .outerjoin(Staff, Staff.id == Interaction.staff_id)
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .where(
            Interaction.customer_id == customer_id,
            _older(EntryKind.INTERACTION, Interaction.at, Interaction.id, after),
        )
    )
    if text:
        said = (Interaction.summary, Contact.name, Staff.name)
        query = query.where(Interaction.id.in_(_telling(session, query, Interaction, text, said)))
    rows = session.execute(_newest(query, Interaction)).all()
    products = _products(session, [one.id for one, _, _ in rows])
    return [
        InteractionEntry(
            one.id,
            one.at,
            staff or "",
            contact or "",
            Channel(one.channel),
            Direction(one.direction),
            one.minutes,
            one.summary,
            Step(one.step) if one.step else None,
            one.rating,
            one.unhappy,
            products.get(one.id, ()),
        )
        for one, staff, contact in rows
    ]


def _products(session: ActorSession, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for one, name in session.execute(
        select(InteractionProduct.interaction_id, Product.name)
        .join(Product, Product.id == InteractionProduct.product_id)
        .where(InteractionProduct.interaction_id.in_(ids))
        .order_by(Product.sort_key)
    ):
        found[one] = (*found.get(one, ()), name)
    return found


def _notes(session: ActorSession, customer_id: int, text: str, after: Entry | None) -> list[Entry]:
    query = (
        select(Note, Staff.name)
        .outerjoin(Staff, Staff.id == Note.staff_id)
        .where(Note.customer_id == customer_id, _older(EntryKind.NOTE, Note.at, Note.id, after))
    )
    if text:
        said = (Note.text, Staff.name)
        query = query.where(Note.id.in_(_telling(session, query, Note, text, said)))
    return [
        NoteEntry(one.id, one.at, staff or "", one.text)
        for one, staff in session.execute(_newest(query, Note))
    ]


def _promises(
    session: ActorSession, customer_id: int, text: str, after: Entry | None
) -> list[Entry]:
    query = promise_rows().where(
        Promise.customer_id == customer_id,
        _older(EntryKind.PROMISE, Promise.at, Promise.id, after),
    )
    if text:
        said = (Promise.text, Promise.reason, Contact.name, Staff.name)
        query = query.where(Promise.id.in_(_telling(session, query, Promise, text, said)))
    return [promise_entry(*row) for row in session.execute(_newest(query, Promise))]


def promise_rows() -> Any:
    """A select of what `promise_entry` takes."""
    moves = (
        select(func.count(PromiseMove.id))
        .where(PromiseMove.promise_id == Promise.id)
        .scalar_subquery()
    )
    return (
        select(Promise, Staff.name, Contact.name, moves)
        .outerjoin(Staff, Staff.id == Promise.staff_id)
        .outerjoin(Contact, Contact.id == Promise.contact_id)
    )


def promise_entry(one: Promise, staff: str | None, contact: str | None, moves: int) -> PromiseEntry:
    """A promise as the timeline shows it."""
    return PromiseEntry(
        one.id,
        one.at,
        staff or "",
        contact or "",
        one.text,
        one.due_on,
        one.due_at,
        one.deadline,
        Firmness(one.firm),
        PromiseState(one.state),
        one.reason,
        one.closed_at,
        moves,
    )


def _files(session: ActorSession, customer_id: int, text: str, after: Entry | None) -> list[Entry]:
    query = (
        select(Attachment, Staff.name)
        .outerjoin(Staff, Staff.id == Attachment.staff_id)
        .where(
            Attachment.customer_id == customer_id,
            _older(EntryKind.FILE, Attachment.at, Attachment.id, after),
        )
    )
    if text:
        said = (Attachment.name, Staff.name)
        query = query.where(Attachment.id.in_(_telling(session, query, Attachment, text, said)))
    return [
        FileEntry(one.id, one.at, staff or "", one.name, one.size, one.media_type)
        for one, staff in session.execute(_newest(query, Attachment))
    ]


def _changes(
    session: ActorSession, customer_id: int, text: str, after: Entry | None
) -> Sequence[Entry]:
    return _newest_changes(Changes(session, customer_id), text, after)


def _newest_changes(changes: Changes, text: str, after: Entry | None) -> Sequence[Entry]:
    if not text:
        return _changes_after(changes, after, PAGE + 1)
    found: list[ChangeEntry] = []
    while len(found) <= PAGE:
        many = _changes_after(changes, after, MANY)
        found += [one for one in many if _tells(_words(one), text)]
        if len(many) < MANY:
            break
        after = many[-1]
    return found[: PAGE + 1]


def _changes_after(changes: Changes, after: Entry | None, most: int) -> list[ChangeEntry]:
    return changes.page([_older(EntryKind.CHANGE, ChangeSet.at, ChangeSet.id, after)], most)


def _words(change: ChangeEntry) -> Iterator[str]:
    """What is read of a change: the values are kept in a form that is not searched."""
    yield change.staff
    for one in change.fields:
        if one.name:
            yield from (one.name, one.words(one.before), one.words(one.after))


def _telling(
    session: ActorSession, query: Any, model: Any, text: str, said: Sequence[Any]
) -> list[int]:
    """Ids of the newest rows that contain a text, in whatever width, case and script."""
    rows = session.execute(_in_order(query.with_only_columns(model.id, *said), model))
    return list(islice((row[0] for row in rows if _tells(row[1:], text)), PAGE + 1))


def _tells(said: Iterable[str | None], text: str) -> bool:
    wanted = fold(text)
    return any(wanted in fold(one) for one in said if one)


def _newest(query: Any, model: Any) -> Any:
    return _in_order(query, model).limit(PAGE + 1)


def _in_order(query: Any, model: Any) -> Any:
    return query.order_by(model.at.desc(), model.id.desc())


_Loader = Callable[[ActorSession, int, str, Entry | None], Sequence[Entry]]
_LOADERS: Final[Mapping[EntryKind, _Loader]] = {
    EntryKind.INTERACTION: _interactions,
    EntryKind.PROMISE: _promises,
    EntryKind.NOTE: _notes,
    EntryKind.FILE: _files,
    EntryKind.CHANGE: _changes,
}
_HANGING: Final[Mapping[EntryKind, Any]] = {
    EntryKind.INTERACTION: Interaction,
    EntryKind.PROMISE: Promise,
    EntryKind.NOTE: Note,
    EntryKind.FILE: Attachment,
}
_RANK: Final = {kind: rank for rank, kind in enumerate(EntryKind)}
