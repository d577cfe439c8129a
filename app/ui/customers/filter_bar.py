"""The filter in use, as chips under the header; and the saved view that is open."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain import filters
from app.domain.filters import Field
from app.errors import Refused
from app.i18n import tr
from app.ui.customers.filter_words import joined, parts_of, words
from app.ui.theme import tokens
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.text import muted


class FilterChip(Chip):
    """A condition: a click opens the builder, the x (or Delete) takes it off."""

    edit_asked = Signal()
    removed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text, name=text)
        self.setObjectName("chip")
        self.setToolTip(tr("Click to change, Delete to take off"))
        self.clicked.connect(self.edit_asked)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - tokens().px(28):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(FlowBox):
    """Hidden while there is neither filter nor view."""

    changed = Signal(str)  # the filter as text
    edit_asked = Signal()
    view_menu_asked = Signal(object)  # the button to open it under
    save_asked = Signal()

    def __init__(self, fields: Mapping[str, Field]) -> None:
        super().__init__(gap=8, name="filter_bar")
        self._fields = fields
        self._staff: Mapping[int, str] = {}
        self._text, self._view, self._differs = "", "", False
        self._alone = True
        self.hide()

    def set_staff(self, staff: Mapping[int, str]) -> None:
        """Names for the ids in filters."""
        self._staff = staff
        self.show_filter(self._text, self._view, differs=self._differs)

    def set_alone(self, *, alone: bool) -> None:
        """Whether no builder is open, which has buttons of its own to save and to clear."""
        if alone != self._alone:
            self._alone = alone
            self.show_filter(self._text, self._view, differs=self._differs)

    def show_filter(self, text: str, view: str, *, differs: bool) -> None:
        """Show this filter under the name of this view; `differs`: it is not as it was saved."""
        self._text, self._view, self._differs = text, view, differs
        items: list[QWidget] = []
        if view:
            items.append(self._view_button())
        items.extend(self._chips())
        if self._alone and text and not view:
            items.append(self._small(tr("Save as view"), "star", "save_view", self.save_asked))
        if self._alone and (text or view):
            items.append(self._clear())
        self.set_items(items)
        self.setVisible(bool(items))

    def chips(self) -> list[str]:
        """The words on the chips."""
        return [one.text() for one in self.findChildren(FilterChip) if not one.isHidden()]

    def _view_button(self) -> Button:
        name = tr("{view} (changed)", view=self._view) if self._differs else self._view
        made = Button(name, glyph="star", trail="chevron-down", size="small")
        made.setObjectName("view")
        made.clicked.connect(partial(self._open_view_menu, made))
        return made

    def _open_view_menu(self, button: Button, _checked: object = None) -> None:
        self.view_menu_asked.emit(button)

    def _small(self, title: str, glyph: str, name: str, asked: object) -> Button:
        made = Button(title, "accent", glyph=glyph, size="small")
        made.setObjectName(name)
        made.clicked.connect(asked)
        return made

    def _clear(self) -> Button:
        made = Button(tr("Clear"), "quiet", size="small", name=tr("Show all customers"))
        made.setObjectName("clear_chips")
        made.clicked.connect(partial(self.changed.emit, ""))
        return made

    def _chips(self) -> list[QWidget]:
        if not self._text.strip():
            return []
        try:
            item = filters.parse(self._text, self._fields)
        except Refused:
            return []
        either, parts = parts_of(item)
        made: list[QWidget] = []
        for place, part in enumerate(parts):
            if place:
                made.append(muted(tr("or") if either else tr("and")))
            chip = FilterChip(words(part, self._fields, self._staff))
            chip.edit_asked.connect(self.edit_asked)
            rest = joined([one for one in parts if one is not part], either=either)
            chip.removed.connect(partial(self._emit, filters.to_text(rest) if rest else ""))
            made.append(chip)
        return made

    def _emit(self, text: str) -> None:
        self.changed.emit(text)
