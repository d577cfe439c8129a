"""A window with something typed in it that is not saved asks before it closes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app import i18n
from app.domain.customer import CustomerDraft
from app.ui.application import Application
from app.ui.shell.own_window import OwnWindow
from app.ui.widgets.leave_dialog import LeaveDialog


@pytest.fixture
def ids(program):
    editing, actor = program.services.editing, program.shell.context.actor
    return [editing.add(actor, CustomerDraft(name)) for name in ("国强建材", "华信科技")]


@pytest.fixture
def opened(program, qtbot):
    """The page of a customer, loaded; in a window of its own where one is given."""

    def show(customer, screen=None):
        if screen is None:
            program.shell.navigate("customer", customer)
            screen = program.shell.front()
        qtbot.waitUntil(lambda: screen.page is not None and screen.page.record.id == customer)
        return screen

    return show


def type_region(screen, qtbot, words="Chongqing"):
    line = screen.profile.line("region")
    line.edit()
    qtbot.keyClicks(line.editing._editor.keys, words)
    return line


def asked(window):
    return [one for one in window.findChildren(LeaveDialog) if one.isVisible()]


def give_up(window):
    asked(window)[0].do_button.click()


def test_typed_text_is_asked_about_and_kept(program, ids, opened, qtbot):
    line = type_region(opened(ids[0]), qtbot)
    window = program.application.window
    assert not window.close()
    (question,) = asked(window)
    question.leave_button.click()
    assert window.isVisible()
    assert line.editing._editor.value() == "Chongqing"
    window.close()
    give_up(window)


def test_who_goes_on_editing_types_on(program, ids, opened, qtbot):
    screen = opened(ids[0])
    screen.profile._fold.click()
    line = type_region(screen, qtbot)
    window = program.application.window
    window.close()
    asked(window)[0].leave_button.click()
    qtbot.waitUntil(lambda: not asked(window))
    assert window.focusWidget() is line.editing._editor.keys
    window.close()
    give_up(window)


def test_typed_text_that_is_given_up_goes_with_the_window(program, ids, opened, qtbot):
    type_region(opened(ids[0]), qtbot)
    window = program.application.window
    window.close()
    give_up(window)
    assert not window.isVisible()


def test_the_page_with_what_was_typed_is_shown_before_it_is_asked_about(
    program, ids, opened, qtbot
):
    type_region(opened(ids[0]), qtbot)
    opened(ids[1])
    program.shell.navigate("customers")
    window = program.application.window
    assert not window.close()
    assert program.shell.current == "customer"
    opened(ids[0], program.shell.front())
    give_up(window)


def test_a_fact_begun_is_asked_about_too(program, ids, opened, qtbot):
    screen = opened(ids[0])
    screen.facts.start()
    screen.facts.editor.text.setText("周五不收货")
    window = program.application.window
    assert not window.close()
    give_up(window)


def test_a_window_of_its_own_asks_for_itself(program, ids, opened, qtbot):
    program.shell.open_window("customer", ids[0])
    window = program.shell.findChildren(OwnWindow)[0]
    type_region(opened(ids[0], window.screen_shown), qtbot)
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible()
    give_up(window)
    qtbot.waitUntil(lambda: not program.shell.findChildren(OwnWindow))


def speak_chinese(application):
    application.save_settings(replace(application.settings, language="zh_CN"))


def change_who_is_at_work(application):
    application.work_as(application.shell.context.actor.id)


def begins_anew(window, before):
    return window.centralWidget() is not before


ANEW = [speak_chinese, change_who_is_at_work, Application.change_workspace]


@pytest.mark.parametrize("change", ANEW)
def test_what_makes_the_window_anew_asks_first_and_changes_nothing_meanwhile(
    program, ids, opened, qtbot, change
):
    line = type_region(opened(ids[0]), qtbot)
    window, held = program.application.window, program.shell
    opened(ids[1])
    change(program.application)
    (question,) = asked(window)
    opened(ids[0], held.front())
    question.leave_button.click()
    qtbot.waitUntil(lambda: not asked(window))
    assert window.centralWidget() is held
    assert i18n.language() == "en"
    assert program.application.settings.language != "zh_CN"
    assert line.editing._editor.value() == "Chongqing"
    change(program.application)
    give_up(window)
    qtbot.waitUntil(lambda: begins_anew(window, held))


@pytest.mark.parametrize("change", ANEW)
def test_where_nothing_is_typed_the_window_is_made_anew_at_once(
    program, ids, opened, qtbot, change
):
    opened(ids[0])
    window, held = program.application.window, program.shell
    change(program.application)
    assert not asked(window)
    qtbot.waitUntil(lambda: begins_anew(window, held))


def test_the_language_in_the_settings_is_the_one_in_use_after_all(program, ids, opened, qtbot):
    type_region(opened(ids[0]), qtbot)
    program.shell.navigate("settings")
    language = program.shell.front().look.language
    language.set_current(1)
    (question,) = asked(program.application.window)
    question.leave_button.click()
    program.shell.navigate("settings")
    assert language.current() == 0
    program.application.window.close()
    give_up(program.application.window)


def test_nothing_is_asked_where_nothing_was_changed(program, ids, opened):
    opened(ids[0]).profile.line("region").edit()
    assert program.application.window.close()
