"""Customers: lists of them, one of them, saving one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import aliased

from app.db import merging, search
from app.db.database import Database
from app.db.ids import IdVector, fetch_ids, id_set, id_value, named_set
from app.db.kept import Kept
from app.db.scope import ActorSession
from app.db.visibility import EVERYTHING
from app.domain import filters, search_text
from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import (
    Actor,
    ContactRole,
    Grade,
    Influence,
    Kind,
    PointKind,
    Stage,
)
from app.errors import NotFound
from app.i18n import Message
from app.models import Contact, ContactPoint, Customer, CustomerTag, Staff, Tag
from app.queries import customers as queries
from app.queries.filters import condition

GONE = Message("This customer is no longer there, or you may not see it. Nothing was changed.")


class MergedInto(NotFound):
    """The customer was merged into another one, which holds all of it: `kept_id`."""

    def __init__(self, name: str, kept_id: int, kept: str) -> None:
        super().__init__(
            Message(
                "{name} was merged into {kept}. Nothing was changed.",
                params={"name": name, "kept": kept},
            )
        )
        self.kept_id = kept_id


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as a line of a list; `under`: a person's company, or a company's person."""

    id: int
    kind: Kind
    name: str
    under: str
    code: str
    grade: Grade | None
    owner: str
    stage: Stage
    source: str
    region: str
    address: str
    tax_id: str
    phone: str
    email: str
    tags: tuple[str, ...]
    notes: str
    other_names: str
    since: date | None
    last_contact: date | None
    created: datetime


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer as its page shows it: the draft to edit, and what is worked out beside it."""

    id: int
    draft: CustomerDraft
    owner: str
    parent: str
    referred_by: str
    created: datetime
    deleted: bool


@dataclass(frozen=True, slots=True)
class FirstPage:
    """How a list begins: ids in their order, and the line of each."""

    ids: IdVector
    rows: Sequence[CustomerRow]


class CustomerService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def first_page(self, actor: Actor, query: ListQuery, limit: int) -> FirstPage:
        """The first lines of the list, at once; for a search ranked, notes left for later."""
        with self._db.read(actor) as session:
            ids = self._first_ids(session, query, limit)
            found = _rows(session, ids.tolist())
        return FirstPage(ids, [found[one] for one in ids.tolist()])

    def _first_ids(self, session: ActorSession, query: ListQuery, limit: int) -> IdVector:
        if not _searches(query):
            narrowed = self._narrowed(session, query)
            return fetch_ids(session, queries.ordered(narrowed, query.sort).limit(limit))
        if query.ranked:
            return search.first_page(session, query.search, self._within(session, query), limit)
        return self._sorted_hits(session, query)[:limit]

    def ids(self, actor: Actor, query: ListQuery) -> IdVector:
        """Every id of the list in its order."""
        with self._db.read(actor) as session:
            if not _searches(query):
                narrowed = self._narrowed(session, query)
                return fetch_ids(session, queries.ordered(narrowed, query.sort))
            if query.ranked:
                return search.every_hit(session, query.search, self._within(session, query))
            return self._sorted_hits(session, query)

    @property
    def instant(self) -> bool:
        """Whether `rows` takes a few milliseconds, so that it may be asked while painting."""
        return self._db.engine.dialect.name == "sqlite"

    @property
    def fields(self) -> Mapping[str, filters.Field]:
        """What a filter of the list may name."""
        return queries.FIELDS

    def count(self, actor: Actor, filter_text: str = "") -> int:
        """How many customers the actor sees under a filter."""
        with self._db.read(actor) as session:
            narrowed = self._narrowed(session, ListQuery(filter_text)).subquery()
            return session.scalar(select(func.count()).select_from(narrowed)) or 0

    def rows(self, actor: Actor, ids: Iterable[int]) -> list[CustomerRow | None]:
        """The lines of these customers, in this order; None for what is gone meanwhile."""
        plain = [int(one) for one in ids]
        with self._db.read(actor) as session:
            found = _rows(session, plain)
        return [found.get(one) for one in plain]

    def get(self, actor: Actor, customer_id: int) -> CustomerRecord:
        """The whole record. Raises NotFound."""
        with self._db.read(actor) as session:
            return record(session, customer_id)

    def choices(self, actor: Actor, text: str, limit: int = 8) -> list[tuple[int, str]]:
        """Customers to choose from while typing (parent, referred by): id and name."""
        with self._db.read(actor) as session:
            found = search.first_page(session, text, search.EVERYBODY, limit)
            names = dict(
                session.execute(
                    select(Customer.id, Customer.name).where(Customer.id.in_(found.tolist()))
                ).all()
            )
        return [(one, names[one]) for one in found.tolist()]

    def known(self, actor: Actor) -> Mapping[str, list[str]]:
        """Values in use, most used first, to offer while typing: source, region, tag."""
        with self._db.read(actor) as session:
            found = {
                name: list(
                    session.scalars(
                        select(column)
                        .where(column != "")
                        .group_by(column)
                        .order_by(func.count().desc(), column)
                        .limit(100)
                    )
                )
                for name, column in (("source", Customer.source), ("region", Customer.region))
            }
            found["tag"] = list(session.scalars(select(Tag.name).order_by(Tag.name).limit(200)))
            return found

    def _narrowed(self, session: ActorSession, query: ListQuery) -> Any:
        selected = queries.ids()
        if query.filter.strip():
            parsed = filters.parse(query.filter, queries.FIELDS)
            today = self._db.clock.today()
            selected = selected.where(condition(parsed, session.actor, today))
        return selected

    def _within(self, session: ActorSession, query: ListQuery) -> search.Within:
        if not query.filter.strip():
            return search.EVERYBODY
        return search.Within(self._narrowed(session, query))

    def _sorted_hits(self, session: ActorSession, query: ListQuery) -> IdVector:
        hits = search.every_hit(session, query.search, self._within(session, query))
        found = queries.ids().where(Customer.id.in_(id_set(session, hits)))
        return fetch_ids(session, queries.ordered(found, query.sort))


def _searches(query: ListQuery) -> bool:
    """Whether anything is searched for: symbols alone are not."""
    return not search_text.parse(query.search).empty


def record(session: ActorSession, customer_id: int) -> CustomerRecord:
    """The whole record as the session's actor sees it. Raises NotFound, MergedInto."""
    one = session.get(Customer, customer_id)
    if one is None:
        raise not_there(session, customer_id)
    return CustomerRecord(
        one.id,
        draft(session, one),
        _name(session, Staff, one.owner_id),
        _name(session, Customer, one.parent_id),
        _name(session, Customer, one.referred_by_id),
        one.created_at,
        one.deleted_in is not None,
    )


def not_there(session: ActorSession, customer_id: int) -> NotFound:
    """What is said of a customer that is not there: that, or what it became part of."""
    kept_id = merging.merged_into(session, customer_id)
    if kept_id is None:
        return NotFound(GONE)
    deleted = select(Customer.name).where(Customer.id == customer_id)
    name = session.scalar(deleted.execution_options(**{EVERYTHING: True}))
    kept = _name(session, Customer, kept_id)
    return MergedInto(name, kept_id, kept) if name and kept else NotFound(GONE)


def draft(session: ActorSession, one: Customer) -> CustomerDraft:
    """The customer as a form shows it."""
    contacts = list(
        session.scalars(
            select(Contact)
            .where(Contact.customer_id == one.id)
            .order_by(Contact.position, Contact.id)
        )
    )
    place = {contact.id: number for number, contact in enumerate(contacts)}
    points = session.scalars(
        select(ContactPoint)
        .where(ContactPoint.customer_id == one.id)
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    tags = session.scalars(
        select(Tag.name)
        .join(CustomerTag, CustomerTag.tag_id == Tag.id)
        .where(CustomerTag.customer_id == one.id)
        .order_by(Tag.name)
    )
    return CustomerDraft(
        name=one.name,
        kind=Kind(one.kind),
        other_names=tuple(one.other_names.splitlines()),
        code=one.code or "",
        grade=Grade(one.grade) if one.grade else None,
        owner_id=one.owner_id,
        stage=Stage(one.stage),
        source=one.source,
        referred_by_id=one.referred_by_id,
        parent_id=one.parent_id,
        region=one.region,
        address=one.address,
        tax_id=one.tax_id or "",
        notes=one.notes,
        since=one.since,
        last_contact=one.last_contact,
        tags=tuple(tags),
        contacts=tuple(
            ContactDraft(
                person.name,
                person.title,
                person.id,
                ContactRole(person.role) if person.role else None,
                Influence(person.influence) if person.influence else None,
                person.birthday,
                person.note,
            )
            for person in contacts
        ),
        points=tuple(
            PointDraft(PointKind(p.kind), p.raw, place.get(p.contact_id or 0), p.id) for p in points
        ),
        birthday=one.birthday,
    )


def _name(session: ActorSession, model: Any, one: int | None) -> str:
    if one is None:
        return ""
    return session.scalar(select(model.name).where(model.id == one)) or ""


def _rows(session: ActorSession, ids: list[int]) -> dict[int, CustomerRow]:
    chosen = {"ids": id_value(session, ids)}
    tags: dict[int, list[str]] = {}
    for one, name in session.execute(_TAGS.on(session), chosen):
        tags.setdefault(one, []).append(name)
    return {
        row.id: CustomerRow(
            row.id,
            Kind(row.kind),
            row.name,
            row.parent or row.person or "",
            row.code or "",
            Grade(row.grade) if row.grade else None,
            row.owner or "",
            Stage(row.stage),
            row.source,
            row.region,
            row.address,
            row.tax_id or "",
            row.phone or "",
            row.email or "",
            tuple(tags.get(row.id, ())),
            row.notes,
            row.other_names,
            row.since,
            row.last_contact,
            row.created_at,
        )
        for row in session.execute(_LINES.on(session), chosen)
    }


def _lines(backend: str) -> Any:
    parent, owner = aliased(Customer), aliased(Staff)
    return (
        select(
            Customer.id,
            Customer.kind,
            Customer.name,
            parent.name.label("parent"),
            Customer.code,
            Customer.grade,
            owner.name.label("owner"),
            Customer.stage,
            Customer.source,
            Customer.region,
            Customer.address,
            Customer.tax_id,
            Customer.notes,
            Customer.other_names,
            Customer.since,
            Customer.last_contact,
            Customer.created_at,
            _first_person().label("person"),
            _first_point(PointKind.PHONE).label("phone"),
            _first_point(PointKind.EMAIL).label("email"),
        )
        .outerjoin(parent, parent.id == Customer.parent_id)
        .outerjoin(owner, owner.id == Customer.owner_id)
        .where(Customer.id.in_(named_set(backend, "ids")))
    )


def _tags(backend: str) -> Any:
    return (
        select(CustomerTag.customer_id, Tag.name)
        .join(Tag, Tag.id == CustomerTag.tag_id)
        .where(CustomerTag.customer_id.in_(named_set(backend, "ids")))
        .order_by(Tag.name)
    )


def _first_person() -> ScalarSelect[str]:
    found = select(Contact.name).where(Contact.customer_id == Customer.id)
    return found.order_by(Contact.position, Contact.id).limit(1).scalar_subquery()


def _first_point(kind: PointKind) -> ScalarSelect[str]:
    found = select(ContactPoint.raw).where(
        ContactPoint.customer_id == Customer.id, ContactPoint.kind == kind.value
    )
    return found.order_by(ContactPoint.position, ContactPoint.id).limit(1).scalar_subquery()


_LINES: Final = Kept(_lines)
_TAGS: Final = Kept(_tags)
"""What lines of a list are made of."""
