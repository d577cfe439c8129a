"""A date that is typed as people write dates, or chosen from a month."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from app.domain import dates
from app.i18n import Message, tr
from app.ui import icons
from app.ui.theme import tokens
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col
from app.ui.widgets.menu import Popover
from app.ui.widgets.month_grid import MonthGrid


class DateEdit(LineEdit):
    """A day or nothing. "2026-02-28", "28 Feb 2026", "2026年2月28日", "today", "-3d" are all read.

    Alt+Down or the icon opens a month. What cannot be read stays as typed, and `problem` says why.
    """

    changed = Signal()

    def __init__(self, name: str, today: date) -> None:
        super().__init__(name, placeholder="2026-02-28")
        self._today = today
        self._open = QAction(self)
        self._open.setText(tr("Choose a day"))
        self._open.triggered.connect(self.open_month)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._month: MonthGrid | None = None
        self._panel: Popover | None = None
        self.textEdited.connect(self._typed)
        self.retheme()

    def value(self) -> date | None:
        """The day, or None where nothing readable is typed."""
        return dates.parse(self.text(), self._today) or dates.parse_relative(
            self.text(), self._today
        )

    def set_value(self, day: date | None) -> None:
        """Show a day."""
        self.setText(day.isoformat() if day else "")
        self.changed.emit()

    def problem(self) -> Message | None:
        """Why what is typed is not a day; None when it is one, or nothing."""
        return None if self.value() is not None else dates.problem(self.text(), self._today)

    def settle(self) -> None:
        """Write what was read in the one form that everybody reads the same way."""
        day = self.value()
        if day is not None and self.text() != day.isoformat():
            self.setText(day.isoformat())

    def open_month(self) -> None:
        """Choose the day from a month."""
        if self._panel is None or self._month is None:
            self._month = MonthGrid(self._today)
            self._month.picked.connect(self._picked)
            self._panel = Popover(self, col(self._month), "month")
        self._month.go_to(self.value() or self._today)
        self._panel.open_under(self)
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _picked(self, day: date) -> None:
        if self._panel:
            self._panel.close()
        self.set_value(day)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self.changed.emit()

    @override
    def retheme(self) -> None:
        super().retheme()
        # called by the base class before there is anything of our own
        if hasattr(self, "_open"):
            self._open.setIcon(icons.icon("calendar", "muted", tokens().px(16)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.open_month()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)
