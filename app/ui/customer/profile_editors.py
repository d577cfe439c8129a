"""What a line of the profile turns into when it is changed: one input for one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain import birthdays
from app.domain.field_words import birthday_words
from app.i18n import Message, tr
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import LineEdit, TextArea
from app.ui.widgets.suggest import ChoiceEdit, KnownEdit, SuggestingEdit
from app.ui.widgets.tag_edit import TagEdit


@dataclass(frozen=True)
class Offers:
    """What can be chosen: active staff by id, values in use by field (source, region, tag)."""

    staff: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Editor:
    """An input with its value. `entry` stands in the line; `keys` is where keys arrive."""

    wants_offers = False

    def __init__(self, entry: QWidget) -> None:
        self.entry = entry
        self.keys = entry.focusProxy() or entry

    def value(self) -> Any:
        """What is set."""
        raise NotImplementedError

    def words(self) -> str:
        """What is set, as the line shows it."""
        return str(self.value() or "")

    def problem(self) -> Message | None:
        """Why what is typed stands for nothing."""
        return None

    def offer(self, offers: Offers) -> None:
        """Take what can be chosen; comes a moment after the line was opened."""

    def needs_enter(self) -> bool:
        """Whether Enter means something else than to save at the moment."""
        return isinstance(self.keys, SuggestingEdit) and _is_choosing(self.keys)

    def needs_escape(self) -> bool:
        """Whether Escape closes something else first."""
        return isinstance(self.keys, SuggestingEdit) and self.keys.is_offering()

    def settle(self) -> None:
        """Take what is on offer, as Tab does."""
        if isinstance(self.keys, SuggestingEdit) and self.keys.is_offering():
            self.keys.suggestions.take()

    def start(self) -> None:
        """The keyboard comes."""
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.keys, LineEdit):
            self.keys.selectAll()


class LineEditor(Editor):
    """Free text in one line; of `known` values those that fit are on offer."""

    def __init__(self, title: str, text: str, known: str = "") -> None:
        self._line = KnownEdit(title) if known else LineEdit(title)
        self._known = known
        self.wants_offers = bool(known)
        self._line.setText(text)
        super().__init__(self._line)

    @override
    def value(self) -> str:
        return self._line.text().strip()

    @override
    def offer(self, offers: Offers) -> None:
        if isinstance(self._line, KnownEdit):
            self._line.set_known(offers.known.get(self._known, ()))


class PickedBox(ComboBox):
    """Says when an entry of the open list was picked; the wheel changes nothing by mistake."""

    picked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._by_key = False
        self.activated.connect(self._activated)

    def _activated(self) -> None:
        if not self._by_key:
            self.picked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        super().keyPressEvent(event)
        self._by_key = False

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(Editor):
    """One of a few; an entry whose value stands for nothing reads as empty."""

    def __init__(self, title: str, entries: Sequence[tuple[str, Any]], value: Any) -> None:
        self.box = PickedBox(title)
        super().__init__(self.box)
        self.set_entries(entries, value, str(value))

    def set_entries(self, entries: Sequence[tuple[str, Any]], value: Any, words: str) -> None:
        """Offer these, with `value` chosen, also where it is not on the list any more."""
        values = [one for _, one in entries]
        if value not in values:
            entries, values = [*entries, (words, value)], [*values, value]
        # by place: Qt would hand a member of an enumeration back as plain text
        self._values = values
        self.box.set_entries([(name, place) for place, (name, _) in enumerate(entries)])
        self.box.setCurrentIndex(values.index(value))

    @override
    def value(self) -> Any:
        return self._values[self.box.currentIndex()]

    @override
    def words(self) -> str:
        return self.box.currentText() if self.value() not in (None, "") else ""


class OwnerEditor(ChoiceEditor):
    """Who looks after the customer; active staff come a moment later."""

    wants_offers = True

    def __init__(self, title: str, owner: int | None, name: str) -> None:
        known = [(name, owner)] if owner is not None else []
        super().__init__(title, [(tr("Nobody"), None), *known], owner)

    @override
    def offer(self, offers: Offers) -> None:
        people = [(name, one) for one, name in offers.staff.items()]
        self.set_entries([(tr("Nobody"), None), *people], self.value(), self.box.currentText())


class DayEditor(Editor):
    """A day or none."""

    def __init__(self, title: str, day: date | None, today: date) -> None:
        self.line = DateEdit(title, today)
        self.line.set_value(day)
        super().__init__(self.line)

    @override
    def value(self) -> Any:
        return self.line.value()

    @override
    def words(self) -> str:
        day = self.line.value()
        return day.isoformat() if day else ""

    @override
    def problem(self) -> Message | None:
        return self.line.problem()


class KeptDayEditor(DayEditor):
    """A day as the text in which a field of one's own keeps it."""

    def __init__(self, title: str, kept: str, today: date) -> None:
        super().__init__(title, date.fromisoformat(kept) if kept else None, today)

    @override
    def value(self) -> str:
        return self.words()


class BirthdayEditor(Editor):
    """Solar or lunar, with or without the year."""

    def __init__(self, title: str, stored: str) -> None:
        self._line = LineEdit(title, placeholder=tr("1980-03-15, 3-15 or lunar 8-15"))
        self._stored, self._shown = stored, birthday_words(stored)
        self._line.setText(self._shown)
        super().__init__(self._line)

    @override
    def value(self) -> str:
        typed = self._line.text().strip()
        if typed == self._shown:
            return self._stored
        read = birthdays.parse(typed)
        return birthdays.store(read) if read else ""

    @override
    def words(self) -> str:
        return birthday_words(self.value())

    @override
    def problem(self) -> Message | None:
        typed = self._line.text().strip()
        return None if typed == self._shown else birthdays.explain(typed)


class WordsEditor(Editor):
    """Several words as chips; Enter in an empty line saves."""

    def __init__(self, title: str, held: Sequence[str], hint: str, known: str = "") -> None:
        self._words = TagEdit(title, hint)
        self._words.set_tags(held)
        self._known = known
        self.wants_offers = bool(known)
        super().__init__(self._words)

    @override
    def value(self) -> tuple[str, ...]:
        return self._words.tags()

    @override
    def words(self) -> str:
        return " · ".join(self.value())

    @override
    def needs_enter(self) -> bool:
        return bool(self._words.entry.text().strip()) or super().needs_enter()

    @override
    def offer(self, offers: Offers) -> None:
        if self._known:
            self._words.set_known(offers.known.get(self._known, ()))


class NotesEditor(Editor):
    """Several lines; Enter begins the next one."""

    def __init__(self, title: str, text: str) -> None:
        self.area = TextArea(title, lines=6)
        self.area.setPlainText(text)
        super().__init__(self.area)

    @override
    def value(self) -> str:
        return self.area.text()

    @override
    def needs_enter(self) -> bool:
        return True

    @override
    def start(self) -> None:
        super().start()
        self.area.moveCursor(self.area.textCursor().MoveOperation.End)


class CustomerEditor(Editor):
    """Another customer or none."""

    def __init__(self, line: ChoiceEdit, value: int | None, name: str) -> None:
        self._line = line
        line.set_value(value, name if value is not None else "")
        super().__init__(line)

    @override
    def value(self) -> int | None:
        return self._line.value()

    @override
    def words(self) -> str:
        return self._line.text()

    @override
    def problem(self) -> Message | None:
        if self._line.unresolved():
            return Message("Choose a customer from the list, or empty the field.")
        return None


def _is_choosing(line: SuggestingEdit) -> bool:
    return line.is_offering() and line.suggestions.list.currentRow() >= 0
