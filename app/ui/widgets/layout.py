"""Rows and columns whose spacing, margins and fixed sizes follow the zoom."""

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QSpacerItem, QWidget

from app.ui.theme import follow, tokens


class Stretch:
    """Takes the room that is left."""


STRETCH: Final = Stretch()
Margins = int | tuple[int, int, int, int]
Item = QWidget | QLayout | int | Stretch | None | tuple[QWidget | QLayout, int]


class Box(QBoxLayout):
    """A row or a column. Measures are given at zoom 1."""

    def __init__(self, direction: QBoxLayout.Direction, gap: int, margins: Margins) -> None:
        super().__init__(direction)
        self._gap = gap
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self._spaces: list[tuple[QSpacerItem, int]] = []
        follow(self.retheme)

    def put(self, item: Item) -> None:
        """Add a widget, a layout, (either, its share of the room), pixels of space or STRETCH."""
        if item is None:
            return
        if isinstance(item, Stretch):
            self.addStretch(1)
        elif isinstance(item, int):
            self._put_space(item)
        else:
            held, share = item if isinstance(item, tuple) else (item, 0)
            if isinstance(held, QLayout):
                self.addLayout(held, share)
            else:
                self.addWidget(held, share)

    def _put_space(self, pixels: int) -> None:
        # Qt adds the gap between the neighbours as well, so it is taken off: 12 means 12.
        space = QSpacerItem(0, 0)
        self.addItem(space)
        self._spaces.append((space, max(0, pixels - self._gap)))
        self._scale_spaces()

    def _scale_spaces(self) -> None:
        across = self.direction() in (
            QBoxLayout.Direction.LeftToRight,
            QBoxLayout.Direction.RightToLeft,
        )
        for space, pixels in self._spaces:
            size = tokens().px(pixels)
            space.changeSize(size if across else 0, 0 if across else size)

    def retheme(self) -> None:
        """Take over the zoom."""
        tok = tokens()
        self.setSpacing(tok.px(self._gap))
        left, above, right, below = self._margins
        self.setContentsMargins(tok.px(left), tok.px(above), tok.px(right), tok.px(below))
        self._scale_spaces()
        self.invalidate()


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> Box:
    """Items side by side."""
    made = Box(QBoxLayout.Direction.LeftToRight, gap, margins)
    for item in items:
        made.put(item)
    return made


def row_top(*items: Item, gap: int = 8, margins: Margins = 0) -> Box:
    """As `row`, with items that do not grow in height at the top instead of in the middle."""
    made = row(*items, gap=gap, margins=margins)
    for index in range(made.count()):
        slot = made.itemAt(index)
        held = slot.widget() if slot else None
        if slot and held and not _grows_down(held):
            slot.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made


def _grows_down(widget: QWidget) -> bool:
    fixed = widget.minimumHeight() == widget.maximumHeight()
    return not fixed and widget.sizePolicy().verticalPolicy() != QSizePolicy.Policy.Maximum


def col(*items: Item, gap: int = 8, margins: Margins = 0) -> Box:
    """Items one under the other."""
    made = Box(QBoxLayout.Direction.TopToBottom, gap, margins)
    for item in items:
        made.put(item)
    return made


def pair(first: Item, second: Item, gap: int = 0) -> Box:
    """Two lines kept together in the middle of whatever height there is."""
    return col(STRETCH, first, second, STRETCH, gap=gap)


def hold(layout: QLayout, name: str = "") -> QWidget:
    """A plain widget around a layout."""
    made = QWidget()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


class _Size(QObject):
    """Keeps a widget at a size that is given at zoom 1."""

    def __init__(self, widget: QWidget, width: int | None, height: int | None) -> None:
        super().__init__(widget)
        self._widget, self._width, self._height = widget, width, height
        follow(self.retheme)

    def retheme(self) -> None:
        if self._width is not None:
            self._widget.setFixedWidth(tokens().px(self._width))
        if self._height is not None:
            self._widget.setFixedHeight(tokens().px(self._height))


def fix(widget: QWidget, width: int | None = None, height: int | None = None) -> QWidget:
    """Hold a width, a height or both, in pixels at zoom 1; gives the widget back."""
    _Size(widget, width, height)
    return widget
