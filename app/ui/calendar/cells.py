"""What stands in the cell of a day, and how it is painted."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from app.i18n import tr
from app.ui import icons
from app.ui.theme import MEDIUM, RADIUS_SMALL, REGULAR, SEMI, Kind, Tokens
from app.ui.widgets.cells import elide

ENTRY: Final = 22
ROOMY: Final = 44
"""Height of an entry with its second line, where there is one week only."""
_HEAD: Final = 26
_NOTE: Final = 18
_PAD: Final = 8
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | _MIDDLE


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in a cell. What `fixed` says cannot be drawn elsewhere; `over` is done."""

    key: object
    glyph: str
    words: str
    under: str = ""
    time: str = ""
    kind: Kind = "plain"
    over: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day: its number, lunar day, festival, whether it is off or worked instead, its entries.

    `count` is how many there are, which may be more than `entries`, and with `many` even more;
    `here` whether it belongs to the month that is looked at.
    """

    day: date
    number: str
    lunar: str
    notes: str
    mark: str
    off: bool
    here: bool
    entries: tuple[Entry, ...]
    count: int
    spoken: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class CellLook:
    """State of a cell."""

    today: bool = False
    chosen: bool = False
    focus: bool = False
    hovered: bool = False
    target: bool = False
    roomy: bool = False
    dragged: object = None


def entry_areas(
    tok: Tokens, area: QRectF, cell: DayCell, *, roomy: bool = False
) -> list[tuple[Entry, QRectF]]:
    """Where the entries stand that have room; the last row is left for how many more there are."""
    top = area.y() + tok.px(_HEAD) + (tok.px(_NOTE) if cell.notes else 0)
    tall = tok.px(ROOMY if roomy else ENTRY)
    room = max(0, int((area.bottom() - tok.px(2) - top) // tall))
    shown = len(cell.entries) if cell.count <= room else max(0, room - 1)
    return [
        (one, QRectF(area.x() + tok.px(4), top + place * tall, area.width() - tok.px(8), tall - 2))
        for place, one in enumerate(cell.entries[:shown])
    ]


def paint_cell(painter: QPainter, tok: Tokens, area: QRectF, cell: DayCell, look: CellLook) -> None:
    """A day with its entries; the one that is drawn elsewhere is faint."""
    _paint_ground(painter, tok, area, cell, look)
    _paint_head(painter, tok, area, cell, look)
    placed = entry_areas(tok, area, cell, roomy=look.roomy)
    for entry, body in placed:
        drawn = look.dragged is not None and entry.key == look.dragged
        painter.setOpacity(0.4 if drawn else 1.0)
        paint_entry(painter, tok, body, entry)
    painter.setOpacity(1.0)
    left = cell.count - len(placed)
    if left > 0:
        top = area.y() + tok.px(_HEAD) + (tok.px(_NOTE) if cell.notes else 0)
        top += len(placed) * tok.px(ROOMY if look.roomy else ENTRY)
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(11, MEDIUM))
        line = QRectF(area.x() + tok.px(10), top, area.width() - tok.px(14), tok.px(ENTRY) - 2)
        words = tr("many more") if cell.many else tr("+{count} more", count=left)
        painter.drawText(line, _MIDDLE, words)


def _paint_ground(
    painter: QPainter, tok: Tokens, area: QRectF, cell: DayCell, look: CellLook
) -> None:
    if not cell.here or cell.off:
        painter.fillRect(area, tok.colour("sunken"))
    if look.hovered and not look.chosen:
        painter.fillRect(area, tok.colour("hover"))
    if not (look.chosen or look.target):
        return
    ring = look.target or look.focus
    painter.setPen(QPen(tok.colour("focus" if ring else "accent"), 2 if ring else 1.5))
    painter.setBrush(tok.colour("accent_soft" if look.target else "sel"))
    radius = tok.px(RADIUS_SMALL)
    painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), radius, radius)


def _paint_head(
    painter: QPainter, tok: Tokens, area: QRectF, cell: DayCell, look: CellLook
) -> None:
    tall, pad = tok.px(_HEAD), tok.px(_PAD)
    line = QRectF(area.x() + pad, area.y() + 2, area.width() - 2 * pad, tall - 2)
    left = line.x()
    painter.setFont(tok.font(13, SEMI))
    wide = painter.fontMetrics().horizontalAdvance(cell.number)
    if look.today:
        edge = tok.px(22)
        disc = QRectF(left - 4, line.center().y() - edge / 2, max(edge, wide + 10), edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("accent"))
        painter.drawRoundedRect(disc, edge / 2, edge / 2)
        painter.setPen(tok.colour("on_accent"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, cell.number)
        left = disc.right() + tok.px(6)
    else:
        ink = "muted" if not cell.here or cell.off else "text"
        painter.setPen(tok.colour(ink))
        painter.drawText(line, _MIDDLE, cell.number)
        left += wide + tok.px(8)
    painter.setFont(tok.font(11, MEDIUM))
    if cell.mark:
        painter.setPen(tok.colour("danger_ink" if cell.mark == tr("Work") else "good_ink"))
        painter.drawText(QRectF(left, line.y(), line.width(), line.height()), _MIDDLE, cell.mark)
    painter.setPen(tok.colour("muted"))
    painter.drawText(line, _RIGHT, cell.lunar)
    if cell.notes:
        below = QRectF(line.x(), area.y() + tall, line.width(), tok.px(_NOTE))
        painter.setPen(tok.colour("calm_ink"))
        painter.drawText(below, _MIDDLE, elide(painter, cell.notes, int(below.width())))


def paint_entry(painter: QPainter, tok: Tokens, body: QRectF, entry: Entry) -> None:
    """One entry on its ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    ground = "plain_soft" if entry.kind == "plain" else f"{entry.kind}_soft"
    if not (entry.over or entry.fixed):
        painter.setBrush(tok.colour(ground))
        painter.drawRoundedRect(body, tok.px(4), tok.px(4))
    elif entry.fixed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tok.colour("border_strong"), 1, Qt.PenStyle.DashLine))
        inner = body.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, tok.px(4), tok.px(4))
    first = QRectF(body.x(), body.y(), body.width(), min(body.height(), tok.px(ENTRY) - 2))
    two = body.height() > first.height() and bool(entry.under)
    if not two:
        first = body
    size = tok.px(12)
    at = QPointF(body.x() + tok.px(5), first.center().y() - size / 2)
    plain = "icon" if entry.kind == "plain" else f"{entry.kind}_ink"
    glyph, tone = ("check", "good_ink") if entry.over else (entry.glyph, plain)
    icons.paint(painter, at, glyph, tone, size)
    left = at.x() + size + tok.px(5)
    _paint_entry_words(painter, tok, first, left, entry, two=two)
    if two:
        below = QRectF(left, first.bottom() - 1, body.right() - tok.px(4) - left,
                       body.bottom() - first.bottom())  # fmt: skip
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(11, REGULAR))
        painter.drawText(below, _MIDDLE, elide(painter, entry.under, int(below.width())))


def _paint_entry_words(
    painter: QPainter, tok: Tokens, line: QRectF, left: float, entry: Entry, *, two: bool
) -> None:
    ink = "muted" if entry.over or entry.fixed else _ink(entry.kind)
    painter.setPen(tok.colour(ink))
    right = line.right() - tok.px(4)
    if entry.time:
        painter.setFont(tok.font(11, MEDIUM))
        wide = painter.fontMetrics().horizontalAdvance(entry.time)
        if left + wide < right - tok.px(26):
            painter.drawText(QRectF(left, line.y(), wide + 2, line.height()), _MIDDLE, entry.time)
            left += wide + tok.px(5)
    font = QFont(tok.font(12, REGULAR))
    font.setStrikeOut(entry.over)
    painter.setFont(font)
    words = entry.words if two else " · ".join(filter(None, (entry.words, entry.under)))
    room = max(0, int(right - left))
    painter.drawText(QRectF(left, line.y(), room, line.height()), _MIDDLE,
                     elide(painter, words, room))  # fmt: skip


def _ink(kind: Kind) -> str:
    return "text" if kind == "plain" else f"{kind}_ink"
