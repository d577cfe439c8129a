"""Promises: the lists, several at once, the menu, another date, with none and with one."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QPoint

from app.domain.lists import ListQuery
from app.domain.promises import PromiseQuery, Which
from app.domain.reminders import Whose
from app.services.promises import PromiseDraft
from app.ui.promises.bulk_dialog import PromiseBulkDialog
from app.ui.promises.screen import PromisesScreen
from tools.drawing import NOW
from tools.scenes.stage import Scene, Stage


def _screen(stage: Stage, which: Which = Which.OPEN, whose: Whose = Whose.ALL) -> PromisesScreen:
    stage.go("promises")
    screen = stage.shell.front()
    if not isinstance(screen, PromisesScreen):
        raise TypeError("the promises are not in front")
    screen.search.clear()
    screen.restore({"which": which.value, "whose": whose.value})
    stage.settle()
    screen.focus_search()
    stage.settle()
    return screen


def _list(stage: Stage) -> None:
    _screen(stage)


def _moved(stage: Stage) -> None:
    """The list of all, at one that was moved."""
    screen = _screen(stage, Which.ALL)
    ids = screen.card.model.ids.tolist()[:2000]
    lists, actor = stage.shell.context.services.promise_lists, stage.shell.context.actor
    found = [one for one in lists.rows(actor, ids) if one is not None]
    most = max(found, key=lambda one: one.moves, default=None)
    if most is not None:
        screen.show_target(most.id)
    stage.settle()


def _late(stage: Stage) -> None:
    _screen(stage, Which.LATE)


def _several(stage: Stage) -> None:
    screen = _screen(stage)
    screen.table.selection.choose_range(0, 5)
    stage.settle()


def _keep(stage: Stage) -> None:
    _several(stage)
    stage.do("promises.keep")


def _move(stage: Stage) -> None:
    _several(stage)
    stage.do("promises.move")
    for dialog in stage.window.findChildren(PromiseBulkDialog):
        if dialog.due is not None and dialog.why is not None:
            dialog.due.typed.setText("下周五")
            dialog.why.setText("缺货，下周到")
            dialog.due.typed.textChanged.emit("")
    stage.settle()


def _broken(stage: Stage) -> None:
    screen = _screen(stage)
    screen.table.go_to(screen.card.model.row_id(0))
    stage.do("promises.broken")


def _menu(stage: Stage) -> None:
    screen = _screen(stage)
    screen.table.menu_asked.emit(screen.mapToGlobal(QPoint(280, 160)))
    stage.settle()


def _new(stage: Stage) -> None:
    _screen(stage)
    stage.do("promises.new")


def _one(stage: Stage) -> None:
    """The only customer was promised something, and it was moved."""
    services, actor = stage.shell.context.services, stage.shell.context.actor
    if not len(services.promise_lists.ids(actor, PromiseQuery(Which.ALL, Whose.ALL))):
        customer = int(services.customers.ids(actor, ListQuery())[0])
        today = NOW.astimezone().date()
        draft = PromiseDraft("寄出 600×600 样品 3 块", today + timedelta(days=1), deadline=True)
        made = services.promises.make(actor, customer, draft).ids[0]
        services.promises.move(actor, made, today + timedelta(days=3), "仓库缺货，周三到")
        services.promises.move(actor, made, today + timedelta(days=5), "")
        stage.settle()
    _screen(stage)


def _nothing(stage: Stage) -> None:
    _one(stage)
    _screen(stage, Which.BROKEN)


SCENES: Final = (
    Scene("promises", _list),
    Scene("promises_moved", _moved),
    Scene("promises_late", _late),
    Scene("promises_several", _several),
    Scene("promises_keep", _keep),
    Scene("promises_move", _move),
    Scene("promises_broken", _broken),
    Scene("promises_menu", _menu),
    Scene("promises_new", _new),
    Scene("promises_one", _one, "one"),
    Scene("promises_nothing", _nothing, "one"),
    Scene("promises_empty", _list, "empty"),
)
