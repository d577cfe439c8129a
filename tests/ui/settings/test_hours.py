"""Working hours, quiet hours and popups in the settings."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.config import Settings, load
from app.ui.settings.hours import HoursSection


@pytest.fixture
def section(program, qtbot):
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front().hours


def kept(program):
    return load(Settings, program.workspace.settings)


def type_hours(qtbot, line, text):
    line.entry.setFocus()
    line.entry.selectAll()
    qtbot.keyClicks(line.entry, text)
    qtbot.keyClick(line.entry, Qt.Key.Key_Return)


def test_a_saturday_morning_is_worked_from_now_on(section, program, qtbot):
    assert not program.services.working_days.calendar().is_workday(date(2026, 11, 28))
    type_hours(qtbot, section.lines[5], "9-12")
    assert section.lines[5].entry.text() == "09:00-12:00"
    assert section.lines[5].note.text() == "3 h"
    assert kept(program).working_week == "12345 09:00-12:00,13:30-18:00; 6 09:00-12:00"
    assert program.services.working_days.calendar().is_workday(date(2026, 11, 28))


def test_what_are_no_hours_is_said_beside_them_and_not_kept(section, program, qtbot):
    before = kept(program).working_week
    type_hours(qtbot, section.lines[5], "nine to five")
    assert "no hours" in section.lines[5].note.text()
    assert section.lines[5].entry.text() == "nine to five"
    assert kept(program).working_week == before


def test_a_day_without_hours_is_off(section, program, qtbot):
    section.lines[4].entry.clear()
    section.lines[4].entry.editingFinished.emit()
    assert kept(program).working_week == "1234 09:00-12:00,13:30-18:00"


def test_one_day_of_the_week_has_to_be_worked(section, program):
    for line in section.lines:
        line.entry.clear()
        line.entry.editingFinished.emit()
    assert kept(program).working_week == "5 09:00-12:00,13:30-18:00"
    assert "has to be worked" in section.lines[4].note.text()
    assert section.lines[4].hours


def test_quiet_hours_are_kept_and_may_be_none(section, program, qtbot):
    section.quiet.setText("22-7:30")
    section.quiet.editingFinished.emit()
    assert kept(program).quiet_hours == "22:00-07:30"
    section.quiet.setText("at night")
    section.quiet.editingFinished.emit()
    assert section._quiet_words.isVisible()
    assert kept(program).quiet_hours == "22:00-07:30"
    section.quiet.clear()
    section.quiet.editingFinished.emit()
    assert not section._quiet_words.isVisible()
    assert kept(program).quiet_hours == ""
    assert program.services.working_days.calendar().quiet is None


def test_popups_can_be_switched_off(section, program):
    section.popups.setChecked(False)
    assert not kept(program).popups


def test_only_managers_change_the_week(qtbot, qapp):
    saved = []
    section = HoursSection(Settings, saved.append, may_change=False)
    qtbot.addWidget(section)
    assert all(line.entry.isReadOnly() for line in section.lines)


def test_a_week_that_cannot_be_read_is_shown_as_usual(qtbot, qapp):
    odd = replace(Settings(), working_week="whenever")
    section = HoursSection(lambda: odd, lambda _settings: None, may_change=True)
    qtbot.addWidget(section)
    assert section.lines[0].entry.text() == "09:00-12:00, 13:30-18:00"
