from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from app.i18n import Message
from app.ui.table_model import Cell, Column, ListModel, RowSource
from app.ui.theme import LIGHT, theme, tokens
from app.ui.widgets.row_tip import whole_words
from app.ui.widgets.table import BigTable
from app.ui.widgets.table_columns import ShownColumn

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Person:
    id: int
    name: str


COLUMNS = (
    Column[Person](
        "name",
        Message("Name"),
        lambda row: row.name,
        paint="name",
        cell=lambda row: Cell(row.name, "second line"),
        width=200,
    ),
    Column[Person]("number", Message("Number"), lambda row: row.id, paint="number", width=90),
    Column[Person](
        "state",
        Message("State"),
        lambda row: row.id,
        paint="pill",
        cell=lambda row: Cell("on", kind="good", mark="dot"),
        width=90,
        sortable=False,
    ),
)


def fetch(ids):
    return [Person(int(i), f"Person {i}") for i in ids]


@pytest.fixture
def table(qtbot):
    theme().apply("light", zoom=1.0)
    model = ListModel(COLUMNS, RowSource(fetch))
    made = BigTable(model, "people")
    made.setAccessibleName("People")
    made.resize(600, 400)
    qtbot.addWidget(made)
    made.show()
    model.set_ids(np.arange(100, 200, dtype=np.int64))
    yield made
    theme().apply("light", zoom=1.0)


@pytest.fixture
def model(table):
    return table.model()


def at(table, row):
    return table.visualRect(table.model().index(row, 0)).center()


def click(qtbot, table, row, held=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, at(table, row))


def chosen(table):
    return list(table.selection.ids())


def test_ctrl_a_on_a_million_rows_is_a_logical_all_and_letting_one_go_an_exception(
    table, model, qtbot
):
    model.set_ids(np.arange(1_000_000, dtype=np.int64))
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    everything = table.selection.chosen()
    assert (everything.everything, len(everything.ids), everything.count) == (True, 0, 1_000_000)
    click(qtbot, table, 3, CTRL)
    rest = table.selection.chosen()
    assert (rest.everything, list(rest.ids), rest.count) == (True, [3], 999_999)


def test_a_click_chooses_one_row_and_ctrl_and_shift_choose_more(table, qtbot):
    click(qtbot, table, 1)
    assert chosen(table) == [101]
    click(qtbot, table, 3, CTRL)
    assert chosen(table) == [101, 103]
    click(qtbot, table, 5, SHIFT)
    assert chosen(table) == [103, 104, 105]
    click(qtbot, table, 2, SHIFT)
    assert chosen(table) == [102, 103]
    click(qtbot, table, 0)
    assert chosen(table) == [100]


def test_arrows_home_end_and_pages_move_and_choose(table, qtbot):
    click(qtbot, table, 0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert (table.current_id(), chosen(table)) == (101, [101])
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert (table.current_id(), chosen(table)) == (199, [199])
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_PageDown)
    shown = table.viewport().height() // 56 - 1
    assert table.current_id() == 100 + shown
    qtbot.keyClick(table, Qt.Key.Key_Up, SHIFT)
    assert chosen(table) == [99 + shown, 100 + shown]


def test_ctrl_arrow_moves_without_choosing_and_space_chooses(table, qtbot):
    click(qtbot, table, 0)
    qtbot.keyClick(table, Qt.Key.Key_Down, CTRL)
    qtbot.keyClick(table, Qt.Key.Key_Down, CTRL)
    assert (table.current_id(), chosen(table)) == (102, [100])
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert chosen(table) == [100, 102]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert chosen(table) == [100]


def test_enter_and_a_double_click_open_the_row(table, qtbot):
    opened = []
    table.opened.connect(opened.append)
    click(qtbot, table, 2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.mouseDClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(table, 4)
    )
    assert opened == [102, 104]


def test_the_current_row_is_announced_once(table, qtbot):
    seen = []
    table.current_changed.connect(seen.append)
    click(qtbot, table, 2)
    click(qtbot, table, 2)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert seen == [102, 103]


def test_a_new_order_keeps_selection_current_row_and_place(table, model, qtbot):
    table.go_to(150)
    table.verticalScrollBar().setValue(45 * 56 + 13)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    before = table.verticalScrollBar().value()
    top = model.row_id(before // 56)
    model.set_ids(np.array([*range(300, 320), *range(100, 200)]))
    assert sorted(chosen(table)) == [150, 151]
    assert table.current_id() == 151
    after = table.verticalScrollBar().value()
    assert model.row_id(after // 56) == top
    assert after % 56 == before % 56


def test_rows_that_are_gone_leave_the_selection(table, model, qtbot):
    gone = []
    click(qtbot, table, 0)
    click(qtbot, table, 1, CTRL)
    table.current_changed.connect(gone.append)
    model.set_ids(np.array([100, 102]))
    assert chosen(table) == [100]
    assert gone == [None]


def test_everything_stays_when_the_same_rows_are_sorted_and_not_when_others_come(table, model):
    table.selection.choose_all()
    model.set_ids(model.ids[::-1].copy())
    assert table.selection.chosen().everything
    model.set_ids(np.arange(100, 300, dtype=np.int64))
    after = table.selection.chosen()
    assert (after.everything, after.count) == (False, 100)


def test_sorting_is_asked_for_by_a_click_on_the_heading(table, qtbot):
    asked = []
    table.header.sort_asked.connect(lambda key, descending: asked.append((key, descending)))

    def click_heading(section):
        x = table.header.sectionViewportPosition(section) + 20
        qtbot.mouseClick(
            table.header.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(x, 10),
        )

    click_heading(1)
    click_heading(1)
    click_heading(2)
    click_heading(0)
    assert asked == [("number", False), ("number", True), ("name", False)]
    assert table.header.sorted_by() == ("name", False)


def test_columns_are_shown_in_the_order_and_width_asked_for(table):
    table.show_columns(
        [ShownColumn("state", 120), ShownColumn("nothing", 1), ShownColumn("name", 150)]
    )
    assert table.shown_columns() == [ShownColumn("state", 120), ShownColumn("name", 150)]
    assert table.isColumnHidden(1)
    assert table.columnWidth(0) == 150
    assert table.columnWidth(2) == table.viewport().width() - 150


def test_a_width_pulled_by_hand_is_kept_at_zoom_one(table, qtbot):
    theme().apply(zoom=1.4)
    with qtbot.waitSignal(table.arranged):
        table.header.resizeSection(1, 140)
    assert table.shown_columns()[1] == ShownColumn("number", 100)
    theme().apply(zoom=1.0)
    assert table.columnWidth(1) == 100


def test_zoom_changes_the_height_of_rows(table):
    theme().apply(zoom=1.4)
    assert table.rowHeight(0) == round(56 * 1.4)


def picture_of(table) -> QImage:
    return table.viewport().grab().toImage()


def test_the_chosen_row_is_one_shape_inset_from_both_edges(table, qtbot):
    click(qtbot, table, 1)
    picture = picture_of(table)
    middle = 56 + 28
    ground, sel = LIGHT["surface"].lower(), LIGHT["sel"].lower()
    assert picture.pixelColor(1, middle).name() == ground
    assert picture.pixelColor(8, middle).name() == sel
    right = table.viewport().width()
    assert picture.pixelColor(right - 1, middle).name() == ground
    for section in (1, 2):
        edge = table.columnViewportPosition(section)
        assert picture.pixelColor(edge, middle).name() == sel


def test_the_hairline_begins_at_the_words(table):
    picture = picture_of(table)
    grid = tokens().hex("grid").lower()
    assert picture.pixelColor(61, 55).name() == grid
    assert picture.pixelColor(40, 55).name() != grid


def test_a_ring_shows_the_current_row_only_to_the_keyboard(table, qtbot):
    focus = tokens().hex("focus").lower()

    def ringed():
        picture = picture_of(table)
        return any(picture.pixelColor(300, y).name() == focus for y in range(56, 112))

    table.setFocus(Qt.FocusReason.MouseFocusReason)
    click(qtbot, table, 1)
    assert not ringed()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert ringed()


def test_the_current_row_stays_in_sight_when_something_opens_above(table, model):
    table.resize(600, 400)
    table.go_to(model.row_id(20))
    place = table.visualRect(table.currentIndex())
    assert place.bottom() < table.viewport().height()
    table.resize(600, 300)
    assert table.visualRect(table.currentIndex()).bottom() < table.viewport().height()
    table.verticalScrollBar().setValue(60)  # scrolled away by hand: left there
    table.resize(600, 240)
    assert table.verticalScrollBar().value() == 60


def test_an_empty_list_takes_keys_and_paints(table, model, qtbot):
    model.set_ids(np.empty(0, dtype=np.int64))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(table, key)
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    assert table.selection.chosen().count == 0
    assert not picture_of(table).isNull()


def test_a_screen_reader_hears_the_name_and_the_row(table, qtbot):
    from PySide6.QtGui import QAccessible

    click(qtbot, table, 0)
    assert table.selectionModel().isRowSelected(0, table.rootIndex())
    spoken = QAccessible.queryAccessibleInterface(table)
    assert spoken.text(QAccessible.Text.Name) == "People"


def test_a_right_click_keeps_the_selection_it_falls_on(table, qtbot):
    click(qtbot, table, 1)
    click(qtbot, table, 2, CTRL)

    def right_click(row):
        qtbot.mousePress(
            table.viewport(),
            Qt.MouseButton.RightButton,
            Qt.KeyboardModifier.NoModifier,
            at(table, row),
        )

    right_click(2)
    assert chosen(table) == [101, 102]
    right_click(4)
    assert chosen(table) == [104]


def test_only_words_that_are_cut_off_are_offered_whole(table, model):
    row = model.row_at(0)
    slot = table._slots()[0]
    assert whole_words(tokens(), slot, row) == ""
    narrow = replace(slot, width=tokens().px(70))
    assert slot.column.cell_of(row).text in whole_words(tokens(), narrow, row)
