"""What is wanted soon is imported while the program is idle, so that nobody waits for it."""

import importlib
from typing import Final

from app.domain import pinyin

WHILE_IDLE: Final = (
    "app.ui.customers.form",
    "app.ui.customers.bulk_dialog",
    "app.ui.export_dialog",
    "app.ui.shell.palette",
    "app.domain.quick_add",
    "app.ui.reminder_dialog",
    "app.ui.promise_dialog",
    "app.ui.move_dialog",
    "app.ui.widgets.snooze_dialog",
    "app.ui.reminder_preview",
    "app.ui.history.screen",
    "app.ui.settings.screen",
    "app.ui.reports.screen",
    "babel.dates",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
)
"""Modules that are imported while the program is idle."""


def import_late() -> None:
    """Import them; off the GUI thread."""
    pinyin.load()
    for name in WHILE_IDLE:
        importlib.import_module(name)
