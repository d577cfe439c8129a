"""The program's place in the system's tray, where there is one.

Closing the window ends the program all the same: many desktops have no tray to come back from.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from app.i18n import ntr, tr
from app.ui.widgets.logo import program_icon
from app.ui.widgets.menu import Menu

TODAY = "today"
CENTRE = "notifications"


class Tray(QObject):
    """An icon that says how many reminders wait, and leads to the window."""

    wanted = Signal(str)  # the area to be shown; "" for the window as it is
    leave_wanted = Signal()

    def __init__(self, window: QWidget, parent: QObject, *, has_today: bool) -> None:
        super().__init__(parent)
        self.menu = Menu(window, tr("Shuke"))
        self.menu.put(tr("Open Shuke"), partial(self.wanted.emit, ""))
        if has_today:
            self.menu.put(tr("Today"), partial(self.wanted.emit, TODAY))
        self.menu.put(tr("Notifications"), partial(self.wanted.emit, CENTRE))
        self.menu.addSeparator()
        self.menu.put(tr("Close Shuke"), self.leave_wanted.emit)
        self.icon = QSystemTrayIcon(program_icon(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.set_count(0)
        self.icon.show()

    def set_count(self, count: int) -> None:
        """So many reminders wait."""
        words = ntr("{count} reminder waits", "{count} reminders wait", count)
        self.icon.setToolTip(f"{tr('Shuke')} · {words}" if count else tr("Shuke"))

    def end(self) -> None:
        """Be there no more."""
        self.icon.hide()
        self.menu.deleteLater()
        self.deleteLater()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.wanted.emit("")


def is_there() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()
