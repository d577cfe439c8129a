"""Several customers are read at once: each in a window of its own beside the main window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.domain.customer import CustomerDraft
from app.ui.shell.own_window import OwnWindow


@pytest.fixture
def ids(program):
    editing, actor = program.services.editing, program.shell.context.actor
    return [editing.add(actor, CustomerDraft(name)) for name in ("国强建材", "华信科技")]


def windows(program):
    return [one for one in program.shell.findChildren(OwnWindow) if one.isVisible()]


def settled(program, qtbot):
    qtbot.waitUntil(program.application.tasks.idle)


def test_a_customer_opens_beside_the_main_window_and_closes_by_its_key(program, ids, qtbot):
    program.shell.navigate("customers", ids[0])
    settled(program, qtbot)
    program.shell.open_window("customer", ids[1])
    settled(program, qtbot)
    (window,) = windows(program)
    qtbot.waitUntil(lambda: "华信科技" in window.windowTitle())
    assert program.shell.current == "customers"
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not windows(program))


def test_what_leads_to_another_customer_stays_in_the_window_the_rest_leads_out(program, ids, qtbot):
    program.shell.open_window("customer", ids[0])
    settled(program, qtbot)
    (window,) = windows(program)
    window.screen_shown._context.navigate("customer", ids[1])
    qtbot.waitUntil(lambda: "华信科技" in window.windowTitle())
    window.screen_shown._context.navigate("customers", ids[0])
    assert program.shell.current == "customers"


def test_its_key_leads_to_the_notifications_in_the_main_window(program, ids, qtbot):
    program.shell.open_window("customer", ids[0])
    settled(program, qtbot)
    (window,) = windows(program)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert program.shell.current == "notifications"


def test_a_dialog_over_the_main_window_does_not_shut_it(program, ids, qtbot):
    dialog = QDialog(program.shell)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    program.shell.open_window("customer", ids[0])
    settled(program, qtbot)
    (window,) = windows(program)
    # Qt shuts what belongs to the window below a dialog, together with that window
    assert window.windowHandle().transientParent() is None
    assert dialog.windowHandle().transientParent() is program.shell.window().windowHandle()
    dialog.close()


def test_who_is_here_twice_is_asked_from_any_page(program, ids, qtbot):
    program.shell.navigate("customer", ids[0])
    settled(program, qtbot)
    (command,) = [one for one in program.shell.commands() if one.name == "customers.duplicates"]
    command.do()
    (dialog,) = program.shell.window().findChildren(QDialog, "duplicates")
    settled(program, qtbot)
    dialog.reject()


def test_windows_come_back_after_a_change_of_language(program, ids, qtbot):
    program.shell.open_window("customer", ids[0])
    settled(program, qtbot)
    state = program.shell.state()
    assert state["windows"] == [["customer", windows(program)[0].screen_shown.state()]]
    program.shell._windows[0].close()
    qtbot.waitUntil(lambda: not windows(program))
    program.shell.restore(state)
    qtbot.waitUntil(lambda: len(windows(program)) == 1)
    qtbot.waitUntil(lambda: "国强建材" in windows(program)[0].windowTitle())


def test_a_window_of_its_own_fits_a_small_screen(program, ids, qtbot, monkeypatch):
    monkeypatch.setattr("app.ui.shell.own_window.SIZE", (5000, 5000))
    program.shell.open_window("customer", ids[0])
    settled(program, qtbot)
    (window,) = windows(program)
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() < room.height()
