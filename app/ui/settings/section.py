"""The pieces of a settings page: a card with a title, and rows of words and a control."""

from typing import Final

from PySide6.QtWidgets import QWidget

from app.ui.widgets.layout import STRETCH, Item, Margins, col, hold, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label, muted

MARGINS: Final[Margins] = 16


class Section(Surface):
    """A card of settings that belong together."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__("card", name)
        self._body = col(Label(title, "title"), gap=14, margins=MARGINS)
        self.setLayout(self._body)

    def put(self, *items: Item) -> None:
        """Add lines."""
        for item in items:
            self._body.put(item)


def setting(title: str, words: str, control: QWidget) -> QWidget:
    """What is set and what that means at the left, the control at the right."""
    if not control.accessibleName():
        control.setAccessibleName(title)
    lines = [Label(title, "medium")]
    if words:
        lines.append(muted(words).wrapped())
    return hold(row((hold(col(*lines, gap=2)), 1), col(STRETCH, control, STRETCH), gap=24))
