"""Marks of rows are painted once for each look and size, and then put there as they are."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmapCache

from app.ui.theme import tokens
from app.ui.widgets.stamp import stamp


@pytest.fixture
def painted(qapp):
    """Puts marks into a picture and says how often they had to be painted."""
    QPixmapCache.clear()
    image = QImage(40, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    times = []

    def put(mark, area, colour):
        def paint(painter, at):
            times.append(mark)
            painter.fillRect(at, colour)

        painter = QPainter(image)
        stamp(painter, tokens(), area, mark, paint)
        painter.end()

    return image, times, put


def test_a_mark_is_painted_once_and_put_wherever_it_is_wanted(painted):
    image, times, put = painted
    put("a", QRectF(0, 0, 10, 10), Qt.GlobalColor.red)
    put("a", QRectF(20, 5, 10, 10), Qt.GlobalColor.red)
    assert times == ["a"]
    red = image.pixelColor(2, 2)
    assert red == image.pixelColor(29, 14) != image.pixelColor(15, 2)


def test_another_mark_and_another_size_are_painted_anew(painted):
    _, times, put = painted
    put("a", QRectF(0, 0, 10, 10), Qt.GlobalColor.red)
    put("a", QRectF(0, 0, 12, 10), Qt.GlobalColor.red)
    put("b", QRectF(0, 0, 10, 10), Qt.GlobalColor.red)
    assert times == ["a", "a", "b"]


def test_a_mark_between_two_pixels_stands_on_one(painted):
    image, _, put = painted
    put("a", QRectF(4, 4.4, 10, 10), Qt.GlobalColor.black)
    assert image.pixelColor(8, 3) == Qt.GlobalColor.white
    assert image.pixelColor(8, 4) == Qt.GlobalColor.black
