"""Fields that a business adds to its customers: what is typed in them, kept, and shown again.

Kept is one plain text for each kind, the same in every language:

    text     as typed, without outer spaces
    number   1234.5, without grouping, exponent and needless zeros
    money    CNY 123450: ISO 4217 code and whole minor units (here 1,234.50 yuan)
    date     2026-11-22
    choice   one of the field's choices, as it is written there
    yes_no   yes or no

`parse` reads what people type, and whatever `show` writes; nothing typed is kept as "".
Minor units by currency: ISO 4217.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain import amounts, dates
from app.domain.customer import SHORT, too_long
from app.domain.script import fold
from app.i18n import Message, tr


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


LABELS: Final[Mapping[FieldKind, Message]] = MappingProxyType(
    {
        FieldKind.TEXT: Message("Text"),
        FieldKind.NUMBER: Message("Plain number"),
        FieldKind.MONEY: Message("Amount of money"),
        FieldKind.DATE: Message("Date"),
        FieldKind.CHOICE: Message("Choice from a list"),
        FieldKind.YES_NO: Message("Yes or no"),
    }
)

YES: Final = "yes"
NO: Final = "no"
_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_YES_WORDS: Final = frozenset(["yes", "y", "true", "1", "是", "是的", "有", "对", "√", "✓"])
_NO_WORDS: Final = frozenset(["no", "n", "false", "0", "否", "不是", "无", "没有", "不", "×", "✗"])


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """What a manager says of a field. `heading` groups fields; `choices` are for a choice only."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    heading: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyField:
    """A field that comes ready-made; its words become text in the language in use."""

    name: Message
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[Message, ...] = ()


INVOICE_HEADING: Final = Message("Invoice details")
INVOICE: Final = (
    ReadyField(Message("Title on the invoice")),
    ReadyField(Message("Bank")),
    ReadyField(Message("Bank account")),
    ReadyField(Message("Registered address")),
    ReadyField(Message("Registered phone")),
    ReadyField(
        Message("Kind of invoice"),
        FieldKind.CHOICE,
        (Message("Special VAT invoice"), Message("Ordinary VAT invoice")),
    ),
)


def invoice_fields() -> tuple[FieldDraft, ...]:
    """The ready-made group, in the language in use."""
    heading = str(INVOICE_HEADING)
    return tuple(
        FieldDraft(str(one.name), one.kind, heading, tuple(map(str, one.choices)))
        for one in INVOICE
    )


def tidy(typed: FieldDraft) -> FieldDraft:
    """Without stray spaces, empty choices and choices written twice."""
    choices: dict[str, str] = {}
    for one in typed.choices:
        words = " ".join(one.split())
        if words:
            choices.setdefault(fold(words), words)
    return FieldDraft(
        " ".join(typed.name.split()),
        typed.kind,
        " ".join(typed.heading.split()),
        tuple(choices.values()) if typed.kind is FieldKind.CHOICE else (),
    )


def problems(clean: FieldDraft) -> dict[str, Message]:
    """What is wrong with a tidy draft, by field."""
    found: dict[str, Message] = {}
    if not clean.name:
        found["name"] = Message("The name is missing.")
    elif len(clean.name) > SHORT:
        found["name"] = too_long()
    if len(clean.heading) > SHORT:
        found["heading"] = too_long()
    if clean.kind is FieldKind.CHOICE and not clean.choices:
        found["choices"] = Message("Write at least one choice, each on a line of its own.")
    elif any(len(one) > SHORT for one in clean.choices):
        found["choices"] = too_long()
    return found


def parse(
    kind: FieldKind,
    typed: str,
    today: date,
    *,
    choices: Sequence[str] = (),
    currency: str = "CNY",
) -> str | Message:
    """The text to keep, "" for nothing; or what is wrong with it, for the field.

    `currency` is that of an amount without any; `today` is what "tomorrow" counts from.
    """
    text = typed.strip()
    if not text or kind is FieldKind.TEXT:
        return text
    match kind:
        case FieldKind.NUMBER:
            return amounts.number(text)
        case FieldKind.MONEY:
            return amounts.money(text, currency)
        case FieldKind.DATE:
            return _day(text, today)
        case FieldKind.CHOICE:
            return _choice(text, choices)
        case FieldKind.YES_NO:
            return _yes_no(text)


def value(kind: FieldKind, kept: str) -> str | Decimal | date | None:
    """What is kept as a number, an amount in whole units of its currency, a day, or words.

    None where the text is not of the form in which this kind is kept.
    """
    match kind:
        case FieldKind.NUMBER:
            return Decimal(kept) if _PLAIN_NUMBER.fullmatch(kept) else None
        case FieldKind.MONEY:
            found = amounts.amount(kept)
            return found[1] if found else None
        case FieldKind.DATE:
            return _kept_day(kept)
        case FieldKind.YES_NO:
            return show(kind, kept) if kept in (YES, NO) else None
        case _:
            return kept or None


def _kept_day(kept: str) -> date | None:
    try:
        return date.fromisoformat(kept)
    except ValueError:
        return None


def show(kind: FieldKind, kept: str) -> str:
    """What is kept, in the language in use."""
    match kind:
        case FieldKind.NUMBER:
            return amounts.show_number(kept)
        case FieldKind.MONEY:
            return amounts.show_money(kept)
        case FieldKind.YES_NO:
            return {YES: tr("Yes"), NO: tr("No")}.get(kept, kept)
        case _:
            return kept


def _day(text: str, today: date) -> str | Message:
    day = dates.parse(text, today) or dates.parse_relative(text, today)
    if day is not None:
        return day.isoformat()
    return dates.problem(text, today) or Message("This is no date. Write it like 2026-02-28.")


def _choice(text: str, choices: Sequence[str]) -> str | Message:
    if text in choices:
        return text
    wanted = fold(text)
    found = next((one for one in choices if fold(one) == wanted), None)
    return found or Message("Choose one of: {choices}.", params={"choices": tr(", ").join(choices)})


def _yes_no(text: str) -> str | Message:
    word = fold(text)
    if word in _YES_WORDS or word == fold(tr("Yes")):
        return YES
    if word in _NO_WORDS or word == fold(tr("No")):
        return NO
    return Message("Write yes or no.")
