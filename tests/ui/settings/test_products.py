"""The plain list of what we sell."""

import pytest
from PySide6.QtCore import Qt


@pytest.fixture
def section(program, qtbot):
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front().products


def names(section):
    return [section._rows[one].name for one in section._rows]


def test_a_product_is_added_changed_and_deleted_by_keyboard(section, program, qtbot):
    section.name.setFocus()
    qtbot.keyClicks(section.name, "Tiles")
    qtbot.keyClicks(section.category, "Building")
    qtbot.keyClick(section.category, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(section) == ["Tiles"])
    qtbot.waitUntil(lambda: section.name.text() == "")
    section.table.go_to(next(iter(section._rows)))
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert (section.name.text(), section.category.text()) == ("Tiles", "Building")
    qtbot.keyClicks(section.name, "Glazed tiles")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(section) == ["Glazed tiles"])
    qtbot.waitUntil(lambda: section.name.text() == "")
    section.table.go_to(next(iter(section._rows)))
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(section) == [])
    program.shell.undoing.undo_last()
    qtbot.waitUntil(lambda: names(section) == ["Glazed tiles"])


def test_a_name_in_use_is_refused_at_the_field_and_stays_typed(section, qtbot):
    for _ in range(2):
        section.name.setText("Tiles")
        section.save()
        qtbot.waitUntil(section.add.isEnabled)
    assert section.name.text() == "Tiles"
    assert section.fields["name"].wrong()


def test_what_is_being_typed_stays_when_the_list_is_read_anew(section, program, qtbot):
    section.name.setText("Tiles")
    section.refresh()
    qtbot.waitUntil(program.application.tasks.idle)
    assert section.name.text() == "Tiles"
