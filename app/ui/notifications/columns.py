"""The columns of what waits, and of the log of popups."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from app.domain.delivery_words import ACTIONS, PLACES
from app.domain.reminders import LABELS, Notice
from app.i18n import Message, tr
from app.services.due import Shown
from app.ui.reminder_words import GLYPHS, called_words, due_words, late_words
from app.ui.table_model import Cell, Column
from app.ui.theme import Kind

_KINDS: Final[Mapping[str, Kind]] = {"done": "good", "kept": "good", "broken": "danger"}


def waiting_columns(now: Callable[[], datetime]) -> Sequence[Column[Notice]]:
    """What, which kind, due when, called when."""

    def due(one: Notice) -> Cell:
        late = late_words(one, now())
        return Cell(late or due_words(one.due, now()), tone="danger_ink" if late else "text")

    def called(one: Notice) -> Cell:
        return Cell(called_words(one.at, now()), tone="muted")

    return (
        Column("what", Message("What"), lambda r: r.text, paint="lines", width=320, cell=_what,
               sortable=False),
        Column("kind", Message("Kind"), lambda r: r.kind, paint="pill", width=160, cell=_kind,
               sortable=False),
        Column("due", Message("Due"), lambda r: r.due, width=140, cell=due, sortable=False),
        Column("called", Message("Called"), lambda r: r.at, width=150, cell=called,
               sortable=False),
    )  # fmt: skip


def log_columns(now: Callable[[], datetime]) -> Sequence[Column[Shown]]:
    """What, when and where it was shown, what was done with it and when."""

    def shown(one: Shown) -> Cell:
        return Cell(called_words(one.shown_at, now()), tone="muted")

    def acted(one: Shown) -> Cell:
        return Cell("" if one.acted_at is None else called_words(one.acted_at, now()), tone="muted")

    return (
        Column("what", Message("What"), lambda r: r.text, paint="lines", width=300, cell=_logged,
               sortable=False),
        Column("shown", Message("Shown"), lambda r: r.shown_at, width=150, cell=shown,
               sortable=False),
        Column("place", Message("Shown where"), _place, width=170, sortable=False),
        Column("machine", Message("Computer"), lambda r: r.machine, width=130, sortable=False),
        Column("action", Message("What was done"), _action, paint="pill", width=130,
               cell=_action_cell, sortable=False),
        Column("acted", Message("When"), lambda r: r.acted_at, width=150, cell=acted,
               sortable=False),
    )  # fmt: skip


def _what(one: Notice) -> Cell:
    return Cell(one.text, second=" · ".join(part for part in (one.customer, one.about) if part))


def _kind(one: Notice) -> Cell:
    return Cell(str(LABELS[one.kind]), mark=GLYPHS[one.kind])


def _logged(one: Shown) -> Cell:
    return Cell(one.text, second=one.customer, tone="text" if one.still_open else "muted")


def _place(one: Shown) -> str:
    return str(PLACES[one.place]) if one.place in PLACES else one.place


def _action(one: Shown) -> str:
    if one.action in ACTIONS:
        return str(ACTIONS[one.action])
    return tr("Waits") if one.still_open else tr("Ended elsewhere")


def _action_cell(one: Shown) -> Cell:
    return Cell(_action(one), kind=_KINDS.get(one.action, "plain" if one.action else "info"))
