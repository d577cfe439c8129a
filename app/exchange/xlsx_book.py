"""Reader of .xlsx workbooks.

The library loads one sheet as a whole, about 130 MB for 100,000 rows of 15 columns; rows are handed
on one by one.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
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
from typing_extensions import override

from app.errors import Refused
from app.exchange.grids import Grid, Range, duration, plain_number
from app.exchange.tables import Cell, CellError, Sheet
from app.exchange.workbook_check import ErrorCells, Package
from app.exchange.zip_package import damaged, protected


class XlsxBook:
    """An opened .xlsx: which sheets it has, visible ones first.

    Raises:
        Refused: it is damaged, no .xlsx, or of absurd size.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
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

    def grid(self, name: str) -> Grid | None:
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
        raise Refused(protected(path)) from error
    except CalamineError as error:
        raise Refused(damaged(path)) from error


class _Grid(Grid):
    """The cells of a sheet that the library has loaded."""

    def __init__(
        self,
        path: Path,
        name: str,
        sheet: CalamineSheet,
        ranges: Sequence[Range],
        errors: ErrorCells,
    ) -> None:
        last_row, last_column = sheet.end or (0, 0)
        super().__init__(name, last_column + 1, last_row + 1, ranges)
        self._path = path
        self._sheet = sheet
        self._errors = errors

    @override
    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        before: list[Cell] = [None] * (self._sheet.start or (0, 0))[1]
        for number, values in enumerate(self._loaded_rows(), start=1):
            cells = before + [
                (value or None) if value.__class__ is str else _CONVERTED[value.__class__](value)
                for value in values
            ]
            for column, code in self._errors.get(number, {}).items():
                if column < self.width:
                    cells[column] = CellError(code)
            yield number, cells

    def _loaded_rows(self) -> Iterator[list[Any]]:
        rows = self._sheet.iter_rows()
        while True:
            with _NoPanic(self._path):
                values = next(rows, None)
            if values is None:
                return
            yield values


_CONVERTED: Final[Mapping[type, Callable[[Any], Cell]]] = {
    float: plain_number,
    int: lambda value: value,
    bool: lambda value: value,
    date: lambda value: value,
    datetime: lambda value: value,
    time: lambda value: value.isoformat(),
    timedelta: duration,
}
