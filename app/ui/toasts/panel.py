"""The raised panel that every part of the stack of popups is."""

from typing import Final

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme import MOTION_LONG, RADIUS_CARD, follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.floating import composed, corner
from app.ui.widgets.surface import Shadow

WIDTH: Final = 384


class Panel(QWidget):
    """Round and with a shadow where the desktop can show that, else square."""

    arrived = Signal()  # at the place it went to

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        if composed():
            Shadow(self)
        self._move = QPropertyAnimation(self, b"pos", self)
        self._move.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._move.finished.connect(self.arrived)
        self._target: QPoint | None = None  # nowhere yet
        follow(self.update)

    def fit(self) -> None:
        """Take the size that the content needs."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.setFixedSize(tokens().px(WIDTH), self.sizeHint().height())

    def slide_to(self, target: QPoint) -> None:
        """Go to a place in the stack; what is not there yet comes in from the right."""
        if self._target is None:
            self._begin_at(target)
        elif target == self._target:
            return
        self._target = target
        self._move.stop()
        duration = tokens().milliseconds(MOTION_LONG) if composed() else 0
        if not duration:
            self.move(target)
            return
        self._move.setDuration(duration)
        self._move.setStartValue(self.pos())
        self._move.setEndValue(target)
        self._move.start()

    def _begin_at(self, target: QPoint) -> None:
        parent = self.parentWidget()
        self.move(parent.width() if parent else target.x(), target.y())
        self.show()

    def path(self) -> QRect:
        """Where it is, where it goes, and what lies between."""
        return self.geometry().united(QRect(self._target or self.pos(), self.size()))

    def step_aside(self) -> None:
        """Be seen no more; the next time it comes in again."""
        self._move.stop()
        self._target = None
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border" if composed() else "border_strong"), 1))
        painter.setBrush(tok.colour("raised"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, corner(RADIUS_CARD), corner(RADIUS_CARD))


class CloseButton(Button):
    """The × in a corner: no higher than the line it stands on."""

    def __init__(self, name: str) -> None:
        super().__init__("", "quiet", glyph="x", size="small", name=name)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setFixedSize(self.sizeHint())

    @override
    def sizeHint(self) -> QSize:
        edge = tokens().px(22)
        return QSize(edge, edge)
