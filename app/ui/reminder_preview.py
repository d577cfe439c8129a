"""Exactly what would happen to several reminders, before it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import Message, tr
from app.ui.table_model import Cell, Column, Ids, ListModel, RowSource
from app.ui.theme import ROW_DENSE, tokens
from app.ui.widgets.button import ButtonKind
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import col
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable


@dataclass(frozen=True, slots=True)
class Planned:
    """What one line is now, and would be."""

    what: str
    whom: str
    before: str
    after: str


class PreviewDialog(Dialog):
    """Lists what would change; `do` is called when that is wanted."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        button: str,
        planned: Sequence[Planned],
        do: Callable[[], object],
        kind: ButtonKind = "primary",
    ) -> None:
        super().__init__(parent, title, "reminder_preview", do=button, kind=kind)
        self._do, self._planned = do, planned
        columns = (
            Column[Planned]("what", Message("What"), lambda r: r.what, paint="lines", width=300,
                            sortable=False, cell=lambda r: Cell(r.what, r.whom)),
            Column[Planned]("change", Message("What changes"), lambda r: r.after, paint="change",
                            width=300, sortable=False,
                            cell=lambda r: Cell(r.after, r.before, kind="info")),
        )  # fmt: skip
        self.model: ListModel[Planned] = ListModel(columns, RowSource(self._rows), parent=self)
        self.table = BigTable(self.model, "preview", row_height=ROW_DENSE)
        self.table.setAccessibleName(tr("What changes"))
        ground = Surface("card", "preview_card")
        ground.setLayout(col((self.table, 1), gap=0, margins=(1, 1, 1, 8)))
        self.put((ground, 1))
        self.model.set_ids(np.arange(1, len(planned) + 1, dtype=np.int64))
        self.retheme()
        self.do_button.setFocus()

    def _rows(self, ids: Ids) -> list[Planned | None]:
        return [self._planned[int(one) - 1] for one in ids]

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(600), tokens().px(400))

    @override
    def fit(self) -> None:
        """Room for the list."""
        self.resize(tokens().px(680), tokens().px(480))

    @override
    def submit(self) -> None:
        self._do()
        self.accept()
