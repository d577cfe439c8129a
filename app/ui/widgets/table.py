"""The one view for long lists: painted rows, a selection of its own, the keyboard throughout."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.ui.table_model import ROOT, ListModel
from app.ui.theme import ROW, follow, tokens
from app.ui.widgets.cells import TEXT_EDGE
from app.ui.widgets.row_paint import (
    RowLook,
    Slot,
    paint_cells,
    paint_ground,
    paint_placeholder,
    text_edge,
)
from app.ui.widgets.row_tip import show_tip
from app.ui.widgets.selection import Selection
from app.ui.widgets.table_columns import ColumnArrangement, ShownColumn
from app.ui.widgets.table_header import HeaderEnd, TableHeader

__all__ = ["BigTable", "ShownColumn"]

_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class BigTable(QTableView):
    """A list of any length on a `ListModel`.

    Ctrl+A, Shift, Ctrl, arrows, Home, End, Page keys and Space choose rows; Enter or a double
    click opens one. Set anew, the list keeps selection, current row and place by id.
    """

    current_changed = Signal(object)  # id of the current row, or None
    opened = Signal(object)  # id
    menu_asked = Signal(QPoint)  # global position; the rows meant are chosen already
    arranged = Signal()  # columns were moved, widened, shown or hidden

    def __init__(
        self, model: ListModel[Any], name: str, *, row_height: int = ROW, grows: str = ""
    ) -> None:
        """`name` is the object name; set an accessible name as well.

        `grows` is the column that takes the room that is left, by default the first one.
        """
        super().__init__()
        self.setObjectName(name)
        self._list = model
        self._row_height = row_height
        self._anchor = 0
        self._hovered = -1
        self._by_keyboard = False
        self._kept: tuple[int | None, int | None, int] = (None, None, 0)
        self.selection = Selection(self)
        self.header = TableHeader(self)
        self._columns = ColumnArrangement(self.header, model, grows)
        self._prepare()
        self.setModel(model)
        self.show_columns([ShownColumn(c.key, c.width) for c in model.columns])
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.selection.changed.connect(self._selection_changed)
        self.header.sectionResized.connect(self._section_resized)
        self.header.sectionMoved.connect(self._section_moved)
        self.selection.carry_to(model.ids)
        follow(self.retheme)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalHeader(self.header)
        self.addScrollBarWidget(HeaderEnd(), Qt.AlignmentFlag.AlignTop)
        self.setCornerWidget(QWidget())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # ---- columns

    def show_columns(self, columns: Sequence[ShownColumn]) -> None:
        """Show these columns in this order and hide the others; unknown keys are passed over."""
        self._columns.show(columns)
        self._fit()

    def shown_columns(self) -> list[ShownColumn]:
        """The columns as they are arranged now."""
        return self._columns.shown()

    def in_sight(self) -> int:
        """How many rows there is room for, one that is cut off included."""
        return self.viewport().height() // self._height() + 1

    def _fit(self) -> None:
        self._columns.fit(self.viewport().width())
        self.header.viewport().update()
        self.viewport().update()

    def _section_resized(self, section: int, _before: int, now: int) -> None:
        if not self._columns.busy:
            self._columns.take_width(section, now)
            self._fit()
            self.arranged.emit()

    def _section_moved(self, _section: int, _before: int, _now: int) -> None:
        if not self._columns.busy:
            self._fit()
            self.arranged.emit()

    # ---- the current row

    def current_id(self) -> int | None:
        """The id of the current row."""
        row = self.currentIndex().row()
        return self._list.row_id(row) if row >= 0 else None

    def go_to(self, row_id: int) -> bool:
        """Make this row the current and only chosen one, and show it; False if it is absent."""
        row = self._list.row_of(row_id)
        if row is None:
            return False
        self._move_to(row)
        self.selection.choose_only(row)
        return True

    def _move_to(self, row: int) -> None:
        section = (self._columns.visible() or [0])[0]
        before = self.current_id()
        offset = self.horizontalScrollBar().value()
        self.selectionModel().setCurrentIndex(
            self._list.index(row, section), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.horizontalScrollBar().setValue(offset)
        self._anchor = row
        self.viewport().update()
        if self.current_id() != before:
            self.current_changed.emit(self.current_id())

    def _selection_changed(self) -> None:
        """Tell Qt about the current row only: that is what a screen reader asks for."""
        flags = QItemSelectionModel.SelectionFlag
        current = self.currentIndex()
        if current.isValid() and self.selection.has(current.row()):
            self.selectionModel().select(current, flags.ClearAndSelect | flags.Rows)
        else:
            self.selectionModel().clearSelection()
        self.viewport().update()

    # ---- a new list

    def _remember(self) -> None:
        top = self.rowAt(0)
        anchor = self._list.row_id(top) if top >= 0 else None
        self._kept = (self.current_id(), anchor, -self.rowViewportPosition(top) if top >= 0 else 0)

    def _restore(self) -> None:
        current, anchor, offset = self._kept
        self._hovered = -1
        self.selection.carry_to(self._list.ids)
        place = self._list.row_of(anchor) if anchor is not None else None
        row = self._list.row_of(current) if current is not None else None
        if row is not None:
            self._set_current_silently(row)
        elif current is not None:
            self.current_changed.emit(None)
        self.updateGeometries()
        target = 0 if place is None else place * self._height() + offset
        self.verticalScrollBar().setValue(target)

    def _set_current_silently(self, row: int) -> None:
        self._anchor = row
        self.selectionModel().setCurrentIndex(
            self._list.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
        )

    # ---- keyboard

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_A and held & _CTRL:
            self.selection.choose_all()
        elif key in _ENTER and not held & ~Qt.KeyboardModifier.KeypadModifier:
            self._open(self.currentIndex().row())
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.selection.toggle(self.currentIndex().row())
        elif (row := self._target(key)) is not None:
            self._go(row, held)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            step = tokens().px(48)
            bar.setValue(bar.value() + (step if key == Qt.Key.Key_Right else -step))
        else:
            event.ignore()
            return
        event.accept()

    def _target(self, key: int) -> int | None:
        """Where a key leads from the current row."""
        last = self._list.rowCount() - 1
        if last < 0:
            return None
        now = self.currentIndex().row()
        page = max(1, self.viewport().height() // self._height() - 1)
        targets = {
            Qt.Key.Key_Up: now - 1,
            Qt.Key.Key_Down: now + 1,
            Qt.Key.Key_PageUp: now - page,
            Qt.Key.Key_PageDown: now + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        row = targets.get(Qt.Key(key))
        return None if row is None else min(last, max(0, row))

    def _go(self, row: int, held: Qt.KeyboardModifier) -> None:
        anchor = self._anchor
        self._move_to(row)
        self.scrollTo(self.currentIndex())
        if held & _SHIFT:
            self._anchor = anchor
            self.selection.choose_range(anchor, row)
        elif not held & _CTRL:
            self.selection.choose_only(row)

    def _open(self, row: int) -> None:
        if row >= 0:
            self.opened.emit(self._list.row_id(row))

    @override
    def keyboardSearch(self, search: str) -> None:
        """Qt would walk through a million rows; screens have a search field."""

    @override
    def selectAll(self) -> None:
        self.selection.choose_all()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)
        if self._by_keyboard and not self.currentIndex().isValid() and self._list.rowCount():
            self._set_current_silently(0)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        self._by_keyboard = False
        if row < 0:
            return
        held, anchor = event.modifiers(), self._anchor
        if event.button() == Qt.MouseButton.RightButton:
            if not self.selection.has(row):
                self._move_to(row)
                self.selection.choose_only(row)
            return
        self._move_to(row)
        if held & _SHIFT:
            self._anchor = anchor
            self.selection.choose_range(anchor, row)
        elif held & _CTRL:
            self.selection.toggle(row)
        else:
            self.selection.choose_only(row)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open(self.rowAt(event.position().toPoint().y()))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(row.bottomLeft() + QPoint(tokens().px(TEXT_EDGE), 0))
        self.menu_asked.emit(at)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.rowAt(event.pos().y())
            held = self._list.row_at(row) if row >= 0 else None
            show_tip(event, self.viewport(), self._slots(), held)
            return True
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._hover(-1)

    # ---- painting

    def retheme(self) -> None:
        """Take over row height, column widths and colours."""
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self._height())
        self._fit()
        self.viewport().update()

    def _height(self) -> int:
        return tokens().px(self._row_height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._keep_in_sight(event.oldSize().height())

    def _keep_in_sight(self, height: int) -> None:
        """Follow the current row when what opened above the list pushed it out at the foot."""
        place = self.visualRect(self.currentIndex())
        seen_before = place.isValid() and place.top() >= 0 and place.bottom() < height
        if seen_before and place.bottom() >= self.viewport().height():
            self.scrollTo(self.currentIndex())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible rows.

        Not through a delegate: one shape a row for hover and selection, and no style option
        filled by Qt for each cell.
        """
        painter, tok = QPainter(self.viewport()), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count, height = self._list.rowCount(self.rootIndex()), self._height()
        if not count:
            return
        first = max(0, self.rowAt(max(0, event.rect().top())))
        slots = self._slots()
        edge = text_edge(tok, slots)
        for row in range(first, count):
            top = self.rowViewportPosition(row)
            if top > event.rect().bottom():
                break
            area = QRect(0, top, self.viewport().width(), height)
            paint_ground(painter, tok, area, self._look_of(row), edge)
            held = self._list.row_at(row)
            if held is None:
                paint_placeholder(painter, tok, area, edge)
            else:
                paint_cells(painter, tok, area, held, slots)

    def _look_of(self, row: int) -> RowLook:
        chosen = self.selection.has(row)
        ground = "sel" if chosen else "hover" if row == self._hovered else None
        current = row == self.currentIndex().row()
        return RowLook(
            ground,
            ring=current and self._by_keyboard and self.hasFocus(),
            last=row + 1 == self._list.rowCount(ROOT),
        )

    def _slots(self) -> list[Slot]:
        """The visible columns with their places in the viewport."""
        width = self.viewport().width()
        slots = []
        for place, section in enumerate(self._columns.visible()):
            left = self.columnViewportPosition(section)
            right = left + self.columnWidth(section)
            if right > 0 and left < width:
                slots.append(Slot(self._list.columns[section], left, right - left, place == 0))
        return slots
