r"""The text form of list filters, shared by saved views, the window and the command line.

    stage = keeping and last_contact < -30d
    owner = me and (grade in (A, B) or tags = vip) and not shared
    阶段 ＝ 维护 且 负责人 ＝ 我

A condition is a field, an operator and a value. Operators:

    =  !=  <  <=  >  >=      contains   starts   in (…, …)   is empty   is not empty

Conditions are joined by `and`, `or` and `not`, of which `not` binds most tightly and `or` least;
round brackets group. Each has Chinese spellings (且 或 非 包含 为空 …), and full-width marks do.

Values are bare words, or any text in quotation marks ("…", “…”, 「…」) with the escapes
\\ \" \n \r \t. Dates are 2026-02-28 or count from today: today, -30d, +2w, -3m, -1y
(`app.domain.dates`). Numbers are plain (1500, 2.5) or 5万. A flag is `= yes`, `= no`, or just
named. A reference is compared by name, by `#12` (its id) or with `me`, the actor. Of tags `=` asks
whether one of them is the value. Case and width do not matter in names of fields and choices.

Meaning of empty fields: a condition on an empty field does not hold, except `!=` and `is empty`,
which do; `not` is the exact complement. `= ""` means `is empty`. Day comparisons are by the
local day; `contains` and `starts` ignore case.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from app.domain import dates
from app.domain.filter_terms import (
    OPERATORS,
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
    renamed,
    to_text,
)
from app.domain.filter_tokens import Token, fold, refuse, shorten, tokenise
from app.errors import Refused
from app.i18n import Message

__all__ = [
    "OPERATORS", "And", "Condition", "Field", "FieldKind", "Filter", "Id", "Me", "Not", "Operator",
    "Or", "Value", "parse", "renamed", "to_text",
]  # fmt: skip

DEEPEST: Final = 30
MOST_CONDITIONS: Final = 500
MOST_VALUES: Final = 1_000
LONGEST_PART: Final = 5_000
_MOST_NAMED: Final = 12

_NUMBER = re.compile(r"([+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?)\s?([万萬亿億]?)")
_MULTIPLIERS = {"": 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMBER_LIMIT = 10**18
_ID = re.compile(r"#([0-9]{1,18})")
_FLAGS = {
    **dict.fromkeys(("yes", "true", "1", "是"), True),
    **dict.fromkeys(("no", "false", "0", "否"), False),
}


def parse(text: str, fields: Mapping[str, Field]) -> Filter:
    """Read a filter; `fields` are those of the list, by name.

    Raises:
        Refused: the text is empty or not a filter; the message says where and why, and names
            the nearest field or value if one is mistyped.
    """
    return _Reader(text, fields).filter()


class _Reader:
    """Recursive descent over the tokens; one object reads one text."""

    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        self._tokens = tokenise(text)
        self._index = 0
        self._conditions = 0
        self._names = {
            _field_key(name): item
            for item in fields.values()
            for name in (item.name, *item.aliases)
        }
        self._fields = fields

    def filter(self) -> Filter:
        if self._peek().kind == "end":
            raise Refused(Message("The filter is empty."))
        result = self._or(0)
        if self._peek().kind == ")":
            raise refuse(self._peek().at, Message("this bracket was never opened."))
        if self._peek().kind != "end":
            raise refuse(
                self._peek().at,
                Message(
                    "“and” or “or” is expected before “{found}”.",
                    params={"found": self._peek().shown()},
                ),
            )
        return result

    def _peek(self) -> Token:
        return self._tokens[self._index]

    def _take(self) -> Token:
        token = self._peek()
        if token.kind != "end":
            self._index += 1
        return token

    def _accept(self, *keywords: str) -> bool:
        if self._peek().keyword not in keywords:
            return False
        self._index += 1
        return True

    def _or(self, depth: int) -> Filter:
        items = [self._and(depth)]
        while self._accept("or"):
            items.append(self._and(depth))
        return Or(tuple(items)) if len(items) > 1 else items[0]

    def _and(self, depth: int) -> Filter:
        items = [self._not(depth)]
        while self._accept("and"):
            items.append(self._not(depth))
        return And(tuple(items)) if len(items) > 1 else items[0]

    def _not(self, depth: int) -> Filter:
        token = self._peek()
        if depth > DEEPEST:
            raise refuse(
                token.at,
                Message("more than {limit} brackets in one another.", params={"limit": DEEPEST}),
            )
        if self._accept("not"):
            return Not(self._not(depth + 1))
        if token.kind != "(":
            return self._condition()
        self._take()
        inner = self._or(depth + 1)
        if self._take().kind != ")":
            raise refuse(token.at, Message("this bracket is never closed."))
        return inner

    def _condition(self) -> Filter:
        self._conditions += 1
        if self._conditions > MOST_CONDITIONS:
            raise refuse(
                self._peek().at,
                Message("more than {limit} conditions.", params={"limit": MOST_CONDITIONS}),
            )
        item = self._field()
        if item.kind is FieldKind.FLAG and self._condition_ends():
            return Condition(item.name, Operator.EQ, (True,))
        negated, operator = self._operator(item)
        values = self._values(item, operator)
        condition = Condition(item.name, operator, values)
        if values == ("",):
            condition = Condition(
                item.name, Operator.EMPTY if operator is Operator.EQ else Operator.NOT_EMPTY
            )
        return Not(condition) if negated else condition

    def _condition_ends(self) -> bool:
        return self._peek().kind in {")", "end"} or self._peek().keyword in {"and", "or"}

    def _field(self) -> Field:
        token = self._take()
        if token.kind not in {"word", "quoted"} or token.keyword in {"and", "or"}:
            raise refuse(token.at, Message("the name of a field is expected here."))
        found = self._names.get(_field_key(token.text))
        if found:
            return found
        nearest = _nearest(_field_key(token.text), self._names)
        if nearest:
            what = Message(
                "there is no field “{name}”. Did you mean “{nearest}”?",
                params={"name": token.shown(), "nearest": nearest},
            )
        else:
            what = Message(
                "there is no field “{name}”. The fields are: {fields}.",
                params={"name": token.shown(), "fields": _listed(self._fields)},
            )
        raise refuse(token.at, what)

    def _operator(self, item: Field) -> tuple[bool, Operator]:
        """Whether the condition is negated, and its operator."""
        token = self._take()
        written = self._operator_words(token)
        negated = written in {"not in", "not contains", "not starts"}
        try:
            operator = Operator(written.removeprefix("not ") if negated else written)
        except ValueError:
            raise refuse(
                token.at,
                Message(
                    "after “{field}” one of these is expected: {operators}.",
                    params={"field": item.name, "operators": _operators_of(item)},
                ),
            ) from None
        if operator not in OPERATORS[item.kind]:
            raise refuse(
                token.at,
                Message(
                    "“{operator}” does not suit “{field}”. Possible are: {operators}.",
                    params={
                        "operator": operator.value,
                        "field": item.name,
                        "operators": _operators_of(item),
                    },
                ),
            )
        return negated, operator

    def _operator_words(self, token: Token) -> str:
        """Canonical spelling of the operator that starts with `token`; perhaps none at all."""
        if token.keyword == "is":
            negated = self._accept("not")
            if self._accept("empty"):
                return "is not empty" if negated else "is empty"
            if self._accept("in"):
                return "not in" if negated else "in"
            return "!=" if negated else "="
        written = token.keyword
        if written == "not":
            written = f"not {self._take().keyword}"
        if written.endswith("starts"):
            self._accept("with")
        return written

    def _values(self, item: Field, operator: Operator) -> tuple[Value, ...]:
        if operator in {Operator.EMPTY, Operator.NOT_EMPTY}:
            return ()
        if operator is not Operator.IN:
            return (self._value(item, operator),)
        opening = self._take()
        if opening.kind != "(":
            raise refuse(opening.at, Message("“(” is expected after “in”."))
        values = [self._value(item, operator)]
        while self._peek().kind == ",":
            self._take()
            values.append(self._value(item, operator))
        if len(values) > MOST_VALUES:
            raise refuse(
                opening.at, Message("more than {limit} values.", params={"limit": MOST_VALUES})
            )
        closing = self._take()
        if closing.kind != ")":
            raise refuse(closing.at, Message("“,” or “)” is expected here."))
        return tuple(values)

    def _value(self, item: Field, operator: Operator) -> Value:
        token = self._take()
        if token.kind not in {"word", "quoted"} or token.keyword in {"and", "or", "not"}:
            raise refuse(
                token.at, Message("a value is expected here; put text in quotation marks.")
            )
        if not token.text:
            if operator in {Operator.EQ, Operator.NE} and Operator.EMPTY in OPERATORS[item.kind]:
                return ""
            raise refuse(token.at, Message("there is nothing between the quotation marks."))
        if operator in {Operator.CONTAINS, Operator.STARTS}:
            return _part(token)
        return _READERS[item.kind](token, item)


def _part(token: Token) -> Value:
    # SQLite takes patterns of 50,000 bytes, and a sign may be four of them and need a mark
    if len(token.text) > LONGEST_PART:
        raise refuse(
            token.at,
            Message(
                "a text to be looked for has at most {limit} characters.",
                params={"limit": LONGEST_PART},
            ),
        )
    return token.text


def _text(token: Token, _: Field) -> Value:
    return token.text


def _choice(token: Token, item: Field) -> Value:
    codes = {fold(name): code for code, names in item.choices.items() for name in (code, *names)}
    code = codes.get(fold(token.text))
    if code is not None:
        return code
    nearest = _nearest(fold(token.text), codes)
    if nearest:
        what = Message(
            "“{value}” is not a value of “{field}”. Did you mean “{nearest}”?",
            params={"value": token.shown(), "field": item.name, "nearest": nearest},
        )
    else:
        what = Message(
            "“{value}” is not a value of “{field}”. The values are: {values}.",
            params={
                "value": token.shown(),
                "field": item.name,
                "values": _listed(item.choices),
            },
        )
    raise refuse(token.at, what)


def _date(token: Token, _: Field) -> Value:
    day = dates.read_relative(token.text) or dates.parse(token.text)
    if day is None:
        raise refuse(
            token.at,
            dates.problem(token.text)
            or Message("a date such as 2026-02-28 or -30d is expected here."),
        )
    return day


def _number(token: Token, item: Field) -> Value:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", token.text.strip()))
    figure = Decimal(found[1]) * _MULTIPLIERS[found[2]] if found else None
    if figure is None or abs(figure) >= _NUMBER_LIMIT:
        raise refuse(
            token.at,
            Message(
                "“{value}” is not a number that “{field}” can be compared with.",
                params={"value": token.shown(), "field": item.name},
            ),
        )
    return figure


def _flag(token: Token, item: Field) -> Value:
    flag = _FLAGS.get(fold(token.text))
    if flag is None:
        raise refuse(
            token.at,
            Message("“{field}” is either yes or no.", params={"field": item.name}),
        )
    return flag


def _reference(token: Token, _: Field) -> Value:
    if token.keyword == "me":
        return Me()
    found = _ID.fullmatch(fold(token.text)) if token.kind == "word" else None
    return Id(int(found[1])) if found else token.text


_READERS: Mapping[FieldKind, Callable[[Token, Field], Value]] = {
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.DATE: _date,
    FieldKind.NUMBER: _number,
    FieldKind.FLAG: _flag,
    FieldKind.REFERENCE: _reference,
    FieldKind.TAGS: _text,
}


def _field_key(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", fold(name))


def _nearest(key: str, known: Iterable[str]) -> str:
    """What was probably meant by the mistyped `key`; empty if nothing is near."""
    # Half of the characters: one of two in a Chinese word.
    return next(iter(difflib.get_close_matches(shorten(key), list(known), 1, 0.5)), "")


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:_MOST_NAMED]) + (", …" if len(shown) > _MOST_NAMED else "")


def _operators_of(item: Field) -> str:
    return ", ".join(operator for operator in Operator if operator in OPERATORS[item.kind])
