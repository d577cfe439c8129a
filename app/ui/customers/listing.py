"""Fills the list: the first page at once, all of it right after, and nothing that is stale."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.lists import ListQuery
from app.services.customers import CustomerRow, FirstPage
from app.ui.context import Context
from app.ui.table_model import Ids, ListModel

if TYPE_CHECKING:
    from app.ui.tasks import Task

T = TypeVar("T")

LEAST: Final = 16  # rows, where the window has no size yet
_WAIT: Final = 250  # milliseconds of quiet before all hits are asked for: longer than between keys


class Listing(QObject):
    """Keeps a model filled with the answer to one query.

    An answer to a query that is no longer asked is dropped, and what has not begun is not begun.
    """

    filled = Signal()  # the first page is there, or the whole list
    refused = Signal(object)  # the UserError: the query cannot be read

    def __init__(
        self,
        context: Context,
        model: ListModel[CustomerRow],
        in_sight: Callable[[], int],
        parent: QObject,
    ) -> None:
        """`in_sight` says how many rows the window shows: so many are asked for first."""
        super().__init__(parent)
        self._context, self._model, self._in_sight = context, model, in_sight
        self._edition = 0
        self._running: list[Task[Any]] = []
        self.query = ListQuery()
        self.complete = False  # whether the model holds every id
        self.asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask_all)

    def show(self, query: ListQuery) -> None:
        """Fill the list anew with what this asks for."""
        self.query = query
        self._stop()
        customers, actor = self._context.services.customers, self._context.actor
        wanted = max(LEAST, self._in_sight())
        self._ask(
            lambda: customers.first_page(actor, query, wanted),
            lambda page: self._first_came(page, wanted),
        )

    def reload(self) -> None:
        """The data may be different: ask the same again, keeping place and selection."""
        self._stop()
        self._ask_all()

    def _stop(self) -> None:
        self._timer.stop()
        self._edition += 1
        self.complete = False
        self.asked = True
        for task in self._running:
            task.cancel()
        self._running.clear()

    def _ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        edition = self._edition

        def settled(found: T) -> None:
            if edition == self._edition:
                done(found)

        def failed(error: BaseException) -> None:
            if edition == self._edition:
                self.refused.emit(error)

        self._running.append(self._context.tasks.run(self, work, settled, failed))

    def _ask_all(self) -> None:
        query, actor = self.query, self._context.actor
        customers = self._context.services.customers
        self._ask(lambda: customers.ids(actor, query), self._all_came)

    def _first_came(self, page: FirstPage, wanted: int) -> None:
        self.complete = len(page.ids) < wanted
        self._model.set_ids(page.ids, page.rows)
        self.filled.emit()
        if not self.complete:
            # while somebody types, only the last query is answered in full
            self._timer.start(_WAIT if self.query.search else 0)

    def _all_came(self, ids: Ids) -> None:
        self.complete = True
        if np.array_equal(ids, self._model.ids):
            self._model.update_all()
        else:
            self._model.set_ids(ids)
        self.filled.emit()
