"""The sign of the program."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import RADIUS, SEMI, tokens
from app.ui.widgets.layout import fix

_USUAL: Final = 28
_ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)


class Logo(QWidget):
    """The sign of the program."""

    def __init__(self, size: int = _USUAL) -> None:
        super().__init__()
        fix(self, size, size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(QPainter(self), self.rect())


def program_icon() -> QIcon:
    """The sign for title bar and task bar, in the sizes that these ask for."""
    made = QIcon()
    for size in _ICON_SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        _paint(painter, picture.rect())
        painter.end()
        made.addPixmap(picture)
    return made


def _paint(painter: QPainter, room: QRect) -> None:
    tok = tokens()
    radius = room.width() * RADIUS / _USUAL
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour("accent"))
    painter.drawRoundedRect(room, radius, radius)
    painter.setPen(tok.colour("on_accent"))
    painter.setFont(tok.font(round(room.width() * 0.54 / tok.zoom), SEMI))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "熟")
