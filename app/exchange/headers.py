"""Finds the row that names the columns: below a title, after blank rows, or nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from app.exchange.header_words import is_title
from app.exchange.looks import is_figure, looks_like_data
from app.exchange.tables import NO_HEADER, Cell, Row, column_letter, fitted, is_blank

_SEARCHED: Final = 40  # rows that are not blank
_BELOW: Final = 20  # rows a header is compared with
_WIDEST: Final = 256  # columns that are looked at: enough to tell titles by
_LONG: Final = 60  # characters: a title of a column is shorter
_ENOUGH: Final = 1.0


@dataclass(frozen=True, slots=True)
class Header:
    """The file's row with the titles (NO_HEADER: none) and what the columns are called."""

    row: int
    columns: tuple[str, ...]


def find_header(
    head: Sequence[Row],
    width: int,
    *,
    wanted: int | None = None,
    spans: Mapping[int, int] | None = None,
) -> Header:
    """The header among the first rows.

    Args:
        head: the first rows of the file, merged cells filled with their value.
        width: how many columns the table has.
        wanted: the row the user says it is; NO_HEADER for none; None to find it.
        spans: row → last row of the shortest merged cell that begins there and reaches below.
    """
    number = _best(head, width) if wanted is None else wanted
    lower = (spans or {}).get(number, number)
    by_number = {row.number: row for row in head}
    if number == NO_HEADER or lower not in by_number:
        return Header(number, tuple(column_letter(index) for index in range(width)))
    return Header(lower, _names(by_number[lower].cells, width))


def _best(head: Sequence[Row], width: int) -> int:
    head = _narrowed(head)
    filled = [row for row in head[:1] if not is_blank(row.cells)]
    # A row that repeats the one above is the lower half of cells merged downwards.
    filled += [
        row for above, row in pairwise(head) if row.cells != above.cells and not is_blank(row.cells)
    ]
    rows = filled[: _SEARCHED + _BELOW]
    width = min(width, _WIDEST)
    best, most = NO_HEADER, _ENOUGH
    for index, row in enumerate(rows[:_SEARCHED]):
        score = _score(row, rows[index + 1 : index + 1 + _BELOW], width)
        score -= 0.05 * index + _above(row, rows[:index])
        if score > most:
            best, most = row.number, score
    return best


def _narrowed(head: Sequence[Row]) -> list[Row]:
    """The rows from the first column in use on, as many columns as are looked at."""
    starts = (
        next((at for at, cell in enumerate(row.cells) if not is_blank((cell,))), None)
        for row in head
    )
    start = min((at for at in starts if at is not None), default=0)
    if start == 0 and all(len(row.cells) <= _WIDEST for row in head):
        return list(head)
    return [Row(row.number, row.cells[start : start + _WIDEST]) for row in head]


def _score(row: Row, below: Sequence[Row], width: int) -> float:
    """How much a row looks like titles: known words, different texts, full, unlike what follows."""
    filled = [cell for cell in row.cells if _text(cell)]
    titles = [_text(cell) for cell in filled if isinstance(cell, str)]
    if len(filled) == 1 < width and not below:
        return 0.0  # whatever stands alone at the foot of a table
    known = sum(map(is_title, titles))
    data = len(filled) - len(titles) - (_years(filled) if known else 0)
    data += sum(looks_like_data(title) or len(title) > _LONG for title in titles)
    if data * 3 > len(filled) and not (known > 1 and known * 2 >= len(filled)):
        return 0.0
    different = len(set(titles)) / len(filled)
    full = len(set(titles)) / width
    alike = 2 * _contrast(row.cells, below) - 2 * _repeated(row.cells, below)
    lonely = 0.5 if below else 1.0
    return (3 * known - data) / len(filled) + different + full + alike - lonely


def _years(cells: Sequence[Cell]) -> int:
    """How many titles are years: a column of figures may well be called 2026."""
    return sum(isinstance(cell, int) and 1990 <= cell <= 2100 for cell in cells)


def _above(row: Row, rows: Sequence[Row]) -> float:
    """How little a header is to be expected below these rows: they are data already."""
    data = sum(
        sum(map(_is_data, above.cells)) * 2 >= sum(map(bool, map(_text, above.cells)))
        for above in rows
    )
    return 2.0 * (data + _repeated(row.cells, rows))


def _contrast(cells: Sequence[Cell], below: Sequence[Row]) -> float:
    """Share of the columns that hold data (figures, dates, phones) under a title that is none."""
    titled = [index for index, cell in enumerate(cells) if _text(cell)]
    hits = 0
    for index in titled:
        under = [
            row.cells[index] for row in below if index < len(row.cells) and _text(row.cells[index])
        ]
        hits += bool(under) and sum(map(_is_data, under)) * 2 >= len(under)
    return hits / len(titled)


def _repeated(cells: Sequence[Cell], below: Sequence[Row]) -> float:
    """Share of the columns in which the would-be title comes again as a value."""
    titled = [index for index, cell in enumerate(cells) if _text(cell)]
    again = sum(
        any(index < len(row.cells) and row.cells[index] == cells[index] for row in below)
        for index in titled
    )
    return again / len(titled)


def _is_data(cell: Cell) -> bool:
    if isinstance(cell, (int, float, date)):
        return True
    return isinstance(cell, str) and _is_data_text(cell)


@lru_cache(maxsize=4_096)
def _is_data_text(text: str) -> bool:
    """Every row is looked at beside many others."""
    return is_figure(text) or looks_like_data(text)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _names(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    """One name a column, each only once: without a title the letter, a second “Phone” counted."""
    names: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(fitted(cells, width)):
        name = title = " ".join(_text(cell).split()) or column_letter(index)
        count = 1
        while name in taken:
            count += 1
            name = f"{title} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)
