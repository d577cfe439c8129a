"""The page around what is asked before the shell opens: sign, language, a column in the middle."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from typing_extensions import override

from app import i18n
from app.i18n import LANGUAGES, tr
from app.ui.widgets.layout import STRETCH, Item, col, fix, hold, row
from app.ui.widgets.logo import Logo
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Scroll, Surface
from app.ui.widgets.text import Label, muted

WIDTH: Final = 720


class StartFrame(Surface):
    """Title, sentence and content in a column; the languages in the upper corner."""

    language_chosen = Signal(str)
    entered = Signal()  # Enter, anywhere but on a button

    def __init__(self, title: str, words: str, name: str) -> None:
        super().__init__("page", name)
        self._body = col(gap=12)
        self.languages = SegmentedControl(
            list(LANGUAGES.values()), tr("Language"), _place(i18n.language())
        )
        self.languages.setObjectName("language")
        self.languages.chosen.connect(self._choose)
        under = muted(words, "body").wrapped() if words else None
        column = hold(col(Label(title, "page").wrapped(), under, 16, self._body, gap=4))
        fix(column, WIDTH)
        middle = hold(
            col(STRETCH, row(STRETCH, column, STRETCH), STRETCH, STRETCH, margins=(24, 8, 24, 24))
        )
        top = row(Logo(), Label(tr("Shuke"), "title"), STRETCH, self.languages, gap=10)
        self.setLayout(
            col(
                row(hold(top), margins=(24, 18, 24, 0)),
                (Scroll(middle, f"{name}_page"), 1),
                gap=0,
            )
        )

        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self._leave)

    def _leave(self) -> None:
        self.window().close()

    def put(self, *items: Item) -> None:
        """Add to the column."""
        for item in items:
            self._body.put(item)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        self.language_chosen.emit(list(LANGUAGES)[place])


def _place(code: str) -> int:
    codes = list(LANGUAGES)
    return codes.index(code) if code in codes else 0
