"""A large choice among a few: icon, title and what it means."""

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy
from typing_extensions import override

from app.ui import icons
from app.ui.theme import RADIUS_CARD, SEMI, Tokens, follow, tokens
from app.ui.widgets.avatar import paint_avatar

_WRAP: Final = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
)
_ON_ONE_LINE: Final = int(  # of two scripts side by side: the higher face is that of Chinese
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
)
_PAD: Final = 16
_BELOW: Final = 4  # the disc is in the middle of the title and one line of words
_LEAD: Final = 60  # to the words: padding, disc, gap
Shape = Literal["circle", "square"]


class ChoiceCard(QAbstractButton):
    """Checkable; give several of them to one QButtonGroup. As high as its words need.

    Without a glyph it shows the avatar of the name that is its title: `shape` says whose it is.
    """

    def __init__(self, glyph: str | None, title: str, words: str, name: str) -> None:
        super().__init__()
        self._glyph, self._words = glyph, words
        self.shape: Shape = "circle"
        self.setObjectName(name)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over fonts and sizes."""
        self._fit()
        self.update()

    def _words_width(self, width: int) -> int:
        return max(80, width - tokens().px(_LEAD + _PAD))

    def _lines(self, width: int) -> tuple[int, int]:
        """Height of the title and of the words."""
        tok, room = tokens(), QRect(0, 0, self._words_width(width), 2000)
        title = QFontMetrics(tok.font(13, SEMI)).boundingRect(room, _WRAP, self.text())
        words = QFontMetrics(tok.font(12)).boundingRect(room, _WRAP, self._words)
        # the same for one line of any script
        return max(title.height(), tok.px(19)), max(words.height(), tok.px(17))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        tok = tokens()
        return sum(self._lines(width)) + tok.px(4) + 2 * tok.px(_PAD)

    @override
    def sizeHint(self) -> QSize:
        width = tokens().px(320)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(200), tokens().px(64))

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(self.width(), tokens().px(200))))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter, tok)
        self._paint_lead(painter, tok)
        pad = tok.px(_PAD)
        title, words = self._lines(self.width())
        area = QRect(tok.px(_LEAD), pad, self._words_width(self.width()), title)
        painter.setPen(tok.colour("text"))
        painter.setFont(tok.font(13, SEMI))
        painter.drawText(area, _ON_ONE_LINE, self.text())
        area.translate(0, title + tok.px(4))
        area.setHeight(words)
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(12))
        painter.drawText(area, _ON_ONE_LINE, self._words)

    def _paint_lead(self, painter: QPainter, tok: Tokens) -> None:
        pad, disc, size = tok.px(_PAD), tok.px(32), tok.px(16)
        area = QRectF(pad, pad + tok.px(_BELOW), disc, disc)
        if self._glyph is None:
            paint_avatar(painter, area, self.text(), self.shape)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("surface" if self.isChecked() else "accent_soft"))
        painter.drawEllipse(area)
        at = area.topLeft() + QPointF((disc - size) / 2, (disc - size) / 2)
        icons.paint(painter, at, self._glyph, "accent_ink", size)

    def _paint_body(self, painter: QPainter, tok: Tokens) -> None:
        ground, edge, width = "surface", "border", 1
        if self.isChecked():
            ground, edge = "sel", "accent_ink"
        elif self.isDown():
            ground = "press"
        elif self.underMouse():
            ground, edge = "hover", "border_strong"
        if self.hasFocus():
            edge, width = "focus", 2
        painter.setPen(QPen(tok.colour(edge), width))
        painter.setBrush(tok.colour(ground))
        inset = width / 2
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, tok.px(RADIUS_CARD), tok.px(RADIUS_CARD))


class CardGrid(QGridLayout):
    """Cards, two a row."""

    def __init__(self, cards: Sequence[ChoiceCard]) -> None:
        super().__init__()
        for place, one in enumerate(cards):
            self.addWidget(one, place // 2, place % 2)
        self.setColumnStretch(0, 1)
        self.setColumnStretch(1, 1)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the zoom."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(tokens().px(12))
