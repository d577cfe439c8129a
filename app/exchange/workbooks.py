"""Reader of .xlsx workbooks.

The library loads one sheet as a whole, about 130 MB for 100,000 rows of 15 columns; rows are handed
on one by one. Merged cells: downwards, the value holds for every row it spans; to the right, only
its first column has it.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from app.errors import Refused
from app.exchange.delimited import garbled_warning
from app.exchange.files import reading
from app.exchange.garbled import garbled
from app.exchange.headers import Header, find_header
from app.exchange.tables import HEAD_ROWS, Cell, CellError, Row, Sheet, Table, fitted, is_blank
from app.exchange.workbook_check import ErrorCells, Package, damaged
from app.i18n import Message

_EXACT: Final = 2**53  # above it a float no longer tells neighbouring whole numbers apart
# The stream in which an .xlsx with a password lies, as its container's directory names it.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last row and column, from 0


def read_workbook(path: Path, *, sheet: str | None = None, header_row: int | None = None) -> Table:
    """The table on one sheet of a workbook.

    Args:
        path: the file.
        sheet: its title; None for the first visible one that holds a table, then the hidden ones.
        header_row: the sheet's row with the titles, NO_HEADER for none; found out if None.

    Raises:
        Refused: no workbook, damaged, protected by a password, of absurd size, or without rows.
    """
    book = _Book(path)
    names = [one.name for one in book.sheets]
    if sheet is not None and sheet not in names:
        params = {"file": path.name, "sheet": sheet, "sheets": ", ".join(names)}
        raise Refused(Message("“{file}” has no sheet “{sheet}”. It has: {sheets}.", params=params))
    for name in names if sheet is None else [sheet]:
        grid = book.grid(name)
        if grid is not None:
            return _table(path, book, grid, header_row)
    if sheet is None:
        params = {"file": path.name}
        raise Refused(Message("“{file}” has no sheet with anything in it.", params=params))
    params = {"file": path.name, "sheet": sheet}
    raise Refused(Message("“{file}”: the sheet “{sheet}” is empty.", params=params))


def _table(path: Path, book: "_Book", grid: "_Grid", header_row: int | None) -> Table:
    head = list(islice(grid.filled(), HEAD_ROWS))
    header = find_header(head, grid.width, wanted=header_row, spans=grid.spans())
    rows = _Rows(grid, header)
    if next(iter(rows), None) is None:
        params = {"file": path.name, "sheet": grid.name}
        raise Refused(
            Message(
                "“{file}”: the sheet “{sheet}” has a header, but no rows below it.", params=params
            )
        )
    return Table(
        path=path,
        sheet=grid.name,
        sheets=book.sheets,
        encoding=None,
        header_row=header.row,
        columns=header.columns,
        rows=rows,
        expected_rows=grid.height - header.row,
        warnings=_warnings(head),
    )


class _Book:
    """An opened workbook: which sheets it has, visible ones first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with reading(path) as stream:
            content = stream.read()
        _check_container(path, content)
        self._package = Package(path)
        self._parts = self._package.sheets()
        self._package.verify()
        self._workbook = _load(path, content)
        listed = [
            Sheet(one.name, self._said(one.name), one.visible != SheetVisibleEnum.Visible)
            for one in self._workbook.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet
        ]
        self.sheets = tuple(sorted(listed, key=lambda one: one.hidden))

    def _said(self, name: str) -> int | None:
        part = self._parts.get(name)
        return None if part is None else self._package.rows_said(part)

    def grid(self, name: str) -> "_Grid | None":
        """The sheet's cells, or None where it has none."""
        part = self._parts.get(name)
        if part is None:
            raise Refused(damaged(self._path))
        errors = self._package.error_cells(part)
        try:
            with _NoPanic(self._path):
                loaded = self._workbook.get_sheet_by_name(name)
        except CalamineError as error:
            raise Refused(damaged(self._path)) from error
        if loaded.start is None or loaded.end is None:
            return None
        ranges = loaded.merged_cell_ranges or []
        return _Grid(self._path, name, loaded, ranges, errors)


class _NoPanic:
    """Turns the library's panics into a sentence.

    It checks damaged files less than ours would, and panics with an exception that it does not
    export and that is not an Exception.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise Refused(damaged(self._path))


def _load(path: Path, content: bytes) -> CalamineWorkbook:
    try:
        with _NoPanic(path):
            return load_workbook(io.BytesIO(content))
    except PasswordError as error:
        raise Refused(_protected(path)) from error
    except CalamineError as error:
        raise Refused(damaged(path)) from error


def _check_container(path: Path, content: bytes) -> None:
    """Refuse what is not a zip package, as .xlsx is.

    The library reads the older .xls, too, but trusts its record of the sheet's size: one wrong byte
    there asks for hundreds of gigabytes and ends the whole process.
    """
    if content.startswith(b"PK"):
        return
    if _ENCRYPTED in content:
        raise Refused(_protected(path))
    raise Refused(
        Message(
            "“{file}” is in the format of Excel 2003 and older. Open it in your spreadsheet "
            "program, save it as .xlsx, and import that.",
            params={"file": path.name},
        )
    )


def _protected(path: Path) -> Message:
    return Message(
        "“{file}” is protected by a password. Open it, save it without one, try again.",
        params={"file": path.name},
    )


@dataclass(slots=True)
class _Grid:
    """A sheet's cells from A1 on."""

    path: Path
    name: str
    sheet: CalamineSheet
    ranges: Sequence[Range]
    errors: ErrorCells
    width: int = field(init=False)
    height: int = field(init=False)

    def __post_init__(self) -> None:
        last_row, last_column = self.sheet.end or (0, 0)
        self.width = last_column + 1
        self.height = last_row + 1

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number, blank ones too, as wide as the sheet."""
        before: list[Cell] = [None] * (self.sheet.start or (0, 0))[1]
        for number, values in enumerate(self._loaded_rows(), start=1):
            cells = before + [
                (value or None) if value.__class__ is str else _CONVERTED[value.__class__](value)
                for value in values
            ]
            for column, code in self.errors.get(number, {}).items():
                if column < self.width:
                    cells[column] = CellError(code)
            yield number, cells

    def _loaded_rows(self) -> Iterator[list[Any]]:
        rows = self.sheet.iter_rows()
        while True:
            with _NoPanic(self.path):
                values = next(rows, None)
            if values is None:
                return
            yield values

    def filled(self) -> Iterator[Row]:
        """As `rows`, every cell of a merged range with its value: for finding the header."""
        fills: dict[int, tuple[int, Cell]] = {}
        for number, cells in self.rows():
            for (top, left), (bottom, right) in self.ranges:
                if top == number - 1 and left < self.width:
                    fills |= dict.fromkeys(range(left, right + 1), (bottom, cells[left]))
            yield Row(number, tuple(_filled(cells, fills, number - 1)))

    def spans(self) -> dict[int, int]:
        """Row → last row of the shortest merged cell that begins there and reaches further down."""
        spans: dict[int, int] = {}
        for (top, _), (bottom, _) in self.ranges:
            if bottom > top:
                spans[top + 1] = min(bottom + 1, spans.get(top + 1, bottom + 1))
        return spans


def _filled(cells: list[Cell], fills: Mapping[int, tuple[int, Cell]], row: int) -> list[Cell]:
    """The cells, with what was merged into the empty ones; `row` counts from 0."""
    for column, (bottom, value) in fills.items():
        if row <= bottom and column < len(cells) and cells[column] is None:
            cells[column] = value
    return cells


class _Rows:
    """The data rows below the header, blank ones left out, downward merges filled."""

    def __init__(self, grid: _Grid, header: Header) -> None:
        self._grid = grid
        self._header = header
        self._starts: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in grid.ranges:
            if bottom > top >= header.row and left < grid.width:
                self._starts.setdefault(top + 1, []).append((left, bottom))

    def __iter__(self) -> Iterator[Row]:
        width = len(self._header.columns)
        fills: dict[int, tuple[int, Cell]] = {}
        for number, cells in islice(self._grid.rows(), self._header.row, None):
            for column, bottom in self._starts.get(number, ()):
                fills[column] = (bottom, cells[column])
            blank = is_blank(cells)
            if fills:
                fills = {column: fill for column, fill in fills.items() if fill[0] >= number - 1}
                cells = _filled(cells, fills, number - 1)
            if not blank:
                yield Row(number, fitted(cells, width))


def _number(value: float) -> Cell:
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def _duration(value: timedelta) -> Cell:
    """As a spreadsheet shows hours: 255:10:10."""
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_CONVERTED: Final[Mapping[type, Callable[[Any], Cell]]] = {
    float: _number,
    int: lambda value: value,
    bool: lambda value: value,
    date: lambda value: value,
    datetime: lambda value: value,
    time: lambda value: value.isoformat(),
    timedelta: _duration,
}


def _warnings(head: Sequence[Row]) -> tuple[Message, ...]:
    for row in head:
        for cell in row.cells:
            found = garbled(cell) if isinstance(cell, str) else None
            if found is not None:
                return (garbled_warning(row.number, found),)
    return ()
