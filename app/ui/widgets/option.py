"""One value among a few to choose from: a ring, and the value in as many lines as it needs."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from app.ui.theme import RADIUS, Tokens, follow, tokens

_WRAP: Final = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere
)
_ONE_LINE: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_LEAD: Final = 36  # to the words: padding, ring, gap
_PAD: Final = 12
_ABOVE: Final = 7
_RING: Final = 16
_LINE: Final = 19
_SHOWN: Final = 160  # characters; the rest is in the tooltip
_TOLD: Final = 2_000
_LEAST: Final = 36


class Option(QAbstractButton):
    """Checkable; those of one parent exclude each other, and arrows go from one to the next.

    Up and Down leave the parent: `left` tells in which direction.
    """

    left = Signal(int)

    def __init__(self, words: str, name: str, *, quiet: bool = False) -> None:
        """`quiet` words say that there is no value."""
        super().__init__()
        self._quiet = quiet
        self.setText(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…")
        if len(words) > _SHOWN:
            self.setToolTip(words[:_TOLD])
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over fonts and sizes."""
        self.updateGeometry()
        self.update()

    def _words_height(self, width: int) -> int:
        tok = tokens()
        room = QRect(0, 0, max(tok.px(60), width - tok.px(_LEAD + _PAD)), 4000)
        found = QFontMetrics(tok.font(13)).boundingRect(room, _WRAP, self.text())
        return max(found.height(), tok.px(_LINE))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        tok = tokens()
        return max(tok.px(_LEAST), self._words_height(width) + 2 * tok.px(_ABOVE + 1))

    @override
    def sizeHint(self) -> QSize:
        width = tokens().px(240)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(120), tokens().px(_LEAST))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.left.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter, tok)
        self._paint_ring(painter, tok)
        painter.setFont(tok.font(13))
        quiet = self._quiet or not self.isChecked()
        painter.setPen(tok.colour("muted" if quiet else "text"))
        area = QRect(tok.px(_LEAD), 0, self.width() - tok.px(_LEAD + _PAD), tok.px(_LEAST))
        height = self._words_height(self.width())
        if height <= tok.px(_LINE):  # beside the ring, however high the value next to it is
            painter.drawText(area, _ONE_LINE, self.text())
        else:
            area.setRect(area.x(), tok.px(_ABOVE + 1), area.width(), height)
            painter.drawText(area, _WRAP, self.text())

    def _paint_ring(self, painter: QPainter, tok: Tokens) -> None:
        size = tok.px(_RING)
        above = (tok.px(_LEAST) - size) / 2
        circle = QRectF(tok.px(_PAD) - 2, above, size, size)
        chosen = self.isChecked()
        painter.setPen(QPen(tok.colour("accent" if chosen else "icon"), 1))
        painter.setBrush(tok.colour("accent" if chosen else "surface"))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("on_accent"))
            painter.drawEllipse(circle.center(), size * 0.2, size * 0.2)

    def _paint_body(self, painter: QPainter, tok: Tokens) -> None:
        ground: str | None = None
        if self.isChecked():
            ground = "sel"
        elif self.isDown():
            ground = "press"
        elif self.underMouse():
            ground = "hover"
        body = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(tok.colour(ground))
            painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
        if self.hasFocus():
            painter.setPen(QPen(tok.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), tok.px(RADIUS), tok.px(RADIUS))
