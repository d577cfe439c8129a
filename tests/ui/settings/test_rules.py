"""Managers decide in the settings what reminders rules make."""

import pytest
from PySide6.QtCore import Qt

from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.reminders import ReminderKind
from app.domain.rules import RuleDraft, RuleParams
from app.domain.vocabulary import Grade, Kind, Role
from app.ui.settings.rule_dialog import RuleDialog
from app.ui.settings.screen import SettingsScreen
from app.ui.widgets.text import Elided
from tests import factories
from tests.databases import NOW
from tests.ui.screens import make_stage

TODAY = NOW.astimezone().date()


@pytest.fixture
def stage(qtbot, db, tmp_path):
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def section(stage):
    return stage.show(SettingsScreen(stage.context)).rules


def form(stage):
    found = stage.dialog("rule_form")
    assert isinstance(found, RuleDialog)
    return found


def words(line):
    return [one.text() for one in line.findChildren(Elided)]


def drafts(stage):
    return [one.draft for one in stage.services.rules.all(stage.actor)]


def test_where_there_are_none_one_button_adds_the_usual_ones(section, stage, qtbot):
    assert section.usual.isVisible()
    assert not section.run.isEnabled()
    section.usual.click()
    stage.until(lambda: len(section.lines()) == 6)
    assert words(section.lines()[0]) == ["Birthdays", "3 days ahead"]
    assert [one.on.isChecked() for one in section.lines()] == [
        True, False, True, False, False, False
    ]  # fmt: skip
    assert not section.usual.isVisible()
    stage.undo_last()
    stage.until(lambda: not section.lines())


def test_a_rule_is_written_while_one_sees_whom_it_would_remind(section, stage, db, qtbot):
    born = f"--{TODAY:%m-%d}"
    for name, grade in (("王伟", Grade.A), ("李雷", Grade.B)):
        factories.customer(db, stage.actor, name, kind=Kind.PERSON, grade=grade, birthday=born)
    section.open_new(ReminderKind.BIRTHDAY)
    dialog = form(stage)
    stage.until(lambda: dialog.preview.shown is not None and dialog.preview.shown.count == 2)
    assert words(dialog.preview)[0] == "王伟"
    dialog.segment.setText("grade = A")
    stage.until(lambda: dialog.preview.shown is not None and dialog.preview.shown.count == 1)
    dialog.segment.setText("grade = ")
    stage.until(lambda: dialog.preview.count.text() == "Not yet")
    dialog.segment.setText("grade = A")
    dialog.name.setText("老客户生日")
    dialog.do_button.click()
    stage.until(lambda: len(section.lines()) == 1)
    assert drafts(stage) == [
        RuleDraft(ReminderKind.BIRTHDAY, name="老客户生日", filter="grade = A", lead_days=3)
    ]
    assert stage.said() == ["The rule 老客户生日 was added."]


def test_what_is_wrong_is_said_at_its_field(section, stage):
    section.open_new(ReminderKind.SILENCE)
    dialog = form(stage)
    dialog.form.days.setText("soon")
    dialog.words.setText("Call {somebody}")
    dialog.do_button.click()
    stage.until(lambda: dialog.form.fields["days"].wrong())
    assert "{contact}" in dialog._entries["text"].wrong()
    assert dialog.form.days.text() == "soon"
    dialog.form.days.setText("80")
    dialog.words.setText("Call {contact}")
    dialog.do_button.click()
    stage.until(lambda: len(section.lines()) == 1)
    (made,) = drafts(stage)
    assert (made.params.days, made.params.by_grade) == (80, {Grade.A: 30, Grade.B: 60})
    assert made.text == "Call {contact}"


@pytest.mark.parametrize("kind", [ReminderKind.FESTIVAL, ReminderKind.CARE, ReminderKind.THANKS])
def test_every_kind_is_saved_as_its_form_shows_it(section, stage, kind):
    section.open_new(kind)
    dialog = form(stage)
    shown = dialog.draft()
    dialog.do_button.click()
    stage.until(lambda: len(section.lines()) == 1)
    assert drafts(stage) == [shown]
    section.lines()[0].edit.click()
    again = form(stage)
    assert again.draft() == shown
    again.reject()


def test_a_date_of_ones_own_may_be_what_is_reminded_of(stage, db):
    field = stage.services.fields.add(stage.actor, FieldDraft("下次联系", FieldKind.DATE))
    section = stage.show(SettingsScreen(stage.context)).rules
    section.open_new(ReminderKind.ANNIVERSARY)
    dialog = form(stage)
    dialog.form.source.set_value(f"field_{field}")
    dialog.form.yearly.set_value(False)
    dialog.do_button.click()
    stage.until(lambda: len(section.lines()) == 1)
    assert drafts(stage)[0].params == RuleParams(source=f"field_{field}", yearly=False)


def test_a_rule_is_switched_changed_and_deleted_by_keys(section, stage, qtbot):
    stage.services.rules.add_usual(stage.actor)
    stage.until(lambda: len(section.lines()) == 6)
    first = section.lines()[0]
    first.on.setFocus()
    qtbot.keyClick(first.on, Qt.Key.Key_Space)
    stage.until(lambda: not drafts(stage)[0].active)
    stage.until(lambda: not section.lines()[0].on.isChecked())
    stage.until(lambda: section.lines()[0].on.hasFocus())
    qtbot.keyClick(section.lines()[0].on, Qt.Key.Key_F2)
    form(stage).reject()
    stage.until(lambda: stage.no_dialog("rule_form"))
    qtbot.keyClick(section.lines()[0].on, Qt.Key.Key_Delete)
    stage.until(lambda: len(section.lines()) == 5)
    assert "was deleted" in stage.said()[-1]
    stage.undo_last()
    stage.until(lambda: len(section.lines()) == 6)


def test_reminders_are_made_now_and_can_be_taken_back(section, stage, db):
    factories.customer(db, stage.actor, "王伟", kind=Kind.PERSON, birthday=f"--{TODAY:%m-%d}")
    stage.services.rules.add(stage.actor, RuleDraft(ReminderKind.BIRTHDAY))
    stage.until(lambda: section.run.isEnabled())
    section.run.click()
    stage.until(stage.said)
    assert stage.said() == ["1 reminder was made."]
    stage.until(lambda: "1 still to be done" in words(section.lines()[0])[1])
    stage.undo_last()
    stage.until(lambda: "still to be done" not in words(section.lines()[0])[1])
    section.run.click()
    stage.until(lambda: len(stage.said()) == 2)
    assert stage.said()[-1] == "There is nothing new to remind of."


def test_salespeople_see_the_rules_and_leave_them_alone(qtbot, db, tmp_path):
    seller = factories.staff(db, "李娜", Role.SALESPERSON)
    boss = factories.director(db)
    stage = make_stage(qtbot, db, tmp_path, seller)
    stage.services.rules.add(boss, RuleDraft(ReminderKind.BIRTHDAY))
    section = stage.show(SettingsScreen(stage.context)).rules
    (line,) = section.lines()
    assert not line.on.isEnabled()
    assert not line.edit.isVisible()
    assert not section.add.isVisible()
    stage.tasks.shut_down()
