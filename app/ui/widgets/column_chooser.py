"""Which columns a list shows, and in what order: with the mouse or by keyboard alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.i18n import tr
from app.ui import icons
from app.ui.theme import RADIUS_SMALL, follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.menu import Popover
from app.ui.widgets.table import BigTable, ShownColumn
from app.ui.widgets.text import Label, muted

if TYPE_CHECKING:
    from app.ui.table_model import ListModel

Index = QModelIndex | QPersistentModelIndex
_KEY: Final = int(Qt.ItemDataRole.UserRole)
_SHOWN: Final = _KEY + 1
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALT: Final = Qt.KeyboardModifier.AltModifier
_LINE: Final = 32
_WIDE: Final = 256


class _Lines(QStyledItemDelegate):
    """A line: box, title, and the grip that says it can be dragged."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(tokens().px(120), tokens().px(_LINE))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tok, area = tokens(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            focus = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(tok.colour("focus"), 2) if focus else Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("hover"))
            radius = tok.px(RADIUS_SMALL)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)
        fixed = not index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        size = tok.px(16)
        box = QRectF(area.x() + tok.px(8), area.center().y() - size / 2, size, size)
        self._paint_box(painter, box, ticked=bool(index.data(_SHOWN)), fixed=fixed)
        painter.setFont(tok.font(13))
        painter.setPen(tok.colour("muted" if fixed else "text"))
        words = area.adjusted(tok.px(34), 0, -tok.px(28), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        if not fixed:
            at = QPointF(area.right() - size - tok.px(8), box.y())
            icons.paint(painter, at, "grip-vertical", "icon", size)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRectF, *, ticked: bool, fixed: bool) -> None:
        tok = tokens()
        ground, edge = ("accent", "accent") if ticked else ("surface", "icon")
        if fixed:
            ground, edge = "sunken", "border_strong"
        painter.setPen(QPen(tok.colour(edge), 1))
        painter.setBrush(tok.colour(ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(4), tok.px(4))
        if ticked:
            inset = tok.px(2)
            ink = "disabled" if fixed else "on_accent"
            ratio = painter.device().devicePixelRatio()
            picture = icons.pixmap("check", ink, box.width() - 2 * inset, ratio, 3.0)
            painter.drawPixmap(box.topLeft() + QPointF(inset, inset), picture)


class _Columns(QListWidget):
    """Columns with a box to tick; Space ticks, Alt+Up and Alt+Down move, the mouse drags."""

    arranged = Signal()

    def __init__(self, fixed: str) -> None:
        super().__init__()
        self._fixed = fixed
        self.setObjectName("columns")
        self.setAccessibleName(tr("Columns"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Lines(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setUniformItemSizes(True)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(self.toggle)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over line heights."""
        self.scheduleDelayedItemsLayout()

    def put(self, key: str, words: str, *, shown: bool) -> None:
        """Add a column at the end."""
        item = QListWidgetItem(words)
        item.setData(_KEY, key)
        item.setData(_SHOWN, shown)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags if key == self._fixed else flags | Qt.ItemFlag.ItemIsDragEnabled)
        self.addItem(item)
        self._say(item)

    def _say(self, item: QListWidgetItem) -> None:
        title = item.text()
        shown, hidden = tr("{title}, shown", title=title), tr("{title}, hidden", title=title)
        item.setData(_ACCESSIBLE, shown if item.data(_SHOWN) else hidden)

    def shown(self) -> list[str]:
        """Keys of the ticked columns in their order."""
        items = [self.item(place) for place in range(self.count())]
        return [one.data(_KEY) for one in items if one.data(_SHOWN)]

    def toggle(self, item: QListWidgetItem) -> None:
        """Show or hide a column; the fixed one is always shown."""
        if item.data(_KEY) != self._fixed:
            item.setData(_SHOWN, not item.data(_SHOWN))
            self._say(item)
            self.arranged.emit()

    def shift(self, by: int) -> None:
        """Move the current column up or down; the fixed one stays first."""
        place = self.currentRow()
        target = place + by
        if place >= 1 and 1 <= target < self.count():
            self.insertItem(target, self.takeItem(place))
            self.setCurrentRow(target)
            self.arranged.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.modifiers() & _ALT and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space and item is not None:
            self.toggle(item)
        else:
            super().keyPressEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._keep_fixed_first()
        self.arranged.emit()

    def _keep_fixed_first(self) -> None:
        for place in range(1, self.count()):
            if self.item(place).data(_KEY) == self._fixed:
                self.insertItem(0, self.takeItem(place))
                return


class ColumnChooser(Popover):
    """Opens under a button; every change shows at once in the table."""

    def __init__(self, parent: QWidget, table: BigTable, usual: Sequence[str]) -> None:
        """`usual` are the keys of the usual columns; the first of all always stays first."""
        self._table, self._usual = table, tuple(usual)
        self._all = cast("ListModel[Any]", table.model()).columns
        self.list = _Columns(self._all[0].key)
        self._reset = Button(tr("Usual columns"), "accent", size="small")
        self._reset.setObjectName("usual")
        super().__init__(
            parent,
            col(
                Label(tr("Columns"), "strong"),
                self.list,
                muted(tr("Drag to order, or Alt+Up and Alt+Down. Space shows or hides."))
                .wrapped()
                .wide(_WIDE),
                row(self._reset, STRETCH),
                gap=8,
                margins=12,
            ),
            "column_chooser",
        )
        self.list.arranged.connect(self._apply)
        self._reset.clicked.connect(self._show_usual)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the size."""
        tok = tokens()
        self.list.setFixedSize(tok.px(_WIDE), tok.px(min(12, len(self._all)) * _LINE))
        self.update()

    @override
    def open_under(self, control: QWidget) -> None:
        self._fill()
        super().open_under(control)
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.setCurrentRow(0)

    def _fill(self) -> None:
        shown = [one.key for one in self._table.shown_columns()]
        titles = {one.key: str(one.title) for one in self._all}
        rest = [one.key for one in self._all if one.key not in shown]
        self.list.clear()
        for key in (*shown, *rest):
            self.list.put(key, titles[key], shown=key in shown)

    def _apply(self) -> None:
        self._show(self.list.shown())

    def _show_usual(self) -> None:
        self._show(self._usual)
        self._fill()

    def _show(self, keys: Sequence[str]) -> None:
        widths = {one.key: one.width for one in self._all}
        widths.update({one.key: one.width for one in self._table.shown_columns()})
        self._table.show_columns([ShownColumn(key, widths[key]) for key in keys])
        self._table.arranged.emit()
