"""The columns of a customer list as a file has them, and their values for a block of customers.

Importing the file again recognises every title in every language, so it changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.columns import fetch_columns
from app.db.ids import id_set
from app.db.scope import ActorSession
from app.domain.field_words import birthday_words
from app.domain.vocabulary import LABELS, Grade, Kind, PointKind, Stage
from app.exchange.writing import Column, Value
from app.exchange.writing import Kind as CellKind
from app.i18n import Message
from app.models import Contact, ContactPoint, Customer, CustomerTag, Staff, Tag

Values = Sequence[Value]
Load = Callable[[ActorSession, Sequence[int]], Values]


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the file: its title, how it is written, how wide."""

    title: Message
    kind: CellKind = "text"
    width: float | None = None


COLUMNS: Final[Mapping[str, ExportColumn]] = {
    "id": ExportColumn(Message("Shuke id"), "number", 10),
    "name": ExportColumn(Message("Name"), width=28),
    "kind": ExportColumn(Message("Kind"), width=12),
    "other_names": ExportColumn(Message("Other names")),
    "code": ExportColumn(Message("Code"), width=14),
    "grade": ExportColumn(Message("Grade"), width=8),
    "owner": ExportColumn(Message("Owner"), width=14),
    "stage": ExportColumn(Message("Stage"), width=14),
    "source": ExportColumn(Message("Source"), width=14),
    "referred_by": ExportColumn(Message("Referred by")),
    "parent": ExportColumn(Message("Parent or distributor"), width=24),
    "region": ExportColumn(Message("Region"), width=14),
    "address": ExportColumn(Message("Address"), width=34),
    "tax_id": ExportColumn(Message("Tax id"), width=22),
    "contact_name": ExportColumn(Message("Contact"), width=16),
    "contact_position": ExportColumn(Message("Position"), width=16),
    "contact_birthday": ExportColumn(Message("Birthday of the contact"), width=16),
    "phone": ExportColumn(Message("Phone"), width=18),
    "email": ExportColumn(Message("E-mail"), width=26),
    "wechat": ExportColumn(Message("WeChat"), width=16),
    "website": ExportColumn(Message("Website"), width=24),
    "tags": ExportColumn(Message("Tags"), width=20),
    "notes": ExportColumn(Message("Notes"), width=40),
    "birthday": ExportColumn(Message("Birthday"), width=16),
    "since": ExportColumn(Message("Customer since"), "date", 14),
    "last_contact": ExportColumn(Message("Last contact"), "date", 14),
    "created": ExportColumn(Message("Added to Shuke"), "moment"),
}
"""Every column there is, in the order in which all of them are written."""

_CONTACT: Final = ("contact_name", "contact_position", "contact_birthday")
_AS_SEEN: Final[Mapping[str, tuple[str, ...]]] = {
    "under": ("parent", "contact_name"),
    "tag": ("tags",),
}


_SEVERAL: Final = frozenset({PointKind.PHONE.value, PointKind.EMAIL.value})


def chosen(keys: Sequence[str] | None) -> tuple[str, ...]:
    """The columns for what a list shows, the id first; all of them for None."""
    if keys is None:
        return tuple(COLUMNS)
    wide = [name for key in keys for name in _AS_SEEN.get(key, (key,))]
    return tuple(dict.fromkeys(["id", *(name for name in wide if name in COLUMNS)]))


def titled(keys: Sequence[str]) -> list[Column]:
    """The columns as the writers take them, titles in the language in use."""
    return [
        Column(str(found.title), found.kind, found.width)
        for found in (COLUMNS[key] for key in keys)
    ]


class Block:
    """Loads the values of a block of customers, column by column."""

    def __init__(self, session: ActorSession, keys: Sequence[str]) -> None:
        self._session = session
        self._keys = keys
        self._labels = {
            **{kind.value: str(LABELS[kind]) for kind in Kind},
            **{stage.value: str(LABELS[stage]) for stage in Stage},
            **{grade.value: str(LABELS[grade]) for grade in Grade},
        }
        parent, referrer = aliased(Customer), aliased(Customer)
        self._plain: dict[str, Any] = {
            "id": Customer.id,
            "name": Customer.name,
            "other_names": Customer.other_names,
            "kind": Customer.kind,
            "code": Customer.code,
            "grade": Customer.grade,
            "owner": Staff.name,
            "stage": Customer.stage,
            "source": Customer.source,
            "referred_by": referrer.name,
            "parent": parent.name,
            "region": Customer.region,
            "address": Customer.address,
            "tax_id": Customer.tax_id,
            "notes": Customer.notes,
            "birthday": Customer.birthday,
            "since": Customer.since,
            "last_contact": Customer.last_contact,
            "created": Customer.created_at,
        }
        self._own = tuple(key for key in keys if key in self._plain)
        query = select(Customer.id.label("one"), *(self._plain[key] for key in self._own))
        if "owner" in keys:
            query = query.outerjoin(Staff, Staff.id == Customer.owner_id)
        if "parent" in keys:
            query = query.outerjoin(parent, parent.id == Customer.parent_id)
        if "referred_by" in keys:
            query = query.outerjoin(referrer, referrer.id == Customer.referred_by_id)
        self._query = query

    def rows(self, ids: Sequence[int]) -> list[Values]:
        """The customers in this order; who is gone, or not to be seen, is left out."""
        found, *values = fetch_columns(
            self._session, self._query.where(Customer.id.in_(id_set(self._session, ids)))
        )
        places = {one: place for place, one in enumerate(found)}
        kept = [one for one in ids if one in places]
        if not kept:
            return []
        order = [places[one] for one in kept]
        by_key = {
            key: self._shown(key, list(map(column.__getitem__, order)))
            for key, column in zip(self._own, values, strict=True)
        }
        parts = self._parts(kept)
        columns = [
            by_key[key] if key in by_key else list(map(parts[key].get, kept, repeat(None)))
            for key in self._keys
        ]
        return list(zip(*columns, strict=True))

    def _shown(self, key: str, values: Sequence[Any]) -> Values:
        if key in ("kind", "stage", "grade"):
            return [None if value is None else self._labels[value] for value in values]
        if key == "created":
            return [value.astimezone() for value in values]
        if key in ("id", "since", "last_contact"):
            return values
        if key == "birthday":
            return [_birthday(value) for value in values]
        return [value or None for value in values]

    def _parts(self, ids: Sequence[int]) -> dict[str, dict[int, str]]:
        """For the columns that come from other tables: customer → text."""
        wanted, session = set(self._keys), self._session
        kinds = [kind.value for kind in PointKind if kind.value in wanted - self._plain.keys()]
        parts = _points(session, kinds, ids) if kinds else {}
        if "tags" in wanted:
            parts["tags"] = _tags(session, ids)
        if wanted & set(_CONTACT):
            parts |= dict(zip(_CONTACT, _contacts(session, ids), strict=True))
        return parts


def _points(
    session: ActorSession, kinds: Sequence[str], ids: Sequence[int]
) -> dict[str, dict[int, str]]:
    """All phones, or e-mails, in their order; of the others, which a file has once, the first."""
    query = (
        select(ContactPoint.customer_id, ContactPoint.kind, ContactPoint.raw)
        .where(ContactPoint.customer_id.in_(id_set(session, ids)), ContactPoint.kind.in_(kinds))
        .order_by(ContactPoint.customer_id, ContactPoint.position, ContactPoint.id)
    )
    found: dict[str, dict[int, str]] = {kind: {} for kind in kinds}
    for one, kind, raw in zip(*fetch_columns(session, query), strict=True):
        texts = found[kind]
        if one not in texts:
            texts[one] = raw
        elif kind in _SEVERAL:
            texts[one] += f"; {raw}"
    return found


def _tags(session: ActorSession, ids: Sequence[int]) -> dict[int, str]:
    query = (
        select(CustomerTag.customer_id, Tag.name)
        .join(Tag, Tag.id == CustomerTag.tag_id)
        .where(CustomerTag.customer_id.in_(id_set(session, ids)))
        .order_by(Tag.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for one, name in zip(*fetch_columns(session, query), strict=True):
        found[one].append(name)
    return {one: ", ".join(names) for one, names in found.items()}


def _contacts(session: ActorSession, ids: Sequence[int]) -> Sequence[dict[int, str]]:
    """Name, position and birthday of the first contact."""
    query = (
        select(Contact.customer_id, Contact.name, Contact.title, Contact.birthday)
        .where(Contact.customer_id.in_(id_set(session, ids)))
        .order_by(Contact.position.desc(), Contact.id.desc())
    )
    customers, names, titles, born = fetch_columns(session, query)
    texts = (names, titles, map(_birthday, born))
    return [_filled(dict(zip(customers, column, strict=True))) for column in texts]


def _filled(texts: dict[int, str | None]) -> dict[int, str]:
    return {one: text for one, text in texts.items() if text}


def _birthday(stored: str) -> str | None:
    """A day as 1980-03-15; one without its year, or of the lunar calendar, in words."""
    return stored if stored[:1].isdigit() else birthday_words(stored) or None
