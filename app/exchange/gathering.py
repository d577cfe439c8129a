"""Several columns into one field, as address books need it: every number, every detail as a line.

Google's files name what a value is in the column beside it (Phone 1 - Label, Phone 1 - Value), and
put several values into one cell, with ::: between them.
"""

import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from typing import Final

from app.exchange.tables import Cell, CellError

LINE: Final = "line"
"""Of any number of columns: "title: value" below the notes, or the summary of the interaction."""

_VALUE: Final = re.compile(r"(.+) - (?:Value|Formatted|Name)")
_LABELS: Final = ("Service", "Label", "Type")
_PHONES: Final = frozenset({"phone", "phone2", "phone3"})
_NOT_ANSWERED: Final = re.compile("fax|pager|传真|傳真|寻呼|呼叫器", re.I)
_APART: Final = re.compile(r"\s*:::\s*")
_SAYS_NOTHING: Final = frozenset({"unspecified", "未指定", "normal", "普通", "false"})
_NO_DAY: Final = re.compile("[0/. -]+")  # Outlook's way to leave a date out


class Gathering:
    """Column → field, where fields may take several columns and columns may have labels.

    Args:
        header: what the columns are called.
        columns: field by index of the column.
    """

    def __init__(self, header: Sequence[str], columns: Pairs[int, str]) -> None:
        self._header = header
        places = {title: at for at, title in enumerate(header)}
        self._labels = {at: _label_of(header[at], places) for at in columns}
        self._lines = sorted(at for at, field in columns.items() if field == LINE)
        self._columns = sorted((at, field) for at, field in columns.items() if field != LINE)
        self._phones = [
            at for at, field in self._columns if field in _PHONES and self._labels[at] is not None
        ]
        labelled = any(self._labels[at] is not None for at, _ in self._columns)
        twice = len({field for _, field in self._columns}) < len(self._columns)
        self._is_plain = not (twice or labelled)
        self.has_lines = bool(self._lines or self._phones)

    def values(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """The fields of one row that hold something."""
        if self._is_plain:
            return {field: cells[at] for at, field in self._columns if is_filled(cells[at])}
        found: dict[str, Cell] = {}
        for at, field in self._columns:
            cell = cells[at]
            if is_filled(cell) and not self._is_unanswered(at, cells):
                found[field] = _below(found.get(field), self._apart(at, cell))
        return found

    def lines(self, cells: Sequence[Cell]) -> list[tuple[str, Cell]]:
        """Title and value of what becomes a line of its own."""
        places = [at for at in self._phones if self._is_unanswered(at, cells)]
        found = []
        for at in sorted([*places, *self._lines]):
            cell = self._apart(at, cells[at])
            if self._labels[at] is not None and isinstance(cell, str):
                cell = ", ".join(cell.splitlines())
            if is_filled(cell) and not _says_nothing(cell):
                found.append((self._label(at, cells) or self._header[at], cell))
        return found

    def _label(self, at: int, cells: Sequence[Cell]) -> str:
        place = self._labels[at]
        return "" if place is None else str(cells[place] or "").strip("* ")

    def _is_unanswered(self, at: int, cells: Sequence[Cell]) -> bool:
        """Whether it is the number of a fax or a pager, as its label says."""
        return at in self._phones and _NOT_ANSWERED.search(self._label(at, cells)) is not None

    def _apart(self, at: int, cell: Cell) -> Cell:
        """The values of a cell, each on a line of its own."""
        if self._labels[at] is None or not isinstance(cell, str):
            return cell
        return _APART.sub("\n", cell)


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds something."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _below(held: Cell, cell: Cell) -> Cell:
    """Two cells as one; an error in either is the error of both."""
    if held is None or isinstance(cell, CellError):
        return cell
    return held if isinstance(held, CellError) else f"{held}\n{cell}"


def _label_of(title: str, places: Pairs[str, int]) -> int | None:
    """The column that says what the values of this one are."""
    found = _VALUE.fullmatch(title)
    if found is None:
        return None
    titles = (f"{found[1]} - {label}" for label in _LABELS)
    return next((places[title] for title in titles if title in places), None)


def _says_nothing(cell: Cell) -> bool:
    """What Outlook writes where nobody said anything."""
    text = str(cell).strip().casefold()
    return text in _SAYS_NOTHING or _NO_DAY.fullmatch(text) is not None
