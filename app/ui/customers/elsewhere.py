"""Finds out, for the lines on screen, where a hit is that is not in plain sight."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.services.customers import CustomerRow
from app.services.finding import Matched
from app.ui.context import Context
from app.ui.customers.columns import Sought
from app.ui.table_model import ListModel
from app.ui.widgets.table import BigTable

_WAIT: Final = 80


class Elsewhere(QObject):
    """Asks in the background what matched in the visible rows whose names did not."""

    def __init__(
        self,
        context: Context,
        table: BigTable,
        model: ListModel[CustomerRow],
        sought: Sought,
    ) -> None:
        super().__init__(table)
        self._context, self._table, self._model, self._sought = context, table, model, sought
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._ask)
        table.verticalScrollBar().valueChanged.connect(self.look)

    def look(self) -> None:
        """The rows on screen are others."""
        if self._sought.typed:
            self._timer.start()

    def _ask(self) -> None:
        typed = self._sought.typed
        ids = [row.id for row in self._visible() if not self._is_plain(row)]
        if not ids:
            return
        find, actor = self._context.services.find, self._context.actor

        def came(matched: dict[int, tuple[Matched, ...]]) -> None:
            if typed == self._sought.typed:
                self._sought.found(matched)
                self._table.viewport().update()

        self._context.tasks.run(self, lambda: find.matched(actor, typed, ids), came)

    def _visible(self) -> list[CustomerRow]:
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        end = last + 1 if last >= 0 else len(self._model.ids)
        rows = [self._model.row_at(place) for place in range(first, end)]
        return [row for row in rows if row is not None]

    def _is_plain(self, row: CustomerRow) -> bool:
        sought = self._sought
        return sought.knows(row.id) or bool(sought.name(row.name) or sought.person(row.under))
