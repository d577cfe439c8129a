"""Changing a line where it stands: Enter saves, Escape leaves, and nothing typed is lost."""

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from app.i18n import tr
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, Box, Item, col, row
from app.ui.widgets.leave_dialog import LeaveDialog
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label


class Editor(Surface):
    """A raised panel in a card. `key` is that of the line it stands for, None for a new one."""

    save_asked = Signal()
    left = Signal()
    grown = Signal()  # by a line at its end

    def __init__(self, name: str, key: Hashable, do: str = "") -> None:
        super().__init__("raised", name)
        self.key = key
        self.saving = False
        self._problem = Label("", "small", "danger_ink").wrapped()
        self._problem.setObjectName("problem")
        self._problem.hide()
        self.save = Button(do or tr("Save"), "primary", size="small")
        self.save.setObjectName("save")
        self.save.clicked.connect(self.submit)
        self.cancel = Button(tr("Cancel"), size="small")
        self.cancel.setObjectName("cancel")
        self.cancel.clicked.connect(self.leave)
        self.choices: Box = row(gap=8)  # what else can be done about a problem
        self._words = self.save.text()

    def arrange(self, *items: Item) -> None:
        """Fill the panel; the buttons stand at its end."""
        buttons = row(self.choices, STRETCH, self.cancel, self.save, gap=8)
        self.setLayout(col(*items, self._problem, buttons, gap=8, margins=12))

    def say(self, problem: str) -> None:
        """Say what keeps it from being saved; nothing when all is well."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            self._problem.setAccessibleName(problem)

    def problem(self) -> str:
        """What is said at the moment."""
        return self._problem.text()

    def is_changed(self) -> bool:
        """Whether anything was typed that is not saved."""
        raise NotImplementedError

    def start(self) -> None:
        """Put the keyboard where one types first."""
        raise NotImplementedError

    def wait(self, *, saving: bool) -> None:
        """Say that it is being saved."""
        self.saving = saving
        self.save.setEnabled(not saving)
        self.save.set_words(tr("Saving…") if saving else self._words)

    def submit(self) -> None:
        """Ask to have it saved."""
        if not self.saving:
            self.save_asked.emit()

    def leave(self) -> None:
        """Close it; asks first when something was typed."""
        if self.saving:
            return
        if not self.is_changed():
            self.left.emit()
            return
        asked = LeaveDialog(self)
        asked.accepted.connect(self.left)
        asked.open()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a line hands Enter on when it has done its part; buttons keep theirs
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
