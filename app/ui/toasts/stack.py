"""The popups in the corner of the screen, the newest on top; a window that has no keyboard."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCursor,
    QGuiApplication,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from app.domain.reminders import Notice
from app.i18n import ntr, tr
from app.ui.reminder_words import since_words
from app.ui.theme import theme, tokens
from app.ui.toasts.panel import WIDTH, Panel
from app.ui.toasts.summary import Summary
from app.ui.toasts.toast import Digest, Toast
from app.ui.widgets.floating import composed

MARGIN: Final = 24
GAP: Final = 12
MOST: Final = 3
SHADOW: Final = 14  # around a panel, in pixels at zoom 1: what of its shadow is seen
SHADOW_BELOW: Final = 22
TELL_EVERY: Final = 5_000  # milliseconds
REST: Final = 700  # milliseconds without a move after which the mouse is said to rest
PATIENCE: Final = 15  # such rests: for so long nothing moves away under a mouse that lies there
_FLAGS: Final = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.NoDropShadowWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the popups ask the program.

    Attributes:
        now: the time, aware.
        next_workday: the first working day after a day.
        screen: where the user works; None for the first screen.
        has_window: whether there is a window that knows the key for all of them.
    """

    now: Callable[[], datetime]
    next_workday: Callable[[date], date]
    screen: Callable[[], QScreen | None]
    has_window: bool = True


class ToastStack(QWidget):
    """Shows reminders as popups until they are dealt with, or closed.

    It covers the right edge of the screen above the task bar, but only where its panels are it is
    seen and feels the mouse. It never takes the keyboard. What is under the mouse stays where it
    is: gaps are closed, and the oldest makes room for the newest, when the mouse has gone.
    """

    opened = Signal(object)  # Notice
    done = Signal(object)
    snoozed = Signal(object, object)  # Notice, datetime in UTC
    time_wanted = Signal(object)  # Notice: put off until a time that is yet to be typed
    closed = Signal(object)
    all_wanted = Signal()
    digest_opened = Signal()
    emptied = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__(None, _FLAGS)
        self.setObjectName("toasts")
        self.setAccessibleName(tr("Reminders"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, composed())
        self._around = around
        self._notices: list[Notice] = []
        self._toasts: dict[int, Toast] = {}
        self._digest: Digest | None = None
        self._summary = Summary(with_key=around.has_window)
        self._summary.setParent(self)
        self._summary.hide()
        self._summary.fit()
        self._summary.all_wanted.connect(self.all_wanted)
        self._summary.arrived.connect(self._arrived)
        self._places: dict[Panel, int] = {}  # from the foot of the strip to that of the panel
        self._mouse: QPoint | None = None
        self._rests = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._rested)
        self._tell = QTimer(self)
        self._tell.setInterval(TELL_EVERY)
        self._tell.timeout.connect(self._tell_time)
        # after all that it holds has taken over its own sizes
        theme().changed.connect(self.retheme, Qt.ConnectionType.QueuedConnection)

    # ---- what it shows

    def notices(self) -> list[Notice]:
        """Everything it has to show, the newest first, in sight or not."""
        return list(self._notices)

    def toasts(self) -> list[Toast]:
        """The popups in sight, the newest first."""
        return [self._toasts[one.reminder_id] for one in self._notices if self._in_sight(one)]

    def _in_sight(self, notice: Notice) -> bool:
        return notice.reminder_id in self._toasts

    def summary(self) -> Summary:
        """The row above them; hidden while all are in sight."""
        return self._summary

    def show_notices(self, notices: Iterable[Notice]) -> None:
        """Show these, too; of a reminder that is there already only this newest state."""
        came = {one.reminder_id: one for one in notices}
        for one in self._notices:
            if came.get(one.reminder_id, one) != one:
                self._take_away(one.reminder_id)
        known = {one.reminder_id: one for one in self._notices} | came
        self._notices = sorted(known.values(), key=_newest_first)
        fresh = [one for one in self._notices if one.reminder_id in came]
        self._arrange()
        for one in fresh[:MOST]:
            self._announce(one)

    def show_digest(self, count: int, words: str) -> None:
        """Say with one popup that so many came due while nobody was here."""
        self._drop_digest()
        title = ntr(
            "{count} reminder while you were away",
            "{count} reminders while you were away",
            count,
        )
        self._digest = Digest(title, words, tr("Just now"))
        self._digest.opened.connect(self._open_digest)
        self._digest.closed.connect(self._close_digest)
        self._digest.arrived.connect(self._arrived)
        self._digest.setParent(self)
        self._digest.fit()
        self._arrange()

    def take_back(self, reminder_ids: Iterable[int]) -> None:
        """Show these no more: they are dealt with."""
        gone = set(reminder_ids)
        if any(one.reminder_id in gone for one in self._notices):
            self._notices = [one for one in self._notices if one.reminder_id not in gone]
            self._arrange()

    def keep_newest(self, waiting: Iterable[Notice]) -> None:
        """Of what is shown, keep what still waits, in this state; what is not shown stays so."""
        newest = {one.reminder_id: one for one in waiting}
        self.take_back([one.reminder_id for one in self._notices if one.reminder_id not in newest])
        now = {one.reminder_id: newest[one.reminder_id] for one in self._notices}
        other = [now[one.reminder_id] for one in self._notices if now[one.reminder_id] != one]
        if other:
            self.show_notices(other)

    def clear(self) -> None:
        """Show nothing more."""
        self._drop_digest()
        self._notices = []
        self._mouse, self._rests = None, PATIENCE
        self._arrange()

    def make_anew(self) -> None:
        """In another language."""
        self._drop_digest()
        for one in list(self._toasts):
            self._take_away(one)
        self._arrange()

    def _announce(self, notice: Notice) -> None:
        toast = self._toasts.get(notice.reminder_id)
        if toast is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(toast, QAccessible.Event.Alert))

    # ---- the panels

    def retheme(self) -> None:
        """Take over sizes and the place."""
        self._places = {}
        self._rests = PATIENCE
        for panel in (self._summary, *self._panels()):
            panel.fit()
        self._arrange()

    def _panels(self) -> list[Panel]:
        """From the foot upwards."""
        digest = [self._digest] if self._digest is not None else []
        return [*digest, *reversed(self.toasts())]

    def _arrange(self) -> None:
        held = self._is_held()
        for one in set(self._toasts) - {one.reminder_id for one in self._notices}:
            self._take_away(one)
        if not self._notices and self._digest is None:
            self._leave()
            return
        strip = self._strip()
        if not held:
            self._places = {}
        self._choose(strip.height(), held=held)
        if self.geometry() != strip:
            self.setGeometry(strip)
        self._tell_more()
        self._put(strip)
        self._clip(held=held)
        self._appear()
        if held:
            self._rest.start()

    def _strip(self) -> QRect:
        """The right edge of the screen that the popups stand on."""
        screen = self._around.screen() or QGuiApplication.primaryScreen()
        room, tok = screen.availableGeometry(), tokens()
        width = min(room.width(), tok.px(WIDTH + 2 * MARGIN))
        return QRect(room.right() + 1 - width, room.top(), width, room.height())

    def _choose(self, room: int, *, held: bool) -> None:
        """Make the popups for what should be in sight, and take those away that should not."""
        wanted = self._notices[:MOST]
        if held:
            there = [one for one in self._notices if self._in_sight(one)]
            first = there[0] if there else None
            above = self._notices[: self._notices.index(first)] if first else self._notices
            most = max(0, MOST - len(there))
            wanted = [*above[len(above) - most if most else len(above) :], *there]
        for one in wanted:
            if not self._in_sight(one):
                self._add(one)
        while len(wanted) > 1 and self._height(wanted) > room:
            wanted.pop()
        for reminder_id in set(self._toasts) - {one.reminder_id for one in wanted}:
            self._take_away(reminder_id)

    def _height(self, wanted: Sequence[Notice]) -> int:
        tok = tokens()
        panels: list[Panel] = [self._toasts[one.reminder_id] for one in wanted]
        if self._digest is not None:
            panels.append(self._digest)
        if len(wanted) < len(self._notices):
            panels.append(self._summary)
        return sum(one.height() + tok.px(GAP) for one in panels) + 2 * tok.px(MARGIN)

    def _add(self, notice: Notice) -> None:
        made = Toast(notice, self._around.now, self._around.next_workday)
        made.opened.connect(self._open)
        made.done.connect(self._do)
        made.snoozed.connect(self._snooze)
        made.closed.connect(self._close)
        made.arrived.connect(self._arrived)
        made.setParent(self)
        made.fit()
        self._toasts[notice.reminder_id] = made

    def _take_away(self, reminder_id: int) -> None:
        toast = self._toasts.pop(reminder_id, None)
        if toast is not None:
            self._let_go(toast)

    def _let_go(self, panel: Panel) -> None:
        self._places.pop(panel, None)
        panel.step_aside()
        panel.deleteLater()

    def _tell_more(self) -> None:
        hidden = [one for one in self._notices if not self._in_sight(one)]
        if not hidden:
            self._places.pop(self._summary, None)
            self._summary.step_aside()
            return
        self._summary.tell(len(hidden), since_words(hidden, self._around.now()))
        self._summary.fit()
        self._summary.show()

    # ---- their places

    def _put(self, strip: QRect) -> None:
        tok = tokens()
        above = tok.px(MARGIN)
        panels = self._panels()
        if not self._summary.isHidden():
            panels.append(self._summary)
            self._places.pop(self._summary, None)
        for panel in panels:
            place = self._places.setdefault(panel, above)
            above = max(above, place + panel.height() + tok.px(GAP))
            left = strip.width() - tok.px(MARGIN) - panel.width()
            panel.slide_to(QPoint(left, strip.height() - place - panel.height()))

    def _clip(self, *, held: bool) -> None:
        """Be only where the panels are: what lies beneath the rest can be seen and clicked."""
        tok = tokens()
        seen = QRegion(self.mask()) if held else QRegion()
        side, below = (tok.px(SHADOW), tok.px(SHADOW_BELOW)) if composed() else (0, 0)
        panels = [*self._panels(), *([] if self._summary.isHidden() else [self._summary])]
        for panel in panels:
            seen += QRegion(panel.path().adjusted(-side, -side, side, below))
        self.setMask(seen)

    def _arrived(self) -> None:
        self._clip(held=self._rest.isActive())

    def _appear(self) -> None:
        if self.isHidden():
            self._tell.start()
            self.show()
            self.raise_()

    def _leave(self) -> None:
        self._rest.stop()
        self._tell.stop()
        self._places = {}
        self._summary.step_aside()
        if not self.isHidden():
            self.hide()
            self.emptied.emit()

    def _tell_time(self) -> None:
        for one in self.toasts():
            one.tell_time()
        if self.geometry() != self._strip():
            self.retheme()  # another screen, or a task bar that came or went

    # ---- the mouse

    def _is_held(self) -> bool:
        """Whether somebody is about to click here, or chooses from a menu."""
        if self.isHidden():
            return False
        if any(one.menu.isVisible() for one in self._toasts.values()):
            return True
        at = QCursor.pos()
        here = self.mapFromGlobal(at)
        if not any(one.geometry().contains(here) for one in self._panels()):
            self._mouse, self._rests = None, 0
            return False
        if at != self._mouse:
            self._mouse, self._rests = at, 0
        return self._rests < PATIENCE

    def _rested(self) -> None:
        self._rests += 1
        self._arrange()

    # ---- what one does with them

    def _open(self, notice: Notice) -> None:
        self.take_back([notice.reminder_id])
        self.opened.emit(notice)

    def _do(self, notice: Notice) -> None:
        self.take_back([notice.reminder_id])
        self.done.emit(notice)

    def _close(self, notice: Notice) -> None:
        self.take_back([notice.reminder_id])
        self.closed.emit(notice)

    def _snooze(self, notice: Notice, until: datetime | None) -> None:
        if until is None:
            self.time_wanted.emit(notice)
            return
        self.take_back([notice.reminder_id])
        self.snoozed.emit(notice, until)

    def _open_digest(self) -> None:
        self._close_digest()
        self.digest_opened.emit()

    def _close_digest(self) -> None:
        self._drop_digest()
        self._arrange()

    def _drop_digest(self) -> None:
        if self._digest is not None:
            self._let_go(self._digest)
            self._digest = None


def _newest_first(notice: Notice) -> tuple[float, int]:
    return -notice.at.timestamp(), -notice.reminder_id
