import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.customer import CustomerDraft, PointDraft
from app.domain.vocabulary import Kind, PointKind, Stage
from app.ui.shell.palette_items import command_items


@pytest.fixture
def palette(program, qtbot):
    for name in ("张伟", "华信科技有限公司", "Grace Miller"):
        kind = Kind.COMPANY if "公司" in name else Kind.PERSON
        program.services.editing.add(program.actor, CustomerDraft(name, kind=kind))
    program.services.editing.add(
        program.actor,
        CustomerDraft("国强建材", points=(PointDraft(PointKind.PHONE, "13812345678"),)),
    )
    program.application.window.activateWindow()
    program.shell.open_palette()
    made = program.shell._palette
    qtbot.waitUntil(lambda: made.model.rowCount() > 0)
    return made


def choices(palette) -> list[str]:
    items = [palette.model.item(row) for row in range(palette.model.rowCount())]
    return [item.title for item in items if item.do is not None]


def ask(palette, qtbot, text: str) -> list[str]:
    palette.field.setText(text)
    qtbot.waitUntil(lambda: not palette._waiting)
    return choices(palette)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zhangwei", "张伟"),
        ("zw", "张伟"),
        ("hx", "华信科技有限公司"),
        ("華信", "华信科技有限公司"),
        ("mill", "Grace Miller"),
        ("5678", "国强建材"),
    ],
)
def test_a_customer_is_found_as_it_is_typed(palette, qtbot, typed, name):
    assert name in ask(palette, qtbot, typed)


def test_what_matched_is_marked(palette, qtbot):
    ask(palette, qtbot, "hx")
    item = palette.model.item(1)
    assert [item.title[first:last] for first, last in item.ranges] == ["华信"]


def test_a_customer_stands_there_with_its_stage(palette, program, qtbot):
    lost = program.services.editing.add(program.actor, CustomerDraft("旧友", stage=Stage.LOST))
    ask(palette, qtbot, "jiuyou")
    assert palette.model.item(1).stage is Stage.LOST
    assert palette.model.index(1, 0).data() == "旧友, Owner 李娜, Lost"
    program.shell.navigate("customer", lost)
    program.shell.navigate("customers")
    qtbot.waitUntil(program.application.tasks.idle)
    program.shell.open_palette()
    qtbot.waitUntil(lambda: not palette._waiting)
    assert palette.model.item(1).stage is Stage.LOST


def test_a_match_elsewhere_is_shown_under_the_name(palette, qtbot):
    ask(palette, qtbot, "5678")
    item = palette.model.item(1)
    assert "5678" in [item.under[first:last] for first, last in item.under_ranges]


def test_without_words_it_offers_every_possible_command(palette, program, qtbot):
    qtbot.waitUntil(program.application.tasks.idle)  # what is possible depends on the list
    ask(palette, qtbot, "anything")
    ask(palette, qtbot, "")
    offered = {item.title for item in command_items("", program.shell.commands()) if item.do}
    assert offered - set(choices(palette)) == {"Find or do anything"}  # it is open already


def test_no_line_is_cut_off_at_the_end(palette, program, qtbot):
    ask(palette, qtbot, "anything")
    ask(palette, qtbot, "")
    last = palette.list.indexAt(palette.list.viewport().rect().bottomLeft())
    assert palette.list.verticalScrollBar().maximum() > 0
    assert palette.list.visualRect(last).bottom() == palette.list.viewport().height() - 1


def test_a_command_is_done_with_enter(palette, program, qtbot):
    assert ask(palette, qtbot, "history")[0] == "History"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert program.shell.current == "history"
    assert not palette.isVisible()


def test_enter_before_the_answer_waits_for_it(palette, program, qtbot):
    palette.field.setText("settings")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.waitUntil(lambda: program.shell.current == "settings")


def test_arrows_pass_over_headings_and_stop_at_the_ends(palette, qtbot):
    ask(palette, qtbot, "")
    last = palette.model.rowCount() - 1
    for _ in range(last + 5):
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        assert palette.model.item(palette.list.currentIndex().row()).do is not None
    assert palette.list.currentIndex().row() == last
    for _ in range(last + 5):
        QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1


def test_escape_closes_it_and_the_cursor_goes_back(program, qtbot):
    program.application.window.activateWindow()
    program.shell.navigate("history")
    program.shell.front().search.setFocus()
    program.shell.open_palette()
    QTest.keyClick(program.shell._palette.field, Qt.Key.Key_Escape)
    assert not program.shell._palette.isVisible()
    assert QApplication.focusWidget() is program.shell.front().search


def test_what_cannot_be_found_is_said(palette, qtbot):
    assert ask(palette, qtbot, "qqqqqq") == []
    assert "qqqqqq" in palette.model.item(0).title


def test_what_was_seen_last_comes_first(palette, program, qtbot):
    palette.close_palette()
    program.shell.recents = [2, 1]
    program.shell.open_palette()
    qtbot.waitUntil(lambda: "华信科技有限公司" in choices(palette))
    assert choices(palette)[:2] == ["华信科技有限公司", "张伟"]


def test_the_one_before_comes_first_while_a_page_is_open(palette, program, qtbot):
    palette.close_palette()
    first, second = (
        program.services.editing.add(program.actor, CustomerDraft(name)) for name in ("甲", "乙")
    )
    for one in (first, second):
        program.shell.navigate("customer", one)
    qtbot.waitUntil(program.application.tasks.idle)
    program.shell.open_palette()
    qtbot.waitUntil(lambda: choices(palette)[:1] == ["甲"])
    assert "乙" not in choices(palette)


def test_it_covers_the_window_at_every_size(palette, program):
    program.application.window.resize(1100, 700)
    assert palette.size() == program.shell.size()
    assert palette._card.geometry().right() < palette.width()
    assert palette._card.geometry().bottom() < palette.height()


def test_the_import_is_found_from_any_screen(program, palette, qtbot):
    assert "Import" in ask(palette, qtbot, "import")
