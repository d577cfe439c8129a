"""What is wrong with a drawn screen: cut off, overlapping, outside, untranslated, hard to read."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from app import i18n
from app.ui.theme import contrast
from app.ui.widgets.pill import Painted
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.text import Elided

OVERLAY: Final = "overlay"
"""Property of widgets that lie over others on purpose."""
TYPED: Final = "typed"
"""Property of widgets whose words users typed: they may happen to be English ones of ours."""
LEAST_CONTRAST: Final = 4.5
_CUTTABLE: Final = (QLabel, QAbstractButton, Painted, SegmentedControl, QComboBox)
_LATIN: Final = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True)
class Fault:
    """What is wrong and with which widget."""

    kind: str
    what: str


def faults(root: QWidget, image: QImage, msgids: frozenset[str]) -> list[Fault]:
    """Everything that is wrong with a window that is shown; `image` is what was grabbed of it."""
    shown = [root, *(one for one in root.findChildren(QWidget) if one.isVisibleTo(root))]
    checked = [one for one in shown if not _inside_a_control(one, root)]
    found = [
        *(Fault("cut off", words) for one in checked for words in _cut(one)),
        *(fault for one in checked for fault in _children(one)),
        *(Fault("outside its parent", words) for one in checked for words in _unreachable(one)),
        *(Fault("hard to read", words) for one in checked for words in _faint(one, root, image)),
    ]
    if i18n.language() != "en":
        found += [Fault("untranslated", words) for one in shown for words in _source(one, msgids)]
    return list(dict.fromkeys(found))


def _inside_a_control(widget: QWidget, root: QWidget) -> bool:
    if isinstance(widget, QScrollBar):
        return True
    parent = widget.parentWidget()
    while parent is not None and widget is not root:
        if isinstance(parent, QAbstractItemView | QLineEdit | QComboBox):
            return True
        widget, parent = parent, parent.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    place = widget.geometry()
    words = words_of(widget)
    return (
        f"{type(widget).__name__} {widget.objectName()} {words[:1]} "
        f"{place.x()},{place.y()} {place.width()}x{place.height()}"
    )


# ---- cut off


def _cut(widget: QWidget) -> Iterator[str]:
    """The widget, when its words need more room than it has."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        if needed > widget.height() + 1 and widget.text():
            yield f"{_name(widget)} needs height {needed}"
    elif isinstance(widget, _CUTTABLE) and words_of(widget) != [""]:
        # what is cut on purpose offers the whole as its tooltip
        on_purpose = widget.toolTip() != "" and widget.toolTip() in words_of(widget)
        needed = widget.sizeHint().width()
        if needed > widget.width() + 1 and not on_purpose:
            yield f"{_name(widget)} needs width {needed}"


# ---- overlapping, outside


def _children(widget: QWidget) -> Iterator[Fault]:
    if isinstance(widget, QAbstractScrollArea) or widget.layout() is None:
        return
    held = [
        one
        for one in widget.children()
        if isinstance(one, QWidget)
        and one.isVisibleTo(widget)
        and not one.isWindow()
        and not one.property(OVERLAY)
    ]
    for place, one in enumerate(held):
        if not widget.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
            yield Fault("outside its parent", f"{_name(one)} in {_name(widget)}")
        for other in held[place + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                yield Fault("overlapping", f"{_name(one)} and {_name(other)}")


def _unreachable(widget: QWidget) -> Iterator[str]:
    """The page of a scroll area that is wider than what is seen, where one cannot scroll across."""
    if not isinstance(widget, QScrollArea):
        return
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    room, page = widget.viewport().width(), widget.widget()
    across = widget.horizontalScrollBarPolicy() != never
    if page is not None and not across and page.width() > room + 1:
        yield f"{_name(page)} in {_name(widget)} that shows {room} of its width"


# ---- untranslated


def words_of(widget: QWidget) -> list[str]:
    """The words that a widget shows."""
    if isinstance(widget, QComboBox):
        return [widget.itemText(place) for place in range(widget.count())]
    if isinstance(widget, QHeaderView):
        model, across = widget.model(), widget.orientation()
        sections = range(widget.count())
        return [str(model.headerData(one, across) or "") for one in sections]
    if isinstance(widget, QLineEdit):
        return [widget.placeholderText()]
    if isinstance(widget, SegmentedControl):
        return [words for words, _ in widget.segments()]
    if isinstance(widget, QLabel | QAbstractButton | Painted | Elided):
        return [widget.text()]
    return []


def _source(widget: QWidget, msgids: frozenset[str]) -> Iterator[str]:
    """Words that stand in English in a window that speaks another language."""
    if widget.property(TYPED):
        return
    for words in [*words_of(widget), widget.accessibleName(), widget.toolTip()]:
        if words in msgids and _LATIN.search(words):
            yield f"{words!r} in {type(widget).__name__} {widget.objectName()}"


# ---- contrast


def _faint(widget: QWidget, root: QWidget, image: QImage) -> Iterator[str]:
    """A label whose ink stands out too little from what is behind it."""
    if not isinstance(widget, QLabel) or not widget.text().strip() or not widget.isEnabled():
        return
    area = _seen(widget, root)
    if area.width() < 4 or area.height() < 4:
        return
    ink = widget.palette().color(QPalette.ColorRole.WindowText).name().upper()
    ground = _ground(image, area)
    ratio = contrast(ink, ground)
    if ratio < LEAST_CONTRAST:
        yield f"{_name(widget)} {ink} on {ground}: {ratio:.1f}"


def _seen(widget: QWidget, root: QWidget) -> QRect:
    """The part of a widget that no scroll area hides, in the root's coordinates."""
    area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and widget is not root:
        area = area.intersected(QRect(parent.mapTo(root, QPoint(0, 0)), parent.size()))
        if parent is root:
            break
        parent = parent.parentWidget()
    return area


def _ground(image: QImage, area: QRect) -> str:
    """The colour that fills most of an area."""
    ratio = image.devicePixelRatio()
    colours: Counter[str] = Counter()
    for x in range(area.left(), area.right(), max(1, area.width() // 24)):
        for y in range(area.top(), area.bottom(), max(1, area.height() // 8)):
            colours[image.pixelColor(int(x * ratio), int(y * ratio)).name().upper()] += 1
    return colours.most_common(1)[0][0]
