"""What was changed, for whoever shows it. No view calls another."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override


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


class WhileShown(QObject):
    """Tells a widget of changes while it is shown; of those it missed, when it is shown again.

    So what nobody looks at is not loaded anew at every write, beside what somebody waits for.
    """

    def __init__(
        self, widget: QWidget, changes: Changes, do: Callable[[frozenset[str]], None]
    ) -> None:
        super().__init__(widget)
        self._widget, self._do = widget, do
        self._missed: frozenset[str] = frozenset()
        changes.changed.connect(self._changed)
        widget.installEventFilter(self)

    @Slot(frozenset)
    def _changed(self, areas: frozenset[str]) -> None:
        if self._widget.isVisible():
            self._do(areas)
        else:
            self._missed |= areas

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._missed:
            areas, self._missed = self._missed, frozenset()
            self._do(areas)
        return False
