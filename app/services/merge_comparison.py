"""Two customers side by side: what each knows, what would be kept, what hangs on them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import func, select

from app.db import merging
from app.db.scope import ActorSession
from app.domain.completeness import completeness
from app.domain.field_words import FIELD_NAMES, field_name, stored_words
from app.domain.script import fold
from app.domain.vocabulary import Kind
from app.errors import NotFound, Refused
from app.i18n import Message, tr
from app.models import Contact, ContactPoint, Customer, Fact, Staff, joined_models
from app.services import custom_fields
from app.services.custom_fields import FieldRow, field_key
from app.services.customers import CustomerRecord, record

CHOSEN: Final = (
    "name", "kind", "owner_id", "stage", "grade", "code", "tax_id", "parent_id", "referred_by_id",
    "source", "since", "birthday", "region", "address", "notes",
)  # fmt: skip
"""Columns of a customer of which one value is taken, in the order in which they are shown."""
SETTLED: Final = ("other_names", "last_contact", "sample")
"""Columns whose value follows from both: nothing to choose."""
BOTH_POSSIBLE: Final = frozenset({"notes"})
_NAMED: Final[Mapping[str, Any]] = MappingProxyType(
    {"owner_id": Staff, "parent_id": Customer, "referred_by_id": Customer}
)
_STORY: Final = frozenset({"interaction", "note", "attachment", "fact", "promise"})
_GONE: Final = Message(
    "One of the two customers is no longer there, or you may not see it. Nothing was changed."
)


class Take(StrEnum):
    """Whose value is kept: that of the customer named first, of the second, or both."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


FLIPPED: Final[Mapping[Take, Take]] = MappingProxyType(
    {Take.FIRST: Take.SECOND, Take.SECOND: Take.FIRST, Take.BOTH: Take.BOTH}
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two customers. `counts`: live rows that hang on it, by table."""

    id: int
    name: str
    kind: Kind
    code: str
    owner: str
    created: datetime
    last_contact: date | None
    percent: int
    counts: Mapping[str, int]

    @property
    def history(self) -> int:
        """How much was written down about it."""
        return sum(count for table, count in self.counts.items() if table in _STORY)


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field with both values as stored.

    `take` is what is kept unless somebody chooses otherwise; `settled` that there is nothing to
    choose, and then `result` is what comes of both. `added` is the field where managers added it;
    `names` are those of the people and customers whose ids are values.
    """

    key: str
    first: Any
    second: Any
    take: Take = Take.FIRST
    settled: bool = False
    result: Any = None
    added: FieldRow | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    kind: Kind = Kind.COMPANY

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return not self.settled and self.first != self.second

    @property
    def may_take_both(self) -> bool:
        """Whether both values can stand there together."""
        return self.key in BOTH_POSSIBLE and bool(self.first) and bool(self.second)

    @property
    def title(self) -> str:
        """What the field is called, in the language in use."""
        if self.added is not None:
            return self.added.name
        return str(field_name(self.key, self.kind)) if self.key in FIELD_NAMES else self.key

    def words(self, value: Any) -> str:
        """A value as people read it, in the language in use; "" for nothing."""
        if self.added is not None:
            return self.added.words(value or "")
        if self.key in _NAMED and value is not None:
            return self.names.get(value) or tr("A customer you may not see")
        if self.key == "notes":
            return str(value or "")
        return stored_words(self.key, value)

    def taken(self, take: Take) -> Any:
        """The value that stands there after the merge."""
        if self.settled:
            return self.result
        if take is Take.BOTH and self.may_take_both:
            return f"{self.first}\n\n{self.second}"
        return self.second if take is Take.SECOND else self.first

    def lost(self, take: Take) -> Any:
        """The value that does not, None where nothing is lost."""
        if not self.differs or take is Take.BOTH:
            return None
        return (self.first if take is Take.SECOND else self.second) or None


@dataclass(frozen=True, slots=True)
class SamePerson:
    """A contact of each that may be one person: of one name.

    `shared` is a phone, e-mail or WeChat id that both have; then `take` is FIRST: they become one
    contact. BOTH leaves them two.
    """

    first_id: int
    second_id: int
    name: str
    shared: str

    @property
    def key(self) -> str:
        """What it is called among the choices."""
        return f"contact:{self.second_id}"

    @property
    def take(self) -> Take:
        """What becomes of them unless somebody chooses otherwise."""
        return Take.FIRST if self.shared else Take.BOTH


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two as they are now; the values of `fields` that would be kept if `first` stays."""

    first: Side
    second: Side
    fields: tuple[ComparedField, ...]
    people: tuple[SamePerson, ...]

    @property
    def suggested(self) -> int:
        """Which of the two should stay: more history, fuller, more lately spoken to, older."""

        def weight(one: Side) -> tuple[int, int, date, int]:
            return one.history, one.percent, one.last_contact or date.min, -one.id

        return max(self.first, self.second, key=weight).id

    @property
    def differing(self) -> tuple[ComparedField, ...]:
        """The fields in which there is something to choose."""
        return tuple(one for one in self.fields if one.differs)

    def values(self) -> tuple[tuple[str, Any, Any], ...]:
        """What must not have changed between looking and merging."""
        return tuple((one.key, one.first, one.second) for one in self.fields)

    def names(self, called: str) -> str:
        """The other names of what both become, one a line, when it is called so."""
        [held] = [one for one in self.fields if one.key == "other_names"]
        return joined_names(called, self.first.name, held.first, self.second.name, held.second)

    def swapped(self) -> "Comparison":
        """The same with the second one staying."""
        turned = Comparison(
            self.second,
            self.first,
            tuple(_defaulted(_turned(one, self.second.kind)) for one in self.fields),
            tuple(
                replace(one, first_id=one.second_id, second_id=one.first_id) for one in self.people
            ),
        )
        names = turned.names(turned.first.name)
        fields = tuple(
            replace(one, result=names) if one.key == "other_names" else one for one in turned.fields
        )
        return replace(turned, fields=fields)

    def swapped_choices(self, choices: Mapping[str, Take]) -> dict[str, Take]:
        """What was chosen here, in the words of `swapped()`."""
        keys = {one.key: f"contact:{one.first_id}" for one in self.people}
        people = {keys[key]: take for key, take in choices.items() if key in keys}
        return people | {key: FLIPPED[take] for key, take in choices.items() if key not in keys}


def heading(table: str) -> Message | None:
    """What the rows of a table that hangs on a customer are called; None where not shown."""
    joining = joined_models()[table].__joining__
    found: Message | None = joining.sheet or joining.timeline
    return found


def compare(session: ActorSession, first_id: int, second_id: int) -> Comparison:
    """Both as the session's actor sees them. Raises NotFound, Refused."""
    if first_id == second_id:
        raise Refused(Message("These are one and the same customer. Choose another to merge with."))
    first, second = _found(session, first_id), _found(session, second_id)
    _check_above(session, first, second)
    records = record(session, first_id), record(session, second_id)
    fields = [_column(name, first, second) for name in CHOSEN]
    fields += [_settled(name, first, second) for name in SETTLED]
    tags = records[0].draft.tags, records[1].draft.tags
    both = tuple(sorted({*tags[0], *tags[1]}))
    fields.append(ComparedField("tags", *tags, settled=True, result=both))
    fields += _added(session, first_id, second_id)
    named = [replace(one, names=_names(session, one), kind=Kind(first.kind)) for one in fields]
    return Comparison(
        _side(session, first, records[0]),
        _side(session, second, records[1]),
        tuple(_defaulted(one) for one in named),
        tuple(_same_people(session, first_id, second_id)),
    )


def joined_names(called: str, *names: str) -> str:
    """All of these names, one a line, but not the one that the customer is called by."""
    found: dict[str, str] = {}
    for line in "\n".join(names).splitlines():
        found.setdefault(fold(line), line)
    found.pop(fold(called), None)
    found.pop("", None)
    return "\n".join(found.values())


def _found(session: ActorSession, customer_id: int) -> Customer:
    one = session.get(Customer, customer_id)
    if one is None or one.deleted_in is not None:
        raise NotFound(_GONE)
    return one


def _check_above(session: ActorSession, first: Customer, second: Customer) -> None:
    for lower, upper in ((first, second), (second, first)):
        if upper.id in merging.above(session, lower.id):
            raise Refused(
                Message(
                    "{name} belongs to {parent}. If they are one and the same, take that out"
                    " first, then merge them. Nothing was changed.",
                    params={"name": lower.name, "parent": upper.name},
                )
            )


def _side(session: ActorSession, one: Customer, known: CustomerRecord) -> Side:
    counts = {
        name: session.scalar(select(func.count(model.id)).where(model.customer_id == one.id)) or 0
        for name, model in joined_models().items()
    }
    facts = select(func.count(Fact.id)).where(Fact.customer_id == one.id, Fact.outdated.is_(False))
    return Side(
        one.id,
        one.name,
        Kind(one.kind),
        one.code or "",
        known.owner,
        one.created_at,
        one.last_contact,
        completeness(known.draft, session.scalar(facts) or 0).percent,
        counts,
    )


# --- fields ----------------------------------------------------------------------


def _column(name: str, first: Customer, second: Customer) -> ComparedField:
    values = [getattr(one, name) for one in (first, second)]
    if _NAMED.get(name) is Customer:  # neither is linked with itself afterwards
        values = [None if one in (first.id, second.id) else one for one in values]
    return ComparedField(name, values[0] or None, values[1] or None)


def _settled(name: str, first: Customer, second: Customer) -> ComparedField:
    values = getattr(first, name), getattr(second, name)
    result: Any = None
    match name:
        case "other_names":
            names = (first.name, values[0], second.name, values[1])
            result = joined_names(first.name, *names)
        case "last_contact":
            result = max((one for one in values if one is not None), default=None)
        case "sample":  # what is real is not taken away with the sample data
            result = all(values)
    return ComparedField(name, *values, settled=True, result=result)


def _added(session: ActorSession, first_id: int, second_id: int) -> Iterable[ComparedField]:
    both = (custom_fields.values(session, one) for one in (first_id, second_id))
    for first, second in zip(*both, strict=True):
        yield ComparedField(
            field_key(first.field.id),
            first.value or None,
            second.value or None,
            added=first.field,
        )


def _names(session: ActorSession, one: ComparedField) -> Mapping[int, str]:
    model = _NAMED.get(one.key)
    ids = {value for value in (one.first, one.second) if value is not None}
    if model is None or not ids:
        return {}
    found = session.execute(select(model.id, model.name).where(model.id.in_(ids)))
    return {one.id: one.name for one in found}


def _turned(one: ComparedField, kind: Kind) -> ComparedField:
    return replace(one, first=one.second, second=one.first, kind=kind)


def _defaulted(one: ComparedField) -> ComparedField:
    """With what is taken when nobody chooses: what is there, else of the one that stays."""
    if not one.differs or one.second is None:
        return replace(one, take=Take.FIRST)
    if one.first is None:
        return replace(one, take=Take.SECOND)
    better = _BETTER.get(one.key, _first)
    return replace(one, take=better(one.first, one.second))


def _first(_first: Any, _second: Any) -> Take:
    return Take.FIRST


def _earlier(first: date, second: date) -> Take:
    return Take.SECOND if second < first else Take.FIRST


def _with_year(first: str, second: str) -> Take:
    """A birthday whose year is known says more."""
    yearless = first.lstrip("L").startswith("-"), second.lstrip("L").startswith("-")
    return Take.SECOND if yearless == (True, False) else Take.FIRST


def _both(_first: str, _second: str) -> Take:
    return Take.BOTH


_BETTER: Final[Mapping[str, Callable[[Any, Any], Take]]] = MappingProxyType(
    {"since": _earlier, "birthday": _with_year, "notes": _both}
)


# --- people ----------------------------------------------------------------------


def _same_people(session: ActorSession, first_id: int, second_id: int) -> Iterable[SamePerson]:
    reached = _reached(session, (first_id, second_id))
    free = _people(session, first_id)
    for one in _people(session, second_id):
        alike = [other for other in free if _key(other.name) == _key(one.name)]
        if not alike:
            continue
        common = [_common(reached, other.id, one.id) for other in alike]
        place = next((place for place, words in enumerate(common) if words), 0)
        free.remove(alike[place])
        yield SamePerson(alike[place].id, one.id, alike[place].name, common[place])


def _common(reached: Mapping[int, Mapping[tuple[str, str], str]], first: int, second: int) -> str:
    """How both are reached, as it is written with the first; "" where they share nothing."""
    mine, theirs = reached.get(first, {}), reached.get(second, {})
    return min((raw for key, raw in mine.items() if key in theirs), default="")


def _key(name: str) -> str:
    return "".join(fold(name).split())


def _people(session: ActorSession, customer_id: int) -> list[Contact]:
    query = select(Contact).where(Contact.customer_id == customer_id, Contact.name != "")
    return list(session.scalars(query.order_by(Contact.position, Contact.id)))


def _reached(
    session: ActorSession, customers: Collection[int]
) -> dict[int, dict[tuple[str, str], str]]:
    """How each contact is reached: as it is written, by kind and comparable form."""
    found: dict[int, dict[tuple[str, str], str]] = {}
    points: Sequence[ContactPoint] = session.scalars(
        select(ContactPoint).where(
            ContactPoint.customer_id.in_(customers),
            ContactPoint.contact_id.is_not(None),
            ContactPoint.normalised != "",
        )
    ).all()
    for one in points:
        if one.kind in ("phone", "email", "wechat"):
            found.setdefault(one.contact_id or 0, {})[one.kind, one.normalised] = one.raw
    return found
