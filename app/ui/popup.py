"""A program that shows what calls as popups and ends with the last one; it has no window.

The agent starts it where the system itself shows no notifications.
"""

import logging
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication

from app.config import Settings
from app.domain.reminders import Notice
from app.domain.vocabulary import Actor
from app.errors import UserError
from app.services.registry import Services
from app.ui.answers import DISMISSED, OPENED, Answers
from app.ui.environment import prepare_environment
from app.ui.garbage import Garbage
from app.ui.reminder_words import digest_words
from app.ui.tasks import Tasks
from app.ui.theme import Choice, theme
from app.ui.toasts.stack import Surroundings, ToastStack
from app.ui.watcher import Came, Watcher, first_workday
from app.ui.widgets.logo import program_icon
from app.ui.widgets.snooze_dialog import SnoozeDialog

FAILED: Final = 1
GLANCE: Final = 2000  # milliseconds between two looks whether a window has opened
_CHOICES: Final[Mapping[str, Choice]] = {"light": "light", "dark": "dark"}
_LOG: Final = logging.getLogger("shuke.popup")


class Popup(QObject):
    """Shows, does what one says, and says when nothing is left to do.

    `open_window` opens the program's window and shows there what is named: "today", "customer:12".
    `window_is_there`: from then on the window shows what calls, and this one is not needed.
    """

    finished = Signal(int)  # exit code

    def __init__(
        self,
        services: Services,
        actor: Actor,
        open_window: Callable[[str], None],
        window_is_there: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._open_window = services, open_window
        self._window_is_there = window_is_there
        self._clock = services.clock
        self._away: list[Notice] = []
        self._ended = False
        self.tasks = Tasks(self)
        self.stack = ToastStack(
            Surroundings(self._clock.now, self._next_workday, self._screen, has_window=False)
        )
        self.answers = Answers(services.reminders, services.due, actor, self.tasks, self)
        self.watcher = Watcher(
            services.due, actor, self._clock, services.calendar, _always, self.tasks, self
        )
        self._glance = QTimer(self)
        self._glance.setInterval(GLANCE)
        self._connect()

    def _connect(self) -> None:
        watcher, stack = self.watcher, self.stack
        self._glance.timeout.connect(self._look_whether_to_end)
        watcher.came.connect(self._show)
        watcher.waiting.connect(self._update)
        watcher.looked.connect(self._look_whether_to_end)
        self.tasks.busy_changed.connect(
            self._look_whether_to_end, Qt.ConnectionType.QueuedConnection
        )
        self.tasks.failed.connect(self._fail)
        stack.emptied.connect(self._look_whether_to_end, Qt.ConnectionType.QueuedConnection)
        stack.opened.connect(self._open)
        stack.done.connect(self._done)
        stack.snoozed.connect(self._snooze)
        stack.time_wanted.connect(self._ask_until)
        stack.closed.connect(self._close)
        stack.all_wanted.connect(self._open_all)
        stack.digest_opened.connect(self._open_today)

    def begin(self) -> None:
        """Look what calls, unless a window does."""
        if self._window_is_there():
            self._finish(0)
            return
        self._glance.start()
        self.watcher.begin()
        self.watcher.look()

    def end(self) -> None:
        """Show nothing more; what is under way is finished."""
        self._ended = True
        self._glance.stop()
        self.watcher.stop()
        self.stack.clear()
        self.stack.deleteLater()
        self.tasks.shut_down()

    # ---- what it is asked

    def _next_workday(self, day: date) -> date:
        return first_workday(self._services.calendar(), day)

    def _screen(self) -> QScreen | None:
        return None

    # ---- what comes

    def _show(self, came: Came) -> None:
        if came.single:
            self.stack.show_notices(came.single)
        if came.away:
            self._away = [*self._away, *came.away]
            self.stack.show_digest(len(self._away), digest_words(self._away))

    def _update(self, waiting: list[Notice]) -> None:
        self.stack.keep_newest(waiting)

    def _look_whether_to_end(self) -> None:
        if self._ended:
            return
        if self._window_is_there():
            self.stack.clear()
        asked = self.stack.findChildren(SnoozeDialog)
        if self.stack.isHidden() and not asked and self.tasks.idle() and self.watcher.at_rest():
            self._finish(0)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            _LOG.warning("%s", error.message.in_english())
        else:
            _LOG.error("The popups end", exc_info=error)
        self._finish(FAILED)

    def _finish(self, code: int) -> None:
        if not self._ended:
            self._ended = True
            self._glance.stop()
            self.finished.emit(code)

    # ---- what one does

    def _open(self, notice: Notice) -> None:
        self.answers.note([notice.reminder_id], OPENED)
        if notice.customer_id is not None and notice.customer:
            self._leave_to_window(f"customer:{notice.customer_id}")
        else:
            self._leave_to_window(f"notifications:{notice.reminder_id}")

    def _open_all(self) -> None:
        self._leave_to_window("notifications")

    def _open_today(self) -> None:
        self._leave_to_window("today")

    def _leave_to_window(self, target: str) -> None:
        # the rest stands there, too
        self.stack.clear()
        self._open_window(target)

    def _done(self, notice: Notice) -> None:
        self.answers.done([notice.reminder_id])

    def _snooze(self, notice: Notice, until: datetime) -> None:
        self.answers.snooze([notice.reminder_id], until)

    def _close(self, notice: Notice) -> None:
        self.answers.note([notice.reminder_id], DISMISSED)

    def _ask_until(self, notice: Notice) -> None:
        dialog = SnoozeDialog(self.stack, self._clock.now, _SnoozeLater(self, notice), notice.text)
        dialog.finished.connect(self._look_whether_to_end, Qt.ConnectionType.QueuedConnection)
        dialog.open()
        dialog.activateWindow()

    def snooze_later(self, notice: Notice, until: datetime) -> None:
        """A time was typed."""
        self.stack.take_back([notice.reminder_id])
        self.answers.snooze([notice.reminder_id], until)


def _always() -> bool:
    """Whoever starts this program wants popups."""
    return True


class _SnoozeLater:
    """What the dialog does when a time was typed."""

    def __init__(self, popup: Popup, notice: Notice) -> None:
        self._popup, self._notice = popup, notice

    def __call__(self, until: datetime) -> None:
        self._popup.snooze_later(self._notice, until)


def run(
    services: Services,
    actor: Actor,
    settings: Settings,
    open_window: Callable[[str], None],
    window_is_there: Callable[[], bool],
) -> int:
    """Show what calls until the last popup is gone; returns the exit code."""
    if not settings.popups:
        return 0
    prepare_environment()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("shuke")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(program_icon())
    theme().apply(
        _CHOICES.get(settings.theme, "system"), zoom=settings.zoom, motion=settings.motion
    )
    garbage = Garbage(app)
    popup = Popup(services, actor, open_window, window_is_there, app)
    if settings.sound:
        popup.watcher.came.connect(_beep)
    popup.finished.connect(app.exit, Qt.ConnectionType.QueuedConnection)
    before, sys.excepthook = sys.excepthook, _ending(app)
    try:
        popup.begin()
        return app.exec()
    finally:
        sys.excepthook = before
        popup.end()
        garbage.give_back()


def _beep(_came: Came) -> None:
    QApplication.beep()


def _ending(
    app: QApplication,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # with nobody to tell, it is better to end than to stand there without doing anything
        _LOG.error("The popups end", exc_info=(kind, error, trace))
        app.exit(FAILED)

    return note
