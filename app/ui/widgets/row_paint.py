"""How a row of a list is painted: its ground, its cells, and a bar while it has not arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.table_model import Column
from app.ui.theme import RADIUS, Tokens
from app.ui.widgets.cells import (
    AFTER,
    AFTER_NUMBER,
    EDGE,
    INSET,
    PAINTERS,
    TEXT_EDGE,
)


@dataclass(frozen=True, slots=True)
class RowLook:
    """State of a row: token of the shape beneath it, focus ring, whether no row follows."""

    ground: str | None
    ring: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A column where it stands in the viewport, in pixels."""

    column: Column[Any]
    left: int
    width: int
    first: bool


def paint_ground(
    painter: QPainter, tok: Tokens, area: QRect, look: RowLook, text_edge: int
) -> None:
    """One rounded shape across the row when it is chosen or hovered, else a hairline under it.

    `text_edge` is where the words begin: the hairline starts there, not at the avatar.
    """
    inset, radius = tok.px(4), tok.px(RADIUS)
    body = QRectF(area).adjusted(inset, 2, -inset, -2)
    if look.ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour(look.ground))
        painter.drawRoundedRect(body, radius, radius)
    elif not look.last:
        width = area.width() - text_edge - tok.px(EDGE)
        painter.fillRect(QRect(text_edge, area.bottom(), width, 1), tok.colour("grid"))
    if look.ring:
        painter.setPen(QPen(tok.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), radius, radius)


def text_edge(tok: Tokens, slots: Sequence[Slot]) -> int:
    """Where the words of the first column begin, in pixels from the left of the viewport."""
    if not slots or not slots[0].first:
        return 0
    named = slots[0].column.paint == "name"
    return slots[0].left + tok.px(TEXT_EDGE if named else EDGE)


def paint_cells(
    painter: QPainter, tok: Tokens, area: QRect, row: Any, slots: Sequence[Slot]
) -> None:
    """The cells of a row that is there."""
    for slot in slots:
        column = slot.column
        before = tok.px(EDGE if slot.first else INSET)
        after = tok.px(AFTER_NUMBER if column.paint == "number" else AFTER)
        inner = QRect(slot.left + before, area.y(), slot.width - before - after, area.height())
        PAINTERS[column.paint](painter, tok, inner, column.cell_of(row))


def paint_placeholder(painter: QPainter, tok: Tokens, area: QRect, left: int) -> None:
    """A quiet bar where the name will stand once the row has arrived."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour("press"))
    height = tok.px(8)
    top = area.y() + (area.height() - height) / 2
    painter.drawRoundedRect(QRectF(left, top, tok.px(160), height), height / 2, height / 2)
