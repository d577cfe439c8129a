from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.customer import CustomerDraft
from app.domain.lists import ListQuery
from app.i18n import Message
from app.ui.shell.undoing import KeptDialog

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def customer(program) -> int:
    return program.services.editing.add(program.actor, CustomerDraft("华信科技"))


def count(program) -> int:
    return program.services.customers.count(program.actor)


@pytest.fixture
def focused(program):
    program.application.window.activateWindow()
    program.shell.navigate("history")
    return program.shell.front()


def test_ctrl_z_takes_back_and_ctrl_shift_z_does_it_again(program, customer, focused, qtbot):
    focused.table.setFocus()
    with qtbot.waitSignal(program.shell.undoing.undone):
        QTest.keyClick(focused.table, Qt.Key.Key_Z, CTRL)
    assert count(program) == 0
    assert program.shell.strip.text() == "Undo: Add customer 华信科技"
    with qtbot.waitSignal(program.shell.undoing.undone):
        QTest.keyClick(focused.table, Qt.Key.Key_Z, CTRL | SHIFT)
    assert count(program) == 1


def test_in_a_field_typing_is_taken_back_first(program, customer, focused, qtbot):
    focused.search.setFocus()
    QTest.keyClicks(focused.search, "abc")
    QTest.keyClick(focused.search, Qt.Key.Key_Z, CTRL)
    assert focused.search.text() == ""
    assert count(program) == 1
    with qtbot.waitSignal(program.shell.undoing.undone):
        QTest.keyClick(focused.search, Qt.Key.Key_Z, CTRL)
    assert count(program) == 0


def test_the_undo_of_a_message_takes_that_change_back(program, customer, qtbot):
    entry = program.services.history.last(program.actor)
    program.services.editing.add(program.actor, CustomerDraft("Another"))
    program.shell.show_message(Message("Added."), undo=entry.id)
    with qtbot.waitSignal(program.shell.undoing.undone):
        program.shell.strip._button.click()
    ids = program.services.customers.ids(program.actor, ListQuery())
    assert [row.name for row in program.services.customers.rows(program.actor, ids)] == ["Another"]


def test_what_was_changed_later_is_said_and_listed(program, customer, qtbot):
    editing, draft = program.services.editing, CustomerDraft("华信科技")
    editing.save(program.actor, customer, draft, replace(draft, region="上海"))
    first = program.services.history.last(program.actor)
    before = replace(draft, region="上海")
    editing.save(program.actor, customer, before, replace(before, region="成都"))
    with qtbot.waitSignal(program.shell.undoing.undone):
        program.shell.undoing.undo(first.id)
    assert "1 value" in program.shell.strip.text()
    program.shell.undoing.show_kept()
    dialog = program.application.window.findChild(KeptDialog)
    assert dialog is not None
    dialog.close()


def test_with_nothing_to_undo_it_says_so(program, qtbot):
    fresh = replace(program.actor, window="another")
    program.shell.undoing._context = replace(program.shell.context, actor=fresh)
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: "nothing to undo" in program.shell.strip.text())
