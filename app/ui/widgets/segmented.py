"""One of a few: a trough with the chosen part raised."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import number
from app.ui.theme import CONTROL_SMALL, MEDIUM, RADIUS, RADIUS_SMALL, Tokens, follow, tokens

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
Segment = tuple[str, int | None]


class SegmentedControl(QWidget):
    """Parts with words and an optional count; arrows and digits choose."""

    chosen = Signal(int)

    def __init__(self, segments: Sequence[Segment | str], name: str, current: int = 0) -> None:
        """`name` is the accessible name: what the choice is about."""
        super().__init__()
        self._name = name
        self._segments: list[Segment] = []
        self._current = current
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_segments(segments)
        follow(self.retheme)

    def current(self) -> int:
        """Which part is chosen."""
        return self._current

    def segments(self) -> list[Segment]:
        """Words and count of every part."""
        return list(self._segments)

    def set_current(self, index: int) -> None:
        """Choose a part; announces it when it is another."""
        if index != self._current and 0 <= index < len(self._segments):
            self._current = index
            self._say()
            self.update()
            self.chosen.emit(index)

    def set_segments(self, segments: Sequence[Segment | str]) -> None:
        """Change words and counts; the chosen place stays."""
        self._segments = [(one, None) if isinstance(one, str) else one for one in segments]
        self._say()
        self.retheme()

    def retheme(self) -> None:
        """Take over sizes and colours."""
        self.setFixedSize(self.sizeHint())
        self.update()

    def _say(self) -> None:
        words, count = self._segments[self._current]
        self.setAccessibleName(f"{self._name}: {words}")
        self.setAccessibleDescription("" if count is None else number(count))

    def _widths(self, tok: Tokens) -> list[int]:
        metrics, small = (QFontMetrics(tok.font(px, MEDIUM)) for px in (12, 11))
        widths = []
        for words, count in self._segments:
            extra = 0 if count is None else tok.px(6) + small.horizontalAdvance(number(count))
            widths.append(metrics.horizontalAdvance(words) + extra + tok.px(22))
        return widths

    def _at(self, x: float) -> int:
        left = 2
        for index, width in enumerate(self._widths(tokens())):
            left += width
            if x < left:
                return index
        return len(self._segments) - 1

    @override
    def sizeHint(self) -> QSize:
        tok = tokens()
        return QSize(sum(self._widths(tok)) + 4, tok.px(CONTROL_SMALL))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.set_current(self._at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position().x())
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._segments) - 1
        steps = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: min(last, self._current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = steps.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.set_current(target)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("press"))
        painter.drawRoundedRect(self.rect(), tok.px(RADIUS), tok.px(RADIUS))
        left = 2
        for index, width in enumerate(self._widths(tok)):
            part = QRectF(left, 2, width, self.height() - 4)
            self._paint_segment(painter, tok, part, index)
            left += width

    def _paint_segment(self, painter: QPainter, tok: Tokens, part: QRectF, index: int) -> None:
        words, count = self._segments[index]
        chosen = index == self._current
        if chosen:
            ring = self.hasFocus()
            edge = "focus" if ring else "border_strong"
            painter.setPen(QPen(tok.colour(edge), 2 if ring else 1))
            ground = "surface" if tok.scheme == "light" else "border_strong"
            painter.setBrush(tok.colour(ground if self.isEnabled() else "sunken"))
            body = part.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(body, tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))
        elif index == self._hovered and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("border"))
            painter.drawRoundedRect(part, tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))
        painter.setPen(tok.colour("text" if self.isEnabled() else "disabled"))
        painter.setFont(tok.font(12, MEDIUM))
        inner = part.adjusted(tok.px(11), 0, 0, 0)
        painter.drawText(inner, _MIDDLE, words)
        if count is not None:
            after = painter.fontMetrics().horizontalAdvance(words) + tok.px(6)
            painter.setFont(tok.font(11, MEDIUM))
            painter.drawText(inner.adjusted(after, 0, 0, 0), _MIDDLE, number(count))
