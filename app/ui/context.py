"""What a screen is given: everything it needs, and nothing that it could look up elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.config import Settings
from app.domain.vocabulary import Actor
from app.i18n import Message
from app.services.registry import Services
from app.ui.changes import Changes
from app.ui.screen import Target
from app.ui.tasks import Tasks
from app.ui.theme import Kind, Theme

if TYPE_CHECKING:
    from app.reports.runner import ReportRunner


class Navigate(Protocol):
    """Shows an area of the window, and in it the target."""

    def __call__(self, area: str, target: Target = None, /) -> None: ...


class ShowMessage(Protocol):
    """Says something in the window's message strip; with `undo` it offers to take that back."""

    def __call__(
        self, message: Message, /, undo: int | None = None, kind: Kind = "good"
    ) -> None: ...


@dataclass(frozen=True)
class Context:
    """Handed to every screen when it is made.

    Attributes:
        services: the services of the open workspace.
        actor: who is at work; another actor means another window content.
        tasks: the one door to the background; everything slower than a few milliseconds.
        changes: announces which areas finished writes have touched.
        theme: the look in use.
        settings: as they were when the window was built.
        save_settings: keeps settings and applies them (language, theme, zoom) at once.
        navigate: opens another area; screens never know one another.
        show_message: the message strip, with Undo where a change set is named.
        reports: what loads reports under the actor's eyes; use it in the background only.
        current_settings: as they are now, after what was changed since.
        undo: takes a change set back and says what came of it; of an undo it is the redo.
        restore_backup: puts a backup in the workspace's place and opens it again.
        open_window: as `navigate`, in a window of its own beside the main window.
        unsaved: what was typed and not saved, under the name of the part that keeps it: shared by
            all windows, as one of them may be closed.
    """

    services: Services
    actor: Actor
    tasks: Tasks
    changes: Changes
    theme: Theme
    settings: Settings
    save_settings: Callable[[Settings], None]
    navigate: Navigate
    show_message: ShowMessage
    reports: "Callable[[], ReportRunner]"
    current_settings: Callable[[], Settings]
    undo: Callable[[int], None]
    restore_backup: Callable[[Path], None]
    open_window: Navigate
    unsaved: dict[str, Any] = field(default_factory=dict)
