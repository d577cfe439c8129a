"""A line that knows when the mouse is over it or the keyboard on it."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import RADIUS, tokens

_OVER: Final = 8  # how far the ground of a line reaches beyond its words


class LookedAt(QWidget):
    """Calls `_look` whenever the mouse or the keyboard comes or goes."""

    looked_at = Signal()  # the mouse or the keyboard came or went

    def __init__(self) -> None:
        super().__init__()
        self.hovered = False

    def _look(self) -> None:
        """Show what belongs to a line that is looked at, or hide it."""
        raise NotImplementedError

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self._look()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self._look()
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._look()
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._look()
        super().focusOutEvent(event)


def paint_grounds(card: QWidget, lines: Iterable[LookedAt], above: int) -> None:
    """The ground beneath the lines of a card that are looked at, with a ring at the keyboard's.

    It reaches `above` pixels over and under a line's words, at zoom 1.
    """
    painter, tok = QPainter(card), tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in lines:
        if not (line.hovered or line.hasFocus()):
            continue
        area = QRectF(QPointF(line.mapTo(card, QPoint(0, 0))), line.size().toSizeF())
        area.adjust(-tok.px(_OVER), -tok.px(above), tok.px(_OVER), tok.px(above))
        painter.setPen(QPen(tok.colour("focus"), 2) if line.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("hover"))
        painter.drawRoundedRect(area, tok.px(RADIUS), tok.px(RADIUS))
