"""Menus and panels that open under a control."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui import icons
from app.ui.theme import RADIUS_CARD, follow, tokens
from app.ui.widgets.floating import corner, let_through


class Entry(QAction):
    """A menu entry that does something; not a lambda, which would keep its widget alive."""

    def __init__(self, words: str, do: Callable[[], object], parent: QWidget) -> None:
        super().__init__(words, parent)
        self._do = do
        self.triggered.connect(self._run)

    def _run(self) -> None:
        self._do()


class Menu(QMenu):
    """A menu with rounded corners and our icons. Make it once; `empty` and fill it again."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        super().__init__(parent)
        self._glyphs: list[tuple[QAction, str, str]] = []
        self.setAccessibleName(name)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        let_through(self)
        self.setToolTipsVisible(True)
        follow(self.retheme)

    def put(
        self,
        words: str,
        do: Callable[[], object],
        *,
        glyph: str | None = None,
        key: str = "",
        tone: str = "muted",
    ) -> QAction:
        """Add an entry. `key` is shown at the right; the window owns the shortcut itself."""
        action = Entry(words, do, self)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if glyph:
            self._glyphs.append((action, glyph, tone))
        self.addAction(action)
        self.retheme()
        return action

    def put_choice(self, words: str, do: Callable[[], object], *, chosen: bool) -> QAction:
        """Add an entry of a group: the chosen one has a tick."""
        return self.put(words, do, glyph="check" if chosen else None, tone="accent_ink")

    def empty(self) -> None:
        """Take all entries out."""
        self._glyphs.clear()
        self.clear()

    def retheme(self) -> None:
        """Take over the icons."""
        tok = tokens()
        self.setFont(tok.font(13))
        for action, glyph, tone in self._glyphs:
            action.setIcon(icons.icon(glyph, tone, tok.px(16)))

    def open_under(self, control: QWidget) -> None:
        """Open beneath a control, along its left edge."""
        self.popup(control.mapToGlobal(QPoint(0, control.height() + tokens().px(4))))

    def open_over(self, control: QWidget) -> None:
        """Open above a control that stands at the foot of the window, along its left edge."""
        height = self.sizeHint().height() + tokens().px(4)
        self.popup(control.mapToGlobal(QPoint(0, -height)))


class Popover(QWidget):
    """A panel that opens under a control and closes with Escape or a click outside it."""

    def __init__(self, parent: QWidget, layout: QLayout, name: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        let_through(self)
        self.setObjectName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(layout)
        follow(self.update)

    def open_under(self, control: QWidget) -> None:
        """Open beneath a control, within its screen."""
        self.adjustSize()
        at = control.mapToGlobal(QPoint(0, control.height() + tokens().px(4)))
        room = control.screen().availableGeometry()
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        at.setY(max(room.top(), min(at.y(), room.bottom() - self.height())))
        self.move(at)
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border"), 1))
        painter.setBrush(tok.colour("raised"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, corner(RADIUS_CARD), corner(RADIUS_CARD))
