"""Customers as .vcf: vCard 3.0 (RFC 2426), which Android, iPhone and Outlook all read.

What each of them needs beyond the standard: Outlook takes text for the system's own encoding unless
a line says CHARSET, and drops telephones and web addresses without a TYPE; the iPhone shows a card
as a company only if told so; neither knows WeChat, so its id stands in an IMPP line for Apple's
address book and in an X- line for those that keep what they do not know.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from app.exchange.content_lines import folded
from app.exchange.looks import is_mobile
from app.exchange.vcard_values import CONTROLS, escaped
from app.exchange.writing import Written, replacing

_NAMELESS: Final = "?"  # as FN may not be empty
_SPECIAL: Final = re.compile(r"[\\,;]")
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Card:
    """One person or company for an address book.

    `name` is the whole name as it is shown; `family` and `given` its parts where they are known.
    `address` is one line or several, as it is written on a letter. `birthday` is a day of the solar
    calendar as 2026-11-22, or None. `wechat` is an id, not a name.
    """

    name: str
    family: str = ""
    given: str = ""
    organisation: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    note: str = ""
    birthday: str | None = None
    url: str = ""
    wechat: str = ""


def write_vcards(path: Path, cards: Iterable[Card]) -> Written:
    """Write the cards one after the other into one file; `rows` of the answer counts them.

    Control characters are dropped, a lone surrogate becomes a question mark. A birthday that is no
    ISO date is left out. Phones and Apple read every card of a file, Outlook for Windows the first
    one only: for it, write a file a card.

    Raises:
        Unavailable: the file cannot be written; a file of that name is as it was.
    """
    number = 0
    with replacing(path) as stream:
        for number, card in enumerate(cards, start=1):  # noqa: B007 the last one is the count
            for line in _lines(card):
                stream.write(folded(line))
    return Written(number)


def _lines(card: Card) -> Iterator[str]:
    """The card's lines, unfolded and without their ends."""
    shown = _shown(card)
    family, given = (card.family, card.given) if card.family or card.given else (shown, "")
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield _line("N", f"{escaped(family)};{escaped(given)};;;")
    yield _line("FN", escaped(shown))
    if card.organisation.strip():
        yield _line("ORG", escaped(card.organisation))
        if card.organisation.strip() == shown:
            yield "X-ABShowAs:COMPANY"
    if card.title.strip():
        yield _line("TITLE", escaped(card.title))
    for phone in _given(card.phones):
        yield _line(f"TEL;TYPE={'CELL' if is_mobile(phone) else 'WORK'},VOICE", escaped(phone))
    for email in _given(card.emails):
        yield _line("EMAIL;TYPE=INTERNET", escaped(email))
    yield from _further_lines(card)
    yield "END:VCARD"


def _further_lines(card: Card) -> Iterator[str]:
    if card.address.strip():
        yield _line("ADR;TYPE=WORK", f";;{escaped(card.address)};;;;")
    if card.birthday is not None and _ISO_DAY.fullmatch(card.birthday):
        yield f"BDAY:{card.birthday}"
    if card.url.strip():
        # Some readers undo the escapes of text in it and some do not; %2C means the same to both.
        address = "".join(CONTROLS.sub("", card.url).split())
        yield _line("URL;TYPE=WORK", _SPECIAL.sub(lambda sign: quote(sign[0]), address))
    if card.wechat.strip():
        wechat = card.wechat.strip()
        quoted = quote(wechat, safe="", errors="replace")
        yield f"IMPP;X-SERVICE-TYPE=WeChat;TYPE=HOME:x-apple:{quoted}"
        yield _line("X-WECHAT", escaped(wechat))
    if card.note.strip():
        yield _line("NOTE", escaped(card.note))


def _shown(card: Card) -> str:
    """What stands at the top of the card: something always does."""
    choices = (card.name, card.organisation, *card.phones, *card.emails, card.wechat)
    return next((choice.strip() for choice in choices if escaped(choice)), _NAMELESS)


def _given(values: Iterable[str]) -> list[str]:
    """Without blanks and doubles, in the same order."""
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def _line(name: str, value: str) -> str:
    return f"{name}:{value}" if value.isascii() else f"{name};CHARSET=UTF-8:{value}"
