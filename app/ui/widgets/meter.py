"""Shares of a whole: bars, rings, and a small line of monthly values."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme import SEMI, Kind, Tokens, follow, tokens
from app.ui.widgets.avatar import Sized


class Meter(QWidget):
    """A bar of shares.

    Args:
        name: accessible name with the figure in words.
        parts: value and token of each share.
        height: 4, 6 or 8 pixels at zoom 1.
        marks: shares of the whole (0 to 1) where a thin tick stands.
        total: what the whole is; the sum of the parts when None.
    """

    def __init__(
        self,
        name: str,
        parts: Sequence[tuple[float, str]],
        *,
        height: int = 8,
        marks: Sequence[float] = (),
        total: float | None = None,
    ) -> None:
        super().__init__()
        self._parts, self._marks, self._bar = tuple(parts), tuple(marks), height
        self._total = total
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def set_parts(self, name: str, parts: Sequence[tuple[float, str]]) -> None:
        """Show other shares."""
        self._parts = tuple(parts)
        self.setAccessibleName(name)
        self.update()

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(tokens().px(self._bar + (6 if self._marks else 0)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = tok.px(self._bar)
        whole = QRectF(0, (self.height() - bar) / 2, self.width(), bar)
        shape = QPainterPath()
        shape.addRoundedRect(whole, bar / 2, bar / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(whole, tok.colour("press"))
        self._paint_parts(painter, tok, whole)
        painter.restore()
        for share in self._marks:
            tick = QRectF(self.width() * share - 0.75, 0, 1.5, self.height())
            painter.fillRect(tick, tok.colour("icon"))

    def _paint_parts(self, painter: QPainter, tok: Tokens, whole: QRectF) -> None:
        total = self._total or sum(value for value, _ in self._parts) or 1
        gap = 1 if len(self._parts) > 1 else 0
        left = 0.0
        for value, token in self._parts:
            width = whole.width() * value / total
            part = QRectF(left, whole.y(), max(0.0, width - gap), whole.height())
            painter.fillRect(part, tok.colour(token))
            left += width


class Ring(Sized):
    """A share (0 to 1) as a ring with a figure inside; `kind` None is the accent."""

    def __init__(
        self, share: float, words: str, name: str, kind: Kind | None = None, size: int = 48
    ) -> None:
        super().__init__(size)
        self._share, self._words, self._kind = share, words, kind
        self.setAccessibleName(name)

    def set_share(self, share: float, words: str, name: str) -> None:
        """Show another share."""
        self._share, self._words = share, words
        self.setAccessibleName(name)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = max(2, self.width() // 12)
        inset = line * 0.75
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(tok.colour("press"), line))
        painter.drawEllipse(body)
        colour = tok.colour(f"{self._kind}_solid" if self._kind else "accent_ink")
        painter.setPen(QPen(colour, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(body, 90 * 16, -round(360 * 16 * min(1.0, self._share)))
        painter.setPen(tok.colour("text"))
        painter.setFont(tok.font(12, SEMI))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)


class Spark(QWidget):
    """A small line of values over time; the last point carries the colour of its meaning.

    `low` and `high` are the ends of the scale, `floor` a dashed line on it.
    """

    def __init__(
        self,
        name: str,
        values: Sequence[float],
        *,
        low: float,
        high: float,
        kind: Kind = "plain",
        floor: float | None = None,
    ) -> None:
        super().__init__()
        self._values, self._kind = tuple(values), kind
        self._low, self._high, self._floor = low, high, floor
        self.setAccessibleName(name)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the size."""
        self.setFixedSize(tokens().px(96), tokens().px(32))
        self.update()

    def _place(self, index: int, value: float) -> QPointF:
        step = (self.width() - 10) / max(1, len(self._values) - 1)
        share = (value - self._low) / (self._high - self._low)
        return QPointF(4 + index * step, self.height() - 5 - share * (self.height() - 10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values:
            return
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        last = len(self._values) - 1
        if self._floor is not None:
            painter.setPen(QPen(tok.colour("border_strong"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(self._place(0, self._floor), self._place(last, self._floor))
        path = QPainterPath(self._place(0, self._values[0]))
        for index, value in enumerate(self._values[1:], 1):
            path.lineTo(self._place(index, value))
        painter.setPen(QPen(tok.colour("icon"), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(QPen(tok.colour("surface"), 1.5))
        painter.setBrush(tok.colour(f"{self._kind}_solid"))
        painter.drawEllipse(self._place(last, self._values[-1]), 4, 4)
