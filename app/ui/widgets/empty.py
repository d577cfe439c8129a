"""What stands where there is nothing: why, and the one thing to do about it."""

from PySide6.QtWidgets import QWidget

from app.ui.theme import Kind
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.text import Label


class EmptyState(QWidget):
    """A disc, a sentence, a smaller one, and at most one action in the middle of the room."""

    def __init__(
        self,
        glyph: str,
        title: str,
        words: str = "",
        action: Button | None = None,
        kind: Kind = "plain",
    ) -> None:
        super().__init__()
        self._title = Label(title, "title").centred()
        self._words = Label(words, "body", "muted").centred()
        self._title.setWordWrap(True)
        self._words.setWordWrap(True)
        self.action = action
        self.setLayout(
            col(
                STRETCH,
                row(STRETCH, Disc(glyph, kind, 48), STRETCH),
                12,
                self._title,
                4,
                self._words,
                16 if action else None,
                row(STRETCH, action, STRETCH) if action else None,
                STRETCH,
                gap=0,
                margins=24,
            )
        )

    def set_words(self, title: str, words: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._words.setText(words)
