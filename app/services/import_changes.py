"""What a row would change in a customer that exists already, before and after, field by field."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.ids import id_set
from app.db.scope import ActorSession
from app.domain.field_words import birthday_words
from app.domain.vocabulary import LABELS, Grade, Kind, Stage
from app.models import Contact, ContactPoint, Customer, CustomerTag, Staff, Tag
from app.services.import_drafts import Draft, Point, folded, several

Rule = Literal["update", "fill"]
"""Take over what the file says, or only what is still empty."""

_PLAIN: Final = ("name", "code", "source", "region", "address", "tax_id")
_CHOICES: Final = ("kind", "stage", "grade")
_DATES: Final = ("since", "last_contact")
_LABELS: Final[dict[str, Any]] = {"kind": Kind, "stage": Stage, "grade": Grade}
_CUT: Final = 32_700  # a spreadsheet's cell holds 32,767: longer text came back shortened


TO_BE_MADE: Final = -1
"""Instead of an id: the customer named comes with this file, or is made because it is named."""


class Links(NamedTuple):
    """Other records a row names, as their ids; None where it names none."""

    owner_id: int | None = None
    parent_id: int | None = None
    referred_by_id: int | None = None


class Shown(NamedTuple):
    """One field before and after, as text; the field by the name that mappings use."""

    field: str
    before: str
    after: str


class Changes(NamedTuple):
    """What is to be written for an existing customer; `shown` is what the user sees of it."""

    columns: tuple[tuple[str, Any], ...] = ()
    tags: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    contact: tuple[str, str] | None = None
    title: tuple[int, str] | None = None
    born: tuple[int, str] | None = None
    shown: tuple[Shown, ...] = ()


class Person(NamedTuple):
    """A contact as it is."""

    id: int
    title: str
    birthday: str


@dataclass(frozen=True, slots=True)
class Current:
    """An existing customer as it is: its columns, and the parts that a file may add to."""

    columns: dict[str, Any]
    owner: str
    parent: str
    referred_by: str
    tags: frozenset[str]
    points: frozenset[tuple[str, str]]
    contacts: dict[str, Person]


def changes(draft: Draft, links: Links, current: Current, rule: Rule) -> Changes:
    """What the row says otherwise. A blank cell never takes anything away."""
    work = _Comparison(current, rule)
    for field in _PLAIN:
        work.text(field, getattr(draft, field))
    for field in _CHOICES:
        value = getattr(draft, field)
        work.value(field, value, str(LABELS[_LABELS[field](value)]) if value else "")
    for field in _DATES:
        work.value(field, getattr(draft, field), str(getattr(draft, field)))
    work.link("owner", "owner_id", links.owner_id, draft.owner, current.owner)
    work.link("parent", "parent_id", links.parent_id, draft.parent, current.parent)
    work.link(
        "referred_by",
        "referred_by_id",
        links.referred_by_id,
        draft.referred_by,
        current.referred_by,
    )
    work.birthday(draft.birthday)
    work.notes(draft)
    work.other_names(draft.other_names)
    return work.done(draft)


class _Comparison:
    def __init__(self, current: Current, rule: Rule) -> None:
        self._current = current
        self._fill = rule == "fill"
        self._columns: dict[str, Any] = {}
        self._shown: list[Shown] = []

    def text(self, field: str, wanted: str) -> None:
        held = self._current.columns[field] or ""
        if not wanted or _same_text(held, wanted) or (self._fill and held):
            return
        self._set(field, field, wanted, held, wanted)

    def value(self, field: str, wanted: str | date | None, label: str) -> None:
        held = self._current.columns[field]
        if wanted is None or held == wanted or (self._fill and held is not None):
            return
        before = "" if held is None else str(held)
        if field in _LABELS and held is not None:
            before = str(LABELS[_LABELS[field](held)])
        self._set(field, field, wanted, before, label)

    def link(self, field: str, column: str, wanted: int | None, name: str, held: str) -> None:
        has = self._current.columns[column]
        if wanted is None or has == wanted or (self._fill and has is not None):
            return
        if held and folded(held) == folded(name):
            return  # another one of the same name: the one that is set is as good
        self._set(field, column, wanted, held, name)

    def birthday(self, wanted: str) -> None:
        held = self._current.columns["birthday"]
        if self._is_news(held, wanted):
            self._set("birthday", "birthday", wanted, birthday_words(held), birthday_words(wanted))

    def _is_news(self, held: str, wanted: str) -> bool:
        """Whether a birthday says what the one held does not; without its year it says less."""
        if not wanted or (self._fill and held):
            return False
        return held != wanted and held.replace(held.lstrip("L")[:4], "-", 1) != wanted

    def notes(self, draft: Draft) -> None:
        held = self._current.columns["notes"]
        wanted = "\n".join(filter(None, (draft.notes, *draft.lines)))
        if not draft.notes or (self._fill and held):
            missing = [line for line in draft.lines if line not in held]
            wanted = "\n".join([held, *missing]) if held else "\n".join(missing)
        if wanted and not _same_text(held, wanted):
            self._set("notes", "notes", wanted, held, wanted)

    def other_names(self, names: Iterable[str]) -> None:
        held = self._current.columns["other_names"]
        known = _parts((self._current.columns["name"], *held.splitlines()))
        missing = [name for name in names if folded(name) not in known]
        if missing:
            self._columns["other_names"] = "\n".join([*held.splitlines(), *missing])
            self._shown.append(Shown("other_names", "", ", ".join(missing)))

    def done(self, draft: Draft) -> Changes:
        held = self._current
        tags = tuple(tag for tag in draft.tags if folded(tag) not in held.tags)
        points = tuple(one for one in draft.points if (one.kind, one.normalised) not in held.points)
        if tags:
            self._shown.append(Shown("tags", "", ", ".join(tags)))
        self._shown += [Shown(point.kind, "", point.raw) for point in points]
        contact = self._contact(draft)
        title, born = self._of_contact(draft)
        return Changes(
            tuple(self._columns.items()), tags, points, contact, title, born, tuple(self._shown)
        )

    def _contact(self, draft: Draft) -> tuple[str, str] | None:
        """Name and position of somebody who is no contact yet."""
        if not draft.contact or folded(draft.contact) in self._current.contacts:
            return None
        words = (draft.contact, draft.position, birthday_words(draft.contact_birthday))
        self._shown.append(Shown("contact_name", "", " ".join(filter(None, words))))
        return draft.contact, draft.position

    def _of_contact(self, draft: Draft) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
        """Another position and another birthday of somebody who is a contact already."""
        found = self._current.contacts.get(folded(draft.contact)) if draft.contact else None
        if found is None:
            return None, None
        title = born = None
        if draft.position and found.title != draft.position and not (self._fill and found.title):
            self._shown.append(Shown("contact_position", found.title, draft.position))
            title = found.id, draft.position
        if self._is_news(found.birthday, draft.contact_birthday):
            before = birthday_words(found.birthday)
            self._shown.append(
                Shown("contact_birthday", before, birthday_words(draft.contact_birthday))
            )
            born = found.id, draft.contact_birthday
        return title, born

    def _set(self, field: str, column: str, value: Any, before: str, after: str) -> None:
        self._columns[column] = value
        self._shown.append(Shown(field, before, after))


def _parts(names: Iterable[str]) -> set[str]:
    """Names, and what is left of each when it is written into a cell with others and read again."""
    return {folded(part) for name in names for part in (name, *several(name))}


def _same_text(held: str, wanted: str) -> bool:
    if held == wanted or held.split() == wanted.split():
        return True
    return len(wanted) > _CUT // 2 and held.startswith(wanted[: _CUT // 2])


def current(session: ActorSession, ids: Iterable[int]) -> dict[int, Current]:
    """The customers with these ids, as far as the session's actor sees them."""
    wanted = list(ids)
    if not wanted:
        return {}
    parent, referrer = aliased(Customer), aliased(Customer)
    chosen = id_set(session, wanted)
    columns = [getattr(Customer, name) for name in _COLUMNS]
    rows = session.execute(
        select(Customer.id, Staff.name, parent.name, referrer.name, *columns)
        .outerjoin(Staff, Staff.id == Customer.owner_id)
        .outerjoin(parent, parent.id == Customer.parent_id)
        .outerjoin(referrer, referrer.id == Customer.referred_by_id)
        .where(Customer.id.in_(chosen))
    ).all()
    tags: dict[int, set[str]] = defaultdict(set)
    for one, name in session.execute(
        select(CustomerTag.customer_id, Tag.name)
        .join(Tag, Tag.id == CustomerTag.tag_id)
        .where(CustomerTag.customer_id.in_(id_set(session, wanted)))
    ):
        tags[one] |= _parts([name])
    points: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for one, kind, key in session.execute(
        select(ContactPoint.customer_id, ContactPoint.kind, ContactPoint.normalised).where(
            ContactPoint.customer_id.in_(id_set(session, wanted))
        )
    ):
        points[one].add((kind, key))
    contacts: dict[int, dict[str, Person]] = defaultdict(dict)
    for one, contact_id, name, title, born in session.execute(
        select(Contact.customer_id, Contact.id, Contact.name, Contact.title, Contact.birthday)
        .where(Contact.customer_id.in_(id_set(session, wanted)))
        .order_by(Contact.position.desc())
    ):
        contacts[one][folded(name)] = Person(contact_id, title, born)
    return {
        one: Current(
            dict(zip(_COLUMNS, values, strict=True)),
            owner or "",
            above or "",
            by or "",
            frozenset(tags[one]),
            frozenset(points[one]),
            contacts[one],
        )
        for one, owner, above, by, *values in rows
    }


_COLUMNS: Final = (
    *_PLAIN,
    *_CHOICES,
    *_DATES,
    "owner_id",
    "parent_id",
    "referred_by_id",
    "notes",
    "other_names",
    "birthday",
)
