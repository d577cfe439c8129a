"""What a field of a customer was before, who wrote it and when; and how to write it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select

from app.db.row_story import Act, Held, Story, added, story
from app.db.scope import ActorSession
from app.db.visibility import EVERYTHING
from app.domain.customer import FIELDS, CustomerDraft
from app.domain.vocabulary import Grade, Kind, Stage
from app.errors import NotFound
from app.i18n import Message
from app.models import Contact, ContactPoint, Customer, CustomerTag, CustomValue, Staff, Tag
from app.services.custom_fields import field_id_of, field_key
from app.services.customer_editing import PARTS

LISTED: Final = 200
"""So many earlier values are told at once."""
CONTACT_FIELDS: Final = ("name", "title", "role", "influence", "birthday", "note")
_MOST: Final = LISTED + 1
_NAMED: Final[Mapping[str, Any]] = {
    "owner_id": Staff,
    "parent_id": Customer,
    "referred_by_id": Customer,
}


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """A value that a field once had.

    `stored` is the value as stored (contact points: kind and text of each) and `shown` the same
    with a name for the id of a person or a customer, and the texts of contact points. `staff` and
    `at` say who wrote it and when ("" and None where that is not known), `until` and `replaced_by`
    who wrote another in its place.
    """

    field: str
    stored: Any
    shown: Any
    staff: str
    at: datetime | None
    until: datetime
    replaced_by: str


def earlier_values(session: ActorSession, customer_id: int, field: str) -> tuple[EarlierValue, ...]:
    """Every value a field had before the present one, the latest first; at most `LISTED`.

    `field` is a field of CustomerDraft, for "points" those of no contact, or the key of one that
    managers added.
    """
    told = _story(session, customer_id, field)
    found = _listed([told], added(session, Customer, customer_id) if told.acts else None)
    names = _names(session, field, {one.stored for one in found if field in _NAMED})
    return tuple(replace(one, shown=names.get(one.stored, one.shown)) for one in found)


def earlier_of_contact(
    session: ActorSession, customer_id: int, contact_id: int
) -> tuple[EarlierValue, ...]:
    """As `earlier_values`, of every field of a contact and of its points. Raises NotFound."""
    one = session.get(Contact, contact_id)
    if one is None or one.customer_id != customer_id:
        raise NotFound(Message("This contact is no longer there."))
    own = story(session, Contact, Contact.id == contact_id, CONTACT_FIELDS, _columns, _MOST)
    stories = [own, _points(session, customer_id, contact_id)]
    return _listed(stories, added(session, Contact, contact_id))


def linked_acts(session: ActorSession, customer_id: int) -> dict[int, Act]:
    """What happened to the customer's tags and added fields since it is there, by change set."""
    stories = (_tags(session, customer_id, None), _added_fields(session, customer_id, None))
    acts = [act for told in stories for act in told.acts]
    if not acts:
        return {}
    found: dict[int, Act] = {}
    for act in _since(acts, added(session, Customer, customer_id)):
        before = found.get(act.change_set_id)
        changed = {**before.changed, **act.changed} if before else act.changed
        found[act.change_set_id] = replace(act, changed=changed)
    return found


def restored(draft: CustomerDraft, stored: Mapping[str, Any]) -> CustomerDraft:
    """The draft with these fields as they were stored; those it does not have are left out."""
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
        case "tags":
            return tuple(stored or ())
        case _:
            return stored or ""


# ---- what is walked back


def _story(session: ActorSession, customer_id: int, field: str) -> Story:
    field_id = field_id_of(field)
    if field_id is not None:
        return _added_fields(session, customer_id, _MOST, field_id)
    if field == "tags":
        return _tags(session, customer_id, _MOST)
    if field == "points":
        return _points(session, customer_id, None)
    if field not in FIELDS or field in PARTS:
        return Story()
    return story(session, Customer, Customer.id == customer_id, (field,), _columns, _MOST)


def _columns(rows: Sequence[Held]) -> Mapping[str, Any]:
    return dict(rows[0].values)


def _tags(session: ActorSession, customer_id: int, most: int | None) -> Story:
    names: dict[int, str] = {
        row.id: row.name
        for row in session.execute(
            select(Tag.id, Tag.name)
            .join(CustomerTag, CustomerTag.tag_id == Tag.id)
            .where(CustomerTag.customer_id == customer_id),
            execution_options={EVERYTHING: True},
        )
    }

    def state(rows: Sequence[Held]) -> Mapping[str, Any]:
        return {"tags": tuple(sorted(names[one.values["tag_id"]] for one in rows if one.live))}

    if not names:
        return Story()
    mine = CustomerTag.customer_id == customer_id
    return story(session, CustomerTag, mine, ("tag_id",), state, most)


def _added_fields(
    session: ActorSession, customer_id: int, most: int | None, field_id: int | None = None
) -> Story:
    mine = CustomValue.customer_id == customer_id
    if field_id is not None:
        mine &= CustomValue.field_id == field_id
    return story(session, CustomValue, mine, ("field_id", "value"), _held_values, most)


def _held_values(rows: Sequence[Held]) -> Mapping[str, Any]:
    held = [one.values for one in rows if one.live]
    return {field_key(one["field_id"]): one["value"] for one in held}


def _points(session: ActorSession, customer_id: int, contact_id: int | None) -> Story:
    def state(rows: Sequence[Held]) -> Mapping[str, Any]:
        held = [one.values for one in rows if one.live]
        mine = [one for one in held if one["contact_id"] == contact_id]
        mine.sort(key=lambda one: one["position"])
        return {"points": tuple((one["kind"], one["raw"]) for one in mine)}

    columns = ("contact_id", "position", "kind", "raw")
    mine = ContactPoint.customer_id == customer_id
    return story(session, ContactPoint, mine, columns, state, _MOST)


# ---- who wrote what


def _since(acts: Iterable[Act], born: Act | None) -> list[Act]:
    """What came with the adding is no change."""
    return [one for one in acts if born is None or one.change_set_id > born.change_set_id]


def _listed(stories: Sequence[Story], born: Act | None) -> tuple[EarlierValue, ...]:
    found: list[tuple[int, EarlierValue]] = []
    for told in stories:
        first = ("", None) if born is None or not told.whole else (born.staff, born.at)
        wrote: dict[str, tuple[str, datetime | None]] = {}
        for act in reversed(_since(told.acts, born)):
            for field, (stored, _) in act.changed.items():
                who, at = wrote.get(field, first)
                shown = tuple(raw for _, raw in stored) if field == "points" else stored
                value = EarlierValue(field, stored, shown, who, at, act.at, act.staff)
                found.append((act.change_set_id, value))
                wrote[field] = (act.staff, act.at)
    found.sort(key=lambda one: one[0], reverse=True)
    return tuple(value for _, value in found[:LISTED])


def _names(session: ActorSession, field: str, ids: set[Any]) -> Mapping[Any, str]:
    """Names for ids as far as they may be seen; "" for the others."""
    model = _NAMED.get(field)
    if model is None or not ids:
        return {}
    rows = session.execute(select(model.id, model.name).where(model.id.in_(ids)))
    return {**dict.fromkeys(ids - {None}, ""), **{row.id: row.name for row in rows}}
