"""What opens under the quick add field: what was understood, and whom it may be about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from app.ui.theme import CONTROL, Kind, tokens
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import col, hold
from app.ui.widgets.pill import Pill
from app.ui.widgets.suggest import Suggestion, SuggestionList
from app.ui.widgets.text import Label

_ROWS: Final = 7
_LEAST: Final = 360
_MARGIN: Final = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A pill: its words, colour and icon."""

    words: str
    kind: Kind = "plain"
    glyph: str | None = None


class QuickAddPanel(SuggestionList):
    """Pills of what was understood, a sentence, and under them what is to be chosen from."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.setObjectName("quick_add_panel")
        self.pills = FlowBox(gap=4, name="quick_add_pills")
        self.note = Label("", "small", "muted").wrapped()
        self.note.setObjectName("quick_add_note")
        self._head = hold(col(self.pills, self.note, gap=6, margins=(_MARGIN, 8, _MARGIN, 8)))
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self._head)
        self._marks: list[Mark] = []

    def show_marks(
        self, marks: Sequence[Mark], note: str, entries: Sequence[Suggestion], *, wrong: bool
    ) -> None:
        """Show this under the field; `wrong` colours the note."""
        if list(marks) != self._marks:
            self._marks = list(marks)
            pills: list[QWidget] = [Pill(one.words, one.kind, one.glyph) for one in marks]
            self.pills.set_items(pills)
        self.pills.setVisible(bool(marks))
        self.note.setText(note)
        self.note.set_tone("warn_ink" if wrong else "muted")
        self.note.setVisible(bool(note))
        if [words for words, _ in entries] != self.entries():
            self._fill(entries)
        self.list.setVisible(bool(entries))
        self._fit(len(entries))
        self.move(self._place())
        self.show()

    def words(self) -> list[str]:
        """The words of the pills."""
        return [one.words for one in self._marks]

    @override
    def _place(self) -> QPoint:
        """Under the field, and not beyond the window, where the field stands at its right."""
        place, window = super()._place(), self._field.window()
        right = window.mapToGlobal(QPoint(window.width(), 0)).x()
        edge = self._field.mapToGlobal(QPoint(self._field.width(), 0)).x()
        return QPoint(min(place.x(), max(edge, right - _MARGIN) - self.width()), place.y())

    def _fit(self, rows: int) -> None:
        tok = tokens()
        width = max(self._field.width(), tok.px(_LEAST))
        inner = width - tok.px(2 * _MARGIN) - 2
        height = 0
        if self._marks:
            height += self.pills.flow.heightForWidth(inner)
            self.pills.setFixedHeight(self.pills.flow.heightForWidth(inner))
        if self.note.text():
            height += self.note.heightForWidth(inner) + (tok.px(6) if self._marks else 0)
        listed = min(rows, _ROWS) * tok.px(CONTROL)
        self.list.setFixedHeight(listed)
        self.resize(width, height + tok.px(16) + listed + (10 if rows else 8))
