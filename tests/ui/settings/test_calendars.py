"""Days off in the settings: filled, added, changed and deleted."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.config import Settings, load
from app.domain.vocabulary import Role
from app.domain.working_time import DayKind

GOLDEN = date(2026, 10, 1)


@pytest.fixture
def section(program, qtbot):
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front().calendars


def days(section):
    return {one.day: one for one in section._rows.values()}


def test_nothing_is_there_until_the_year_is_filled_and_undo_takes_it_back(section, program, qtbot):
    assert days(section) == {}
    assert "39 days" in section.known.text()
    section.fill_button.setFocus()
    qtbot.keyClick(section.fill_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(days(section)) == 39)
    qtbot.waitUntil(program.application.tasks.idle)
    assert "39 days added" in program.shell.strip.text()
    assert not section.fill_button.isEnabled()
    assert QApplication.focusWidget() is section.table
    assert not program.services.working_days.calendar().is_workday(GOLDEN)
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: days(section) == {})
    qtbot.waitUntil(section.fill_button.isEnabled)


def test_a_day_is_added_changed_and_deleted_by_keyboard(section, program, qtbot):
    section.day.setFocus()
    qtbot.keyClicks(section.day, "2026-07-03")
    qtbot.keyClicks(section.name, "Outing")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: date(2026, 7, 3) in days(section))
    qtbot.waitUntil(lambda: section.day.text() == "")
    section.table.go_to(next(iter(section._rows)))
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert (section.day.text(), section.name.text()) == ("2026-07-03", "Outing")
    section.kind.set_value(DayKind.WORK)
    qtbot.keyClick(section.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: days(section)[date(2026, 7, 3)].kind is DayKind.WORK)
    qtbot.waitUntil(lambda: section.day.text() == "")
    section.table.go_to(next(iter(section._rows)))
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: days(section) == {})
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: date(2026, 7, 3) in days(section))


def test_a_day_of_another_year_shows_that_year(section, qtbot, program):
    section.day.setText("2027-02-13")
    section.save()
    qtbot.waitUntil(lambda: date(2027, 2, 13) in days(section))
    assert section.shown() == 2027
    qtbot.waitUntil(program.application.tasks.idle)


def test_what_is_no_day_is_refused_at_the_field(section, qtbot):
    section.day.setText("31 February")
    section.save()
    qtbot.waitUntil(lambda: bool(section.fields["day"].wrong()))
    assert section.day.text() == "31 February"


def test_a_year_before_its_notice_says_what_is_not_known(section, program, qtbot):
    section.year.set_value(2027)
    section.year.activated.emit(section.year.currentIndex())
    qtbot.waitUntil(lambda: "2027" in section.known.text())
    assert "State Council" in section.known.text()
    qtbot.waitUntil(program.application.tasks.idle)


def test_another_country_is_kept_and_has_its_own_days(section, program, qtbot):
    section.country.set_value("US")
    section.country.activated.emit(section.country.currentIndex())
    qtbot.waitUntil(lambda: "states" in section.known.text())
    assert load(Settings, program.workspace.settings).holiday_country == "US"
    assert program.services.working_days.country() == "US"
    section.fill_button.click()
    qtbot.waitUntil(lambda: date(2026, 11, 26) in days(section))
    qtbot.waitUntil(program.application.tasks.idle)


def test_who_is_no_manager_sees_the_days_and_changes_nothing(program, qtbot):
    program.services.working_days.add(program.actor, GOLDEN, DayKind.OFF, "National Day")
    seller = program.services.staff.add(program.actor, "周凯", Role.SALESPERSON)
    program.application.work_as(seller)
    program.shell.navigate("settings")
    section = program.shell.front().calendars
    qtbot.waitUntil(lambda: GOLDEN in days(section))
    (kept,) = section._rows
    section.table.go_to(kept)
    section.change(kept)
    section.take_current()
    assert section.day.text() == ""
    assert not section.add.isVisible()
    assert not section.day.isVisible()
    assert not section.country.isEnabled()
    assert program.shell.front().hours.lines[0].entry.isReadOnly()
    qtbot.waitUntil(program.application.tasks.idle)
    assert GOLDEN in days(section)
