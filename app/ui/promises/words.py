"""What the list and the details say about a promise."""

from datetime import date, datetime
from typing import Final

from app.domain.promises import LABELS, Firmness, PromiseState
from app.i18n import ntr, tr
from app.services.promise_lists import PromiseLine
from app.ui.theme import Kind
from app.ui.when import WEEK_DAYS

STATES: Final[dict[PromiseState, tuple[Kind, str]]] = {
    PromiseState.OPEN: ("info", "dot"),
    PromiseState.KEPT: ("good", "check"),
    PromiseState.BROKEN: ("danger", "x"),
    PromiseState.RELEASED: ("plain", "minus"),
}
"""Colour and mark of how a promise stands."""
_NEAR: Final = 30


def day_of(due: date | datetime) -> date:
    """The day, where the user sits."""
    return due.astimezone().date() if isinstance(due, datetime) else due


def is_late(line: PromiseLine, now: datetime) -> bool:
    """Whether it is open and should have been done by now."""
    if line.state is not PromiseState.OPEN:
        return False
    if isinstance(line.due, datetime):
        return line.due < now
    return line.due < now.astimezone().date()


def due_words(line: PromiseLine, now: datetime) -> str:
    """When an open one is due: 2 days late, Today 15:00, in 3 days; of what is over the date."""
    if line.state is not PromiseState.OPEN:
        return date_words(line.due)
    left = (day_of(line.due) - now.astimezone().date()).days
    time = f" {line.due.astimezone():%H:%M}" if isinstance(line.due, datetime) else ""
    if left < 0:
        return ntr("{count} day late", "{count} days late", -left)
    if left == 0:
        return tr("Today") + time
    if left == 1:
        return tr("Tomorrow") + time
    if left <= _NEAR:
        return ntr("in {count} day", "in {count} days", left)
    return date_words(line.due)


def date_words(due: date | datetime) -> str:
    """The date, and the time where there is one: 2026-11-27 14:30."""
    here = due.astimezone() if isinstance(due, datetime) else due
    return f"{here:%Y-%m-%d %H:%M}" if isinstance(here, datetime) else here.isoformat()


def exact_words(due: date | datetime) -> str:
    """As `date_words`, with the day of the week."""
    return f"{WEEK_DAYS[day_of(due).weekday()]} {date_words(due)}"


def state_words(line: PromiseLine) -> str:
    """How it stands; of one that is over also since when."""
    words = str(LABELS[line.state])
    if line.closed_at is None:
        return words
    return f"{words} {line.closed_at.astimezone().date().isoformat()}"


def firm_kind(firm: Firmness) -> Kind:
    """The colour of how firm it was said."""
    return "calm" if firm is Firmness.FIRM else "plain"


def moves_words(moves: int) -> str:
    """How often it was given another date; "" for never."""
    return ntr("{count} time", "{count} times", moves) if moves else ""
