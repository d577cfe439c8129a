"""Readings of single values of a card: days, numbers, what is preferred and what it is for."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from app.domain import birthdays
from app.exchange import vcard_words as words
from app.exchange.joined import is_chinese
from app.exchange.vcard_lines import Property
from app.i18n import Message

_ASSISTANT: Final = frozenset({"ASSISTANT", "ASSISTANTPHONE"})
_NO_YEAR: Final = frozenset({"0000", "1604"})  # what Apple and others write for an unknown one
_DAY: Final = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ].*)?")
_YEARLESS: Final = re.compile(r"--([0-9]{2})-?([0-9]{2})(?:T.*)?")
_LAST: Final = 101  # in order of preference: behind every number that may be given


@dataclass(slots=True)
class CardText:
    """A card as texts, by the names of the table's columns; lists in order of preference.

    Attributes:
        problem: why it cannot be imported as it stands.
        damaged: the first property of which some characters could not be read.
        members: the cards that a group is made of; None for a card that is no group.
    """

    uid: str = ""
    name: str = ""
    other_names: list[str] = field(default_factory=list)
    company: str = ""
    contact: str = ""
    position: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    wechats: list[str] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    address: str = ""
    birthday: str = ""
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: bool = False
    problem: Message | None = None
    damaged: str = ""
    members: list[str] | None = None


def birthday(text: str) -> str:
    """A birthday as a card writes it, in a form that is read everywhere; "" for none.

    19800315, 1980-03-15T00:00:00Z and --0315 are days; a year or a month alone is none.
    """
    if found := _YEARLESS.fullmatch(text):
        text = f"--{found[1]}-{found[2]}"
    elif found := _DAY.fullmatch(text):
        year = "-" if found[1] in _NO_YEAR else found[1]
        text = f"{year}-{found[2]}-{found[3]}"
    read = birthdays.parse(text, "auto")
    return birthdays.store(read) if read is not None else ""


def types_of(one: Property) -> set[str]:
    """HOME, WORK, CELL …; 4.0 puts several into one pair of quotation marks."""
    return {part.strip().upper() for part in one.params.get("TYPE", ())}


def preference(one: Property) -> int:
    """1 to 100 for what is preferred, the most wanted first, as 4.0 counts it."""
    said = one.params.get("PREF", ("",))[0]
    if said.isdecimal():
        return int(said)
    return 1 if "PREF" in types_of(one) else _LAST


def unanswered(types: set[str], label: str) -> Message | str | None:
    """What to call a number at which this person does not answer; None for a phone."""
    said = types | {words.plain_label(label).upper()}
    if said & _ASSISTANT:
        return words.title(next(iter(said & _ASSISTANT)))
    if types & {"VOICE", "CELL"}:
        return None
    if any(one.endswith("FAX") for one in said):
        return words.FAX
    return words.PAGER if "PAGER" in said else None


def number(text: str) -> str:
    """tel:+1-418-656-9254;ext=102 → +1-418-656-9254 ext. 102."""
    if text[:4].lower() != "tel:":
        return text
    number, *params = unquote(text[4:]).split(";")
    for one in params:
        name, _, value = one.partition("=")
        if name.lower() == "ext" and value:
            return f"{number} ext. {value}"
    return number


def joined_street(box: str, further: str, street: str) -> str:
    between = "" if is_chinese((box, further, street)) else ", "
    return between.join(filter(None, (street, further, box) if between else (box, street, further)))


def plain_uid(text: str) -> str:
    return text.strip().lower().removeprefix("urn:uuid:")


def distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
