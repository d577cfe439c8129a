"""Backups that nobody has to think of: daily while the window is open, and when it closes."""

import logging
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.errors import UserError
from app.services.backups import BackupService
from app.ui.tasks import Tasks

HOUR: Final = 3_600_000

_LOG = logging.getLogger("shuke")


class SafeKeeping(QObject):
    """Looks every hour whether a backup is due, for a window that stays open for days."""

    def __init__(self, backups: BackupService, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups = backups
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setInterval(HOUR)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Make a backup in the background where the last one is more than a day old."""
        self._tasks.run(self, self._backups.make_if_due, _made)

    def at_close(self) -> None:
        """Keep a copy of today's work; a full disk must not keep the user from closing."""
        self._timer.stop()
        try:
            self._backups.make_at_close()
        except UserError:
            _LOG.exception("no backup at close")


def _made(_backup: object) -> None:
    """The settings show the newest one when they are opened."""
