"""The table on a sheet of a workbook: .xlsx, .xls or .ods, whatever the file is called.

Only sound .xlsx packages are given to a library of machine code. The two others are read by Python
alone: the library trusts what a damaged .xls says of its size, asks for hundreds of gigabytes, and
ends the whole process.
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.delimited import garbled_warning
from app.exchange.files import reading
from app.exchange.garbled import garbled
from app.exchange.grids import Book, DataRows, Grid
from app.exchange.headers import find_header
from app.exchange.ods_book import OdsBook, is_ods
from app.exchange.tables import HEAD_ROWS, Row, Table
from app.exchange.xls_book import XlsBook
from app.exchange.xlsx_book import XlsxBook
from app.exchange.zip_package import protected
from app.i18n import Message

# The stream in which an .xlsx with a password lies, as its container's directory names it.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, *, sheet: str | None = None, header_row: int | None = None) -> Table:
    """The table on one sheet of a workbook.

    Args:
        path: the file.
        sheet: its title; None for the first visible one that holds a table, then the hidden ones.
        header_row: the sheet's row with the titles, NO_HEADER for none; found out if None.

    Raises:
        Refused: no workbook, damaged, protected by a password, of absurd size, or without rows.
    """
    book = _opened(path)
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


def _table(path: Path, book: Book, grid: Grid, header_row: int | None) -> Table:
    head = list(islice(grid.filled(), HEAD_ROWS))
    header = find_header(head, grid.width, wanted=header_row, spans=grid.spans())
    rows = DataRows(grid, header)
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


def _opened(path: Path) -> Book:
    with reading(path) as stream:
        content = stream.read()
    if not content.startswith(b"PK"):
        if _ENCRYPTED in content:
            raise Refused(protected(path))
        return XlsBook(path, content)
    return OdsBook(path) if is_ods(path) else XlsxBook(path, content)


def _warnings(head: Sequence[Row]) -> tuple[Message, ...]:
    for row in head:
        for cell in row.cells:
            found = garbled(cell) if isinstance(cell, str) else None
            if found is not None:
                return (garbled_warning(row.number, found),)
    return ()
