"""The areas of the window: what is in the side bar, and who makes its screen.

The packages are imported when their area is first shown, so that the window starts fast.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.i18n import Message
from app.ui.context import Context
from app.ui.screen import Screen


@dataclass(frozen=True)
class Area:
    """An area. `place`: in the side bar at the top, at its foot, or only reached by command.

    `under` is the area of the side bar to which one without a place of its own belongs. One that
    `needs_target` shows one thing: nobody goes there without saying which.
    """

    name: str
    title: Message
    glyph: str
    make: Callable[[Context], Screen]
    keys: str = ""
    place: Literal["top", "foot", "nowhere"] = "top"
    under: str = ""
    needs_target: bool = False


def adding(context: Context, over: QWidget, saved: Callable[[int], None]) -> Callable[[], None]:
    """What opens the form of a new customer over a window; `saved` is told the customer's id."""
    from app.ui.customers.adding import Adding

    made = Adding(context, over)
    made.saved.connect(saved)
    return made.begin


def _today(context: Context) -> Screen:
    from app.ui.today.screen import make

    return make(context)


def _customers(context: Context) -> Screen:
    from app.ui.customers.screen import make

    return make(context)


def _customer(context: Context) -> Screen:
    from app.ui.customer.screen import make

    return make(context)


def _calendar(context: Context) -> Screen:
    from app.ui.calendar.screen import make

    return make(context)


def _promises(context: Context) -> Screen:
    from app.ui.promises.screen import make

    return make(context)


def _reports(context: Context) -> Screen:
    from app.ui.reports.screen import ReportsScreen

    return ReportsScreen(context)


def _recycle_bin(context: Context) -> Screen:
    from app.ui.recycle_bin.screen import make

    return make(context)


def _import(context: Context) -> Screen:
    from app.ui.imports.screen import make

    return make(context)


def _history(context: Context) -> Screen:
    from app.ui.history.screen import HistoryScreen

    return HistoryScreen(context)


def _notifications(context: Context) -> Screen:
    from app.ui.notifications.screen import make

    return make(context)


def _settings(context: Context) -> Screen:
    from app.ui.settings.screen import SettingsScreen

    return SettingsScreen(context)


def areas() -> tuple[Area, ...]:
    """Every area there is, in the order of the side bar; the first one is shown at the start."""
    return (
        Area("today", Message("Today"), "sun", _today, "Ctrl+1"),
        Area("customers", Message("Customers"), "users", _customers, "Ctrl+2"),
        Area(
            "customer",
            Message("Customer"),
            "user",
            _customer,
            place="nowhere",
            under="customers",
            needs_target=True,
        ),
        Area("promises", Message("Promises"), "handshake", _promises, "Ctrl+3"),
        Area("calendar", Message("Calendar"), "calendar-days", _calendar, "Ctrl+4"),
        Area("reports", Message("Reports"), "chart-column", _reports, "Ctrl+5"),
        Area("notifications", Message("Notifications"), "bell", _notifications, "F8", "foot"),
        Area("recycle_bin", Message("Recycle bin"), "trash-2", _recycle_bin, "Ctrl+7", "foot"),
        Area("import", Message("Import"), "file-up", _import, place="nowhere", under="customers"),
        Area("history", Message("History"), "history", _history, "Ctrl+8", "foot"),
        Area("settings", Message("Settings"), "settings", _settings, "Ctrl+,", "foot"),
    )
