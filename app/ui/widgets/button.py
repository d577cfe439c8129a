"""Buttons, painted as a whole so that icon, words and key cap always line up."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui import icons
from app.ui.theme import (
    CONTROL,
    CONTROL_SMALL,
    MEDIUM,
    RADIUS,
    SEMI,
    Tokens,
    follow,
    tokens,
)

ButtonKind = Literal["primary", "plain", "quiet", "accent", "danger", "good"]
ButtonSize = Literal["normal", "small"]
State = Literal["rest", "hover", "press", "disabled"]

RING: Final = 3
"""Room for the ring of the focus beside the words of a button without a border."""
_HEIGHTS: Final[dict[ButtonSize, int]] = {"normal": CONTROL, "small": CONTROL_SMALL}
_INKS: Final[dict[ButtonKind, str]] = {
    "primary": "on_accent",
    "plain": "text",
    "quiet": "muted",
    "accent": "accent_ink",
    "danger": "danger_ink",
    "good": "good_ink",
}
_BORDERLESS: Final = ("quiet", "accent")
_PRIMARY: Final[dict[State, str]] = {
    "rest": "accent",
    "hover": "accent_hover",
    "press": "accent_press",
}
_GROUNDS: Final[dict[State, str]] = {"rest": "surface", "hover": "hover", "press": "press"}


@dataclass(frozen=True, slots=True)
class Paint:
    """Tokens for one state of a button; None is not painted."""

    ground: str | None
    edge: str | None
    ink: str
    mark: str


def button_paint(kind: ButtonKind, state: State) -> Paint:
    """What a button of this kind is painted with in this state."""
    if state == "disabled":
        if kind in _BORDERLESS:
            return Paint(None, None, "disabled", "disabled")
        return Paint("sunken", "border", "disabled", "disabled")
    ink = _INKS[kind]
    if kind == "primary":
        fill = _PRIMARY[state]
        return Paint(fill, fill, ink, ink)
    mark = "muted" if kind in ("plain", "quiet") else ink
    if kind in _BORDERLESS:
        ground = _GROUNDS[state] if kind == "quiet" and state != "rest" else None
        return Paint(ground, None, ink, mark)
    return Paint(_GROUNDS[state], "border_strong", ink, mark)


class Button(QPushButton):
    """A push button. `primary`: one on a screen; `plain`: the usual one.

    Args:
        words: what it does; may be empty when `glyph` says it and `name` names it.
        kind: see look: primary, plain, quiet, accent, danger, good.
        glyph: icon before the words.
        trail: icon after the words (a chevron, an x).
        key: key cap shown behind the words; it is not a shortcut by itself.
        size: normal (32 high) or small (28).
        name: accessible name, needed where there are no words; also the tooltip then.
    """

    def __init__(
        self,
        words: str = "",
        kind: ButtonKind = "plain",
        *,
        glyph: str | None = None,
        trail: str | None = None,
        key: str | None = None,
        size: ButtonSize = "normal",
        name: str = "",
    ) -> None:
        super().__init__(words)
        self._kind: ButtonKind = kind
        self._size: ButtonSize = size
        self._glyph, self._trail, self._key = glyph, trail, key
        self._hovered = False
        self._had_focus = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or words)
        if not words:
            self.setToolTip(name)
        follow(self.retheme)

    def set_words(self, words: str) -> None:
        """Say something else."""
        self.setText(words)
        self.setAccessibleName(words)
        self.retheme()

    def set_glyph(self, glyph: str | None) -> None:
        """Show another icon."""
        self._glyph = glyph
        self.retheme()

    def set_kind(self, kind: ButtonKind) -> None:
        """Look like another kind."""
        self._kind = kind
        self.retheme()

    def retheme(self) -> None:
        """Take over font and height."""
        tok = tokens()
        weight = SEMI if self._kind == "primary" else MEDIUM
        self.setFont(tok.font(12 if self._size == "small" else 13, weight))
        self.setFixedHeight(tok.px(_HEIGHTS[self._size]))
        self.updateGeometry()
        self.update()

    def state(self) -> State:
        """What is painted at the moment."""
        if not self.isEnabled():
            return "disabled"
        if self.isDown() or self.isChecked():
            return "press"
        return "hover" if self._hovered else "rest"

    def _pad(self) -> int:
        if self._kind == "accent":
            return RING  # the words end on the inner edge of the card
        if not self.text():
            return 8
        return 10 if self._size == "small" else 12

    def _parts(self, tok: Tokens) -> list[tuple[str, int]]:
        parts = []
        if self._glyph:
            parts.append(("glyph", tok.px(16)))
        if self.text():
            parts.append(("words", QFontMetrics(self.font()).horizontalAdvance(self.text()) + 1))
        if self._key:
            width = QFontMetrics(tok.font(11, MEDIUM)).horizontalAdvance(self._key)
            parts.append(("key", max(tok.px(18), width + tok.px(10))))
        if self._trail:
            parts.append(("trail", tok.px(14)))
        return parts

    def _width_of(self, parts: list[tuple[str, int]], tok: Tokens) -> int:
        return sum(width for _, width in parts) + tok.px(8) * (len(parts) - 1)

    @override
    def setEnabled(self, enabled: bool) -> None:
        """Keep the keyboard's place while what the button does is under way.

        Qt would hand the focus to the next button, which a second Enter would then press.
        """
        if self.hasFocus() and not enabled:
            super().setEnabled(enabled)
            self._had_focus = True
            _let_go_of_focus(self.window())
            return
        super().setEnabled(enabled)
        if enabled and self._had_focus:
            self._had_focus = False
            if self.isVisible() and self.window().focusWidget() is None:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def sizeHint(self) -> QSize:
        tok = tokens()
        inner = self._width_of(self._parts(tok), tok)
        return QSize(inner + 2 * tok.px(self._pad()), tok.px(_HEIGHTS[self._size]))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # In a dialog Enter would otherwise press the default button while another has the focus.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint = button_paint(self._kind, self.state())
        self._paint_body(painter, tok, paint)
        parts = self._parts(tok)
        left = float(tok.px(self._pad()))  # words on a card begin on its text edge
        if self._kind != "accent":
            left = (self.width() - self._width_of(parts, tok)) / 2
        for part, width in parts:
            self._paint_part(painter, tok, paint, part, QRectF(left, 0, width, self.height()))
            left += width + tok.px(8)

    def _paint_body(self, painter: QPainter, tok: Tokens, paint: Paint) -> None:
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = tok.px(RADIUS)
        if self.hasFocus() and self.isEnabled():
            painter.setPen(QPen(tok.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            body = body.adjusted(3, 3, -3, -3)
            radius -= 2
        if paint.ground is None and paint.edge is None:
            return
        painter.setPen(QPen(tok.colour(paint.edge), 1) if paint.edge else Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour(paint.ground) if paint.ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body, radius, radius)

    def _paint_part(
        self, painter: QPainter, tok: Tokens, paint: Paint, part: str, area: QRectF
    ) -> None:
        middle = area.height() / 2
        if part == "words":
            painter.setPen(tok.colour(paint.ink))
            painter.setFont(self._words_font())
            painter.drawText(area.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        elif part == "key":
            self._paint_key(painter, tok, area)
        else:
            name = self._glyph if part == "glyph" else self._trail
            at = QPointF(area.x(), middle - area.width() / 2)
            icons.paint(painter, at, name or "", paint.mark, area.width())

    def _words_font(self) -> QFont:
        made = QFont(self.font())
        made.setUnderline(self._kind == "accent" and self.state() in ("hover", "press"))
        return made

    def _paint_key(self, painter: QPainter, tok: Tokens, area: QRectF) -> None:
        height = tok.px(18)
        cap = QRectF(area.x(), (area.height() - height) / 2, area.width(), height)
        primary = self._kind == "primary" and self.isEnabled()
        painter.setPen(QPen(tok.colour("on_accent" if primary else "border_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setOpacity(0.55 if primary else 1)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(4), tok.px(4))
        painter.setOpacity(1)
        painter.setPen(tok.colour("on_accent" if primary else "muted"))
        painter.setFont(tok.font(11, MEDIUM))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key or "")


def _let_go_of_focus(window: QWidget) -> None:
    holder = window.focusWidget()
    if holder is not None:
        holder.clearFocus()


class Chip(Button):
    """A filter that is set: small, bordered, with an x that takes it off when clicked."""

    def __init__(self, words: str, *, glyph: str = "filter", name: str = "") -> None:
        super().__init__(words, glyph=glyph, trail="x", size="small", name=name)
