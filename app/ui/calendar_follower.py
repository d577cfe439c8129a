"""The calendar file that other programs subscribe to, while a window is open."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.config import Machine, load, machine_file
from app.errors import UserError
from app.ui.context import Context

_AREAS = frozenset({"reminder", "customer"})


class CalendarFileFollower(QObject):
    """Keeps the file up to date; lives as long as its parent.

    A file that cannot be written is said once, and again only after it could.
    """

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._context = context
        self._said = False
        context.changes.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Write the file, if somebody wants it and something changed; in the background."""
        services, actor = self._context.services, self._context.actor
        if load(Machine, machine_file()).calendar_file(services.workspace) is None:
            return
        keeper = services.calendar_keeper
        self._context.tasks.run(
            self, lambda: keeper.refresh_if_needed(actor), self._done, self._failed
        )

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & _AREAS:
            self.refresh()

    def _done(self, _written: object) -> None:
        self._said = False

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._context.tasks.failed.emit(error)
        elif not self._said:
            self._said = True
            self._context.show_message(error.message, None, "warn")
