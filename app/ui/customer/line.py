"""A line of a card that one can act on: with the mouse, with Enter, and by its menu."""

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.customer.looked_at import LookedAt
from app.ui.theme import RADIUS_SMALL, follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.layout import row

_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HIGH: Final = 20


class LineButton(Button):
    """No higher than a line of words, so that it covers nothing beneath."""

    def __init__(self, glyph: str, name: str) -> None:
        super().__init__("", "quiet", glyph=glyph, size="small", name=name)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setFixedHeight(tokens().px(_HIGH))


class _Buttons(QWidget):
    """What can be done with a line, over its right end while the mouse or the keyboard is there."""

    def __init__(self, line: QWidget, *buttons: LineButton) -> None:
        super().__init__(line)
        for button in buttons:
            # the keyboard has Enter and the menu key: one stop for a line is enough
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(row(*buttons, gap=0))
        self.hide()
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over sizes."""
        self.adjustSize()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok.colour("hover"))
        painter.drawRoundedRect(self.rect(), tok.px(RADIUS_SMALL), tok.px(RADIUS_SMALL))


class ActiveLine(LookedAt):
    """Reached by Tab and by the arrows; its card paints the ground and the ring around it.

    `key` tells it apart from the other lines of its card, also after it was made anew.
    """

    chosen = Signal(object)  # key: clicked, or Enter
    menu_asked = Signal(object, object)  # key, global place
    delete_asked = Signal(object)  # key

    def __init__(
        self, key: Hashable, name: str, buttons: Callable[[], Sequence[LineButton]] = tuple
    ) -> None:
        """`buttons` are made when they are looked at first: most lines never need theirs."""
        super().__init__()
        self.key = key
        self._covered: QWidget | None = None
        self.setObjectName("line")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._make = buttons
        self._buttons: _Buttons | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def arrange(self, layout: QLayout) -> None:
        """Fill the line."""
        self.setLayout(layout)

    def yield_place(self, widget: QWidget) -> None:
        """What the buttons stand over goes while they are there; its room stays."""
        policy = widget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        widget.setSizePolicy(policy)
        self._covered = widget

    def ask_menu(self) -> None:
        """Open the menu where the keyboard is."""
        self._more()

    def _more(self) -> None:
        under = self._buttons if self._buttons is not None and self._buttons.isVisible() else self
        at = under.mapToGlobal(QPoint(0, under.height() + tokens().px(4)))
        self.menu_asked.emit(self.key, at)

    @override
    def _look(self) -> None:
        shown = self.hovered or self.hasFocus()
        if shown:
            self._make_buttons()
        if self._buttons is not None:
            self._buttons.setVisible(shown)
        if self._covered is not None:
            self._covered.setVisible(not shown)
        self.looked_at.emit()

    def _make_buttons(self) -> None:
        if self._buttons is None:
            more = LineButton("ellipsis", tr("More"))
            more.setObjectName("more")
            more.clicked.connect(self._more)
            self._buttons = _Buttons(self, *self._make(), more)
            self._place()

    # ---- what Qt asks

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._buttons is None:
            return
        size, several = self._buttons.sizeHint(), self.height() > tokens().px(30)
        top = 0 if several else (self.height() - size.height()) // 2
        left = self.width() - size.width()
        self._buttons.setGeometry(left, top, size.width(), size.height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.chosen.emit(self.key)
        else:
            super().mouseReleaseEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._more()
        else:
            self.menu_asked.emit(self.key, event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _KEYS:
            self.chosen.emit(self.key)
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.key)
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
