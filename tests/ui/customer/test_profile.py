"""What is known of a customer is changed where it stands."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit

from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import Grade, Kind
from app.ui.customer.profile_links import FEW
from app.ui.customer.screen import CustomerScreen
from app.ui.theme import tokens
from app.ui.widgets.button import RING, Button
from app.ui.widgets.link import Link
from app.ui.widgets.surface import Scroll
from tests import factories

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
BACK_TAB = Qt.Key.Key_Backtab


@pytest.fixture
def customer(db, stage):
    return factories.customer(
        db, stage.actor, "国强建材", region="杭州", source="展会", code="C-7", tags=("VIP",)
    )


@pytest.fixture
def screen(stage, customer):
    made = CustomerScreen(stage.context)
    stage.show(made)
    made.show_target(customer)
    stage.settle()
    return made


@pytest.fixture
def card(screen):
    return screen.profile


@pytest.fixture
def draft(stage, customer):
    return lambda: stage.services.customers.get(stage.actor, customer).draft


@pytest.fixture
def entry(card):
    """The input in which a line is changed, once it is."""

    def find(key):
        return card.line(key).editing._editor.keys

    return find


def shown(card):
    return [key for key, one in card._lines.items() if not one.isHidden()]


def value(card, key):
    return card.line(key)._value.text()


def open_line(card, key):
    if card.line(key).isHidden():
        card._fold.click()
    card.line(key).edit()


def test_what_is_empty_is_folded_away_behind_how_many_there_are(card):
    assert "region" in shown(card)
    assert "address" not in shown(card)
    before = len(shown(card))
    assert card._fold.text() == f"{18 - before} empty fields"
    card._fold.click()
    assert len(shown(card)) == 18
    assert value(card, "address") == "Add"
    card._fold.click()
    assert len(shown(card)) == before


def test_a_click_turns_the_line_into_its_input_and_enter_saves(card, entry, stage, draft, qtbot):
    qtbot.mouseClick(card.line("region"), Qt.MouseButton.LeftButton)
    line = entry("region")
    assert line.text() == "杭州"
    assert line.hasFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Ningbo")
    qtbot.keyClick(line, ENTER)
    stage.until(lambda: draft().region == "Ningbo")
    stage.until(lambda: card.line("region").editing is None)
    stage.settle()
    assert value(card, "region") == "Ningbo"
    assert card.line("region").hasFocus()
    stage.until(lambda: stage.said() == ["国强建材: Region saved."])
    stage.undo_last()
    stage.until(lambda: value(card, "region") == "杭州")


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, ENTER])
def test_keys_turn_the_line_too_and_escape_leaves_it_as_it_was(
    card, entry, stage, draft, key, qtbot
):
    card.line("code").setFocus()
    qtbot.keyClick(card.line("code"), key)
    qtbot.keyClicks(entry("code"), "X")
    qtbot.keyClick(entry("code"), ESCAPE)
    assert card.line("code").editing is None
    assert card.line("code").hasFocus()
    stage.settle()
    assert draft().code == "C-7"
    assert stage.messages == []


def test_arrows_go_from_line_to_line(card, qtbot):
    card.start()
    assert card.line("name").hasFocus()
    qtbot.keyClick(card.line("name"), Qt.Key.Key_Down)
    assert card.line("kind").hasFocus()
    qtbot.keyClick(card.line("kind"), Qt.Key.Key_Up)
    assert card.line("name").hasFocus()


def test_tab_saves_and_changes_the_next_line(card, entry, stage, draft, qtbot):
    card._fold.click()
    open_line(card, "region")
    entry("region").setText("宁波")
    qtbot.keyClick(entry("region"), TAB)
    assert entry("address").hasFocus()
    qtbot.keyClicks(entry("address"), "Road 1")
    qtbot.keyClick(entry("address"), BACK_TAB)
    stage.until(lambda: (draft().region, draft().address) == ("宁波", "Road 1"))
    stage.until(lambda: card.line("address").editing is None)
    stage.settle()
    stage.until(lambda: card.line("region").editing and entry("region").hasFocus())
    assert value(card, "address") == "Road 1"


def test_what_was_just_saved_can_be_changed_again_at_once(card, entry, stage, draft, qtbot):
    open_line(card, "region")
    entry("region").setText("宁波")
    qtbot.keyClick(entry("region"), ENTER)
    card.line("region").edit()  # still being saved
    stage.until(lambda: card.line("region").editing and entry("region").hasFocus())
    assert entry("region").text() == "宁波"
    entry("region").setText("上海")
    qtbot.keyClick(entry("region"), ENTER)
    stage.until(lambda: draft().region == "上海")


def test_another_line_saves_the_one_that_is_open(card, entry, stage, draft):
    open_line(card, "region")
    entry("region").setText("宁波")
    open_line(card, "code")
    stage.until(lambda: draft().region == "宁波")
    stage.until(lambda: card.line("region").editing is None)


def test_what_is_refused_is_said_at_the_field_and_stays_typed(card, entry, stage, draft, qtbot):
    open_line(card, "tax_id")
    qtbot.keyClicks(entry("tax_id"), "123")
    qtbot.keyClick(entry("tax_id"), ENTER)
    editing = card.line("tax_id").editing
    stage.until(editing.problem)
    assert "18" in editing.problem()
    assert entry("tax_id").text() == "123"
    stage.until(entry("tax_id").hasFocus)
    assert draft().tax_id == ""


def test_the_name_cannot_be_emptied(card, entry, stage, qtbot):
    open_line(card, "name")
    entry("name").clear()
    qtbot.keyClick(entry("name"), ENTER)
    stage.until(lambda: card.line("name").editing.problem() == "The name is missing.")


def test_the_kind_is_picked_from_a_list(card, entry, stage, draft, qtbot):
    open_line(card, "kind")
    entry("kind").setCurrentIndex(list(Kind).index(Kind.PERSON))
    qtbot.keyClick(entry("kind"), ENTER)
    stage.until(lambda: draft().kind is Kind.PERSON)


def test_a_grade_picked_with_the_mouse_is_saved_at_once(card, entry, stage, draft, qtbot):
    open_line(card, "grade")
    box = entry("grade")
    box.showPopup()
    row = box.view().model().index(1, 0)
    at = box.view().visualRect(row).center()
    qtbot.mouseMove(box.view().viewport(), at)
    qtbot.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=at)
    stage.until(lambda: draft().grade is Grade.A)


def test_the_owner_is_one_of_the_team_or_nobody(card, entry, stage, draft, db, qtbot):
    other = factories.staff(db, "周凯")
    open_line(card, "owner_id")
    stage.until(lambda: entry("owner_id").findText("周凯") >= 0)
    assert entry("owner_id").currentText() == "老板"
    entry("owner_id").setCurrentIndex(entry("owner_id").findText("周凯"))
    qtbot.keyClick(entry("owner_id"), ENTER)
    stage.until(lambda: draft().owner_id == other.id)
    stage.until(lambda: value(card, "owner_id") == "周凯")


def test_tags_are_typed_as_chips_and_enter_in_the_empty_line_saves(
    card, entry, stage, draft, qtbot
):
    open_line(card, "tags")
    qtbot.keyClicks(entry("tags"), "New")
    qtbot.keyClick(entry("tags"), ENTER)
    assert card.line("tags").editing is not None
    qtbot.keyClick(entry("tags"), ENTER)
    stage.until(lambda: draft().tags == ("New", "VIP"))


def test_notes_have_lines_and_ctrl_enter_saves(card, entry, stage, draft, qtbot):
    open_line(card, "notes")
    qtbot.keyClicks(entry("notes"), "a")
    qtbot.keyClick(entry("notes"), ENTER)
    qtbot.keyClicks(entry("notes"), "b")
    qtbot.keyClick(entry("notes"), ENTER, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: draft().notes == "a\nb")


def test_a_lunar_birthday_is_read_and_shown(card, entry, stage, draft, qtbot):
    open_line(card, "birthday")
    entry("birthday").setText("农历八月十五")
    qtbot.keyClick(entry("birthday"), ENTER)
    stage.until(lambda: draft().birthday == "L--08-15")
    stage.until(lambda: "Lunar" in value(card, "birthday"))
    open_line(card, "birthday")
    entry("birthday").setText("soon")
    qtbot.keyClick(entry("birthday"), ENTER)
    assert card.line("birthday").editing.problem()
    assert draft().birthday == "L--08-15"


def test_of_a_company_the_day_it_was_founded_is_asked(card, stage, customer):
    assert card.line("birthday")._name.text() == "Founded"


def test_a_day_that_cannot_be_read_is_said_before_anything_is_saved(card, entry, qtbot):
    open_line(card, "since")
    qtbot.keyClicks(entry("since"), "2026-02-30")
    qtbot.keyClick(entry("since"), ENTER)
    assert card.line("since").editing.problem()
    assert not card.line("since").editing.saving


def test_the_customer_it_belongs_to_is_searched_for_and_leads_there(
    card, entry, stage, draft, db, qtbot
):
    other = factories.customer(db, stage.actor, "Grace Group")
    open_line(card, "parent_id")
    qtbot.keyClicks(entry("parent_id"), "Grace")
    stage.until(lambda: entry("parent_id").suggestions.entries() == ["Grace Group"])
    qtbot.keyClick(entry("parent_id"), Qt.Key.Key_Down)
    qtbot.keyClick(entry("parent_id"), ENTER)
    assert card.line("parent_id").editing is not None
    qtbot.keyClick(entry("parent_id"), ENTER)
    stage.until(lambda: draft().parent_id == other)
    stage.until(lambda: card.findChild(Link, "open_parent_id") is not None)
    card.findChild(Link, "open_parent_id").click()
    assert stage.navigated[-1] == ("customer", other)


@pytest.mark.parametrize("key", ["parent_id", "referred_by_id"])
def test_a_customer_is_not_offered_as_its_own_link(card, entry, stage, db, key, qtbot):
    factories.customer(db, stage.actor, "国强二厂")
    open_line(card, key)
    qtbot.keyClicks(entry(key), "guoqiang")
    stage.until(lambda: entry(key).suggestions.entries())
    assert entry(key).suggestions.entries() == ["国强二厂"]
    entry(key).suggestions.hide()


def test_another_customer_is_shown_from_its_first_card(screen, card, stage, db):
    area = screen.findChild(Scroll, "left_scroll")
    card._fold.click()
    stage.until(lambda: area.verticalScrollBar().maximum() > 100)
    area.verticalScrollBar().setValue(100)
    screen.show_target(factories.customer(db, stage.actor, "Grace Group"))
    stage.until(lambda: screen.page.record.draft.name == "Grace Group")
    assert area.verticalScrollBar().value() == 0


def test_a_link_stands_on_the_edge_of_the_other_values(card, stage, customer, db):
    other = factories.customer(db, stage.actor, "Grace")
    change_behind(stage, customer, parent_id=other)
    stage.until(lambda: card.findChild(Link, "open_parent_id") is not None)
    link, plain = card.findChild(Link, "open_parent_id"), card.line("region")

    def left(part):
        return part.mapTo(card, QPoint(0, 0)).x()

    stage.until(lambda: link.width() > 20)
    stage.until(lambda: left(card.line("parent_id")._name) == left(plain._name))
    words = left(plain._value) + plain._value.contentsMargins().left()
    assert left(link) + tokens().px(RING) == words


def test_a_name_that_is_no_customer_is_not_saved(card, entry, qtbot):
    open_line(card, "parent_id")
    qtbot.keyClicks(entry("parent_id"), "nobody")
    qtbot.keyClick(entry("parent_id"), ENTER)
    assert "Choose a customer" in card.line("parent_id").editing.problem()


# ---- somebody else


def change_behind(stage, customer, **fields):
    before = stage.services.customers.get(stage.actor, customer).draft
    stage.services.editing.save(stage.actor, customer, before, replace(before, **fields))


def test_what_is_typed_stays_while_the_page_is_shown_anew(card, entry, stage, customer):
    open_line(card, "region")
    entry("region").setText("宁波")
    change_behind(stage, customer, code="C-8")
    stage.until(lambda: value(card, "code") == "C-8")
    assert entry("region").text() == "宁波"


def test_the_same_field_saved_by_somebody_else_is_shown_beside_mine(
    card, entry, stage, customer, draft, qtbot
):
    open_line(card, "region")
    entry("region").setText("宁波")
    change_behind(stage, customer, region="上海")
    stage.until(lambda: card.page.record.draft.region == "上海")
    qtbot.keyClick(entry("region"), ENTER)
    editing = card.line("region").editing
    stage.until(editing.keep_mine.isVisible)
    assert "上海" in editing.findChild(QLabel, "theirs_words").text()
    assert entry("region").text() == "宁波"
    assert draft().region == "上海"
    editing.keep_mine.click()
    stage.until(lambda: draft().region == "宁波")


def test_what_somebody_else_saved_is_not_passed_over_in_going_on(
    card, entry, stage, customer, draft, qtbot
):
    open_line(card, "region")
    entry("region").setText("宁波")
    change_behind(stage, customer, region="上海")
    stage.until(lambda: card.page.record.draft.region == "上海")
    qtbot.keyClick(entry("region"), ENTER)
    editing = card.line("region").editing
    stage.until(editing.take_theirs.isVisible)
    entry("region").setFocus()
    qtbot.keyClick(entry("region"), Qt.Key.Key_Tab)
    assert editing.take_theirs.hasFocus()
    open_line(card, "code")
    stage.settle()
    assert draft().region == "上海"
    assert card.line("region").editing is editing
    assert editing.take_theirs.isVisible()


def test_theirs_can_be_taken(card, entry, stage, customer, draft, qtbot):
    open_line(card, "region")
    entry("region").setText("宁波")
    change_behind(stage, customer, region="上海")
    stage.until(lambda: card.page.record.draft.region == "上海")
    qtbot.keyClick(entry("region"), ENTER)
    editing = card.line("region").editing
    stage.until(editing.take_theirs.isVisible)
    editing.take_theirs.click()
    assert card.line("region").editing is None
    assert value(card, "region") == "上海"
    assert draft().region == "上海"


def test_what_is_typed_waits_for_its_customer_while_another_is_shown(
    card, screen, entry, stage, customer, db
):
    other = factories.customer(db, stage.actor, "别家", region="广州")
    open_line(card, "region")
    entry("region").setText("宁波")
    screen.show_target(other)
    stage.until(lambda: value(card, "region") == "广州")
    assert card.line("region").editing is None
    screen.show_target(customer)
    stage.until(lambda: card.line("region").editing is not None)
    assert entry("region").text() == "宁波"


# ---- fields that managers added


def add_field(stage, *args):
    return stage.services.fields.add(stage.actor, FieldDraft(*args))


def test_added_fields_stand_under_their_heading_and_are_changed_in_place(
    card, entry, stage, customer, qtbot
):
    field = add_field(stage, "信用额度", FieldKind.MONEY, "开票信息")
    key = f"field_{field}"
    stage.until(lambda: key in card._lines)
    open_line(card, key)
    assert "开票信息" in [one.text() for one in card.findChildren(QLabel) if one.isVisible()]
    entry(key).setText("5万元")
    qtbot.keyClick(entry(key), ENTER)
    stage.until(lambda: value(card, key) == "¥50,000")
    stage.until(lambda: card.line(key).editing is None)
    stage.undo_last()
    stage.until(lambda: value(card, key) == "Add")


def test_a_line_has_room_for_its_input_also_after_the_lines_were_put_in_order_anew(
    card, entry, stage, qtbot
):
    key = f"field_{add_field(stage, '开户行')}"
    stage.until(lambda: key in card._lines)
    card._fold.click()
    line = card.line("tax_id")
    stage.until(lambda: line.height() == line.layout().sizeHint().height())
    line.edit()
    entry("tax_id").setText("1")
    qtbot.keyClick(entry("tax_id"), ENTER)
    stage.until(lambda: line.editing.problem())
    stage.until(lambda: line.height() >= line.layout().totalHeightForWidth(line.width()))
    assert line.height() > 80


def test_an_added_field_refuses_what_does_not_fit_its_kind(card, entry, stage, qtbot):
    field = add_field(stage, "门店数", FieldKind.NUMBER)
    key = f"field_{field}"
    stage.until(lambda: key in card._lines)
    open_line(card, key)
    entry(key).setText("many")
    qtbot.keyClick(entry(key), ENTER)
    stage.until(lambda: "number" in card.line(key).editing.problem())
    assert entry(key).text() == "many"


@pytest.mark.parametrize(
    ("kind", "place", "kept"),
    [(FieldKind.CHOICE, 2, "普票"), (FieldKind.YES_NO, 1, "yes")],
)
def test_choices_are_picked(card, entry, stage, customer, kind, place, kept, qtbot):
    field = add_field(stage, "开票", kind, "", ("专票", "普票") if kind is FieldKind.CHOICE else ())
    key = f"field_{field}"
    stage.until(lambda: key in card._lines)
    open_line(card, key)
    entry(key).setCurrentIndex(place)
    qtbot.keyClick(entry(key), ENTER)
    read = stage.services.fields.values
    stage.until(lambda: read(stage.actor, customer)[0].value == kept)


def test_a_day_in_an_added_field(card, entry, stage, customer, qtbot):
    field = add_field(stage, "合同到期", FieldKind.DATE)
    key = f"field_{field}"
    stage.until(lambda: key in card._lines)
    open_line(card, key)
    entry(key).setText("2027年1月5日")
    qtbot.keyClick(entry(key), ENTER)
    stage.until(lambda: value(card, key) == "2027-01-05")


def test_an_added_field_saved_by_somebody_else_is_shown_beside_mine(
    card, entry, stage, customer, qtbot
):
    field = add_field(stage, "开户行")
    key = f"field_{field}"
    stage.until(lambda: key in card._lines)
    open_line(card, key)
    entry(key).setText("工商银行")
    stage.services.fields.set(stage.actor, customer, field, "", "建设银行")
    stage.until(lambda: card.page.custom[0].value == "建设银行")
    qtbot.keyClick(entry(key), ENTER)
    editing = card.line(key).editing
    stage.until(editing.keep_mine.isVisible)
    assert "建设银行" in editing.findChild(QLabel, "theirs_words").text()
    editing.keep_mine.click()
    stage.until(lambda: value(card, key) == "工商银行")


def test_a_field_that_is_deleted_meanwhile_keeps_what_is_typed_in_it(card, entry, stage, qtbot):
    field = add_field(stage, "开户行")
    key = f"field_{field}"
    stage.until(lambda: key in card._lines)
    open_line(card, key)
    entry(key).setText("工商银行")
    stage.services.fields.delete(stage.actor, field)
    stage.until(lambda: card.page.custom == ())
    qtbot.keyClick(entry(key), ENTER)
    stage.until(lambda: "no longer there" in card.line(key).editing.problem())
    assert entry(key).text() == "工商银行"


# ---- menu and links


def test_the_menu_of_a_line_copies_its_value(card, stage, qtbot):
    card.open_menu(card.line("region"), card.mapToGlobal(QPoint(0, 0)))
    words = {one.text(): one for one in card.menu.actions()}
    assert set(words) == {"Edit", "Copy", "Earlier values"}
    words["Copy"].trigger()
    assert QGuiApplication.clipboard().text() == "杭州"
    card.menu.close()


def test_the_menu_leads_to_earlier_values_of_what_has_them(card, stage, customer):
    change_behind(stage, customer, region="上海")
    stage.until(lambda: value(card, "region") == "上海")
    card.show_history(card.line("region"))
    dialog = stage.dialog("field_history")
    stage.until(lambda: "杭州" in [one.text() for one in dialog.findChildren(QLabel)])
    dialog.reject()


def earlier(card, stage, key):
    """The dialog of a line's earlier values, asked for in its menu."""
    card.open_menu(card.line(key), card.mapToGlobal(QPoint(0, 0)))
    next(one for one in card.menu.actions() if one.text() == "Earlier values").trigger()
    card.menu.close()
    dialog = stage.dialog("field_history")
    stage.until(lambda: dialog.buttons)
    return dialog


def test_earlier_tags_are_told_and_put_back(card, stage, customer):
    change_behind(stage, customer, tags=("建材", "展会"))
    change_behind(stage, customer, tags=("老客户",))
    stage.until(lambda: value(card, "tags") == "老客户")
    dialog = earlier(card, stage, "tags")
    assert dialog.buttons[0].accessibleName() == "Put back 展会 · 建材"
    dialog.buttons[0].click()
    stage.until(lambda: value(card, "tags") == "展会 · 建材")
    stage.undo_last()
    stage.until(lambda: value(card, "tags") == "老客户")


def test_earlier_values_of_an_added_field_are_told_and_put_back(card, stage, customer):
    field = add_field(stage, "信用额度", FieldKind.MONEY)
    stage.services.fields.set(stage.actor, customer, field, "", "100")
    stage.services.fields.set(stage.actor, customer, field, "CNY 10000", "200")
    key = f"field_{field}"
    stage.until(lambda: key in card._lines and value(card, key) == "¥200")
    dialog = earlier(card, stage, key)
    assert [one.accessibleName() for one in dialog.buttons] == ["Put back ¥100", "Put back empty"]
    dialog.buttons[0].click()
    stage.until(lambda: value(card, key) == "¥100")
    stage.undo_last()
    stage.until(lambda: value(card, key) == "¥200")


def test_an_added_field_changed_meanwhile_is_not_overwritten_from_its_history(
    card, stage, customer
):
    field = add_field(stage, "开户行")
    stage.services.fields.set(stage.actor, customer, field, "", "工商银行")
    key = f"field_{field}"
    stage.until(lambda: key in card._lines and value(card, key) == "工商银行")
    dialog = earlier(card, stage, key)
    stage.services.fields.set(stage.actor, customer, field, "工商银行", "建设银行")
    dialog.buttons[0].click()
    stage.until(lambda: not dialog.strip.isHidden())
    assert stage.services.fields.values(stage.actor, customer)[0].value == "建设银行"
    dialog.reject()


def test_customers_that_belong_to_it_are_links_the_first_few_of_many(card, stage, customer, db):
    ids = [
        factories.customer(db, stage.actor, f"Branch {number}", parent_id=customer)
        for number in range(FEW + 2)
    ]
    factories.customer(db, stage.actor, "Friend", referred_by_id=customer)
    stage.until(lambda: len(card.page.belonging) == FEW + 2 and card.page.referred)
    stage.settle()
    links = card.links.findChildren(Link, "belonging")
    assert links[0].accessibleName() == "Belonging to it: Branch 0"
    links[0].click()
    assert stage.navigated[-1] == ("customer", ids[0])
    more = card.links._held.findChild(Button, "more_belonging")
    assert more.text() == "and 2 more"
    more.click()
    assert len(card.links._held.findChildren(Link, "belonging")) == FEW + 2


def test_every_input_has_a_name_for_who_cannot_see_it(card, entry):
    card._fold.click()
    for key in list(card._lines):
        line = card.line(key)
        assert line.accessibleName()
        line.edit()
        keys = entry(key)
        assert keys.accessibleName(), key
        if isinstance(keys, QLineEdit):
            assert keys.objectName()
        line.editing.leave()


def test_a_new_customer_shows_only_what_is_known_of_it(card, screen, stage):
    made = stage.services.editing.add(stage.actor, CustomerDraft("新客"))
    screen.show_target(made)
    stage.until(lambda: value(card, "name") == "新客")
    assert shown(card) == ["name", "kind", "stage", "owner_id"]
