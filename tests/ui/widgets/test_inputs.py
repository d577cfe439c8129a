import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from app.ui.theme import theme, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.check import CheckBox, Radio
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import Field, LineEdit, SearchField, TextArea
from app.ui.widgets.layout import col, row_top
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Surface


@pytest.fixture
def page(qtbot):
    theme().apply("light", zoom=1.0)
    made = Surface("card")
    made.setLayout(col(margins=24))
    qtbot.addWidget(made)
    yield made
    theme().apply("light", zoom=1.0)


def test_the_x_empties_a_line_and_is_there_only_when_it_can(page, qtbot):
    line = LineEdit("Name").clearable()
    page.layout().addWidget(line)
    page.show()
    clear = line.findChild(QAbstractButton)
    assert not clear.isVisible()
    qtbot.keyClicks(line, "wang")
    assert clear.isVisible()
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert line.text() == ""


def test_what_is_wrong_is_written_under_the_field_and_read_aloud(page):
    field = Field("Phone", LineEdit("Phone"), hint="With area code")
    page.layout().addWidget(field)
    page.show()
    assert field.wrong() == ""
    field.set_wrong("This is too short.")
    assert field.wrong() == "This is too short."
    assert field.entry.accessibleDescription() == "This is too short."
    picture = field.entry.grab().toImage()
    assert picture.pixelColor(100, 0).name() == tokens().hex("danger_solid").lower()
    field.set_wrong("")
    assert field.wrong() == ""


def test_a_field_names_its_input(page):
    entry = QLineEdit()
    field = Field("Phone", entry)
    assert field.entry is entry
    assert entry.accessibleName() == "Phone"


def test_escape_empties_the_search_and_down_leads_to_the_list(page, qtbot):
    search = SearchField("Search", "Name or phone", "Ctrl K")
    page.layout().addWidget(search)
    page.show()
    qtbot.keyClicks(search, "abc")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    with qtbot.waitSignal(search.down_pressed):
        qtbot.keyClick(search, Qt.Key.Key_Down)


def test_tab_leaves_a_text_area_and_ctrl_enter_finishes_it(page, qtbot):
    area, after = TextArea("Note"), LineEdit("After")
    page.layout().addWidget(area)
    page.layout().addWidget(after)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    area.setFocus()
    qtbot.keyClicks(area, "one")
    with qtbot.waitSignal(area.finished):
        qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    assert area.text() == "one"


def test_a_segment_is_chosen_by_arrows_and_by_mouse(page, qtbot):
    control = SegmentedControl([("All", 1204), "Calls", ("Promises", 9)], "Entries")
    page.layout().addWidget(control)
    page.show()
    chosen = []
    control.chosen.connect(chosen.append)
    qtbot.keyClick(control, Qt.Key.Key_Right)
    qtbot.keyClick(control, Qt.Key.Key_End)
    qtbot.keyClick(control, Qt.Key.Key_Right)
    qtbot.mouseClick(
        control,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(10, control.height() // 2),
    )
    assert chosen == [1, 2, 0]
    assert control.accessibleName() == "Entries: All"


def test_a_box_is_ticked_with_the_space_bar_and_anywhere_on_its_words(page, qtbot):
    box = CheckBox("Keep me informed")
    page.layout().addWidget(box)
    page.show()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    qtbot.mouseClick(
        box,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(80, box.height() // 2),
    )
    assert not box.isChecked()


def test_only_one_circle_is_chosen(page, qtbot):
    first, second = Radio("One"), Radio("Two")
    page.layout().addWidget(first)
    page.layout().addWidget(second)
    page.show()
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (first.isChecked(), second.isChecked()) == (False, True)


def test_a_combo_box_keeps_its_value_when_it_is_offered_other_entries(page, qtbot):
    box = ComboBox("Stage", [("Acquiring", "a"), ("Keeping", "k")])
    page.layout().addWidget(box)
    page.show()
    box.set_value("k")
    box.set_entries([("维护", "k"), ("获取", "a"), ("增长", "g")])
    assert (box.value(), box.currentText()) == ("k", "维护")
    box.set_value("gone")
    assert box.value() is None
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == "k"


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_the_open_list_of_a_combo_box_paints_and_chooses(page, qtbot):
    box = ComboBox("Stage", [("Acquiring", "a"), ("Keeping", "k")])
    page.layout().addWidget(box)
    page.show()
    box.showPopup()
    assert not box.view().grab().isNull()
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.value() == "k"


@pytest.mark.parametrize("title", ["Name", "姓名"])
def test_what_stands_beside_a_field_is_level_with_its_input(page, qtbot, title):
    field, button = Field(title, LineEdit(title)), Button("Add")
    page.layout().addLayout(row_top(field, field.level(button)))
    page.show()
    qtbot.waitExposed(page)
    heights = [one.mapTo(page, one.rect().topLeft()).y() for one in (field.entry, button)]
    assert heights[0] == heights[1] > 24


def test_the_wheel_scrolls_the_page_and_changes_no_choice(qtbot):
    box = ComboBox("Stage", [("Acquiring", "a"), ("Keeping", "k")])
    qtbot.addWidget(box)
    box.show()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.value() == "a"
    assert not wheel.isAccepted()
    assert not box.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
