"""Changing many customers at once, after showing exactly what would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.db import bulk
from app.db.database import Database
from app.db.ids import IdVector, fetch_ids, id_set
from app.db.scope import ActorSession, WriteSession
from app.domain.customer import SHORT, too_long
from app.domain.vocabulary import LABELS, Actor, Grade, Kind, Stage
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Customer, CustomerTag, Staff
from app.services.tags import known_tag, tag_id

FIELDS: Final = (
    "owner", "grade", "stage", "kind", "source", "region", "address", "since", "last_contact",
)  # fmt: skip
"""Fields that can be set in bulk."""


@dataclass(frozen=True, slots=True)
class SetField:
    """Give customers one value: `field` of FIELDS; owner as staff id, dates as dates."""

    field: str
    value: str | int | date | None


@dataclass(frozen=True, slots=True)
class AddTag:
    tag: str


@dataclass(frozen=True, slots=True)
class RemoveTag:
    tag: str


@dataclass(frozen=True, slots=True)
class Delete:
    """Put customers into the recycle bin."""


Change = SetField | AddTag | RemoveTag | Delete


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bulk change would do: `changed` are the ids it would touch, in the given order.

    `unchanged` customers have the value already; `hidden` are gone or not the actor's to see.
    """

    changed: IdVector
    unchanged: int
    hidden: int


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of the preview: the customer, and the value before and after as text."""

    id: int
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BulkResult:
    change_set_id: int | None
    title: Message
    rows: int


class BulkService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def preview(self, actor: Actor, ids: Iterable[int], change: Change) -> Preview:
        """Which of these customers the change would touch. Writes nothing."""
        import numpy as np

        plain = [int(one) for one in ids]
        with self._db.read(actor) as session:
            _check(session, change)
            seen = fetch_ids(session, select(Customer.id).where(_among(session, plain)))
            touched = set(_touched(session, plain, change).tolist())
        changed = [one for one in plain if one in touched]
        return Preview(
            np.array(changed, dtype=np.int64), len(seen) - len(changed), len(set(plain)) - len(seen)
        )

    def preview_rows(
        self, actor: Actor, ids: Iterable[int], change: Change
    ) -> list[PreviewRow | None]:
        """The lines of the preview for these ids, in this order."""
        plain = [int(one) for one in ids]
        with self._db.read(actor) as session:
            after = _after(session, change)
            before = _before(session, plain, change)
        return [PreviewRow(one, *before[one], after) if one in before else None for one in plain]

    def apply(self, actor: Actor, ids: Iterable[int], change: Change) -> BulkResult:
        """Do it: one change set that can be undone."""
        plain = [int(one) for one in ids]
        with self._db.read(actor) as session:
            _check(session, change)
            touched = _touched(session, plain, change).tolist()
        title = _title(change, len(touched))
        if not touched:
            return BulkResult(None, title, 0)
        with self._db.write(actor, title) as session:
            # asked again under the write lock: the world may have moved since
            still = _touched(session, touched, change).tolist()
            _write(session, still, change)
            made = session.change_set_id
        return BulkResult(made, title, len(still))


def _check(session: ActorSession, change: Change) -> None:
    match change:
        case SetField(field=field) if field not in FIELDS:
            raise Refused(Message("This field cannot be set for many customers at once."))
        case SetField(field="owner", value=int(owner)):
            found = session.get(Staff, owner)
            if found is None or not found.active:
                raise NotFound(Message("This staff member is no longer there. Choose another."))
        case AddTag(tag=tag) | RemoveTag(tag=tag) if not tag.strip():
            raise Refused(Message("Write the tag first."))
        case AddTag(tag=text) | SetField(field="source", value=str(text)) if len(text) > SHORT:
            raise Refused(too_long())
        case _:
            pass


def _among(session: ActorSession, ids: list[int]) -> Any:
    return Customer.id.in_(id_set(session, ids))


def _touched(session: ActorSession, ids: list[int], change: Change) -> IdVector:
    query = select(Customer.id).where(_among(session, ids))
    match change:
        case SetField(field=field, value=value):
            query = query.where(_column(field).is_distinct_from(value))
        case AddTag(tag=tag):
            query = query.where(Customer.id.not_in(_tagged(session, tag)))
        case RemoveTag(tag=tag):
            query = query.where(Customer.id.in_(_tagged(session, tag)))
        case Delete():
            pass
    return fetch_ids(session, query)


def _column(field: str) -> Any:
    return Customer.owner_id if field == "owner" else getattr(Customer, field)


def _tagged(session: ActorSession, tag: str) -> Any:
    return select(CustomerTag.customer_id).where(
        CustomerTag.tag_id == (known_tag(session, tag.strip()) or 0)
    )


def _write(session: WriteSession, ids: list[int], change: Change) -> None:
    match change:
        case SetField(field=field, value=value):
            bulk.update_rows(session, Customer, ids, {_column(field).key: value})
        case AddTag(tag=tag):
            found = tag_id(session, tag.strip())
            rows = [{"customer_id": one, "tag_id": found} for one in ids]
            bulk.insert_rows(session, CustomerTag, rows)
        case RemoveTag(tag=tag):
            links = fetch_ids(
                session,
                select(CustomerTag.id).where(
                    CustomerTag.tag_id == (known_tag(session, tag.strip()) or 0),
                    CustomerTag.customer_id.in_(id_set(session, ids)),
                ),
            )
            bulk.delete_rows(session, CustomerTag, links)
        case Delete():
            bulk.delete_rows(session, Customer, ids)


def _title(change: Change, count: int) -> Message:
    params: dict[str, Any] = {"count": count}
    match change:
        case SetField(field="owner"):
            return Message("Reassign {count} customer", "Reassign {count} customers", params)
        case SetField(field="grade"):
            return Message(
                "Set the grade of {count} customer", "Set the grade of {count} customers", params
            )
        case SetField(field="stage"):
            return Message(
                "Set the stage of {count} customer", "Set the stage of {count} customers", params
            )
        case SetField():
            return Message("Change {count} customer", "Change {count} customers", params)
        case AddTag(tag=tag):
            return Message(
                "Tag {count} customer with {tag}",
                "Tag {count} customers with {tag}",
                {**params, "tag": tag},
            )
        case RemoveTag(tag=tag):
            return Message(
                "Remove tag {tag} from {count} customer",
                "Remove tag {tag} from {count} customers",
                {**params, "tag": tag},
            )
        case Delete():
            return Message("Delete {count} customer", "Delete {count} customers", params)


def _before(session: ActorSession, ids: list[int], change: Change) -> dict[int, tuple[str, str]]:
    """Name and value before, by id."""
    if isinstance(change, SetField) and change.field == "owner":
        query: Any = select(Customer.id, Customer.name, Staff.name).outerjoin(
            Staff, Staff.id == Customer.owner_id
        )
    elif isinstance(change, SetField):
        query = select(Customer.id, Customer.name, _column(change.field))
    else:
        query = select(Customer.id, Customer.name, Customer.name)
    shown = isinstance(change, SetField)
    return {
        one: (name, _text(change, value) if shown else "")
        for one, name, value in session.execute(query.where(_among(session, ids)))
    }


def _after(session: ActorSession, change: Change) -> str:
    match change:
        case SetField(field="owner", value=int(owner)):
            return session.scalar(select(Staff.name).where(Staff.id == owner)) or ""
        case SetField(value=value):
            return _text(change, value)
        case AddTag(tag=tag) | RemoveTag(tag=tag):
            return tag
        case Delete():
            return ""


def _text(change: Change, value: Any) -> str:
    if value is None:
        return ""
    kinds: dict[str, Any] = {"grade": Grade, "stage": Stage, "kind": Kind}
    if isinstance(change, SetField) and change.field in kinds:
        return str(LABELS[kinds[change.field](value)])
    return str(value)
