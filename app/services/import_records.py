"""From drafts to the rows of every table, and to what the search index keeps of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from app.db import derived
from app.db.search_index import Entry, Stored
from app.domain.search_text import (
    head_tokens,
    name_tokens,
    point_tokens,
    stream,
    tokens,
)
from app.domain.vocabulary import Stage
from app.models import Customer
from app.services.import_drafts import Draft, folded

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
    made = Records([], [], [], [], [])
    for place, one in enumerate(placed):
        draft = one.draft
        row = _customer(one, at)
        derived.fill_row(Customer, row)
        contact = None
        if draft.contact:
            contact = len(made.contacts)
            made.contacts.append(
                contact_row(place, draft.contact, draft.position, 0, draft.contact_birthday)
            )
        tags = sorted(_distinct(draft.tags))
        made.customers.append(row)
        made.points.extend(point_rows(place, draft, contact))
        made.tags.extend([(place, tag) for tag in tags])
        made.entries.append(_entry(draft, row["notes"], tags).stored(backend))
    return made


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
        "birthday": draft.birthday,
        "notes": "\n".join(filter(None, (draft.notes, *draft.lines))),
        "since": draft.since,
        "last_contact": draft.last_contact,
        "created_at": at,
        "sample": False,
    }


def contact_row(customer_id: int, name: str, title: str, position: int, birthday: str) -> Row:
    return {
        "customer_id": customer_id,
        "position": position,
        "name": name,
        "title": title,
        "birthday": birthday,
    }


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


def _entry(draft: Draft, notes: str, tags: Sequence[str]) -> Entry:
    """What the index gathers of these rows, in its order: put together without asking for them."""
    names = [draft.name, *draft.other_names, *filter(None, (draft.code,))]
    plain = [_words(draft.region)] if draft.region else []
    plain += [tokens(text) for text in (draft.address, draft.tax_id) if text]
    if draft.source:
        plain.append(_words(draft.source))
    if notes:
        plain.append(tokens(notes))
    if draft.contact and draft.position:
        plain.append(_words(draft.position))
    plain += [_words(tag) for tag in tags]
    columns = {
        "name": stream([name_tokens(name) for name in names]),
        "person": name_tokens(draft.contact) if draft.contact else [],
        "point": stream([point_tokens(*one) for one in _searched_points(draft)]),
    }
    head = dict.fromkeys(token for name in names for token in head_tokens(name))
    return Entry(list(head), columns, plain)


def _searched_points(draft: Draft) -> list[tuple[str, str, str]]:
    return [(point.kind, point.raw, point.normalised) for point in draft.points]


@lru_cache(maxsize=4096)
def _words(text: str) -> list[str]:
    """The tokens of a text that many customers have (region, source, tag); never to be changed."""
    return tokens(text)
