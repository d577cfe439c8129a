"""Fields that managers add to customers, and what they hold for each customer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, and_, func, select

from app.db import bulk, journal
from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.db.visibility import EVERYTHING
from app.domain import custom_fields
from app.domain.amounts import HOME
from app.domain.custom_fields import FieldDraft, FieldKind, invoice_fields
from app.domain.script import fold
from app.domain.vocabulary import Actor
from app.errors import Conflict, Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import Customer, CustomField, CustomValue
from app.services.customers import not_there

FIELD_GONE = Message("This field is no longer there. Nothing was changed.")
NOT_SAVED = Message("Some fields need another look. Nothing was saved yet.")
_KEY: Final = "field_"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field; `choices` are for a choice only."""

    id: int
    name: str
    kind: FieldKind
    heading: str
    choices: tuple[str, ...]

    @property
    def draft(self) -> FieldDraft:
        """As a form shows it."""
        return FieldDraft(self.name, self.kind, self.heading, self.choices)

    def words(self, kept: str) -> str:
        """What it holds, or held, in the language in use; "" for nothing.

        A value from before the field became one of another kind is shown as it was kept.
        """
        if custom_fields.value(self.kind, kept) is None:
            return kept
        return custom_fields.show(self.kind, kept)


@dataclass(frozen=True, slots=True)
class CustomValueRow:
    """What a field holds for a customer, in the form of domain.custom_fields; "": nothing."""

    field: FieldRow
    value: str

    @property
    def words(self) -> str:
        """In the language in use."""
        return self.field.words(self.value)


class ValueConflict(Conflict):
    """Somebody else wrote another value meanwhile; nothing was saved. Both are as they are kept."""

    def __init__(self, theirs: str, mine: str) -> None:
        super().__init__(
            Message("Somebody else changed this field meanwhile. Choose which value to keep.")
        )
        self.theirs, self.mine = theirs, mine


class CustomFieldService:
    """`region` is the country whose currency an amount without one is in."""

    def __init__(self, db: Database, region: str = "CN") -> None:
        self._db = db
        self._currency = HOME.get(region, "CNY")

    # ---- the fields

    def all(self, actor: Actor) -> list[FieldRow]:
        """Every field in its order."""
        with self._db.read(actor) as session:
            return [_row(one) for one in session.scalars(_ordered())]

    def held(self, actor: Actor, field_id: int) -> int:
        """How many customers hold a value in this field."""
        query = select(func.count()).select_from(CustomValue)
        with self._db.read(actor) as session:
            return session.scalar(query.where(CustomValue.field_id == field_id)) or 0

    def add(self, actor: Actor, typed: FieldDraft) -> int:
        """Add a field at the end; returns its id. Raises Refused, Forbidden."""
        clean = _checked(actor, typed)
        with self._db.write(actor, Message("Add field {name}", params={"name": clean.name})) as s:
            held = list(s.scalars(_ordered()))
            _check_name(clean, held, None)
            return _add(s, clean, len(held))

    def add_invoice(self, actor: Actor) -> int:
        """Add the ready-made invoice details that are not there yet; returns how many.

        Raises Refused when all are there, Forbidden.
        """
        _check_role(actor)
        with self._db.write(actor, Message("Add fields for invoices")) as session:
            held = list(session.scalars(_ordered()))
            known = {fold(one.name) for one in held}
            missing = [one for one in invoice_fields() if fold(one.name) not in known]
            if not missing:
                raise Refused(Message("The fields for invoices are all there already."))
            for place, one in enumerate(missing, len(held)):
                _add(session, one, place)
            return len(missing)

    def save(self, actor: Actor, field_id: int, typed: FieldDraft) -> None:
        """Change name, heading and choices, and the kind as long as nobody holds a value.

        A choice written anew in its old place is renamed with every customer that holds it; what
        is taken off the list stays with those who hold it. Raises Refused, Forbidden, NotFound.
        """
        clean = _checked(actor, typed)
        title = Message("Change field {name}", params={"name": clean.name})
        with self._db.write(actor, title) as session:
            held = list(session.scalars(_ordered()))
            _check_name(clean, held, field_id)
            one = _field(session, field_id)
            if clean.kind != one.kind:
                _check_unused(session, field_id)
            for before, after in _renamed(_row(one).choices, clean.choices):
                ids = _values(session, field_id, before)
                bulk.update_rows(session, CustomValue, ids, {"value": after})
            one.name, one.kind, one.heading = clean.name, clean.kind.value, clean.heading
            one.choices = "\n".join(clean.choices)

    def order(self, actor: Actor, ids: Sequence[int]) -> None:
        """Put the fields into this order; fields that are not named come after them."""
        _check_role(actor)
        places = {one: place for place, one in enumerate(ids)}
        with self._db.write(actor, Message("Order the fields")) as session:
            held = sorted(
                session.scalars(_ordered()), key=lambda one: places.get(one.id, len(places))
            )
            for place, one in enumerate(held):
                one.position = place

    def delete(self, actor: Actor, field_id: int) -> None:
        """Put a field into the recycle bin, with what it holds. Raises Forbidden, NotFound."""
        _check_role(actor)
        with self._db.read(actor) as session:
            name = _field(session, field_id).name
        with self._db.write(actor, Message("Delete field {name}", params={"name": name})) as s:
            one = _field(s, field_id)
            bulk.delete_rows(s, CustomValue, _values(s, field_id))
            journal.delete(s, one)

    # ---- what they hold

    def values(self, actor: Actor, customer_id: int) -> tuple[CustomValueRow, ...]:
        """Every field in its order, with what it holds for the customer. Raises NotFound."""
        with self._db.read(actor) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            return values(session, customer_id)

    def set(self, actor: Actor, customer_id: int, field_id: int, before: str, typed: str) -> str:
        """Keep what was typed in one field and return it as it is kept; nothing typed empties it.

        `before` is the value the editing began with, in canonical form. Raises Refused with the
        problem under "value", ValueConflict, NotFound.
        """
        with self._db.read(actor) as session:
            field = _row(_field(session, field_id))
            mine = self._parsed(field, typed)
        if mine == before:
            return mine
        self._write(actor, customer_id, field, before, mine)
        return mine

    def put_back(
        self, actor: Actor, customer_id: int, field_id: int, before: str, kept: str
    ) -> None:
        """Keep again what a field held, as it was kept; `before` is what is there by now.

        Raises Refused, ValueConflict, NotFound.
        """
        with self._db.read(actor) as session:
            field = _row(_field(session, field_id))
        self._write(actor, customer_id, field, before, kept)

    def _write(
        self, actor: Actor, customer_id: int, field: FieldRow, before: str, mine: str
    ) -> None:
        title = Message("Change {field}", params={"field": field.name})
        with self._db.write(actor, title) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            keep(session, customer_id, field.id, before, mine)

    def _parsed(self, field: FieldRow, typed: str) -> str:
        found = custom_fields.parse(
            field.kind,
            typed,
            self._db.clock.today(),
            choices=field.choices,
            currency=self._currency,
        )
        if isinstance(found, Message):
            raise Refused(NOT_SAVED, {"value": found})
        return found


def values(session: ActorSession, customer_id: int) -> tuple[CustomValueRow, ...]:
    """As `CustomFieldService.values`, in an open session."""
    rows = session.execute(
        select(CustomField, CustomValue.value)
        .outerjoin(
            CustomValue,
            and_(CustomValue.field_id == CustomField.id, CustomValue.customer_id == customer_id),
        )
        .order_by(CustomField.position, CustomField.id)
    )
    return tuple(CustomValueRow(_row(one), value or "") for one, value in rows)


def field_key(field_id: int) -> str:
    """What a field is called beside the customer's own."""
    return f"{_KEY}{field_id}"


def field_id_of(key: str) -> int | None:
    """The field of this key; None where it is none of these."""
    number = key.removeprefix(_KEY)
    return int(number) if number != key and number.isdecimal() else None


def rows(session: ActorSession, ids: Iterable[int]) -> dict[int, FieldRow]:
    """Fields by id, those in the recycle bin too."""
    found = session.scalars(
        select(CustomField).where(CustomField.id.in_(tuple(ids))),
        execution_options={EVERYTHING: True},
    )
    return {one.id: _row(one) for one in found}


def keep(session: WriteSession, customer_id: int, field_id: int, before: str, mine: str) -> None:
    """Have a field hold this for the customer, as it is kept; "" empties it.

    Raises ValueConflict where it does not hold `before`, Refused, NotFound.
    """
    field = _field(session, field_id)
    if mine and custom_fields.value(FieldKind(field.kind), mine) is None:
        problem = Message("This field holds values of another kind now.")
        raise Refused(NOT_SAVED, {"value": problem})
    found = session.scalars(
        select(CustomValue).where(
            CustomValue.customer_id == customer_id, CustomValue.field_id == field_id
        )
    ).first()
    now = found.value if found else ""
    if now not in (before, mine):
        raise ValueConflict(now, mine)
    if found is None and mine:
        session.add(CustomValue(customer_id=customer_id, field_id=field_id, value=mine))
    elif found is not None and mine:
        found.value = mine
    elif found is not None:
        journal.delete(session, found)


def _ordered() -> Select[CustomField]:
    return select(CustomField).order_by(CustomField.position, CustomField.id)


def _row(one: CustomField) -> FieldRow:
    return FieldRow(
        one.id, one.name, FieldKind(one.kind), one.heading, tuple(one.choices.splitlines())
    )


def _field(session: ActorSession, field_id: int) -> CustomField:
    one = session.get(CustomField, field_id)
    if one is None or one.deleted_in is not None:
        raise NotFound(FIELD_GONE)
    return one


def _add(session: WriteSession, clean: FieldDraft, position: int) -> int:
    made = CustomField(
        name=clean.name,
        kind=clean.kind.value,
        heading=clean.heading,
        choices="\n".join(clean.choices),
        position=position,
    )
    session.add(made)
    session.flush()
    return made.id


def _values(session: ActorSession, field_id: int, value: str | None = None) -> list[int]:
    query = select(CustomValue.id).where(CustomValue.field_id == field_id)
    if value is not None:
        query = query.where(CustomValue.value == value)
    return list(session.scalars(query.order_by(CustomValue.id)))


def _renamed(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Choices that were written anew in their place; only where the list is as long as it was."""
    if len(before) != len(after):
        return []
    pairs = zip(before, after, strict=True)
    return [(old, new) for old, new in pairs if old not in after and new not in before]


def _check_role(actor: Actor) -> None:
    if not actor.sees_all:
        raise Forbidden(Message("Only managers define fields. Nothing was changed."))


def _checked(actor: Actor, typed: FieldDraft) -> FieldDraft:
    _check_role(actor)
    clean = custom_fields.tidy(typed)
    if found := custom_fields.problems(clean):
        raise Refused(NOT_SAVED, found)
    return clean


def _check_name(clean: FieldDraft, held: Sequence[CustomField], field_id: int | None) -> None:
    wanted = fold(clean.name)
    if any(fold(one.name) == wanted and one.id != field_id for one in held):
        problem = Message("There is a field of this name already.")
        raise Refused(NOT_SAVED, {"name": problem})


def _check_unused(session: ActorSession, field_id: int) -> None:
    count = len(_values(session, field_id))
    if count:
        problem = Message(
            "{count} customer holds a value of the old kind. Add a new field instead.",
            "{count} customers hold a value of the old kind. Add a new field instead.",
            {"count": count},
        )
        raise Refused(NOT_SAVED, {"kind": problem})
