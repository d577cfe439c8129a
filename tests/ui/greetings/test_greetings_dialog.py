"""Greetings in the window: read, edited, copied, marked, left out; templates with a preview."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app import i18n
from app.domain.customer import ContactDraft
from app.domain.greetings import BIRTHDAY, EVERY, How
from app.domain.vocabulary import Kind, Role
from app.services.timeline import TimelineService
from app.ui.greetings.dialog import GreetingsDialog, open_greetings
from app.ui.greetings.templates_dialog import TemplatesDialog
from app.ui.screen import Screen
from app.ui.theme import theme
from tests import factories
from tests.ui.screens import make_stage


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.staff(db, "李娜", Role.SALESPERSON))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def people(stage):
    db, actor = stage.services.database, stage.actor
    person = {"kind": Kind.PERSON, "birthday": "--11-22", "owner_id": actor.id}
    miller = (ContactDraft("Ms Grace Miller", birthday="--11-22"),)
    factories.customer(db, actor, "Miller Ltd", owner_id=actor.id, contacts=miller)
    factories.customer(db, actor, "赵敏", **person)
    unwilling = factories.customer(db, actor, "何平", **person)
    stage.services.greetings.wish(actor, unwilling, EVERY, wanted=False)


@pytest.fixture
def dialog(stage, people):
    screen = Screen()
    stage.show(screen)
    open_greetings(screen, stage.context)
    made = stage.dialog("greetings")
    stage.until(lambda: made.desk.lines)
    stage.settle()
    return made


def clipboard():
    return QGuiApplication.clipboard().text()


def names(dialog):
    return [one.customer for one in dialog.desk.lines]


def go(stage, dialog, name):
    dialog.table.go_to(names(dialog).index(name))
    stage.until(lambda: dialog.editor.line().customer == name)


def test_the_list_shows_whom_and_the_words_of_the_first(stage, dialog):
    assert names(dialog) == ["Miller Ltd", "赵敏", "何平"]
    assert dialog.editor.text.text().startswith("Dear Ms Miller,\n\nHappy birthday!")
    assert dialog.model.index(2, 1).data() == "Left out"
    go(stage, dialog, "何平")
    assert dialog.editor.strip.text() == "Wants no greetings"
    go(stage, dialog, "赵敏")
    assert dialog.editor.strip.text() == ""


def test_tone_and_a_line_of_ones_own_change_the_words(stage, dialog, qtbot):
    editor = dialog.editor
    editor.tone.set_current(1)
    assert editor.text.text().startswith("Hello Grace,")
    qtbot.keyClicks(editor.added, "See you soon!")
    assert "\n\nSee you soon!\n\n" in editor.text.text()
    go(stage, dialog, "赵敏")
    assert editor.added.text() == ""
    assert editor.tone.current() == 0
    go(stage, dialog, "Miller Ltd")
    assert editor.added.text() == "See you soon!"


def test_what_was_written_by_hand_is_kept_and_can_be_given_up(stage, dialog):
    editor = dialog.editor
    before = editor.text.text()
    editor.text.setPlainText("Happy birthday, Grace!")
    assert not editor.added.isEnabled()
    assert dialog.model.index(0, 1).data() == "Edited"
    context = dialog._context
    dialog.reject()
    GreetingsDialog(stage.window, context).open()
    again = stage.dialog("greetings")
    stage.until(lambda: again.editor.text.text() == "Happy birthday, Grace!")
    again.editor.again.click()
    assert again.editor.text.text() == before
    assert again.editor.added.isEnabled()


def test_copied_and_done_leaves_the_list_and_is_on_the_timeline(stage, dialog):
    words = dialog.editor.text.text()
    customer = dialog.editor.line().customer_id
    dialog.do_button.click()
    assert clipboard() == words
    stage.until(lambda: names(dialog) == ["赵敏", "何平"])
    assert "is done" in dialog.strip.text()
    entries = TimelineService(stage.services.database).page(stage.actor, customer).entries
    assert [one for one in entries if "Happy birthday!" in str(one)]
    stage.until(lambda: dialog.editor.line().customer == "赵敏")


def test_copying_alone_marks_nothing(stage, dialog):
    dialog.copy.click()
    assert clipboard() == dialog.editor.text.text()
    stage.settle()
    assert len(dialog.desk.lines) == 3


def test_all_that_are_ready_are_copied_and_marked_on_request(stage, dialog):
    dialog.copy_all.click()
    assert "【Ms Grace Miller】" in clipboard()
    assert "【赵敏】" in clipboard()
    assert "何平" not in clipboard()
    action = dialog.strip.findChild(type(dialog.copy), "message_action")
    assert action.text() == "Mark as done"
    action.click()
    stage.until(lambda: names(dialog) == ["何平"])


def test_who_is_left_out_is_not_proposed_again(stage, dialog):
    dialog.leave_out.click()
    stage.until(lambda: names(dialog) == ["赵敏", "何平"])
    found = stage.services.greetings.on(stage.actor, stage.services.clock.today())
    assert found.handed_out == 1


def test_a_wish_is_kept_and_taken_back(stage, dialog):
    dialog.never.click()
    stage.until(lambda: dialog.strip.text() == "Miller Ltd gets no greetings any more.")
    stage.until(lambda: [one.ready for one in dialog.desk.lines] == [True, False, False])
    go(stage, dialog, "何平")
    assert dialog.never.text() == "Greet again"
    dialog.never.click()
    stage.until(lambda: sum(one.ready for one in dialog.desk.lines) == 2)


def test_enter_in_the_line_hands_nothing_out(stage, dialog, qtbot):
    qtbot.keyClick(dialog.editor.added, Qt.Key.Key_Return)
    stage.settle()
    assert len(dialog.desk.lines) == 3
    qtbot.keyClick(dialog.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: len(dialog.desk.lines) == 2)


def test_greetings_are_printed_one_a_page(stage, dialog, tmp_path):
    dialog.print_to(tmp_path / "out.pdf")
    stage.until(lambda: "written to" in dialog.strip.text())
    data = (tmp_path / "out.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 2


def test_nobody_to_greet_is_said(stage):
    screen = Screen()
    stage.show(screen)
    open_greetings(screen, stage.context)
    dialog = stage.dialog("greetings")
    stage.settle()
    stage.until(lambda: not dialog.do_button.isEnabled())
    assert dialog.editor.line() is None
    assert not dialog.copy_all.isEnabled()


def test_more_days_show_more(stage, dialog):
    db, actor = stage.services.database, stage.actor
    factories.customer(db, actor, "周凯", kind=Kind.PERSON, birthday="--11-24", owner_id=actor.id)
    dialog.span.set_current(2)
    stage.until(lambda: "周凯" in names(dialog))


@pytest.fixture
def templates(stage):
    screen = Screen()
    stage.show(screen)
    context = stage.context
    found = context.services.greeting_templates.all(context.actor)
    english = next(one for one in found if (one.occasion, one.language) == (BIRTHDAY, "en"))
    TemplatesDialog(stage.window, context, english).open()
    made = stage.dialog("greeting_templates")
    stage.until(lambda: made.body_text.text())
    return made


def test_a_template_is_previewed_while_it_is_written(stage, templates):
    assert templates.shown.text().startswith("Dear Ms Miller,")
    templates.body_text.setPlainText("Hi {{ name }}!")
    stage.until(lambda: templates.shown.text() == "Hi Ms Miller!")
    templates.body_text.setPlainText("Hi\n{{ nmae }}!")
    stage.until(lambda: templates.problem.text())
    assert "Line 2" in templates.problem.text()
    assert not templates.do_button.isEnabled()
    templates.body_text.setPlainText("Hi ")
    templates.body_text.moveCursor(templates.body_text.textCursor().MoveOperation.End)
    templates.insert("sender")
    stage.until(lambda: templates.shown.text() == "Hi 李娜")
    assert templates.problem.text() == ""


def test_a_given_template_stays_and_ones_own_is_beside_it(stage, templates):
    templates.body_text.setPlainText("Hi {{ name }}!")
    templates.name.setText("Short")
    templates.do_button.click()
    stage.until(lambda: templates.which.count() == 2)
    assert templates.which.currentText() == "Short"
    stage.until(templates.delete.isVisible)
    templates.delete.click()
    stage.until(lambda: templates.which.count() == 1)
    assert templates.body_text.text().startswith("{{ salutation }}")
    action = templates.strip.findChild(type(templates.delete), "message_action")
    action.click()
    stage.until(lambda: templates.which.count() == 2)


def test_what_was_typed_into_a_template_is_there_again(stage, templates):
    templates.body_text.setPlainText("Hi {{ name }}!")
    templates.occasion.set_value("christmas")
    templates._list()
    assert "Christmas" in templates.body_text.text()
    templates.occasion.set_value(BIRTHDAY)
    templates._list()
    assert templates.body_text.text() == "Hi {{ name }}!"
    context = templates._context
    templates.reject()
    TemplatesDialog(stage.window, context).open()
    again = stage.dialog("greeting_templates")
    stage.until(lambda: again.body_text.text() == "Hi {{ name }}!")


def test_marking_many_says_how_many(stage, dialog):
    dialog.mark(dialog.desk.ready(), How.PRINTED)
    stage.until(lambda: "2 are done" in dialog.strip.text())
