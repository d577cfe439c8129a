"""Looks when reminders call, claims those that nobody else has shown, and says which they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.clock import Clock
from app.domain.reminders import Notice
from app.domain.vocabulary import Actor
from app.domain.working_time import WorkingCalendar
from app.errors import Refused
from app.services.due import DueService
from app.ui.tasks import Tasks

TICK: Final = 1000  # milliseconds
LOOK_EVERY: Final = timedelta(seconds=60)
"""The longest time between two looks: other machines write, too."""
SOON: Final = timedelta(seconds=1)
AWAY: Final = timedelta(minutes=5)
"""What called longer ago than this called while nobody was here."""
MANY: Final = 5
"""So many that called while nobody was here are shown one by one; more are one digest."""


@dataclass(frozen=True, slots=True)
class Came:
    """Reminders that were claimed here: to be shown one by one, and to be counted in a digest."""

    single: tuple[Notice, ...]
    away: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    calling: Sequence[Notice]
    look_at: datetime
    waiting: Sequence[Notice]


class Watcher(QObject):
    """Asks the database in the background, never on the thread of the window.

    It compares the wall clock once a second with the time at which something calls next, so that
    neither sleep nor a clock that is set can make it late by more than that. The database is asked
    then, once a minute, and by `look`. Where popups are not wanted, what calls is claimed all the
    same, for the notification centre alone.
    """

    came = Signal(object)  # Came
    waiting = Signal(object)  # list of Notice: shown, and not dealt with yet
    claimed = Signal()  # the log has new lines
    looked = Signal()  # a look has ended, and no other one follows it at once

    def __init__(
        self,
        due: DueService,
        actor: Actor,
        clock: Clock,
        calendar: Callable[[], WorkingCalendar],
        wanted: Callable[[], bool],
        tasks: Tasks,
        parent: QObject,
        place: str = "toast",
    ) -> None:
        """`calendar` is asked on a worker; `wanted`: whether popups are to be shown at all.

        `place` is where they are shown, as the log has it.
        """
        super().__init__(parent)
        self._due, self._actor, self._clock = due, actor, clock
        self._calendar, self._wanted, self._tasks = calendar, wanted, tasks
        self._place = place
        self._busy = self._again = self._told = False
        self._last = self._look_at = clock.now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Look from now on, for the first time in a second: what one waits for comes before."""
        self._timer.start()

    def at_rest(self) -> bool:
        """Whether no look is under way."""
        return not self._busy

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look now; while a look is under way, once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._look_at = self._clock.now() + LOOK_EVERY
        ask = partial(_ask, self._due, self._actor, self._clock, self._calendar)
        self._tasks.run(self, ask, self._found, self._failed)

    def _tick(self) -> None:
        now = self._clock.now()
        set_back, self._last = now < self._last, now
        if set_back or now >= self._look_at:
            self.look()

    def _found(self, found: _Found) -> None:
        self._told = False
        self._look_at = min(self._look_at, max(found.look_at, self._clock.now() + SOON))
        self.waiting.emit(list(found.waiting))
        if not found.calling:
            self._rest()
            return
        claim: Callable[[], Came]
        if self._wanted():
            now = self._clock.now()
            claim = partial(_claim, self._due, self._actor, now, found.calling, self._place)
        else:
            claim = partial(_claim_quietly, self._due, self._actor, found.calling)
        self._tasks.run(self, claim, self._shown, self._failed, lane="write")

    def _shown(self, came: Came) -> None:
        self._again = True  # what waits is more now, and there may be more to claim
        if came.single or came.away:
            self.came.emit(came)
        self.claimed.emit()
        self._rest()

    def _failed(self, error: BaseException) -> None:
        # a server that is gone is said once, not every minute
        if not self._told:
            self._told = True
            self._tasks.failed.emit(error)
        self._again = False
        self._rest()

    def _rest(self) -> None:
        self._busy = False
        again, self._again = self._again, False
        if again:
            self.look()
        else:
            self.looked.emit()


def _ask(
    due: DueService, actor: Actor, clock: Clock, calendar: Callable[[], WorkingCalendar]
) -> _Found:
    now = clock.now()
    undisturbed = calendar().end_of_quiet(now)
    waiting = due.waiting(actor)
    if undisturbed > now:
        return _Found((), undisturbed, waiting)
    calling = due.calling(actor)
    next_call = due.next_call(actor)
    return _Found(calling, next_call or now + LOOK_EVERY, waiting)


def _claim(
    due: DueService, actor: Actor, now: datetime, calling: Sequence[Notice], place: str
) -> Came:
    away = [one for one in calling if one.at < now - AWAY]
    if len(away) <= MANY:
        away = []
    single = [one for one in calling if one not in away]
    return Came(tuple(due.claim(actor, single, place)), tuple(due.claim(actor, away, "digest")))


def _claim_quietly(due: DueService, actor: Actor, calling: Sequence[Notice]) -> Came:
    due.claim(actor, calling, "centre")
    return Came((), ())


def first_workday(calendar: WorkingCalendar, day: date) -> date:
    """The first working day after a day."""
    try:
        return calendar.next_workday(day)
    except Refused:
        # nobody works in this calendar: putting off is possible all the same
        return day + timedelta(days=1)
