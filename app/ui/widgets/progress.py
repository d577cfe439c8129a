"""How far a long task is, and the way to stop it."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.i18n import number, tr
from app.ui.tasks import Task
from app.ui.widgets.button import Button
from app.ui.widgets.layout import col, row
from app.ui.widgets.meter import Meter
from app.ui.widgets.text import Elided, muted


class ProgressRow(QWidget):
    """Title, bar, how many of how many, and a button that stops it."""

    def __init__(self, task: Task[Any]) -> None:
        super().__init__()
        self.task = task
        self._title = Elided(str(task.title or ""), "medium")
        self._count = muted()
        self._bar = Meter("", ((0, "accent"),), height=4, total=1)
        self.stop = Button(tr("Stop"), "quiet", glyph="x", size="small")
        self.stop.clicked.connect(self._stop)
        self.setLayout(
            row((col(row((self._title, 1), self._count), self._bar, gap=4), 1), self.stop, gap=12)
        )
        self.refresh()

    def refresh(self) -> None:
        """Show how far it is now."""
        progress = self.task.progress
        known = progress.total > 0
        words = tr("{done} of {total}", done=number(progress.done), total=number(progress.total))
        self._count.setText(words if known else tr("Working…"))
        share = progress.done / progress.total if known else 0.0
        self._bar.set_parts(f"{self._title.text()}: {self._count.text()}", ((share, "accent"),))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.set_words(tr("Stopping…"))
        self.task.cancel()
