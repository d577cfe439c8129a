"""A new customer, from wherever one is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.customers.form import CustomerForm
from app.ui.shell.own_window import OwnWindow
from tests import factories

CTRL = Qt.KeyboardModifier.ControlModifier
AREAS = ("customers", "customer", "reports", "recycle_bin", "import", "history", "settings")


def form_over(window, qtbot):
    qtbot.waitUntil(lambda: bool(window.findChildren(CustomerForm)))
    (form,) = window.findChildren(CustomerForm)
    return form


def press(window, qtbot):
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_N, CTRL)


@pytest.mark.parametrize("area", AREAS)
def test_the_key_opens_the_form_on_every_screen(program, qtbot, area):
    program.shell.navigate(area)
    qtbot.waitUntil(program.application.tasks.idle)
    press(program.application.window, qtbot)
    assert form_over(program.application.window, qtbot).fields.name.hasFocus()


def test_pressed_twice_it_opens_once(program, qtbot):
    program.shell.navigate("history")
    program.shell.new_customer()
    program.shell.new_customer()
    form_over(program.application.window, qtbot)
    qtbot.waitUntil(program.application.tasks.idle)
    assert len(program.application.window.findChildren(CustomerForm)) == 1


@pytest.mark.parametrize(
    ("area", "leads_to"), [("customers", "customers"), ("history", "customer")]
)
def test_what_was_added_is_shown(program, qtbot, area, leads_to):
    program.shell.navigate(area)
    program.shell.new_customer()
    form = form_over(program.application.window, qtbot)
    form.fields.name.setText("华信科技")
    form.submit()
    qtbot.waitUntil(lambda: program.services.customers.count(program.actor) == 1)
    qtbot.waitUntil(lambda: program.shell.current == leads_to)
    qtbot.waitUntil(program.application.tasks.idle)


def test_the_palette_offers_it_everywhere(program):
    program.shell.navigate("settings")
    assert "customers.new" in [one.name for one in program.shell.commands() if one.is_possible()]


def test_the_key_works_in_a_window_of_its_own(program, qtbot):
    kept = factories.customer(program.services.database, program.actor)
    program.shell.open_window("customer", kept)
    (window,) = program.shell.findChildren(OwnWindow)
    qtbot.waitUntil(program.application.tasks.idle)
    window.new_customer()
    form = form_over(window, qtbot)
    form.fields.name.setText("后来的")
    form.submit()
    qtbot.waitUntil(lambda: "后来的" in window.windowTitle())
    window.close()
