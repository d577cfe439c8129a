"""Words on at most a few lines; what does not fit ends in dots and is the tooltip."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme import TextRole, follow, tokens


class FewLines(QWidget):
    """As wide as it is told, in pixels at zoom 1, and as high as its lines."""

    def __init__(
        self, words: str, width: int, most: int = 2, role: TextRole = "body", tone: str = "text"
    ) -> None:
        super().__init__()
        self._words, self._wide, self._most = words, width, most
        self._role: TextRole = role
        self._tone = tone
        self._lines: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def text(self) -> str:
        """The whole text."""
        return self._words

    def lines(self) -> list[str]:
        """The lines as they are shown."""
        return list(self._lines)

    def set_text(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.retheme()

    def retheme(self) -> None:
        """Break the words anew; take over font and size."""
        tok = tokens()
        self.setFont(tok.role_font(self._role))
        self._lines, cut = self._broken()
        self.setAccessibleName(self._words)
        self.setToolTip(self._words if cut else "")
        self.setFixedSize(tok.px(self._wide), len(self._lines) * self._line_height())
        self.update()

    def _line_height(self) -> int:
        # Chinese and Latin faces differ: lines keep one distance whatever stands on them
        return tokens().px(19)

    def _broken(self) -> tuple[list[str], bool]:
        """The lines, and whether some of the words are not on them."""
        paragraphs = [self._wrapped(one) for one in self._words.split("\n") if one.strip()]
        paragraphs = paragraphs[: self._most]
        made: list[str] = []
        for place, lines in enumerate(paragraphs):
            # of every paragraph something is seen
            share = self._most - len(made) - (len(paragraphs) - place - 1)
            made += lines if len(lines) <= share else self._shortened(lines, share)
        return [one.strip() for one in made], sum(map(len, paragraphs)) > len(made)

    def _shortened(self, lines: list[str], share: int) -> list[str]:
        rest = "".join(lines[share - 1 :])
        dots = Qt.TextElideMode.ElideRight
        last = self.fontMetrics().elidedText(rest, dots, tokens().px(self._wide))
        return [*lines[: share - 1], last]

    def _wrapped(self, words: str) -> list[str]:
        layout = QTextLayout(words, self.font())
        layout.beginLayout()
        found: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(tokens().px(self._wide))
            found.append(words[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return found

    @override
    def sizeHint(self) -> QSize:
        return self.size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setFont(self.font())
        painter.setPen(tok.colour(self._tone))
        height = self._line_height()
        metrics = painter.fontMetrics()
        base = (height - metrics.height()) / 2 + metrics.ascent()
        for place, line in enumerate(self._lines):
            painter.drawText(QPointF(0, place * height + base), line)
