"""How the lines of a list of things to do are laid out and painted."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from app.i18n import tr
from app.ui import icons
from app.ui.theme import CONTROL_SMALL, MEDIUM, RADIUS, REGULAR, SEMI, Kind, Tokens, tokens
from app.ui.widgets.cells import elide
from app.ui.widgets.pill import PILL, paint_pill, pill_width

LINE: Final = 44
HEAD: Final = 34
EDGE: Final = 12
GAP: Final = 12
CIRCLE: Final = 18
GLYPH: Final = 16
_LEAST_WORDS: Final = 60
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a group. `drop` is what a line becomes that is dropped on the group."""

    words: str
    count: str = ""
    kind: Kind = "plain"
    note: str = ""
    drop: object = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: what, for whom, when. `kind` colours the time; `over`: it is done.

    `key` is its own name within the list. `marks` are icons before the time.
    """

    key: object
    glyph: str
    what: str
    whom: str
    when: str
    kind: Kind = "plain"
    over: bool = False
    marks: tuple[str, ...] = ()
    tip: str = ""
    fixed: bool = False

    def spoken(self) -> str:
        """As it is read aloud."""
        return ", ".join(part for part in (self.what, self.whom, self.when) if part)


Row = Head | Line


@dataclass(frozen=True, slots=True)
class Button:
    """What can be done with the current line: name, words, key cap, token of the words."""

    name: str
    words: str
    cap: str
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class LineLook:
    """State of a line: current, with the keyboard, chosen, under the mouse (and on which part)."""

    current: bool = False
    focus: bool = False
    chosen: bool = False
    hovered: bool = False
    part: str = ""
    down: bool = False


@dataclass(slots=True)
class Places:
    """Where the parts of a line are, in pixels from its upper left corner."""

    circle: QRectF
    buttons: list[tuple[Button, QRectF]] = field(default_factory=list)

    def part_at(self, at: QPointF) -> str:
        """The part at this point: "circle", the name of a button, or nothing."""
        for button, area in self.buttons:
            if area.contains(at):
                return button.name
        return "circle" if self.circle.adjusted(-8, -10, 8, 10).contains(at) else ""


def row_height(row: Row) -> int:
    """Height of a row at the zoom."""
    return tokens().px(LINE if isinstance(row, Line) else HEAD)


def _width(tok: Tokens, button: Button, *, cap: bool) -> int:
    words = QFontMetrics(tok.font(12, MEDIUM)).horizontalAdvance(button.words) + 1
    return words + (_cap_width(tok, button.cap) + tok.px(8) if cap else 0) + 2 * tok.px(10)


def _cap_width(tok: Tokens, cap: str) -> int:
    return max(tok.px(18), QFontMetrics(tok.font(11, MEDIUM)).horizontalAdvance(cap) + tok.px(10))


def when_width(tok: Tokens, line: Line) -> int:
    """Room that the time takes at the right end."""
    if not line.when:
        return 0
    if line.kind != "plain":
        return pill_width(line.when, None)
    return QFontMetrics(tok.font(13, REGULAR)).horizontalAdvance(line.when) + 1


def places(line: Line, width: int, buttons: tuple[Button, ...], look: LineLook) -> Places:
    """Where the parts of a line are at this width; buttons only where there is room for them."""
    tok = tokens()
    height, edge = tok.px(LINE), tok.px(EDGE)
    size = tok.px(CIRCLE)
    found = Places(QRectF(edge, (height - size) / 2, size, size))
    if not (look.current or look.hovered) or line.over or line.fixed:
        return found
    right = width - edge - when_width(tok, line) - tok.px(GAP)
    tall = tok.px(CONTROL_SMALL)
    top = (height - tall) / 2
    room = right - _words_left(tok) - tok.px(_LEAST_WORDS * 2)
    widths = [_width(tok, one, cap=look.current) for one in buttons]
    if sum(widths) + tok.px(8) * len(widths) > room:
        return found
    for one, wide in zip(reversed(buttons), reversed(widths), strict=True):
        found.buttons.insert(0, (one, QRectF(right - wide, top, wide, tall)))
        right -= wide + tok.px(8)
    return found


def _words_left(tok: Tokens) -> int:
    return tok.px(EDGE + CIRCLE + GAP + GLYPH + GAP)


def paint_head(painter: QPainter, area: QRectF, head: Head, *, dropping: bool) -> None:
    """The name of a group with its count; a ground under it while a line is held over it."""
    tok = tokens()
    if dropping:
        painter.setPen(QPen(tok.colour("focus"), 1.5))
        painter.setBrush(tok.colour("accent_soft"))
        painter.drawRoundedRect(area.adjusted(1, 3, -1, -3), tok.px(RADIUS), tok.px(RADIUS))
    line = QRectF(tok.px(EDGE), area.y() + tok.px(4), area.width(), area.height() - tok.px(4))
    ink = "muted" if head.kind == "plain" else f"{head.kind}_ink"
    painter.setPen(tok.colour(ink))
    painter.setFont(tok.font(12, SEMI))
    painter.drawText(line, _MIDDLE, head.words)
    left = line.x() + painter.fontMetrics().horizontalAdvance(head.words) + tok.px(8)
    if head.count:
        left += _paint_badge(painter, tok, QPointF(left, line.center().y()), head) + tok.px(8)
    if head.note:
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(12, REGULAR))
        painter.drawText(QRectF(left, line.y(), line.right() - left, line.height()), _MIDDLE,
                         head.note)  # fmt: skip


def _paint_badge(painter: QPainter, tok: Tokens, middle: QPointF, head: Head) -> int:
    painter.save()
    font = tok.font(11, SEMI)
    wide = max(tok.px(20), QFontMetrics(font).horizontalAdvance(head.count) + tok.px(12))
    tall = tok.px(18)
    body = QRectF(middle.x(), middle.y() - tall / 2, wide, tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour(f"{head.kind}_soft"))
    painter.drawRoundedRect(body, tall / 2, tall / 2)
    painter.setPen(tok.colour(f"{head.kind}_ink"))
    painter.setFont(font)
    painter.drawText(body, Qt.AlignmentFlag.AlignCenter, head.count)
    painter.restore()
    return wide


def paint_line(
    painter: QPainter, area: QRectF, line: Line, look: LineLook, buttons: tuple[Button, ...]
) -> None:
    """A line within `area`, with what can be done with it where it is current or hovered."""
    tok = tokens()
    _paint_ground(painter, tok, area, look)
    painter.save()
    painter.translate(area.topLeft())
    here = places(line, int(area.width()), buttons, look)
    _paint_circle(painter, tok, here.circle, line, look)
    size = tok.px(GLYPH)
    at = QPointF(tok.px(EDGE + CIRCLE + GAP), (area.height() - size) / 2)
    icons.paint(painter, at, line.glyph, "icon", size)
    right = area.width() - tok.px(EDGE)
    right = _paint_when(painter, tok, line, right, area.height())
    for button, body in here.buttons:
        _paint_button(painter, tok, button, body, look)
        right = min(right, body.x() - tok.px(GAP))
    _paint_words(painter, tok, line, QRectF(0, 0, right, area.height()))
    painter.restore()


def _paint_ground(painter: QPainter, tok: Tokens, area: QRectF, look: LineLook) -> None:
    body = area.adjusted(1, 1, -1, -1)
    ground = "sel" if look.chosen or look.current else "hover" if look.hovered else None
    painter.setPen(Qt.PenStyle.NoPen)
    if ground:
        painter.setBrush(tok.colour(ground))
        painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
    if look.current and look.focus:
        painter.setPen(QPen(tok.colour("focus"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))


def _paint_circle(painter: QPainter, tok: Tokens, area: QRectF, line: Line, look: LineLook) -> None:
    name, tone = "circle", "icon"
    if line.fixed:
        return
    if line.over or look.part == "circle":
        name, tone = "circle-check", "good_ink"
    elif look.chosen:
        name, tone = "circle-dot", "accent_ink"
    icons.paint(painter, area.topLeft(), name, tone, tok.px(CIRCLE))


def _paint_when(painter: QPainter, tok: Tokens, line: Line, right: float, height: float) -> float:
    """The time and its marks at the right end; where they begin."""
    wide = when_width(tok, line)
    if wide and line.kind != "plain":
        tall = tok.px(PILL)
        paint_pill(
            painter, QRectF(right - wide, (height - tall) / 2, wide, tall), line.when, line.kind,
            None,
        )  # fmt: skip
    elif wide:
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(13, REGULAR))
        painter.drawText(QRectF(right - wide, 0, wide, height), _MIDDLE, line.when)
    left = right - wide - (tok.px(GAP) if wide else 0)
    size = tok.px(14)
    for mark in reversed(line.marks):
        left -= size
        icons.paint(painter, QPointF(left, (height - size) / 2), mark, "icon", size)
        left -= tok.px(8)
    return left


def _paint_words(painter: QPainter, tok: Tokens, line: Line, area: QRectF) -> None:
    left = float(_words_left(tok))
    room = max(0, int(area.width() - left))
    font = QFont(tok.font(13, MEDIUM))
    font.setStrikeOut(line.over)
    painter.setFont(font)
    painter.setPen(tok.colour("muted" if line.over else "text"))
    least = min(tok.px(_LEAST_WORDS), room) if line.whom else 0
    what = elide(painter, line.what, room - least)
    painter.drawText(QRectF(left, 0, room, area.height()), _MIDDLE, what)
    if not line.whom:
        return
    left += painter.fontMetrics().horizontalAdvance(what) + tok.px(GAP)
    painter.setFont(tok.font(13, REGULAR))
    painter.setPen(tok.colour("muted"))
    whom = elide(painter, line.whom, max(0, int(area.width() - left)))
    painter.drawText(QRectF(left, 0, max(0.0, area.width() - left), area.height()), _MIDDLE, whom)


def _paint_button(
    painter: QPainter, tok: Tokens, button: Button, body: QRectF, look: LineLook
) -> None:
    hovered = look.part == button.name
    painter.setPen(QPen(tok.colour("border_strong"), 1))
    painter.setBrush(tok.colour("press" if hovered and look.down else
                                "hover" if hovered else "surface"))  # fmt: skip
    painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(RADIUS), tok.px(RADIUS))
    painter.setPen(tok.colour(button.ink))
    painter.setFont(tok.font(12, MEDIUM))
    painter.drawText(body.adjusted(tok.px(10), 0, 2, 0), _MIDDLE, button.words)
    if not look.current:
        return
    wide, tall = _cap_width(tok, button.cap), tok.px(18)
    cap = QRectF(body.right() - tok.px(10) - wide, body.center().y() - tall / 2, wide, tall)
    painter.setPen(QPen(tok.colour("border_strong"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(4), tok.px(4))
    painter.setPen(tok.colour("muted"))
    painter.setFont(tok.font(11, MEDIUM))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, button.cap)


def usual_buttons() -> tuple[Button, ...]:
    """Open, done, later, with the keys that do the same."""
    return (
        Button("open", tr("Open"), "↵"),
        Button("done", tr("Done"), "D", "good_ink"),
        Button("snooze", tr("Snooze"), "S"),
    )
