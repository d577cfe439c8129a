"""Reader of .vcf: address books of phones and programs as a table, a card in memory at a time.

vCard 2.1, 3.0 and 4.0 as Android, iPhone, Outlook, Google and others write them. The columns are
those that the cards of the file fill; `Row.number` counts cards. A card that breaks off or holds
what cannot be read is a row with a problem, the others are sound. Groups of cards are no rows:
they become tags of their members.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.encodings import UTF_8, UTF_16_BE, UTF_16_LE, look_through, of_bytes, wanted_codec
from app.exchange.files import reading
from app.exchange.garbled import garbled
from app.exchange.tables import NO_HEADER, Row, Table
from app.exchange.vcard_card import read_card
from app.exchange.vcard_lines import read_cards
from app.exchange.vcard_parts import CardText
from app.exchange.vcard_values import Decoder, raw_bytes
from app.i18n import Message

ENDINGS: Final = frozenset({".vcf", ".vcard"})
_SAMPLE: Final = 1 << 18
_LINES: Final = "\n"
_WIDE: Final = (UTF_16_LE, UTF_16_BE)

_Value = Callable[[CardText], str]
_COLUMNS: Final[tuple[tuple[Message, _Value], ...]] = (
    (Message("Full name"), lambda card: card.name),
    (Message("Company"), lambda card: card.company),
    (Message("Contact"), lambda card: card.contact),
    (Message("Position"), lambda card: card.position),
    (Message("Phone"), lambda card: _place(card.phones, 0)),
    (Message("Second phone"), lambda card: _place(card.phones, 1)),
    (Message("Third phone"), lambda card: _LINES.join(card.phones[2:])),
    (Message("E-mail"), lambda card: _place(card.emails, 0)),
    (Message("Second e-mail"), lambda card: _LINES.join(card.emails[1:])),
    (Message("WeChat"), lambda card: _LINES.join(card.wechats)),
    (Message("Website"), lambda card: _LINES.join(card.websites)),
    (Message("Address"), lambda card: card.address),
    (Message("Birthday"), lambda card: card.birthday),
    (Message("Other names"), lambda card: _LINES.join(card.other_names)),
    (Message("Tags"), lambda card: _LINES.join(card.tags)),
    (Message("Notes"), lambda card: _LINES.join(card.notes)),
)
"""Titles by which `mapping` knows the fields, in every language, and where their values are."""


def is_vcard(path: Path, head: bytes) -> bool:
    """Whether a file is read as cards: by its first line, else by its name."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:11].upper() == b"BEGIN:VCARD" or path.suffix.lower() in ENDINGS


def read_vcards(path: Path, *, encoding: str | None = None) -> Table:
    """The cards of a .vcf file as a table without a header row.

    Args:
        path: the file.
        encoding: of what names none itself; found out if None.

    Raises:
        Refused: the file cannot be read, or there is no card in it.
    """
    plain = wanted_codec(path, encoding) or _plain_encoding(path)
    own = UTF_8 if plain in _WIDE else plain  # the lines of UTF-16 come as UTF-8
    hidden = own if encoding is not None else _hidden_encoding(path, plain, own)
    decoder = Decoder(own, hidden)
    seen = _survey(path, plain, decoder)
    if not seen.cards:
        params = {"file": path.name}
        message = Message(
            "“{file}” has no contacts in it: no card begins with BEGIN:VCARD. Export the contacts "
            "again and import that file.",
            params=params,
        )
        raise Refused(message)
    places = tuple(sorted(seen.filled)) or (0,)
    return Table(
        path=path,
        sheet=None,
        sheets=(),
        encoding=hidden if plain == UTF_8 else plain,
        header_row=NO_HEADER,
        columns=tuple(str(_COLUMNS[place][0]) for place in places),
        rows=_Rows(path, plain, decoder, places, seen.groups),
        expected_rows=seen.cards,
        warnings=seen.warnings(),
        cards=True,
    )


@dataclass(slots=True)
class _Seen:
    """What a look through the whole file found."""

    cards: int = 0
    filled: set[int] = field(default_factory=set)
    groups: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pictures: int = 0
    notes: list[Message] = field(default_factory=list)

    def add(self, number: int, card: CardText) -> None:
        if card.members is not None:
            for member in card.members:
                self.groups[member].append(card.name or card.company)
            return
        self.cards += 1
        self.pictures += card.pictures
        for place, (_, value) in enumerate(_COLUMNS):
            if place not in self.filled and value(card):
                self.filled.add(place)
        self._look(number, card)

    def _look(self, number: int, card: CardText) -> None:
        """Notice the first place that reads badly."""
        if self.notes:
            return
        found = garbled(" ".join((card.name, card.company, card.contact, card.address)))
        if card.damaged and card.problem is None:
            params = {"number": number, "property": card.damaged}
            message = Message(
                "Card {number}: some of “{property}” could not be read and is imported as �.",
                params=params,
            )
            self.notes.append(message)
        elif found is not None:
            params = {"number": number, "text": found}
            message = Message(
                "Card {number}: “{text}” looks garbled. Try another encoding; if none reads well, "
                "it is imported as it stands.",
                params=params,
            )
            self.notes.append(message)

    def warnings(self) -> tuple[Message, ...]:
        found = list(self.notes)
        if self.pictures:
            found.append(
                Message(
                    "The picture of {count} card is left out.",
                    "The pictures of {count} cards are left out.",
                    {"count": self.pictures},
                )
            )
        return tuple(found)


def _survey(path: Path, encoding: str, decoder: Decoder) -> _Seen:
    """Which columns the cards fill, and what else must be known before the first row."""
    seen = _Seen()
    for raw in read_cards(path, encoding):
        seen.add(raw.number, read_card(raw, decoder))
    if seen.groups:
        seen.filled.add(_TAGS)
    return seen


class _Rows:
    """The cards as rows, read anew each time."""

    def __init__(
        self,
        path: Path,
        encoding: str,
        decoder: Decoder,
        places: tuple[int, ...],
        groups: Mapping[str, list[str]],
    ) -> None:
        self._path = path
        self._encoding = encoding
        self._decoder = decoder
        self._values = [_COLUMNS[place][1] for place in places]
        self._groups = groups

    def __iter__(self) -> Iterator[Row]:
        for raw in read_cards(self._path, self._encoding):
            card = read_card(raw, self._decoder)
            if card.members is not None:
                continue
            if card.uid in self._groups:
                card.tags = list(dict.fromkeys([*card.tags, *self._groups[card.uid]]))
            cells = tuple([value(card) or None for value in self._values])
            yield Row(raw.number, cells, card.problem)


def _place(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else ""


def _plain_encoding(path: Path) -> str:
    """The encoding of the file's own bytes; NUL bytes in a damaged file do not make it UTF-16."""
    found = look_through(path).encoding
    if found in _WIDE:
        with reading(path) as stream:
            head = stream.read(_SAMPLE)
        if b"BEGIN:VCARD" in head.upper():
            return of_bytes(head.replace(b"\0", b""))
    return found


def _hidden_encoding(path: Path, plain: str, own: str) -> str:
    """The encoding of quoted-printable that names none: all of it is looked at together."""
    sample = bytearray()
    for raw in read_cards(path, plain) if _may_be_hidden(path, plain) else ():
        for one in raw.properties:
            if one.encoding and not one.is_binary and "CHARSET" not in one.params:
                data = raw_bytes(one)
                sample += b"" if data.isascii() else data + b"\n"
        if len(sample) > _SAMPLE:
            break
    return of_bytes(bytes(sample)) if sample else own


def _may_be_hidden(path: Path, plain: str) -> bool:
    """Whether the file may hold quoted-printable at all: most do not."""
    if plain in _WIDE:
        return True
    end = b""
    with reading(path) as stream:
        while chunk := stream.read(_SAMPLE):
            if b"ENCODING" in (end + chunk).upper() or b"PRINTABLE" in (end + chunk).upper():
                return True
            end = chunk[-16:]
    return False


_TAGS: Final = next(place for place, (title, _) in enumerate(_COLUMNS) if title.msgid == "Tags")
