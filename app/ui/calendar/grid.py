"""Days in weeks, painted: a month or one week, with the keyboard; lines are drawn to other days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.calendar.cells import CellLook, DayCell, Entry, entry_areas, paint_cell, paint_entry
from app.ui.theme import MEDIUM, follow, tokens
from app.ui.when import WEEK_DAYS

_NAMES: Final = 28
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CalendarGrid(QWidget):
    """One day is chosen, which may lead to other days being shown.

    `day_chosen` says which; `page_wanted` that the month or week before or after is wanted;
    `entered` that one wants to work on the lines of the chosen day; `dropped(key, day)` that an
    entry was drawn onto another day; `opened(key)` that an entry was double-clicked.
    """

    day_chosen = Signal(date)
    page_wanted = Signal(int)
    entered = Signal()
    dropped = Signal(object, date)
    opened = Signal(object)
    new_wanted = Signal(date)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calendar_grid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._cells: tuple[DayCell, ...] = ()
        self._today = self._day = date.min
        self._hover = -1
        self._pressed: tuple[QPointF, Entry] | None = None
        self._dragged: Entry | None = None
        self._at = QPointF()
        follow(self.update)

    def set_cells(self, cells: Sequence[DayCell], day: date, today: date) -> None:
        """Show these days, whole weeks from Monday on; `day` is the chosen one."""
        self._cells, self._day, self._today = tuple(cells), day, today
        self._say()

    def mark(self, day: date) -> None:
        """Another day is the chosen one; nothing is announced."""
        self._day = day
        self._say()

    def cells(self) -> tuple[DayCell, ...]:
        """The days that are shown."""
        return self._cells

    def day(self) -> date:
        """The chosen day."""
        return self._day

    def cell(self, day: date) -> DayCell | None:
        """What is shown of a day."""
        return next((one for one in self._cells if one.day == day), None)

    def choose(self, day: date) -> None:
        """Choose a day and announce it."""
        if day != self._day:
            self._day = day
            self._say()
            self.day_chosen.emit(day)

    def _say(self) -> None:
        found = self.cell(self._day)
        words = found.spoken if found else self._day.isoformat()
        self.setAccessibleName(f"{tr('Calendar')}: {words}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        tok = tokens()
        return QSize(tok.px(700), tok.px(500))

    @override
    def minimumSizeHint(self) -> QSize:
        tok = tokens()
        return QSize(tok.px(7 * 60), tok.px(240))

    # ---- places

    def area_of(self, place: int) -> QRectF:
        """Where a day is, by its place among those shown."""
        names = tokens().px(_NAMES)
        weeks = max(1, len(self._cells) // 7)
        wide, tall = self.width() / 7, (self.height() - names) / weeks
        week, column = divmod(place, 7)
        return QRectF(column * wide, names + week * tall, wide, tall)

    def area_of_day(self, day: date) -> QRectF:
        """Where a day is; empty for one that is not shown."""
        places = (place for place, one in enumerate(self._cells) if one.day == day)
        found = next(places, None)
        return QRectF() if found is None else self.area_of(found)

    def area_of_entry(self, key: object) -> QRectF:
        """Where an entry is; empty for one that is not shown."""
        for place in range(len(self._cells)):
            for entry, body in self._entries(place):
                if entry.key == key:
                    return body
        return QRectF()

    def _entries(self, place: int) -> list[tuple[Entry, QRectF]]:
        area, cell = self.area_of(place), self._cells[place]
        return entry_areas(tokens(), area, cell, roomy=self._is_roomy())

    def _is_roomy(self) -> bool:
        return len(self._cells) <= 7

    def _place_at(self, at: QPointF) -> int:
        places = range(len(self._cells))
        return next((place for place in places if self.area_of(place).contains(at)), -1)

    def _entry_at(self, at: QPointF) -> Entry | None:
        place = self._place_at(at)
        if place < 0:
            return None
        placed = self._entries(place)
        return next((entry for entry, body in placed if body.contains(at)), None)

    # ---- keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self._day + timedelta(days=_STEPS[key]))
        elif key in _PAGES:
            self.page_wanted.emit(_PAGES[key])
        elif key == Qt.Key.Key_Home:
            self.choose(self._day - timedelta(days=self._day.weekday()))
        elif key == Qt.Key.Key_End:
            self.choose(self._day + timedelta(days=6 - self._day.weekday()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    # ---- the mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        entry = self._entry_at(at)
        self._pressed = (at, entry) if entry is not None and not entry.fixed else None
        place = self._place_at(at)
        if place >= 0:
            self.choose(self._cells[place].day)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at = event.position()
        if self._pressed is not None:
            begun, entry = self._pressed
            far = (at - begun).manhattanLength() >= QApplication.startDragDistance()
            if far and not entry.over:
                self._dragged = entry
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        place = self._place_at(at)
        if place != self._hover or self._dragged is not None:
            self._hover = place
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged, self._pressed = self._dragged, None, None
        self.unsetCursor()
        self.update()
        place = self._place_at(event.position())
        if dragged is not None and place >= 0:
            self.dropped.emit(dragged.key, self._cells[place].day)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry, place = self._entry_at(event.position()), self._place_at(event.position())
        self._pressed = None
        if entry is not None:
            self.opened.emit(entry.key)
        elif place >= 0:
            self.new_wanted.emit(self._cells[place].day)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            helped = cast("QHelpEvent", event)
            entry = self._entry_at(QPointF(helped.pos()))
            place = self._place_at(QPointF(helped.pos()))
            spoken = self._cells[place].spoken if place >= 0 else ""
            QToolTip.showText(helped.globalPos(), entry.words if entry else spoken, self)
            return True
        return super().event(event)

    # ---- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(11, MEDIUM))
        for column, name in enumerate(WEEK_DAYS):
            area = QRectF(column * self.width() / 7, 0, self.width() / 7, tok.px(_NAMES))
            painter.drawText(
                area.adjusted(tok.px(8), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(name)
            )
        self._paint_cells(painter)
        self._paint_lines(painter)
        if self._dragged is not None:
            body = QRectF(self._at.x() - 20, self._at.y() - 10, self.width() / 7, tok.px(20))
            painter.setOpacity(0.9)
            paint_entry(painter, tok, body, self._dragged)
            painter.setOpacity(1.0)

    def _paint_cells(self, painter: QPainter) -> None:
        tok = tokens()
        dragging = self._dragged is not None
        key = self._dragged.key if self._dragged is not None else None
        for place, cell in enumerate(self._cells):
            look = CellLook(
                cell.day == self._today,
                cell.day == self._day,
                self.hasFocus(),
                place == self._hover and not dragging,
                place == self._hover and dragging,
                self._is_roomy(),
                key,
            )
            paint_cell(painter, tok, self.area_of(place), cell, look)

    def _paint_lines(self, painter: QPainter) -> None:
        tok = tokens()
        painter.setPen(QPen(tok.colour("grid"), 1))
        names, weeks = tok.px(_NAMES), max(1, len(self._cells) // 7)
        for column in range(1, 7):
            x = round(column * self.width() / 7) + 0.5
            painter.drawLine(QPointF(x, names), QPointF(x, self.height()))
        for week in range(weeks):
            y = round(names + week * (self.height() - names) / weeks) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
