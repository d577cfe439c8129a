"""Choosing one from a list that opens under the field."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui import icons
from app.ui.theme import CONTROL, RADIUS, RADIUS_SMALL, Tokens, follow, tokens
from app.ui.widgets.floating import corner, let_through

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_VALUE: Final = int(Qt.ItemDataRole.UserRole)


class _Entries(QStyledItemDelegate):
    """Entries of the open list: the current one on a ground, the chosen one ticked."""

    def __init__(self, box: "ComboBox") -> None:
        super().__init__(box)
        self._box = box

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        words = str(index.data() or "")
        tok = tokens()
        width = option.fontMetrics.horizontalAdvance(words)
        return QSize(width + tok.px(52), tok.px(CONTROL))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tok = tokens()
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok.colour("press"))  # hover does not show on raised in the dark
            body = area.adjusted(4, 1, -4, -1)
            painter.drawRoundedRect(body, tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))
        painter.setPen(tok.colour("text"))
        painter.setFont(tok.font(13))
        painter.drawText(area.adjusted(tok.px(12), 0, 0, 0), _MIDDLE, str(index.data() or ""))
        if index.row() == self._box.currentIndex():
            size = tok.px(16)
            at = QPointF(area.right() - size - tok.px(12), area.center().y() - size / 2)
            icons.paint(painter, at, "check", "accent_ink", size)
        painter.restore()


class ComboBox(QComboBox):
    """One of many; letters jump to an entry, Alt+Down opens the list."""

    def __init__(
        self, name: str, entries: Sequence[tuple[str, Any]] = (), placeholder: str = ""
    ) -> None:
        """`name` is the accessible name; `entries` are words and the value they stand for."""
        super().__init__()
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(placeholder)
        self.setItemDelegate(_Entries(self))
        self._prepare_list()
        self.set_entries(entries)
        follow(self.retheme)

    def _prepare_list(self) -> None:
        self.view().setFrameShape(QFrame.Shape.NoFrame)
        self.view().viewport().setAutoFillBackground(False)
        window = self.view().window()
        window.setWindowFlags(
            Qt.WindowType.Popup
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        let_through(window)
        window.installEventFilter(self)

    def set_entries(self, entries: Sequence[tuple[str, Any]]) -> None:
        """Offer other entries; the chosen value stays when it is still there."""
        before = self.value()
        self.clear()
        for words, value in entries:
            self.addItem(words, value)
        if before is not None:
            self.set_value(before)
        elif self.placeholderText():
            self.setCurrentIndex(-1)

    def value(self) -> Any:
        """The value of the chosen entry, or None."""
        return self.currentData(_VALUE)

    def set_value(self, value: Any) -> None:
        """Choose the entry with this value; none when there is no such entry."""
        for place in range(self.count()):
            if self.itemData(place, _VALUE) == value:
                self.setCurrentIndex(place)
                return
        self.setCurrentIndex(-1)

    def retheme(self) -> None:
        """Take over font and height."""
        tok = tokens()
        self.setFont(tok.font(13))
        self.view().setFont(tok.font(13))
        self.setFixedHeight(tok.px(CONTROL))
        self.updateGeometry()
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint the ground of the open list: the style sheet does not reach Qt's own frame."""
        if event.type() != QEvent.Type.Paint or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        painter, tok = QPainter(watched), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border"), 1))
        painter.setBrush(tok.colour("raised"))
        body = QRectF(watched.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, corner(RADIUS), corner(RADIUS))
        return True

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling is meant for the page; a value passed on the way must not change."""
        event.ignore()

    @override
    def sizeHint(self) -> QSize:
        metrics, tok = self.fontMetrics(), tokens()
        words = [self.itemText(place) for place in range(self.count())]
        widest = max(map(metrics.horizontalAdvance, [*words, self.placeholderText()]))
        return QSize(widest + tok.px(48), tok.px(CONTROL))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().px(96), tokens().px(CONTROL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter, tok)
        words, ink = self.currentText(), "text"
        if self.currentIndex() < 0:
            words, ink = self.placeholderText(), "muted"
        painter.setPen(tok.colour(ink if self.isEnabled() else "disabled"))
        painter.setFont(tok.font(13))
        area = QRectF(self.rect()).adjusted(tok.px(12), 0, -tok.px(30), 0)
        words = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, int(area.width())
        )
        painter.drawText(area, _MIDDLE, words)
        size = tok.px(16)
        at = QPointF(self.width() - size - tok.px(9), (self.height() - size) / 2)
        icons.paint(painter, at, "chevron-down", "muted" if self.isEnabled() else "disabled", size)

    def _paint_body(self, painter: QPainter, tok: Tokens) -> None:
        ring = self.hasFocus()
        edge = "focus" if ring else "icon" if self.underMouse() else "border_strong"
        ground = "surface"
        if not self.isEnabled():
            ground, edge, ring = "sunken", "border", False
        painter.setPen(QPen(tok.colour(edge), 2 if ring else 1))
        painter.setBrush(tok.colour(ground))
        inset = 1.0 if ring else 0.5
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
