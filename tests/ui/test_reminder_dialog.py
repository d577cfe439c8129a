"""Reminders and promises in their dialogs, on real services."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app import i18n
from app.domain.interactions import Channel
from app.domain.promises import Firmness
from app.domain.reminders import AT_THE_MOMENT, MORNING, ON_THE_DAY, Alarm
from app.domain.vocabulary import Role
from app.services.promises import PromiseDraft
from app.services.reminders import OWNER, Assignee, ReminderDraft
from app.ui.promise_dialog import open_promise
from app.ui.reminder_dialog import open_reminder
from app.ui.screen import Screen
from app.ui.theme import theme
from tests import factories
from tests.ui.screens import make_stage

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    made.show(Screen())
    yield made
    made.tasks.shut_down()


@pytest.fixture
def chen(db, stage):
    return factories.customer(db, stage.actor, "国强建材")


def reminder(stage, **how):
    open_reminder(stage.window, stage.context, **how)
    return stage.dialog("reminder")


def promise(stage, **how):
    open_promise(stage.window, stage.context, **how)
    return stage.dialog("promise")


def submit(stage, dialog):
    name = dialog.objectName()
    dialog.do_button.click()
    stage.until(lambda: stage.no_dialog(name))
    stage.settle()


def leave(stage, dialog):
    dialog.stop_asking()
    dialog.reject()
    stage.until(lambda: stage.no_dialog(dialog.objectName()))


def test_a_new_reminder_is_for_today_and_is_saved_with_undo(stage):
    dialog = reminder(stage)
    assert (dialog.day.value(), dialog.time.text(), dialog.repeat.value()) == (
        date(2026, 11, 22),
        "",
        "",
    )
    assert dialog.leads.value() == ON_THE_DAY
    dialog.text.setText("对账")
    submit(stage, dialog)
    held = stage.services.reminders.get(stage.actor, 1)
    assert (held.text, held.due, held.alarms) == ("对账", date(2026, 11, 22), ON_THE_DAY)
    assert stage.said() == ["The reminder was added."]
    assert stage.messages[-1][1] is not None


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(stage):
    dialog = reminder(stage)
    dialog.day.setText("2026-02-30")
    dialog.time.setText("25:00")
    dialog.leads.entry.setText("soonish")
    dialog.repeat.choice.set_value("words")
    dialog.repeat.words.setText("每隔两天")
    dialog.submit()
    wrong = {name: field.wrong() for name, field in dialog.fields.items() if field.wrong()}
    assert wrong.keys() == {"text", "due", "time", "alarms", "rule"}
    assert wrong["rule"] == "“每隔两天” can mean two things. Say 每两天 instead."
    assert wrong["alarms"].startswith("“soonish” is no lead time")
    leave(stage, dialog)


def test_with_a_time_it_reminds_at_that_time_unless_somebody_chose(stage):
    dialog = reminder(stage)
    dialog.time.setText("15:30")
    assert dialog.leads.value() == AT_THE_MOMENT
    dialog.leads.add("20 minutes")
    dialog.leads.add("1 day before at 17:00")
    dialog.time.setText("")
    assert dialog.leads.value() == (
        Alarm(),
        Alarm(minutes=20),
        Alarm(days=1, clock=MORNING.replace(hour=17)),
    )
    leave(stage, dialog)


def test_usual_repetitions_are_those_of_the_day_and_what_comes_next_is_shown(stage):
    dialog = reminder(stage, draft=ReminderDraft("对账", FRIDAY))
    offered = [dialog.repeat.choice.itemText(one) for one in range(dialog.repeat.choice.count())]
    assert "Every 2 weeks on Friday" in offered
    assert "Every month on the last working day" in offered
    assert offered[-1] == "Say it in words…"
    dialog.repeat.choice.set_value("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")
    assert dialog.repeat.next_words() == "Then: 12-11 Fri, 12-25 Fri, 2027-01-08 Fri"
    dialog.day.set_value(date(2026, 11, 24))
    assert "Every week on Tuesday" in [
        dialog.repeat.choice.itemText(one) for one in range(dialog.repeat.choice.count())
    ]
    assert dialog.repeat.value() == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    leave(stage, dialog)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("每月最后一个工作日", "FREQ=MONTHLY;X-WORKDAY=-1"),
        ("every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("每年农历八月十五", "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15;SKIP=BACKWARD"),
        ("30 days after it was last done", "FREQ=DAILY;INTERVAL=30;X-AFTER=DONE"),
    ],
)
def test_how_often_can_be_said_in_words(stage, words, rule):
    dialog = reminder(stage, draft=ReminderDraft("对账", FRIDAY))
    dialog.repeat.choice.set_value("words")
    dialog.repeat.words.setText(words)
    assert dialog.repeat.value() == rule
    submit(stage, dialog)
    assert stage.services.reminders.get(stage.actor, 1).rule == rule


def test_a_reminder_is_changed_and_what_is_not_shown_stays(stage, chen, db):
    other = factories.staff(db, "张敏", Role.SALESPERSON)
    draft = ReminderDraft(
        "对账",
        datetime(2026, 11, 27, 15).astimezone(),
        chen,
        channel=Channel.PHONE,
        about="order 7",
        rule="FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1",
        alarms=(Alarm(minutes=15),),
        assignee=Assignee(other.id),
    )
    made = stage.services.reminders.add(stage.actor, draft).ids[0]
    before = stage.services.reminders.get(stage.actor, made)
    dialog = reminder(stage, reminder_id=made)
    assert (dialog.customer.text(), dialog.assignee.currentText()) == ("国强建材", "张敏")
    assert not dialog.is_changed()
    dialog.assignee.set_value("owner")
    dialog.deadline.setChecked(True)
    submit(stage, dialog)
    after = stage.services.reminders.get(stage.actor, made)
    assert (after.assignee, after.deadline) == (OWNER, True)
    assert (after.text, after.due, after.rule, after.alarms, after.about, after.channel) == (
        before.text,
        before.due,
        before.rule,
        before.alarms,
        before.about,
        before.channel,
    )


def test_a_role_can_be_reminded(stage):
    dialog = reminder(stage, draft=ReminderDraft("对账", FRIDAY))
    dialog.assignee.set_value("role:manager")
    submit(stage, dialog)
    assert stage.services.reminders.get(stage.actor, 1).assignee == Assignee(role=Role.MANAGER)


def test_the_owner_of_no_customer_is_refused_at_its_field(stage):
    dialog = reminder(stage, draft=ReminderDraft("对账", FRIDAY))
    dialog.assignee.set_value("owner")
    dialog.submit()
    stage.until(lambda: dialog.fields["assignee"].wrong())
    assert dialog.fields["assignee"].wrong().startswith("Without a customer")
    leave(stage, dialog)


def test_leaving_with_something_typed_asks(stage, qtbot):
    dialog = reminder(stage)
    dialog.text.setText("对账")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    asked = stage.dialog("leave")
    asked.leave_button.click()
    stage.until(lambda: stage.no_dialog("leave"))
    assert dialog.isVisible()
    leave(stage, dialog)


def test_a_promise_needs_its_customer(stage, chen):
    dialog = promise(stage, draft=PromiseDraft("寄样品", FRIDAY))
    dialog.submit()
    assert dialog.fields["customer_id"].wrong().startswith("A promise needs its customer")
    dialog.customer.set_value(chen, "国强建材")
    dialog.firm.set_value(Firmness.INTENDED.value)
    submit(stage, dialog)
    held = stage.services.promises.get(stage.actor, 1)
    assert (held.text, held.due, held.firm) == ("寄样品", FRIDAY, Firmness.INTENDED)
    assert stage.said() == ["The promise was noted."]


def test_a_promise_that_is_moved_says_why(stage, chen):
    made = stage.services.promises.make(stage.actor, chen, PromiseDraft("寄样品", FRIDAY)).ids[0]
    dialog = promise(stage, promise_id=made)
    assert dialog.customer.text() == "国强建材"
    assert not dialog.fields["why"].isVisible()
    assert not dialog.customer.isEnabled()
    dialog.day.set_value(date(2026, 12, 1))
    assert dialog.fields["why"].isVisible()
    dialog.why.setText("窑炉检修")
    submit(stage, dialog)
    moves = stage.services.promises.moves(stage.actor, made)
    assert [(one.before, one.after, one.why) for one in moves] == [
        (FRIDAY, date(2026, 12, 1), "窑炉检修")
    ]
