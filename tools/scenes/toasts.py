"""Popups over the list, their menu, the digest."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.domain.reminders import Notice, ReminderKind
from app.ui.toasts.stack import Surroundings, ToastStack
from tools.drawing import NOW
from tools.scenes.stage import Scene, Stage

_LONG: Final = (
    "确认十二月排产和新模具的交期，问清上次退回的两托盘什么时候补发，"
    "再把更新后的报价单发到采购部的公共邮箱"
)


def _ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


def notices(count: int) -> list[Notice]:
    """So many reminders that called, the newest first."""
    today = NOW.date()
    made = [
        Notice(1, _ago(0), ReminderKind.PROMISE, "把对账单发给吴欣怡", today - timedelta(days=2),
               "她要给会计看，最好附上合同编号。", 1, "欣怡食品", late=True),
        Notice(2, _ago(6), ReminderKind.BIRTHDAY, "周一是陈国强的农历生日",
               today + timedelta(days=1), "十月十五（11-23）。去年送了普洱；他不喝酒。",
               2, "国强建材有限公司"),
        Notice(3, _ago(11), ReminderKind.NOTE, "给王伟打电话", _ago(-30),
               "确认十二月排产。王伟上次说下午四点后方便。", 3, "晨光包装有限公司"),
        *(
            Notice(4 + place, _ago(60 + place), ReminderKind.CARE, "上门量尺", today, "", 4, "雨桐")
            for place in range(6)
        ),
    ]  # fmt: skip
    return made[:count]


def make(stage: Stage, count: int) -> ToastStack:
    """The popups over the list of customers."""
    stage.go("customers")
    stack = ToastStack(Surroundings(lambda: NOW, _workday, stage.window.screen))
    stack.show_notices(notices(count))
    return stack


def _workday(day: date) -> date:
    step = {4: 3, 5: 2}.get(day.weekday(), 1)
    return day + timedelta(days=step)


def _toasts(stage: Stage) -> None:
    stage.show_over(make(stage, 9))


def _menu(stage: Stage) -> None:
    stack = make(stage, 9)
    stage.show_over(stack)
    stack.toasts()[-1].open_snooze()
    stage.settle()


def _long(stage: Stage) -> None:
    stack = make(stage, 0)
    long = Notice(1, _ago(3), ReminderKind.NOTE, _LONG, datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
                  _LONG, 1, "Guangzhou International Trading and Consulting (Holdings) Co., Ltd.",
                  late=False)  # fmt: skip
    plain = Notice(2, _ago(5), ReminderKind.NOTE, "Call back", NOW.date())
    stack.show_notices([long, plain])
    stage.show_over(stack)


def _digest(stage: Stage) -> None:
    stack = make(stage, 1)
    stack.show_digest(17, "把对账单发给吴欣怡、给王伟打电话、上门量尺")
    stage.show_over(stack)


SCENES: Final = (
    Scene("toasts", _toasts),
    Scene("toasts_menu", _menu),
    Scene("toasts_long", _long),
    Scene("toasts_digest", _digest),
)
