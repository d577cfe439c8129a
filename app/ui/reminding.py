"""Popups while the window is open: what calls is shown within two seconds, wherever one works."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication

from app.desktop.notifier import Heard, Notifier
from app.desktop.notifiers import system_notifier
from app.domain.reminders import Notice
from app.i18n import Message
from app.ui.answers import DISMISSED, OPENED, Answers
from app.ui.main_window import MainWindow
from app.ui.native import SystemNotices, windows_can_be_placed
from app.ui.reminder_words import digest_words, late_words
from app.ui.shell.shell import Shell
from app.ui.toasts.stack import Surroundings, ToastStack
from app.ui.tray import CENTRE, TODAY, Tray, is_there
from app.ui.watcher import Came, Watcher, first_workday

DELIVERIES: Final = "delivery"
"""The area that is announced when the log of popups has changed."""
_AREAS: Final = frozenset({"reminder", "promise", "customer", "staff"})


class Reminding(QObject):
    """Watches, shows, and does what one says to the popups; it ends with the shell it serves.

    With `make_notifier` the system shows them, instead of popups of our own.
    """

    def __init__(
        self,
        shell: Shell,
        window: MainWindow,
        parent: QObject,
        make_notifier: Callable[[Heard], Notifier] | None = None,
    ) -> None:
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
        self.native: SystemNotices | None = None
        if make_notifier is not None:
            self.native = SystemNotices(
                make_notifier, self._clock.now, self._wants_sound, tasks, self
            )
        self.watcher = Watcher(
            services.due,
            context.actor,
            self._clock,
            services.calendar,
            self._wants_popups,
            tasks,
            self,
            "toast" if self.native is None else "native",
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
        if self.native is not None:
            self._connect_native(self.native)

    def _connect_native(self, native: SystemNotices) -> None:
        native.opened.connect(self._open_some)
        native.done.connect(self._some_done)
        native.snoozed.connect(self._snooze_some)
        native.dismissed.connect(self._close_some)
        native.unshown.connect(self._say_unshown)

    def end(self) -> list[Notice]:
        """Show nothing more; returns what was in sight, for whoever goes on."""
        left = self.stack.notices()
        if self.tray is not None:
            self.tray.end()
        if self.native is not None:
            self.native.end()
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

    def _wants_sound(self) -> bool:
        return self._shell.context.current_settings().sound

    def _show(self, came: Came) -> None:
        if self.native is not None:
            self.native.show(came.single, came.away)
            return
        if self._wants_sound():
            QApplication.beep()
        if came.single and not self._is_centre_in_front():
            self.stack.show_notices(came.single)
        if came.away:
            self._away = [*self._away, *came.away]
            self.stack.show_digest(len(self._away), digest_words(self._away))

    def _update(self, waiting: list[Notice]) -> None:
        """Show what is in sight in its newest state; the side bar says how many wait."""
        self.stack.keep_newest(waiting)
        if self.native is not None:
            self.native.keep(waiting)
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
        # it reads days in words, which takes time that the start need not spend
        from app.ui.widgets.snooze_dialog import SnoozeDialog

        self._window.come_forward()
        SnoozeDialog(self._window, self._clock.now, _SnoozeLater(self, notice), notice.text).open()

    def _close(self, notice: Notice) -> None:
        self.answers.note([notice.reminder_id], DISMISSED)

    def _open_some(self, notices: Sequence[Notice]) -> None:
        if len(notices) == 1:
            self._open(notices[0])
        else:
            self.answers.note(_ids(notices), OPENED)
            self._open_today()

    def _some_done(self, notices: Sequence[Notice]) -> None:
        self.answers.done(_ids(notices))

    def _snooze_some(self, notices: Sequence[Notice], until: datetime) -> None:
        self.answers.snooze(_ids(notices), until)

    def _close_some(self, notices: Sequence[Notice]) -> None:
        self.answers.note(_ids(notices), DISMISSED)

    def _say_unshown(self, notices: Sequence[Notice]) -> None:
        """Nobody shows notifications: the window says it as well as it can."""
        count = {"count": len(notices)}
        self._shell.show_message(
            Message("{count} reminder calls: F8", "{count} reminders call: F8", count), kind="info"
        )

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


def _ids(notices: Sequence[Notice]) -> list[int]:
    return [one.reminder_id for one in notices]


class _SnoozeLater:
    """What the dialog does when a time was typed."""

    def __init__(self, reminding: Reminding, notice: Notice) -> None:
        self._reminding, self._notice = reminding, notice

    def __call__(self, until: datetime) -> None:
        self._reminding.stack.take_back([self._notice.reminder_id])
        self._reminding.answers.snooze([self._notice.reminder_id], until)


def take_over(
    before: Reminding | None, shell: Shell, window: MainWindow, parent: QObject
) -> Reminding:
    """From now on popups lead to this shell; what is in sight stays for who is at work."""
    make_notifier = None if windows_can_be_placed() else system_notifier
    made = Reminding(shell, window, parent, make_notifier)
    if before is not None:
        left = before.end()
        if before.actor.id == made.actor.id:
            made.stack.show_notices(left)
    return made
