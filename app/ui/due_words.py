"""A day or a moment as people type it, and how it is understood."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from app.domain import dates, when
from app.i18n import tr
from app.ui.when import WEEK_DAYS
from app.ui.widgets.field import LineEdit
from app.ui.widgets.text import Label

Due = date | datetime
_YEARS: Final = 10


def read_due(text: str, now: datetime) -> Due | None:
    """The day or moment that `text` says; None for what is not understood, or ten years away."""
    here, typed = now.astimezone(), text.strip()
    found = when.find(typed, here)
    said: Due | None = found[0].value if found else None
    if said is None:
        said = dates.parse(typed, here.date()) or dates.parse_relative(typed, here.date())
    if said is None:
        return None
    day = said.astimezone().date() if isinstance(said, datetime) else said
    return said if _is_near(day, here.date()) else None


def written_due(due: Due) -> str:
    """The day with its weekday, and the time where there is one."""
    here = due.astimezone() if isinstance(due, datetime) else due
    day = f"{here:%Y-%m-%d} {WEEK_DAYS[here.weekday()]}"
    return f"{day} {here:%H:%M}" if isinstance(here, datetime) else day


def _is_near(day: date, today: date) -> bool:
    """Whoever types a day further away meant something else."""
    return abs(day - today) < timedelta(days=366 * _YEARS)


class DueField:
    """A field for a day or a moment with what was understood beneath it."""

    def __init__(self, name: str, clock: Callable[[], datetime], hint: str) -> None:
        self._clock, self._hint = clock, hint
        self.typed = LineEdit(name, placeholder=tr("tomorrow, Friday, 30 Nov 14:00"))
        self.typed.setObjectName("due")
        self.read_as = Label("", "small", "muted")
        self.typed.textChanged.connect(self.show)
        self.show()

    def due(self) -> Due | None:
        """What is typed; None for what is not understood."""
        return read_due(self.typed.text(), self._clock())

    def show(self) -> None:
        """Say how it is understood."""
        due = self.due()
        if due is not None:
            self.read_as.setText(written_due(due))
        elif self.typed.text().strip():
            self.read_as.setText(tr("This day is not understood."))
        else:
            self.read_as.setText(self._hint)
