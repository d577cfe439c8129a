"""Popups while the window is open: what calls is shown within two seconds, wherever one works."""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen

from app.domain.reminders import Notice
from app.i18n import Message
from app.ui.answers import DISMISSED, OPENED, Answers
from app.ui.main_window import MainWindow
from app.ui.reminder_words import digest_words, late_words
from app.ui.shell.shell import Shell
from app.ui.toasts.stack import Surroundings, ToastStack
from app.ui.tray import CENTRE, TODAY, Tray, is_there
from app.ui.watcher import Came, Watcher, first_workday
from app.ui.widgets.snooze_dialog import SnoozeDialog

DELIVERIES: Final = "delivery"
"""The area that is announced when the log of popups has changed."""
_AREAS: Final = frozenset({"reminder", "promise", "customer", "staff"})


class Reminding(QObject):
    """Watches, shows, and does what one says to the popups; it ends with the shell it serves."""

    def __init__(self, shell: Shell, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._window = shell, window
        context = shell.context
        self.actor = context.actor
        services, tasks = context.services, context.tasks
        self._clock = services.clock
        self._away: list[Notice] = []
        self.tray = Tray(window, self, has_today=shell.has_area(TODAY)) if is_there() else None
        self.stack = ToastStack(Surroundings(self._clock.now, self._next_workday, self._screen))
        self.answers = Answers(services.reminders, services.due, context.actor, tasks, self)
        self.watcher = Watcher(
            services.due,
            context.actor,
            self._clock,
            services.calendar,
            self._wants_popups,
            tasks,
            self,
        )
        self._connect()
        self.watcher.begin()

    def _connect(self) -> None:
        stack, watcher, answers = self.stack, self.watcher, self.answers
        watcher.came.connect(self._show)
        watcher.waiting.connect(self._update)
        watcher.claimed.connect(self._announce)
        answers.noted.connect(self._announce)
        answers.written.connect(self._say)
        stack.opened.connect(self._open)
        stack.done.connect(self._done)
        stack.snoozed.connect(self._snooze)
        stack.time_wanted.connect(self._ask_until)
        stack.closed.connect(self._close)
        stack.all_wanted.connect(self._open_centre)
        stack.digest_opened.connect(self._open_today)
        self._shell.context.changes.changed.connect(self._changed)
        self._shell.title_changed.connect(self._went)
        if self.tray is not None:
            self.tray.wanted.connect(self._come)
            self.tray.leave_wanted.connect(self._window.close)

    def end(self) -> list[Notice]:
        """Show nothing more; returns what was in sight, for whoever goes on."""
        left = self.stack.notices()
        if self.tray is not None:
            self.tray.end()
        self.watcher.stop()
        self.stack.clear()
        self.stack.deleteLater()
        self.deleteLater()
        return left

    # ---- what it is asked

    def _next_workday(self, day: date) -> date:
        return first_workday(self._shell.context.services.calendar(), day)

    def _wants_popups(self) -> bool:
        return self._shell.context.current_settings().popups

    def _screen(self) -> QScreen | None:
        return self._window.screen()

    # ---- what comes

    def _show(self, came: Came) -> None:
        if came.single and not self._is_centre_in_front():
            self.stack.show_notices(came.single)
        if came.away:
            self._away = [*self._away, *came.away]
            self.stack.show_digest(len(self._away), digest_words(self._away))

    def _update(self, waiting: list[Notice]) -> None:
        """Show what is in sight in its newest state; the side bar says how many wait."""
        self.stack.keep_newest(waiting)
        if self.tray is not None:
            self.tray.set_count(len(waiting))
        now = self._clock.now()
        late = any(late_words(one, now) for one in waiting)
        self._shell.side_bar.set_count(CENTRE, len(waiting), "danger" if late else "plain")

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & _AREAS:
            self.watcher.look()

    def _announce(self) -> None:
        self._shell.context.changes.announce({DELIVERIES})

    def _went(self, _title: str) -> None:
        if self._is_centre_in_front():
            # they stand there, each with the same buttons
            self.stack.clear()

    def _is_centre_in_front(self) -> bool:
        return self._shell.current == CENTRE and self._window.isActiveWindow()

    # ---- what one does

    def _open(self, notice: Notice) -> None:
        self.answers.note([notice.reminder_id], OPENED)
        self._window.come_forward()
        if notice.customer_id is not None and notice.customer:
            self._shell.navigate("customer", notice.customer_id)
        else:
            self._shell.navigate(CENTRE, notice.reminder_id)

    def _done(self, notice: Notice) -> None:
        self.answers.done([notice.reminder_id])

    def _snooze(self, notice: Notice, until: datetime) -> None:
        self.answers.snooze([notice.reminder_id], until)

    def _ask_until(self, notice: Notice) -> None:
        self._window.come_forward()
        SnoozeDialog(self._window, self._clock.now, _SnoozeLater(self, notice), notice.text).open()

    def _close(self, notice: Notice) -> None:
        self.answers.note([notice.reminder_id], DISMISSED)

    def _come(self, area: str) -> None:
        self._window.come_forward()
        if area:
            self._shell.navigate(area)

    def _open_centre(self) -> None:
        self._window.come_forward()
        self._shell.navigate(CENTRE)
        self.stack.clear()

    def _open_today(self) -> None:
        self._away = []
        self._window.come_forward()
        self._shell.navigate(TODAY if self._shell.has_area(TODAY) else CENTRE)

    def _say(self, words: Message, change_set_id: int | None) -> None:
        if change_set_id is None:
            self._shell.show_message(words, kind="plain")
        else:
            self._shell.show_message(words, change_set_id)


class _SnoozeLater:
    """What the dialog does when a time was typed."""

    def __init__(self, reminding: Reminding, notice: Notice) -> None:
        self._reminding, self._notice = reminding, notice

    def __call__(self, until: datetime) -> None:
        self._reminding.stack.take_back([self._notice.reminder_id])
        self._reminding.answers.snooze([self._notice.reminder_id], until)
