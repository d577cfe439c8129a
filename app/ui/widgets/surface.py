"""Grounds that other widgets stand on: cards, raised panels, hairlines, scrolling pages."""

from typing import Final, Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QScrollArea, QWidget
from typing_extensions import override

from app.ui.theme import RADIUS, RADIUS_CARD, follow, tokens
from app.ui.widgets.layout import Item, Margins, col

Ground = Literal["card", "raised", "chosen", "sunken", "page", "side", "bar"]

# ground, edge, radius
_GROUNDS: Final[dict[Ground, tuple[str, str | None, int]]] = {
    "card": ("surface", "border", RADIUS_CARD),
    "raised": ("raised", "border", RADIUS_CARD),
    "chosen": ("sel", None, RADIUS),
    "sunken": ("sunken", None, RADIUS),
    "page": ("bg", None, 0),
    "side": ("side", None, 0),
    "bar": ("surface", None, 0),
}


class Surface(QFrame):
    """A painted ground; `side` has a hairline at its right, `bar` one above."""

    def __init__(self, ground: Ground = "card", name: str = "") -> None:
        super().__init__()
        self._ground: Ground = ground
        self.setObjectName(name)
        follow(self.update)

    def set_ground(self, ground: Ground) -> None:
        """Become another ground, as when a line is chosen."""
        self._ground = ground
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        fill, edge, radius = _GROUNDS[self._ground]
        if not radius:
            painter.fillRect(self.rect(), tok.colour(fill))
            self._paint_hairline(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour(fill))
        inset = 0.5 if edge else 0
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, tok.px(radius), tok.px(radius))

    def _paint_hairline(self, painter: QPainter) -> None:
        colour = tokens().colour("border")
        if self._ground == "side":
            painter.fillRect(self.width() - 1, 0, 1, self.height(), colour)
        elif self._ground == "bar":
            painter.fillRect(0, 0, self.width(), 1, colour)


def card(*items: Item, gap: int = 12, margins: Margins = 16, name: str = "") -> Surface:
    """Items one under the other on a card."""
    made = Surface("card", name)
    made.setLayout(col(*items, gap=gap, margins=margins))
    return made


class Line(QWidget):
    """A hairline across, or upright."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        super().__init__()
        if orientation == Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)
        follow(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), tokens().colour("border"))


class Scroll(QScrollArea):
    """A page that scrolls up and down, on the ground that is beneath it."""

    def __init__(self, content: QWidget, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


class Shadow(QGraphicsDropShadowEffect):
    """The soft shadow under what floats: dialogs, toasts, the palette."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setGraphicsEffect(self)
        follow(self.retheme)

    def retheme(self) -> None:
        """Darker on a dark ground, where a light shadow would not show."""
        tok = tokens()
        self.setBlurRadius(tok.px(32))
        self.setOffset(0, tok.px(8))
        self.setColor(QColor(0, 0, 0, 44 if tok.scheme == "light" else 150))
