"""Reminders as notifications of the system, where a program cannot place windows of its own.

On Wayland a popup would stand wherever the desktop puts windows, and take the keyboard.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from app.desktop.notifier import Answer, Bubble, Heard, Notifier
from app.desktop.words import bubble, digest
from app.domain.reminders import Notice
from app.ui.tasks import Tasks

SNOOZE: Final = timedelta(minutes=10)
DIGEST: Final = "digest"


class SystemNotices(QObject):
    """Shows them in the background; what is answered arrives here as a signal."""

    opened = Signal(object)  # tuple of Notice
    done = Signal(object)
    snoozed = Signal(object, object)  # tuple of Notice, datetime in UTC
    dismissed = Signal(object)
    unshown = Signal(object)  # tuple of Notice: there is nobody who shows notifications
    _heard = Signal(str, str)

    def __init__(
        self,
        make_notifier: Callable[[Heard], Notifier],
        clock: Callable[[], datetime],
        sound: Callable[[], bool],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clock, self._sound, self._tasks = clock, sound, tasks
        self._shown: dict[str, tuple[Notice, ...]] = {}
        self._heard.connect(self._answered, Qt.ConnectionType.QueuedConnection)
        self._notifier = make_notifier(self._hear)

    def shown(self) -> list[Notice]:
        """What it has shown and nobody has answered."""
        return [one for notices in self._shown.values() for one in notices]

    def show(self, single: Sequence[Notice], away: Sequence[Notice]) -> None:
        """Show these one by one, and those as one notification for all."""
        now = self._clock()
        made: dict[str, tuple[Notice, ...]] = {str(one.reminder_id): (one,) for one in single}
        bubbles = {key: bubble(notices[0], now) for key, notices in made.items()}
        if away:
            made[DIGEST] = tuple(away)
            bubbles[DIGEST] = digest(away, now)
        self._shown |= made
        told = {key: replace(one, sound=self._sound()) for key, one in bubbles.items()}
        self._tasks.run(self, partial(_show, self._notifier, told), self._were_shown)

    def keep(self, waiting: Iterable[Notice]) -> None:
        """Take back what does not wait any more."""
        ids = {one.reminder_id for one in waiting}
        over = [
            key
            for key, notices in self._shown.items()
            if not any(one.reminder_id in ids for one in notices)
        ]
        for key in over:
            del self._shown[key]
        if over:
            self._tasks.run(self, partial(_take_back, self._notifier, over), _nothing)

    def end(self) -> None:
        """Listen to answers no more; what is shown stays."""
        self._notifier.close()

    def _hear(self, key: str, answer: Answer) -> None:
        # on a thread of the notifier
        self._heard.emit(key, answer.value)

    def _were_shown(self, missing: Sequence[str]) -> None:
        left = tuple(one for key in missing for one in self._shown.pop(key, ()))
        if left:
            self.unshown.emit(left)

    def _answered(self, key: str, value: str) -> None:
        notices = self._shown.pop(key, ())
        if not notices:
            return
        match Answer(value):
            case Answer.OPEN:
                self.opened.emit(notices)
            case Answer.DONE:
                self.done.emit(notices)
            case Answer.SNOOZE:
                self.snoozed.emit(notices, self._clock() + SNOOZE)
            case Answer.DISMISSED:
                self.dismissed.emit(notices)


def _show(notifier: Notifier, bubbles: Mapping[str, Bubble]) -> list[str]:
    """Show them; returns the keys of those that nobody shows."""
    if not notifier.ready():
        return list(bubbles)
    return [key for key, one in bubbles.items() if not notifier.show(key, one)]


def _take_back(notifier: Notifier, keys: Sequence[str]) -> None:
    for key in keys:
        notifier.take_back(key)


def _nothing(_result: None) -> None:
    """Nobody waits for it."""


def windows_can_be_placed() -> bool:
    """Whether a program says here where its windows stand, and that they want no keyboard."""
    return not QGuiApplication.platformName().startswith("wayland")
