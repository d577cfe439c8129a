"""The card with the lines of the day, its foot, and what stands there when all is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import ntr, tr
from app.ui.today.done_page import DonePage
from app.ui.widgets.button import Button
from app.ui.widgets.key_hints import KeyHints
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.line_list import LineList
from app.ui.widgets.line_paint import Row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import muted

ACTIONS = ("done", "snooze", "skip", "move")


class ListCard(Surface):
    """`bulk_asked(action)`: something is to be done with the chosen lines."""

    bulk_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("card", "today_card")
        self.list = LineList("today_list", tr("What is to be done"))
        self.done_page = DonePage()
        self._count = muted()
        self._count.setObjectName("chosen_count")
        words = (tr("Done"), tr("Snooze"), tr("Skip"), tr("Another day"))
        self.buttons = {
            name: Button(said, size="small", key=key)
            for name, said, key in zip(ACTIONS, words, "DSXM", strict=True)
        }
        for name, button in self.buttons.items():
            button.setObjectName(f"bulk_{name}")
            button.setProperty("asked", name)
            button.clicked.connect(self._ask)
        self.clear = Button("", "quiet", glyph="x", size="small", name=tr("Choose none"))
        self.clear.setObjectName("choose_none")
        self.clear.clicked.connect(self.list.choose_none)
        bar = row(self._count, 8, *self.buttons.values(), STRETCH, self.clear,
                  margins=(12, 0, 12, 0))  # fmt: skip
        self._bulk = fix(hold(bar, "bulk_bar"), height=40)
        self._hints = KeyHints(
            (
                (("↑", "↓"), tr("Choose")),
                (("↵",), tr("Open")),
                (("D",), tr("Done")),
                (("S",), tr("Snooze")),
                (("X",), tr("Skip")),
                (("M",), tr("Another day")),
                (("Ctrl Z",), tr("Undo")),
            )
        )
        self._foot = QStackedWidget()
        self._foot.addWidget(self._hints)
        self._foot.addWidget(self._bulk)
        fix(self._foot, height=40)
        self._lines = hold(col((self.list, 1), self._foot, gap=4))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lines)
        self._stack.addWidget(self.done_page)
        self.setLayout(col((self._stack, 1), gap=0, margins=(8, 8, 8, 6)))
        self.list.chosen_changed.connect(self._show_foot)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show lines."""
        had_keys = self.window().focusWidget() is self.done_page.action
        self.list.set_rows(rows)
        self._stack.setCurrentWidget(self._lines)
        if had_keys:
            self.list.setFocus()

    def show_done(self, title: str, words: str, achieved: Sequence[str], action: str) -> None:
        """Nothing is left: say so."""
        had_keys = self.window().focusWidget() is self.list
        self.list.set_rows(())
        self.done_page.say(title, words, achieved, action)
        self._stack.setCurrentWidget(self.done_page)
        if had_keys:
            self.done_page.action.setFocus()

    def is_done(self) -> bool:
        """Whether it says that nothing is left."""
        return self._stack.currentWidget() is self.done_page

    def begin(self) -> QWidget:
        """Where the keyboard begins."""
        return self.done_page.action if self.is_done() else self.list

    def _show_foot(self) -> None:
        count = self.list.chosen_count()
        self._count.setText(ntr("{count} line chosen", "{count} lines chosen", count))
        self._foot.setCurrentWidget(self._bulk if count else self._hints)

    def _ask(self) -> None:
        self.bulk_asked.emit(self.sender().property("asked"))
