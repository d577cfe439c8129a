"""The line of the quick log: it grows with what is typed, and takes what is pasted."""

from math import ceil
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy
from typing_extensions import override

from app.i18n import tr
from app.ui.theme import follow, tokens
from app.ui.widgets.avatar import IconView
from app.ui.widgets.pill import KeyCap

HEIGHT: Final = 40
MOST_LINES: Final = 6
_FRAME: Final = 5  # border and padding of theme.qss
_LEAD: Final = 24
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickLine(QPlainTextEdit):
    """Enter hands over what is typed, Shift+Enter begins another line, Tab leaves."""

    entered = Signal()
    pasted = Signal(object)  # QMimeData: more than words, to be taken in

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quick_log_line")
        self.setAccessibleName(tr("Log what was said"))
        self.setAccessibleDescription(tr("Enter logs it. Shift+Enter begins another line."))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = IconView("pencil", "accent_ink", 16)
        self._cap = KeyCap("↵")
        for one in (self._icon, self._cap):
            one.setParent(self)
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._grow)
        follow(self.retheme)

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def set_text(self, words: str) -> None:
        """Hold these words, with the cursor behind them; undo does not go back beyond."""
        self.setPlainText(words)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def retheme(self) -> None:
        """Take over the sizes."""
        tok = tokens()
        self.setViewportMargins(tok.px(_LEAD), 0, self._cap.width() + tok.px(8), 0)
        inner = tok.px(HEIGHT) - 2 * (tok.px(_FRAME - 1) + 1)
        self.document().setDocumentMargin(max(0, (inner - self._line()) / 2))
        self._say_what_for()
        self._grow()

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()

    def _heights(self) -> list[float]:
        """Pixels of the lines that are seen; Chinese ones take more than the font says."""
        heights: list[float] = []
        block = self.document().begin()
        while block.isValid() and len(heights) < MOST_LINES:
            self.blockBoundingRect(block)  # lays it out
            layout = block.layout()
            heights += [layout.lineAt(place).height() for place in range(layout.lineCount())]
            block = block.next()
        return heights[:MOST_LINES]

    def _say_what_for(self) -> None:
        """With an example where there is room for one: half a sentence helps nobody."""
        example = tr("Log what was said: called Grace, rating 4, call back Friday 3pm")
        room = self.viewport().width() - 2 * self.document().documentMargin()
        fits = self.fontMetrics().horizontalAdvance(example) <= room
        words = example if fits else tr("Log what was said")
        if words != self.placeholderText():
            self.setPlaceholderText(words)

    def _grow(self) -> None:
        lines = int(self.document().size().height())  # of plain text it is counted in lines
        wanted = tokens().px(HEIGHT) + ceil(sum(self._heights()[1:]))
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if lines <= MOST_LINES:
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    # ---- what Qt asks

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tok = tokens()
        middle = tok.px(HEIGHT) // 2
        self._icon.move(tok.px(12), middle - self._icon.height() // 2)
        self._cap.move(
            self.width() - self._cap.width() - tok.px(10), middle - self._cap.height() // 2
        )
        self._say_what_for()
        self._grow()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            self.entered.emit()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words are inserted by `QuickLog`, once it is clear that they are nothing more."""
        self.pasted.emit(source)
