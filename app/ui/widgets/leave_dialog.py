"""The question before something typed is given up."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.i18n import tr
from app.ui.widgets.dialog import Dialog


class LeaveDialog(Dialog):
    """Asked only when something was typed; accepted when it may go."""

    def __init__(self, typed_in: QWidget) -> None:
        super().__init__(
            typed_in,
            tr("Leave without saving?"),
            "leave",
            do=tr("Discard"),
            kind="danger",
            leave=tr("Keep editing"),
            words=tr("What you typed here is not saved yet."),
        )
        self.leave_button.setDefault(True)


class Leaving(QObject):
    """Lets a window close at once, or when what was typed in it is given up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._given_up = False

    def lets_go(self, event: QCloseEvent, *, unsaved: bool) -> bool:
        """Whether the window may close now; where something is unsaved, it is asked about."""
        if self._given_up or not unsaved:
            return True
        event.ignore()
        asked = LeaveDialog(self._window)
        asked.accepted.connect(self._give_up)
        asked.open()
        return False

    def _give_up(self) -> None:
        self._given_up = True
        self._window.close()
