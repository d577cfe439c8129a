"""What can be opened from anywhere, by the palette or by dropping a file."""

import pytest
from PySide6.QtWidgets import QDialog


def dialog(program, name):
    found = program.application.window.findChildren(QDialog, name)
    return next((one for one in found if one.isVisible()), None)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("greetings", "greetings"),
        ("greetings.templates", "greeting_templates"),
        ("calendar.export", "calendar_export"),
    ],
)
def test_a_command_opens_its_dialog(program, qtbot, command, name):
    found = next(one for one in program.shell.commands() if one.name == command)
    found.do()
    qtbot.waitUntil(lambda: dialog(program, name) is not None)
    qtbot.waitUntil(program.application.tasks.idle)
    dialog(program, name).reject()


def test_a_calendar_that_is_dropped_is_looked_at(program, qtbot, tmp_path):
    path = tmp_path / "some.ics"
    path.write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")
    program.shell.take_file(path)
    qtbot.waitUntil(lambda: dialog(program, "calendar_import") is not None)
    dialog(program, "calendar_import").reject()
