"""What every screen offers to the window that holds it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.lists import ListQuery
from app.i18n import Message
from app.services.views import View
from app.ui.commands import Command
from app.ui.trail import Trail

Target = int | str | Path | View | ListQuery | Trail | None
"""What a screen is asked to show: a record's id, a name, a file, a saved view, a list, a record
within its list, or just itself."""

State = Mapping[str, Any]
"""Plain values only (text, numbers, lists, mappings): a screen as it was left."""


class Screen(QWidget):
    """One area of the window: below the header, filling the room, without margins of its own.

    The window shows title, subtitle and actions in its header and asks for them again whenever
    `header_changed` is emitted. A package makes its screen by `make(context) -> Screen`.
    """

    header_changed = Signal()
    leave_wanted = Signal()  # back to the area from which one came here
    area = ""
    """Name of the area, as in `navigate(area, target)`."""

    def title(self) -> Message:
        """The page title."""
        raise NotImplementedError

    def above(self) -> tuple[Message, Callable[[], None]] | None:
        """What this is a part of, and the way there; the head then shows a path, not a title."""
        return None

    def subtitle(self) -> str:
        """The line under it, translated: how many, since when."""
        return ""

    def view_id(self) -> int | None:
        """The saved view that is shown, which the window marks in its side bar."""
        return None

    def header_actions(self) -> Sequence[QWidget]:
        """Search field, buttons; made once, the primary one last. The window places them."""
        return ()

    def commands(self) -> Sequence[Command]:
        """What can be done here; keys work while the screen is shown."""
        return ()

    def show_all(self) -> None:
        """Show everything again, after a saved view."""

    def asked_for(self) -> None:
        """It is called up from elsewhere, for nothing in particular: what is over makes room."""

    def show_target(self, target: Target) -> None:
        """Show this record, view or file. Raises nothing: what is gone is said in a message."""

    def focus_search(self) -> None:
        """Put the cursor where one searches; otherwise where one begins."""
        self.setFocus()

    def unsaved(self) -> Sequence[Target]:
        """What would be lost with the window, typed and not saved: targets that show it."""
        return ()

    def state(self) -> State:
        """How it is left, to be shown the same after a change of language or a restart."""
        return {}

    def restore(self, state: State) -> None:
        """Be as `state()` said; what does not fit any more is passed over."""
