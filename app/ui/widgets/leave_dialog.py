"""The question before something typed is given up."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

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


class TypingDialog(Dialog):
    """A dialog that is typed into: it stays while it saves, and asks before it gives up."""

    def __init__(self, parent: QWidget, title: str, name: str) -> None:
        super().__init__(parent, title, name, do=tr("Save"))
        self._saving = self._discarded = False

    def is_changed(self) -> bool:
        """Whether anything is typed that is not saved."""
        raise NotImplementedError

    def _wait(self, *, saving: bool) -> None:
        self._saving = saving
        self.do_button.setEnabled(not saving)
        self.do_button.set_words(tr("Saving…") if saving else tr("Save"))

    def stop_asking(self) -> None:
        """What was typed is given up, or saved: leaving asks no more."""
        self._discarded = True

    @override
    def reject(self) -> None:
        if self._saving:
            return
        if self._discarded or not self.is_changed():
            super().reject()
            return
        asked = LeaveDialog(self)
        asked.accepted.connect(self._discard)
        asked.open()

    def _discard(self) -> None:
        self.stop_asking()
        self.reject()


class Leaving(QObject):
    """Lets a window close, or begin anew, at once or when what was typed in it is given up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._given_up = False

    def lets_go(self, event: QCloseEvent, *, unsaved: bool) -> bool:
        """Whether the window may close now; where something is unsaved, it is asked about."""
        if self._given_up or not unsaved:
            return True
        event.ignore()
        self._ask(self._give_up)
        return False

    def then(self, do: Callable[[], None], *, unsaved: bool) -> None:
        """Do it now; where something is unsaved, when that is given up, or never."""
        if unsaved:
            self._ask(do)
        else:
            do()

    def _ask(self, do: Callable[[], None]) -> None:
        asked = LeaveDialog(self._window)
        asked.accepted.connect(do)
        asked.open()

    def _give_up(self) -> None:
        self._given_up = True
        self._window.close()
