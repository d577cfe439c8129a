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
    Scene("gallery", _gallery),
)
