"""How long something is put off: the choices, and when each of them is."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.reminders import snooze_choices
from app.i18n import tr
from app.ui.reminder_words import until_words
from app.ui.theme import tokens
from app.ui.widgets.menu import Menu

_LEAST: Final = 208
_EDGE: Final = 12  # from the words to the menu's own edge, at either side
_APART: Final = 24  # between the words and the time


class SnoozeMenu(Menu):
    """Filled anew every time it opens. `choose` gets a moment in UTC, or None for another time."""

    def __init__(self, parent: QWidget, choose: Callable[[datetime | None], None]) -> None:
        super().__init__(parent, tr("Snooze"))
        self.setObjectName("snooze_menu")
        self.setToolTipsVisible(False)  # the time stands there; the tip is what is read aloud
        self._choose = choose
        self._times: list[tuple[QAction, str]] = []

    def fill(self, now: datetime, next_workday: date) -> None:
        """Offer what there is to choose at `now`."""
        self.empty()
        self._times = []
        for one in snooze_choices(now, next_workday):
            action = self.put(str(one.words), _Until(self._choose, one.until))
            time = until_words(one.until, now)
            action.setToolTip(time)
            self._times.append((action, time))
        self.addSeparator()
        self.put(tr("Another time…"), _Until(self._choose, None))
        self.setActiveAction(self.actions()[0])
        self.setMinimumWidth(max(tokens().px(_LEAST), self._room()))

    def times(self) -> list[str]:
        """When each choice is, in their order."""
        return [time for _, time in self._times]

    def _room(self) -> int:
        tok = tokens()
        words, small = QFontMetrics(tok.font(13)), QFontMetrics(tok.font(12))
        widths = (
            words.horizontalAdvance(action.text()) + small.horizontalAdvance(time)
            for action, time in self._times
        )
        return max(widths, default=0) + tok.px(2 * _EDGE + _APART)

    def open_beside(self, place: QWidget, apart: int) -> None:
        """Open to the left of a widget, ending where it ends, as far as the screen has room."""
        size, room = self.sizeHint(), place.screen().availableGeometry()
        at = place.mapToGlobal(QPoint(0, place.height()))
        left = at.x() - max(size.width(), self.minimumWidth()) - apart
        top = at.y() - size.height()
        self.popup(QPoint(max(room.left(), left), max(room.top(), top)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, tok = QPainter(self), tokens()
        painter.setPen(tok.colour("muted"))
        painter.setFont(tok.font(12))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for action, time in self._times:
            area = self.actionGeometry(action).adjusted(0, 0, -tok.px(_EDGE), 0)
            painter.drawText(area, side, time)


class _Until:
    """Chooses this moment; no lambda, which would keep the menu alive."""

    def __init__(self, choose: Callable[[datetime | None], None], until: datetime | None) -> None:
        self._choose, self._until = choose, until

    def __call__(self) -> None:
        self._choose(self._until)
