"""Entries of a calendar file in words."""

from datetime import datetime

from app.domain.recurrence import describe, parse
from app.errors import Refused
from app.i18n import Message
from app.services.calendar_import import FATES, Fate, ImportedEntry
from app.ui.table_model import Cell, Column
from app.ui.theme import Kind

_KINDS: dict[Fate, tuple[Kind, str]] = {
    Fate.NEW: ("good", "plus"),
    Fate.CHANGED: ("info", "pencil"),
    Fate.THERE: ("plain", "check"),
    Fate.LEFT_OUT: ("warn", "x"),
}


def due_words(one: ImportedEntry) -> str:
    """When it is due: 2026-11-24, 2026-11-24 15:00; and how it comes again."""
    if one.due is None:
        return ""
    due = one.due
    if isinstance(due, datetime):
        local = due if due.tzinfo is None else due.astimezone()
        return f"{local:%Y-%m-%d %H:%M}"
    return due.isoformat()


def rule_words(one: ImportedEntry) -> str:
    """How it comes again; "" for once."""
    if not one.rule:
        return ""
    try:
        return describe(parse(one.rule))
    except Refused:
        return one.rule


def said_words(one: ImportedEntry) -> str:
    """Why it is left out, or what of it is not kept; else how it comes again."""
    if one.reason is not None:
        return str(one.reason)
    if one.notes:
        return " ".join(map(str, one.notes))
    return rule_words(one)


def _fate(one: ImportedEntry) -> Cell:
    kind, glyph = _KINDS[one.fate]
    return Cell(str(FATES[one.fate]), kind=kind, mark=glyph)


def _text(one: ImportedEntry) -> Cell:
    return Cell(one.text, due_words(one))


def _said(one: ImportedEntry) -> Cell:
    tone = "warn_ink" if one.reason is not None or one.notes else "muted"
    return Cell(said_words(one), tone=tone)


def columns() -> tuple[Column[ImportedEntry], ...]:
    """The columns of the dry run of an import."""
    return (
        Column("fate", Message("What happens"), lambda one: one.fate, paint="pill", cell=_fate,
               width=128, sortable=False),
        Column("text", Message("Entry"), lambda one: one.text, paint="lines", cell=_text,
               width=240, sortable=False),
        Column("said", Message("Remarks"), said_words, cell=_said, width=320, sortable=False),
    )  # fmt: skip
