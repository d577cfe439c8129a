"""A page that scrolls and keeps its right edge: its bar hangs in the margin beside it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollBar, QWidget
from typing_extensions import override

from app.ui.theme import tokens
from app.ui.widgets.surface import Scroll

_APART: Final = 3  # from the page to its bar


class HangingScroll(Scroll):
    """Needs a margin of 16 pixels to its right, of its own parent or of one further out.

    Whether it scrolls or not, what it holds is as wide as the area and ends where its neighbours
    end.
    """

    def __init__(self, content: QWidget, name: str = "") -> None:
        super().__init__(content, name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._between: list[QWidget] = []  # it moves with any of them
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setObjectName(f"{name}_bar")
        self.bar.hide()
        within = self.verticalScrollBar()
        within.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(within.setValue)
        within.rangeChanged.connect(self._place)
        self.destroyed.connect(self.bar.deleteLater)

    def _place(self) -> None:
        within, bar = self.verticalScrollBar(), self.bar
        bar.setRange(within.minimum(), within.maximum())
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(within.singleStep())
        bar.setValue(within.value())
        at = self.mapTo(_above(bar), QPoint(self.width() + tokens().px(_APART), 0))
        bar.setGeometry(at.x(), at.y(), bar.sizeHint().width(), self.height())
        bar.setVisible(self.isVisible() and within.maximum() > within.minimum())

    def _hang(self) -> None:
        """Find who has the margin, and follow all that lie between."""
        self._let_go()
        beside = self.width() + tokens().px(_APART) + self.bar.sizeHint().width()
        host = _above(self)
        while not host.isWindow() and self.mapTo(host, QPoint(beside, 0)).x() > host.width():
            host.installEventFilter(self)
            self._between.append(host)
            host = _above(host)
        self.bar.setParent(host)
        self.bar.raise_()
        self._place()

    def _let_go(self) -> None:
        for one in self._between:
            one.removeEventFilter(self)
        self._between.clear()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._hang()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._let_go()
        self.bar.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Move and watched in self._between:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        if self.isVisible():
            self._place()


def _above(widget: QWidget) -> QWidget:
    return widget.parentWidget() or widget
