"""Where a case or a wizard stands: steps done, present and to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui import icons
from app.ui.theme import MEDIUM, SEMI, Tokens, follow, tokens


class Steps(QWidget):
    """Done steps filled with a tick, the present one ringed, those to come outlined."""

    def __init__(self, names: Sequence[str], present: int = 0) -> None:
        super().__init__()
        self._names = tuple(names)
        self._present = present
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_present(present)
        follow(self.retheme)

    def present(self) -> int:
        """The step under way; as many as there are when all are done."""
        return self._present

    def set_present(self, present: int) -> None:
        """Go to a step."""
        self._present = present
        if present < len(self._names):
            self.setAccessibleName(
                tr(
                    "Step {number} of {count}: {name}",
                    number=present + 1,
                    count=len(self._names),
                    name=self._names[present],
                )
            )
        else:
            self.setAccessibleName(tr("All steps are done"))
        self.update()

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(tokens().px(44))
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        tok = tokens()
        metrics = QFontMetrics(tok.font(12, SEMI))
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        return QSize((widest + tok.px(12)) * len(self._names), tok.px(44))

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self.width() / max(1, len(self._names))
        radius, middle = 8 * tok.zoom, 10 * tok.zoom
        for index, name in enumerate(self._names):
            centre = QPointF(gap * (index + 0.5), middle)
            if index:
                reached = index <= self._present
                painter.setPen(QPen(tok.colour("accent_ink" if reached else "border_strong"), 2))
                away = radius + 5 * tok.zoom
                painter.drawLine(
                    QPointF(centre.x() - gap + away, middle), QPointF(centre.x() - away, middle)
                )
            self._paint_mark(painter, tok, index, centre, radius)
            here = index == self._present
            painter.setFont(tok.font(12, SEMI if here else MEDIUM))
            painter.setPen(tok.colour("text" if here else "muted"))
            below = QRectF(gap * index, tok.px(24), gap, tok.px(18))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_mark(
        self, painter: QPainter, tok: Tokens, index: int, centre: QPointF, radius: float
    ) -> None:
        if index < self._present:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("accent"))
            painter.drawEllipse(centre, radius, radius)
            size = tok.px(10)
            tick = icons.pixmap("check", "on_accent", size, self.devicePixelRatioF(), 3.0)
            painter.drawPixmap(centre - QPointF(size / 2, size / 2), tick)
            return
        here = index == self._present
        painter.setPen(QPen(tok.colour("accent_ink" if here else "border_strong"), 2))
        painter.setBrush(tok.colour("surface"))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("accent"))
            painter.drawEllipse(centre, radius * 0.38, radius * 0.38)
