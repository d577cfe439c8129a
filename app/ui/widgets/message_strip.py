"""The strip that says what was done, with the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.theme import MOTION_LONG, RADIUS, Kind, follow, tokens
from app.ui.widgets.avatar import IconView
from app.ui.widgets.button import Button
from app.ui.widgets.layout import row
from app.ui.widgets.text import Label

STAYS: Final = 10_000  # milliseconds, for good news; what went wrong stays until it is closed
RESTS: Final = 700  # milliseconds without a move after which the mouse is said to rest
HEIGHT: Final = 40
_GLYPHS: Final[dict[Kind, str]] = {
    "good": "circle-check",
    "info": "info",
    "warn": "triangle-alert",
    "danger": "circle-alert",
    "calm": "sparkles",
    "plain": "info",
}


@dataclass(frozen=True, slots=True)
class Action:
    """A button in the strip, as Undo."""

    words: str
    do: Callable[[], object]


class MessageStrip(QWidget):
    """One message at a time: a new one takes the place of the last.

    It stays while the mouse or the focus is on it, and while the mouse is on its way: what lies
    beneath moves up when it goes, and nothing may move away under a hand. Put it in a layout; it
    takes no room while it says nothing.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self._kind: Kind = "good"
        self._action: Action | None = None
        self._icon = IconView("circle-check")
        self._words = Label("", "medium").wrapped()
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._button = Button("", "accent", size="small")
        self._button.setObjectName("message_action")
        self._close = Button("", "quiet", glyph="x", size="small", name=tr("Close"))
        self._close.setObjectName("message_close")
        self.setLayout(
            row(
                self._icon,
                (self._words, 1),
                self._button,
                self._close,
                gap=12,
                margins=(16, 6, 6, 6),
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_is_up)
        self._mouse: QPoint | None = None
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._arrived)
        self._button.clicked.connect(self._act)
        self._close.clicked.connect(self.dismiss)
        for part in (self._button, self._close):
            part.installEventFilter(self)
        self.hide()
        follow(self.update)

    def text(self) -> str:
        """What it says; empty when it is closed."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, words: str, kind: Kind = "good", action: Action | None = None) -> None:
        """Say something, in place of what was there."""
        self._kind, self._action, self._mouse = kind, action, None
        self._icon.set_icon(_GLYPHS[kind], f"{kind}_ink")
        self._words.setText(words)
        self._words.set_tone(f"{kind}_ink")
        self._button.setVisible(action is not None)
        if action:
            self._button.set_words(action.words)
        self.setAccessibleName(words)
        self.update()  # the ground is of the new kind, also where the words only changed
        self._appear()
        if kind in ("danger", "warn"):
            self._timer.stop()
        else:
            self._timer.start(STAYS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Close it."""
        self._timer.stop()
        self._slide.stop()
        self._action = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _appear(self) -> None:
        duration = tokens().milliseconds(MOTION_LONG)
        if not self.isHidden() or not duration:
            self.show()
            self._arrived()
            return
        self.setMaximumHeight(0)
        self.show()
        self._slide.setDuration(duration)
        self._slide.setStartValue(0)
        self._slide.setEndValue(max(self.sizeHint().height(), tokens().px(HEIGHT)))
        self._slide.start()

    def _arrived(self) -> None:
        if self._slide.state() == QAbstractAnimation.State.Running:
            self._slide.stop()
        self.setMaximumHeight(16_777_215)

    def _time_is_up(self) -> None:
        over = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        busy = over or self._button.hasFocus() or self._close.hasFocus()
        if busy:
            self._timer.start(STAYS)
        elif self._mouse_is_moving():
            self._timer.start(RESTS)
        else:
            self.dismiss()

    def _mouse_is_moving(self) -> bool:
        before, self._mouse = self._mouse, QCursor.pos()
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return pressed or self._mouse != before

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action:
            action.do()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Cancel):
            self.dismiss()
            return True
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok.colour("border"), 1))
        painter.setBrush(tok.colour(f"{self._kind}_soft"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, tok.px(RADIUS), tok.px(RADIUS))
