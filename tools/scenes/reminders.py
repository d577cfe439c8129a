"""Writing reminders: the quick add field with what it understood, and the dialogs."""

from datetime import date, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.domain.promises import Firmness
from app.domain.reminders import MORNING, Alarm
from app.i18n import language
from app.services.promises import PromiseDraft
from app.services.reminders import OWNER, ReminderDraft
from app.ui.promise_dialog import open_promise
from app.ui.reminder_dialog import open_reminder
from app.ui.widgets.layout import STRETCH, col, fix, row
from app.ui.widgets.quick_add import QuickAddField
from app.ui.widgets.surface import Surface
from tools.scenes.stage import Scene, Stage

_LINES: Final = {
    "understood": (
        "每月最后一个工作日下午3点给王伟打电话，提前1天",
        "call Wang Wei every Friday at 3pm, 1 day ahead",
    ),
    "several": ("明天下午3点拜访王总", "visit Wang tomorrow at 3pm"),
    "nobody": ("周五前给司马青衫寄样品", "call Zebulon tomorrow"),
    "unclear": ("过几天给王伟打电话", "call Wang Wei in a few days"),
    "promise": ("答应周五前把报价发给陈总", "promised Grace the quote by Friday"),
}  # fmt: skip


def _field(stage: Stage, line: str) -> QWidget:
    """The field in a window of its own; what floats under it is drawn into it."""
    context = stage.shell.context
    context.unsaved.clear()
    held = Surface("card", "quick_add_stage")
    field = QuickAddField(context, "N")
    fix(field, width=380)
    held.setLayout(col(row(field, STRETCH), STRETCH, margins=24))
    stage.show_alone(held)
    held.activateWindow()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    stage.settle()
    field.setText(line)
    stage.settle()
    if line:
        panel = field.panel
        panel.setParent(held)
        panel.move(field.mapTo(held, QPoint(0, field.height() + 4)))
        panel.show()
    return held


def _typed(name: str, stage: Stage) -> QWidget:
    chinese, english = _LINES[name]
    return _field(stage, chinese if language().startswith("zh") else english)


def _empty(stage: Stage) -> QWidget:
    return _field(stage, "")


def _front(stage: Stage) -> QWidget:
    stage.go("customers")
    return stage.shell.front()


def _reminder(stage: Stage) -> None:
    draft = ReminderDraft(
        "给王伟打电话，确认十二月排产", datetime(2026, 11, 27, 15).astimezone(), deadline=True,
        alarms=(Alarm(), Alarm(minutes=15), Alarm(days=1, clock=MORNING)),
        rule="FREQ=MONTHLY;X-WORKDAY=-1", assignee=OWNER,
    )  # fmt: skip
    open_reminder(_front(stage), stage.shell.context, draft=draft)
    stage.settle()


def _new(stage: Stage) -> None:
    open_reminder(_front(stage), stage.shell.context)
    stage.settle()


def _promise(stage: Stage) -> None:
    draft = PromiseDraft(
        "寄出 600×600 样品 3 块", date(2026, 11, 27), firm=Firmness.FIRM, deadline=True
    )
    open_promise(_front(stage), stage.shell.context, draft=draft)
    stage.settle()


SCENES: Final = (
    Scene("quick_add_empty", _empty),
    *(Scene(f"quick_add_{name}", partial(_typed, name)) for name in _LINES),
    Scene("reminder_dialog", _reminder),
    Scene("reminder_dialog_new", _new),
    Scene("promise_dialog", _promise),
)
