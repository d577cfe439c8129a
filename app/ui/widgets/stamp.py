"""Marks that many rows of a list share, painted once and kept as pictures."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache

from app.ui.theme import Tokens


def stamp(
    painter: QPainter,
    tok: Tokens,
    area: QRectF,
    mark: str,
    paint: Callable[[QPainter, QRectF], None],
) -> None:
    """Put a mark at `area`; `paint(painter, area)` paints it the first time.

    `mark` says all that it depends on beside size and theme. The area's corner is moved to a
    whole pixel, so that the picture is not blurred.
    """
    ratio = painter.device().devicePixelRatioF()
    width, height = area.width(), area.height()
    key = f"{mark}|{tok.scheme}|{tok.zoom}|{width}x{height}@{ratio}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = QPixmap(ceil(width * ratio), ceil(height * ratio))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        inner = QPainter(found)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(inner, QRectF(0, 0, width, height))
        inner.end()
        QPixmapCache.insert(key, found)
    painter.drawPixmap(QPointF(round(area.x()), round(area.y())), found)
