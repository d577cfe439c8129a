"""How the cells of a list are painted: one function for each kind of column."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QRegion

from app.i18n import tr
from app.ui import icons
from app.ui.table_model import Cell, Marks, Paint, Part
from app.ui.theme import MEDIUM, RADIUS_SMALL, REGULAR, SEMI, Tokens
from app.ui.widgets.avatar import initials, paint_avatar
from app.ui.widgets.pill import PILL, paint_pill, pill_width
from app.ui.widgets.stamp import stamp

# at zoom 1: from the left edge of the first column, and of the others
EDGE: Final = 16
INSET: Final = 12
AFTER: Final = 8
AFTER_NUMBER: Final = 24
AVATAR: Final = 32
TEXT_EDGE: Final = EDGE + AVATAR + 12

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
Painter = Callable[[QPainter, Tokens, QRect, Cell], None]


def elide(painter: QPainter, words: str, width: int) -> str:
    """The words, ending in … when there is no room."""
    metrics = painter.fontMetrics()
    # no character is wider than it is high, but for a few that nobody puts into names in a row
    if len(words) * metrics.height() <= width or metrics.horizontalAdvance(words) <= width:
        return words
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


def _words(painter: QPainter, tok: Tokens, area: QRect, text: str, marks: Marks) -> None:
    """Words in the painter's font and pen; what a search found is in the accent, on its ground."""
    shown = elide(painter, text, area.width())
    if not marks:
        painter.drawText(area, _MIDDLE, shown)
        return
    spans = [_span(painter, area, shown, mark) for mark in marks if mark[0] < len(shown)]
    rest = QRegion(area)
    for body in spans:
        rest -= QRegion(body)
    painter.save()
    painter.setClipRegion(rest)
    painter.drawText(area, _MIDDLE, shown)
    painter.setClipping(False)
    for body in spans:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("accent_soft"))
        painter.drawRoundedRect(body, 3, 3)
        painter.setPen(tok.colour("accent_ink"))
        painter.setClipRect(body)
        painter.drawText(area, _MIDDLE, shown)
        painter.setClipping(False)
    painter.restore()


def _span(painter: QPainter, area: QRect, shown: str, mark: tuple[int, int]) -> QRect:
    # measured from the beginning, so that kerning and fallback fonts agree with what is drawn
    metrics = painter.fontMetrics()
    left = metrics.horizontalAdvance(shown[: mark[0]])
    right = metrics.horizontalAdvance(shown[: min(mark[1], len(shown))])
    height = metrics.height() + 2
    top = area.y() + (area.height() - height) // 2
    return QRect(area.x() + left, top, right - left, height)


def _text(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    painter.setPen(tok.colour(cell.tone))
    painter.setFont(tok.font(13, MEDIUM if cell.strong else REGULAR))
    _words(painter, tok, area, cell.text, cell.marks)


def _number(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    painter.setPen(tok.colour(cell.tone))
    painter.setFont(tok.font(13, MEDIUM))
    painter.drawText(
        area, _MIDDLE | Qt.AlignmentFlag.AlignRight, elide(painter, cell.text, area.width())
    )


def _name(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    size = min(tok.px(AVATAR), area.height() - tok.px(8))
    middle = area.y() + area.height() / 2
    place = QRectF(area.x(), middle - size / 2, size, size)
    ground, _ = tok.avatar(cell.text)
    mark = f"avatar {initials(cell.text)} {ground} {cell.shape}"
    stamp(painter, tok, place, mark, lambda p, at: paint_avatar(p, at, cell.text, cell.shape))
    lead = tok.px(AVATAR + 12)
    words = QRect(area.x() + lead, area.y(), area.width() - lead, area.height())
    painter.setPen(tok.colour(cell.tone))
    painter.setFont(tok.font(13, SEMI))
    if not cell.second or area.height() < tok.px(40):
        _words(painter, tok, words, cell.text, cell.marks)
        return
    line = tok.px(18)
    top = QRect(words.x(), round(middle) - line, words.width(), line)
    _words(painter, tok, top, cell.text, cell.marks)
    painter.setPen(tok.colour("muted"))
    painter.setFont(tok.font(12))
    below = top.translated(0, line)
    _words(painter, tok, below, cell.second, cell.second_marks)


def _pill_area(area: QRect, tok: Tokens, width: int) -> QRectF:
    height = tok.px(PILL)
    top = area.y() + (area.height() - height) / 2
    return QRectF(area.x(), top, min(width, area.width()), height)


def _pill(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    if not cell.text:
        return
    body = _pill_area(area, tok, pill_width(cell.text, cell.mark))
    mark = f"pill {cell.text} {cell.kind} {cell.mark}"
    stamp(
        painter, tok, body, mark, lambda p, at: paint_pill(p, at, cell.text, cell.kind, cell.mark)
    )


def _class(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    if not cell.text:
        return
    font = tok.font(12, SEMI)
    width = QFontMetrics(font).horizontalAdvance(cell.text) + tok.px(16)
    body = _pill_area(area, tok, width)
    mark = f"class {cell.text} {cell.kind} {cell.filled}"
    stamp(painter, tok, body, mark, lambda p, at: _paint_class(p, tok, at, cell))


def _paint_class(painter: QPainter, tok: Tokens, area: QRectF, cell: Cell) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour("danger_fill" if cell.filled else f"{cell.kind}_soft"))
    painter.drawRoundedRect(area, tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))
    painter.setPen(tok.colour("on_accent" if cell.filled else f"{cell.kind}_ink"))
    painter.setFont(tok.font(12, SEMI))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, cell.text)


def _face(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    if cell.mark:
        size = tok.px(18)
        at = QPointF(area.x(), area.y() + (area.height() - size) / 2)
        icons.paint(painter, at, cell.mark, f"{cell.kind}_ink", size)
    _text(painter, tok, area.adjusted(tok.px(26), 0, 0, 0), cell)


def _change(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    """Before, struck out, and after, on the soft ground of its kind: `second` → `text`."""
    half = max(0, (area.width() - tok.px(48)) // 2)
    font = QFont(tok.font(13))
    empty = not cell.second
    font.setStrikeOut(not empty)  # what was empty is not struck out
    painter.setFont(font)
    painter.setPen(tok.colour("muted"))
    before = elide(painter, tr("empty") if empty else cell.second, half)
    painter.drawText(area, _MIDDLE, before)
    left = area.x() + painter.fontMetrics().horizontalAdvance(before) + tok.px(8)
    size = tok.px(14)
    at = QPointF(left, area.y() + (area.height() - size) / 2)
    icons.paint(painter, at, "arrow-right", "muted", size)
    left += size + tok.px(8)
    painter.setFont(tok.font(13, MEDIUM))
    after = elide(painter, cell.text or tr("empty"), area.right() - left - tok.px(12))
    width = painter.fontMetrics().horizontalAdvance(after) + tok.px(12)
    height = tok.px(24)
    body = QRectF(left, area.y() + (area.height() - height) / 2, width, height)
    if cell.text:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour(f"{cell.kind}_soft"))
        painter.drawRoundedRect(body, tok.px(4), tok.px(4))
    painter.setPen(tok.colour("text" if cell.text else "muted"))
    painter.drawText(body.adjusted(tok.px(6), 0, 0, 0), _MIDDLE, after)


def _lines(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    """Two lines, as a name has them, without its avatar."""
    painter.setPen(tok.colour(cell.tone))
    painter.setFont(tok.font(13, MEDIUM))
    if not cell.second:
        _words(painter, tok, area, cell.text, cell.marks)
        return
    line, middle = tok.px(18), area.y() + area.height() / 2
    top = QRect(area.x(), round(middle) - line, area.width(), line)
    _words(painter, tok, top, cell.text, cell.marks)
    painter.setPen(tok.colour("muted"))
    painter.setFont(tok.font(12))
    _words(painter, tok, top.translated(0, line), cell.second, cell.second_marks)


def _parts(painter: QPainter, tok: Tokens, area: QRect, cell: Cell) -> None:
    """A sentence in pieces: what was before struck out, an arrow, what comes after on a ground.

    A change that does not fit as a whole is not begun, but for the first one: how many follow is
    said instead.
    """
    left, gap, last = area.x(), tok.px(8), "plain"
    for place, (words, role) in enumerate(cell.parts):
        if role == "after" and last == "before":
            size = tok.px(14)
            at = QPointF(left, area.y() + (area.height() - size) / 2)
            icons.paint(painter, at, "arrow-right", "muted", size)
            left += size + gap
        room = area.right() - left
        if role == "plain" and last == "after" and _width(tok, cell.parts[place:]) > room:
            more = sum(held == "before" for _, held in cell.parts[place:])
            _part(painter, tok, QRect(left, area.y(), room, area.height()), f"+{more}", role)
            break
        follows = cell.parts[place + 1][1] if place + 1 < len(cell.parts) else "plain"
        left += _part(painter, tok, QRect(left, area.y(), room, area.height()), words, role)
        left += gap if {role, follows} & {"before", "after"} else 0
        last = role


def _width(tok: Tokens, parts: Sequence[Part]) -> int:
    """Room that the first change of these pieces takes, with the dots for those that follow."""
    metrics, width = QFontMetrics(tok.font(13, MEDIUM)), 0
    for place, (words, role) in enumerate(parts):
        width += metrics.horizontalAdvance(words or tr("empty")) + tok.px(8)
        if role == "after":
            dots = tok.px(28) if place + 1 < len(parts) else 0
            return width + tok.px(34) + dots
    return width


def _part(painter: QPainter, tok: Tokens, area: QRect, words: str, role: str) -> int:
    """One piece at the left of the area; gives its width."""
    font = QFont(tok.font(13, MEDIUM if role in ("after", "link") else REGULAR))
    font.setStrikeOut(role == "before" and bool(words))
    painter.setFont(font)
    shown = elide(painter, words or tr("empty"), area.width() - tok.px(12))
    width = painter.fontMetrics().horizontalAdvance(shown)
    if role == "after":
        height = tok.px(24)
        top = area.y() + (area.height() - height) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("info_soft"))
        painter.drawRoundedRect(
            QRectF(area.x(), top, width + tok.px(12), height), tok.px(4), tok.px(4)
        )
        area = area.adjusted(tok.px(6), 0, 0, 0)
    painter.setPen(tok.colour(_INKS.get(role, "muted")))
    painter.drawText(area, _MIDDLE, shown)
    return width + (tok.px(12) if role == "after" else 0)


_INKS: Final = {"after": "text", "link": "accent_ink", "bad": "danger_ink"}

PAINTERS: Final[dict[Paint, Painter]] = {
    "text": _text,
    "name": _name,
    "pill": _pill,
    "class": _class,
    "face": _face,
    "number": _number,
    "change": _change,
    "lines": _lines,
    "parts": _parts,
}
