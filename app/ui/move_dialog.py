"""Giving reminders another day, typed in words; for promises also why."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import ntr, tr
from app.services.due import ReminderLine
from app.ui.due_words import Due, DueField
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col
from app.ui.widgets.text import caption


class MoveDialog(Dialog):
    """Asks for the day; `move` gets it and why. A day alone leaves a time of day as it is.

    Where a promise is among them it asks why, because every move of a promise is kept.
    """

    def __init__(
        self,
        parent: QWidget,
        clock: Callable[[], datetime],
        lines: Sequence[ReminderLine],
        move: Callable[[Due, str], object],
        to: date | None = None,
    ) -> None:
        title = (
            tr("Move “{what}”", what=lines[0].text)
            if len(lines) == 1
            else ntr("Move {count} line", "Move {count} lines", len(lines))
        )
        super().__init__(parent, title, "move", do=tr("Give another day"), about=str(lines[0].id))
        self._move = move
        self._field = DueField(
            tr("To when"), clock, tr("A day alone leaves the time of day as it is.")
        )
        self.typed = self._field.typed
        self.put(col(caption(tr("To when")), self.typed, self._field.read_as, gap=6))
        self.why: LineEdit | None = None
        if any(one.promise_id is not None for one in lines):
            self.why = LineEdit(tr("Reason"), placeholder=tr("What the customer is told"))
            self.why.setObjectName("why")
            self.put(col(caption(tr("Why it is moved")), self.why, gap=6))
            self.why.textChanged.connect(self._offer)
        if to is not None:
            self.typed.setText(to.isoformat())
        self.typed.textChanged.connect(self._offer)
        self._offer()

    def _why(self) -> str:
        return self.why.text().strip() if self.why is not None else ""

    def _offer(self) -> None:
        said_why = self.why is None or bool(self._why())
        self.do_button.setEnabled(self._field.due() is not None and said_why)

    @override
    def submit(self) -> None:
        due = self._field.due()
        if due is not None and self.do_button.isEnabled():
            self._move(due, self._why())
            self.accept()


def moved_to(line: ReminderLine, due: Due) -> Due:
    """When a line is due after it is moved: a day alone leaves its time of day as it is."""
    if isinstance(due, datetime) or not isinstance(line.due, datetime):
        return due
    here = line.due.astimezone()
    return datetime.combine(due, here.time()).astimezone()
