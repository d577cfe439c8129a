"""First start, palette, keys, history, reports, settings, and the page of components."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.errors import Damaged
from app.i18n import Message
from app.ui.first_start.fault import FaultPage
from app.ui.first_start.who import WhoPage
from app.ui.gallery import gallery
from app.ui.settings.screen import SettingsScreen
from app.ui.theme import tokens
from tools.scenes.stage import Scene, Stage


def _start(stage: Stage) -> None:
    stage.application.ask_workspace()
    stage.settle()


def _who(stage: Stage) -> QWidget:
    return stage.show_alone(WhoPage(stage.shell.context.services.staff, stage.application.tasks))


def _fault(stage: Stage) -> QWidget:
    error = Damaged(
        Message("The database file is damaged. Nothing more was written; restore a backup.")
    )
    return stage.show_alone(FaultPage(error, Path("20261121-183000")))


def _palette(stage: Stage) -> None:
    stage.go("customers")
    stage.shell.open_palette("zh")
    stage.settle()


def _palette_empty(stage: Stage) -> None:
    stage.go("customers")
    stage.shell.open_palette()
    stage.settle()


def _sheet(stage: Stage) -> None:
    stage.go("customers")
    stage.shell.open_sheet()
    stage.settle()


def _history(stage: Stage) -> None:
    stage.go("history")


def _charts(stage: Stage) -> None:
    stage.go("reports")
    stage.shell.front().restore({"form": 0})  # the screen remembers how it was left
    stage.settle()


def _tables(stage: Stage) -> None:
    stage.go("reports")
    stage.shell.front().restore({"form": 1})
    stage.settle()


def _definitions(stage: Stage) -> None:
    _charts(stage)
    stage.do("reports.explain")


def _settings(stage: Stage) -> None:
    stage.go("settings")


def _settings_staff(stage: Stage) -> None:
    stage.go("settings")
    screen = stage.shell.front()
    if not isinstance(screen, SettingsScreen) or screen.staff is None:
        raise RuntimeError("the settings show no staff")
    screen.sections.verticalScrollBar().setValue(screen.staff.y() - tokens().px(16))
    somebody = screen.staff.ids()[3]
    screen.staff.table.go_to(somebody)
    screen.staff.change(somebody)
    stage.settle()


def _settings_screen(stage: Stage) -> SettingsScreen:
    stage.go("settings")
    screen = stage.shell.front()
    if not isinstance(screen, SettingsScreen):
        raise TypeError("these are no settings")
    return screen


def _scroll_to(stage: Stage, screen: SettingsScreen, section: QWidget) -> None:
    screen.sections.verticalScrollBar().setValue(section.y() - tokens().px(16))
    stage.settle()


def _settings_hours(stage: Stage) -> None:
    screen = _settings_screen(stage)
    line = screen.hours.lines[5]
    line.entry.setText("9-25")
    line.entry.editingFinished.emit()
    _scroll_to(stage, screen, screen.hours)


def _settings_reminders(stage: Stage) -> None:
    screen = _settings_screen(stage)
    _scroll_to(stage, screen, screen.reminders)


def _settings_calendar(stage: Stage) -> None:
    screen = _settings_screen(stage)
    calendars = screen.calendars
    calendars.year.set_value(2026)
    stage.shell.context.services.working_days.fill(stage.shell.context.actor, 2026)
    calendars.refresh()
    stage.settle()
    second = calendars.ids()[3]
    calendars.table.go_to(second)
    calendars.change(second)
    _scroll_to(stage, screen, calendars)


def _settings_calendar_unknown(stage: Stage) -> None:
    screen = _settings_screen(stage)
    screen.calendars.year.set_value(2027)
    screen.calendars.refresh()
    _scroll_to(stage, screen, screen.calendars)


def _message(stage: Stage) -> None:
    stage.go("history")
    stage.shell.show_message(
        Message("Reassign {count} customer", "Reassign {count} customers", {"count": 312}), undo=1
    )
    stage.settle()


def _gallery(stage: Stage) -> QWidget:
    return stage.show_alone(gallery())


SCENES: Final = (
    Scene("first_start", _start, "none"),
    Scene("fault", _fault, "none"),
    Scene("who", _who),
    Scene("palette", _palette),
    Scene("palette_empty", _palette_empty),
    Scene("sheet", _sheet),
    Scene("history", _history),
    Scene("history_empty", _history, "empty"),
    Scene("message", _message),
    Scene("report", _charts),
    Scene("report_tables", _tables),
    Scene("report_definitions", _definitions),
    Scene("report_empty", _charts, "empty"),
    Scene("settings", _settings),
    Scene("settings_staff", _settings_staff),
    Scene("settings_hours", _settings_hours),
    Scene("settings_reminders", _settings_reminders),
    Scene("settings_calendar", _settings_calendar),
    Scene("settings_calendar_unknown", _settings_calendar_unknown, "empty"),
    Scene("gallery", _gallery),
)
