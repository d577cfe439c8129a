"""The head of a page: title, what it holds, and its actions."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.ui.screen import Screen
from app.ui.theme import CONTROL, follow, tokens
from app.ui.widgets.avatar import IconView
from app.ui.widgets.button import Button
from app.ui.widgets.layout import Box, col, hold, row
from app.ui.widgets.text import Elided, Label


class PageHeader(QWidget):
    """Shows title, subtitle and actions of the screen that is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page_header")
        self._title = Label("", "page")
        self._above = Button("", "accent", size="small")
        self._above.setObjectName("above")
        self._mark = IconView("chevron-right")
        self._here = Elided("", "body")
        self._up: Callable[[], None] | None = None
        self._above.clicked.connect(self._go_up)
        self._path = hold(row(self._above, self._mark, (self._here, 1), gap=4))
        self._path.hide()
        self._subtitle = Elided("", "body", "muted")
        self._actions: Box = row(gap=8)
        self._holders: dict[str, QWidget] = {}
        words = col(self._path, self._title, self._subtitle, gap=2)
        self.setLayout(row((words, 1), self._actions, gap=16))
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over sizes."""
        # as high with actions beside it as without: the page beneath keeps its place
        self._path.setMinimumHeight(tokens().px(CONTROL))

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def subtitle(self) -> str:
        """The line under it."""
        return self._subtitle.text()

    def set_words(self, title: str, subtitle: str) -> None:
        """Say where the user is."""
        self._path.hide()
        self._title.show()
        self._title.setText(title)
        self._subtitle.set_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def set_path(self, above: str, title: str, go_up: Callable[[], None]) -> None:
        """Say where the user is within something else, and offer the way there."""
        self._up = go_up
        self._above.set_words(above)
        self._here.set_text(title)
        self._title.setText(title)
        self._title.hide()
        self._subtitle.hide()
        self._path.show()

    def _go_up(self) -> None:
        if self._up is not None:
            self._up()

    def set_actions(self, area: str, actions: Sequence[QWidget]) -> None:
        """Show the actions of this area and hide those of the others; they are placed once."""
        if area not in self._holders:
            holder = hold(row(*actions, gap=8), f"actions_{area}")
            self._holders[area] = holder
            self._actions.put(holder)
        for name, holder in self._holders.items():
            holder.setVisible(name == area)


def show_title(header: PageHeader, screen: Screen) -> None:
    """Say in the head where the screen is."""
    title, above = str(screen.title()), screen.above()
    if above is None:
        header.set_words(title, screen.subtitle())
    else:
        words, go_up = above
        header.set_path(str(words), title, go_up)
