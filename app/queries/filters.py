"""From a parsed filter on customers to the condition of a select.

Every condition is true or false, never unknown, so that `not` is the exact complement.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select
from sqlalchemy.orm import aliased

from app.domain.dates import Relative
from app.domain.filters import (
    And,
    Condition,
    FieldKind,
    Filter,
    Id,
    Me,
    Not,
    Operator,
    Or,
    Value,
)
from app.domain.vocabulary import Actor
from app.models import Customer, CustomerTag, Staff, Tag
from app.queries.customers import COLUMNS, FIELDS

Where = ColumnElement[bool]

_ORDER: dict[Operator, Callable[[Any, Any], Any]] = {
    Operator.LT: lambda column, value: column < value,
    Operator.LE: lambda column, value: column <= value,
    Operator.GT: lambda column, value: column > value,
    Operator.GE: lambda column, value: column >= value,
}


def condition(parsed: Filter, actor: Actor, today: date) -> Where:
    """The condition on Customer that a filter states, `me` being the actor."""
    match parsed:
        case And():
            return and_(*(condition(one, actor, today) for one in parsed.items))
        case Or():
            return or_(*(condition(one, actor, today) for one in parsed.items))
        case Not():
            return not_(condition(parsed.item, actor, today))
        case Condition():
            return _Condition(parsed, actor, today).where()


class _Condition:
    """One field, one operator, its values."""

    def __init__(self, parsed: Condition, actor: Actor, today: date) -> None:
        self.field = parsed.field
        self.operator = parsed.operator
        self.values = parsed.values
        self.actor = actor
        self.today = today

    def where(self) -> Where:
        makers = {
            FieldKind.TEXT: self._text,
            FieldKind.CHOICE: self._text,
            FieldKind.DATE: self._date,
            FieldKind.NUMBER: self._text,
            FieldKind.FLAG: self._flag,
            FieldKind.REFERENCE: self._owner,
            FieldKind.TAGS: self._tags,
        }
        if self.operator is Operator.NE:
            self.operator = Operator.EQ
            return not_(makers[FIELDS[self.field].kind]())
        if self.operator is Operator.NOT_EMPTY:
            self.operator = Operator.EMPTY
            return not_(makers[FIELDS[self.field].kind]())
        return makers[FIELDS[self.field].kind]()

    def _text(self) -> Where:
        column: Any = getattr(Customer, self.field)
        if self.operator is Operator.EMPTY:
            return or_(column.is_(None), column == "")
        return and_(column.is_not(None), _compare(column, self.operator, self.values))

    def _flag(self) -> Where:
        column: Any = getattr(Customer, self.field)
        return column.is_(bool(self.values[0]))  # type: ignore[no-any-return]  # of a column

    def _tags(self) -> Where:
        link, tag = aliased(CustomerTag), aliased(Tag)
        tagged = select(1).select_from(link).where(link.customer_id == Customer.id)
        if self.operator is Operator.EMPTY:
            return not_(exists(tagged))
        named = tagged.join(tag, tag.id == link.tag_id)
        return exists(named.where(_compare(tag.name, self.operator, self.values)))

    def _owner(self) -> Where:
        if self.operator is Operator.EMPTY:
            return Customer.owner_id.is_(None)
        parts = [self._owned_by(value) for value in self.values]
        return and_(Customer.owner_id.is_not(None), or_(*parts))

    def _owned_by(self, value: Value) -> Where:
        match value:
            case Me():
                return false() if self.actor.id is None else Customer.owner_id == self.actor.id
            case Id():
                return Customer.owner_id == value.value
            case _:
                operator = Operator.EQ if self.operator is Operator.IN else self.operator
                staff = aliased(Staff)
                named = select(staff.id).where(_compare(staff.name, operator, (value,)))
                return Customer.owner_id.in_(named)

    def _date(self) -> Where:
        column: Any = COLUMNS[self.field]
        if self.operator is Operator.EMPTY:
            return column.is_(None)  # type: ignore[no-any-return]  # of a column
        days = [self._day(value) for value in self.values]
        if self.field == "created":
            return or_(*(self._moment(column, day) for day in days))
        if self.operator in _ORDER:
            return and_(column.is_not(None), _ORDER[self.operator](column, days[0]))
        return and_(column.is_not(None), column.in_(days))

    def _day(self, value: Value) -> date:
        if isinstance(value, Relative):
            return value.on(self.today)
        assert isinstance(value, date)
        return value

    def _moment(self, column: Any, day: date) -> Where:
        """A moment compared with a day: the day as it is where the user sits."""
        begin = datetime.combine(day, time()).astimezone()
        end = datetime.combine(day + timedelta(days=1), time()).astimezone()
        match self.operator:
            case Operator.LT:
                return column < begin  # type: ignore[no-any-return]  # of a column
            case Operator.LE:
                return column < end  # type: ignore[no-any-return]  # of a column
            case Operator.GT:
                return column >= end  # type: ignore[no-any-return]  # of a column
            case Operator.GE:
                return column >= begin  # type: ignore[no-any-return]  # of a column
            case _:
                return and_(column >= begin, column < end)


def _compare(column: Any, operator: Operator, values: tuple[Value, ...]) -> Where:
    texts = [str(value) for value in values]
    match operator:
        case Operator.CONTAINS:
            return column.icontains(texts[0], autoescape=True)  # type: ignore[no-any-return]
        case Operator.STARTS:
            return column.istartswith(texts[0], autoescape=True)  # type: ignore[no-any-return]
        case _:
            return column.in_(texts)  # type: ignore[no-any-return]
