"""Fields to type in, each with a label above and room for what is wrong beneath."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui import icons
from app.ui.theme import follow, tokens
from app.ui.widgets.layout import col
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import Label

_LEADING: Final = QLineEdit.ActionPosition.LeadingPosition
_TRAILING: Final = QLineEdit.ActionPosition.TrailingPosition


class LineEdit(QLineEdit):
    """One line, with an icon before it and an x that empties it.

    Args:
        name: accessible name.
        placeholder: shown while it is empty.
        glyph: icon before the words.
    """

    def __init__(self, name: str, *, placeholder: str = "", glyph: str | None = None) -> None:
        super().__init__()
        self._glyph = glyph
        self._lead: QAction | None = None
        self._clear = QAction(self)
        self._clear.setText(tr("Clear"))
        self._clear.triggered.connect(self.clear)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        if glyph:
            self._lead = QAction(self)
            self.addAction(self._lead, _LEADING)
        self.textChanged.connect(self._offer_clear)
        follow(self.retheme)

    def clearable(self) -> "LineEdit":
        """Offer an x that empties it."""
        self.addAction(self._clear, _TRAILING)
        self._offer_clear()
        return self

    def set_wrong(self, wrong: str) -> None:
        """Show by the border that it is wrong; the sentence is also read aloud."""
        self.setAccessibleDescription(wrong)
        self.setProperty("wrong", bool(wrong))
        self.style().unpolish(self)
        self.style().polish(self)

    def retheme(self) -> None:
        """Take over the icons."""
        size = tokens().px(16)
        self._clear.setIcon(icons.icon("x", "muted", size))
        if self._lead and self._glyph:
            self._lead.setIcon(icons.icon(self._glyph, "icon", size))

    def _offer_clear(self) -> None:
        self._clear.setVisible(bool(self.text()) and not self.isReadOnly())


class SearchField(LineEdit):
    """Searches while one types; Escape empties it, the arrow down leads to the list."""

    down_pressed = Signal()

    def __init__(self, name: str, placeholder: str, key: str = "") -> None:
        super().__init__(name, placeholder=placeholder, glyph="search")
        self._cap = KeyCap(key) if key else None
        if self._cap:
            self._cap.setParent(self)
            self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.textChanged.connect(self._show_cap)
            self._show_cap()
        self.clearable()

    def _show_cap(self) -> None:
        if self._cap:
            self._cap.setVisible(not self.text())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cap:
            right = self.width() - self._cap.width() - tokens().px(6)
            self._cap.move(right, (self.height() - self._cap.height()) // 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it, Ctrl+Enter finishes it."""

    finished = Signal()

    def __init__(self, name: str, *, placeholder: str = "", lines: int = 4) -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def set_wrong(self, wrong: str) -> None:
        """Show by the border that it is wrong; the sentence is also read aloud."""
        self.setAccessibleDescription(wrong)
        self.setProperty("wrong", bool(wrong))
        self.style().unpolish(self)
        self.style().polish(self)

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(self.sizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(tokens().px(240), line * self._lines + tokens().px(20))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class Field(QWidget):
    """An input under its label, with room for a sentence that says what is wrong.

    The input is any widget; `set_wrong` reaches those of this module.
    """

    def __init__(self, title: str, entry: QWidget, hint: str = "") -> None:
        super().__init__()
        self.entry = entry
        self._title = Label(title, "small_strong")
        self._title.setBuddy(entry)
        self._note = Label("", "small", "muted").wrapped()
        self._hint = hint
        if not entry.accessibleName():
            entry.setAccessibleName(title)
        self.setLayout(col(self._title, entry, self._note, gap=4))
        self.set_wrong("")

    def set_wrong(self, wrong: str) -> None:
        """Say what is wrong; nothing when it is right."""
        self._note.setText(wrong or self._hint)
        self._note.set_tone("danger_ink" if wrong else "muted")
        self._note.setVisible(bool(wrong or self._hint))
        if isinstance(self.entry, LineEdit | TextArea):
            self.entry.set_wrong(wrong)

    def wrong(self) -> str:
        """What is said to be wrong."""
        return self._note.text() if self._note.text() != self._hint else ""
