"""What stands on a customer's timeline."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.field_words import FIELD_NAMES, field_name, stored_words
from app.domain.interactions import Channel, Direction, Step
from app.domain.promises import Firmness, PromiseState
from app.domain.vocabulary import Kind
from app.services.custom_fields import FieldRow


class EntryKind(StrEnum):
    """Kinds of entries; at the same moment they stand in this order."""

    INTERACTION = "interaction"
    PROMISE = "promise"
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
class PromiseEntry:
    """What was promised; `moves` is how often it was given another date."""

    id: int
    at: datetime
    staff: str
    contact: str
    text: str
    due_on: date
    due_at: datetime | None
    deadline: bool
    firm: Firmness
    state: PromiseState
    reason: str
    closed_at: datetime | None
    moves: int = 0
    kind: EntryKind = EntryKind.PROMISE


@dataclass(frozen=True, slots=True)
class NoteEntry:
    id: int
    at: datetime
    staff: str
    text: str
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
    """A field and its values as stored; ids of people and customers are given as names.

    `customer` is the kind of customer whose field it is, `added` the field where managers added it.
    """

    field: str
    before: Any
    after: Any
    customer: Kind
    added: FieldRow | None = None

    @property
    def name(self) -> str:
        """What the field is called; "" for what is worked out from others and has no name."""
        if self.added is not None:
            return self.added.name
        return str(field_name(self.field, self.customer)) if self.field in FIELD_NAMES else ""

    def words(self, stored: Any) -> str:
        """One of the values as people read it; "" for nothing."""
        if self.added is not None:
            return self.added.words(stored or "")
        return stored_words(self.field, stored)


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """Fields of the customer, its tags or fields that managers added were changed.

    `id` is that of the change set.
    """

    id: int
    at: datetime
    staff: str
    fields: tuple[FieldChange, ...]
    kind: EntryKind = EntryKind.CHANGE


Entry = InteractionEntry | PromiseEntry | NoteEntry | FileEntry | ChangeEntry


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`last` tells the next page where to go on; None when there is nothing more."""

    entries: tuple[Entry, ...]
    last: Entry | None
