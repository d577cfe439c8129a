"""Showing what calls: by the system's notifications, or by toasts of a program of their own."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.agent.door import Desk
from app.config import Workspace
from app.desktop.notifier import Answer, Bubble, Notifier
from app.desktop.programs import command
from app.desktop.words import MOST_ALONE, bubble, digest
from app.domain.reminders import Notice
from app.services.due import MOST

if TYPE_CHECKING:
    import subprocess

NATIVE, DIGEST = "native", "digest"
SNOOZE: Final = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 900.0  # seconds
_LOG: Final = logging.getLogger("shuke.agent")

Start = Callable[[list[str]], "subprocess.Popen[bytes]"]


class Showing:
    """`start` starts a program, `toasts_possible` says whether one could open a window."""

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        start: Start,
        monotonic: Callable[[], float],
        *,
        toasts_possible: bool,
    ) -> None:
        self._workspace = workspace
        self._notifier = notifier
        self._start = start
        self._monotonic = monotonic
        self._toasts_possible = toasts_possible
        self._shown: dict[str, tuple[Notice, ...]] = {}
        self._unshown: dict[str, tuple[Notice, ...]] = {}
        self._toasts: subprocess.Popen[bytes] | None = None
        self._windows: list[subprocess.Popen[bytes]] = []
        self._pause = FIRST_PAUSE
        self._toasts_from = 0.0
        self._said_nobody = False

    # ---- showing

    def is_behind(self) -> bool:
        """Whether something was claimed and could not be shown yet."""
        return bool(self._unshown)

    def toasts_are_up(self) -> bool:
        """Whether the program with the toasts runs: it shows what calls, as a window would."""
        self._windows = [one for one in self._windows if one.poll() is None]
        if self._toasts is not None and self._toasts.poll() is not None:
            if self._toasts.returncode:
                _LOG.warning("The toasts ended with code %d", self._toasts.returncode)
            self._toasts = None
        return self._toasts is not None

    def show(self, desk: Desk) -> None:
        """Show all that calls now. Raises UserError."""
        if self._natively(desk):
            self._said_nobody = False
            self._show_again(desk)
            self._show_new(desk)
        elif self._toasts_possible:
            self._said_nobody = False
            self._start_toasts(desk)
        elif not self._said_nobody:
            self._said_nobody = True
            _LOG.warning("Nobody here shows notifications, and no window could be opened")

    def _natively(self, desk: Desk) -> bool:
        wanted = desk.settings.native or not self._toasts_possible
        return wanted and self._notifier.ready()

    def _show_new(self, desk: Desk) -> None:
        due = desk.services.due
        now = desk.services.clock.now()
        claimed: list[Notice] = []
        place = NATIVE
        while True:
            calling = due.calling(desk.actor)
            if len(calling) + len(claimed) > MOST_ALONE:
                place = DIGEST
            claimed += due.claim(desk.actor, calling, place)
            if len(calling) < MOST:
                break
        if not claimed:
            return
        if place == DIGEST:
            self._put(desk, f"digest@{now.isoformat()}", tuple(claimed))
        else:
            for one in claimed:
                self._put(desk, f"{one.reminder_id}", (one,))

    def _show_again(self, desk: Desk) -> None:
        # claimed, so nobody else shows them, and then nobody was there to show them
        unshown, self._unshown = self._unshown, {}
        for key, notices in unshown.items():
            self._put(desk, key, notices)

    def _put(self, desk: Desk, key: str, notices: tuple[Notice, ...]) -> None:
        made = _bubble(notices, desk.services.clock.now())
        if self._notifier.show(key, replace(made, sound=desk.settings.sound)):
            self._shown[key] = notices
            _LOG.info("Shown: %d", len(notices))
        else:
            self._unshown[key] = notices

    def _start_toasts(self, desk: Desk) -> None:
        now = self._monotonic()
        if now < self._toasts_from:
            return
        # what still calls after they ended was not taken by them: they are not started all the time
        self._toasts_from, self._pause = now + self._pause, min(self._pause * 2, LONGEST_PAUSE)
        self._toasts = self._run(command(self._workspace, "--as", desk.actor.name, "popup"))

    def nothing_calls(self) -> None:
        """All that called was taken by somebody."""
        self._pause, self._toasts_from = FIRST_PAUSE, 0.0

    def withdraw(self, desk: Desk) -> None:
        """Take back what was done or put off elsewhere. Raises UserError."""
        ids = [one.reminder_id for notices in self._shown.values() for one in notices]
        if not ids:
            return
        calling = {one.reminder_id for one in desk.services.due.waiting(desk.actor)}
        for key, notices in list(self._shown.items()):
            if not any(one.reminder_id in calling for one in notices):
                del self._shown[key]
                self._notifier.take_back(key)

    # ---- what somebody did with it

    def answer(self, desk: Desk, key: str, answer: Answer) -> None:
        """Carry out what was answered. Raises UserError; then it can be asked again."""
        notices = self._shown.get(key, ())
        ids = [one.reminder_id for one in notices]
        if not ids:
            return
        services, actor = desk.services, desk.actor
        if answer is Answer.DONE:
            services.reminders.done(actor, ids)
        elif answer is Answer.SNOOZE:
            services.reminders.snooze(actor, ids, services.clock.now() + SNOOZE)
        elif answer is Answer.OPEN:
            self._open(notices)
            services.due.acted(actor, ids, "opened")
        else:
            services.due.acted(actor, ids, "dismissed")
        del self._shown[key]
        _LOG.info("Answered: %s", answer.value)

    def fail(self, key: str, sentence: str) -> None:
        """Say that what was answered could not be carried out."""
        self._shown.pop(key, None)
        self._notifier.show(key, Bubble(sentence, ""))

    def _open(self, notices: Sequence[Notice]) -> None:
        window = self._run(command(self._workspace, "--open", _target(notices)))
        if window is not None:
            self._windows.append(window)

    def _run(self, line: list[str]) -> "subprocess.Popen[bytes] | None":
        try:
            return self._start(line)
        except OSError as problem:
            _LOG.warning("A program could not be started: %s", problem.strerror)
            return None


def _target(notices: Sequence[Notice]) -> str:
    """What the window shows: the customer; the notification of what stands alone; or the day."""
    if len(notices) > 1:
        return "today"
    (one,) = notices
    seen = one.customer_id is not None and one.customer
    return f"customer:{one.customer_id}" if seen else f"notifications:{one.reminder_id}"


def _bubble(notices: Sequence[Notice], now: datetime) -> Bubble:
    return bubble(notices[0], now) if len(notices) == 1 else digest(notices, now)
