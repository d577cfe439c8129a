"""A name that leads somewhere."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from app.ui.theme import tokens
from app.ui.widgets.button import Button

_HEIGHT: Final = 20  # as high as a line of words


class Link(Button):
    """A name that leads to another customer; a long one ends in dots."""

    def __init__(self, words: str, name: str) -> None:
        """`name` is the accessible name: what the link is, and the words."""
        self._whole = words
        super().__init__(words, "accent", name=name)
        self.setToolTip(words)
        # as wide as there is room, but never wider than its words
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance(words) + tokens().px(10))

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setFixedHeight(tokens().px(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - tokens().px(8)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(48), super().minimumSizeHint().height())
