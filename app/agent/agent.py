"""The agent: sleeps until something calls, shows it while no window is open, and sleeps again."""

import logging
import queue
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.agent.calendar_file import CalendarFile
from app.agent.door import Desk, Door
from app.clock import Clock
from app.desktop.notifier import Answer
from app.desktop.presence import Presence
from app.errors import Unavailable, UserError
from app.i18n import Message

if TYPE_CHECKING:
    from app.agent.showing import Showing

TICK: Final = 2.0
"""Seconds at most between two glances: whether a window came or went, the clock was set, the
machine slept, somebody wrote. A glance costs a few system calls."""
LOOK_AGAIN: Final = 60.0
"""Seconds between two readings of everything."""
FIRST_RETRY, LAST_RETRY = 2.0, 300.0
_LOG: Final = logging.getLogger("shuke.agent")

Chore = Callable[[], None]
"""Something that is done once a day, and when the agent begins, though a window may be open."""


class Agent:
    """`chores` are done once a day; `window` is the part that the window plays."""

    def __init__(
        self,
        door: Door,
        window: Presence,
        make_showing: "Callable[[Callable[[str, Answer], None]], Showing]",
        clock: Clock,
        chores: Sequence[Chore] = (),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._door, self._window, self._clock = door, window, clock
        self._chores, self._monotonic = chores, monotonic
        self._inbox: queue.SimpleQueue[tuple[str, Answer] | None] = queue.SimpleQueue()
        self._answers: list[tuple[str, Answer]] = []
        self._showing = make_showing(self._hear)
        self._calendar = CalendarFile()
        self._running = True
        self._next: datetime | None = None
        self._read_at = float("-inf")
        self._retry = 0.0
        self._failing = ""
        self._chores_of: date | None = None
        self._window_there = False

    def stop(self) -> None:
        """End soon. May be called by a signal, and on any thread."""
        self._inbox.put(None)

    def run(self) -> None:
        """Until `stop` is called."""
        _LOG.info("The agent begins")
        try:
            while self._running:
                self._wait(self.turn())
        finally:
            self._door.close()
            _LOG.info("The agent ends")

    def _hear(self, key: str, answer: Answer) -> None:
        self._inbox.put((key, answer))

    def _wait(self, seconds: float) -> None:
        try:
            self._take(self._inbox.get(timeout=seconds))
            while True:
                self._take(self._inbox.get_nowait())
        except queue.Empty:
            return

    def _take(self, heard: tuple[str, Answer] | None) -> None:
        if heard is None:
            self._running = False
        else:
            self._answers.append(heard)

    # ---- one turn

    def turn(self) -> float:
        """See how things stand and do what is due; returns the seconds until the next turn."""
        while not self._inbox.empty():
            self._take(self._inbox.get_nowait())
        try:
            seconds = self._glance()
            self._do_chores()
        except UserError as problem:
            return self._failed(_plain(problem.message))
        except Exception as bug:  # noqa: BLE001 - a mistake of ours must not end all reminding
            return self._failed(_place_of(bug))
        if self._failing:
            _LOG.info("It works again")
        self._failing, self._retry = "", 0.0
        return seconds

    def _failed(self, reason: str) -> float:
        # what goes on failing is said once, and tried ever less often
        if reason != self._failing:
            _LOG.warning("%s", reason)
        self._failing = reason
        self._read_at = float("-inf")
        self._retry = min(max(self._retry * 2, FIRST_RETRY), LAST_RETRY)
        self._door.close()
        return self._retry

    def _glance(self) -> float:
        if self._leave_to_window():
            return TICK
        desk = self._door.desk()
        if self._monotonic() - self._read_at >= LOOK_AGAIN:
            self._door.look_again()
            desk = self._door.desk()
            self._read_at = self._monotonic()
            self._next = self._read(desk)
        elif self._door.moved():
            self._next = self._read(desk)
        if desk is None:
            return TICK
        self._carry_out(desk)
        return self._show(desk)

    def _leave_to_window(self) -> bool:
        """Whether a window is there: it shows what calls, and may want the file for itself."""
        there = self._window.taken()
        if there != self._window_there:
            self._window_there = there
            _LOG.info("A window is open" if there else "No window is open")
            self._read_at = float("-inf")
        if there and not self._answers:
            self._door.close()
            self._showing.nothing_calls()
            return True
        return False

    def _read(self, desk: Desk | None) -> datetime | None:
        if desk is None:
            return None
        self._showing.withdraw(desk)
        self._calendar.refresh(desk)
        return desk.services.due.next_call(desk.actor)

    def _show(self, desk: Desk) -> float:
        now = self._clock.now()
        calls = self._next is not None and self._next <= now
        if not calls and not self._showing.is_behind():
            self._showing.nothing_calls()
            until = TICK if self._next is None else (self._next - now).total_seconds()
            return min(TICK, max(until, 0.0))
        up = self._showing.toasts_are_up()
        if not up and not self._window_there and not _quiet(desk, now):
            self._showing.show(desk)
            self._next = desk.services.due.next_call(desk.actor)
        return TICK

    def _carry_out(self, desk: Desk) -> None:
        while self._answers:
            key, answer = self._answers[0]
            try:
                self._showing.answer(desk, key, answer)
            except Unavailable:
                # kept, and done as soon as that is possible
                raise
            except UserError as problem:
                self._showing.fail(key, str(problem))
            del self._answers[0]

    def _do_chores(self) -> None:
        today = self._clock.today()
        if self._chores_of == today:
            return
        # one that fails is tried again tomorrow
        self._chores_of = today
        for chore in self._chores:
            chore()


def _quiet(desk: Desk, now: datetime) -> bool:
    return not desk.settings.popups or desk.services.calendar().is_quiet(now)


def _plain(message: Message) -> str:
    """For the log: the sentence without what it names, for that may be personal."""
    shown = ("reason", "count")
    params = {key: one if key in shown else "…" for key, one in message.params.items()}
    return message.filled(**params).in_english()


def _place_of(bug: Exception) -> str:
    """What went wrong and where; without its text, in which there may be anything."""
    frames = traceback.extract_tb(bug.__traceback__)
    places = ", ".join(f"{Path(one.filename).name}:{one.lineno}" for one in frames[-4:])
    return f"{type(bug).__qualname__} at {places}"
