"""The one door to the background: work off the GUI thread, outcomes on it."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from time import monotonic
from typing import Final, Generic, Literal, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import Cancelled
from app.i18n import Message

T = TypeVar("T")
Lane = Literal["read", "write"]
READERS: Final = 3
_TELL_EVERY: Final = 0.05  # seconds between two announcements of progress


class Progress:
    """How far a piece of work is. Written by the worker, read by the window."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._told = 0.0
        self._stop = threading.Event()
        self.done = 0
        self.total = 0

    def __call__(self, done: int, total: int) -> None:
        """Say how many of how many steps are done; raises Cancelled when the user stopped it."""
        self.check()
        self.done, self.total = done, total
        now = monotonic()
        if now - self._told >= _TELL_EVERY or done >= total:
            self._told = now
            self._tell()

    def check(self) -> None:
        """Raise Cancelled when the user stopped the work."""
        if self._stop.is_set():
            raise Cancelled(Message("Stopped. Nothing was changed."))

    def stop(self) -> None:
        """Ask the work to end at its next check."""
        self._stop.set()


class Task(Generic[T]):
    """A piece of work under way. `title` is None for what nobody needs to see."""

    def __init__(
        self,
        title: Message | None,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None,
        owner: QObject,
        tell: Callable[[], None],
    ) -> None:
        self.title = title
        self.progress = Progress(tell)
        self._work: Callable[[Progress], T] | None = work
        self._done: Callable[[T], None] | None = done
        self._failed = failed
        self._owner: QObject | None = owner
        self._place: QWidget | None = None
        self._result: T | None = None
        self._error: BaseException | None = None

    def cancel(self) -> None:
        """Ask it to stop; it ends as `Cancelled` at its next check, or as if never asked."""
        self.progress.stop()

    def show_in(self, place: QWidget) -> None:
        """Say that a screen shows how far it is, in this widget."""
        self._place = place

    def is_shown(self) -> bool:
        """Whether a screen shows it at the moment: then the window need not."""
        return self._place is not None and isValid(self._place) and self._place.isVisible()

    def perform(self) -> None:
        """Do the work; called on a worker thread."""
        work = self._work
        if work is None:
            return
        try:
            self.progress.check()
            self._result = work(self.progress)
        except BaseException as error:  # noqa: BLE001 - handed to the GUI thread, never swallowed
            self._error = error

    def settle(self, otherwise: Callable[[BaseException], None]) -> None:
        """Hand over the outcome, unless the owner is gone; called on the GUI thread.

        The callables are let go here, so that a widget they hold is never freed on a worker.
        """
        owner, done, failed = self._owner, self._done, self._failed
        self._work = self._done = self._failed = self._owner = self._place = None
        if owner is None or done is None or not isValid(owner):
            return
        if self._error is None:
            done(cast("T", self._result))
        else:
            (failed or otherwise)(self._error)


class Tasks(QObject):
    """Runs work: one writer at a time, up to three readers beside it.

    The signals belong to this object, which lives as long as the application, so no QObject is
    ever destroyed on a worker thread. An outcome whose owner is gone is dropped.
    """

    failed = Signal(object)  # an exception nobody asked for
    busy_changed = Signal()  # something started, ended or came further
    _ready = Signal(object)
    _came_further = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        reader: Executor | None = None,
        writer: Executor | None = None,
    ) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, Executor] = {
            "read": reader or ThreadPoolExecutor(READERS, thread_name_prefix="read"),
            "write": writer or ThreadPoolExecutor(1, thread_name_prefix="write"),
        }
        self._running: list[Task[object]] = []
        self._ended = False
        # Queued even when the work is already done: outcomes never arrive inside `run`.
        self._ready.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._came_further.connect(self.busy_changed, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        title: Message | None = None,
        lane: Lane = "read",
    ) -> Task[T]:
        """Do `work` in the background, then call `done` with its result on the GUI thread.

        Args:
            owner: the widget that wants the outcome; if it is gone by then, nothing is called.
            work: called on a worker; must not touch widgets.
            done: called with the result.
            failed: called with the exception; without it, `Tasks.failed` is emitted, which
                shows a sentence for a UserError and the crash report for the rest.
            title: what the window says is being done; None for quick things.
            lane: "write" for whatever changes data: one after the other.
        """
        return self.run_long(owner, lambda _progress: work(), done, failed, title=title, lane=lane)

    def run_long(
        self,
        owner: QObject,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        title: Message | None = None,
        lane: Lane = "read",
    ) -> Task[T]:
        """As `run`, for work that says how far it is and can be stopped.

        `work` gets a `Progress`: `progress(done, total)` now and then, or `progress.check()`.
        """
        task = Task(title, work, done, failed, owner, self._came_further.emit)
        if self._ended:  # a widget that is about to go may still ask
            return task
        self._running.append(cast("Task[object]", task))
        self._lanes[lane].submit(self._perform, cast("Task[object]", task))
        self.busy_changed.emit()
        return task

    def running(self) -> tuple[Task[object], ...]:
        """What is under way and has a title, the oldest first."""
        return tuple(task for task in self._running if task.title is not None)

    def idle(self) -> bool:
        """Whether nothing at all is under way."""
        return not self._running

    def shut_down(self) -> None:
        """Stop what can be stopped and wait for the rest; no outcome is handed over any more.

        What is asked for afterwards is not done.
        """
        self._ended = True
        for task in self._running:
            task.cancel()
        for executor in self._lanes.values():
            executor.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _perform(self, task: Task[object]) -> None:
        task.perform()
        self._ready.emit(task)

    @Slot(object)
    def _settle(self, task: Task[object]) -> None:
        if task not in self._running:  # shut down meanwhile
            return
        self._running.remove(task)
        self.busy_changed.emit()
        task.settle(self.failed.emit)
