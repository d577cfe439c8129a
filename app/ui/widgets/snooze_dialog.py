"""Putting off until a time that is typed in words."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain import when
from app.domain.reminders import MORNING, local_moment
from app.i18n import tr
from app.ui.when import WEEK_DAYS
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col
from app.ui.widgets.text import Label, caption

_YEARS: Final = 10
"""Nobody puts off for longer; whoever typed it meant something else."""


class SnoozeDialog(Dialog):
    """Asks until when; `choose` gets a moment in UTC that is still to come."""

    def __init__(
        self,
        parent: QWidget,
        clock: Callable[[], datetime],
        choose: Callable[[datetime], object],
        words: str = "",
    ) -> None:
        """`words` say what is put off."""
        super().__init__(
            parent, tr("Snooze until"), "snooze_until", do=tr("Snooze"), words=words, about=words
        )
        self._clock, self._choose = clock, choose
        self.typed = LineEdit(
            tr("Until when"), placeholder=tr("tomorrow 3pm, Friday, 30 Nov 14:00")
        )
        self.typed.setObjectName("until")
        self.read_as = Label("", "small", "muted")
        self.put(col(caption(tr("Until when")), self.typed, self.read_as, gap=6))
        self.typed.textChanged.connect(self._read)
        self._read()

    def until(self) -> datetime | None:
        """The moment that is typed, in UTC; None for what is not understood, or has passed."""
        now = self._clock()
        found = when.find(self.typed.text(), now.astimezone())
        if not found:
            return None
        said = found[0].value
        until = said if isinstance(said, datetime) else local_moment(said, MORNING)
        far = (until - now).days > _YEARS * 366
        return None if until <= now or far else until

    def _read(self) -> None:
        until = self.until()
        self.do_button.setEnabled(until is not None)
        if until is not None:
            here = until.astimezone()
            day = f"{here:%Y-%m-%d} {WEEK_DAYS[here.weekday()]} {here:%H:%M}"
            self.read_as.setText(tr("Comes back {moment}", moment=day))
        elif self.typed.text().strip():
            self.read_as.setText(tr("This is no time still to come, or not understood."))
        else:
            self.read_as.setText(tr("A day without a time means 9:00."))

    @override
    def submit(self) -> None:
        until = self.until()
        if until is not None:
            self._choose(until)
            self.accept()
