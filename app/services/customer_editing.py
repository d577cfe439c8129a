"""Saving one customer: what the form changed, and nothing that somebody else changed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.db import journal
from app.db.database import Database
from app.db.scope import WriteSession
from app.domain import tax_ids
from app.domain.customer import FIELDS, CustomerDraft, problems
from app.domain.vocabulary import SYSTEM, Actor
from app.errors import Conflict, Refused
from app.i18n import Message
from app.models import Contact, ContactPoint, Customer, Staff
from app.services.customers import CustomerRecord, draft, not_there, record
from app.services.tags import set_tags

PARTS = ("tags", "contacts", "points")
"""Fields of a draft that are rows of their own."""


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that two people changed: what the form began with, theirs, and mine."""

    field: str
    before: Any
    theirs: Any
    mine: Any


class EditConflict(Conflict):
    """Somebody saved other values meanwhile. Nothing was saved; what was typed is kept."""

    def __init__(self, fields: Sequence[FieldConflict], theirs: CustomerRecord) -> None:
        super().__init__(
            Message("Somebody else changed this customer meanwhile. Choose which values to keep.")
        )
        self.fields = tuple(fields)
        self.theirs = theirs


class CustomerEditing:
    """`region` is the country whose phone numbers may be typed without a prefix."""

    def __init__(self, db: Database, region: str = "CN") -> None:
        self._db = db
        self._region = region

    def problems(
        self, typed: CustomerDraft, before: CustomerDraft | None = None
    ) -> dict[str, Message]:
        """What would be refused, by field, as far as it can be told without looking.

        Contact points that stand in `before` as they are were accepted once, by an import that
        keeps what it is given: they do not stand in the way of changing something else.
        """
        clean = tidy(typed)
        accepted = {(one.kind, one.raw) for one in before.points} if before else set()
        return {
            field: message
            for field, message in problems(clean, self._region).items()
            if not (
                field.startswith("points.")
                and (clean.points[int(field[7:])].kind, clean.points[int(field[7:])].raw)
                in accepted
            )
        }

    def add(self, actor: Actor, typed: CustomerDraft, *, sample: bool = False) -> int:
        """Add a customer; returns its id. Without an owner it becomes the actor's own."""
        clean = self.checked(typed)
        if clean.owner_id is None:
            clean = replace(clean, owner_id=actor.id)
        title = Message("Add customer {name}", params={"name": clean.name})
        with self._db.write(actor, title) as session:
            self._check_unique(session, clean, None)
            made = Customer(created_at=session.at, sample=sample, name=clean.name)
            _set_fields(made, clean, FIELDS)
            session.add(made)
            session.flush()
            _set_parts(session, made.id, clean, PARTS)
            return made.id

    def save(
        self, actor: Actor, customer_id: int, before: CustomerDraft, typed: CustomerDraft
    ) -> None:
        """Write what differs between `before` (as the form was filled) and `typed`.

        Raises Refused (with fields), EditConflict, NotFound.
        """
        clean = self.checked(typed, before)
        if clean == before:
            return
        title = Message("Change customer {name}", params={"name": clean.name})
        with self._db.write(actor, title) as session:
            self.put(session, customer_id, before, clean)

    def put(
        self, session: WriteSession, customer_id: int, before: CustomerDraft, clean: CustomerDraft
    ) -> None:
        """As `save`, of a draft that was checked, in an open session."""
        mine = [name for name in FIELDS if getattr(before, name) != getattr(clean, name)]
        found = session.get(Customer, customer_id)
        if found is None or found.deleted_in is not None:
            raise not_there(session, customer_id)
        now = draft(session, found)
        conflicts = [
            FieldConflict(name, getattr(before, name), getattr(now, name), getattr(clean, name))
            for name in _compared(mine)
            if getattr(now, name) not in (getattr(before, name), getattr(clean, name))
        ]
        if conflicts:
            raise EditConflict(conflicts, record(session, customer_id))
        self._check_unique(session, clean, customer_id)
        if not {"parent_id", "referred_by_id"}.isdisjoint(mine):
            _check_above(session, clean, customer_id)
        _set_fields(found, clean, mine)
        _set_parts(session, customer_id, clean, mine)

    def delete(self, actor: Actor, customer_id: int) -> None:
        """Put the customer into the recycle bin, with everything that hangs on it."""
        with self._db.read(actor) as session:
            name = record(session, customer_id).draft.name
        with self._db.write(
            actor, Message("Delete customer {name}", params={"name": name})
        ) as session:
            found = session.get(Customer, customer_id)
            if found is None:
                raise not_there(session, customer_id)
            journal.delete(session, found)

    def checked(self, typed: CustomerDraft, before: CustomerDraft | None = None) -> CustomerDraft:
        """The draft without empty rows and stray spaces. Raises Refused with every problem."""
        found = self.problems(typed, before)
        if found:
            raise Refused(Message("Some fields need another look. Nothing was saved yet."), found)
        return tidy(typed)

    def _check_unique(
        self, session: WriteSession, typed: CustomerDraft, customer_id: int | None
    ) -> None:
        """Refuse a code or tax id in use, saying whose, and only to those who may see it."""
        for name in ("code", "tax_id"):
            value = getattr(typed, name)
            if not value:
                continue
            column = getattr(Customer, name)
            with self._db.read(SYSTEM) as all_seeing:
                other = all_seeing.execute(
                    select(Customer.id, Customer.name, Staff.name)
                    .outerjoin(Staff, Staff.id == Customer.owner_id)
                    .where(column == value, Customer.id != (customer_id or 0))
                ).first()
            if other is not None:
                seen = session.get(Customer, other[0]) is not None
                raise Refused(
                    Message("Some fields need another look. Nothing was saved yet."),
                    {name: taken(seen_name=other[1] if seen else "", owner=other[2] or "")},
                )


def _check_above(session: WriteSession, typed: CustomerDraft, customer_id: int) -> None:
    """Refuse a customer that would belong to itself, through others too, or refer itself."""
    found: dict[str, Message] = {}
    if typed.referred_by_id == customer_id:
        found["referred_by_id"] = Message("A customer cannot refer itself.")
    above, passed = typed.parent_id, set[int]()
    while above is not None and above not in passed and above != customer_id:
        passed.add(above)
        above = session.scalar(select(Customer.parent_id).where(Customer.id == above))
    if above == customer_id:
        found["parent_id"] = Message("A customer cannot belong to itself.")
    if found:
        raise Refused(Message("Some fields need another look. Nothing was saved yet."), found)


def _compared(mine: Sequence[str]) -> list[str]:
    """The fields to look at for what others did: contacts and their points are saved together."""
    together = ("contacts", "points")
    return [*mine, *(one for one in together if one not in mine and set(mine) & set(together))]


def taken(*, seen_name: str, owner: str) -> Message:
    """That another customer has this value; without its name where the actor may not see it."""
    if seen_name:
        return Message("{name} has this already.", params={"name": seen_name})
    if owner:
        return Message(
            "A customer of {owner}, whom you may not see, has this already.",
            params={"owner": owner},
        )
    return Message("A customer whom you may not see has this already.")


def tidy(typed: CustomerDraft) -> CustomerDraft:
    """Drop empty contacts and contact points, outer spaces and repeated tags."""
    kept = [place for place, one in enumerate(typed.contacts) if one.name.strip() or one.title]
    places = {old: new for new, old in enumerate(kept)}
    return replace(
        typed,
        name=" ".join(typed.name.split()),
        other_names=tuple(one.strip() for one in typed.other_names if one.strip()),
        code=typed.code.strip(),
        tax_id=tax_ids.normalise(typed.tax_id) if typed.tax_id.strip() else "",
        source=typed.source.strip(),
        region=typed.region.strip(),
        address=typed.address.strip(),
        tags=tuple(sorted({one.strip() for one in typed.tags if one.strip()})),
        contacts=tuple(
            replace(typed.contacts[place], name=typed.contacts[place].name.strip())
            for place in kept
        ),
        points=tuple(
            replace(
                one,
                raw=one.raw.strip(),
                contact=places.get(one.contact) if one.contact is not None else None,
            )
            for one in typed.points
            if one.raw.strip()
        ),
    )


def _set_fields(one: Customer, typed: CustomerDraft, names: Sequence[str]) -> None:
    for name in names:
        if name in PARTS:
            continue
        value = getattr(typed, name)
        if name == "other_names":
            value = "\n".join(value)
        elif name in ("code", "tax_id"):
            value = value or None
        elif name in ("kind", "stage", "grade"):
            value = value.value if value is not None else None
        setattr(one, name, value)


def _set_parts(
    session: WriteSession, customer_id: int, typed: CustomerDraft, names: Sequence[str]
) -> None:
    if "tags" in names:
        set_tags(session, customer_id, typed.tags)
    if "contacts" in names or "points" in names:
        contact_ids = _set_contacts(session, customer_id, typed)
        _set_points(session, customer_id, typed, contact_ids)


def _set_contacts(session: WriteSession, customer_id: int, typed: CustomerDraft) -> list[int]:
    held = {
        one.id: one
        for one in session.scalars(select(Contact).where(Contact.customer_id == customer_id))
    }
    ids: list[int] = []
    for place, wanted in enumerate(typed.contacts):
        one = held.pop(wanted.id or 0, None)
        if one is None:
            one = Contact(customer_id=customer_id)
            session.add(one)
        one.name, one.title, one.position = wanted.name, wanted.title, place
        one.role = wanted.role.value if wanted.role else ""
        one.influence = wanted.influence.value if wanted.influence else ""
        one.birthday, one.note = wanted.birthday, wanted.note
        session.flush()
        ids.append(one.id)
    for gone in held.values():
        journal.delete(session, gone)
    session.flush()
    return ids


def _set_points(
    session: WriteSession, customer_id: int, typed: CustomerDraft, contact_ids: list[int]
) -> None:
    held = {
        one.id: one
        for one in session.scalars(
            select(ContactPoint).where(ContactPoint.customer_id == customer_id)
        )
    }
    for place, wanted in enumerate(typed.points):
        one = held.pop(wanted.id or 0, None)
        if one is None:
            one = ContactPoint(customer_id=customer_id)
            session.add(one)
        one.kind, one.raw, one.position = wanted.kind.value, wanted.raw, place
        one.contact_id = None if wanted.contact is None else contact_ids[wanted.contact]
    for gone in held.values():
        journal.delete(session, gone)
    session.flush()
