"""The stream of a customer: painted, not a widget for every entry, so that 10,000 scroll freely."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip
from typing_extensions import override

from app.clock import Clock
from app.i18n import tr
from app.services.timeline import Entry
from app.ui.customer.entry_layout import ABOVE, DISC, EDGE
from app.ui.customer.entry_words import Shown, change_words, key_of
from app.ui.customer.stream import Stream
from app.ui.customer.timeline_paint import EntryLook, paint_entry, paint_waiting
from app.ui.theme import follow, tokens
from app.ui.when import exact_moment

NEAR: Final = 30
"""So many entries before the end of what is there, the next ones are asked for."""
_FOOT: Final = 40
_STEP: Final = 32
_ACTIONS: Final = {
    Qt.Key.Key_Return: "edit",
    Qt.Key.Key_Enter: "edit",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Space: "done",
}
_FOLDS: Final = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
_NOTHING: Final = (-1, "")


class TimelineView(QAbstractScrollArea):
    """Entries, the newest first. Only what is in sight is laid out; the rest is estimated.

    `asked(action, entry)` says what somebody wants done: "edit", "delete", "done", "move", "copy".
    """

    asked = Signal(str, object)
    menu_asked = Signal(object, QPoint)
    near_end = Signal()
    all_asked = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("timeline_view")
        self.setAccessibleName(tr("Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._clock = clock
        self._stream = Stream()
        self._more = False
        self._current = -1
        self._hover = _NOTHING
        self._down = False
        self._placing = False
        follow(self.retheme)

    # ---- what is shown

    def entries(self) -> Sequence[Entry]:
        """What is there so far."""
        return self._stream.entries

    def current(self) -> Entry | None:
        """The entry with the ring."""
        held = 0 <= self._current <= self._stream.last
        return self._stream.entries[self._current] if held else None

    def shown(self, place: int) -> Shown:
        """An entry in words."""
        return self._stream.measured(place)[0]

    def height_of(self, place: int) -> int:
        """How high an entry is."""
        return self._stream.measured(place)[1].height

    def set_entries(self, entries: Iterable[Entry], *, more: bool, found: str = "") -> None:
        """Show these; what was in sight and what was chosen stay where they are.

        `more`: there are further ones to ask for. `found`: mark this text.
        """
        stream = self._stream
        anchor, current = stream.anchor(self.verticalScrollBar().value()), self.current()
        stream.fill(entries, self._clock.now(), found)
        self._more, self._hover, self._down = more, _NOTHING, False
        if current is not None:
            place = stream.place_of(key_of(current))
            self._current = place if place >= 0 else min(self._current, stream.last)
        elif self.hasFocus():
            self._current = min(0, stream.last)
        self._fit()
        self._go_to(stream.top_of(anchor))
        self._say_current()
        self._look_for_more()

    def begin(self) -> None:
        """Go to the newest entry and choose none: another stream begins."""
        self._current = -1
        self.verticalScrollBar().setValue(0)

    def append(self, entries: Sequence[Entry], *, more: bool) -> None:
        """Further entries came; nothing moves."""
        self._stream.append(entries)
        self._more = more
        self._fit()
        self._settle()

    def reach(self) -> int:
        """How many entries it takes to show as far as is seen, or chosen, now."""
        return 1 + max(self._current, self._stream.at(self._bottom()))

    def _bottom(self) -> int:
        return self.verticalScrollBar().value() + self.viewport().height()

    def set_current(self, place: int) -> None:
        """Choose an entry and bring it into sight."""
        if not self._stream.entries:
            return
        self._current = min(max(place, 0), self._stream.last)
        self._bring_into_sight(self._current)
        self._say_current()
        self._look_for_more()

    def retheme(self) -> None:
        """Take over sizes and colours."""
        self.verticalScrollBar().setSingleStep(tokens().px(_STEP))
        self._measure_anew()

    # ---- places

    def _measure_anew(self) -> None:
        anchor = self._stream.anchor(self.verticalScrollBar().value())
        self._stream.forget(self.viewport().width())
        self._fit()
        self._go_to(self._stream.top_of(anchor))

    def _fit(self) -> None:
        """Give the scroll bar the height that there is now."""
        foot = tokens().px(_FOOT) if self._more else 0
        room, bar = self.viewport().height(), self.verticalScrollBar()
        self._placing = True
        bar.setPageStep(room)
        bar.setRange(0, max(0, self._stream.height + foot - room))
        self._placing = False

    def _put(self, value: int | None) -> None:
        if value is not None:
            self._placing = True
            self.verticalScrollBar().setValue(value)
            self._placing = False

    def _go_to(self, value: int | None) -> None:
        self._put(value)
        self._settle()

    def _settle(self) -> None:
        """Measure what is in sight and keep its first entry where it is."""
        stream, bar, room = self._stream, self.verticalScrollBar(), self.viewport().height()
        for _ in range(4):
            anchor = stream.anchor(bar.value())
            if not stream.measure(stream.at(bar.value()), stream.at(bar.value() + room) + 1):
                break
            self._fit()
            self._put(stream.top_of(anchor))
        self.viewport().update()

    def _bring_into_sight(self, place: int) -> None:
        stream, bar, room = self._stream, self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):  # what is measured on the way may move it
            if stream.measure(place - 1, place + 1):
                self._fit()
            top, bottom = stream.tops[place], stream.tops[place + 1]
            if top < bar.value() or bottom - top > room:
                self._go_to(top)
            elif bottom > bar.value() + room:
                self._go_to(bottom - room)
            if stream.tops[place] == top:
                break

    def _look_for_more(self) -> None:
        if self._more and self._stream.at(self._bottom()) > self._stream.last - NEAR:
            self.near_end.emit()

    # ---- the current entry

    def _say_current(self) -> None:
        spoken = self.shown(self._current).spoken() if self.current() is not None else ""
        self.setAccessibleDescription(spoken)
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.current()
        if entry is not None and event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy", entry)
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        target = self._target(key) if plain else None
        if target is not None:
            self.set_current(target)
            if key == Qt.Key.Key_End and self._more:
                self.all_asked.emit()
        elif plain and key in _FOLDS and entry and self.folds(self._current) is _FOLDS[key]:
            self.fold(self._current)
        elif entry is not None and plain and key in _ACTIONS:
            self.asked.emit(_ACTIONS[key], entry)
        else:
            super().keyPressEvent(event)

    def _target(self, key: Qt.Key) -> int | None:
        match key:
            case Qt.Key.Key_Up:
                return self._current - 1
            case Qt.Key.Key_Down:
                return self._current + 1
            case Qt.Key.Key_PageUp:
                return self._stream.away(self._current, -self.viewport().height())
            case Qt.Key.Key_PageDown:
                return self._stream.away(self._current, self.viewport().height())
            case Qt.Key.Key_Home:
                return 0
            case Qt.Key.Key_End:
                return self._stream.last
            case _:
                return None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and self._stream.entries:
            self._current = self._stream.at(self.verticalScrollBar().value())
        self._say_current()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- the mouse

    def part_at(self, at: QPoint | QPointF) -> tuple[int, str]:
        """The entry at a point of the viewport, and which of its buttons; -1 for no entry."""
        stream, y = self._stream, at.y() + self.verticalScrollBar().value()
        if not stream.entries or not 0 <= y < stream.height:
            return _NOTHING
        place = stream.at(y)
        laid = stream.measured(place)[1]
        inner = QPointF(at.x(), y - stream.tops[place])
        if laid.more is not None and laid.more.contains(inner):
            return place, "more"
        return place, next((name for name, area in laid.buttons if area.contains(inner)), "")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hit = self.part_at(event.position())
        if hit != self._hover:
            self._hover = hit
            shape = Qt.CursorShape.PointingHandCursor if hit[1] else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover = self.part_at(event.position())
        if self._hover != _NOTHING:
            self._down = event.button() == Qt.MouseButton.LeftButton
            self._current = self._hover[0]
            self._say_current()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._down = self._down, False
        hit = self.part_at(event.position())
        self.viewport().update()
        if not held or hit != self._hover or not hit[1]:
            return
        if hit[1] == "more":
            self.fold(hit[0])
        else:
            self.asked.emit(hit[1], self._stream.entries[hit[0]])

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place, part = self.part_at(event.position())
        if place >= 0 and not part:
            self.asked.emit("edit", self._stream.entries[place])

    def fold(self, place: int) -> None:
        """Show all of a long entry, or only its beginning again."""
        self._stream.fold(place)
        self._settle()

    def folds(self, place: int) -> bool | None:
        """Whether an entry is folded; None where there is nothing to fold."""
        laid = self._stream.measured(place)[1]
        return laid.folded if laid.more is not None else None

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self._current if by_key else self.part_at(event.pos())[0]
        if not 0 <= place <= self._stream.last:
            return
        at = event.globalPos()
        if by_key:
            tok = tokens()
            top = max(0, self._stream.tops[place] - self.verticalScrollBar().value())
            at = self.viewport().mapToGlobal(QPoint(tok.px(EDGE), top + tok.px(ABOVE + DISC)))
        self._current = place
        self._say_current()
        self.menu_asked.emit(self._stream.entries[place], at)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            helped = cast("QHelpEvent", event)
            QToolTip.showText(helped.globalPos(), self.tip(QPointF(helped.pos())), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover = _NOTHING
            self.viewport().update()
        return super().viewportEvent(event)

    def tip(self, at: QPointF) -> str:
        """The exact moment over the time; the whole of what may be cut."""
        place, _ = self.part_at(at)
        if place < 0:
            return ""
        shown, laid = self._stream.measured(place)
        inner = at - QPointF(0, self._stream.tops[place] - self.verticalScrollBar().value())
        if laid.when.contains(inner):
            return exact_moment(self._stream.entries[place].at)
        for line, area in zip(shown.changes, laid.changes, strict=False):
            if area.contains(inner):
                return change_words(line)
        cut = any(part == "under" and area.contains(inner) for part, area in laid.head)
        return shown.under if cut else ""

    # ---- painting

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if not self._placing:
            self._settle()
            self._look_for_more()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure_anew()
        else:
            self._fit()
            self._settle()
        self._look_for_more()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        stream = self._stream
        if not stream.entries:
            return
        painter, tok = QPainter(self.viewport()), tokens()
        value, room = self.verticalScrollBar().value(), self.viewport().height()
        for place in range(stream.at(value), stream.at(value + room) + 1):
            shown, laid = stream.measured(place)
            look = EntryLook(
                hovered=place == self._hover[0],
                ring=self.hasFocus() and place == self._current,
                last=place == stream.last and not self._more,
                part=self._hover[1] if place == self._hover[0] else "",
                down=self._down,
            )
            paint_entry(painter, tok, stream.tops[place] - value, shown, laid, look)
        if self._more and stream.height < value + room:
            foot = (stream.height - value, self.viewport().width(), tok.px(_FOOT))
            paint_waiting(painter, tok, QRectF(0, *foot))
