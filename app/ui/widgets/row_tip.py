"""What a cell says in full where its column is too narrow for it."""

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.ui.theme import MEDIUM, REGULAR, SEMI, Tokens, tokens
from app.ui.widgets.cells import AFTER, AFTER_NUMBER, AVATAR, EDGE, INSET
from app.ui.widgets.row_paint import Slot


def whole_words(tok: Tokens, slot: Slot, row: Any) -> str:
    """The words of a cell that does not show all of them; empty where it does."""
    column = slot.column
    cell = column.cell_of(row)
    named = column.paint == "name"
    beside = EDGE if slot.first else INSET
    beside += AFTER_NUMBER if column.paint == "number" else AFTER
    room = slot.width - tok.px(beside + (AVATAR + 12 if named else 0))
    weight = SEMI if named else MEDIUM if cell.strong else REGULAR
    lines = ((cell.text, tok.font(13, weight)), (cell.second, tok.font(12)))
    if all(QFontMetrics(font).horizontalAdvance(words) <= room for words, font in lines):
        return ""
    return "\n".join(words for words, _ in lines if words)


def show_tip(event: QHelpEvent, viewport: QWidget, slots: Sequence[Slot], row: Any) -> None:
    """Show what is cut off under the mouse; `row` is None where there is none."""
    under = (one for one in slots if one.left <= event.pos().x() < one.left + one.width)
    slot = next(under, None)
    words = whole_words(tokens(), slot, row) if slot and row is not None else ""
    # as text, whatever was typed; the paragraph makes Qt break long lines
    QToolTip.showText(event.globalPos(), _paragraph(words) if words else "", viewport)


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>".replace("\n", "<br>")
