"""Filters in words: what the chips and the lines of the builder say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.domain.dates import Relative
from app.domain.field_words import FIELD_NAMES
from app.domain.filters import (
    And,
    Condition,
    Field,
    FieldKind,
    Filter,
    Id,
    Me,
    Not,
    Operator,
    Or,
    Value,
    to_text,
)
from app.domain.vocabulary import LABELS, Grade, Kind, Stage
from app.i18n import Message, ntr, tr

Mode = Literal["text", "one", "many", "day", "ago", "staff", "yes", "none"]
CHOICES: Final = {"kind": Kind, "stage": Stage, "grade": Grade}


@dataclass(frozen=True, slots=True)
class Asking:
    """A way to ask about a field: the words, the operator, and how the value is given."""

    words: Message
    operator: Operator
    mode: Mode


_EMPTY: Final = (
    Asking(Message("is empty"), Operator.EMPTY, "none"),
    Asking(Message("is not empty"), Operator.NOT_EMPTY, "none"),
)
ASKING: Final[Mapping[FieldKind, tuple[Asking, ...]]] = {
    FieldKind.TEXT: (
        Asking(Message("contains"), Operator.CONTAINS, "text"),
        Asking(Message("begins with"), Operator.STARTS, "text"),
        Asking(Message("is"), Operator.EQ, "text"),
        Asking(Message("is not"), Operator.NE, "text"),
        *_EMPTY,
    ),
    FieldKind.CHOICE: (
        Asking(Message("is"), Operator.EQ, "one"),
        Asking(Message("is not"), Operator.NE, "one"),
        Asking(Message("is one of"), Operator.IN, "many"),
        *_EMPTY,
    ),
    FieldKind.DATE: (
        Asking(Message("is longer ago than"), Operator.LT, "ago"),
        Asking(Message("is within the last"), Operator.GE, "ago"),
        Asking(Message("is on"), Operator.EQ, "day"),
        Asking(Message("is before"), Operator.LT, "day"),
        Asking(Message("is after"), Operator.GT, "day"),
        Asking(Message("is on or before"), Operator.LE, "day"),
        Asking(Message("is on or after"), Operator.GE, "day"),
        *_EMPTY,
    ),
    FieldKind.REFERENCE: (
        Asking(Message("is"), Operator.EQ, "staff"),
        Asking(Message("is not"), Operator.NE, "staff"),
        *_EMPTY,
    ),
    FieldKind.TAGS: (
        Asking(Message("has"), Operator.EQ, "text"),
        Asking(Message("has not"), Operator.NE, "text"),
        Asking(Message("contains"), Operator.CONTAINS, "text"),
        *_EMPTY,
    ),
    FieldKind.NUMBER: _EMPTY,
    FieldKind.FLAG: (Asking(Message("is"), Operator.EQ, "yes"),),
}


def asking_of(one: Condition, field: Field) -> Asking | None:
    """The way in which this condition asks; None when the builder has no line for it."""
    value = one.values[0] if one.values else None
    ago = isinstance(value, Relative) and value.amount <= 0
    for way in ASKING[field.kind]:
        if way.operator is not one.operator:
            continue
        if way.mode == "ago" and ago:
            return way
        if way.mode == "day" and isinstance(value, date):
            return way
        if way.mode not in ("ago", "day"):
            return way
    return None


def ago_words(value: Relative) -> str:
    """As in: 30 days, 2 weeks."""
    count = abs(value.amount)
    match value.unit:
        case "d":
            return ntr("{count} day", "{count} days", count)
        case "w":
            return ntr("{count} week", "{count} weeks", count)
        case "m":
            return ntr("{count} month", "{count} months", count)
        case _:
            return ntr("{count} year", "{count} years", count)


def value_words(field: str, value: Value, staff: Mapping[int, str]) -> str:
    """One value as the list shows it."""
    match value:
        case bool():
            return tr("yes") if value else tr("no")
        case Me():
            return tr("me")
        case Id():
            return staff.get(value.value, f"#{value.value}")
        case Relative():
            return ago_words(value) if value.amount else tr("today")
        case str() if field in CHOICES:
            return str(LABELS[CHOICES[field](value)])
        case _:
            return str(value)


def words(item: Filter, fields: Mapping[str, Field], staff: Mapping[int, str]) -> str:
    """A filter in a few words, for a chip."""
    match item:
        case Condition():
            return _condition_words(item, fields[item.field], staff)
        case And() | Or():
            joiner = tr("and") if isinstance(item, And) else tr("or")
            return f" {joiner} ".join(words(one, fields, staff) for one in item.items)
        case Not():
            return tr("not ({what})", what=words(item.item, fields, staff))


def _condition_words(one: Condition, field: Field, staff: Mapping[int, str]) -> str:
    way = asking_of(one, field)
    if way is None or field.name not in FIELD_NAMES:
        return to_text(one)
    name = str(FIELD_NAMES[field.name])
    value = " / ".join(value_words(field.name, each, staff) for each in one.values)
    if one.operator in (Operator.EQ, Operator.IN) and way.mode != "day":
        return tr("{field}: {value}", field=name, value=value)
    asked = str(way.words)
    return tr("{field} {operator} {value}", field=name, operator=asked, value=value).strip()


def parts_of(item: Filter | None) -> tuple[bool, Sequence[Filter]]:
    """Whether any of the parts will do, and the parts."""
    match item:
        case None:
            return False, ()
        case And():
            return False, item.items
        case Or():
            return True, item.items
        case _:
            return False, (item,)


def joined(parts: Sequence[Filter], *, either: bool) -> Filter | None:
    """The parts as one filter."""
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(parts)) if either else And(tuple(parts))
