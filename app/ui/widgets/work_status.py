"""What is being done in the background: title, progress, and the way to stop it."""

from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.ui.tasks import Task, Tasks
from app.ui.widgets.layout import Box, col
from app.ui.widgets.progress import ProgressRow
from app.ui.widgets.surface import Surface

PATIENCE: Final = 300  # milliseconds: what is quicker is not worth a flicker
MOST: Final = 3


class WorkStatus(QWidget):
    """One line for each titled task that takes longer than a moment; no room when there is none.

    What a screen shows itself has a line here only while that screen is not in sight.
    """

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("work_status")
        self._tasks = tasks
        self._rows: dict[Task[Any], ProgressRow] = {}
        self._known: set[Task[Any]] = set()
        self._lines: Box = col(gap=8, margins=(16, 8, 16, 8))
        self._ground = Surface("card")
        self._ground.setLayout(self._lines)
        self.setLayout(col(self._ground))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_waiting)
        tasks.busy_changed.connect(self._look)
        self.hide()
        self._look()

    def rows(self) -> list[ProgressRow]:
        """The lines shown, the oldest first."""
        return list(self._rows.values())

    def _look(self) -> None:
        running = set(self._tasks.running())
        wanted = [
            task for task in self._tasks.running() if task in self._known and not task.is_shown()
        ][:MOST]
        for task in [task for task in self._rows if task not in wanted]:
            gone = self._rows.pop(task)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for task in wanted:
            if task not in self._rows:
                self._rows[task] = ProgressRow(task)
                self._lines.put(self._rows[task])
        for line in self._rows.values():
            line.refresh()
        self._known &= running
        if running - self._known and not self._patience.isActive():
            self._patience.start()
        if not running:
            self._patience.stop()
        if self.isHidden() == bool(self._rows):
            # at every key something starts and ends: only a difference is worth a new layout
            self.setVisible(bool(self._rows))

    def _show_waiting(self) -> None:
        self._known.update(self._tasks.running())
        self._look()
