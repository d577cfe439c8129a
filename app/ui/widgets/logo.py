"""The sign of the program."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import RADIUS, SEMI, tokens
from app.ui.widgets.layout import fix


class Logo(QWidget):
    """The sign of the program."""

    def __init__(self, size: int = 28) -> None:
        super().__init__()
        fix(self, size, size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("accent"))
        painter.drawRoundedRect(self.rect(), tok.px(RADIUS), tok.px(RADIUS))
        painter.setPen(tok.colour("on_accent"))
        painter.setFont(tok.font(round(self.width() * 0.54 / tok.zoom), SEMI))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "熟")
