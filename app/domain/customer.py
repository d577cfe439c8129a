"""A customer as a plain value: what forms and imports hand over, what pages show."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from app.domain import contact_points, tax_ids
from app.domain.names import is_invisible
from app.domain.vocabulary import ContactRole, Grade, Influence, Kind, PointKind, Stage
from app.i18n import Message


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A person at the customer; `id` is None until saved.

    `birthday` is in the form of domain.birthdays; `note` is what to mind when calling.
    """

    name: str
    title: str = ""
    id: int | None = None
    role: ContactRole | None = None
    influence: Influence | None = None
    birthday: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A contact point.

    `contact` is the place of its person among the contacts, None for the customer's own.
    """

    kind: PointKind
    raw: str
    contact: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """Everything a user can set on a customer. Empty text means unknown.

    `birthday` is in the form of domain.birthdays; of a company the day it was founded.
    """

    name: str
    kind: Kind = Kind.COMPANY
    other_names: tuple[str, ...] = ()
    code: str = ""
    grade: Grade | None = None
    owner_id: int | None = None
    stage: Stage = Stage.ACQUIRING
    source: str = ""
    referred_by_id: int | None = None
    parent_id: int | None = None
    region: str = ""
    address: str = ""
    tax_id: str = ""
    notes: str = ""
    since: date | None = None
    last_contact: date | None = None
    tags: tuple[str, ...] = ()
    contacts: tuple[ContactDraft, ...] = ()
    points: tuple[PointDraft, ...] = ()
    birthday: str = ""


SHORT: Final = 500
"""Characters of a code, a source or a tag: these are looked up, and an index bears no more."""

FIELDS = tuple(one.name for one in fields(CustomerDraft))


def too_long() -> Message:
    """That a text is longer than SHORT."""
    return Message("This is longer than {most} characters. Shorten it.", params={"most": SHORT})


def problems(draft: CustomerDraft, region: str = "CN") -> dict[str, Message]:
    """What is wrong with a draft, by field: `points.2` is the third contact point."""
    found: dict[str, Message] = {}
    if is_invisible(draft.name):
        found["name"] = Message("The name is missing.")
    if draft.tax_id and (problem := tax_ids.problem(draft.tax_id)):
        found["tax_id"] = problem
    looked_up = {"code": (draft.code,), "source": (draft.source,), "tags": draft.tags}
    found |= {
        field: too_long()
        for field, texts in looked_up.items()
        if any(len(text) > SHORT for text in texts)
    }
    for place, point in enumerate(draft.points):
        if problem := contact_points.problem(point.kind, point.raw, region):
            found[f"points.{place}"] = problem
    for place, contact in enumerate(draft.contacts):
        if is_invisible(contact.name):
            found[f"contacts.{place}"] = Message("The name is missing.")
    return found
