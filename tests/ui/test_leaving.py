"""A window with something typed in it that is not saved asks before it closes."""

import pytest
from PySide6.QtCore import Qt

from app.domain.customer import CustomerDraft
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


def test_nothing_is_asked_where_nothing_was_changed(program, ids, opened):
    opened(ids[0]).profile.line("region").edit()
    assert program.application.window.close()
