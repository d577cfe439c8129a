import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from app.ui.theme import theme
from app.ui.tray import Tray

# a platform without windows has no tray either, and says so
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")


@pytest.fixture
def tray(qtbot, qapp):
    theme().apply("light", zoom=1.0)
    window = QWidget()
    qtbot.addWidget(window)
    made = Tray(window, qapp, has_today=True)
    yield made
    made.end()


def entries(tray):
    return [one for one in tray.menu.actions() if one.text()]


def test_the_menu_leads_to_the_window_and_ends_the_program(tray, qtbot):
    assert [one.text() for one in entries(tray)] == [
        "Open Shuke", "Today", "Notifications", "Close Shuke"
    ]  # fmt: skip
    wanted = []
    tray.wanted.connect(wanted.append)
    for one in entries(tray)[:3]:
        one.trigger()
    assert wanted == ["", "today", "notifications"]
    with qtbot.waitSignal(tray.leave_wanted):
        entries(tray)[-1].trigger()


def test_a_click_opens_the_window(tray, qtbot):
    with qtbot.waitSignal(tray.wanted) as told:
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert told.args == [""]


def test_it_says_how_many_wait(tray):
    tray.set_count(3)
    assert tray.icon.toolTip() == "Shuke · 3 reminders wait"
    tray.set_count(0)
    assert tray.icon.toolTip() == "Shuke"


def test_where_there_is_no_tray_there_is_no_icon(program):
    assert program.application.reminding.tray is None
