"""A table of a report, as a list on a card."""

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtWidgets import QWidget

from app.reports import base
from app.ui.table_model import Column, Ids, ListModel, RowSource
from app.ui.theme import HEADER, follow, tokens
from app.ui.widgets.layout import col
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import Label

ROW: Final = 36
_MOST: Final = 12  # rows seen without scrolling
_LEAST: Final = 4  # rows in sight of a table that has the room that is left
Row = tuple[base.Cell, ...]


class ReportTable(Surface):
    """Title and rows; as high as they need, up to a dozen, or all that the room holds."""

    def __init__(self, table: base.Table, parent: QWidget | None = None) -> None:
        super().__init__("card", f"table_{table.name}")
        self._table = table
        self._takes_rest = False
        columns = [_column(place, one) for place, one in enumerate(table.columns)]
        self.model: ListModel[Row] = ListModel(columns, RowSource(self._rows), parent=parent)
        self.list = BigTable(self.model, f"rows_{table.name}", row_height=ROW)
        self.list.setAccessibleName(str(table.title))
        self.model.setParent(self)
        self.model.set_ids(np.arange(len(table.rows), dtype=np.int64))
        title = Label(str(table.title), "title")
        title.setContentsMargins(15, 12, 15, 4)
        body = col(title, (self.list, 1), gap=0, margins=(1, 1, 1, 10))
        body.addStretch(0)  # takes what is left below the last row
        self.setLayout(body)
        follow(self.retheme)

    def take_rest(self) -> None:
        """Be as high as the room is: with more rows in sight, or none below the last one."""
        self._takes_rest = True
        self.retheme()

    def retheme(self) -> None:
        """Take over the height."""
        if self._takes_rest:
            self.list.setMinimumHeight(self._height(_LEAST))
            self.list.setMaximumHeight(self._height(len(self._table.rows)))
        else:
            self.list.setFixedHeight(self._height(_MOST))

    def _height(self, most: int) -> int:
        tok = tokens()
        return tok.px(HEADER) + min(most, len(self._table.rows)) * tok.px(ROW) + 2

    def _rows(self, ids: Ids) -> list[Row | None]:
        return [self._table.rows[int(one)] for one in ids]


def _column(place: int, column: base.Column) -> Column[Row]:
    return Column(
        column.key,
        column.title,
        partial(_cell, place),
        partial(base.as_text, kind=column.kind),
        "text" if column.kind == "text" else "number",
        width=120,
        sortable=False,
    )


def _cell(place: int, row: Row) -> base.Cell:
    return row[place]
