"""How a timeline entry is painted: disc, head line, text, changes and buttons."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.i18n import tr
from app.ui import icons
from app.ui.customer.entry_layout import (
    ABOVE,
    DISC,
    FOLD,
    SIDE,
    Laid,
    action_words,
    more_words,
)
from app.ui.customer.entry_words import ChangeLine, Shown
from app.ui.table_model import Cell
from app.ui.theme import MEDIUM, RADIUS, SEMI, Tokens
from app.ui.widgets.avatar import face_of
from app.ui.widgets.button import State, button_paint
from app.ui.widgets.cells import PAINTERS, elide
from app.ui.widgets.pill import paint_pill

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class EntryLook:
    """State of an entry: `part` is the button or "more" under the mouse, `down` that it is held."""

    hovered: bool = False
    ring: bool = False
    last: bool = False
    part: str = ""
    down: bool = False


def paint_entry(
    painter: QPainter, tok: Tokens, top: float, shown: Shown, laid: Laid, look: EntryLook
) -> None:
    """The entry with its upper edge at `top`."""
    painter.save()
    painter.translate(0, top)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ground(painter, tok, laid, look)
    _disc(painter, tok, shown, laid, look)
    for part, area in laid.head:
        _head_part(painter, tok, shown, part, area)
    painter.setFont(tok.font(12))
    painter.setPen(tok.colour("muted"))
    painter.drawText(laid.when, _MIDDLE | Qt.AlignmentFlag.AlignRight, shown.when)
    if laid.body is not None:
        _body(painter, tok, laid)
    _changes(painter, tok, shown, laid)
    if laid.more is not None:
        _more(painter, tok, laid, look)
    for name, area in laid.buttons:
        held: State = "press" if look.down else "hover"
        state: State = held if look.part == name else "rest"
        _button(painter, tok, name, area, state)
    painter.restore()


def _ground(painter: QPainter, tok: Tokens, laid: Laid, look: EntryLook) -> None:
    body = QRectF(0, 0, laid.width, laid.height).adjusted(1, 1, -1, -1)
    if look.hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("hover"))
        painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
    if look.ring:
        painter.setPen(QPen(tok.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), tok.px(RADIUS), tok.px(RADIUS))


def _disc(painter: QPainter, tok: Tokens, shown: Shown, laid: Laid, look: EntryLook) -> None:
    size = tok.px(DISC)
    area = QRectF(tok.px(SIDE), tok.px(ABOVE), size, size)
    if not look.last:
        gap = tok.px(4)
        line = QRectF(
            area.center().x() - 0.5, area.bottom() + gap, 1, laid.height - area.bottom() - gap
        )
        painter.fillRect(line, tok.colour("border"))
    painter.setPen(Qt.PenStyle.NoPen)
    # on the hovered ground a plain disc would not be seen
    soft = "press" if look.hovered and shown.tone == "plain" else f"{shown.tone}_soft"
    painter.setBrush(tok.colour(soft))
    painter.drawEllipse(area)
    icon = tok.px(16)
    at = area.center() - QPointF(icon / 2, icon / 2)
    icons.paint(painter, at, shown.glyph, f"{shown.tone}_ink", icon)


def _head_part(painter: QPainter, tok: Tokens, shown: Shown, part: str, area: QRectF) -> None:
    if part == "title":
        painter.setFont(tok.font(13, SEMI))
        painter.setPen(tok.colour("text"))
        painter.drawText(area, _MIDDLE, elide(painter, shown.title, int(area.width()) + 1))
    elif part == "under":
        painter.setFont(tok.font(12))
        painter.setPen(tok.colour("muted"))
        painter.drawText(area, _MIDDLE, elide(painter, shown.under, int(area.width()) + 1))
    elif part == "face":
        _face(painter, tok, shown.face or 0, area)
    else:
        words, kind, mark = shown.pills[int(part)]
        paint_pill(painter, area, words, kind, mark)


def _face(painter: QPainter, tok: Tokens, rating: int, area: QRectF) -> None:
    glyph, kind = face_of(rating)
    size = tok.px(16)
    at = QPointF(area.x(), area.center().y() - size / 2)
    icons.paint(painter, at, glyph, f"{kind}_ink", size)
    painter.setFont(tok.font(12, MEDIUM))
    painter.setPen(tok.colour("text"))
    painter.drawText(area.adjusted(size + tok.px(4), 0, 0, 0), _MIDDLE, str(rating))


def _body(painter: QPainter, tok: Tokens, laid: Laid) -> None:
    text = laid.body
    if text is None:
        return
    painter.setPen(tok.colour("text"))
    count = min(text.lineCount(), FOLD) if laid.folded else text.lineCount()
    if not text.formats():
        for place in range(count):
            text.lineAt(place).draw(painter, laid.body_at)
        return
    painter.save()
    if laid.folded:  # marks are only drawn with the whole; the line too many is cut away
        last = text.lineAt(count - 1)
        below = laid.body_at.y() + last.y() + last.height()
        painter.setClipRect(QRectF(0, 0, laid.width, below))
    text.draw(painter, laid.body_at)
    painter.restore()


def _changes(painter: QPainter, tok: Tokens, shown: Shown, laid: Laid) -> None:
    if not laid.changes:
        return
    metrics = QFontMetrics(tok.font(12))
    lines = shown.changes[: len(laid.changes)]
    widest = max(metrics.horizontalAdvance(line.field) for line in lines)
    lead = min(widest, int(laid.changes[0].width() / 3)) + tok.px(12)
    for line, area in zip(lines, laid.changes, strict=True):
        _change(painter, tok, line, area, lead)


def _change(painter: QPainter, tok: Tokens, line: ChangeLine, area: QRectF, lead: int) -> None:
    painter.setFont(tok.font(12))
    painter.setPen(tok.colour("muted"))
    painter.drawText(area, _MIDDLE, elide(painter, line.field, lead - tok.px(12)))
    rest = area.adjusted(lead, 0, 0, 0).toRect()
    PAINTERS["change"](painter, tok, rest, Cell(line.after, line.before, kind="info"))


def _more(painter: QPainter, tok: Tokens, laid: Laid, look: EntryLook) -> None:
    if laid.more is None:
        return
    font = tok.font(12, MEDIUM)
    painter.setFont(font)
    painter.setPen(tok.colour("accent_ink"))
    painter.drawText(laid.more, _MIDDLE, more_words(folded=laid.folded))
    if look.part == "more":
        under = laid.more.toRect().adjusted(0, tok.px(18), 0, 0)
        painter.fillRect(QRect(under.x(), under.y(), under.width(), 1), tok.colour("accent_ink"))


def _button(painter: QPainter, tok: Tokens, name: str, area: QRectF, state: State) -> None:
    look = button_paint("good" if name == "done" else "plain", state)
    painter.setPen(QPen(tok.colour(look.edge or "border_strong"), 1))
    painter.setBrush(tok.colour(look.ground or "surface"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(RADIUS), tok.px(RADIUS))
    inner = area.adjusted(tok.px(10), 0, -tok.px(10), 0)
    if name == "done":
        size = tok.px(16)
        at = QPointF(inner.x(), inner.center().y() - size / 2)
        icons.paint(painter, at, "check", look.mark, size)
        inner.setLeft(inner.left() + size + tok.px(6))
    painter.setFont(tok.font(12, MEDIUM))
    painter.setPen(tok.colour(look.ink))
    painter.drawText(inner, _MIDDLE, action_words(name))


def paint_waiting(painter: QPainter, tok: Tokens, area: QRectF) -> None:
    """The foot while more entries are on their way."""
    painter.setFont(tok.font(12))
    painter.setPen(tok.colour("muted"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("Loading…"))
