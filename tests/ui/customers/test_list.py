import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.domain.lists import ListQuery
from app.domain.vocabulary import Role, Stage
from app.services.bulk import SetField
from app.ui.customers.columns import USUAL
from app.ui.customers.screen import CustomersScreen
from app.ui.theme import tokens
from app.ui.widgets.cells import AFTER, EDGE, INSET
from app.ui.widgets.table import ShownColumn
from app.ui.widgets.text import Label, ascent
from tests import factories


def cell(screen, row, key):
    column = next(one for one in screen.card.columns if one.key == key)
    return column.cell_of(screen.card.model.row_at(row))


def search(stage, screen, typed, names, expected):
    screen.search.setText(typed)
    stage.until(lambda: names() == expected)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zs", ["张三"]),
        ("zhangsan", ["张三"]),
        ("華信", ["华信科技有限公司"]),
        ("hxkj", ["华信科技有限公司"]),
        ("smi", []),
        ("mill", ["Grace Miller"]),
        ("1234", ["华信科技有限公司"]),
        ("陈雅", ["华信科技有限公司"]),
        ("电子专票", ["李思远"]),
        ("C-7", ["Grace Miller"]),
    ],
)
def test_typing_shows_what_is_meant(stage, screen, names, typed, found):
    search(stage, screen, typed, names, found)
    stage.until(lambda: screen.subtitle().startswith(f"{len(found)} of 6"))


def test_what_was_found_is_marked_in_the_name_and_the_line_under_it(stage, screen, names):
    search(stage, screen, "zs", names, ["张三"])
    assert cell(screen, 0, "name").marks == ((0, 2),)
    search(stage, screen, "yalin", names, ["华信科技有限公司"])
    shown = cell(screen, 0, "name")
    assert (shown.second, shown.second_marks) == ("陈雅琳", ((1, 3),))
    assert shown.marks == ()


def test_a_hit_that_is_not_in_plain_sight_is_shown_under_the_name(stage, screen, names):
    search(stage, screen, "电子", names, ["李思远"])
    stage.until(lambda: cell(screen, 0, "name").second == "发票只收电子专票")
    assert cell(screen, 0, "name").second_marks == ((4, 6),)


def test_a_phone_is_marked_where_its_digits_are(stage, screen, names):
    search(stage, screen, "1345", names, [])
    search(stage, screen, "345", names, ["华信科技有限公司"])
    phone = cell(screen, 0, "phone")
    (first, last) = phone.marks[0]
    assert phone.text[first:last].replace(" ", "") == "345"


def test_only_the_last_of_several_searches_is_shown(stage, screen, names):
    for typed in ("z", "zs", "l", "Grace", "an"):
        screen.search.setText(typed)
    stage.settle()
    stage.until(lambda: names() == ["Anna Garcia"])
    assert screen.card.listing.query.search == "an"


def test_half_typed_pinyin_of_an_input_method_is_not_searched(stage, screen, names):
    screen.search.setFocus()
    QApplication.sendEvent(screen.search, QInputMethodEvent("zhang", []))
    stage.settle()
    assert len(names()) == 6
    done = QInputMethodEvent()
    done.setCommitString("张")
    QApplication.sendEvent(screen.search, done)
    stage.until(lambda: names() == ["张三"])


def test_a_heading_sorts_and_sorts_back(stage, screen, names):
    header = screen.table.header
    header.sectionClicked.emit(0)
    stage.until(lambda: names()[0] == "张三")
    assert header.sorted_by() == ("name", True)
    header.sectionClicked.emit(0)
    stage.until(lambda: names() == [
        "Anna Garcia", "Grace Miller", "国强建材", "华信科技有限公司", "李思远", "张三",
    ])  # fmt: skip


OTHERS = ("email", "kind", "region", "source", "tags", "since", "created", "code", "tax_id",
          "address", "other_names", "notes")  # fmt: skip


@pytest.mark.parametrize("key", [*USUAL, *OTHERS])
def test_every_column_sorts_both_ways(stage, screen, names, key):
    for descending in (False, True):
        screen.table.header.sort_asked.emit(key, descending)
        stage.until(lambda: screen.card.listing.complete)
        assert len(names()) == 6
    assert stage.failures == []


def test_hits_come_ranked_until_a_heading_is_clicked(stage, screen, names):
    search(stage, screen, "a", names, ["Anna Garcia"])
    screen.search.setText("138")
    stage.until(lambda: names() == ["华信科技有限公司"])
    assert screen.table.header.sorted_by()[0] == ""
    screen.table.header.sort_asked.emit("owner", True)
    stage.until(lambda: screen.card.listing.complete)
    assert screen.card.listing.query == ListQuery("", "-owner", "138", ranked=False)


def test_columns_are_shown_hidden_and_ordered_by_keyboard_and_come_back(stage, screen, qtbot):
    screen.choose_columns()
    chooser = screen.chooser.list
    chooser.setCurrentRow(1)
    qtbot.keyClick(chooser, Qt.Key.Key_Space)
    chooser.setCurrentRow(4)
    qtbot.keyClick(chooser, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    screen.chooser.close()
    shown = screen.table.shown_columns()
    assert [one.key for one in shown] == ["name", "grade", "phone", "owner", "last_contact"]
    screen.table.header.resizeSection(screen.card.model.column_index("phone"), 201)
    kept = screen.state()
    again = CustomersScreen(stage.context)
    stage.qtbot.addWidget(again)
    again.restore(kept)
    assert again.table.shown_columns()[2] == ShownColumn("phone", 201)
    assert [one.key for one in again.table.shown_columns()] == [one.key for one in shown]
    stage.settle()


def test_the_name_can_be_neither_hidden_nor_moved(screen, qtbot):
    screen.choose_columns()
    chooser = screen.chooser.list
    qtbot.keyClick(chooser, Qt.Key.Key_Space)
    qtbot.keyClick(chooser, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    screen.chooser.close()
    assert screen.table.shown_columns()[0].key == "name"


def test_another_window_s_change_keeps_selection_place_and_focus(
    stage, screen, names, people, pick
):
    pick("华信科技有限公司")
    screen.table.setFocus()
    services = stage.services
    services.bulk.apply(stage.actor, [people["华信科技有限公司"]], SetField("stage", "lost"))
    row = screen.card.model.row_of(people["华信科技有限公司"])
    model = screen.card.model
    stage.until(lambda: model.row_at(row) and model.row_at(row).stage is Stage.LOST)
    assert list(screen.table.selection.ids()) == [people["华信科技有限公司"]]
    assert screen.table.hasFocus()
    factories.customer(services.staff._db, stage.actor, "Bob")
    stage.until(lambda: "Bob" in names())
    assert screen.table.current_id() == people["华信科技有限公司"]


def test_choosing_all_of_a_million_is_a_matter_of_one_key(stage, screen, qtbot):
    stage.settle()
    model = screen.card.model
    model.set_ids(np.arange(10_000_000, 11_000_000, dtype=np.int64))
    qtbot.keyClick(screen.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    chosen = screen.table.selection.chosen()
    assert chosen.everything
    assert chosen.count == 1_000_000
    assert len(chosen.ids) == 0
    stage.until(lambda: screen.card.foot.words() == "Selected 1,000,000 / 1,000,000")
    stage.until(lambda: screen.details.customer_id() is None)


def test_nothing_found_offers_the_way_back(stage, screen, names):
    screen.search.setText("nowhere to be found")
    stage.until(lambda: names() == [])
    clear = screen.card.findChild(object, "clear")
    assert clear.isVisible()
    clear.click()
    stage.until(lambda: len(names()) == 6)
    assert screen.search.text() == ""


def test_an_empty_workspace_offers_to_import(stage):
    screen = CustomersScreen(stage.context)
    stage.show(screen)
    bring = screen.card.findChild(object, "import")
    stage.until(bring.isVisible)
    bring.click()
    assert stage.navigated == [("import", None)]


def test_an_empty_workspace_has_one_primary_button(stage):
    screen = CustomersScreen(stage.context)
    stage.show(screen)
    bring = screen.card.findChild(object, "import")
    stage.until(bring.isVisible)
    shown = [one for one in (bring, screen.new_button) if one._kind == "primary"]
    assert shown == [screen.new_button]


def test_an_empty_list_offers_nothing_to_do_with_chosen_customers(stage):
    made = CustomersScreen(stage.context)
    stage.show(made)
    stage.until(lambda: made.card.listing.complete)
    assert made.card.foot.words() == "Selected 0 / 0"
    assert not made.card.foot.button("owner").isVisible()
    assert not made.card.foot.button("delete").isVisible()


def test_the_foot_leads_to_import_and_export(stage, screen, people):
    screen.card.foot.findChild(object, "foot_import").click()
    assert stage.navigated == [("import", None)]
    screen.card.foot.findChild(object, "foot_export").click()
    stage.dialog("export").reject()


def test_details_follow_the_current_row_and_link_to_others(stage, screen, people, pick, db):
    child = factories.customer(db, stage.actor, "Zoe", parent_id=people["张三"])
    screen.show_target(child)
    stage.until(lambda: screen.details.customer_id() == child)
    link = screen.details.findChild(object, "open_customer")
    link.click()
    stage.until(lambda: screen.details.customer_id() == people["张三"])
    assert screen.table.current_id() == people["张三"]


@pytest.mark.parametrize("fact", ["Owner", "Code", "Last contact"])
def test_a_fact_of_any_script_stands_on_one_line_with_its_name(stage, screen, people, fact):
    details = screen.details
    screen.show_target(people["Grace Miller"])
    stage.until(lambda: details.customer_id() == people["Grace Miller"])
    labels = details.findChildren(Label)
    name = next(one for one in labels if one.text() == fact)
    value = next(one for one in labels if one.accessibleName().startswith(f"{fact}: "))

    def base(label, role):
        top = label.mapTo(details, QPoint(0, label.contentsMargins().top())).y()
        return top + ascent(label.text(), role)

    assert base(name, "small") == pytest.approx(base(value, "body"), abs=1.1)


def test_a_target_outside_the_search_is_shown_all_the_same(stage, screen, names, people):
    screen.search.setText("Grace")
    stage.until(lambda: names() == ["Grace Miller"])
    screen.show_target(people["张三"])
    stage.until(lambda: screen.table.current_id() == people["张三"])
    assert screen.search.text() == ""


def test_a_target_that_is_gone_is_said_to_be_gone(stage, screen):
    screen.show_target(999_999)
    stage.until(lambda: stage.messages)
    assert "no longer there" in stage.said()[0]


def test_a_salesperson_sees_their_own_only(stage, db, people, team):
    seller = factories.staff(db, "孙敏", role=Role.SALESPERSON)
    mine = factories.customer(db, seller, "我的客户")
    stage.actor = seller
    screen = CustomersScreen(stage.context)
    stage.show(screen)
    stage.until(lambda: list(screen.card.model.ids) == [mine])


def test_the_list_and_its_details_are_reached_and_left_by_keyboard(stage, screen, qtbot, names):
    screen.focus_field()
    qtbot.keyClicks(screen.search, "Grace")
    stage.until(lambda: names() == ["Grace Miller"])
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    assert screen.table.hasFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    area, trail = stage.navigated[-1]
    assert (area, trail.current, trail.name) == ("customer", screen.table.current_id(), "Grace")
    screen.doing.edit_current()
    form = stage.dialog("customer_form")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    stage.until(lambda: stage.no_dialog("customer_form"))


def test_every_control_has_a_name(stage, screen, pick):
    pick("华信科技有限公司")
    screen.toggle_filter()
    stage.until(lambda: screen.details.customer_id() is not None)
    nameless = [
        one
        for one in stage.window.findChildren(object)
        if one.isWidgetType()
        and one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.accessibleName()
        and type(one).__name__ not in ("QScrollBar",)
    ]
    assert nameless == []


def test_a_list_asked_for_by_another_screen_takes_the_place_of_filter_and_view(
    stage, screen, names
):
    screen.show_query(ListQuery("kind = company"))
    stage.settle()
    screen.show_target(ListQuery(sort="-created"))
    stage.until(lambda: len(names()) == 6)
    assert screen.view_id() is None
    assert screen.shown().query == ListQuery(sort="-created")


def test_an_empty_list_says_what_to_change(stage, screen, people):
    said = screen.card._nothing._words
    screen.search.setText("nobody is called so")
    stage.until(lambda: said.text() == "Try other or fewer words.")
    screen.show_query(ListQuery(filter="stage = lost and stage = keeping"))
    stage.until(lambda: said.text() == "No customer meets the filter.")
    stage.until(lambda: screen.details._none._words.text() == "")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("phone", "+86 139 1234 5678"),
        ("phone", "+886 6 223 2859 #12"),
        ("last_contact", "2026-10-09"),
        ("last_contact", "30 days ago"),
    ],
)
def test_numbers_and_days_have_room_in_the_usual_columns(screen, key, words):
    column = next(one for one in screen.card.columns if one.key == key)
    needed = QFontMetrics(tokens().font(13)).horizontalAdvance(words)
    after = EDGE if key == USUAL[-1] else AFTER  # the last one ends where the hairline ends
    assert tokens().px(column.width - INSET - after) >= needed
