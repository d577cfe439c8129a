import pytest
from PySide6.QtCore import Qt

from app.ui.theme import theme
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import LineEdit, TextArea
from app.ui.widgets.surface import Surface


@pytest.fixture
def window(qtbot):
    theme().apply("light", zoom=1.0)
    made = Surface("page")
    qtbot.addWidget(made)
    made.show()
    return made


def make(window, about=""):
    dialog = Dialog(window, "New customer", "new_customer", do="Create", about=about)
    name, note = LineEdit("Name"), TextArea("Note")
    name.setObjectName("name")
    note.setObjectName("note")
    dialog.put(name, note)
    dialog.name, dialog.note = name, note
    return dialog


def test_enter_accepts_and_escape_leaves(window, qtbot):
    first = make(window)
    first.open()
    with qtbot.waitSignal(first.accepted):
        qtbot.keyClick(first.name, Qt.Key.Key_Return)
    second = make(window)
    second.open()
    with qtbot.waitSignal(second.rejected):
        qtbot.keyClick(second.name, Qt.Key.Key_Escape)


def test_it_does_not_block(window, qtbot):
    dialog = make(window)
    dialog.open()
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    assert dialog.isVisible()
    dialog.reject()


def test_what_was_typed_comes_back_after_escape_and_is_gone_after_accepting(window, qtbot):
    first = make(window)
    first.open()
    qtbot.keyClicks(first.name, "wang")
    first.note.setPlainText("two\nlines")
    qtbot.keyClick(first.name, Qt.Key.Key_Escape)
    second = make(window)
    second.open()
    assert (second.name.text(), second.note.text()) == ("wang", "two\nlines")
    second.do_button.click()
    third = make(window)
    third.open()
    assert (third.name.text(), third.note.text()) == ("", "")
    third.reject()


def test_drafts_are_kept_apart_for_each_record(window, qtbot):
    first = make(window, about="7")
    first.open()
    qtbot.keyClicks(first.name, "seven")
    first.reject()
    second = make(window, about="8")
    second.open()
    assert second.name.text() == ""
    second.reject()


def test_a_closed_dialog_is_freed(window, qtbot):
    dialog = make(window)
    dialog.open()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.accept()
