"""Who speaks in a mail or a conversation: a contact of the customer, one of us, or not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from app.db.scope import ActorSession
from app.domain.contact_points import normalise
from app.domain.script import fold
from app.domain.vocabulary import PointKind
from app.models import Contact, ContactPoint, Customer, Staff

US: Final = "us"
SOMEBODY: Final = "somebody"
"""Somebody at the customer who is none of its contacts."""

Who = int | str | None
"""A contact's id, US, SOMEBODY, or None where nobody could say."""

_OURSELVES: Final = frozenset({"我", "me", "我方"})
_PHONE_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who speaks. `key` tells parties apart, `words` name them as they came."""

    key: str
    words: str
    who: Who


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Whom we know at a customer: contacts by id; names and contact points in their folded forms.

    A point of the customer itself stands for SOMEBODY there.
    """

    people: Mapping[int, str]
    names: Mapping[str, Who]
    points: Mapping[str, Who]
    ours: frozenset[str] = field(default_factory=frozenset)

    def by_address(self, email: str, name: str) -> Party:
        """Who writes from an e-mail address; by name where the address is not known."""
        key = normalise(PointKind.EMAIL, email) if email else f"name {fold(name).strip()}"
        words = f"{name} <{email}>" if name and email else name or email
        who = self.points.get(key) if email else None
        return Party(key, words, who if who is not None else self.by_name(name))

    def by_speaker(self, name: str) -> Party:
        """Who speaks under a name in a conversation; it may be a phone or a WeChat id as well."""
        who = self.by_name(name)
        for kind in (PointKind.WECHAT, PointKind.EMAIL, PointKind.PHONE):
            if who is None and _may_be(kind, name):
                who = self.points.get(normalise(kind, name))
        return Party(f"name {fold(name).strip()}", name, who)

    def by_name(self, name: str) -> Who:
        """A contact, one of us, or the customer; None where two have the name, or nobody."""
        plain = " ".join(fold(name).split())
        return US if plain in self.ours else self.names.get(plain)


def _may_be(kind: PointKind, name: str) -> bool:
    if kind is PointKind.PHONE:
        return sum(char.isdigit() for char in name) >= _PHONE_DIGITS
    return kind is PointKind.WECHAT or "@" in name


def known_people(session: ActorSession, customer: Customer) -> KnownPeople:
    """Contacts and contact points of a customer, and who we are."""
    contacts = session.execute(
        select(Contact.id, Contact.name)
        .where(Contact.customer_id == customer.id)
        .order_by(Contact.position, Contact.id)
    ).all()
    people: dict[int, str] = dict(contacts)
    names: dict[str, Who] = {" ".join(fold(customer.name).split()): SOMEBODY}
    seen: set[str] = set()
    for one, name in contacts:
        plain = " ".join(fold(name).split())
        names[plain] = None if plain in seen else one  # two of one name are told apart by hand
        seen.add(plain)
    points: dict[str, Who] = {}
    for contact_id, normalised in session.execute(
        select(ContactPoint.contact_id, ContactPoint.normalised).where(
            ContactPoint.customer_id == customer.id
        )
    ):
        if normalised and points.get(normalised) in (None, SOMEBODY):
            points[normalised] = contact_id if contact_id is not None else SOMEBODY
    staff = session.scalars(select(Staff.name))
    ours = frozenset(" ".join(fold(name).split()) for name in staff) | _OURSELVES
    return KnownPeople(people, names, points, ours)
