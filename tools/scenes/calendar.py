"""The calendar: month, week, agenda, a crowded day, an empty one, dialogs."""

from datetime import timedelta
from typing import Final

from app.domain.reminders import Whose
from app.ui.calendar.screen import AGENDA, MONTH, WEEK, CalendarScreen
from tools.scenes.stage import Scene, Stage


def _screen(stage: Stage, form: int) -> CalendarScreen:
    stage.go("calendar")
    screen = stage.shell.front()
    if not isinstance(screen, CalendarScreen):
        raise TypeError("the calendar is not in front")
    screen.restore({"whose": Whose.MINE.value, "form": form})
    screen.go_today()
    stage.settle()
    return screen


def _month(stage: Stage) -> None:
    _screen(stage, MONTH)


def _crowded(stage: Stage) -> None:
    screen = _screen(stage, MONTH)
    screen.show_day(screen.day() + timedelta(days=10))
    stage.settle()
    screen.panel.list.setFocus()
    stage.settle()


def _week(stage: Stage) -> None:
    _screen(stage, WEEK)


def _agenda(stage: Stage) -> None:
    _screen(stage, AGENDA)


def _agenda_later(stage: Stage) -> None:
    screen = _screen(stage, AGENDA)
    screen.show_day(screen.day() + timedelta(days=400))
    stage.settle()


def _new(stage: Stage) -> None:
    _screen(stage, MONTH)
    stage.do("calendar.new")


def _move(stage: Stage) -> None:
    screen = _screen(stage, MONTH)
    screen.panel.list.setFocus()
    stage.do("calendar.move")


SCENES: Final = (
    Scene("calendar", _month),
    Scene("calendar_crowded", _crowded),
    Scene("calendar_week", _week),
    Scene("calendar_agenda", _agenda),
    Scene("calendar_agenda_empty", _agenda_later),
    Scene("calendar_new", _new),
    Scene("calendar_move", _move),
    Scene("calendar_one", _month, "one"),
    Scene("calendar_empty", _month, "empty"),
)
