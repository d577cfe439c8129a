"""The card beside a list: filled anew for every line, or saying that none is chosen."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.ui.theme import tokens
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import STRETCH, Item, col, hold, row
from app.ui.widgets.surface import Surface


class DetailPanel(Surface):
    """`least` is how narrow it may be, in pixels at zoom 1; a long word makes it wider."""

    def __init__(self, name: str, glyph: str, nothing: str, least: int) -> None:
        super().__init__("card", name)
        self._least = least
        self._none = EmptyState(glyph, nothing, "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._scroll: HangingScroll | None = None
        self._page: QWidget | None = None
        self.setLayout(col((self._stack, 1), gap=0, margins=1))

    def say_nothing(self, title: str, hint: str) -> None:
        """Show why there is nothing to show."""
        self._none.set_words(title, hint)
        self._stack.setCurrentWidget(self._none)

    def place(self) -> int:
        """How far it is scrolled."""
        return self._scroll.verticalScrollBar().value() if self._scroll else 0

    def fill(self, name: str, parts: Sequence[Item], place: int) -> None:
        """Show these parts, scrolled so far; `name` is that of what they stand in."""
        content = hold(col(*parts, STRETCH, gap=12, margins=(16, 16, 0, 16)), f"{name}_content")
        content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        made = HangingScroll(content, f"{name}_scroll")
        page = hold(row(made, margins=(0, 0, 16, 0)))
        needed = content.minimumSizeHint().width() + tokens().px(16)
        self.setMinimumWidth(max(tokens().px(self._least), needed + 2))
        before, self._page = self._page, page
        self._scroll = made
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        made.verticalScrollBar().setValue(place)
