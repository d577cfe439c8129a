"""How large the block of an .xlsx sheet's cells is, found before the sheet is loaded.

The library loads it as one block of memory and ends the process where that is too much, so what is
said here must be true of every cell: one wrong digit is enough to ask for a hundred gigabytes.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from app.exchange.grids import MOST_COLUMNS, MOST_ROWS
from app.exchange.tables import column_index

_A, _Z, _0, _9, _QUOTE, _EQUALS, _R, _SPACE, _LESS, _C = b'AZ09"=r <c'
_MOST_LETTERS, _MOST_DIGITS = 3, 7
_ENDS_NAME: Final = np.isin(np.arange(256), list(b" >/\t\r\n"))
_PREFIXED: Final = re.compile(rb"<[^\s<>/:]+:c[ >/\t\r\n]")
_BEYOND: Final = bytes(16)  # so that the last reference may be looked past
_PLACE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_SILENT: Final = 16 * 1024**2  # bytes of XML without an end to what they began


class Extent(NamedTuple):
    """First and last row and column in use, from 1; all 0 where there is no cell."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    def with_(self, other: "Extent") -> "Extent":
        """The block around both."""
        if not self.bottom or not other.bottom:
            return self if self.bottom else other
        return Extent(
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            min(self.left, other.left),
            max(self.right, other.right),
        )


def quick_extent(block: bytes) -> Extent | None:
    """Of whole cells as spreadsheet programs write them; None where some are written otherwise."""
    signs = np.frombuffer(block + _BEYOND, np.uint8)
    at = np.flatnonzero(signs == _EQUALS)
    at = at[(signs[at - 1] == _R) & (signs[at - 2] == _SPACE) & (signs[at + 1] == _QUOTE)] + 2
    columns, rows = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    for _ in range(_MOST_LETTERS):
        sign = signs[at]
        letter = (sign >= _A) & (sign <= _Z)
        if not letter.any():
            break
        columns = np.where(letter, columns * 26 + sign - _A + 1, columns)
        at = at + letter
    for _ in range(_MOST_DIGITS):
        sign = signs[at]
        digit = (sign >= _0) & (sign <= _9)
        if not digit.any():
            break
        rows = np.where(digit, rows * 10 + sign - _0, rows)
        at = at + digit
    cells = columns > 0
    found = int(cells.sum())
    if (signs[at] != _QUOTE).any() or found != _cells_begun(block, signs):
        return None
    if not found:
        return Extent()
    rows, columns = rows[cells], columns[cells]
    if not rows.all():
        return None
    return Extent(int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max()))


def _cells_begun(block: bytes, signs: NDArray[np.uint8]) -> int:
    """How many elements called c there are, with or without a prefix."""
    at = np.flatnonzero(signs == _LESS)
    plain = int(np.count_nonzero((signs[at + 1] == _C) & _ENDS_NAME[signs[at + 2]]))
    return plain + (len(_PREFIXED.findall(block)) if b":c" in block else 0)


def exact_extent(chunks: Iterable[bytes]) -> Extent:
    """Of the cells of a sheet that hold something, however they are written. Takes longer.

    Raises:
        ValueError: it is no sound XML, or has a cell where there can be none.
    """
    return _Counter().count(chunks)


class _Counter:
    """Goes through a sheet's XML, and notes where the filled cells are."""

    def __init__(self) -> None:
        self._extent = Extent()
        self._row = self._column = 0
        self._told = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _no_declarations

    def count(self, chunks: Iterable[bytes]) -> Extent:
        silent = 0
        try:
            for chunk in chunks:
                told = self._told
                self._parser.Parse(chunk)
                silent = silent + len(chunk) if told == self._told else 0
                if silent > _SILENT:
                    raise ValueError("an element without end")
        except expat.ExpatError as error:
            raise ValueError("no sound XML") from error
        return self._extent

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._told += 1
        match name.rpartition(" ")[2]:
            case "row":
                said = attributes.get("r")
                self._row = self._row + 1 if said is None else int(said)
                self._column = 0
            case "c":
                self._enter(attributes.get("r"))
            case "v" | "is" | "f":
                here = Extent(self._row, self._row, self._column, self._column)
                self._extent = self._extent.with_(here)

    def _enter(self, said: str | None) -> None:
        if said is None:
            self._column += 1
        else:
            found = _PLACE.fullmatch(said)
            if found is None:
                raise ValueError("no place of a cell")
            self._column, self._row = column_index(found[1]) + 1, int(found[2])
        if not (1 <= self._row <= MOST_ROWS and 1 <= self._column <= MOST_COLUMNS):
            raise ValueError("a cell where there can be none")


def _no_declarations(*_: object) -> None:
    raise ValueError("declarations")
