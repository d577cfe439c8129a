"""How the lines of the palette are painted."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.domain.vocabulary import LABELS, Stage
from app.ui import icons
from app.ui.shell.palette_items import PaletteItem, Ranges
from app.ui.theme import MEDIUM, RADIUS, REGULAR, SEMI, Tokens, tokens
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.cells import elide
from app.ui.widgets.customer_words import STAGES
from app.ui.widgets.pill import PILL, paint_pill, pill_width

HEADING: Final = 32
TWO_LINES: Final = 48
ONE_LINE: Final = 40
_ITEM: Final = int(Qt.ItemDataRole.UserRole)
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


def height_of(item: PaletteItem) -> int:
    """Height of a line at zoom 1."""
    if item.do is None:
        return HEADING
    return TWO_LINES if item.under else ONE_LINE


def paint_marked(
    painter: QPainter, area: QRect, words: str, ranges: Ranges, fonts: tuple[QFont, QFont]
) -> None:
    """One line in the pen's colour; the ranges in the accent and in the second font."""
    tok = tokens()
    ink = painter.pen().color()
    plain, strong = fonts
    painter.setFont(plain)
    shown = elide(painter, words, area.width() - tok.px(8))
    left = area.left()
    for text, marked in _pieces(shown, ranges):
        font = strong if marked else plain
        painter.setFont(font)
        painter.setPen(tok.colour("accent_ink") if marked else ink)
        painter.drawText(
            QRect(left, area.y(), area.right() - left + 1, area.height()), _MIDDLE, text
        )
        left += QFontMetrics(font).horizontalAdvance(text)


def _pieces(words: str, ranges: Ranges) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for first, last in ranges:
        pieces += [(words[at:first], False), (words[first:last], True)]
        at = last
    return [piece for piece in [*pieces, (words[at:], False)] if piece[0]]


class PaletteDelegate(QStyledItemDelegate):
    """Icon or avatar, words with what matched marked; at the right a customer's stage, the key."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, tokens().px(height_of(index.data(_ITEM))))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tok, item = tokens(), index.data(_ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(tok.px(8), 0, -tok.px(8), 0)
        if item.do is None:
            painter.setPen(tok.colour("muted"))
            painter.setFont(tok.font(11, MEDIUM))
            painter.drawText(area.adjusted(tok.px(12), tok.px(6), 0, 0), _MIDDLE, item.title)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_choice(painter, tok, area, item, chosen=chosen)
        painter.restore()

    def _paint_choice(
        self, painter: QPainter, tok: Tokens, area: QRect, item: PaletteItem, *, chosen: bool
    ) -> None:
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("sel"))
            painter.drawRoundedRect(area, tok.px(RADIUS), tok.px(RADIUS))
        inner = area.adjusted(tok.px(12), 0, -tok.px(12), 0)
        self._paint_lead(painter, tok, inner, item)
        keys = item.keys or ("↵" if chosen else "")
        room = QRect(inner)
        if keys:
            room.setRight(room.right() - self._paint_keys(painter, tok, room, keys) - tok.px(12))
        if item.stage is not None:
            room.setRight(room.right() - self._paint_stage(painter, tok, room, item.stage))
        words = room.adjusted(tok.px(44), 0, -tok.px(8), 0)
        painter.setPen(tok.colour("text"))
        fonts = (tok.font(13, MEDIUM), tok.font(13, SEMI))
        if not item.under:
            paint_marked(painter, words, item.title, item.ranges, fonts)
            return
        line, middle = tok.px(18), inner.center().y()
        words = QRect(words.left(), middle - line, words.width(), line)
        paint_marked(painter, words, item.title, item.ranges, fonts)
        painter.setPen(tok.colour("muted"))
        small = (tok.font(12, REGULAR), tok.font(12, SEMI))
        paint_marked(painter, words.translated(0, line), item.under, item.under_ranges, small)

    def _paint_lead(self, painter: QPainter, tok: Tokens, inner: QRect, item: PaletteItem) -> None:
        size = tok.px(32 if item.avatar else 18)
        lead = tok.px(32)
        left = inner.left() + (lead - size) / 2
        top = inner.top() + (inner.height() - size) / 2
        if item.avatar:
            paint_avatar(painter, QRectF(left, top, size, size), item.title, item.avatar)
        else:
            icons.paint(painter, QPointF(left, top), item.glyph, "muted", size)

    def _paint_stage(self, painter: QPainter, tok: Tokens, room: QRect, stage: Stage) -> int:
        words = str(LABELS[stage])
        width, height = pill_width(words, "dot"), tok.px(PILL)
        top = room.top() + (room.height() - height) / 2
        area = QRectF(room.right() - width, top, width, height)
        paint_pill(painter, area, words, STAGES[stage], "dot")
        return width

    def _paint_keys(self, painter: QPainter, tok: Tokens, inner: QRect, keys: str) -> int:
        font = tok.font(11, MEDIUM)
        width = max(tok.px(20), QFontMetrics(font).horizontalAdvance(keys) + tok.px(12))
        height = tok.px(20)
        top = inner.top() + (inner.height() - height) / 2
        cap = QRectF(inner.right() - width, top, width, height)
        painter.setPen(QPen(tok.colour("border_strong"), 1))
        painter.setBrush(tok.colour("sunken"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), tok.px(5), tok.px(5))
        painter.setPen(tok.colour("muted"))
        painter.setFont(font)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return width
