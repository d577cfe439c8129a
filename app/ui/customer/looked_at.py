"""A line that knows when the mouse is over it or the keyboard on it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class LookedAt(QWidget):
    """Calls `_look` whenever the mouse or the keyboard comes or goes."""

    looked_at = Signal()  # the mouse or the keyboard came or went

    def __init__(self) -> None:
        super().__init__()
        self.hovered = False

    def _look(self) -> None:
        """Show what belongs to a line that is looked at, or hide it."""
        raise NotImplementedError

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self._look()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self._look()
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._look()
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._look()
        super().focusOutEvent(event)
