"""Tab goes through a window as its parts stand.

Qt keeps the order in which parts came into the window, so that a line added later would be
reached last. The order is put right at the moment Tab is pressed: nobody who adds or exchanges a
part needs to think of it.
"""

from collections.abc import Iterator
from functools import cmp_to_key
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLayout,
    QMainWindow,
    QScrollArea,
    QWidget,
)

_TAB = Qt.FocusPolicy.TabFocus.value


def order_by_place(window: QWidget) -> None:
    """Bring the focus chain of a window in line with how its parts stand.

    What floats above a layout keeps its place in the chain.
    """
    for before, after in pairwise(list(_reached(window))):
        QWidget.setTabOrder(before, after)


def _reached(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy().value & _TAB and widget.focusProxy() is None:
        yield widget
    inner, layout = _content(widget), widget.layout()
    if inner is not None:
        yield from _reached(inner)
    elif layout is not None:
        yield from _in_layout(layout)
    else:
        for child in _placed_by_hand(widget):
            yield from _reached(child)


def _content(widget: QWidget) -> QWidget | None:
    """What a frame shows, which no layout of its own says."""
    if isinstance(widget, QMainWindow):
        return widget.centralWidget()
    if isinstance(widget, QScrollArea):
        return widget.widget()
    return None


def _placed_by_hand(widget: QWidget) -> list[QWidget]:
    """The children of a part without a layout, as they stand: line by line."""
    if isinstance(widget, QAbstractScrollArea):
        return []
    children = (child for child in widget.children() if isinstance(child, QWidget))
    inside = [child for child in children if not child.isWindow()]
    return sorted(inside, key=cmp_to_key(_read_first))


def _read_first(one: QWidget, other: QWidget) -> int:
    """Negative where `one` stands in a line above, or before `other` in the same."""
    if one.geometry().bottom() < other.y():
        return -1
    if other.geometry().bottom() < one.y():
        return 1
    return one.x() - other.x()


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        held = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if held is not None:
            yield from _reached(held)
        elif inner is not None:
            yield from _in_layout(inner)
