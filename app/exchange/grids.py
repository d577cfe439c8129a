"""A sheet's cells, whatever format they come from, and the rows of data below its header.

Merged cells: downwards, the value holds for every row it spans; to the right, only its first column
has it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final, Protocol, TypeAlias

from app.exchange.headers import Header
from app.exchange.tables import Cell, Row, Sheet, fitted, is_blank, repeats_titles, titles_again

MOST_COLUMNS: Final = 16_384
MOST_ROWS: Final = 1_048_576
MOST_CELLS: Final = 60_000_000  # of a sheet's block, about 32 bytes each where it is loaded
_EXACT: Final = 2**53  # above it a float no longer tells neighbouring whole numbers apart

Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each a row and a column from 0."""


class Grid(ABC):
    """A sheet's cells from A1 to the last row and the last column in use."""

    def __init__(self, name: str, width: int, height: int, ranges: Sequence[Range]) -> None:
        self.name = name
        self.width = width
        self.height = height
        self.ranges = ranges

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number from 1, blank ones too, as wide as the sheet."""

    def filled(self) -> Iterator[Row]:
        """As `rows`, every cell of a merged range with its value: for finding the header."""
        starts: dict[int, list[tuple[range, int]]] = {}
        for (top, left), (bottom, right) in self.ranges:
            columns = range(left, min(right + 1, self.width))
            starts.setdefault(top + 1, []).append((columns, bottom))
        fills: dict[int, tuple[int, Cell]] = {}
        for number, cells in self.rows():
            for columns, bottom in starts.get(number, ()):
                fills |= dict.fromkeys(columns, (bottom, cells[columns.start] if columns else None))
            yield Row(number, tuple(_filled(cells, fills, number - 1)))

    def spans(self) -> dict[int, int]:
        """Row → last row of the shortest merged cell that begins there and reaches further down."""
        spans: dict[int, int] = {}
        for (top, _), (bottom, _) in self.ranges:
            if bottom > top:
                spans[top + 1] = min(bottom + 1, spans.get(top + 1, bottom + 1))
        return spans


class Book(Protocol):
    """An opened workbook; `sheets` are those with cells, visible ones first."""

    sheets: tuple[Sheet, ...]

    def grid(self, name: str) -> Grid | None:
        """The cells of the sheet of that name, or None where it has none."""


class DataRows:
    """The data rows below the header, blank ones left out, downward merges filled."""

    def __init__(self, grid: Grid, header: Header) -> None:
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
                again = self._header.row and repeats_titles(cells, self._header.columns)
                yield Row(number, fitted(cells, width), titles_again() if again else None)


def _filled(cells: list[Cell], fills: Mapping[int, tuple[int, Cell]], row: int) -> list[Cell]:
    """The cells, with what was merged into the empty ones; `row` counts from 0."""
    for column, (bottom, value) in fills.items():
        if row <= bottom and column < len(cells) and cells[column] is None:
            cells[column] = value
    return cells


def plain_number(value: float) -> Cell:
    """A figure as Python has it: whole ones without a point."""
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def duration(value: timedelta) -> str:
    """As a spreadsheet shows hours: 255:10:10."""
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
