"""Small painted marks that carry meaning: pills, risk classes, badges, key caps."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui import icons
from app.ui.theme import MEDIUM, RADIUS_SMALL, SEMI, Kind, follow, tokens

PILL = 22


class Painted(QWidget):
    """A painted widget that keeps the size of its content; the words are its name."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words."""
        return self._words

    def set_text(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.setAccessibleName(words)
        self.retheme()

    def content_size(self) -> QSize:
        """The size the content needs now."""
        raise NotImplementedError

    def retheme(self) -> None:
        """Take over sizes and colours."""
        self.setFixedSize(self.content_size())
        self.update()


def pill_width(words: str, mark: str | None) -> int:
    """Width of a pill; `mark` is "dot", an icon or None."""
    tok = tokens()
    head = 12 if mark == "dot" else 18 if mark else 0
    return QFontMetrics(tok.font(12, MEDIUM)).horizontalAdvance(words) + tok.px(16 + head) + 1


def paint_pill(
    painter: QPainter, area: QRectF, words: str, kind: Kind = "plain", mark: str | None = "dot"
) -> None:
    """A pill that fills `area`."""
    tok = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour(f"{kind}_soft"))
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    left, middle = area.x() + tok.px(8), area.center().y()
    if mark == "dot":
        painter.setBrush(tok.colour(f"{kind}_solid"))
        painter.drawEllipse(QPointF(left + 3 * tok.zoom, middle), 3 * tok.zoom, 3 * tok.zoom)
        left += tok.px(12)
    elif mark:
        size = tok.px(14)
        icons.paint(painter, QPointF(left, middle - size / 2), mark, f"{kind}_ink", size)
        left += tok.px(18)
    painter.setPen(tok.colour(f"{kind}_ink"))
    painter.setFont(tok.font(12, MEDIUM))
    inner = QRectF(left, area.y(), area.right() - left, area.height())
    # in a column that somebody made narrow, the words end in dots and the pill stays round
    room = max(0, int(area.right() - tok.px(8) - left) + 1)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class Pill(Painted):
    """A state with a dot, a kind of thing with an icon, or words alone."""

    def __init__(self, words: str, kind: Kind = "plain", mark: str | None = None) -> None:
        super().__init__(words)
        self._kind: Kind = kind
        self._mark = mark
        follow(self.retheme)

    def set_kind(self, kind: Kind) -> None:
        """Change the colour."""
        self._kind = kind
        self.update()

    @override
    def content_size(self) -> QSize:
        return QSize(pill_width(self._words, self._mark), tokens().px(PILL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), QRectF(self.rect()), self._words, self._kind, self._mark)


class RiskPill(Painted):
    """A class in a darker head and its meaning beside it; `filled` is for class 1 alone."""

    def __init__(self, head: str, words: str, kind: Kind, *, filled: bool = False) -> None:
        super().__init__(words)
        self._head, self._kind, self._filled = head, kind, filled
        self.setAccessibleName(f"{head}: {words}")
        follow(self.retheme)

    def _head_width(self) -> int:
        tok = tokens()
        return QFontMetrics(tok.font(12, SEMI)).horizontalAdvance(self._head) + tok.px(14)

    @override
    def content_size(self) -> QSize:
        tok = tokens()
        words = QFontMetrics(tok.font(12, MEDIUM)).horizontalAdvance(self._words)
        rest = words + tok.px(18) if self._words else 0
        return QSize(self._head_width() + rest, tok.px(PILL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))
        head = QRectF(0, 0, self._head_width(), whole.height())
        ground = tok.hex("danger_fill") if self._filled else tok.risk_head(self._kind)
        ink = f"{self._kind}_ink"
        painter.setClipPath(shape)
        painter.fillRect(whole, tok.colour(f"{self._kind}_soft"))
        painter.fillRect(head, tok.colour(ground))
        painter.setFont(tok.font(12, SEMI))
        painter.setPen(tok.colour("on_accent" if self._filled else ink))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, self._head)
        painter.setFont(tok.font(12, MEDIUM))
        painter.setPen(tok.colour(ink))
        rest = whole.adjusted(head.width() + tok.px(8), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._words)


def badge_size(words: str) -> QSize:
    """The room that a count needs."""
    tok = tokens()
    width = QFontMetrics(tok.font(11, SEMI)).horizontalAdvance(words)
    return QSize(max(tok.px(20), width + tok.px(12)), tok.px(18))


def paint_badge(painter: QPainter, area: QRectF, words: str, kind: Kind = "plain") -> None:
    """A count that fills `area`."""
    tok = tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour(f"{kind}_soft"))
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.setPen(tok.colour(f"{kind}_ink"))
    painter.setFont(tok.font(11, SEMI))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


class Badge(Painted):
    """A count: plain, red only for what is late."""

    def __init__(self, count: int | str, kind: Kind = "plain") -> None:
        super().__init__(str(count))
        self._kind: Kind = kind
        follow(self.retheme)

    def set_kind(self, kind: Kind) -> None:
        """Change the colour."""
        self._kind = kind
        self.update()

    @override
    def content_size(self) -> QSize:
        return badge_size(self._words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(QPainter(self), QRectF(self.rect()), self._words, self._kind)


class KeyCap(Painted):
    """A key or a combination such as Ctrl K."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        follow(self.retheme)

    @override
    def content_size(self) -> QSize:
        tok = tokens()
        words = QFontMetrics(tok.font(11, MEDIUM)).horizontalAdvance(self._words)
        return QSize(max(tok.px(20), words + tok.px(12)), tok.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border_strong"), 1))
        painter.setBrush(tok.colour("sunken"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, tok.px(5), tok.px(5))
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(11, MEDIUM))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
