"""One screen of the window on real services, for tests: its header above it, messages recorded."""

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from app.config import Settings, Workspace
from app.domain.vocabulary import Actor
from app.i18n import Message
from app.services.registry import Services, make_services
from app.ui.changes import Changes
from app.ui.context import Context
from app.ui.main_window import MainWindow
from app.ui.screen import Screen
from app.ui.tasks import Tasks
from app.ui.theme import theme
from app.ui.widgets.layout import col, hold, row


@dataclass
class Stage:
    """Where a screen is tested."""

    qtbot: Any
    services: Services
    actor: Actor
    tasks: Tasks
    changes: Changes
    navigated: list[tuple[str, Any]] = field(default_factory=list)
    messages: list[tuple[Message, int | None, str]] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    window: MainWindow | None = None

    @property
    def context(self) -> Context:
        return Context(
            self.services,
            self.actor,
            self.tasks,
            self.changes,
            theme(),
            Settings(),
            lambda _settings: None,
            lambda area, target=None: self.navigated.append((area, target)),
            lambda message, undo=None, kind="good": self.messages.append((message, undo, kind)),
            None,
            Settings,
            lambda _change_set_id: None,
            lambda _path: None,
            lambda area, target=None: self.navigated.append((f"window {area}", target)),
        )

    def show(self, screen: Screen) -> Screen:
        """The screen in a window of its own, with its header."""
        self.window = MainWindow()
        self.window.set_content(hold(col(row(*screen.header_actions()), (screen, 1))))
        self.window.resize(1200, 800)
        self.qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        return screen

    def settle(self) -> None:
        """Until nothing is under way in the background."""
        self.qtbot.waitUntil(self.tasks.idle)

    def until(self, true) -> None:
        self.qtbot.waitUntil(lambda: bool(true()))

    def dialog(self, name: str) -> Any:
        """The open dialog with this object name."""
        self.until(lambda: self._open(name))
        return self._open(name)[-1]

    def no_dialog(self, name: str) -> bool:
        return not self._open(name)

    def _open(self, name: str) -> list[QDialog]:
        found = self.window.findChildren(QDialog, name)
        return [one for one in found if one.isVisible()]

    def said(self) -> list[str]:
        return [str(message) for message, _, _ in self.messages]

    def undo_last(self) -> None:
        """As the Undo of the last message does."""
        self.until(lambda: self.messages)
        self.services.history.undo(self.actor, self.messages[-1][1])


class _Bridge(QObject):
    """From the thread that wrote to the window's."""

    written = Signal(object)


def make_stage(qtbot, db, tmp_path, actor: Actor) -> Stage:
    services = make_services(Workspace(tmp_path), Settings(), db)
    tasks, changes = Tasks(), Changes()
    made = Stage(qtbot, services, actor, tasks, changes)
    bridge = _Bridge(changes)
    bridge.written.connect(changes.announce, Qt.ConnectionType.QueuedConnection)
    services.on_change(lambda told: bridge.written.emit(told.areas))
    tasks.failed.connect(made.failures.append)
    return made
