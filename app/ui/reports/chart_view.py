"""A chart on the screen: drawn with Agg off the GUI thread, for the pixels it has."""

import threading
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.reports.base import Chart
from app.reports.style import make_style, new_figure
from app.ui.tasks import Tasks
from app.ui.theme import follow, tokens

LEAST_WIDTH: Final = 280
LEAST_HEIGHT: Final = 200
SETTLED: Final = 80  # milliseconds after the last change of size


class Drawer:
    """Draws one chart at a time: matplotlib's fonts are not made for several threads."""

    def __init__(self) -> None:
        self._one = threading.Lock()

    def draw(
        self, chart: Chart, palette: Any, size: tuple[int, int], zoom: float, ratio: float
    ) -> QImage:
        """The chart as an image; `size` in logical pixels, `ratio` device pixels to one of them."""
        with self._one:
            style = make_style(palette)
            width, height = max(1, round(size[0] / zoom)), max(1, round(size[1] / zoom))
            figure = new_figure(style, width, height, zoom * ratio)
            chart.draw(figure, style)
            canvas: Any = figure.canvas
            canvas.draw()
            pixels = canvas.buffer_rgba()
            image = QImage(
                bytes(pixels),
                pixels.shape[1],
                pixels.shape[0],
                pixels.shape[1] * 4,
                QImage.Format.Format_RGBA8888,
            ).copy()
        image.setDevicePixelRatio(ratio)
        return image


class ChartView(QWidget):
    """Shows the last image until the next one is drawn."""

    def __init__(self, tasks: Tasks, drawer: Drawer) -> None:
        super().__init__()
        self._tasks, self._drawer = tasks, drawer
        self._chart: Chart | None = None
        self._image: QImage | None = None
        self._edition = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED)
        self._settled.timeout.connect(self._draw)
        follow(self.retheme)

    def is_drawn(self) -> bool:
        """Whether what is seen is what was asked for last."""
        return self._image is not None and not self._settled.isActive()

    def show_chart(self, chart: Chart) -> None:
        """Show another chart, or the same with other data."""
        self._chart = chart
        self.setAccessibleName(f"{chart.title}. {chart.subtitle}")
        self._draw()

    def retheme(self) -> None:
        """Draw in the colours and sizes in use."""
        tok = tokens()
        self.setMinimumSize(tok.px(LEAST_WIDTH), tok.px(LEAST_HEIGHT))
        self._image = None
        self._draw()

    def _draw(self) -> None:
        chart, tok = self._chart, tokens()
        if chart is None or self.width() < 2 or not self.isVisible():
            return
        self._edition += 1
        size = (self.width(), self.height())
        work = partial(
            self._drawer.draw, chart, tok.palette, size, tok.zoom, self.devicePixelRatioF()
        )
        self._tasks.run(self, work, partial(self._drawn, self._edition))

    def _drawn(self, edition: int, image: QImage) -> None:
        if edition == self._edition:
            self._image = image
            self.update()

    @override
    def sizeHint(self) -> QSize:
        tok = tokens()
        return QSize(tok.px(LEAST_WIDTH), tok.px(LEAST_HEIGHT))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked is drawn now."""
        super().showEvent(event)
        if self._image is None:
            self._draw()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is not None:
            QPainter(self).drawImage(0, 0, self._image)
