"""Who works here, in the settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.vocabulary import Role
from app.ui.first_start.who import WhoPage


@pytest.fixture
def section(program, qtbot):
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front().staff


def people(section):
    return {one.name: one for one in section._rows.values()}


@pytest.fixture
def seller(section, program, qtbot):
    """A salesperson, added by keyboard."""
    section.name.setFocus()
    qtbot.keyClicks(section.name, "Wang Lei")
    qtbot.keyClicks(section.team, "East")
    qtbot.keyClick(section.team, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Wang Lei" in people(section))
    qtbot.waitUntil(program.application.tasks.idle)
    return people(section)["Wang Lei"].id


def test_somebody_is_added_by_keyboard(section, seller, program):
    made = people(section)["Wang Lei"]
    assert (made.role, made.team, made.active) == (Role.SALESPERSON, "East", True)
    assert section.name.text() == ""
    assert QApplication.focusWidget() is section.name
    assert "Wang Lei" in program.shell.strip.text()


def test_name_role_and_team_are_changed_by_keyboard(section, seller, program, qtbot):
    section.table.go_to(seller)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is section.name
    qtbot.keyClicks(section.name, "Wang Xiaolei")
    qtbot.keyClick(section.role, Qt.Key.Key_Down)
    section.team.selectAll()
    qtbot.keyClicks(section.team, "West")
    qtbot.keyClick(section.team, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Wang Xiaolei" in people(section))
    now = people(section)["Wang Xiaolei"]
    assert (now.id, now.role, now.team) == (seller, Role.LEAD, "West")
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: "Wang Lei" in people(section))
    assert people(section)["Wang Lei"].team == "East"


def test_who_has_left_is_noted_and_comes_back_by_keyboard(section, seller, program, qtbot):
    section.table.setFocus()
    section.table.go_to(seller)
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not people(section)["Wang Lei"].active)
    qtbot.waitUntil(program.application.tasks.idle)
    assert QApplication.focusWidget() is section.table
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert section.remove.text() == "Reactivate"
    qtbot.keyClick(section.remove, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(section)["Wang Lei"].active)
    qtbot.waitUntil(program.application.tasks.idle)
    assert QApplication.focusWidget() is section.table


def test_a_name_in_use_is_refused_at_the_field_and_stays_typed(section, qtbot):
    section.name.setText("李娜")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.fields["name"].wrong() != "")
    assert section.name.text() == "李娜"
    assert QApplication.focusWidget() is section.name


def test_the_last_who_manages_is_not_demoted(section, program, qtbot):
    section.table.go_to(program.actor.id)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    section.role.set_value(Role.SALESPERSON)
    section.save()
    qtbot.waitUntil(lambda: section.fields["role"].wrong() != "")
    assert people(section)["李娜"].role is Role.DIRECTOR
    qtbot.keyClick(section.role, Qt.Key.Key_End)
    assert section.fields["role"].wrong() == ""


def test_nobody_deactivates_themselves(section, program, qtbot):
    section.table.go_to(program.actor.id)
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "yourself" in program.shell.strip.text())
    assert people(section)["李娜"].active


def test_who_is_at_work_is_renamed_and_the_side_bar_says_so(section, program, qtbot):
    shell = program.shell
    button = shell.side_bar.actor_button
    section.table.go_to(program.actor.id)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    qtbot.keyClicks(section.name, "Zhao Min")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: button.text() == "Zhao Min")
    assert "Zhao Min" in button.accessibleName()
    assert program.shell is shell
    qtbot.waitUntil(lambda: "Zhao Min" in shell.strip.text())
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: button.text() == "李娜")


def test_another_role_of_who_is_at_work_counts_at_once(section, seller, program, qtbot):
    boss = program.services.staff.add(program.actor, "Sun Jing", Role.DIRECTOR)
    with qtbot.waitSignal(program.application.shell_ready):
        program.services.staff.save(
            program.services.staff.actor(boss),
            program.actor.id,
            name="李娜",
            role=Role.SALESPERSON,
            team="",
            stand_in="",
        )
    assert program.actor.role is Role.SALESPERSON
    assert program.shell.front().staff is None


def test_who_was_deactivated_elsewhere_is_asked_who_they_are(section, program, qtbot):
    staff = program.services.staff
    boss = staff.add(program.actor, "Sun Jing", Role.DIRECTOR)
    staff.deactivate(staff.actor(boss), program.actor.id)
    window = program.application.window
    qtbot.waitUntil(lambda: window.findChild(WhoPage) is not None)


def test_salespeople_do_not_see_the_staff(program, qtbot):
    other = program.services.staff.add(program.actor, "周凯", Role.SALESPERSON)
    program.application.work_as(other)
    program.shell.navigate("settings")
    assert program.shell.front().staff is None
    assert program.shell.front().findChild(QWidget, "staff_list") is None
