"""Reader of .xls workbooks, of Excel 97 to 2003 and of Excel 5 and 95.

Written in Python alone, and on purpose: a damaged file can make it stop, never end the process. A
sheet is gone through once to find its cells; they are then read row by row from the file's bytes.
"""

import struct
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from typing_extensions import override

from app.errors import Refused
from app.exchange.grids import Grid, Range
from app.exchange.tables import Cell, CellError, Sheet
from app.exchange.xls_formats import Meaning, meaning, shown
from app.exchange.xls_stream import (
    FAULTS,
    HEAD,
    Cursor,
    NoWorkbook,
    encoding_of,
    shared_strings,
    workbook_stream,
)
from app.exchange.zip_package import damaged, protected
from app.i18n import Message

MOST_BYTES: Final = 256 * 1024**2

_BOF, _EOF, _FILEPASS, _CODEPAGE, _DATEMODE, _SHEET = 0x0809, 0x0A, 0x2F, 0x42, 0x22, 0x85
_FORMAT, _XF, _SST, _DIMENSIONS, _MERGED = 0x041E, 0xE0, 0xFC, 0x0200, 0xE5
_SHARED, _TEXT, _RICH, _FIGURE, _RK, _RKS = 0xFD, 0x0204, 0xD6, 0x0203, 0x027E, 0xBD
_TRUTH, _FORMULA, _FORMULA_TEXT = 0x0205, 0x06, 0x0207
_BETWEEN: Final = (0x04BC, 0x0221, 0x0236)  # may stand between a formula and its text
_CELLS: Final = frozenset((_SHARED, _TEXT, _RICH, _FIGURE, _RK, _RKS, _TRUTH, _FORMULA))
_EXCEL_97: Final = 0x0600
_WORKSHEET: Final = 0
_MOST_ROWS: Final = 65_536
_MOST_COLUMNS: Final = 256
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

_ROW_COLUMN: Final = struct.Struct("<HH")
_WORD: Final = struct.Struct("<H")
_LONG: Final = struct.Struct("<I")
_SIGNED: Final = struct.Struct("<i")
_DOUBLE: Final = struct.Struct("<d")
_BOUNDS: Final = struct.Struct("<HHHH")
_OFFSETS: Final = (1 << 32) - 1


class _Protected(Exception):
    """It is encrypted."""


class _Part(NamedTuple):
    """A sheet: where its records begin."""

    start: int
    hidden: bool


@dataclass(slots=True)
class _Globals:
    """What holds for all sheets; `version` is that of the file's records."""

    version: int
    encoding: str = "cp1252"
    from_1904: bool = False
    formats: dict[int, str] = field(default_factory=dict)
    cell_formats: list[int] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    parts: dict[str, _Part] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)


class XlsBook:
    """An opened .xls: which sheets it has, visible ones first.

    Raises:
        Refused: it is damaged, encrypted, too large, older than Excel 5, or no workbook.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        if len(content) > MOST_BYTES:
            params = {"file": path.name}
            raise Refused(
                Message(
                    "“{file}” is too large for this old format. Open it in your spreadsheet "
                    "program, save it as .xlsx, and import that.",
                    params=params,
                )
            )
        try:
            self._stream = workbook_stream(content)
            self._globals = _read_globals(self._stream)
            sizes = {
                name: _rows_said(self._stream, part) for name, part in self._globals.parts.items()
            }
        except NoWorkbook as error:
            raise Refused(_no_workbook(path)) from error
        except _Protected as error:
            raise Refused(protected(path)) from error
        except FAULTS as error:
            raise Refused(damaged(path)) from error
        listed = [
            Sheet(name, sizes[name], part.hidden) for name, part in self._globals.parts.items()
        ]
        self.sheets = tuple(sorted(listed, key=lambda one: one.hidden))

    def grid(self, name: str) -> Grid | None:
        """The sheet's cells, or None where it has none."""
        try:
            found = _Scan(self._stream, self._globals.parts[name].start)
        except FAULTS as error:
            raise Refused(damaged(self._path)) from error
        if not found.cells:
            return None
        return _XlsGrid(self._path, name, self._stream, self._globals, found)


class _Scan:
    """Where a sheet's cells lie: row << 32 | offset of the record, in the order of rows."""

    def __init__(self, stream: bytes, start: int) -> None:
        self.cells = array("Q")
        self.ranges: list[Range] = []
        self.width = 0
        ascending, last = True, 0
        for record, kind, size in _records(stream, start):
            if kind in _CELLS:
                row, column = _ROW_COLUMN.unpack_from(stream, record + HEAD.size)
                ascending = ascending and row >= last
                last = row
                self.cells.append(row << 32 | record)
                if kind == _RKS:
                    column += (size - 6) // 6 - 1
                if column >= self.width:
                    self.width = column + 1
                    if self.width > _MOST_COLUMNS:
                        raise ValueError("a column that there is not")
            elif kind == _MERGED:
                self.ranges += _merged(stream, record + HEAD.size, size)
        if not ascending:
            # by row, and in a row as they come: of two for one place the later one holds
            self.cells = array("Q", np.sort(np.frombuffer(self.cells, np.uint64)).tobytes())
        self.height = (self.cells[-1] >> 32) + 1 if self.cells else 0


class _XlsGrid(Grid):
    """Reads cells where the scan has found them."""

    def __init__(self, path: Path, name: str, stream: bytes, over: _Globals, found: _Scan) -> None:
        super().__init__(name, found.width, found.height, found.ranges)
        self._path = path
        self._stream = stream
        self._globals = over
        self._cells = found.cells
        self._readers: dict[int, Callable[[int], Cell]] = {
            _SHARED: self._shared,
            _TEXT: self._text,
            _RICH: self._text,
            _FIGURE: self._figure,
            _RK: self._small,
            _TRUTH: self._truth,
            _FORMULA: self._formula,
        }

    @override
    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        found, at = self._cells, 0
        for row in range(self.height):
            cells: list[Cell] = [None] * self.width
            try:
                while at < len(found) and found[at] >> 32 == row:
                    self._put(cells, found[at] & _OFFSETS)
                    at += 1
            except FAULTS as error:
                raise Refused(damaged(self._path)) from error
            yield row + 1, cells

    def _put(self, cells: list[Cell], record: int) -> None:
        kind, size = HEAD.unpack_from(self._stream, record)
        column = _WORD.unpack_from(self._stream, record + 6)[0]
        if kind != _RKS:
            cells[column] = self._readers[kind](record)
            return
        for place in range(record + 8, record + 2 + size, 6):
            cells[column] = self._meant(_rk(self._stream, place + 2), place)
            column += 1

    def _meant(self, value: float, place: int) -> Cell:
        """The figure in the format whose number stands at the place."""
        (index,) = _WORD.unpack_from(self._stream, place)
        meanings = self._globals.meanings
        of = meanings[index] if index < len(meanings) else Meaning.FIGURE
        return shown(value, of, from_1904=self._globals.from_1904)

    def _figure(self, record: int) -> Cell:
        return self._meant(_DOUBLE.unpack_from(self._stream, record + 10)[0], record + 8)

    def _small(self, record: int) -> Cell:
        return self._meant(_rk(self._stream, record + 10), record + 8)

    def _shared(self, record: int) -> Cell:
        return self._globals.strings[_LONG.unpack_from(self._stream, record + 10)[0]] or None

    def _text(self, record: int) -> Cell:
        cursor = Cursor(self._stream, record)
        cursor.skip(6)
        return _text(cursor, self._globals, 2) or None

    def _truth(self, record: int) -> Cell:
        value, is_error = self._stream[record + 10], self._stream[record + 11]
        return _error(value) if is_error else bool(value)

    def _formula(self, record: int) -> Cell:
        """What it came to when the file was saved."""
        result = self._stream[record + 10 : record + 18]
        if result[6:] != b"\xff\xff":
            return self._figure(record)
        match result[0]:
            case 0:
                return self._formula_text(record)
            case 1:
                return bool(result[2])
            case 2:
                return _error(result[2])
        return None

    def _formula_text(self, record: int) -> Cell:
        """The text stands in a record of its own after the formula."""
        while True:
            _, size = HEAD.unpack_from(self._stream, record)
            record += HEAD.size + size
            (kind,) = _WORD.unpack_from(self._stream, record)
            if kind == _FORMULA_TEXT:
                return _text(Cursor(self._stream, record), self._globals, 2) or None
            if kind not in _BETWEEN:
                return None


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Offset, kind and size of every record of the part that begins there, charts in it left out.

    Raises:
        ValueError, struct.error: it begins with something else, or has no end.
    """
    record, depth = start, 0
    while True:
        kind, size = HEAD.unpack_from(stream, record)
        if kind == _BOF:
            depth += 1
        elif not depth:
            raise ValueError("no beginning")
        elif kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield record, kind, size
        record += HEAD.size + size


def _read_globals(stream: bytes) -> _Globals:
    if len(stream) < 6 or stream[0] != 9:
        raise NoWorkbook
    (version,) = _WORD.unpack_from(stream, HEAD.size)
    if stream[1] != 8 or version < 0x0500:
        raise NoWorkbook
    over = _Globals(version)
    readers = {
        _CODEPAGE: _code_page,
        _DATEMODE: _date_mode,
        _FORMAT: _format,
        _XF: _cell_format,
        _SST: _strings,
        _SHEET: _sheet,
    }
    for record, kind, _ in _records(stream, 0):
        if kind == _FILEPASS:
            raise _Protected
        if kind in readers:
            readers[kind](over, stream, record)
    over.meanings = [meaning(index, over.formats) for index in over.cell_formats]
    return over


def _code_page(over: _Globals, stream: bytes, record: int) -> None:
    over.encoding = encoding_of(_WORD.unpack_from(stream, record + 4)[0])


def _date_mode(over: _Globals, stream: bytes, record: int) -> None:
    over.from_1904 = bool(_WORD.unpack_from(stream, record + 4)[0])


def _format(over: _Globals, stream: bytes, record: int) -> None:
    cursor = Cursor(stream, record)
    index = cursor.number(2)
    over.formats[index] = _text(cursor, over, 2 if over.version >= _EXCEL_97 else 1)


def _cell_format(over: _Globals, stream: bytes, record: int) -> None:
    over.cell_formats.append(_WORD.unpack_from(stream, record + 6)[0])


def _strings(over: _Globals, stream: bytes, record: int) -> None:
    over.strings = shared_strings(stream, record)


def _sheet(over: _Globals, stream: bytes, record: int) -> None:
    cursor = Cursor(stream, record)
    start, hidden, kind = cursor.number(4), cursor.number(1), cursor.number(1)
    name = _text(cursor, over, 1)
    if kind == _WORKSHEET:
        over.parts[name] = _Part(start, bool(hidden & 3))


def _text(cursor: Cursor, over: _Globals, counted_by: int) -> str:
    """The text at the cursor; `counted_by` is how many bytes say how long it is."""
    length = cursor.number(counted_by)
    if over.version >= _EXCEL_97:
        return cursor.text(length)
    return cursor.bytes_text(length, over.encoding)


def _rows_said(stream: bytes, part: _Part) -> int | None:
    """How many rows the sheet says it has: not to be relied on."""
    for record, kind, size in _records(stream, part.start):
        if kind == _DIMENSIONS:
            layout = _LONG if size > 12 else _WORD
            (said,) = layout.unpack_from(stream, record + HEAD.size + layout.size)
            return said if said <= _MOST_ROWS else None
        if kind in _CELLS:
            break
    return None


def _merged(stream: bytes, place: int, size: int) -> list[Range]:
    (count,) = _WORD.unpack_from(stream, place)
    found = []
    for at in range(place + 2, place + 2 + min(count * 8, size - 2), 8):
        top, bottom, left, right = _BOUNDS.unpack_from(stream, at)
        found.append(((top, left), (bottom, right)))
    return found


def _rk(stream: bytes, place: int) -> float:
    """A figure in four bytes: a whole number or half a float, perhaps times 100."""
    (bits,) = _LONG.unpack_from(stream, place)
    if bits & 2:
        value = float(_SIGNED.unpack_from(stream, place)[0] >> 2)
    else:
        value = float(_DOUBLE.unpack(_LONG.pack(0) + _LONG.pack(bits & 0xFFFFFFFC))[0])
    return value / 100 if bits & 1 else value


def _error(code: int) -> CellError:
    return CellError(_ERRORS.get(code, "#N/A"))


def _no_workbook(path: Path) -> Message:
    return Message(
        "“{file}” is no workbook that can be read: it is something else, or older than Excel 5. "
        "Open it in your spreadsheet program, save it as .xlsx, and import that.",
        params={"file": path.name},
    )
