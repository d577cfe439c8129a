"""What was changed, for whoever shows it. No view calls another."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Changes(QObject):
    """Announces the areas ("customer", "complaint", …) that finished writes have touched.

    Announcements made within one turn of the event loop arrive as one, so that a bulk change
    reloads a list once.
    """

    changed = Signal(frozenset)
    _due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._areas: set[str] = set()
        self._due.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def announce(self, areas: Iterable[str]) -> None:
        """Say that rows of these areas may be different now; call it on the GUI thread."""
        waiting = bool(self._areas)
        self._areas.update(areas)
        if self._areas and not waiting:
            self._due.emit()

    @Slot()
    def _tell(self) -> None:
        areas, self._areas = frozenset(self._areas), set()
        self.changed.emit(areas)
