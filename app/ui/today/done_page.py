"""What stands there when all is done: that it is, what was achieved, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui import icons
from app.ui.theme import REGULAR, follow, tokens
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.text import Label


class Achieved(QWidget):
    """Ticks with words, side by side in the middle; under one another where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("achieved")
        self._words: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def words(self) -> tuple[str, ...]:
        """What is shown."""
        return self._words

    def set_words(self, words: Sequence[str]) -> None:
        """Show these."""
        self._words = tuple(words)
        self.setAccessibleName(", ".join(words))
        self.retheme()

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(tokens().px(24) if self._words else 1)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(tokens().px(100), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        font = tok.font(13, REGULAR)
        size, gap, apart = tok.px(16), tok.px(6), tok.px(24)
        metrics = QFontMetrics(font)
        widths = [metrics.horizontalAdvance(words) + 1 for words in self._words]
        whole = sum(widths) + (size + gap) * len(widths) + apart * max(0, len(widths) - 1)
        left = (self.width() - whole) / 2
        painter.setFont(font)
        for words, wide in zip(self._words, widths, strict=True):
            icons.paint(painter, QPointF(left, (self.height() - size) / 2), "check", "good_ink",
                        size)  # fmt: skip
            left += size + gap
            painter.setPen(tok.colour("muted"))
            area = QRectF(left, 0, wide, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
            left += wide + apart


class DonePage(QWidget):
    """The empty page of a day."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("all_done")
        self._title = Label("", "page").centred()
        self._words = Label("", "body", "muted").centred()
        self._words.setWordWrap(True)
        self.achieved = Achieved()
        self.action = Button("", "primary", glyph="calendar-days")
        self.action.setObjectName("go_on")
        self.setLayout(
            col(
                STRETCH,
                row(STRETCH, Disc("coffee", "good", 72), STRETCH),
                16,
                self._title,
                8,
                self._words,
                20,
                self.achieved,
                24,
                row(STRETCH, self.action, STRETCH),
                STRETCH,
                gap=0,
                margins=24,
            )
        )

    def say(self, title: str, words: str, achieved: Sequence[str], action: str) -> None:
        """Say how the day stands, and what may follow."""
        self._title.setText(title)
        self._words.setText(words)
        self.achieved.set_words(achieved)
        self.action.set_words(action)

    def title(self) -> str:
        """The heading."""
        return self._title.text()
