"""From drafts to the rows of every table, and to what the search index keeps of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.db import derived, search_index
from app.db.search_index import Found, Stored
from app.domain.vocabulary import Stage
from app.models import Contact, ContactPoint, Customer, joined_models
from app.services.import_rows import Draft, folded

Row = dict[str, Any]


class Placed(NamedTuple):
    """A draft with the ids of all that it names."""

    draft: Draft
    owner_id: int | None
    parent_id: int | None
    referred_by_id: int | None


@dataclass(frozen=True, slots=True)
class Records:
    """A block ready to be stored. `customer_id` and `contact_id` count from 0 within the block."""

    customers: list[Row]
    contacts: list[Row]
    points: list[Row]
    tags: list[tuple[int, str]]
    entries: list[Stored]


def make(placed: Sequence[Placed], at: datetime, backend: str) -> Records:
    """The rows of a block of new customers with their derived columns and search entries."""
    customers = [_customer(one, at) for one in placed]
    contacts: list[Row] = []
    points: list[Row] = []
    tags: list[tuple[int, str]] = []
    for place, (draft, *_) in enumerate(placed):
        contact = None
        if draft.contact:
            contact = len(contacts)
            contacts.append(contact_row(place, draft.contact, draft.position, 0))
        points += point_rows(place, draft, contact)
        tags += [(place, tag) for tag in _distinct(draft.tags)]
    for model, rows in ((Customer, customers), (Contact, contacts), (ContactPoint, points)):
        for row in rows:
            derived.fill_row(model, row)
    by_model = {Customer: customers, Contact: contacts, ContactPoint: points}
    texts = _texts(by_model, tags)
    return Records(
        customers,
        contacts,
        points,
        tags,
        [search_index.entry(one).stored(backend) for one in texts],
    )


def _customer(placed: Placed, at: datetime) -> Row:
    draft = placed.draft
    return {
        "kind": draft.kind or draft.guessed,
        "name": draft.name,
        "other_names": "\n".join(draft.other_names),
        "code": draft.code or None,
        "grade": draft.grade,
        "owner_id": placed.owner_id,
        "stage": draft.stage or Stage.ACQUIRING.value,
        "source": draft.source,
        "referred_by_id": placed.referred_by_id,
        "parent_id": placed.parent_id,
        "region": draft.region,
        "address": draft.address,
        "tax_id": draft.tax_id or None,
        "notes": "\n".join(filter(None, (draft.notes, *draft.lines))),
        "since": draft.since,
        "last_contact": draft.last_contact,
        "created_at": at,
        "sample": False,
    }


def contact_row(customer_id: int, name: str, title: str, position: int) -> Row:
    return {"customer_id": customer_id, "position": position, "name": name, "title": title}


def point_rows(customer_id: int, draft: Draft, contact: int | None) -> Iterator[Row]:
    """Contact points; where the row names a contact, phones and e-mails are that person's."""
    for position, point in enumerate(draft.points):
        yield {
            "customer_id": customer_id,
            "contact_id": None if point.kind == "website" else contact,
            "position": position,
            "kind": point.kind,
            "raw": point.raw,
            "normalised": point.normalised,
        }


def _distinct(tags: Sequence[str]) -> list[str]:
    return list({folded(tag): tag for tag in tags}.values())


def _texts(by_model: Mapping[Any, list[Row]], tags: Sequence[tuple[int, str]]) -> list[list[Found]]:
    """The searched texts of every customer, in the order in which the index gathers them."""
    found = [list(search_index.customer_texts(row)) for row in by_model[Customer]]
    for model in joined_models().values():
        for row in by_model.get(model, ()):
            found[row["customer_id"]] += search_index.joined_texts(model, row)
    for place, tag in sorted(tags):
        found[place].append(search_index.tag_text(tag))
    return found
