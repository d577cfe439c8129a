"""Who and what at a glance: avatars, icons, icons on a disc, faces for a score."""

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui import icons
from app.ui.theme import RADIUS_CARD, SEMI, Kind, follow, tokens

Shape = Literal["circle", "square"]

# Score 1 to 5: icon and kind. The figure always stands beside the face.
FACES: Final[dict[int, tuple[str, Kind]]] = {
    1: ("angry", "danger"),
    2: ("frown", "danger"),
    3: ("meh", "warn"),
    4: ("smile", "good"),
    5: ("laugh", "good"),
}


def face_of(score: float) -> tuple[str, Kind]:
    """Icon and kind for a score from 1 to 5."""
    return FACES[min(5, max(1, int(score + 0.5)))]


def initials(name: str) -> str:
    """One Chinese character, or up to two Latin initials."""
    name = name.strip()
    if not name:
        return "?"
    if ord(name[0]) > 0x2E7F:
        return name[0]
    parts = [part[0] for part in name.split() if part[0].isalnum()]
    return "".join(parts)[:2].upper() or name[0]


def paint_avatar(painter: QPainter, area: QRectF, name: str, shape: Shape = "circle") -> None:
    """An avatar that fills `area`: round for a person, square for a company."""
    tok = tokens()
    ground, ink = tok.avatar(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok.colour(ground))
    if shape == "circle":
        painter.drawEllipse(area)
    else:
        radius = min(tok.px(RADIUS_CARD), area.height() / 4)
        painter.drawRoundedRect(area, radius, radius)
    painter.setPen(tok.colour(ink))
    # the size is already at the zoom; the font must not be scaled once more
    painter.setFont(tok.font(max(10, round(area.height() * 0.38 / tok.zoom)), SEMI))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Sized(QWidget):
    """A painted square whose edge follows the zoom."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over the zoom."""
        edge = tokens().px(self._size)
        self.setFixedSize(edge, edge)
        self.update()


class Avatar(Sized):
    """The initials of a name on its own quiet hue."""

    def __init__(self, name: str, size: int = 32, shape: Shape = "circle") -> None:
        super().__init__(size)
        self._shape: Shape = shape
        self._name = name
        self.setAccessibleName(name)

    def set_name(self, name: str, shape: Shape = "circle") -> None:
        """Show somebody else."""
        self._name, self._shape = name, shape
        self.setAccessibleName(name)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_avatar(QPainter(self), area, self._name, self._shape)


class IconView(Sized):
    """An icon by itself."""

    def __init__(self, glyph: str, tone: str = "icon", size: int = 16, name: str = "") -> None:
        super().__init__(size)
        self._glyph, self._tone = glyph, tone
        self.setAccessibleName(name)

    def set_icon(self, glyph: str, tone: str = "icon") -> None:
        """Show another icon or colour."""
        self._glyph, self._tone = glyph, tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), QPointF(0, 0), self._glyph, self._tone, self.width())


def face(score: float, size: int = 20) -> IconView:
    """The face for a score from 1 to 5."""
    glyph, kind = face_of(score)
    return IconView(glyph, f"{kind}_ink", size)


class Disc(Sized):
    """An icon on a soft disc; the kind gives the colour."""

    def __init__(self, glyph: str, kind: Kind = "plain", size: int = 32) -> None:
        super().__init__(size)
        self._glyph = glyph
        self._kind: Kind = kind

    def set_icon(self, glyph: str, kind: Kind = "plain") -> None:
        """Show another icon or colour."""
        self._glyph, self._kind = glyph, kind
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour(f"{self._kind}_soft"))
        painter.drawEllipse(self.rect())
        edge = round(self.width() / 2)
        at = QPointF((self.width() - edge) / 2, (self.height() - edge) / 2)
        icons.paint(painter, at, self._glyph, f"{self._kind}_ink", edge)
