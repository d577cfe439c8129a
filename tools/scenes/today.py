"""The page of the day: lines, several chosen, preview, another day, all done, with and without."""

from typing import Final

from PySide6.QtCore import QPoint

from app.domain.reminders import Whose
from app.ui.today.screen import TodayScreen
from tools.scenes.stage import Scene, Stage


def _screen(stage: Stage) -> TodayScreen:
    stage.go("today")
    screen = stage.shell.front()
    if not isinstance(screen, TodayScreen):
        raise TypeError("the page of the day is not in front")
    screen.restore({"whose": Whose.MINE.value})
    screen.show_day(None)
    stage.settle()
    screen.list.choose_none()
    return screen


def _today(stage: Stage) -> None:
    screen = _screen(stage)
    keys = [one.key for one in screen.list.lines()]
    if len(keys) > 4:
        screen.list.go_to(keys[3])
    screen.focus_search()
    stage.settle()


def _chosen(stage: Stage) -> None:
    screen = _screen(stage)
    screen.list.choose_all()
    stage.settle()


def _preview(stage: Stage) -> None:
    _chosen(stage)
    stage.do("today.done")


def _menu(stage: Stage) -> None:
    screen = _screen(stage)
    line = screen.list.lines()[2]
    screen.list.go_to(line.key)
    screen.list.menu_asked.emit(line.key, screen.mapToGlobal(QPoint(400, 260)))
    stage.settle()


def _snooze(stage: Stage) -> None:
    screen = _screen(stage)
    screen.list.go_to(screen.list.lines()[3].key)
    stage.do("today.snooze")


def _move(stage: Stage) -> None:
    screen = _screen(stage)
    screen.list.go_to(screen.list.lines()[1].key)
    stage.do("today.move")


def _tomorrow(stage: Stage) -> None:
    screen = _screen(stage)
    screen.strip.choose(1)
    screen.strip.setFocus()
    stage.settle()


def _everybody(stage: Stage) -> None:
    screen = _screen(stage)
    screen.restore({"whose": Whose.ALL.value})
    stage.settle()


def _done(stage: Stage) -> None:
    screen = _screen(stage)
    services, actor = stage.shell.context.services, stage.shell.context.actor
    page = screen.page()
    ids = [one.id for _, lines in page.sections for one in lines] if page else []
    written = services.reminders.done(actor, ids)
    screen.reload()
    stage.settle()
    if written.change_set_id is not None:
        stage.later(lambda: services.history.undo(actor, written.change_set_id or 0))


SCENES: Final = (
    Scene("today", _today),
    Scene("today_chosen", _chosen),
    Scene("today_preview", _preview),
    Scene("today_menu", _menu),
    Scene("today_snooze", _snooze),
    Scene("today_move", _move),
    Scene("today_tomorrow", _tomorrow),
    Scene("today_everybody", _everybody),
    Scene("today_done", _done),
    Scene("today_one", _today, "one"),
    Scene("today_empty", _today, "empty"),
)
