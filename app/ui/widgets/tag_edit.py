"""Words as chips in a field: type one, Enter or a comma adds it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.suggest import SuggestingEdit, fitting

_ENDS = (",", "，", "、", ";", "；")


class _Entry(SuggestingEdit):
    """The line in which the next word is typed."""

    finished = Signal(str)
    back = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder=placeholder)
        self.known: tuple[str, ...] = ()
        self.held: tuple[str, ...] = ()
        self.textEdited.connect(self._split)

    @override
    def ask(self, typed: str) -> None:
        self.suggestions.offer([(one, one) for one in fitting(typed, self.known, self.held)])

    @override
    def take_value(self, words: str, value: Any) -> None:
        self.finished.emit(words)

    def _split(self, typed: str) -> None:
        if typed and typed[-1] in _ENDS:
            self.finished.emit(typed[:-1])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        chosen = self.is_offering() and self.suggestions.list.currentRow() >= 0
        if enter and not chosen and self.text().strip() and not event.modifiers():
            self._hide()
            self.finished.emit(self.text())
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.back.emit()
        else:
            super().keyPressEvent(event)


class TagEdit(QWidget):
    """Tags as chips, each with an x, and a line for the next one; wraps into several lines."""

    changed = Signal()

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self._tags: list[str] = []
        self._chips: list[Button] = []
        self.entry = _Entry(name, placeholder)
        self.entry.setParent(self)
        self.entry.setObjectName("tag")
        self.entry.finished.connect(self.add)
        self.entry.back.connect(self._remove_last)
        self.setFocusProxy(self.entry)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        follow(self.retheme)

    def tags(self) -> tuple[str, ...]:
        """The tags; what is still in the line counts as one."""
        rest = self.entry.text().strip()
        return tuple(self._tags) + ((rest,) if rest and rest not in self._tags else ())

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show these."""
        self._tags = list(tags)
        self.entry.clear()
        self._rebuild()

    def set_known(self, tags: Sequence[str]) -> None:
        """Tags to offer."""
        self.entry.known = tuple(tags)

    def add(self, tag: str) -> None:
        """Add one, once."""
        words = " ".join(tag.split())
        self.entry.clear()
        if words and words.casefold() not in [one.casefold() for one in self._tags]:
            self._tags.append(words)
            self._rebuild()
            self.changed.emit()

    def remove(self, tag: str) -> None:
        """Take one off."""
        if tag in self._tags:
            self._tags.remove(tag)
            self._rebuild()
            self.entry.setFocus()
            self.changed.emit()

    def _remove_last(self) -> None:
        if self._tags:
            self.remove(self._tags[-1])

    def _rebuild(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [_TagChip(tag, self) for tag in self._tags]
        self.entry.held = tuple(self._tags)
        for chip in self._chips:
            chip.show()
        self._place()

    def retheme(self) -> None:
        """Take over sizes."""
        self._place()

    def _place(self) -> None:
        """Chips from the left, the line behind them, in as many lines as it takes."""
        tok = tokens()
        gap, height = tok.px(6), tok.px(32)
        width = max(self.width(), tok.px(160))
        x = y = 0
        for chip in self._chips:
            size = chip.sizeHint()
            wide = min(size.width(), width)
            if x and x + wide > width:
                x, y = 0, y + height
            chip.setGeometry(QRect(x, y + (height - size.height()) // 2, wide, size.height()))
            x += wide + gap
        if width - x < tok.px(120):
            x, y = 0, y + height
        self.entry.setGeometry(QRect(x, y, width - x, height))
        self.setFixedHeight(y + height)

    @override
    def sizeHint(self) -> QSize:
        return QSize(tokens().px(200), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()


class _TagChip(Button):
    """One tag; a click, Delete or Backspace takes it off."""

    def __init__(self, tag: str, held: TagEdit) -> None:
        super().__init__(tag, trail="x", size="small", name=tr("Take off {tag}", tag=tag))
        self.setParent(held)
        self._tag, self._held = tag, held
        self.setToolTip(tr("Take off {tag}", tag=tag))
        self.clicked.connect(self._take_off)

    def _take_off(self) -> None:
        self._held.remove(self._tag)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take_off()
        else:
            super().keyPressEvent(event)
