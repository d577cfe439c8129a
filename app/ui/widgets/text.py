"""Words on a screen: labels in the roles of the type scale."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme import TextRole, follow, tokens

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


class Label(QLabel):
    """One line of plain text in a role and a tone; `wrapped()` makes it several."""

    def __init__(self, words: str = "", role: TextRole = "body", tone: str = "text") -> None:
        super().__init__(words)
        self._role, self._tone = role, tone
        self._width: int | None = None
        # What users typed is shown as typed, never read as markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        # Room that is left goes to what can use it; lines that belong together stay together.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def wrapped(self) -> "Label":
        """Break into as many lines as it needs."""
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        return self

    def right(self) -> "Label":
        """Align to the right, for figures."""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | _MIDDLE)
        return self

    def centred(self) -> "Label":
        """Align to the middle."""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return self

    def selectable(self) -> "Label":
        """Let it be marked and copied with the mouse."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self

    def wide(self, pixels: int) -> "Label":
        """Keep a width, given at zoom 1."""
        self._width = pixels
        self.retheme()
        return self

    def set_tone(self, tone: str) -> None:
        """Change the colour: a token."""
        self._tone = tone
        self.retheme()

    @override
    def minimumSizeHint(self) -> QSize:
        """Of several lines, one: how many it takes depends on the width it gets."""
        least = super().minimumSizeHint()
        if not self.wordWrap():
            return least
        return QSize(tokens().px(40), self.fontMetrics().lineSpacing())

    def retheme(self) -> None:
        """Take over font and colour."""
        tok = tokens()
        self.setFont(tok.role_font(self._role))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, tok.colour(self._tone))
        self.setPalette(palette)
        if self._width is not None:
            self.setFixedWidth(tok.px(self._width))


def muted(words: str = "", role: TextRole = "small") -> Label:
    """The secondary line: source, time, explanation."""
    return Label(words, role, "muted")


def caption(words: str = "") -> Label:
    """The name of a group or a column."""
    return Label(words, "caption", "muted")


def ascent(words: str, role: TextRole = "body") -> float:
    """From the top of a line with these words to what they stand on, in pixels.

    It depends on the words: the face of Chinese is higher than that of Latin.
    """
    layout = QTextLayout(words, tokens().role_font(role))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent() if line.isValid() else 0.0


class Elided(QWidget):
    """One line that ends in … when there is no room; then the whole is the tooltip."""

    def __init__(self, words: str = "", role: TextRole = "body", tone: str = "text") -> None:
        super().__init__()
        self._words, self._role, self._tone = words, role, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        follow(self.retheme)

    def text(self) -> str:
        """The whole text."""
        return self._words

    def set_text(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self.retheme()

    def set_tone(self, tone: str) -> None:
        """Change the colour: a token."""
        self._tone = tone
        self.update()

    def retheme(self) -> None:
        """Take over the font."""
        self.setFont(tokens().role_font(self._role))
        self.updateGeometry()
        self._offer_whole()
        self.update()

    def _offer_whole(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self._words) > self.width()
        self.setToolTip(self._words if cut else "")

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._words) + 2, metrics.height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(32), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_whole()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(tokens().colour(self._tone))
        painter.drawText(
            self.rect(),
            _MIDDLE,
            painter.fontMetrics().elidedText(
                self._words, Qt.TextElideMode.ElideRight, self.width()
            ),
        )
