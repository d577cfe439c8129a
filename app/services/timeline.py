"""One stream of everything that happened with a customer, the newest first.

Every kind is asked for by itself, as many as a page holds, and the pages are merged: so the cost
of a page does not grow with the length of the story.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.db.database import Database
from app.db.images import has_more_than
from app.db.scope import ActorSession
from app.domain.interactions import Channel, Direction, Step
from app.domain.vocabulary import Actor
from app.errors import NotFound
from app.models import (
    Attachment,
    Change,
    ChangeSet,
    Contact,
    Customer,
    Interaction,
    InteractionProduct,
    Note,
    Product,
    Staff,
)
from app.services.customers import GONE
from app.services.earlier_values import EarlierValue, Images, earlier_values, images

PAGE: Final = 100


class EntryKind(StrEnum):
    """Kinds of entries; at the same moment they stand in this order."""

    INTERACTION = "interaction"
    NOTE = "note"
    FILE = "file"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class InteractionEntry:
    id: int
    at: datetime
    staff: str
    contact: str
    channel: Channel
    direction: Direction
    minutes: int | None
    summary: str
    step: Step | None
    rating: int | None
    unhappy: bool
    products: tuple[str, ...] = ()
    kind: EntryKind = EntryKind.INTERACTION


@dataclass(frozen=True, slots=True)
class NoteEntry:
    id: int
    at: datetime
    staff: str
    text: str
    due_on: date | None
    due_at: datetime | None
    deadline: bool
    done_at: datetime | None
    kind: EntryKind = EntryKind.NOTE


@dataclass(frozen=True, slots=True)
class FileEntry:
    id: int
    at: datetime
    staff: str
    name: str
    size: int
    media_type: str
    kind: EntryKind = EntryKind.FILE


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column and its values as stored; ids of people and customers are given as names."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """The customer's own fields were changed; `change_set_id` takes that back."""

    id: int
    at: datetime
    staff: str
    change_set_id: int
    fields: tuple[FieldChange, ...]
    kind: EntryKind = EntryKind.CHANGE


Entry = InteractionEntry | NoteEntry | FileEntry | ChangeEntry


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`last` tells the next page where to go on; None when there is nothing more."""

    entries: tuple[Entry, ...]
    last: Entry | None


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
                raise NotFound(GONE)
            return page(session, customer_id, kinds, text, after)

    def counts(self, actor: Actor, customer_id: int) -> dict[EntryKind, int]:
        """How many entries of every kind there are."""
        with self._db.read(actor) as session:
            return counts(session, customer_id)

    def earlier(self, actor: Actor, customer_id: int, field: str) -> tuple[EarlierValue, ...]:
        """Every value a field of the customer had before, the latest first. Raises NotFound."""
        with self._db.read(actor) as session:
            if session.get(Customer, customer_id) is None:
                raise NotFound(GONE)
            return earlier_values(session, customer_id, field)

    def images(self, actor: Actor, customer_id: int, change_id: int) -> Images:
        """What a ChangeEntry changed, as stored. Raises NotFound."""
        with self._db.read(actor) as session:
            return images(session, customer_id, change_id)


def page(
    session: ActorSession,
    customer_id: int,
    kinds: Collection[EntryKind] = tuple(EntryKind),
    text: str = "",
    after: Entry | None = None,
) -> TimelinePage:
    """As `TimelineService.page`, in an open session."""
    found: list[Entry] = []
    for kind, load in _LOADERS.items():
        if kind in kinds:
            found += load(session, customer_id, text.strip(), after)
    found.sort(key=_newest_first, reverse=True)
    entries = tuple(found[:PAGE])
    return TimelinePage(entries, entries[-1] if len(found) > PAGE else None)


def counts(session: ActorSession, customer_id: int) -> dict[EntryKind, int]:
    """As `TimelineService.counts`, in an open session."""
    hanging: Mapping[EntryKind, Any] = {
        EntryKind.INTERACTION: Interaction,
        EntryKind.NOTE: Note,
        EntryKind.FILE: Attachment,
    }
    found = {
        kind: session.scalar(select(func.count(model.id)).where(model.customer_id == customer_id))
        or 0
        for kind, model in hanging.items()
    }
    changes = select(func.count(Change.id)).where(_own_changes(session, customer_id))
    return {**found, EntryKind.CHANGE: session.scalar(changes) or 0}


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
        query = query.where(
            or_(_contains(Interaction.summary, text), _contains(Contact.name, text))
        )
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
        query = query.where(_contains(Note.text, text))
    return [note_entry(one, staff) for one, staff in session.execute(_newest(query, Note))]


def note_entry(one: Note, staff: str | None) -> NoteEntry:
    """A note as the timeline shows it."""
    return NoteEntry(
        one.id, one.at, staff or "", one.text, one.due_on, one.due_at, one.deadline, one.done_at
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
        query = query.where(_contains(Attachment.name, text))
    return [
        FileEntry(one.id, one.at, staff or "", one.name, one.size, one.media_type)
        for one, staff in session.execute(_newest(query, Attachment))
    ]


def _changes(
    session: ActorSession, customer_id: int, text: str, after: Entry | None
) -> list[Entry]:
    query = (
        select(Change, ChangeSet.at, ChangeSet.actor_name)
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(
            _own_changes(session, customer_id),
            _older(EntryKind.CHANGE, ChangeSet.at, Change.id, after),
        )
        .order_by(ChangeSet.at.desc(), Change.id.desc())
        .limit(PAGE + 1)
    )
    if text:
        # values are kept in a form that is not searched; whoever changed them is
        query = query.where(_contains(ChangeSet.actor_name, text))
    rows = session.execute(query).all()
    names = _names(session, [one for one, _, _ in rows])
    return [
        ChangeEntry(one.id, at, staff, one.change_set_id, _fields(one, names))
        for one, at, staff in rows
    ]


def _own_changes(session: ActorSession, customer_id: int) -> ColumnElement[bool]:
    """The condition on Change: of the customer's fields, not only the day of the last contact.

    That follows from what stands on the timeline anyway.
    """
    return and_(
        Change.table_name == Customer.__tablename__,
        Change.row_id == customer_id,
        Change.action == "update",
        has_more_than(session, Change.after, _FOLLOWS),
    )


_NAMED: Final[Mapping[str, Any]] = {
    "owner_id": Staff,
    "parent_id": Customer,
    "referred_by_id": Customer,
}
_FOLLOWS: Final = "last_contact"


def _names(session: ActorSession, changes: Sequence[Change]) -> Mapping[tuple[str, int], str]:
    """Names for the ids in these changes, as far as the actor may see them."""
    found: dict[tuple[str, int], str] = {}
    for field, model in _NAMED.items():
        images = [image for one in changes for image in (one.before, one.after) if image]
        ids = {image[field] for image in images if image.get(field) is not None}
        if ids:
            rows = session.execute(select(model.id, model.name).where(model.id.in_(ids)))
            found |= {(field, row_id): name for row_id, name in rows}
    return found


def _fields(one: Change, names: Mapping[tuple[str, int], str]) -> tuple[FieldChange, ...]:
    before, after = one.before or {}, one.after or {}

    def said(field: str, value: Any) -> Any:
        return value if field not in _NAMED or value is None else names.get((field, value), "")

    return tuple(
        FieldChange(field, said(field, before.get(field)), said(field, after[field]))
        for field in after
        if field != _FOLLOWS
    )


def _contains(column: Any, text: str) -> ColumnElement[bool]:
    return column.icontains(text, autoescape=True)  # type: ignore[no-any-return]  # a column's


def _newest(query: Any, model: Any) -> Any:
    return query.order_by(model.at.desc(), model.id.desc()).limit(PAGE + 1)


_LOADERS: Final = {
    EntryKind.INTERACTION: _interactions,
    EntryKind.NOTE: _notes,
    EntryKind.FILE: _files,
    EntryKind.CHANGE: _changes,
}
_RANK: Final = {kind: rank for rank, kind in enumerate(EntryKind)}
