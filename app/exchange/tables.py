"""What every reader of a file hands over: plain rows under named columns, and where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from app.i18n import Message

NO_HEADER: Final = 0  # as a header row: the file has none, columns are called A, B, …
HEAD_ROWS: Final = 200  # rows looked at to find the header and to propose a mapping


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell in which the spreadsheet shows an error: `code` is #N/A, #REF! and so on."""

    code: str

    def message(self) -> Message:
        """Why the cell cannot be used."""
        params = {"code": self.code}
        return Message("The cell shows the error {code} instead of a value.", params=params)


Cell: TypeAlias = str | int | float | bool | date | datetime | CellError | None


class Row(NamedTuple):
    """One row as the user sees it: `number` counts from 1 at the top of the file or sheet.

    `cells` is as wide as the table's columns. A row with a `problem` could not be read as it
    stands and must be refused with that sentence; the rows after it are sound.
    """

    number: int
    cells: tuple[Cell, ...]
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that may be chosen; `rows` is how many the file says it has, if it says so."""

    name: str
    rows: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file.

    `rows` may be run through more than once; each run reads anew and skips blank rows. Errors
    met on the way (the file vanished, a quotation mark never closed) are raised as `Refused`.
    `header_row` is the file's row that holds the titles (of a header of two rows, the lower one),
    NO_HEADER where there is none. `expected_rows` is for a progress bar: at least as many rows as
    will come. `cards`: every row is a card of an address book, and there is no header to look for.
    `warnings` are to be shown, and do not stop anything.
    """

    path: Path
    sheet: str | None
    sheets: tuple[Sheet, ...]
    encoding: str | None
    header_row: int
    columns: tuple[str, ...]
    rows: Iterable[Row]
    expected_rows: int
    warnings: tuple[Message, ...] = ()
    cards: bool = False


def column_letter(index: int) -> str:
    """A spreadsheet's name of the column: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    rest = index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_index(letters: str) -> int:
    """The inverse of `column_letter`: A is 0, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether a reader would see nothing in the row."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def repeats_titles(cells: Sequence[Cell], columns: Sequence[str]) -> bool:
    """Whether a row of data is the header once more, as where two lists were put together."""
    titled = 0
    for cell, title in zip(cells, columns, strict=False):
        if cell is None or cell == "":
            continue
        if not isinstance(cell, str) or " ".join(cell.split()) != title:
            return False
        titled += 1
    return titled > 1


def titles_again() -> Message:
    """Why a row that repeats the header is refused."""
    return Message("The row repeats the titles of the columns. It is no entry.")


def fitted(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The cells as exactly `width` of them: cut off, or filled up with nothing."""
    if len(cells) >= width:
        return tuple(cells[:width])
    return (*cells, *[None] * (width - len(cells)))
