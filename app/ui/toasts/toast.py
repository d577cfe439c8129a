"""One popup: what is due, for whom, and the three things one can do about it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from app.domain.reminders import Notice
from app.i18n import tr
from app.ui.reminder_words import called_words, shown
from app.ui.theme import tokens
from app.ui.toasts.panel import WIDTH, CloseButton, Panel
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.few_lines import FewLines
from app.ui.widgets.layout import STRETCH, Box, col, row, row_top
from app.ui.widgets.pill import Pill
from app.ui.widgets.snooze_menu import SnoozeMenu
from app.ui.widgets.text import Elided, muted

_EDGE: Final = 16
_DISC: Final = 32
_LEAD: Final = 12
WORDS: Final = WIDTH - 2 * _EDGE - _DISC - _LEAD
"""Room for the words of a toast, in pixels at zoom 1."""
_APART: Final = 8  # from a toast to its menu


class Toast(Panel):
    """A reminder that is due.

    The window it lies in never has the keyboard: F8 leads to the same reminder in the notification
    centre. `next_workday` gives the first working day after a day.
    """

    opened = Signal(object)  # Notice
    done = Signal(object)
    snoozed = Signal(object, object)  # Notice; a moment in UTC, or None for one to be typed
    closed = Signal(object)

    def __init__(
        self,
        notice: Notice,
        clock: Callable[[], datetime],
        next_workday: Callable[[date], date],
    ) -> None:
        super().__init__("toast")
        self.notice = notice
        self._clock, self._next_workday = clock, next_workday
        now = clock()
        told = shown(notice, now)
        self._when = muted(called_words(notice.at, now))
        self.open_button = small(tr("Open"), "toast_open", glyph="arrow-right")
        self.done_button = small(tr("Done"), "toast_done", glyph="check", good=True)
        self.snooze_button = small(
            tr("Snooze"), "toast_snooze", glyph="alarm-clock", trail="chevron-down"
        )
        self.close_button = closing()
        self.menu = SnoozeMenu(self, self._snooze)
        self.menu.aboutToHide.connect(self._let_button_up)
        late = Pill(told.late, "danger", "dot") if told.late else None
        self.setLayout(
            body(
                Disc(told.glyph, told.kind, _DISC),
                head(told.title, late, self._when, self.close_button),
                FewLines(told.words, WORDS) if told.words else None,
                _in_one_row(self.open_button, self.done_button, self.snooze_button),
            )
        )
        self.setAccessibleName(", ".join(filter(None, (told.title, told.late, told.words))))
        self.open_button.clicked.connect(self._open)
        self.done_button.clicked.connect(self._do)
        self.snooze_button.clicked.connect(self.open_snooze)
        self.close_button.clicked.connect(self._close)

    def tell_time(self) -> None:
        """Say anew how long ago it called."""
        self._when.setText(called_words(self.notice.at, self._clock()))

    def open_snooze(self) -> None:
        """Offer how long to put it off."""
        now = self._clock()
        self.menu.fill(now, self._next_workday(now.astimezone().date()))
        self.snooze_button.setDown(True)
        self.menu.open_beside(self, tokens().px(_APART))

    def _let_button_up(self) -> None:
        self.snooze_button.setDown(False)

    def _open(self) -> None:
        self.opened.emit(self.notice)

    def _do(self) -> None:
        self.done.emit(self.notice)

    def _snooze(self, until: datetime | None) -> None:
        self.snoozed.emit(self.notice, until)

    def _close(self) -> None:
        self.closed.emit(self.notice)


class Digest(Panel):
    """What came due while nobody was here, when it is much: one popup that leads to it all."""

    opened = Signal()
    closed = Signal()

    def __init__(self, title: str, words: str, when: str) -> None:
        super().__init__("digest")
        self.open_button = small(tr("Open"), "toast_open", glyph="arrow-right")
        self.close_button = closing()
        self.setLayout(
            body(
                Disc("bell", "info", _DISC),
                head(title, None, muted(when), self.close_button),
                FewLines(words, WORDS) if words else None,
                row(self.open_button, STRETCH),
            )
        )
        self.setAccessibleName(f"{title}, {words}")
        self.open_button.clicked.connect(self._open)
        self.close_button.clicked.connect(self._close)

    def _open(self) -> None:
        self.opened.emit()

    def _close(self) -> None:
        self.closed.emit()


def body(disc: QWidget, above: QLayout, words: QWidget | None, actions: QLayout) -> Box:
    """Disc at the left, the lines beside it."""
    lines = col(above, 4 if words else None, words, 12, actions, gap=0)
    return row_top(disc, (lines, 1), gap=_LEAD, margins=_EDGE)


def _in_one_row(*buttons: Button) -> Box:
    """The buttons; in a language with long words some go without their icon."""
    gap = 8
    for one in buttons:
        if sum(o.sizeHint().width() + tokens().px(gap) for o in buttons) <= tokens().px(WORDS):
            break
        one.set_glyph(None)
    return row(*buttons, STRETCH, gap=gap)


def head(title: str, late: Pill | None, when: QWidget, close: QWidget) -> Box:
    """The first line: what, how late, when it called, the ×."""
    words = Elided(title, "strong")
    words.setProperty("typed", True)  # noqa: FBT003 - Qt's property
    return row((words, 1), late, when, close, gap=8)


def small(
    words: str, name: str, *, glyph: str, trail: str | None = None, good: bool = False
) -> Button:
    """A small button that never takes the keyboard's place."""
    made = Button(words, "good" if good else "plain", glyph=glyph, trail=trail, size="small")
    made.setObjectName(name)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def closing() -> CloseButton:
    """The × of a popup: what it shows stays in the notification centre."""
    made = CloseButton(tr("Close; it stays in the notifications"))
    made.setObjectName("toast_close")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
