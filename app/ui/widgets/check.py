"""Boxes to tick and one-of-several circles."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton
from typing_extensions import override

from app.ui import icons
from app.ui.theme import Tokens, follow, tokens

_BOX = 16


def _hint(button: QAbstractButton) -> QSize:
    tok = tokens()
    words = QFontMetrics(tok.font(13)).horizontalAdvance(button.text())
    gap = tok.px(8) if button.text() else 0
    return QSize(tok.px(_BOX) + gap + words + 5, tok.px(24))


def _mark_area(button: QAbstractButton, tok: Tokens) -> QRectF:
    size = tok.px(_BOX)
    return QRectF(2, (button.height() - size) / 2, size, size)


def _paint_words(painter: QPainter, button: QAbstractButton, tok: Tokens, left: float) -> None:
    painter.setPen(tok.colour("text" if button.isEnabled() else "disabled"))
    painter.setFont(tok.font(13))
    area = QRectF(left, 0, button.width() - left, button.height())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, button.text())


def _edge(button: QAbstractButton, *, filled: bool) -> tuple[str, str]:
    """Tokens of ground and edge."""
    if not button.isEnabled():
        return "sunken", "border_strong"
    if filled:
        fill = "accent_hover" if button.underMouse() else "accent"
        return fill, fill
    return ("hover" if button.underMouse() else "surface"), "icon"


class CheckBox(QCheckBox):
    """A box to tick; the third state is a line: some, not all."""

    def __init__(self, words: str = "", name: str = "") -> None:
        super().__init__(words)
        self.setAccessibleName(name or words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over font and sizes."""
        self.setFont(tokens().font(13))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return _hint(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return _hint(self)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _mark_area(self, tok)
        state = self.checkState()
        filled = state != Qt.CheckState.Unchecked
        ground, edge = _edge(self, filled=filled)
        if self.hasFocus():
            painter.setPen(QPen(tok.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), tok.px(5), tok.px(5))
            box = box.adjusted(2, 2, -2, -2)
        painter.setPen(QPen(tok.colour(edge), 1))
        painter.setBrush(tok.colour(ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(4), tok.px(4))
        if filled:
            glyph = "check" if state == Qt.CheckState.Checked else "minus"
            size = box.width() - tok.px(4)
            ink = "on_accent" if self.isEnabled() else "disabled"
            at = QPointF(box.center().x() - size / 2, box.center().y() - size / 2)
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(at, icons.pixmap(glyph, ink, size, ratio, 3.0))
        _paint_words(painter, self, tok, tok.px(_BOX) + 2 + tok.px(8))


class Radio(QRadioButton):
    """One of several that belong to the same parent or button group."""

    def __init__(self, words: str, name: str = "") -> None:
        super().__init__(words)
        self.setAccessibleName(name or words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over font and sizes."""
        self.setFont(tokens().font(13))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return _hint(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return _hint(self)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = _mark_area(self, tok)
        ground, edge = _edge(self, filled=self.isChecked())
        if self.hasFocus():
            painter.setPen(QPen(tok.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(-1, -1, 1, 1))
            circle = circle.adjusted(2, 2, -2, -2)
        painter.setPen(QPen(tok.colour(edge), 1))
        painter.setBrush(tok.colour(ground))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("on_accent" if self.isEnabled() else "disabled"))
            inner = circle.width() * 0.2
            painter.drawEllipse(circle.center(), inner, inner)
        _paint_words(painter, self, tok, tok.px(_BOX) + 2 + tok.px(8))
