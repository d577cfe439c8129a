"""Fields to type in, each with a label above and room for what is wrong beneath."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui import icons
from app.ui.theme import RADIUS_SMALL, follow, tokens
from app.ui.widgets.layout import col, hold
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import Label


class _Clear(QAbstractButton):
    """The x inside a line."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self.setAccessibleName(tr("Clear"))
        self.setToolTip(tr("Clear"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(line.clear)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("press" if self.isDown() else "hover"))
            painter.drawRoundedRect(self.rect(), tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))
        size = tok.px(14)
        at = QPointF((self.width() - size) / 2, (self.height() - size) / 2)
        icons.paint(painter, at, "x", "muted", size)


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
        self._clear: _Clear | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._offer_clear)
        follow(self.retheme)

    def clearable(self) -> "LineEdit":
        """Offer an x that empties it."""
        self._clear = _Clear(self)
        self._offer_clear()
        self.retheme()
        return self

    def set_wrong(self, wrong: str) -> None:
        """Show by the border that it is wrong; the sentence is also read aloud."""
        self.setAccessibleDescription(wrong)
        self.setProperty("wrong", bool(wrong))
        self.style().unpolish(self)
        self.style().polish(self)

    def retheme(self) -> None:
        """Take over the room for icon and x."""
        tok = tokens()
        left = tok.px(24) if self._glyph else 0
        right = tok.px(self.room_at_the_end())
        self.setTextMargins(left, 0, right, 0)
        self._place_clear()
        self.update()

    def room_at_the_end(self) -> int:
        """Pixels at zoom 1 that words leave free at the right."""
        return 20 if self._clear else 0

    def _offer_clear(self) -> None:
        if self._clear:
            self._clear.setVisible(bool(self.text()) and not self.isReadOnly())

    def _place_clear(self) -> None:
        if self._clear:
            edge = tokens().px(22)
            self._clear.setGeometry(
                self.width() - edge - tokens().px(5), (self.height() - edge) // 2, edge, edge
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_clear()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._glyph:
            size = tokens().px(16)
            at = QPointF(tokens().px(10), (self.height() - size) / 2)
            tone = "icon" if self.isEnabled() else "disabled"
            icons.paint(QPainter(self), at, self._glyph, tone, size)


class SearchField(LineEdit):
    """Searches while one types; Escape empties it, the arrow down leads to the list."""

    down_pressed = Signal()

    def __init__(self, name: str, placeholder: str, key: str = "") -> None:
        self._cap: KeyCap | None = None
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
    def room_at_the_end(self) -> int:
        return 56 if self._cap else super().room_at_the_end()

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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_wrong("")
        if isinstance(entry, LineEdit | TextArea):
            entry.textChanged.connect(self._typed)

    def level(self, beside: QWidget) -> QWidget:
        """Something to stand beside the field, on one line with its input."""
        above = Label(self._title.text(), "small_strong")  # in some scripts a title is higher
        policy = above.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        above.setSizePolicy(policy)
        above.hide()
        return hold(col(above, beside, gap=4))

    def _typed(self) -> None:
        # what was said was about other words
        if self.wrong():
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
