"""Things to do, one line each, under heads: painted, so that hundreds cost nothing."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip
from typing_extensions import override

from app.ui.theme import follow, tokens
from app.ui.widgets.line_paint import (
    LINE,
    Button,
    Head,
    Line,
    LineLook,
    Row,
    paint_head,
    paint_line,
    places,
    row_height,
    usual_buttons,
)

_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_NOTHING: Final = (-1, "")


class LineList(QAbstractScrollArea):
    """Lines under heads. One is current; several can be chosen, by Shift and Ctrl as anywhere.

    `asked(action, key)` says what somebody wants done with a line: "open", "done", "snooze";
    `dropped(keys, drop)` that lines were drawn onto a head that takes them. `left_above` is said
    when one goes up from the first line.
    """

    asked = Signal(str, object)
    menu_asked = Signal(object, QPoint)
    chosen_changed = Signal()
    dropped = Signal(object, object)
    left_above = Signal()

    def __init__(self, name: str, words: str, buttons: Sequence[Button] | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._buttons = tuple(buttons) if buttons is not None else usual_buttons()
        self._rows: tuple[Row, ...] = ()
        self._tops: list[int] = [0]
        self._current = -1
        self._anchor = -1
        self._chosen: set[object] = set()
        self._hover = _NOTHING
        self._down = False
        self._pressed: QPoint | None = None
        self._over: int | None = None  # the head over which lines are held
        follow(self.retheme)

    # ---- what is shown

    def rows(self) -> tuple[Row, ...]:
        """Heads and lines, from the top."""
        return self._rows

    def lines(self) -> list[Line]:
        """The lines, from the top."""
        return [one for one in self._rows if isinstance(one, Line)]

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these. What was current and chosen stays; what is gone leaves its place."""
        before, place = self.current(), self._current
        self._rows = tuple(rows)
        self._measure()
        here = {one.key for one in self.lines()}
        chosen = self._chosen & here
        self._hover, self._down, self._over = _NOTHING, False, None
        kept = before is not None and before.key in here
        self._current = self._place_of(before.key) if before and kept else self._near(place)
        self._anchor = self._current
        self._say_current()
        self._choose(chosen)

    def current(self) -> Line | None:
        """The line that keys work on."""
        row = self._rows[self._current] if 0 <= self._current < len(self._rows) else None
        return row if isinstance(row, Line) else None

    def chosen(self) -> list[Line]:
        """The chosen lines from the top; without any, the current one."""
        found = [one for one in self.lines() if one.key in self._chosen]
        current = self.current()
        return found or ([current] if current is not None else [])

    def chosen_count(self) -> int:
        """How many were chosen on purpose."""
        return len(self._chosen)

    def go_to(self, key: object) -> None:
        """Make this line current and bring it into sight."""
        self._go(self._place_of(key))

    def choose_all(self) -> None:
        """Choose every line that can still be done."""
        self._choose({one.key for one in self.lines() if not one.over and not one.fixed})

    def choose_none(self) -> None:
        """Choose nothing."""
        self._choose(set())

    def retheme(self) -> None:
        """Take over sizes."""
        self._measure()

    # ---- places

    def _measure(self) -> None:
        self._tops = [0, *accumulate(row_height(row) for row in self._rows)]
        self.verticalScrollBar().setSingleStep(tokens().px(LINE))
        self._fit()

    def _fit(self) -> None:
        room, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setRange(0, max(0, self._tops[-1] - room))
        self.viewport().update()

    def _place_of(self, key: object) -> int:
        found = (
            place
            for place, row in enumerate(self._rows)
            if isinstance(row, Line) and row.key == key
        )
        return next(found, -1)

    def _near(self, place: int) -> int:
        """The line at this place, the next one, or the one before; -1 where there is none."""
        lines = [one for one, row in enumerate(self._rows) if isinstance(row, Line)]
        after = (one for one in lines if one >= place)
        return next(after, lines[-1] if lines else -1)

    def _row_at(self, y: float) -> int:
        if not 0 <= y < self._tops[-1]:
            return -1
        return bisect_right(self._tops, int(y)) - 1

    def area_of(self, place: int) -> QRectF:
        """Where a row is in the viewport."""
        top = self._tops[place] - self.verticalScrollBar().value()
        return QRectF(0, top, self.viewport().width(), self._tops[place + 1] - self._tops[place])

    def place_of(self, key: object) -> QPoint:
        """The middle of a line, for a menu or the mouse, in the viewport."""
        return self.area_of(self._place_of(key)).center().toPoint()

    def part_area(self, key: object, part: str) -> QRectF:
        """Where a part of a line is in the viewport: "circle" or the name of a button."""
        place = self._place_of(key)
        area, line = self.area_of(place), cast("Line", self._rows[place])
        found = places(line, int(area.width()), self._buttons, self._look(place))
        inner = dict([("circle", found.circle)] + [(b.name, held) for b, held in found.buttons])
        return inner.get(part, QRectF()).translated(area.topLeft())

    # ---- the current line

    def _go(self, place: int, *, extend: bool = False) -> None:
        if place < 0:
            return
        self._current = place
        if extend:
            first, last = sorted((self._anchor, place))
            between = self._rows[first : last + 1]
            self._choose({one.key for one in between if isinstance(one, Line)})
        else:
            self._anchor = place
        self._bring_into_sight(place)
        self._say_current()

    def _bring_into_sight(self, place: int) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top, bottom = self._tops[place], self._tops[place + 1]
        if place and isinstance(self._rows[place - 1], Head):
            top = self._tops[place - 1]  # the first of a group with its name
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)

    def _say_current(self) -> None:
        line = self.current()
        self.setAccessibleDescription(line.spoken() if line else "")
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.viewport().update()

    def _choose(self, keys: set[object]) -> None:
        if keys != self._chosen:
            self._chosen = keys
            self.chosen_changed.emit()
        self.viewport().update()

    def _toggle(self, place: int) -> None:
        row = self._rows[place]
        if isinstance(row, Line) and not row.fixed:
            self._choose(self._chosen ^ {row.key})

    # ---- keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        target = self._target(key)
        if target is not None and not held & _CTRL:
            self._move(target, extend=bool(held & _SHIFT))
        elif not self._does(key, held):
            super().keyPressEvent(event)

    def _move(self, target: int, *, extend: bool) -> None:
        if not extend and self._chosen:
            self.choose_none()
        if target < 0:
            self.left_above.emit()
        else:
            self._go(target, extend=extend)

    def _does(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        line = self.current()
        if key == Qt.Key.Key_Space and held == _CTRL and line is not None:
            self._toggle(self._current)
        elif key == Qt.Key.Key_A and held == _CTRL:
            self.choose_all()
        elif key == Qt.Key.Key_Escape and self._chosen:
            self.choose_none()
        elif line is not None and not held and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit("open", line.key)
        elif line is not None and not held and key == Qt.Key.Key_Space:
            self.asked.emit("done", line.key)
        else:
            return False
        return True

    def _target(self, key: Qt.Key) -> int | None:
        places = [place for place, row in enumerate(self._rows) if isinstance(row, Line)]
        if not places:
            return -1 if key == Qt.Key.Key_Up else None
        now = places.index(self._current) if self._current in places else -1
        page = max(1, self.viewport().height() // tokens().px(LINE) - 1)
        steps = {
            Qt.Key.Key_Up: now - 1,
            Qt.Key.Key_Down: now + 1,
            Qt.Key.Key_PageUp: max(0, now - page),
            Qt.Key.Key_PageDown: now + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(places) - 1,
        }
        step = steps.get(key)
        if step is None:
            return None
        return -1 if step < 0 else places[min(step, len(places) - 1)]

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current() is None:
            self._current = self._anchor = self._near(0)
        self._say_current()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- the mouse

    def _part_at(self, at: QPointF) -> tuple[int, str]:
        place = self._row_at(at.y() + self.verticalScrollBar().value())
        if place < 0:
            return _NOTHING
        line = self._rows[place]
        if not isinstance(line, Line):
            return place, ""
        area = self.area_of(place)
        look = LineLook(current=place == self._current, hovered=True)
        found = places(line, int(area.width()), self._buttons, look)
        return place, "" if line.over or line.fixed else found.part_at(at - area.topLeft())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._drags(event.position().toPoint()):
            return
        hit = self._part_at(event.position())
        if hit != self._hover:
            self._hover = hit
            shape = Qt.CursorShape.PointingHandCursor if hit[1] else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, part = self._hover = self._part_at(event.position())
        row = self._rows[place] if place >= 0 else None
        if not isinstance(row, Line):
            self.choose_none()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._down = bool(part)
        if part:
            self._go(place)
            return
        held = event.modifiers()
        self._pressed = event.position().toPoint()
        if held & _SHIFT:
            self._go(place, extend=True)
        elif held & _CTRL:
            self._go(place)
            self._toggle(place)
        else:
            if row.key not in self._chosen:
                self.choose_none()
            self._go(place)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        over, self._over = self._over, None
        held, self._down, self._pressed = self._down, False, None
        self.viewport().unsetCursor()
        self.viewport().update()
        if over is not None:
            head = self._rows[over]
            keys = [one.key for one in self.chosen()]
            if isinstance(head, Head) and head.drop is not None:
                self.dropped.emit(keys, head.drop)
            return
        hit = self._part_at(event.position())
        row = self._rows[hit[0]] if hit[0] >= 0 else None
        if held and hit == self._hover and hit[1] and isinstance(row, Line):
            self.asked.emit("done" if hit[1] == "circle" else hit[1], row.key)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place, part = self._part_at(event.position())
        row = self._rows[place] if place >= 0 else None
        if isinstance(row, Line) and not part:
            self._pressed = None
            self.asked.emit("open", row.key)

    def _drags(self, at: QPoint) -> bool:
        """Lines are drawn along; only where a head takes them."""
        begun = self._pressed
        takes = any(isinstance(row, Head) and row.drop is not None for row in self._rows)
        if begun is None or not takes:
            return False
        far = (at - begun).manhattanLength() >= QApplication.startDragDistance()
        if self._over is None and not far:
            return False
        place = self._row_at(at.y() + self.verticalScrollBar().value())
        while place > 0 and not isinstance(self._rows[place], Head):
            place -= 1
        self._over = max(place, 0)
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()
        return True

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self._current if by_key else self._part_at(QPointF(event.pos()))[0]
        row = self._rows[place] if place >= 0 else None
        if not isinstance(row, Line):
            return
        if row.key not in self._chosen:
            self.choose_none()
        self._go(place)
        middle = self.viewport().mapToGlobal(self.area_of(place).center().toPoint())
        self.menu_asked.emit(row.key, middle if by_key else event.globalPos())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            helped = cast("QHelpEvent", event)
            place = self._part_at(QPointF(helped.pos()))[0]
            row = self._rows[place] if place >= 0 else None
            QToolTip.showText(helped.globalPos(), row.tip if isinstance(row, Line) else "", self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover = _NOTHING
            self.viewport().update()
        return super().viewportEvent(event)

    # ---- painting

    def _look(self, place: int) -> LineLook:
        row = self._rows[place]
        hovered = place == self._hover[0]
        return LineLook(
            current=place == self._current,
            focus=self.hasFocus(),
            chosen=isinstance(row, Line) and row.key in self._chosen,
            hovered=hovered,
            part=self._hover[1] if hovered else "",
            down=self._down,
        )

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value, room = self.verticalScrollBar().value(), self.viewport().height()
        first = max(0, self._row_at(value))
        for place in range(first, len(self._rows)):
            if self._tops[place] >= value + room:
                break
            row, area = self._rows[place], self.area_of(place)
            if isinstance(row, Head):
                paint_head(painter, area, row, dropping=place == self._over)
            else:
                paint_line(painter, area, row, self._look(place), self._buttons)
