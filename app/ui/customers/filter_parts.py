"""The lines of the filter builder: a condition, a group of them, or what only the text can say."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain import filters
from app.domain.field_words import FIELD_NAMES
from app.domain.filters import Condition, Field, Filter, Operator
from app.i18n import tr
from app.ui.customers.filter_values import Offers, ValueEdit, value_edit
from app.ui.customers.filter_words import ASKING, Asking, asking_of, joined, parts_of
from app.ui.theme import RADIUS, follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.text import Elided

Fields = Mapping[str, Field]


class Part(QWidget):
    """One part of the filter: a line, a group, or something that only the text can say."""

    changed = Signal()
    removed = Signal(object)  # itself

    def filter(self) -> Filter | None:
        """What it says; None while something is missing."""
        return None

    def _remove(self) -> None:
        self.removed.emit(self)


def _remove_button() -> Button:
    made = Button("", "quiet", glyph="x", size="small", name=tr("Take off this condition"))
    made.setObjectName("remove")
    return made


class TextPart(Part):
    """What the builder has no line for; it can be taken off, or changed in the text."""

    def __init__(self, item: Filter) -> None:
        super().__init__()
        self._item = item
        remove = _remove_button()
        remove.clicked.connect(self._remove)
        self.setFocusProxy(remove)
        self.setLayout(row((Elided(filters.to_text(item), "body", "muted"), 1), remove))

    @override
    def filter(self) -> Filter | None:
        return self._item


class LinePart(Part):
    """Field, way of asking, value."""

    def __init__(self, fields: Fields, offers: Offers, item: Condition | None = None) -> None:
        super().__init__()
        self._fields, self._offers = fields, offers
        named = [(str(FIELD_NAMES[name]), name) for name in fields if name in FIELD_NAMES]
        self.field = ComboBox(tr("Field"), named)
        self.field.setObjectName("field")
        self.asking = ComboBox(tr("How it is compared"))
        self.asking.setObjectName("asking")
        self.field.setMinimumWidth(tokens().px(160))
        self.asking.setMinimumWidth(tokens().px(176))
        self.value: ValueEdit = ValueEdit()
        self._value_box: Box = row((self.value, 1))
        remove = _remove_button()
        remove.clicked.connect(self._remove)
        self.setLayout(row(self.field, self.asking, (hold(self._value_box), 1), remove))
        self._show(item or Condition("stage", Operator.EQ))
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.asking.currentIndexChanged.connect(self._asking_chosen)
        self.setFocusProxy(self.field)

    def _ways(self) -> tuple[Asking, ...]:
        return ASKING[self._fields[self.field.value()].kind]

    def _show(self, item: Condition) -> None:
        self.field.set_value(item.field)
        self._offer_ways()
        way = asking_of(item, self._fields[item.field]) or self._ways()[0]
        self.asking.setCurrentIndex(self._ways().index(way))
        self._make_value()
        if item.values:
            self.value.set_values(item.values)

    def _offer_ways(self) -> None:
        self.asking.blockSignals(True)  # noqa: FBT003 - Qt's form
        self.asking.clear()
        for place, way in enumerate(self._ways()):
            self.asking.addItem(str(way.words), place)
        self.asking.blockSignals(False)  # noqa: FBT003 - Qt's form

    def _make_value(self) -> None:
        way = self._ways()[max(0, self.asking.currentIndex())]
        before = self.value
        name = f"{self.field.currentText()} {way.words}"
        self.value = value_edit(name, self.field.value(), way.mode, self._offers)
        self._value_box.replaceWidget(before, self.value)
        before.hide()
        before.deleteLater()
        self.value.changed.connect(self.changed)

    def _field_chosen(self) -> None:
        self._offer_ways()
        self.asking.setCurrentIndex(0)
        self._make_value()
        self.changed.emit()

    def _asking_chosen(self) -> None:
        self._make_value()
        self.changed.emit()

    @override
    def filter(self) -> Filter | None:
        values = self.value.values()
        if values is None:
            return None
        way = self._ways()[max(0, self.asking.currentIndex())]
        return Condition(self.field.value(), way.operator, values)


class GroupPart(Part):
    """Several parts of which all are needed, or any will do."""

    def __init__(
        self, fields: Fields, offers: Offers, item: Filter | None = None, *, nested: bool = False
    ) -> None:
        super().__init__()
        self._fields, self._offers, self._nested = fields, offers, nested
        self._parts: list[Part] = []
        self.joiner = SegmentedControl(
            (tr("All of these"), tr("Any of these")), tr("How they join")
        )
        self.joiner.setObjectName("joiner")
        self.joiner.chosen.connect(self.changed)
        self._lines: Box = col(gap=6)
        add = self._add = Button(tr("Condition"), "accent", glyph="plus", size="small")
        add.setObjectName("add_condition")
        add.clicked.connect(self.add_line)
        group = Button(tr("Group"), "accent", glyph="plus", size="small")
        group.setObjectName("add_group")
        group.setVisible(not nested)
        group.clicked.connect(self.add_group)
        remove = _remove_button()
        remove.setVisible(nested)
        remove.clicked.connect(self._remove)
        self.adders = row(add, group, gap=16)
        head = row(self.joiner, STRETCH, remove)
        self.setLayout(
            col(head, self._lines, row(self.adders, STRETCH), gap=8, margins=12 if nested else 0)
        )
        self.setFocusProxy(self.joiner)
        self.show_filter(item)

    def show_filter(self, item: Filter | None) -> None:
        """Show this, part by part."""
        for part in self._parts:
            self._lines.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        either, parts = parts_of(item)
        self.joiner.blockSignals(True)  # noqa: FBT003 - Qt's form
        self.joiner.set_current(int(either))
        self.joiner.blockSignals(False)  # noqa: FBT003 - Qt's form
        for one in parts:
            self._put(self._part_for(one))

    def _part_for(self, item: Filter) -> Part:
        if isinstance(item, Condition) and asking_of(item, self._fields[item.field]):
            return LinePart(self._fields, self._offers, item)
        if isinstance(item, filters.And | filters.Or) and not self._nested:
            return _Nested(self._fields, self._offers, item)
        return TextPart(item)

    def _put(self, part: Part) -> None:
        part.changed.connect(self.changed)
        part.removed.connect(self._take_off)
        self._parts.append(part)
        self._lines.addWidget(part)

    def add_line(self) -> None:
        """One more condition, ready to be filled in."""
        part = LinePart(self._fields, self._offers)
        self._put(part)
        part.setFocus()

    def add_group(self) -> None:
        """A group with a first condition."""
        part = _Nested(self._fields, self._offers, None)
        part.start(either=not self.joiner.current())
        self._put(part)
        part.setFocus()

    def start(self, *, either: bool) -> None:
        """An empty group with its first line."""
        self.joiner.set_current(int(either))
        self.add_line()

    def begin(self) -> None:
        """Put the cursor on the first line, or where one is added."""
        (self._parts[0] if self._parts else self._add).setFocus()

    def _take_off(self, part: Part) -> None:
        place = self._parts.index(part)
        self._parts.remove(part)
        # the cursor stays where the hand was working
        (self._parts[min(place, len(self._parts) - 1)] if self._parts else self._add).setFocus()
        self._lines.removeWidget(part)
        part.hide()
        part.deleteLater()
        self.changed.emit()

    @override
    def filter(self) -> Filter | None:
        said = [part.filter() for part in self._parts]
        return joined([one for one in said if one is not None], either=self.joiner.current() == 1)

    def is_empty(self) -> bool:
        """Whether there is no line at all."""
        return not self._parts


class _Nested(GroupPart):
    """A group on a ground of its own."""

    def __init__(self, fields: Fields, offers: Offers, item: Filter | None) -> None:
        super().__init__(fields, offers, item, nested=True)
        follow(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("sunken"))
        painter.drawRoundedRect(self.rect(), tok.px(RADIUS), tok.px(RADIUS))
