"""One person in a customer's draft: taken out to be edited, put back, and nothing else touched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import ContactRole, Influence, PointKind
from app.errors import NotFound
from app.i18n import Message

T = TypeVar("T")


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {"role": ContactRole, "influence": Influence}


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with its contact points; `contact` is None for the customer's own points.

    The points say nothing about whose they are (`PointDraft.contact` is None).
    """

    contact: ContactDraft | None
    points: tuple[PointDraft, ...]


def place_of(draft: CustomerDraft, contact_id: int) -> int | None:
    """The place of a contact in a draft; None when it is not there."""
    ids = [one.id for one in draft.contacts]
    return ids.index(contact_id) if contact_id in ids else None


def person(draft: CustomerDraft, contact_id: int | None) -> Person | None:
    """A contact and its points, or the customer's own points; None when the contact is gone."""
    place = None if contact_id is None else place_of(draft, contact_id)
    if contact_id is not None and place is None:
        return None
    points = tuple(replace(one, contact=None) for one in draft.points if one.contact == place)
    return Person(None if place is None else draft.contacts[place], points)


def with_person(draft: CustomerDraft, typed: Person) -> CustomerDraft:
    """The draft with this person as typed: changed in its place, or a new one at the end."""
    contacts, place = draft.contacts, None
    if typed.contact is not None:
        found = None if typed.contact.id is None else place_of(draft, typed.contact.id)
        place = len(contacts) if found is None else found
        contacts = (*contacts[:place], typed.contact, *contacts[place + 1 :])
    points = [replace(one, contact=place) for one in typed.points]
    return replace(draft, contacts=contacts, points=_exchanged(draft.points, place, points))


def with_earlier(
    draft: CustomerDraft, contact_id: int | None, field: str, stored: Any
) -> CustomerDraft:
    """The draft with a field of this person as it was once stored: see EarlierValue.

    Raises NotFound when the contact is gone.
    """
    held = person(draft, contact_id)
    if held is None:
        raise NotFound(Message("This contact is no longer there."))
    if field == "points":
        there = {(one.kind.value, one.raw): one for one in held.points}
        points = (there.get((k, raw)) or PointDraft(PointKind(k), raw) for k, raw in stored)
        return with_person(draft, Person(held.contact, tuple(points)))
    assert held.contact is not None
    value: dict[str, Any] = {field: stored or ""}
    if field in _READ:
        value[field] = _READ[field](stored) if stored else None
    return with_person(draft, replace(held, contact=replace(held.contact, **value)))


def merged(before: Person, theirs: Person, mine: Person) -> tuple[Person, bool]:
    """What both changed put together, mine where both changed the same; and whether they did."""
    points, clash = _one(before.points, theirs.points, mine.points)
    if before.contact is None or theirs.contact is None or mine.contact is None:
        return Person(mine.contact, points), clash
    values = {}
    for name in (field.name for field in fields(ContactDraft) if field.name != "id"):
        sides = (getattr(one, name) for one in (before.contact, theirs.contact, mine.contact))
        values[name], both = _one(*sides)
        clash = clash or both
    return Person(replace(theirs.contact, **values), points), clash


def _one(before: T, theirs: T, mine: T) -> tuple[T, bool]:
    if mine == before:
        return theirs, False
    return mine, theirs not in (before, mine)


def without_person(draft: CustomerDraft, contact_id: int) -> CustomerDraft:
    """The draft without a contact and its points."""
    place = place_of(draft, contact_id)
    if place is None:
        return draft
    kept = [one for one in draft.points if one.contact != place]
    moved = [
        replace(one, contact=one.contact - 1)
        if one.contact is not None and one.contact > place
        else one
        for one in kept
    ]
    contacts = (*draft.contacts[:place], *draft.contacts[place + 1 :])
    return replace(draft, contacts=contacts, points=tuple(moved))


def without_point(draft: CustomerDraft, point_id: int) -> CustomerDraft:
    """The draft without one contact point."""
    return replace(draft, points=tuple(one for one in draft.points if one.id != point_id))


def _exchanged(
    points: Sequence[PointDraft], place: int | None, mine: Sequence[PointDraft]
) -> tuple[PointDraft, ...]:
    """Those of one person exchanged, where the first of them stood."""
    first = next((at for at, one in enumerate(points) if one.contact == place), len(points))
    before = [one for one in points[:first] if one.contact != place]
    after = [one for one in points[first:] if one.contact != place]
    return (*before, *mine, *after)
