from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.facts import FactDraft, FactKind
from app.ui.customer.facts import FactsCard
from app.ui.customer.line_card import BATCH
from app.ui.widgets.text import Elided
from tests import factories
from tests.databases import CLOCK
from tests.ui.customer.cards import entry, show_card

TODAY = CLOCK.today()


@pytest.fixture
def customer(db, stage):
    return factories.customer(db, stage.actor)


@pytest.fixture
def tell(stage, customer):
    def add(text, kind=FactKind.NEED, heard_on=TODAY, source=""):
        return stage.services.facts.add(
            stage.actor, customer, FactDraft(kind, text, heard_on, source)
        )

    return add


@pytest.fixture
def show(stage, customer):
    return lambda: show_card(stage, FactsCard, customer)


def held(stage, customer):
    return stage.services.facts.of_customer(stage.actor, customer)


def words(line):
    shown = [one.text() for one in line.findChildren(QLabel)]
    return [*shown, *(one.text() for one in line.findChildren(Elided))]


def menu(card, key, words):
    card.menu.empty()
    card.fill_menu(key)
    entry(card, words).trigger()


def test_a_fact_shows_its_kind_its_words_and_who_heard_it_when(stage, tell, show):
    told = tell("周五下午不收货", FactKind.CONSTRAINT, date(2025, 6, 3))
    line = show().line(told)
    assert words(line) == ["Constraint", "周五下午不收货", f"{stage.actor.name} · 2025-06"]
    assert line.accessibleName() == "Constraint: 周五下午不收货"


def test_a_source_in_words_stands_in_place_of_who_and_when(tell, show):
    told = tell("Answer the same day", FactKind.EXPECTATION, source="投诉 TS-0187")
    assert words(show().line(told))[-1] == "投诉 TS-0187"


def test_what_users_typed_is_shown_as_typed(tell, show):
    told = tell("<b>bold</b> & more")
    assert "<b>bold</b> & more" in words(show().line(told))


def test_without_facts_one_sentence_says_what_belongs_here(show):
    card = show()
    assert card._empty.isVisible()
    card.start()
    assert not card._empty.isVisible()


@pytest.mark.parametrize("ended_at", ["source", "save"])
def test_the_next_fact_begins_with_its_words_wherever_the_last_was_ended(
    stage, show, qtbot, ended_at
):
    card = show()
    card.start()
    editor = card.editor
    editor.text.setText("calls, no voice messages")
    part = getattr(editor, ended_at)
    part.setFocus()
    qtbot.keyClick(part, Qt.Key.Key_Return)
    stage.until(lambda: len(card.lines()) == 1)
    assert editor.text.hasFocus()


def test_facts_are_added_one_after_the_other_with_enter(stage, customer, show, qtbot):
    card = show()
    qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    editor = card.editor
    editor.kind.set_value(FactKind.PREFERENCE)
    editor.source.setText("at the fair")
    for text in ("calls, no voice messages", "pays after 30 days"):
        assert editor.text.hasFocus()
        qtbot.keyClicks(editor.text, text)
        qtbot.keyClick(editor.text, Qt.Key.Key_Return)
        stage.until(lambda: not editor.saving)
    stage.until(lambda: len(card.lines()) == 2)
    assert [(one.kind, one.text, one.source) for one in held(stage, customer)] == [
        (FactKind.PREFERENCE, "pays after 30 days", "at the fair"),
        (FactKind.PREFERENCE, "calls, no voice messages", "at the fair"),
    ]
    assert card.editor is editor
    assert editor.text.text() == ""
    stage.undo_last()
    stage.until(lambda: len(card.lines()) == 1)


def test_nothing_typed_is_refused_at_the_field(stage, customer, show, qtbot):
    card = show()
    card.start()
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Return)
    stage.until(lambda: card.editor.text_field.wrong())
    assert held(stage, customer) == []
    assert card.editor.text.hasFocus()
    assert stage.failures == []


def test_escape_leaves_an_empty_line_and_the_keyboard_goes_back(show, qtbot):
    card = show()
    card.start()
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Escape)
    assert card.editor is None
    assert card.add.hasFocus()


def test_escape_asks_before_it_gives_up_what_was_typed(stage, show, qtbot):
    card = show()
    card.start()
    card.editor.text.setText("never lost")
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Escape)
    asked = stage.dialog("leave")
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    stage.until(lambda: stage.no_dialog("leave"))
    assert card.editor.text.text() == "never lost"
    card.editor.leave()
    stage.dialog("leave").do_button.click()
    stage.until(lambda: card.editor is None)


def test_a_fact_is_changed_in_its_place(stage, customer, tell, show, qtbot):
    told = tell("1,200 pieces", heard_on=date(2024, 1, 2), source="order 7")
    card = show()
    line = card.line(told)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert card.editor.text.text() == "1,200 pieces"
    card.editor.text.setText("1,500 pieces")
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Return)
    stage.until(lambda: card.editor is None)
    stage.until(lambda: "1,500 pieces" in words(card.line(told)))
    (one,) = held(stage, customer)
    assert (one.text, one.source, one.heard_on) == ("1,500 pieces", "order 7", date(2024, 1, 2))
    assert card.line(told).hasFocus()
    stage.undo_last()
    assert held(stage, customer)[0].text == "1,200 pieces"


def test_enter_saves_from_every_part_of_the_editor(stage, customer, show, qtbot):
    card = show()
    card.start()
    for part in (card.editor.kind, card.editor.source, card.editor.save):
        card.editor.text.setText(f"from {part.objectName()}")
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Return)
        stage.until(lambda: not card.editor.saving and not card.editor.text.text())
    assert {one.text for one in held(stage, customer)} == {
        "from fact_kind",
        "from fact_source",
        "from save",
    }


def test_who_has_gone_on_meanwhile_keeps_the_keyboard(stage, tell, show, qtbot):
    told = tell("old")
    card = show()
    card.choose(told)
    card.editor.text.setText("new")
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Return)
    card.add.setFocus()
    stage.until(lambda: card.editor is None)
    assert card.add.hasFocus()


def test_what_is_typed_stays_when_somebody_else_writes(stage, customer, tell, show):
    told = tell("old")
    card = show()
    card.choose(told)
    card.editor.text.setText("half a sent")
    card.editor.text.setFocus()
    tell("from somewhere else")
    stage.until(lambda: len(card.lines()) == 1)  # the other; this one is being edited
    assert card.editor.text.text() == "half a sent"
    assert card.editor.text.hasFocus()


def test_a_fact_that_somebody_else_deleted_does_not_take_the_typed_words_along(
    stage, customer, tell, show, qtbot
):
    told = tell("old")
    card = show()
    card.choose(told)
    card.editor.text.setText("better")
    stage.services.facts.delete(stage.actor, told)
    stage.until(lambda: not card.page.facts)
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Return)
    stage.until(lambda: card.editor.problem())
    assert card.editor.text.text() == "better"


def test_what_is_typed_waits_until_its_customer_comes_back(stage, db, customer, tell, show):
    other = factories.customer(db, stage.actor, "国强建材")
    tell("known")
    card = show()
    card.start()
    card.editor.text.setText("half a fact")
    for wanted in (other, customer):
        card.host.customer_id = wanted
        card.host.load()
        stage.until(lambda wanted=wanted: card.page.record.id == wanted)
        if wanted == other:
            assert card.editor is None
            assert card._empty.isVisible()
    assert card.editor.text.text() == "half a fact"
    assert card.editor.isVisible()


def test_only_one_is_edited_at_a_time(tell, show):
    first, second = tell("first"), tell("second")
    card = show()
    card.choose(first)
    card.choose(second)
    assert card.editor.key == second
    card.editor.text.setText("second, changed")
    card.choose(first)
    assert card.editor.key == second
    assert card.editor.problem()


def test_a_fact_is_confirmed_from_its_menu(stage, customer, tell, show):
    told = tell("pays late")
    card = show()
    menu(card, told, "Confirm")
    stage.until(lambda: "Need · confirmed: Today" in words(card.line(told)))
    assert held(stage, customer)[0].confirmed_on == TODAY


def test_outdated_facts_are_folded_away_and_can_be_seen(stage, customer, tell, show, qtbot):
    told = tell("old address")
    card = show()
    menu(card, told, "Outdated")
    stage.until(lambda: card.line(told) is None)
    (fold,) = card.findChildren(QPushButton, "outdated")
    assert fold.text() == "1 outdated"
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert card.line(told) is not None
    menu(card, told, "Confirm")
    stage.until(lambda: not held(stage, customer)[0].outdated)


def test_the_delete_key_deletes_and_undo_brings_back(stage, customer, tell, show, qtbot):
    kept, told = tell("kept"), tell("wrong")
    card = show()
    card.line(told).setFocus()
    qtbot.keyClick(card.line(told), Qt.Key.Key_Delete)
    stage.until(lambda: card.line(told) is None)
    assert card.line(kept).hasFocus()
    stage.undo_last()
    stage.until(lambda: card.line(told) is not None)


def test_the_menu_opens_where_the_mouse_or_the_keyboard_is(tell, show, qtbot):
    told = tell("wrong")
    card = show()
    card.line(told).menu_asked.emit(told, card.mapToGlobal(QPoint(0, 0)))
    assert card.menu.isVisible()
    assert [one.text() for one in card.menu.actions() if one.text()] == [
        "Edit",
        "Confirm today",
        "Outdated",
        "Copy",
        "Delete",
    ]
    card.menu.hide()


def test_the_arrows_lead_from_fact_to_fact(tell, show, qtbot):
    for text in "abc":
        tell(text)
    card = show()
    first, second, _ = card.lines()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_many_facts_are_shown_a_batch_at_a_time(tell, show, qtbot):
    for number in range(BATCH + 3):
        tell(f"fact {number}")
    card = show()
    assert len(card.lines()) == BATCH
    assert card._more.text() == "Show 3 more"
    qtbot.mouseClick(card._more, Qt.MouseButton.LeftButton)
    assert len(card.lines()) == BATCH + 3
    assert not card._more.isVisible()


def test_a_long_fact_is_cut_on_the_page_and_whole_in_its_editor(tell, show):
    long = "很长 " * 1000
    told = tell(long)
    card = show()
    assert card.width() == 368
    assert max(len(one) for one in words(card.line(told))) < 700
    card.choose(told)
    assert card.editor.text.text() == long.strip()
