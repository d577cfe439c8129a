"""Rules that nobody has to run: once a day while the window is open."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.rules import RuleService

AFTER_START: Final = 30_000
QUARTER: Final = 900_000
"""Milliseconds: how soon after the start, and how often, it is looked whether they ran today."""


class RuleKeeping(QObject):
    """Looks now and then whether the rules ran today, on whatever machine, and runs them.

    `rules` is asked for the service at the first look: the start need not load it.
    """

    def __init__(
        self, rules: "Callable[[], RuleService]", tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rules, self._tasks = rules, tasks
        self._timer = QTimer(self)
        self._timer.setInterval(AFTER_START)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Run them in the background unless they ran today."""
        self._timer.setInterval(QUARTER)
        self._tasks.run(self, lambda: self._rules().run_if_due(), _ran, lane="write")


def _ran(_result: object) -> None:
    """What they made is announced like every other change."""
