"""The XML of an .ods workbook, taken in a piece at a time: rows come out, and nothing is kept.

Format: OpenDocument 1.3, part 3. A file of a few kilobytes may repeat a cell or a row a million
times, and its XML may say less than it unpacks to; therefore everything is counted.
"""

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Final, NamedTuple, TypeAlias
from xml.parsers import expat

from app.exchange.grids import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Range, duration, plain_number
from app.exchange.tables import Cell, CellError

Attributes: TypeAlias = dict[str, str]

MOST_RANGES: Final = 100_000  # merged ranges of a sheet
LONGEST: Final = 1_000_001  # characters kept of a cell: one more than a field holds
_BLOCK: Final = 50_000  # cells, after which rows are handed on
_SILENT: Final = 16 * 1024**2  # bytes of XML without an end to what they began

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE = f"{_NAMES}table:1.0 ", f"{_NAMES}office:1.0 "
_TEXT, _STYLE = f"{_NAMES}text:1.0 ", f"{_NAMES}style:1.0 "
_A_STYLE: Final = f"{_STYLE}style"
_TABLE_PROPERTIES: Final = f"{_STYLE}table-properties"
_A_TABLE: Final = f"{_TABLE}table"
_ROW: Final = f"{_TABLE}table-row"
_CELL: Final = f"{_TABLE}table-cell"
_COVERED: Final = f"{_TABLE}covered-table-cell"
_STYLE_NAME: Final = f"{_STYLE}name"
_DISPLAY: Final = f"{_TABLE}display"
_TABLE_NAME: Final = f"{_TABLE}name"
_TABLE_STYLE: Final = f"{_TABLE}style-name"
_ROWS_REPEATED: Final = f"{_TABLE}number-rows-repeated"
_COLUMNS_REPEATED: Final = f"{_TABLE}number-columns-repeated"
_ROWS_SPANNED: Final = f"{_TABLE}number-rows-spanned"
_COLUMNS_SPANNED: Final = f"{_TABLE}number-columns-spanned"
_PARAGRAPH: Final = f"{_TEXT}p"
_HEADING: Final = f"{_TEXT}h"
_SPACE: Final = f"{_TEXT}s"
_COUNT: Final = f"{_TEXT}c"
_TAB: Final = f"{_TEXT}tab"
_LINE_BREAK: Final = f"{_TEXT}line-break"
_FORMULA: Final = f"{_TABLE}formula"
_VALUE_TYPE: Final = f"{_OFFICE}value-type"
_STRING_VALUE: Final = f"{_OFFICE}string-value"
_KIND_TOO: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_SHOWN: Final = frozenset((_PARAGRAPH, _HEADING, _SPACE, _TAB, _LINE_BREAK))
_HIDDEN_TEXT: Final = frozenset((f"{_TEXT}ruby-text", f"{_TEXT}note"))
_OTHER_CELLS: Final = frozenset(
    f"{_TABLE}{name}"
    for name in ("tracked-changes", "dde-links", "shapes", "named-expressions", "database-ranges")
)
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_ERROR: Final = re.compile(r"#[A-Z0-9/]+[!?]?|Err:[0-9]{3}")
_TIME: Final = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_VALUES: Final = {  # where the value stands, by what it is
    "float": f"{_OFFICE}value",
    "percentage": f"{_OFFICE}value",
    "currency": f"{_OFFICE}value",
    "date": f"{_OFFICE}date-value",
    "time": f"{_OFFICE}time-value",
    "boolean": f"{_OFFICE}boolean-value",
}


class Broken(Exception):
    """The XML breaks off, is no XML, or has what a spreadsheet never has."""


class TooLarge(Exception):
    """The sheet's block of cells is beyond what is read."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.columns = columns
        self.rows = rows


class Line(NamedTuple):
    """A row that is not blank: its number from 1, its cells from A on, and how often it comes."""

    number: int
    cells: list[Cell]
    times: int


@dataclass(slots=True)
class Part:
    """A sheet, and how much of it was seen so far."""

    name: str
    hidden: bool
    width: int = 0
    height: int = 0
    ranges: list[Range] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    """Rows that nobody has taken yet."""


class Content:
    """Reads content.xml; `parts` are the sheets in it.

    `take` is called with a sheet whenever it has some rows; it empties its lines.
    """

    def __init__(self, take: Callable[[Part], None]) -> None:
        self.parts: list[Part] = []
        self._take = take
        self._held = 0  # cells that nobody has taken yet
        self._part: Part | None = None
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._skipped = 0  # how deep inside something that is passed over
        self._told = 0  # how often the parser has said something
        self._row = _RowBuilder()
        self._cell: _CellBuilder | None = None
        self._starts: dict[str, Callable[[Attributes], None]] = {
            _A_STYLE: self._start_style,
            _TABLE_PROPERTIES: self._table_properties,
            _A_TABLE: self._start_table,
            _ROW: self._start_row,
            _CELL: self._start_cell,
            _COVERED: self._covered,
        }
        self._ends: dict[str, Callable[[], None]] = {
            _A_TABLE: self._end_table,
            _ROW: self._end_row,
            _CELL: self._end_cell,
        }
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        # no spreadsheet program writes one; it is where entities that multiply are declared
        self._parser.StartDoctypeDeclHandler = _no_declarations

    def read(self, chunks: Iterable[bytes]) -> None:
        """Take in the XML, piece by piece.

        Raises:
            Broken: it cannot be read to its end.
            TooLarge: a sheet is beyond what is read.
        """
        silent = 0
        try:
            for chunk in chunks:
                told = self._told
                self._parser.Parse(chunk)
                silent = silent + len(chunk) if told == self._told else 0
                if silent > _SILENT:
                    raise Broken
            self._parser.ParseFile(io.BytesIO())
        except (expat.ExpatError, ValueError, OverflowError) as error:
            raise Broken from error

    # --- what the parser says

    def _start(self, name: str, attributes: Attributes) -> None:
        self._told += 1
        if self._skipped:
            self._skipped += 1
        elif self._cell is not None:
            if name in _SHOWN or (name.startswith(_TEXT) and name not in _HIDDEN_TEXT):
                self._cell.start(name, attributes)
            else:
                self._skipped = 1
        elif name in self._starts:
            self._starts[name](attributes)
        elif name in _OTHER_CELLS:
            self._skipped = 1

    def _end(self, name: str) -> None:
        self._told += 1
        if self._skipped:
            self._skipped -= 1
        elif name in self._ends:
            self._ends[name]()

    def _characters(self, text: str) -> None:
        self._told += 1
        if self._cell is not None and not self._skipped:
            self._cell.characters(text)

    # --- styles: whether a sheet is hidden

    def _start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get(_STYLE_NAME, "")

    def _table_properties(self, attributes: Attributes) -> None:
        if attributes.get(_DISPLAY) == "false":
            self._hidden_styles.add(self._style)

    # --- sheets, rows, cells

    def _start_table(self, attributes: Attributes) -> None:
        if self._part is not None:
            raise Broken
        name = attributes.get(_TABLE_NAME, "")
        style = attributes.get(_TABLE_STYLE, "")
        self._part = Part(name, style in self._hidden_styles)
        self._row = _RowBuilder()
        # copies of the sheets of other files, kept for formulas
        if style != "ta_extref":
            self.parts.append(self._part)

    def _end_table(self) -> None:
        if self._part is not None:
            self._give(self._part)
        self._part = None

    def _give(self, part: Part) -> None:
        if part.lines:
            self._take(part)
        self._held = 0

    def _start_row(self, attributes: Attributes) -> None:
        self._row.start(_times(attributes, _ROWS_REPEATED))

    def _end_row(self) -> None:
        part, row = self._part, self._row
        if part is None:
            return
        if row.cells:
            part.width = max(part.width, len(row.cells))
            part.height = row.number + row.times - 1
            if part.height > MOST_ROWS or part.width * part.height > MOST_CELLS:
                raise TooLarge(part.width, part.height)
            part.lines.append(Line(row.number, row.cells, row.times))
            self._held += len(row.cells)
            if self._held > _BLOCK:
                self._give(part)
        part.ranges += row.ranges
        if len(part.ranges) > MOST_RANGES:
            raise Broken
        row.end()

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell = _CellBuilder(attributes)

    def _covered(self, attributes: Attributes) -> None:
        # what lies under a merged cell is not seen
        self._row.add(None, _times(attributes, _COLUMNS_REPEATED))
        self._skipped = 1

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        attributes = cell.attributes
        if _ROWS_SPANNED in attributes or _COLUMNS_SPANNED in attributes:
            self._row.span(attributes)
        times = _times(attributes, _COLUMNS_REPEATED) if _COLUMNS_REPEATED in attributes else 1
        self._row.add(cell.value(), times)


class _RowBuilder:
    """The row that is being read."""

    def __init__(self) -> None:
        self.number = 1
        self.times = 1
        self.cells: list[Cell] = []
        self.ranges: list[Range] = []
        self._blank = 0

    def start(self, times: int) -> None:
        self.times = times
        self.cells, self.ranges, self._blank = [], [], 0

    def end(self) -> None:
        self.number += self.times
        self.times = 1

    def add(self, value: Cell, times: int) -> None:
        """Blank cells count only where something follows them: rows end in thousands of them."""
        if value is None or value == "":
            self._blank += times
        elif times == 1 and not self._blank and len(self.cells) < MOST_COLUMNS:
            self.cells.append(value)
        else:
            width = len(self.cells) + self._blank + times
            if width > MOST_COLUMNS:
                raise TooLarge(width, self.number)
            self.cells += [None] * self._blank + [value] * times
            self._blank = 0

    def span(self, attributes: Attributes) -> None:
        rows = _times(attributes, _ROWS_SPANNED)
        columns = _times(attributes, _COLUMNS_SPANNED)
        if rows > 1 or columns > 1:
            top, left = self.number - 1, len(self.cells) + self._blank
            bottom, right = min(top + rows, MOST_ROWS) - 1, min(left + columns, MOST_COLUMNS) - 1
            self.ranges.append(((top, left), (bottom, right)))


class _CellBuilder:
    """The cell that is being read: its attributes and the text that is shown."""

    __slots__ = ("_begins", "_length", "_paragraphs", "_text", "attributes")

    def __init__(self, attributes: Attributes) -> None:
        self.attributes = attributes
        self._text: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._begins = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name in (_PARAGRAPH, _HEADING):
            if self._paragraphs:
                self._add("\n")
            self._paragraphs += 1
            self._begins = True
        elif name == _SPACE:
            self._add(" " * min(_times(attributes, _COUNT), LONGEST))
        elif name == _TAB:
            self._add("\t")
        elif name == _LINE_BREAK:
            self._add("\n")

    def characters(self, text: str) -> None:
        if not self._paragraphs:
            return
        if "  " in text or not text.isprintable():
            text = _SPACES.sub(" ", text)
        self._add(text.lstrip(" ") if self._begins else text)

    def _add(self, text: str) -> None:
        self._begins = False
        room = LONGEST - self._length
        if room > 0:
            self._length += len(text)
            self._text.append(text[:room])

    def value(self) -> Cell:
        attributes, shown = self.attributes, "".join(self._text)
        if attributes.get(_KIND_TOO) == "error" or (
            _FORMULA in attributes and _ERROR.fullmatch(shown)
        ):
            return CellError(shown[:20])
        kind = attributes.get(_VALUE_TYPE, "")
        if kind == "string":
            return attributes.get(_STRING_VALUE, shown)[:LONGEST]
        said = attributes.get(_VALUES.get(kind, ""))
        found = None if said is None else _read(kind, said)
        return shown if found is None else found


def _read(kind: str, said: str) -> Cell:
    """The value that the file says; None where it makes no sense."""
    try:
        if kind == "date":
            return _day(said)
        if kind == "boolean":
            return said == "true"
        if kind == "time":
            return _span(said)
        value = float(said)
        return plain_number(value) if isfinite(value) else None
    except ValueError:
        return None


def _day(said: str) -> date:
    """A date, with its time where it has one that is not midnight."""
    if "T" not in said:
        return date.fromisoformat(said)
    moment = datetime.fromisoformat(said).replace(tzinfo=None)
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    return moment.date() if moment.time() == time() else moment


def _span(said: str) -> str | None:
    """A time of day as 09:30:00, a longer span as 255:10:10."""
    found = _TIME.fullmatch(said)
    if found is None:
        return None
    sign, *parts = found.groups("0")
    days, hours, minutes, seconds = (int(part[:9]) for part in parts)
    span = timedelta(days=min(days, 999_999), hours=hours, minutes=minutes, seconds=seconds)
    shown = duration(span)
    return f"-{shown}" if sign == "-" else shown.zfill(8)


def _times(attributes: Attributes, name: str) -> int:
    said = attributes.get(name)
    return 1 if said is None else max(1, int(said))


def _no_declarations(*_: object) -> None:
    raise Broken
