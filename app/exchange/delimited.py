"""Reader of .csv, .tsv and other delimited text, line by line; the file is never in memory whole.

Every cell is text, or nothing: what is a number or a date is for the field to say. An apostrophe
with which a cell was protected against running as a formula is taken away (see `protection`).
A quoted cell may hold line breaks; `Row.number` counts rows as a spreadsheet does, not lines.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.encodings import (
    MARK,
    UNREADABLE_AS_MARK,
    Content,
    look_through,
    wanted_codec,
)
from app.exchange.files import reading
from app.exchange.garbled import garbled
from app.exchange.headers import Header, find_header
from app.exchange.protection import unprotect
from app.exchange.tables import (
    HEAD_ROWS,
    Cell,
    Row,
    Table,
    fitted,
    is_blank,
    repeats_titles,
    titles_again,
)
from app.i18n import Message

DELIMITERS: Final = (",", ";", "\t", "|")
MOST_COLUMNS: Final = 16_384
LONGEST_CELL: Final = 1_000_000  # characters: what a text field holds
_LONGEST_READ: Final = 16_000_000  # a quotation mark never closed swallows no more than this
_STRANGE: Final = 20  # control characters that a text may hold by mistake

# The module's own limit, 131,072, fits neither a long note nor any other program's files. It can
# only be set for the process; nothing else here reads delimited text.
csv.field_size_limit(_LONGEST_READ)


def read_delimited(
    path: Path, *, encoding: str | None = None, header_row: int | None = None
) -> Table:
    """The table in a delimited text file.

    Args:
        path: the file.
        encoding: the one to read it in; found out if None.
        header_row: the file's row with the titles, NO_HEADER for none; found out if None.

    Raises:
        Refused: the file is unreadable, empty, no table, or has nothing below its header.
    """
    content = look_through(path, wanted_codec(path, encoding))
    layout = _layout(path, content)
    head = list(islice(_Records(path, layout), HEAD_ROWS))
    _check(path, head)
    width = _width(head)
    head = [Row(row.number, tuple(_shown(row.cells))) for row in head]
    header = find_header(head, width, wanted=header_row)
    titled = next((len(row.cells) for row in head if row.number == header.row), 0)
    if titled > width:
        header = find_header(head, titled, wanted=header.row)
    rows = _Rows(path, layout, header)
    if next(iter(rows), None) is None:
        params = {"file": path.name}
        raise Refused(Message("“{file}” has a header, but no rows below it.", params=params))
    return Table(
        path=path,
        sheet=None,
        sheets=(),
        encoding=content.encoding,
        header_row=header.row,
        columns=header.columns,
        rows=rows,
        expected_rows=content.lines,
        warnings=_warnings(head),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the file is to be read; `skipped` lines at the top are not rows ("sep=;")."""

    encoding: str
    delimiter: str
    skipped: int = 0


class _Lines:
    """The file's lines; knows whether it came to the end."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        first = True
        # A limit on the line, too: a file without line breaks must not be read into memory whole.
        while line := self._stream.readline(_LONGEST_READ):
            yield line.removeprefix("\ufeff") if first else line
            first = False
        self.ended = True


class _Records:
    """All records of the file with their numbers; a blank line is a record without cells."""

    def __init__(self, path: Path, layout: _Layout) -> None:
        self._path = path
        self._layout = layout

    def __iter__(self) -> Iterator[Row]:
        layout = self._layout
        with reading(self._path) as binary:
            stream = io.TextIOWrapper(
                binary, encoding=layout.encoding, errors=UNREADABLE_AS_MARK, newline=""
            )
            lines = _Lines(stream)
            records = csv.reader(islice(lines, layout.skipped, None), delimiter=layout.delimiter)
            number = 0
            try:
                for number, record in enumerate(records, start=1):
                    if lines.ended:
                        raise Refused(_never_closed(self._path, number))
                    yield Row(number, tuple([cell or None for cell in record]))
            except csv.Error as error:
                raise Refused(_never_closed(self._path, number + 1)) from error
            finally:
                stream.detach()


class _Rows:
    """The data rows below the header, as wide as the columns, blank ones left out."""

    def __init__(self, path: Path, layout: _Layout, header: Header) -> None:
        self._records = _Records(path, layout)
        self._encoding = layout.encoding
        self._header = header
        self._width = len(header.columns)

    def __iter__(self) -> Iterator[Row]:
        for row in islice(self._records, self._header.row, None):
            if is_blank(row.cells):
                continue
            cells: Sequence[Cell] = [
                unprotect(cell) if isinstance(cell, str) else cell for cell in row.cells
            ]
            problem = self._problem(row.cells)
            if problem is not None:
                cells = _shown(cells)
            yield Row(row.number, fitted(cells, self._width), problem)

    def _problem(self, cells: Sequence[Cell]) -> Message | None:
        """Why the row cannot be used as it stands, if it cannot."""
        if not is_blank(cells[self._width :]):
            return Message(
                "The row has {found} cells, but there are only {columns} columns. A separator "
                "inside a text needs quotation marks around it.",
                params={"found": len(cells), "columns": self._width},
            )
        text = "".join([cell for cell in cells if isinstance(cell, str)])
        if "\0" in text or MARK in text or len(text) > LONGEST_CELL:
            return self._cell_problem(cells)
        if self._header.row and repeats_titles(cells, self._header.columns):
            return titles_again()
        return None

    def _cell_problem(self, cells: Sequence[Cell]) -> Message | None:
        """What is wrong with the first cell with which something is."""
        for column, cell in zip(self._header.columns, cells, strict=False):
            text = cell if isinstance(cell, str) else ""
            params = {"column": column, "encoding": self._encoding, "most": LONGEST_CELL}
            if "\0" in text:
                return Message(
                    "“{column}” holds NUL bytes: the file is damaged here.", params=params
                )
            if MARK in text:
                return Message("“{column}” holds bytes that are not {encoding}.", params=params)
            if len(text) > LONGEST_CELL:
                return Message("“{column}” holds more than {most} characters.", params=params)
        return None


def _width(head: Sequence[Row]) -> int:
    """How many columns most rows have; a row with more has a separator too many."""
    widths = Counter(len(row.cells) for row in head if not is_blank(row.cells))
    most = max(widths.values())
    return max(width for width, count in widths.items() if count == most or count * 4 > len(head))


def _shown(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with the usual sign where bytes could not be read."""
    return [cell.replace(MARK, "�") if isinstance(cell, str) else cell for cell in cells]


def _layout(path: Path, content: Content) -> _Layout:
    """The delimiter: said by the first line (sep=;), else the one that gives the evenest table."""
    with reading(path) as binary:
        head = binary.read(1 << 18).decode(content.encoding, "replace").removeprefix("\ufeff")
    first = head.partition("\n")[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == len("sep=,"):
        return _Layout(content.encoding, first[-1], skipped=1)
    return _Layout(content.encoding, max(DELIMITERS, key=lambda sign: _evenness(head, sign)))


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    """How much a delimiter looks like the right one: share of rows alike, then columns."""
    if delimiter not in head:
        return 0.0, 0
    records = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(records, HEAD_ROWS) if any(record)]
    except csv.Error:
        return 0.0, 0
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0, 0
    usual = max(several, key=several.count)
    return round(several.count(usual) / len(widths), 1), usual


def _check(path: Path, head: Sequence[Row]) -> None:
    """Refuse what is no table, whatever it is called."""
    params: dict[str, object] = {"file": path.name}
    if all(is_blank(row.cells) for row in head):
        raise Refused(Message("“{file}” is empty: there is no text in it.", params=params))
    text = "".join([cell for row in head for cell in row.cells if isinstance(cell, str)])
    odd = sum(sign < " " and sign not in "\t\r\n" for sign in text)
    if odd > _STRANGE and odd * 20 > len(text):
        message = Message("“{file}” is not a table. Choose a spreadsheet or a CSV.", params=params)
        raise Refused(message)
    width = max(len(row.cells) for row in head)
    if width > MOST_COLUMNS:
        params |= {"found": width, "most": MOST_COLUMNS}
        message = Message("“{file}” has {found} columns. At most {most} are read.", params=params)
        raise Refused(message)


def _never_closed(path: Path, number: int) -> Message:
    return Message(
        "“{file}”, row {row}: a quotation mark opens here and is never closed, so the rest of the "
        "file would end up in one cell. Remove it or double it. Nothing was imported.",
        params={"file": path.name, "row": number},
    )


def _warnings(head: Sequence[Row]) -> tuple[Message, ...]:
    for row in head:
        for cell in row.cells:
            found = garbled(cell) if isinstance(cell, str) else None
            if found is not None:
                return (garbled_warning(row.number, found),)
    return ()


def garbled_warning(number: int, text: str) -> Message:
    """Says where text was garbled before it came to us."""
    return Message(
        "Row {row}: “{text}” looks garbled already in the file. Try another encoding; if none "
        "reads well, it is imported as it stands.",
        params={"row": number, "text": text},
    )
