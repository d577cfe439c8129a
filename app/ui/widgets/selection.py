"""Which rows of a long list are chosen: one bit a row, so that "all" costs nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.ui.table_model import Ids

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Chosen:
    """What is chosen, as a bulk command needs it.

    Attributes:
        everything: the whole list was chosen; then `ids` are the exceptions.
        ids: the chosen ids in list order, or the exceptions from everything.
        count: how many rows are chosen.
    """

    everything: bool
    ids: Ids
    count: int


class Selection(QObject):
    """The chosen rows of a list, by place; carried over by id when the list is set anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._mask: Mask = np.zeros(0, dtype=np.bool_)
        self._everything = False
        self._count = 0

    def count(self) -> int:
        """How many rows are chosen."""
        return self._count

    def has(self, row: int) -> bool:
        """Whether the row at this place is chosen."""
        return bool(self._mask[row])

    def chosen(self) -> Chosen:
        """What is chosen."""
        if self._everything:
            return Chosen(everything=True, ids=self._ids[~self._mask], count=self._count)
        return Chosen(everything=False, ids=self._ids[self._mask], count=self._count)

    def ids(self) -> Ids:
        """The chosen ids in list order, also when everything is chosen."""
        return self._ids[self._mask]

    def first(self) -> int | None:
        """The place of the first chosen row; None where none is chosen."""
        return int(self._mask.argmax()) if self._count else None

    def choose_all(self) -> None:
        """Choose every row."""
        self._mask[:] = True
        self._everything = True
        self._settle()

    def clear(self) -> None:
        """Choose nothing."""
        self._mask[:] = False
        self._everything = False
        self._settle()

    def choose_only(self, row: int) -> None:
        """Choose this row and no other."""
        self.choose_range(row, row)

    def choose_range(self, first: int, last: int) -> None:
        """Choose the rows from one place to another, in either order, and no others."""
        low, high = sorted((first, last))
        self._mask[:] = False
        self._mask[low : high + 1] = True
        self._everything = False
        self._settle()

    def toggle(self, row: int) -> None:
        """Choose this row, or let it go; the others stay as they are."""
        self._mask[row] = not self._mask[row]
        self._settle()

    def choose_ids(self, ids: Ids) -> None:
        """Choose these ids, as far as they are in the list, and no others."""
        self._mask = np.isin(self._ids, ids)
        self._everything = False
        self._settle()

    def carry_to(self, ids: Ids) -> None:
        """The list is a new one: what was chosen stays so, by id, where it still exists.

        "Everything" stays only when the list holds the same rows in another order: with another
        filter it would silently grow.
        """
        before, was, everything = self._ids, self._mask, self._everything
        self._ids = ids
        if not self._count:
            self._mask = np.zeros(len(ids), dtype=np.bool_)
            return
        self._mask = np.isin(ids, before[was])
        self._everything = (
            everything
            and len(before) == len(ids)
            and bool(self._mask.all() if was.all() else np.isin(ids, before).all())
        )
        self._settle()

    def _settle(self) -> None:
        self._count = int(np.count_nonzero(self._mask))
        if not self._count:
            self._everything = False
        self.changed.emit()
