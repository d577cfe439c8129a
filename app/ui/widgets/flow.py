"""Items side by side that go on in the next line when there is no room: tags, chips."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme import follow, tokens


class Flow(QLayout):
    """`gap` between items and lines, in pixels at zoom 1."""

    def __init__(self, *items: QWidget, gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        for item in items:
            self.addWidget(item)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the gap."""
        self.setSpacing(tokens().px(self._gap))
        self.invalidate()

    def _place(self, area: QRect, *, move: bool) -> int:
        """The height that the items take in this width; with `move` they are put there."""
        x = y = line = 0
        gap = self.spacing()
        for item in self._items:
            held = item.widget()
            if held is not None and held.isHidden():
                continue
            size = item.sizeHint()
            wide = min(size.width(), area.width())
            if x and x + wide > area.width():
                x, y, line = 0, y + line + gap, 0
            if move:
                item.setGeometry(QRect(area.topLeft() + QPoint(x, y), QSize(wide, size.height())))
            x, line = x + wide + gap, max(line, size.height())
        return y + line

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        widest = QSize()
        for item in self._items:
            widest = widest.expandedTo(item.minimumSize())
        return widest


class FlowBox(QWidget):
    """A widget whose items flow."""

    def __init__(self, *items: QWidget, gap: int = 6, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.flow = Flow(*items, gap=gap)
        self.setLayout(self.flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_items(self, items: list[QWidget]) -> None:
        """Hold these instead."""
        while (taken := self.flow.takeAt(0)) is not None:
            held = taken.widget()
            if held is not None and held not in items:
                held.hide()
                held.deleteLater()
        for item in items:
            self.flow.addWidget(item)
            item.show()
        self.updateGeometry()
