"""The notification centre: everything by keys, in bulk, and back by undo."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from app.domain.customer import CustomerDraft
from app.errors import Unavailable
from app.i18n import Message
from app.services.reminders import ReminderDraft
from tests.databases import NOW

TEXTS = ("给王伟打电话", "寄样品", "对账")


@pytest.fixture
def filled(program, qtbot):
    """Three reminders that were shown, the newest first; the first has a customer."""
    program.application.reminding.watcher.stop()
    services, actor = program.services, program.actor
    customer = services.editing.add(actor, CustomerDraft("华信科技"))
    for place, text in enumerate(TEXTS):
        due = NOW - timedelta(minutes=10 + place)
        services.reminders.add(actor, ReminderDraft(text, due, customer if place == 0 else None))
    services.due.claim(actor, services.due.calling(actor), "toast")
    return program


@pytest.fixture
def centre(filled, qtbot):
    filled.shell.navigate("notifications")
    made = filled.shell.front()
    qtbot.waitUntil(lambda: len(made.model.ids) == 3 and filled.application.tasks.idle())
    window = filled.application.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def texts(centre):
    return [centre._waiting[int(one)].text for one in centre.model.ids]


def press(qtbot, centre, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(centre.table, key, held)


def test_the_newest_is_on_top_and_chosen(centre):
    assert texts(centre) == list(TEXTS)
    assert centre.table.current_id() == centre.model.row_id(0)
    assert centre.subtitle() == "3 wait for you"
    assert centre.table.hasFocus()


def test_a_key_ends_the_chosen_one_and_undo_brings_it_back(centre, program, qtbot):
    press(qtbot, centre, Qt.Key.Key_Down)
    press(qtbot, centre, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: texts(centre) == ["给王伟打电话", "对账"])
    assert centre.table.currentIndex().row() == 1  # the next one, for the next key
    qtbot.waitUntil(lambda: program.shell.strip.text() == "1 reminder is done.")
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: texts(centre) == list(TEXTS))


def test_key_after_key_goes_down_the_list_however_long_writing_takes(centre, program, qtbot):
    for _ in range(3):
        press(qtbot, centre, Qt.Key.Key_D)
    assert texts(centre) == []
    qtbot.waitUntil(
        lambda: [one.action for one in program.services.due.shown(program.actor)] == ["done"] * 3
    )


def test_what_could_not_be_written_stands_there_again(centre, program, qtbot, monkeypatch):
    def refuse(*_arguments):
        raise Unavailable(Message("The disk is full."))

    monkeypatch.setattr(centre.answers, "_reminders", SimpleNamespace(done=refuse))
    press(qtbot, centre, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: "The disk is full." in program.shell.strip.text())
    qtbot.waitUntil(lambda: texts(centre) == list(TEXTS))


def test_all_are_done_at_once_and_it_says_that_nothing_waits(centre, program, qtbot):
    press(qtbot, centre, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, centre, Qt.Key.Key_D)
    qtbot.waitUntil(centre.empty.isVisible)
    qtbot.waitUntil(lambda: program.shell.strip.text() == "3 reminders are done.")
    assert not centre.all_button.isEnabled()


def test_the_button_ends_all(centre, qtbot):
    qtbot.mouseClick(centre.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(centre.empty.isVisible)


def test_a_key_offers_times_and_puts_off(centre, program, qtbot):
    press(qtbot, centre, Qt.Key.Key_S)
    assert centre.snooze_menu.isVisible()
    qtbot.keyClick(centre.snooze_menu, Qt.Key.Key_Down)
    qtbot.keyClick(centre.snooze_menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(centre) == ["寄样品", "对账"])
    due, actor = program.services.due, program.actor
    qtbot.waitUntil(
        lambda: (
            [one.snoozed_until for one in due.lines(actor, NOW.date()) if one.snoozed_until]
            == [NOW + timedelta(hours=1)]
        )
    )


def test_all_are_put_off_together(centre, program, qtbot):
    centre.snooze_all()
    qtbot.keyClick(centre.snooze_menu, Qt.Key.Key_Return)
    qtbot.waitUntil(centre.empty.isVisible)
    qtbot.waitUntil(lambda: program.shell.strip.text() == "3 reminders are put off.")


def test_enter_opens_the_customer_and_the_log_says_so(centre, program, qtbot):
    press(qtbot, centre, Qt.Key.Key_Return)
    assert program.shell.current == "customer"
    qtbot.waitUntil(
        lambda: "opened" in [one.action for one in program.services.due.shown(program.actor)]
    )


def test_what_stands_alone_says_that_there_is_nothing_to_open(centre, program, qtbot):
    press(qtbot, centre, Qt.Key.Key_Down)
    press(qtbot, centre, Qt.Key.Key_Return)
    assert program.shell.current == "notifications"
    assert "stands alone" in program.shell.strip.text()


def test_escape_leads_back_to_where_one_was(filled, qtbot):
    filled.shell.navigate("history")
    filled.shell.navigate("notifications")
    made = filled.shell.front()
    qtbot.waitUntil(lambda: len(made.model.ids) == 3)
    filled.application.window.activateWindow()
    qtbot.waitUntil(filled.application.window.isActiveWindow)
    press(qtbot, made, Qt.Key.Key_Escape)
    assert filled.shell.current == "history"


def test_the_log_says_when_and_where_each_was_shown_and_what_was_done(centre, program, qtbot):
    press(qtbot, centre, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(centre.model.ids) == 2)
    centre.part.set_current(1)
    assert centre.log.isVisible()
    assert len(centre.log_model.ids) == 3
    columns = {one.key: one for one in centre.log_model.columns}

    def rows():
        return [centre.log_model.row_at(row) for row in range(3)]

    assert {columns["place"].words(one) for one in rows()} == {"Popup"}
    assert all(columns["machine"].words(one) for one in rows())
    wanted = {"给王伟打电话": "Done", "寄样品": "Waits", "对账": "Waits"}
    qtbot.waitUntil(lambda: {one.text: columns["action"].words(one) for one in rows()} == wanted)
    assert not centre.anything_waits()  # the keys of the other part are silent here


def test_with_nothing_shown_it_says_so(program, qtbot):
    program.shell.navigate("notifications")
    centre = program.shell.front()
    qtbot.waitUntil(centre.empty.isVisible)
    centre.part.set_current(1)
    assert centre.empty_log.isVisible()
