"""What can be done with the chosen promises, in a menu with its keys."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from app.i18n import tr
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from app.ui.promises.screen import PromisesScreen


class RowMenu:
    """Filled anew each time it opens: one promise can be opened and edited, several cannot."""

    def __init__(self, screen: "PromisesScreen") -> None:
        self._screen = screen
        self.menu = Menu(screen, tr("What to do with this promise"))

    def open_at(self, at: QPoint) -> None:
        """Open at this point of the screen."""
        screen, menu = self._screen, self.menu
        menu.empty()
        if screen.table.selection.count() == 1:
            menu.put(tr("Open the customer"), screen.open_current, glyph="user", key="Return")
            menu.addSeparator()
        keep = partial(screen.act, "keep")
        menu.put(tr("Kept"), keep, glyph="check", key="D", tone="good_ink")
        menu.put(tr("New date…"), partial(screen.act, "move"), glyph="calendar-clock", key="M")
        menu.put(tr("Not kept…"), partial(screen.act, "break"), glyph="x", key="B")
        menu.put(tr("Release…"), partial(screen.act, "release"), glyph="minus", key="R")
        menu.addSeparator()
        if screen.table.selection.count() == 1:
            menu.put(tr("Edit…"), screen.edit_current, glyph="pencil", key="E")
        delete = partial(screen.act, "delete")
        menu.put(tr("Delete"), delete, glyph="trash-2", key="Del", tone="danger_ink")
        menu.popup(at)
