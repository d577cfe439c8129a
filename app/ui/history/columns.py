"""The columns of the history."""

from collections.abc import Callable
from datetime import datetime

from app.domain.vocabulary import LABELS, SYSTEM
from app.i18n import Message, number, tr
from app.services.history import HistoryEntry
from app.ui.table_model import Cell, Column
from app.ui.when import moment_words


def columns(now: Callable[[], datetime]) -> tuple[Column[HistoryEntry], ...]:
    """What, who, when, how much, from where, and whether it still stands."""
    return (
        Column("title", Message("What"), _title, cell=_title_cell, width=280, sortable=False),
        Column("actor", Message("Who"), _actor, width=130, sortable=False),
        Column("at", Message("When"), _at, lambda at: moment_words(at, now()), width=140,
               sortable=False),
        Column("rows", Message("Rows"), _rows, number, "number", width=90, sortable=False),
        Column("origin", Message("From"), _origin, width=120, sortable=False),
        Column("state", Message("State"), _state, paint="pill", cell=_state_cell, width=110,
               sortable=False),
    )  # fmt: skip


def _title(entry: HistoryEntry) -> str:
    return str(entry.title)


def _title_cell(entry: HistoryEntry) -> Cell:
    return Cell(str(entry.title), tone="muted" if entry.undone else "text", strong=True)


def _actor(entry: HistoryEntry) -> str:
    return tr("Shuke") if entry.actor_id is None and entry.actor == SYSTEM.name else entry.actor


def _at(entry: HistoryEntry) -> datetime:
    return entry.at


def _rows(entry: HistoryEntry) -> int:
    return entry.rows


def _origin(entry: HistoryEntry) -> str:
    return str(LABELS[entry.origin])


def _state(entry: HistoryEntry) -> str:
    return tr("Undone") if entry.undone else ""


def _state_cell(entry: HistoryEntry) -> Cell:
    return Cell(_state(entry), kind="plain")
