"""The headings of a list: click to sort, drag to move, pull to widen, right click to choose."""

from typing import Any, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QWidget
from typing_extensions import override

from app.ui import icons
from app.ui.table_model import ListModel
from app.ui.theme import HEADER, MEDIUM, follow, tokens
from app.ui.widgets.cells import AFTER, AFTER_NUMBER, EDGE, INSET, elide

_ARROW: Final = 12


class HeaderEnd(QWidget):
    """Carries the line under the headings on to the edge, above the scroll bar."""

    def __init__(self) -> None:
        super().__init__()
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the height of the headings."""
        self.setFixedHeight(tokens().px(HEADER))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens().colour("border"))


class TableHeader(QHeaderView):
    """Painted headings. Sorting is asked for, never done here."""

    sort_asked = Signal(str, bool)  # key, descending
    menu_asked = Signal(QPoint)  # global position, for the column chooser

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorted_by = ""
        self._descending = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.sectionClicked.connect(self._clicked)
        follow(self.retheme)

    def show_sorted(self, key: str, *, descending: bool) -> None:
        """Show the arrow at this column; an unknown key shows none."""
        self._sorted_by, self._descending = key, descending
        self.viewport().update()

    def sorted_by(self) -> tuple[str, bool]:
        """Key of the column with the arrow, and whether it is descending."""
        return self._sorted_by, self._descending

    def retheme(self) -> None:
        """Take over height and colours."""
        self.setMinimumSectionSize(tokens().px(48))
        self.setFixedHeight(tokens().px(HEADER))
        self.viewport().update()

    def _list(self) -> ListModel[Any] | None:
        model = self.model()
        return model if isinstance(model, ListModel) else None

    def _clicked(self, section: int) -> None:
        model = self._list()
        if model is None or not model.columns[section].sortable:
            return
        key = model.columns[section].key
        descending = key == self._sorted_by and not self._descending
        self.show_sorted(key, descending=descending)
        self.sort_asked.emit(key, descending)

    def _ask_menu(self, at: QPoint) -> None:
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), tokens().px(HEADER))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self._list()
        if model is None:
            return
        tok, column = tokens(), model.columns[logicalIndex]
        number = column.paint == "number"
        first = self.visualIndex(logicalIndex) == 0
        inner = rect.adjusted(
            tok.px(EDGE if first else INSET), 0, -tok.px(AFTER_NUMBER if number else AFTER), 0
        )
        painter.save()
        painter.setFont(tok.font(11, MEDIUM))
        painter.setPen(tok.colour("muted"))
        sorted_here = column.key == self._sorted_by
        room = inner.width() - (tok.px(_ARROW + 4) if sorted_here else 0)
        words = elide(painter, str(column.title), room)
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | side, words)
        if sorted_here:
            width = painter.fontMetrics().horizontalAdvance(words)
            left = inner.right() + tok.px(4) if number else inner.x() + width + tok.px(4)
            at = QPointF(left, rect.y() + (rect.height() - tok.px(_ARROW)) / 2)
            arrow = "arrow-down" if self._descending else "arrow-up"
            icons.paint(painter, at, arrow, "muted", tok.px(_ARROW))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tok.colour("border"))
        painter.restore()
