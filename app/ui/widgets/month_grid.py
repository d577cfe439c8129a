"""A month to choose a day from, painted, with the keyboard throughout."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.dates import EARLIEST_YEAR, LATEST_YEAR, Relative
from app.i18n import tr
from app.ui.theme import MEDIUM, REGULAR, SEMI, Tokens, follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.text import Label

_CELL: Final = 34
_WEEKS: Final = 6
_FIRST: Final = date(EARLIEST_YEAR, 1, 1)
_LAST: Final = date(LATEST_YEAR, 12, 31)
_STEPS: Final = {
    Qt.Key.Key_Left: Relative(-1, "d"),
    Qt.Key.Key_Right: Relative(1, "d"),
    Qt.Key.Key_Up: Relative(-1, "w"),
    Qt.Key.Key_Down: Relative(1, "w"),
    Qt.Key.Key_PageUp: Relative(-1, "m"),
    Qt.Key.Key_PageDown: Relative(1, "m"),
}


def week_days() -> tuple[str, ...]:
    """Monday to Sunday in as few letters as the language allows."""
    return (tr("Mo"), tr("Tu"), tr("We"), tr("Th"), tr("Fr"), tr("Sa"), tr("Su"))


class _Days(QWidget):
    """The days themselves; weeks begin on Monday."""

    moved = Signal()
    picked = Signal(date)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("days")
        self._today = today
        self.day = today
        self._hovered: date | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def go_to(self, day: date) -> None:
        """Make this the current day."""
        self.day = min(max(day, _FIRST), _LAST)
        self.setAccessibleName(self.day.isoformat())
        self.update()
        self.moved.emit()

    def retheme(self) -> None:
        """Take over the size."""
        self.setFixedSize(self.sizeHint())
        self.update()

    def _start(self) -> date:
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _at(self, x: float, y: float) -> date | None:
        cell = tokens().px(_CELL)
        column, week = int(x // cell), int(y // cell) - 1
        if not (0 <= column < 7 and 0 <= week < _WEEKS):
            return None
        return self._start() + timedelta(days=week * 7 + column)

    @override
    def sizeHint(self) -> QSize:
        cell = tokens().px(_CELL)
        return QSize(cell * 7, cell * (_WEEKS + 1))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position().x(), event.position().y())
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position().x(), event.position().y())
        if day is not None:
            self.go_to(day)
            self.picked.emit(self.day)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.go_to(step.on(self.day))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        elif event.key() == Qt.Key.Key_T:
            self.go_to(self._today)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = tok.px(_CELL)
        painter.setFont(tok.font(11, MEDIUM))
        painter.setPen(tok.colour("muted"))
        for column, words in enumerate(week_days()):
            area = QRectF(column * cell, 0, cell, cell)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        start = self._start()
        for place in range(_WEEKS * 7):
            week, column = divmod(place, 7)
            area = QRectF(column * cell, (week + 1) * cell, cell, cell)
            self._paint_day(painter, tok, area, start + timedelta(days=place))

    def _paint_day(self, painter: QPainter, tok: Tokens, area: QRectF, day: date) -> None:
        body = area.adjusted(3, 3, -3, -3)
        current = day == self.day
        ground = "accent" if current else "hover" if day == self._hovered else None
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(tok.colour(ground))
            painter.drawEllipse(body)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == self._today and not current:
            painter.setPen(QPen(tok.colour("accent_ink"), 1.5))
            painter.drawEllipse(body)
        if current and self.hasFocus():
            painter.setPen(QPen(tok.colour("focus"), 2))
            painter.drawEllipse(area.adjusted(1, 1, -1, -1))
        here = day.month == self.day.month
        ink = "on_accent" if current else "text" if here else "disabled"
        painter.setPen(tok.colour(ink))
        painter.setFont(tok.font(13, SEMI if current else REGULAR))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(day.day))


class MonthGrid(QWidget):
    """A month with its name, arrows to the months beside it, and Today."""

    picked = Signal(date)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._days = _Days(today)
        self._title = Label("", "strong").centred()
        back = Button("", "quiet", glyph="chevron-left", size="small", name=tr("Month before"))
        on = Button("", "quiet", glyph="chevron-right", size="small", name=tr("Next month"))
        self._today_button = Button(tr("Today"), "accent", size="small")
        self._today = today
        for button, name in ((back, "back"), (on, "on"), (self._today_button, "today")):
            button.setObjectName(name)
        back.clicked.connect(self._back)
        on.clicked.connect(self._on)
        self._today_button.clicked.connect(self._pick_today)
        self._days.moved.connect(self._show_title)
        self._days.picked.connect(self.picked)
        self.setLayout(
            col(
                row(back, (self._title, 1), on),
                self._days,
                row(STRETCH, self._today_button, STRETCH),
                gap=4,
                margins=8,
            )
        )
        self.setFocusProxy(self._days)
        self._show_title()

    def day(self) -> date:
        """The current day."""
        return self._days.day

    def go_to(self, day: date) -> None:
        """Show the month of this day."""
        self._days.go_to(day)

    def _show_title(self) -> None:
        day = self._days.day
        self._title.setText(tr("{year}-{month}", year=day.year, month=f"{day.month:02d}"))

    def _back(self) -> None:
        self._days.go_to(Relative(-1, "m").on(self._days.day))

    def _on(self) -> None:
        self._days.go_to(Relative(1, "m").on(self._days.day))

    def _pick_today(self) -> None:
        self.picked.emit(self._today)
