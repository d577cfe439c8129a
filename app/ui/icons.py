"""Lucide line icons, recoloured from the tokens and rendered for the pixels of the device."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme import tokens

FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "resources" / "icons"
STROKE: Final = 1.75
_DENSITIES: Final = (1.0, 1.5, 2.0, 3.0)


class MissingIcon(LookupError):
    """There is no such file in resources/icons."""


@lru_cache(maxsize=512)
def _source(name: str) -> str:
    try:
        return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingIcon(name) from None


def pixmap(
    name: str, tone: str = "icon", size: float = 16, ratio: float = 1.0, stroke: float = STROKE
) -> QPixmap:
    """The icon as a picture.

    Args:
        name: file name in resources/icons without ".svg".
        tone: a colour of the token table, or #RRGGBB.
        size: edge in logical pixels, already at the zoom.
        ratio: device pixels to a logical pixel.
        stroke: width of the line in the icon's own 24 units.
    """
    colour = tone if tone.startswith("#") else tokens().hex(tone)
    edge = max(1, round(size * ratio))
    key = f"icon {name} {colour} {edge} {ratio} {stroke}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    source = _source(name).replace("currentColor", colour)
    source = source.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    made = QPixmap(edge, edge)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    made.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, made)
    return made


def paint(painter: QPainter, at: QPointF, name: str, tone: str = "icon", size: float = 16) -> None:
    """Draw the icon with its upper left corner at `at`; `size` in logical pixels at the zoom."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(at, pixmap(name, tone, size, ratio))


def icon(name: str, tone: str = "icon", size: float = 16) -> QIcon:
    """The icon for what Qt draws (menus, actions in fields); made anew when the look changes."""
    made = QIcon()
    for ratio in _DENSITIES:
        made.addPixmap(pixmap(name, tone, size, ratio))
        made.addPixmap(pixmap(name, "disabled", size, ratio), QIcon.Mode.Disabled)
    return made
