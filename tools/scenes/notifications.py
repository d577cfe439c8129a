"""The notification centre: what waits, the log, the empty state, putting off until a typed time."""

from datetime import timedelta
from typing import Final

from app.domain.lists import ListQuery
from app.domain.reminders import ReminderKind
from app.services.reminders import ReminderDraft
from app.ui.notifications.screen import NotificationsScreen
from app.ui.widgets.snooze_dialog import SnoozeDialog
from tools.drawing import NOW
from tools.scenes.stage import Scene, Stage


def _fill(stage: Stage) -> None:
    """Some reminders that call, on the customer who is there; the window shows them."""
    services, actor = stage.shell.context.services, stage.shell.context.actor
    if services.due.shown(actor):
        return
    today = NOW.astimezone().date()
    customer = int(services.customers.ids(actor, ListQuery())[0])
    drafts = (
        ReminderDraft("把对账单发给吴欣怡", today - timedelta(days=2), customer,
                      about="她要给会计看，最好附上合同编号。"),
        ReminderDraft("给王伟打电话", NOW - timedelta(minutes=3), customer,
                      about="确认十二月排产。王伟上次说下午四点后方便。"),
        ReminderDraft("周一是陈国强的农历生日", today, customer, kind=ReminderKind.BIRTHDAY,
                      about="十月十五（11-23）。去年送了普洱；他不喝酒。"),
        ReminderDraft("对账", today),
        ReminderDraft("寄出 600×600 样品 3 块", today, customer, kind=ReminderKind.PROMISE),
        ReminderDraft("上门量尺", today, customer, kind=ReminderKind.CARE),
    )  # fmt: skip
    made = [services.reminders.add(actor, one).ids[0] for one in drafts]
    stage.settle()
    services.due.claim(actor, services.due.calling(actor), "toast")
    services.reminders.done(actor, made[-1:])
    services.reminders.snooze(actor, made[-2:-1], NOW + timedelta(hours=1))
    services.due.acted(actor, made[:1], "opened")


def _screen(stage: Stage, part: int) -> NotificationsScreen:
    _fill(stage)
    stage.go("notifications")
    screen = stage.shell.front()
    if not isinstance(screen, NotificationsScreen):
        raise TypeError("this is not the notification centre")
    screen.part.set_current(part)
    screen.reload()
    stage.settle()
    return screen


def _waiting(stage: Stage) -> None:
    _screen(stage, 0)


def _log(stage: Stage) -> None:
    _screen(stage, 1)


def _menu(stage: Stage) -> None:
    _screen(stage, 0).snooze_chosen()
    stage.settle()


def _until(stage: Stage) -> None:
    screen = _screen(stage, 0)
    screen.snooze_menu.actions()[-1].trigger()
    for dialog in stage.window.findChildren(SnoozeDialog):
        dialog.typed.setText("下周三下午3点")
    stage.settle()


def _empty(stage: Stage) -> None:
    stage.go("notifications")


SCENES: Final = (
    Scene("notifications", _waiting, "one"),
    Scene("notifications_log", _log, "one"),
    Scene("notifications_menu", _menu, "one"),
    Scene("notifications_until", _until, "one"),
    Scene("notifications_empty", _empty, "empty"),
)
