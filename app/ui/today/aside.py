"""The cards at the right: what is celebrated in the week, and who has fallen silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui import icons
from app.ui.theme import MEDIUM, RADIUS_SMALL, REGULAR, SEMI, Tokens, follow, tokens
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.button import Button
from app.ui.widgets.cells import elide
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.pill import PILL, Badge, paint_pill, pill_width
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label

_ROW: Final = 30
_AVATAR: Final = 24
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A name, with a figure and a note at the right; or a pill there. `key` None leads nowhere."""

    key: int | None
    name: str
    under: str = ""
    figure: str = ""
    note: str = ""
    pill: str = ""
    glyph: str = ""
    avatar: bool = False

    def spoken(self) -> str:
        """As it is read aloud."""
        parts = (self.name, self.under, self.figure, self.note, self.pill)
        return ", ".join(part for part in parts if part)


class AsideRows(QWidget):
    """A few painted rows; arrows, Enter and the mouse open them."""

    opened = Signal(int)

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words = words
        self._rows: tuple[AsideRow, ...] = ()
        self._current, self._hover = 0, -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.retheme)

    def rows(self) -> tuple[AsideRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[AsideRow]) -> None:
        """Show these."""
        self._rows = tuple(rows)
        self._current, self._hover = 0, -1
        leads = any(one.key is not None for one in rows)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        if not leads:
            self.clearFocus()
        self._say()
        self.retheme()

    def retheme(self) -> None:
        """Take over the height."""
        self.setFixedHeight(max(1, tokens().px(_ROW) * len(self._rows)))
        self.update()

    def _say(self) -> None:
        here = self._rows[self._current].spoken() if self._rows else ""
        self.setAccessibleName(f"{self._words}: {here}" if here else self._words)
        self.update()

    def area_of(self, place: int) -> QRectF:
        """Where a row is."""
        tall = tokens().px(_ROW)
        return QRectF(0, place * tall, self.width(), tall)

    def _at(self, at: QPointF) -> int:
        place = int(at.y() // tokens().px(_ROW))
        return place if 0 <= place < len(self._rows) else -1

    def _open(self, place: int) -> None:
        key = self._rows[place].key if 0 <= place < len(self._rows) else None
        if key is not None:
            self.opened.emit(key)

    @override
    def sizeHint(self) -> QSize:
        return QSize(tokens().px(200), self.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._rows):
            self._current += step
            self._say()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position())
        leads = self._hover >= 0 and self._rows[self._hover].key is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self._rows[self._hover].spoken() if self._hover >= 0 else "")
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self._at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, one in enumerate(self._rows):
            area = self.area_of(place)
            self._paint_ground(painter, tok, area, place)
            right = self._paint_right(painter, tok, area, one)
            self._paint_left(painter, tok, area, right, one)

    def _paint_ground(self, painter: QPainter, tok: Tokens, area: QRectF, place: int) -> None:
        body, radius = area.adjusted(0, 1, 0, -1), tok.px(RADIUS_SMALL)
        if place == self._hover and self._rows[place].key is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("hover"))
            painter.drawRoundedRect(body, radius, radius)
        if self.hasFocus() and place == self._current:
            painter.setPen(QPen(tok.colour("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(1, 0, -1, 0), radius, radius)

    def _paint_right(self, painter: QPainter, tok: Tokens, area: QRectF, one: AsideRow) -> float:
        right = area.right() - tok.px(4)
        if one.pill:
            wide, tall = pill_width(one.pill, one.glyph or None), tok.px(PILL)
            top = area.center().y() - tall / 2
            paint_pill(painter, QRectF(right - wide, top, wide, tall), one.pill, "calm",
                       one.glyph or None)  # fmt: skip
            return right - wide
        for words, weight, tone in ((one.note, REGULAR, "muted"), (one.figure, SEMI, "text")):
            if words:
                painter.setFont(tok.font(13 if weight is SEMI else 12, weight))
                painter.setPen(tok.colour(tone))
                wide = painter.fontMetrics().horizontalAdvance(words) + 1
                painter.drawText(QRectF(right - wide, area.y(), wide, area.height()), _MIDDLE,
                                 words)  # fmt: skip
                right -= wide + tok.px(8)
        return right

    def _paint_left(
        self, painter: QPainter, tok: Tokens, area: QRectF, right: float, one: AsideRow
    ) -> None:
        left = area.x() + tok.px(4)
        if one.avatar:
            edge = tok.px(_AVATAR)
            paint_avatar(painter, QRectF(left, area.center().y() - edge / 2, edge, edge), one.name)
            left += edge + tok.px(10)
        elif one.glyph and not one.pill:
            size = tok.px(16)
            at = QPointF(left, area.center().y() - size / 2)
            icons.paint(painter, at, one.glyph, "good_ink", size)
            left += size + tok.px(8)
        painter.setFont(tok.font(13, MEDIUM if one.key is not None else REGULAR))
        painter.setPen(tok.colour("text" if one.key is not None else "muted"))
        room = max(0, int(right - left - tok.px(8)))
        name = elide(painter, one.name, room)
        painter.drawText(QRectF(left, area.y(), room, area.height()), _MIDDLE, name)
        if one.under:
            left += painter.fontMetrics().horizontalAdvance(name) + tok.px(8)
            painter.setFont(tok.font(12, REGULAR))
            painter.setPen(tok.colour("muted"))
            room = max(0, int(right - left - tok.px(8)))
            painter.drawText(QRectF(left, area.y(), room, area.height()), _MIDDLE,
                             elide(painter, one.under, room))  # fmt: skip


class AsideCard(Surface):
    """A title with a count, rows, and where there is more of it."""

    more_wanted = Signal()
    opened = Signal(int)

    def __init__(self, name: str, title: str, more: str = "") -> None:
        super().__init__("card", name)
        self.rows = AsideRows(f"{name}_rows", title)
        self.badge = Badge("0")
        self.more = Button("", "quiet", glyph="chevron-right", size="small", name=more or title)
        self.more.setObjectName(f"{name}_more")
        self.rows.opened.connect(self.opened)
        self.more.clicked.connect(self.more_wanted)
        head = row(
            Label(title, "title"), self.badge, STRETCH, self.more if more else None,
            margins=(4, 0, 0, 0),
        )  # fmt: skip
        if not more:
            self.more.setParent(self)
            self.more.hide()
        self.badge.hide()
        self.setLayout(col(head, self.rows, STRETCH, gap=6, margins=(12, 10, 12, 12)))

    def fill(self, rows: Sequence[AsideRow], count: str, none: str) -> None:
        """Show these; without any, the sentence `none` with a tick."""
        self.badge.setVisible(bool(rows) and bool(count))
        self.badge.set_text(count or tr("None"))
        self.rows.set_rows(rows or [AsideRow(None, none, glyph="check")])
