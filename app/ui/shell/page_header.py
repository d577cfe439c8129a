"""The head of a page: title, what it holds, and its actions."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.widgets.layout import Box, col, hold, row
from app.ui.widgets.text import Elided, Label


class PageHeader(QWidget):
    """Shows title, subtitle and actions of the screen that is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page_header")
        self._title = Label("", "page")
        self._subtitle = Elided("", "body", "muted")
        self._actions: Box = row(gap=8)
        self._holders: dict[str, QWidget] = {}
        words = col(self._title, self._subtitle, gap=2)
        self.setLayout(row((words, 1), self._actions, gap=16))

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def subtitle(self) -> str:
        """The line under it."""
        return self._subtitle.text()

    def set_words(self, title: str, subtitle: str) -> None:
        """Say where the user is."""
        self._title.setText(title)
        self._subtitle.set_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def set_actions(self, area: str, actions: Sequence[QWidget]) -> None:
        """Show the actions of this area and hide those of the others; they are placed once."""
        if area not in self._holders:
            holder = hold(row(*actions, gap=8), f"actions_{area}")
            self._holders[area] = holder
            self._actions.put(holder)
        for name, holder in self._holders.items():
            holder.setVisible(name == area)
