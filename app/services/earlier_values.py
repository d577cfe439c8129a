"""What a customer's field was before, who wrote it and when; and how to write it again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select

from app.db.images import has_key
from app.db.scope import ActorSession
from app.domain.customer import FIELDS, CustomerDraft
from app.domain.vocabulary import Grade, Kind, Stage
from app.errors import NotFound
from app.i18n import Message
from app.models import Change, ChangeSet, Customer, Staff
from app.services.customer_editing import PARTS

LISTED: Final = 200
"""So many earlier values of one field are told."""
_NAMED: Final[Mapping[str, Any]] = {
    "owner_id": Staff,
    "parent_id": Customer,
    "referred_by_id": Customer,
}


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """A value that a field once had.

    `stored` is the value as stored and `shown` the same, with a name for the id of a person or a
    customer. `staff` and `at` say who wrote it and when ("" and None where that is not known),
    `until` and `replaced_by` who wrote another in its place. `change_id` is that last change.
    """

    change_id: int
    stored: Any
    shown: Any
    staff: str
    at: datetime | None
    until: datetime
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Images:
    """The fields of one change as they were stored before and after it."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


def earlier_values(session: ActorSession, customer_id: int, field: str) -> tuple[EarlierValue, ...]:
    """Every value the column had before the present one, the latest first; at most `LISTED`."""
    if field not in FIELDS or field in PARTS:
        return ()
    changes = session.execute(
        select(Change.id, Change.before, ChangeSet.at, ChangeSet.actor_name)
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(
            Change.table_name == Customer.__tablename__,
            Change.row_id == customer_id,
            Change.action == "update",
            has_key(session, Change.after, field),
        )
        .order_by(Change.id.desc())
        .limit(LISTED + 1)
    ).all()
    whole = len(changes) <= LISTED
    written: list[tuple[str, datetime | None]] = [(who, at) for _, _, at, who in changes[1:]]
    written.append(_added(session, customer_id) if whole else ("", None))
    ids = {(image or {}).get(field) for _, image, _, _ in changes}
    names = _names(session, field, {one for one in ids if one is not None})
    found: list[EarlierValue] = []
    for (change_id, image, until, by), (who, at) in zip(changes, written, strict=False):
        stored = (image or {}).get(field)
        shown = names.get(stored, "") if field in _NAMED and stored is not None else stored
        found.append(EarlierValue(change_id, stored, shown, who, at, until, by))
    return tuple(found[:LISTED])


def images(session: ActorSession, customer_id: int, change_id: int) -> Images:
    """The fields that a change of this customer changed. Raises NotFound."""
    one = session.get(Change, change_id)
    own = (
        one is not None
        and one.table_name == Customer.__tablename__
        and one.row_id == customer_id
        and session.get(Customer, customer_id) is not None
    )
    if one is None or not own:
        raise NotFound(Message("This change is no longer there. Nothing was changed."))
    return Images(one.before or {}, one.after or {})


def restored(draft: CustomerDraft, stored: Mapping[str, Any]) -> CustomerDraft:
    """The draft with these columns as they were stored; columns it does not have are left out."""
    wanted = {name: _read(name, value) for name, value in stored.items() if name in FIELDS}
    return replace(draft, **wanted)


def _read(name: str, stored: Any) -> Any:
    """A column's stored value as a draft holds it."""
    match name:
        case "kind":
            return Kind(stored)
        case "stage":
            return Stage(stored)
        case "grade":
            return Grade(stored) if stored else None
        case "since" | "last_contact":
            return date.fromisoformat(stored[:10]) if stored else None
        case "other_names":
            return tuple((stored or "").splitlines())
        case "owner_id" | "parent_id" | "referred_by_id":
            return stored
        case _:
            return stored or ""


def _added(session: ActorSession, customer_id: int) -> tuple[str, datetime | None]:
    """Who added the customer, and when."""
    alone = Change.row_id == customer_id
    block = and_(
        Change.last_id > Change.row_id,
        Change.last_id >= customer_id,
        Change.row_id <= customer_id,
    )
    row = session.execute(
        select(ChangeSet.actor_name, ChangeSet.at)
        .join(Change, ChangeSet.id == Change.change_set_id)
        .where(
            Change.table_name == Customer.__tablename__,
            Change.action == "insert",
            or_(alone, block),
        )
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else ("", None)


def _names(session: ActorSession, field: str, ids: set[Any]) -> Mapping[Any, str]:
    model = _NAMED.get(field)
    if model is None or not ids:
        return {}
    rows = session.execute(select(model.id, model.name).where(model.id.in_(ids)))
    return {row.id: row.name for row in rows}
