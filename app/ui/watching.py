"""What other windows and machines write is announced here too."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.services.history import HistoryService
from app.ui.changes import Changes
from app.ui.tasks import Tasks

EVERY: Final = 3000  # milliseconds


class Watch(QObject):
    """Asks now and then, in the background, what the journal has that was not announced here."""

    def __init__(
        self, history: HistoryService, changes: Changes, tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._history, self._changes, self._tasks = history, changes, tasks
        self._newest: int | None = None  # nothing before the first look is news
        self._own: set[int] = set()  # announced already
        self._asking = False
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def note_own(self, change_set_id: int) -> None:
        """This one was written, and announced, here."""
        self._own.add(change_set_id)

    def look(self) -> None:
        """Ask now."""
        if self._asking:
            return
        self._asking = True
        history, newest = self._history, self._newest
        self._tasks.run(self, lambda: _ask(history, newest), self._found, self._failed)

    def _found(self, found: tuple[int, frozenset[str]]) -> None:
        newest, areas = found
        known, self._newest = self._newest, newest
        self._asking = self._told = False
        if known is not None and areas and not self._own.issuperset(range(known + 1, newest + 1)):
            self._changes.announce(areas)
        self._own = {one for one in self._own if one > newest}

    def _failed(self, error: BaseException) -> None:
        # a server that is gone is said once, not every few seconds
        self._asking = False
        if not self._told:
            self._told = True
            self._tasks.failed.emit(error)


def _ask(history: HistoryService, newest: int | None) -> tuple[int, frozenset[str]]:
    return (history.newest(), frozenset()) if newest is None else history.since(newest)
