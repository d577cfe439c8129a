"""Seven days side by side: which day it is, what it is called, how much is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui import icons
from app.ui.theme import MEDIUM, RADIUS, RADIUS_CARD, REGULAR, SEMI, Tokens, follow, tokens
from app.ui.widgets.cells import elide
from app.ui.widgets.pill import PILL, paint_pill, pill_width

HEIGHT: Final = 94
_INSET: Final = 4
_PAD: Final = 12
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | _MIDDLE


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day of the strip in words. `counts` are icons with figures; `rest` stands without any."""

    day: date
    name: str
    lunar: str
    note: str
    counts: tuple[tuple[str, int], ...]
    rest: str
    off: bool
    spoken: str


class WeekStrip(QWidget):
    """One day is chosen; arrows and the mouse choose another."""

    chosen = Signal(date)
    left_below = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("week")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._days: tuple[StripDay, ...] = ()
        self._current = 0
        self._hover = -1
        follow(self.retheme)

    def set_days(self, days: Sequence[StripDay], chosen: date) -> None:
        """Show these; without announcing it, `chosen` is the chosen one."""
        self._days = tuple(days)
        found = [place for place, one in enumerate(days) if one.day == chosen]
        self._current = found[0] if found else 0
        self._say()

    def days(self) -> tuple[StripDay, ...]:
        """The days that are shown."""
        return self._days

    def current(self) -> StripDay | None:
        """The chosen day."""
        return self._days[self._current] if self._days else None

    def choose(self, place: int) -> None:
        """Choose a day by its place, and announce it when it is another."""
        place = min(max(place, 0), len(self._days) - 1)
        if self._days and place != self._current:
            self._current = place
            self._say()
            self.chosen.emit(self._days[place].day)

    def _say(self) -> None:
        now = self.current()
        self.setAccessibleName(f"{tr('Week')}: {now.spoken}" if now else tr("Week"))
        self.update()

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(tokens().px(HEIGHT))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(tokens().px(7 * 96), tokens().px(HEIGHT))

    def area_of(self, place: int) -> QRectF:
        """Where a day is."""
        inset = tokens().px(_INSET)
        wide = (self.width() - 2 * inset) / max(1, len(self._days))
        return QRectF(inset + place * wide, inset, wide, self.height() - 2 * inset)

    def _at(self, at: QPointF) -> int:
        return next(
            (place for place in range(len(self._days)) if self.area_of(place).contains(at)), -1
        )

    # ---- keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._days) - 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.choose(step)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_below.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(place)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position())
        if hover != self._hover:
            self._hover = hover
            shape = Qt.CursorShape.PointingHandCursor if hover >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.setToolTip(self._days[hover].spoken if hover >= 0 else "")
            self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    # ---- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border"), 1))
        painter.setBrush(tok.colour("surface"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, tok.px(RADIUS_CARD), tok.px(RADIUS_CARD))
        for place, day in enumerate(self._days):
            self._paint_day(painter, tok, self.area_of(place), place, day)

    def _paint_day(
        self, painter: QPainter, tok: Tokens, area: QRectF, place: int, day: StripDay
    ) -> None:
        chosen = place == self._current
        body = area.adjusted(4, 4, -4, -4)
        if chosen:
            edge = 2 if self.hasFocus() else 1.5
            painter.setPen(QPen(tok.colour("focus" if self.hasFocus() else "accent"), edge))
            painter.setBrush(tok.colour("accent_soft"))
            painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
        elif place == self._hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("hover"))
            painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
        tone = "accent_ink" if chosen else "muted" if day.off else "text"
        inner = area.adjusted(tok.px(_PAD), tok.px(8), -tok.px(_PAD), -tok.px(8))
        third = inner.height() / 3
        lines = [QRectF(inner.x(), inner.y() + third * n, inner.width(), third) for n in range(3)]
        self._paint_name(painter, tok, lines[0], day, tone)
        self._paint_number(painter, tok, lines[1], day, tone)
        self._paint_counts(painter, tok, lines[2], day, chosen=chosen)

    def _paint_name(
        self, painter: QPainter, tok: Tokens, area: QRectF, day: StripDay, tone: str
    ) -> None:
        painter.setFont(tok.font(11, MEDIUM))
        painter.setPen(tok.colour("muted"))
        taken = painter.fontMetrics().horizontalAdvance(day.lunar) + tok.px(6)
        painter.drawText(area, _RIGHT, day.lunar)
        painter.setFont(tok.font(12, SEMI))
        painter.setPen(tok.colour(tone))
        room = int(area.width()) - taken
        painter.drawText(area, _MIDDLE, elide(painter, day.name, room))

    def _paint_number(
        self, painter: QPainter, tok: Tokens, area: QRectF, day: StripDay, tone: str
    ) -> None:
        painter.setFont(tok.font(15, SEMI))
        painter.setPen(tok.colour(tone))
        number = str(day.day.day)
        painter.drawText(area, _MIDDLE, number)
        if not day.note:
            return
        left = area.x() + painter.fontMetrics().horizontalAdvance(number) + tok.px(8)
        wide = min(pill_width(day.note, None), int(area.right() - left))
        tall = tok.px(PILL - 2)
        pill = QRectF(left, area.center().y() - tall / 2, wide, tall)
        if wide >= tok.px(36):
            paint_pill(painter, pill, day.note, "calm", None)

    def _paint_counts(
        self, painter: QPainter, tok: Tokens, area: QRectF, day: StripDay, *, chosen: bool
    ) -> None:
        painter.setFont(tok.font(11, MEDIUM))
        painter.setPen(tok.colour("muted"))
        if not day.counts:
            painter.setFont(tok.font(11, REGULAR))
            painter.drawText(area, _MIDDLE, elide(painter, day.rest, int(area.width())))
            return
        left, size = area.x(), tok.px(14)
        for glyph, count in day.counts:
            words = str(count)
            wide = painter.fontMetrics().horizontalAdvance(words)
            if left + size + tok.px(4) + wide > area.right() + 1:
                break
            tone = "accent_ink" if chosen else "icon"
            icons.paint(painter, QPointF(left, area.center().y() - size / 2), glyph, tone, size)
            left += size + tok.px(4)
            painter.drawText(QRectF(left, area.y(), wide + 2, area.height()), _MIDDLE, words)
            left += wide + tok.px(10)
