"""Tab goes through a window as its parts stand.

Qt keeps the order in which parts came into the window, so that a line added later would be
reached last. The order is put right at the moment Tab is pressed: nobody who adds or exchanges a
part needs to think of it.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QMainWindow, QScrollArea, QWidget

_TAB = Qt.FocusPolicy.TabFocus.value


def order_by_place(window: QWidget) -> None:
    """Bring the focus chain of a window in line with its layouts.

    What stands in no layout (something that floats above the page) keeps its place in the chain.
    """
    for before, after in pairwise(list(_reached(window))):
        QWidget.setTabOrder(before, after)


def _reached(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy().value & _TAB and widget.focusProxy() is None:
        yield widget
    inner = _content(widget)
    if inner is not None:
        yield from _reached(inner)
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _in_layout(layout)


def _content(widget: QWidget) -> QWidget | None:
    """What a frame shows, which no layout of its own says."""
    if isinstance(widget, QMainWindow):
        return widget.centralWidget()
    if isinstance(widget, QScrollArea):
        return widget.widget()
    return None


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        held = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if held is not None:
            yield from _reached(held)
        elif inner is not None:
            yield from _in_layout(inner)
