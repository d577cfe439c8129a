"""Where no window can be placed the system shows what calls: a real server of notifications."""

from datetime import timedelta

import pytest

from app.desktop.linux_dbus import LinuxDBus
from app.domain.working_time import WorkingCalendar
from app.services.reminders import ReminderDraft
from app.ui.reminding import Reminding
from tests.databases import NOW


@pytest.fixture
def remind(program, qtbot):
    """The window, whose reminders are shown at an address of the bus."""
    application = program.application

    def begin(address):
        application.reminding.end()
        made = Reminding(
            program.shell,
            application.window,
            application,
            lambda heard: LinuxDBus(heard, address),
        )
        made.watcher._calendar = WorkingCalendar
        application.reminding = made
        return made

    return begin


def call(program, text="给王伟打电话", ago=1):
    due = NOW - timedelta(minutes=ago)
    return program.services.reminders.add(program.actor, ReminderDraft(text, due)).ids[0]


def log(program):
    return [(one.place, one.action) for one in program.services.due.shown(program.actor)]


def test_what_calls_is_a_notification_and_no_popup(remind, program, dunst, bus_address, qtbot):
    reminding = remind(bus_address)
    call(program)
    qtbot.waitUntil(lambda: dunst.shown() == 1)
    assert log(program) == [("native", "")]
    assert reminding.stack.notices() == []


@pytest.mark.parametrize(
    ("button", "action"), [("#Done", "done"), ("#In 10 minutes", "snoozed"), ("#Open", "opened")]
)
def test_its_buttons_do_what_they_say(remind, program, dunst, bus_address, qtbot, button, action):
    remind(bus_address)
    call(program)
    qtbot.waitUntil(lambda: dunst.shown() == 1)
    dunst.press(button)
    qtbot.waitUntil(lambda: log(program) == [("native", action)])


def test_what_is_dealt_with_in_the_window_is_taken_back(remind, program, dunst, bus_address, qtbot):
    remind(bus_address)
    made = call(program)
    qtbot.waitUntil(lambda: dunst.shown() == 1)
    program.services.reminders.done(program.actor, [made])
    qtbot.waitUntil(lambda: dunst.shown() == 0)


def test_where_nobody_shows_notifications_the_window_says_it(remind, program, qtbot):
    remind("unix:path=/nowhere")
    call(program)
    qtbot.waitUntil(lambda: "1 reminder calls" in program.shell.strip.text())
    qtbot.waitUntil(lambda: program.shell.side_bar.count("notifications") == 1)
