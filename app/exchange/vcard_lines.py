"""Cards as they stand in a .vcf: unfolded properties, one card in memory at a time.

Every version folds in its own way: 2.1 keeps the space that begins a continuation, 3.0 and 4.0 do
not, quoted-printable goes on after an equals sign. Programs add their own: photos without
indentation, notes with bare line breaks, cards that never end. Pictures are passed over as they
come; of a text, no more is kept than LONGEST.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.exchange.content_lines import chunks, physical
from app.exchange.files import reading

LONGEST: Final = 4_000_000  # bytes of a property as written: of a text field in its longest form
MOST_PROPERTIES: Final = 5_000  # of a card

_BEGIN: Final = b"BEGIN:VCARD"
_END: Final = b"END:VCARD"
_NAME: Final = rb"([A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)?)"
_HEAD: Final = re.compile(_NAME + rb'((?:;(?:[^":;]|"[^"]*")*)*):')
_ODD_HEAD: Final = re.compile(_NAME + rb"(;[^:]*)?:")  # with a quotation mark that is not closed
_BINARY: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_ENCODINGS: Final = {
    "QUOTED-PRINTABLE": "QUOTED-PRINTABLE",
    "BASE64": "BASE64",
    "B": "BASE64",
    "8BIT": "8BIT",
    "7BIT": "7BIT",
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card.

    Attributes:
        name: in capitals, without the group.
        group: what ties it to others of the same card, in capitals; "" for nothing.
        params: values by name in capitals; values without a name, as 2.1 has them, are types.
        value: unfolded, and else as it stands in the file; nothing of a picture.
        cut: whether it is longer than LONGEST, and `value` only its beginning.
    """

    name: str
    group: str
    params: Mapping[str, tuple[str, ...]]
    value: bytes
    cut: bool = False

    @property
    def encoding(self) -> str:
        """QUOTED-PRINTABLE, BASE64 or ""."""
        return self.params.get("ENCODING", ("",))[0]

    @property
    def is_binary(self) -> bool:
        """Whether it is a picture, a sound or a key."""
        return _is_binary(self.name, self.encoding)


@dataclass(slots=True)
class RawCard:
    """A card of a file; `number` counts from 1, `ended` says whether its END was there.

    `agents` are the cards that stand inside this one.
    """

    number: int
    version: str = ""
    properties: list[Property] = field(default_factory=list)
    agents: list["RawCard"] = field(default_factory=list)
    ended: bool = False


def read_cards(path: Path, encoding: str) -> Iterator[RawCard]:
    """The cards of a file; `encoding` matters to how lines are found only if it is UTF-16.

    Raises:
        Refused: the file cannot be read.
    """
    with reading(path) as stream:
        yield from _cards(physical(chunks(stream, encoding), LONGEST))


def cards_of(data: bytes) -> Iterator[RawCard]:
    """The cards of a text that is in memory."""
    return _cards(physical([data], LONGEST))


class _Open:
    """A property that may go on in the next line."""

    def __init__(self, found: re.Match[bytes], line: bytes) -> None:
        group, _, name = found[1].decode("ascii").upper().rpartition(".")
        self.name = name
        self._group = group
        self._params = _params(found[2] or b"")
        self._encoding = self._params.get("ENCODING", ("",))[0]
        self._binary = _is_binary(self.name, self._encoding)
        self._parts: list[bytes] = []
        self._size = 0
        self._add(line[found.end() :])

    @property
    def is_soft(self) -> bool:
        """Whether it ends in the equals sign with which quoted-printable goes on."""
        quoted = self._encoding == "QUOTED-PRINTABLE"
        return quoted and bool(self._parts) and self._parts[-1].rstrip(b" \t").endswith(b"=")

    def go_on(self, line: bytes) -> None:
        """The next line of quoted-printable; indented only by those who write no bare spaces."""
        last = self._parts[-1].rstrip(b" \t")
        if line[:1] in (b" ", b"\t") and not any(b" " in part for part in self._parts):
            line = line.lstrip(b" \t")
        self._parts[-1] = last[:-1]
        self._add(line)

    def fold(self, line: bytes, version: str) -> None:
        """A continuation that begins with a space."""
        self._add(line if version == "2.1" else line[1:])

    def bare(self, line: bytes) -> None:
        """A line that is no property: a line break that was not written as such."""
        self._add(line if self._encoding == "BASE64" else b"\n" + line)

    def _add(self, line: bytes) -> None:
        if self._binary:
            return
        if self._size <= LONGEST:
            self._parts.append(line)
        self._size += len(line)

    def closed(self) -> Property:
        value = b"".join(self._parts)
        if self.is_soft:
            value = value.rstrip(b" \t")[:-1]
        cut = self._size > LONGEST
        return Property(self.name, self._group, self._params, value[:LONGEST], cut)


class _Builder:
    """Puts lines together into cards."""

    def __init__(self) -> None:
        self._open: _Open | None = None
        self._stack: list[RawCard] = []
        self._count = 0

    def line(self, line: bytes) -> Iterator[RawCard]:
        """Take a line; gives the cards that it ends."""
        bare = line.strip()
        mark = bare[: len(_BEGIN)].upper() if len(bare) <= len(_BEGIN) else b""
        if mark == _BEGIN:
            yield from self._begin()
        elif mark == _END:
            yield from self._end()
        elif self._stack:
            self._inside(line, bare)

    def rest(self) -> Iterator[RawCard]:
        """The card that the file breaks off in."""
        yield from self._dropped()

    def _begin(self) -> Iterator[RawCard]:
        nested = self._open is not None and self._open.name == "AGENT"
        self._close()
        if not nested:
            yield from self._dropped()
            self._count += 1
        self._stack.append(RawCard(self._count))

    def _end(self) -> Iterator[RawCard]:
        self._close()
        if not self._stack:
            return
        card = self._stack.pop()
        card.ended = True
        if self._stack:
            self._stack[-1].agents.append(card)
        else:
            yield card

    def _dropped(self) -> Iterator[RawCard]:
        """The card that never ended, if there is one; what stands inside it goes with it."""
        self._close()
        if self._stack:
            yield self._stack[0]
            self._stack.clear()

    def _inside(self, line: bytes, bare: bytes) -> None:
        card, going = self._stack[-1], self._open
        if going is not None and going.is_soft:
            if bare:
                going.go_on(line)
            else:
                self._close()
        elif line[:1] in (b" ", b"\t"):
            if going is not None:
                going.fold(line, card.version)
        elif bare:
            self._property(line)

    def _property(self, line: bytes) -> None:
        found = _HEAD.match(line) or _ODD_HEAD.match(line)
        if found is not None:
            self._close()
            self._open = _Open(found, line)
        elif self._open is not None:
            self._open.bare(line)

    def _close(self) -> None:
        if self._open is None:
            return
        made, card = self._open.closed(), self._stack[-1]
        self._open = None
        if made.name == "VERSION":
            card.version = made.value.strip().decode("ascii", "replace")
        elif len(card.properties) < MOST_PROPERTIES:
            card.properties.append(made)


def _cards(lines: Iterable[bytes]) -> Iterator[RawCard]:
    builder = _Builder()
    for line in lines:
        yield from builder.line(line)
    yield from builder.rest()


@lru_cache(maxsize=1024)
def _params(text: bytes) -> Mapping[str, tuple[str, ...]]:
    """;TYPE=work,cell;PREF=1;HOME → TYPE: work, cell, HOME and PREF: 1."""
    found: dict[str, tuple[str, ...]] = {}
    for part in re.findall(r';((?:[^";]|"[^"]*"?)*)', text.decode("utf-8", "replace")):
        name, equals, value = part.partition("=")
        if not equals:
            name, value = ("ENCODING" if name.upper() in _ENCODINGS else "TYPE"), name
        name = name.strip().upper()
        values = [one for one in re.split("[,]", value.replace('"', "").strip()) if one]
        if name == "ENCODING":
            values = [_ENCODINGS.get(one.upper(), "") for one in values]
        found[name] = (*found.get(name, ()), *values)
    return MappingProxyType({name: values for name, values in found.items() if values})


@lru_cache(maxsize=1024)
def _is_binary(name: str, encoding: str) -> bool:
    return name in _BINARY or (name.startswith("X-") and encoding == "BASE64")
