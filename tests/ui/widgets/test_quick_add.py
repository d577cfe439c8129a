"""The quick add field on real services."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app import i18n
from app.domain.customer import ContactDraft
from app.domain.promises import Firmness
from app.domain.reminders import Alarm
from app.domain.working_time import DayKind
from app.services.reminders import ReminderDraft
from app.ui.screen import Screen
from app.ui.theme import theme
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.quick_add import QuickAddField
from tests import factories
from tests.ui.screens import make_stage


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def chen(db, stage):
    people = (ContactDraft("陈国强", "总经理"),)
    return factories.customer(db, stage.actor, "国强建材", contacts=people)


@pytest.fixture
def field(stage, qtbot):
    screen, made = Screen(), QuickAddField(stage.context, "N")
    screen.setLayout(col(made, STRETCH))
    stage.show(screen)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    made.clear()


def write(stage, field, line):
    field.setText(line)
    stage.settle()


def press(qtbot, field, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(field, key, modifier)


def saved(stage, field, qtbot):
    """The reminder that Enter writes."""
    press(qtbot, field, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    stage.settle()
    return stage.services.reminders.get(stage.actor, 1)


def test_pills_show_what_was_understood_and_enter_saves_it_with_undo(stage, field, chen, qtbot):
    write(stage, field, "每周五下午3点给陈总打电话，提前1天")
    assert field.panel.words() == [
        "Reminder",
        "Phone",
        "国强建材 · 陈国强",
        "11-27 Fri 15:00",
        "Every week on Friday",
        "1 day before at 09:00",
    ]
    held = saved(stage, field, qtbot)
    assert (held.text, held.customer_id, held.rule) == (
        "给陈总打电话",
        chen,
        "FREQ=WEEKLY;BYDAY=FR",
    )
    assert held.due == datetime(2026, 11, 27, 15).astimezone()
    assert [one.days for one in held.alarms] == [0, 1]
    assert held.contact_id is not None
    message, change_set, _ = stage.messages[-1]
    assert (str(message), field.text()) == ("Reminder added: 给陈总打电话", "")
    stage.services.history.undo(stage.actor, change_set)
    assert field.panel.isHidden()


def test_a_promise_is_made_to_its_customer(stage, field, chen, qtbot):
    write(stage, field, "答应周五前把报价发给陈总")
    press(qtbot, field, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    held = stage.services.promises.get(stage.actor, 1)
    assert (held.text, held.due, held.deadline, held.firm) == (
        "把报价发给陈总",
        date(2026, 11, 27),
        True,
        Firmness.FIRM,
    )


def test_a_promise_to_nobody_is_not_saved_and_stays(stage, field, qtbot):
    write(stage, field, "答应周五前把报价发给陈总")
    press(qtbot, field, Qt.Key.Key_Return)
    stage.settle()
    assert field.text() == "答应周五前把报价发给陈总"
    assert field.panel.note.text().startswith("A promise needs its customer")
    assert stage.messages == []


def test_of_several_customers_one_is_chosen_by_keys(stage, field, db, qtbot):
    for name in ("晨光包装", "雨桐设计"):
        factories.customer(db, stage.actor, name, contacts=(ContactDraft("王伟"),))
    write(stage, field, "明天给王伟打电话")
    assert field.panel.entries() == ["晨光包装 · 王伟", "雨桐设计 · 王伟", "Without a customer"]
    press(qtbot, field, Qt.Key.Key_Return)
    assert stage.messages == []
    press(qtbot, field, Qt.Key.Key_Down)
    press(qtbot, field, Qt.Key.Key_Down)
    press(qtbot, field, Qt.Key.Key_Return)
    assert "雨桐设计 · 王伟" in field.panel.words()
    write(stage, field, "明天上午给王伟打电话")
    assert "雨桐设计 · 王伟" in field.panel.words()
    assert saved(stage, field, qtbot).customer_id == 2


def test_none_of_several_customers_may_be_meant(stage, field, db, qtbot):
    for name in ("晨光包装", "雨桐设计"):
        factories.customer(db, stage.actor, name, contacts=(ContactDraft("王伟"),))
    write(stage, field, "明天给王伟打电话")
    press(qtbot, field, Qt.Key.Key_Up)
    press(qtbot, field, Qt.Key.Key_Return)
    assert field.panel.entries() == []
    assert field.panel.words() == ["Reminder", "Phone", "Tomorrow"]
    assert saved(stage, field, qtbot).customer_id is None


def test_the_working_days_of_the_workspace_are_used(stage, field):
    days = stage.services.working_days
    days.add(stage.actor, date(2026, 11, 30), DayKind.OFF, "stocktaking")
    field.clearFocus()
    field.setFocus()
    stage.settle()
    write(stage, field, "每月最后一个工作日对账")
    assert "11-27 Fri" in field.panel.words()


def test_who_is_not_there_is_said_and_it_is_saved_alone(stage, field, qtbot):
    write(stage, field, "call Zebulon tomorrow")
    assert "No customer “Zebulon”" in field.panel.words()
    held = saved(stage, field, qtbot)
    assert (held.text, held.customer_id, held.due) == ("call Zebulon", None, date(2026, 11, 23))


def test_what_is_not_understood_is_said_and_stays(stage, field, qtbot):
    write(stage, field, "过几天给王伟打电话")
    press(qtbot, field, Qt.Key.Key_Return)
    assert field.panel.note.text().startswith("“过几天” is no certain day.")
    assert field.text() == "过几天给王伟打电话"
    write(stage, field, "明天")
    press(qtbot, field, Qt.Key.Key_Return)
    assert field.panel.note.text().startswith("What is to be done")
    assert stage.messages == []


def test_what_opens_does_not_hang_over_the_window(stage, qtbot):
    screen, made = Screen(), QuickAddField(stage.context)
    made.setFixedWidth(200)
    screen.setLayout(col(row(STRETCH, made), STRETCH))
    stage.show(screen)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    write(stage, made, "call Tom tomorrow")
    right = stage.window.mapToGlobal(stage.window.rect().topRight()).x()
    assert made.panel.width() > made.width()
    assert made.panel.geometry().right() <= right
    made.clear()


def test_escape_closes_then_leaves_and_keeps_what_is_typed(stage, field, qtbot):
    write(stage, field, "call Tom tomorrow")
    assert field.panel.isVisible()
    press(qtbot, field, Qt.Key.Key_Escape)
    assert not field.panel.isVisible()
    with qtbot.waitSignal(field.left):
        press(qtbot, field, Qt.Key.Key_Escape)
    assert field.text() == "call Tom tomorrow"


def test_what_is_typed_is_there_in_the_next_field_too(stage, qtbot):
    context = stage.context
    first = QuickAddField(context)
    qtbot.addWidget(first)
    first.setText("call Tom tomorrow")
    second = QuickAddField(context)
    qtbot.addWidget(second)
    assert second.text() == "call Tom tomorrow"
    first.clear()
    stage.settle()


def test_what_could_not_be_saved_comes_back(stage, field, chen, qtbot):
    write(stage, field, "明天给陈总打电话")
    stage.services.editing.delete(stage.actor, chen)
    press(qtbot, field, Qt.Key.Key_Return)
    assert field.text() == ""
    field.setText("")
    stage.until(lambda: stage.failures)
    assert field.text() == "明天给陈总打电话"
    assert stage.messages == []


def test_control_enter_opens_the_dialog_with_what_was_understood(stage, field, chen, qtbot):
    write(stage, field, "每周五下午3点给陈总打电话")
    press(qtbot, field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = stage.dialog("reminder")
    assert (dialog.text.text(), dialog.customer.value(), dialog.time.text()) == (
        "给陈总打电话",
        chen,
        "15:00",
    )
    dialog.text.setText("给陈总打电话，问交期")
    dialog.do_button.click()
    stage.until(lambda: stage.no_dialog("reminder"))
    stage.settle()
    held = stage.services.reminders.get(stage.actor, 1)
    assert (held.text, held.rule) == ("给陈总打电话，问交期", "FREQ=WEEKLY;BYDAY=FR")
    assert field.text() == ""


def test_enter_waits_until_it_is_known_whom_it_is_about(stage, field, chen, qtbot):
    field.setText("明天给陈总打电话")
    press(qtbot, field, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    stage.settle()
    held = stage.services.reminders.get(stage.actor, 1)
    assert isinstance(held, ReminderDraft)
    assert (held.customer_id, held.alarms) == (chen, (Alarm(days=0, clock=held.alarms[0].clock),))
