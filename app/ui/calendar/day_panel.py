"""The lines of the chosen day, beside the month or the week."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.widgets.button import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.line_list import LineList
from app.ui.widgets.line_paint import Button as LineButton
from app.ui.widgets.line_paint import Row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Elided, Label


class _DayList(LineList):
    """The arrow to the left and Escape lead back to the days."""

    back = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        leaves = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Escape)
        if leaves and not self.chosen_count():
            self.back.emit()
        else:
            super().keyPressEvent(event)


class DayPanel(Surface):
    """`new_wanted`: something is to be written down for the day."""

    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("card", "day_panel")
        self._title = Label("", "title")
        self._under = Elided("", "small", "muted")
        buttons = (LineButton("done", tr("Done"), "D", "good_ink"),)
        self.list = _DayList("day_list", tr("What is due on this day"), buttons)
        self.new_button = Button("", "quiet", glyph="plus", size="small", name=tr("New reminder"))
        self.new_button.setObjectName("new_on_day")
        self.new_button.clicked.connect(self.new_wanted)
        self._empty = EmptyState("calendar-days", tr("Nothing planned"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        head = row(self._title, STRETCH, self.new_button)
        under = hold(row((self._under, 1), margins=(0, 0, 8, 0)))
        top = col(head, under, gap=0, margins=(12, 8, 8, 4))
        self.setLayout(col(top, (self._stack, 1), gap=2, margins=(4, 4, 4, 8)))

    def show_day(self, title: str, under: str, rows: Sequence[Row]) -> None:
        """Show a day with its lines."""
        self._title.setText(title)
        self._under.set_text(under)
        self.list.set_rows(rows)
        self._stack.setCurrentWidget(self.list if rows else self._empty)

    def title(self) -> str:
        """The day that is shown."""
        return self._title.text()
