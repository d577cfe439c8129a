"""Items side by side that go on in the next line when there is no room: tags, chips."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme import follow, tokens

_TALL: Final = 16_777_215
_USUAL: Final = 640


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

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items of each line in this width."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        left = 0
        for item in self._items:
            held = item.widget()
            if held is not None and held.isHidden():
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, width), _TALL))
            if left and left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self.spacing()
        return [line for line in lines if line]

    def _height(self, width: int) -> int:
        heights = [max(size.height() for _, size in line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

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
        return self._height(width)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.y() + max(0, (rect.height() - self._height(rect.width())) // 2)
        for line in self._lines(rect.width()):
            height = max(size.height() for _, size in line)
            left = rect.x()
            for item, size in line:
                middle = top + (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(left, middle), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    @override
    def sizeHint(self) -> QSize:
        """All on one line, up to a usual width: a hint as narrow as one item is far too high."""
        least, width = self.minimumSize(), max(tokens().px(_USUAL), self.minimumSize().width())
        first = [size.width() for _, size in (self._lines(width) or [[]])[0]]
        line = sum(first) + self.spacing() * max(0, len(first) - 1)
        return QSize(max(least.width(), line), self._height(width) if first else least.height())

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
        self.flow.update()  # also where the room stays the same
        self.updateGeometry()
