"""Fills the list of promises and its counts; what is no longer asked for is dropped."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.promises import PromiseQuery, Which
from app.services.promise_lists import PromiseLine
from app.ui.context import Context
from app.ui.table_model import Ids, ListModel

if TYPE_CHECKING:
    from app.ui.tasks import Task

T = TypeVar("T")
_WAIT: Final = 120  # milliseconds of quiet while somebody types


class PromiseListing(QObject):
    """Keeps a model filled with the answer to one query; `counts` are None until they are known."""

    filled = Signal()
    counted = Signal()

    def __init__(self, context: Context, model: ListModel[PromiseLine], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self._edition = 0
        self._running: list[Task[Any]] = []
        self.query = PromiseQuery()
        self.complete = False
        self.counts: Mapping[Which, int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.reload)

    def show(self, query: PromiseQuery) -> None:
        """Fill the list with what this asks for; while somebody types, a moment later."""
        typed = query.text != self.query.text
        self.query = query
        self.complete = False
        self._timer.start(_WAIT if typed and query.text else 0)

    def reload(self) -> None:
        """Ask the same again, keeping place and selection."""
        self._timer.stop()
        self._edition += 1
        self.complete, self.counts = False, None
        for task in self._running:
            task.cancel()
        self._running.clear()
        lists, actor = self._context.services.promise_lists, self._context.actor
        query = self.query
        self._ask(lambda: lists.ids(actor, query), self._came)
        self._ask(lambda: lists.counts(actor, query), self._counted)

    def _ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        edition = self._edition

        def settled(found: T) -> None:
            if edition == self._edition:
                done(found)

        self._running.append(self._context.tasks.run(self, work, settled))

    def _came(self, ids: Ids) -> None:
        self.complete = True
        if np.array_equal(ids, self._model.ids):
            self._model.update_all()
        else:
            self._model.set_ids(ids)
        self.filled.emit()

    def _counted(self, counts: Mapping[Which, int]) -> None:
        self.counts = counts
        self.counted.emit()
