"""How a card says that somebody is reached: numbers, addresses, messengers, in order of wish."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from app.domain import emails
from app.exchange import vcard_words as words
from app.exchange.joined import full_address
from app.exchange.vcard_lines import Property
from app.exchange.vcard_parts import (
    CardText,
    distinct,
    joined_street,
    number,
    preference,
    types_of,
    unanswered,
)
from app.exchange.vcard_values import split, unescaped
from app.i18n import Message

Rank = tuple[int, bool]

_WECHAT: Final = frozenset({"WECHAT", "WEIXIN", "微信"})
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?://)?")


class Labels:
    """What a card calls its properties, by their group."""

    def __init__(self) -> None:
        self._by_group: dict[str, str] = {}

    def add(self, group: str, label: str) -> None:
        """Take the label of a group."""
        self._by_group[group] = label

    def raw(self, one: Property) -> str:
        """As it is written, "" without one."""
        return self._by_group.get(one.group, "")

    def of(self, one: Property) -> str:
        """In words, "" without one."""
        label = self.raw(one)
        return words.label_words(label) if label else ""


class Ways:
    """Gathers them for one card.

    Args:
        made: where they go.
        labels: what the card calls them.
        line: keeps what has no place as a line of the notes, under a title.
    """

    def __init__(
        self, made: CardText, labels: Labels, line: Callable[[Message | str, str], None]
    ) -> None:
        self._made = made
        self._labels = labels
        self._line = line
        self._phones: list[tuple[Rank, str]] = []
        self._emails: list[tuple[Rank, str]] = []
        self._addresses: list[tuple[Rank, str, Message | str]] = []

    def phone(self, one: Property, text: str) -> None:
        dialled = number(unescaped(text).strip())
        types = types_of(one)
        label = self._labels.raw(one)
        title = unanswered(types, label)
        if title is not None:
            self._line(title, dialled)
            return
        rank = preference(one), not types & {"CELL", "IPHONE", "MOBILE"}
        self._phones.append((rank, dialled))
        if words.is_own_label(label):
            self._line(label.strip(), dialled)

    def email(self, one: Property, text: str) -> None:
        address = unescaped(text).strip()
        if address[:7].lower() == "mailto:":
            address = unquote(address[7:])
        label = self._labels.raw(one)
        if emails.problem(address) is not None:
            self._line(self._labels.of(one) or words.EMAIL, address)
            return
        self._emails.append(((preference(one), False), address))
        if words.is_own_label(label):
            self._line(label.strip(), address)

    def messenger(self, one: Property, text: str) -> None:
        """IMPP, in every way it is written: aim:x, x-apple:x with the service beside it."""
        service = (one.params.get("X-SERVICE-TYPE") or one.params.get("X-SERVICE") or ("",))[0]
        value = unescaped(text).strip()
        scheme = _SCHEME.match(value)
        if scheme is not None:
            value = unquote(value[scheme.end() :])
            service = service or scheme[0].rstrip(":/").upper()
        if service.upper() in _WECHAT or (scheme is not None and scheme[0].lower() == "weixin:"):
            self._made.wechats.append(value)
            return
        self._line(words.title(f"X-{service}") if _known(service) else service or "IM", value)

    def wechat(self, _one: Property, text: str) -> None:
        self._made.wechats.append(unescaped(text).strip())

    def profile(self, one: Property, text: str) -> None:
        kind = (one.params.get("TYPE") or ("",))[0]
        user = (one.params.get("X-USER") or ("",))[0]
        if kind.upper() in _WECHAT:
            self._made.wechats.append(user or _SCHEME.sub("", unescaped(text).strip()))
            return
        self._line(kind or words.title(one.name), unescaped(text))

    def website(self, _one: Property, text: str) -> None:
        self._made.websites.append(unescaped(text).strip())

    def address(self, one: Property, text: str) -> None:
        parts = [*split(text, ";"), *[""] * 7][:7]
        box, further, street, city, state, postcode, country = (
            ", ".join(filter(None, (line.strip(" ,") for line in part.splitlines())))
            for part in parts
        )
        street = joined_street(box, further, street)
        places = {
            "country": country,
            "state": state,
            "city": city,
            "street": street,
            "postcode": postcode,
        }
        whole = full_address({part: value for part, value in places.items() if value})
        if not whole:
            whole = unescaped((one.params.get("LABEL") or ("",))[0]).strip()
        self._place(one, whole)

    def address_label(self, one: Property, text: str) -> None:
        """An address as it is written on letters: only if it stands nowhere else."""
        lines = [line.strip(" ,") for line in unescaped(text).splitlines()]
        if not self._addresses:
            self._place(one, ", ".join(filter(None, lines)))

    def _place(self, one: Property, whole: str) -> None:
        types = types_of(one)
        home = types & {"HOME"} and words.HOME_ADDRESS
        work = types & {"WORK"} and words.WORK_ADDRESS
        title = self._labels.of(one) or work or home or words.OTHER_ADDRESS
        if whole:
            self._addresses.append(((preference(one), not work), whole, title))

    def finish(self) -> None:
        """Phones and the like, the wanted ones first."""
        made = self._made
        made.phones = _ranked(self._phones)
        made.emails = _ranked(self._emails)
        made.wechats = distinct(made.wechats)
        made.websites = distinct(made.websites)
        made.tags = distinct(made.tags)
        places = sorted(self._addresses, key=lambda one: one[0])
        if places:
            made.address = places[0][1]
        for _, whole, title in places[1:]:
            if whole != made.address:
                self._line(title, whole)


def _known(service: str) -> bool:
    return bool(service) and words.title(f"X-{service.upper()}") != f"X-{service.upper()}"


def _ranked(found: list[tuple[tuple[int, bool], str]]) -> list[str]:
    return distinct([value for _, value in sorted(found, key=lambda one: one[0])])
