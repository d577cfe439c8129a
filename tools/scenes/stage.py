"""Where scenes are played: the real program on a workspace made for it."""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QPoint, QPointF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget

from app import i18n
from app.config import Workspace
from app.ui.application import Application
from app.ui.errors import CrashDialog
from app.ui.shell.shell import Shell
from app.ui.starting import Start
from app.ui.theme import Scheme, tokens
from app.ui.widgets.leave_dialog import LeaveDialog, TypingDialog

if TYPE_CHECKING:
    from collections.abc import Callable

Need = Literal["none", "empty", "one", "many"]
SIZE: Final = (1440, 900)
_PATIENCE: Final = 30.0  # seconds for what works in the background
_CALM_ROUNDS: Final = 25  # of 5 ms
_SOON: Final = 500  # milliseconds: what a screen waits for before it draws anew


@dataclass(frozen=True)
class Scene:
    """`need`: the workspace it is played on; `show` brings the program to where it is drawn.

    What `show` returns is drawn alone, instead of the window with its dialogs.
    """

    name: str
    show: "Callable[[Stage], QWidget | None]"
    need: Need = "many"


class Stage:
    """The program, and the hands of a scene."""

    def __init__(self, app: QApplication, application: Application, folder: Path | None) -> None:
        self._app = app
        self.application = application
        self._folder = folder
        self._alone: QWidget | None = None
        self._afterwards: list[Callable[[], object]] = []
        self._over: list[QWidget] = []

    @property
    def shell(self) -> Shell:
        """The open shell."""
        shell = self.application.shell
        if shell is None:
            said = [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]
            raise RuntimeError(f"no workspace is open; the window says: {said}")
        return shell

    @property
    def window(self) -> QWidget:
        """The window of the program."""
        return self.application.window

    def begin(self) -> None:
        """Open the program as it is played on."""
        workspace = Workspace(self._folder) if self._folder else None
        self.application.begin(Start(workspace))
        # what goes wrong while drawing is an error of the drawing, not a report for a user
        sys.excepthook = sys.__excepthook__
        self.window.setGeometry(0, 0, *SIZE)
        self.settle()

    def set_look(self, language: str, scheme: Scheme) -> None:
        """Another language and theme."""
        now = self.application.settings
        self.application.save_settings(replace(now, language=language, theme=scheme, motion=False))
        self._give_up_typed()
        if i18n.language() != language:
            raise RuntimeError("the language stays as it was")

    def end(self) -> None:
        """Close the program."""
        self.window.close()
        self._give_up_typed()
        if self.window.isVisible():
            raise RuntimeError("the window does not close")
        self.window.deleteLater()
        self.application.deleteLater()

    def _give_up_typed(self) -> None:
        """The program asks before it lets go of what a scene typed."""
        self.settle()
        for one in self.window.findChildren(LeaveDialog):
            one.do_button.click()
        self.settle()

    def do(self, command: str) -> None:
        """Do a command by its name."""
        found = next(one for one in self.shell.commands() if one.name == command)
        if found.do is None:
            raise RuntimeError(f"{command} is a key only")
        found.do()
        self.settle()

    def go(self, area: str) -> None:
        """Show an area."""
        self.shell.navigate(area)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way and what was asked for is painted."""
        end = time.monotonic() + _PATIENCE
        calm = 0
        while time.monotonic() < end:
            self._app.processEvents()
            # counted in rounds: one round may take long, and layouts follow in the next ones
            calm = calm + 1 if self.application.tasks.idle() and not self._waits() else 0
            if calm >= _CALM_ROUNDS:
                self._expect_no_crash()
                return
            time.sleep(0.005)
        raise TimeoutError("the program does not come to rest")

    def _waits(self) -> bool:
        """Whether something shown is about to go on by itself, such as a search for all hits."""
        timers = self.window.findChildren(QTimer)
        return any(one.isSingleShot() and one.isActive() and one.interval() <= _SOON
                   for one in timers)  # fmt: skip

    def _expect_no_crash(self) -> None:
        for one in self._floating():
            if isinstance(one, CrashDialog):
                self._fail(one.report.text())

    def _fail(self, report: str) -> None:
        raise RuntimeError(report)

    def show_alone(self, widget: QWidget) -> QWidget:
        """Show a widget that is no screen of the program in a window of its own."""
        self._alone = widget
        widget.resize(*SIZE)
        widget.show()
        self.settle()
        return widget

    def show_over(self, widget: QWidget) -> None:
        """Let what lies over the window, and is a window of its own, be in the picture."""
        self._over.append(widget)
        self.settle()

    def later(self, do: "Callable[[], object]") -> None:
        """Do this when the scene is drawn: take back what it wrote."""
        self._afterwards.append(do)

    def tidy(self) -> None:
        """Close what the scene opened, take back what it wrote."""
        for one in self._floating():
            if isinstance(one, TypingDialog):
                one.stop_asking()
            one.close()
        for one in self._over:
            one.deleteLater()
        self._over = []
        if self._alone is not None:
            self._alone.close()
            self._alone.deleteLater()
            self._alone = None
        while self._afterwards:
            self._afterwards.pop()()
        if self.application.shell is not None:
            self.application.shell.close_overlays()
            self.application.shell.strip.dismiss()
        self.settle()

    # ---- the picture

    def _floating(self) -> list[QWidget]:
        top = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        return [*self._over, *(one for one in top if isinstance(one, QDialog | QMenu))]

    def roots(self, drawn: QWidget | None) -> list[QWidget]:
        """What is checked: the widget, or what lies over the window, or the window."""
        if drawn is not None:
            return [drawn]
        shell = self.application.shell
        overlays = shell.overlays() if shell is not None else []
        return self._floating() or overlays or [self.window]

    def picture(self, drawn: QWidget | None) -> QImage:
        """The widget, or the window with what floats over it."""
        if drawn is not None:
            return drawn.grab().toImage()
        floating = self._floating()
        image = self.window.grab().toImage()
        if not floating:
            return image
        painter = QPainter(image)
        if any(isinstance(one, QDialog) for one in floating):
            scrim = QColor(tokens().colour("scrim"))
            scrim.setAlphaF(0.3)
            painter.fillRect(self.window.rect(), scrim)
        for one in floating:
            painter.drawPixmap(self._place(one), one.grab())
        painter.end()
        return image

    def _place(self, floating: QWidget) -> QPointF:
        if isinstance(floating, QMenu) or floating in self._over:
            return QPointF(self.window.mapFromGlobal(floating.mapToGlobal(QPoint(0, 0))))
        middle = self.window.rect().center() - floating.rect().center()
        return QPointF(max(0, middle.x()), max(0, middle.y()))
