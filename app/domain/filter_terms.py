"""What a list filter is made of, and its canonical text (the language: `app.domain.filters`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.domain.dates import Relative
from app.domain.filter_tokens import quote


class FieldKind(StrEnum):
    """What a field holds, which decides its operators and how its values are read."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    REFERENCE = "reference"
    TAGS = "tags"


class Operator(StrEnum):
    """As written in the canonical text."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    CONTAINS = "contains"
    STARTS = "starts"
    IN = "in"
    EMPTY = "is empty"
    NOT_EMPTY = "is not empty"


_EMPTINESS = frozenset({Operator.EMPTY, Operator.NOT_EMPTY})
_EQUALITY = frozenset({Operator.EQ, Operator.NE, Operator.IN}) | _EMPTINESS
_ORDER = frozenset({Operator.LT, Operator.LE, Operator.GT, Operator.GE})
_PARTS = frozenset({Operator.CONTAINS, Operator.STARTS})

OPERATORS: Final[Mapping[FieldKind, frozenset[Operator]]] = {
    FieldKind.TEXT: _EQUALITY | _PARTS,
    FieldKind.CHOICE: _EQUALITY,
    FieldKind.DATE: _EQUALITY | _ORDER,
    FieldKind.NUMBER: _EQUALITY | _ORDER,
    FieldKind.FLAG: frozenset({Operator.EQ, Operator.NE}),
    FieldKind.REFERENCE: _EQUALITY | _PARTS,
    FieldKind.TAGS: _EQUALITY | {Operator.CONTAINS},
}
"""The operators that suit each kind of field."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that may be filtered by: its English name and what else it may be called.

    `choices` are the values of a CHOICE, each with its other names: {"keeping": ("维护",)}.
    """

    name: str
    kind: FieldKind
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Me:
    """The actor, whoever that is when the filter is used."""


@dataclass(frozen=True, slots=True)
class Id:
    """A referenced record by its id, where the name would not be enough."""

    value: int


Value = str | bool | Decimal | date | Relative | Me | Id


@dataclass(frozen=True, slots=True)
class Condition:
    """`field` is a Field's name. `values`: none for emptiness, one or more for IN, else one."""

    field: str
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The complement of `item`."""

    item: "Filter"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    items: "tuple[Filter, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more."""

    items: "tuple[Filter, ...]"


Filter = Condition | Not | And | Or


def to_text(item: Filter) -> str:
    """The canonical text of a filter: `parse` of it gives an equal filter."""
    match item:
        case Condition():
            return _condition_text(item)
        case Not():
            return f"not {_grouped(item.item)}"
        case And():
            return " and ".join(map(_grouped, item.items))
        case Or():
            return " or ".join(map(_grouped, item.items))


def renamed(item: Filter, field: str, before: str, after: str) -> Filter:
    """The same filter with another name for what `field` is compared with as a whole."""
    match item:
        case Not():
            return Not(renamed(item.item, field, before, after))
        case And() | Or():
            return type(item)(tuple(renamed(one, field, before, after) for one in item.items))
        case Condition() if item.field == field and item.operator in _EQUALITY:
            return replace(
                item, values=tuple(after if one == before else one for one in item.values)
            )
        case _:
            return item


def _grouped(item: Filter) -> str:
    # Also `and` inside `or`, which needs no brackets: not every reader knows that.
    return f"({to_text(item)})" if isinstance(item, And | Or) else to_text(item)


def _condition_text(item: Condition) -> str:
    values = ", ".join(map(_value_text, item.values))
    if item.operator is Operator.IN:
        values = f"({values})"
    return f"{item.field} {item.operator} {values}".rstrip()


def _value_text(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return quote(value)
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case Relative():
            return str(value)
        case Me():
            return "me"
        case Id():
            return f"#{value.value}"
