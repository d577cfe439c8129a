"""The stream on a customer's page: what it says, how it is walked, narrowed and loaded."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.interactions import Step
from app.domain.promises import Firmness
from app.domain.vocabulary import Stage
from app.services.notes import NoteDraft
from app.services.promises import PromiseDraft
from app.services.timeline import PAGE
from tests import factories
from tests.databases import CLOCK
from tests.ui.customer.timelines import (
    bodies,
    click_part,
    log,
    log_many,
    point_of,
    show_timeline,
)

TODAY = CLOCK.today()
DAY = timedelta(days=1)


@pytest.fixture
def customer(db, stage):
    return factories.customer(db, stage.actor, "国强建材有限公司")


def follow_up(text, due, **more):
    return PromiseDraft(text, due, firm=Firmness.INTENDED, **more)


def change(at, customer, **fields):
    record = at.services.customers.get(at.actor, customer)
    at.services.editing.save(at.actor, customer, record.draft, replace(record.draft, **fields))


# ---- what is said


def test_a_call_says_who_how_long_how_it_was_rated_and_what_about(stage, customer):
    product = stage.services.products.add(stage.actor, "抛釉砖")
    log(
        stage, customer, "想先看样品", timedelta(minutes=9), minutes=8, rating=3,
        step=Step.COMPARE, unhappy=True, product_ids=(product,),
    )  # fmt: skip
    shown = show_timeline(stage, customer).view.shown(0)
    assert (shown.title, shown.glyph, shown.face) == ("Phone", "phone-outgoing", 3)
    assert shown.under == f"{stage.actor.name} · 8 min"
    assert [words for words, _, _ in shown.pills] == ["Sounds unhappy", "Comparing", "抛釉砖"]
    assert shown.body == "想先看样品"
    assert shown.when.startswith("Today ")


def test_a_change_says_what_it_was_before_in_words(stage, customer):
    change(stage, customer, stage=Stage.LOST, region="杭州")
    (shown,) = [show_timeline(stage, customer).view.shown(0)]
    lines = {line.field: (line.before, line.after) for line in shown.changes}
    assert lines == {"Stage": ("Acquiring", "Lost"), "Region": ("", "杭州")}


def test_a_change_of_owner_names_both(db, stage, customer):
    other = factories.staff(db, "周凯")
    change(stage, customer, owner_id=other.id)
    shown = show_timeline(stage, customer).view.shown(0)
    assert [(one.before, one.after) for one in shown.changes] == [(stage.actor.name, "周凯")]
    assert shown.title == "Handed over"


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(3, "in 3 days", "info"), (1, "Tomorrow", "info"), (0, "Today", "info"),
     (-2, "2 days late", "danger")],
)  # fmt: skip
def test_a_follow_up_says_how_long_there_is_left(stage, customer, days, words, tone):
    stage.services.promises.make(stage.actor, customer, follow_up("寄样品", TODAY + days * DAY))
    shown = show_timeline(stage, customer).view.shown(0)
    assert shown.pills[0][:2] == (words, tone)
    assert shown.actions == ("done", "move", "edit")


def test_a_note_without_a_day_and_a_follow_up_that_is_done_offer_no_buttons(stage, customer):
    stage.services.notes.add(stage.actor, customer, NoteDraft("喜欢龙井"))
    done = stage.services.promises.make(stage.actor, customer, follow_up("报价", TODAY)).ids
    stage.services.promises.keep(stage.actor, done)
    view = show_timeline(stage, customer).view
    assert [view.shown(place).actions for place in (0, 1)] == [(), ()]
    assert {view.shown(place).title for place in (0, 1)} == {"Note", "Follow-up"}


def test_the_head_counts_every_kind(stage, customer):
    log(stage, customer, "a")
    log(stage, customer, "b")
    stage.services.notes.add(stage.actor, customer, NoteDraft("n"))
    change(stage, customer, region="杭州")
    card = show_timeline(stage, customer)
    assert [count for _, count in card.kinds.segments()] == [4, 2, 0, 1, 1]


def test_in_a_narrow_window_the_kinds_get_a_line_of_their_own(stage, customer):
    log(stage, customer, "call")
    card = show_timeline(stage, customer)
    assert card.kinds.y() < card.search_button.geometry().bottom()
    for width in (460, 384):
        card.setFixedWidth(width)
        stage.until(lambda width=width: card.width() == width and card.kinds.isVisible())
        card.layout().activate()
        assert card.kinds.geometry().right() < width - 16
        assert not card.kinds.geometry().intersects(card.search_button.geometry())
    assert card.kinds.y() > card.search_button.geometry().bottom()


def test_with_nothing_on_record_it_offers_to_log(qtbot, stage, customer):
    card = show_timeline(stage, customer)
    button = card.findChild(QPushButton, "timeline_log")
    assert button.isVisible()
    with qtbot.waitSignal(card.log_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# ---- walking


def test_keys_move_the_current_entry_and_it_is_read_aloud(qtbot, stage, customer):
    for place in range(3):
        log(stage, customer, f"call {place}", place * DAY)
    view = show_timeline(stage, customer).view
    view.setFocus()
    stage.until(view.hasFocus)
    keys = [Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home]
    read = []
    for key in keys:
        qtbot.keyClick(view, key)
        read.append(view.accessibleDescription().rsplit(", ", 1)[-1])
    assert read == ["call 1", "call 2", "call 1", "call 0"]


def test_page_down_goes_on_until_the_last_entry_and_stays(qtbot, stage, db, customer):
    log_many(stage, db, customer, 40)
    view = show_timeline(stage, customer).view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert 3 < view.entries().index(view.current()) < 39
    for _ in range(20):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.current() is view.entries()[39]
    assert view.part_at(view.viewport().rect().bottomLeft())[0] >= 38


def test_scrolling_loads_page_after_page_and_end_everything(qtbot, stage, db, customer):
    log_many(stage, db, customer, 3 * PAGE)
    card = show_timeline(stage, customer)
    assert len(card.view.entries()) == PAGE
    bar = card.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.until(lambda: len(card.view.entries()) == 2 * PAGE)
    card.view.setFocus()
    qtbot.keyClick(card.view, Qt.Key.Key_End)
    stage.until(lambda: len(card.view.entries()) == 3 * PAGE)
    assert card.view.current() is card.view.entries()[-1]
    assert bodies(card) == [f"call {place}" for place in range(3 * PAGE)]


def test_after_a_write_the_same_place_stays_in_view(stage, db, customer):
    log_many(stage, db, customer, 3 * PAGE)
    card = show_timeline(stage, customer)
    bar = card.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.until(lambda: len(card.view.entries()) == 2 * PAGE)
    bar.setValue(bar.maximum() * 3 // 4)
    stage.settle()
    card.view.set_current(card.view.part_at(card.view.viewport().rect().center())[0])
    chosen = card.view.current()
    top = point_of(card.view, card.view.entries().index(chosen), "")
    log(stage, customer, "the newest")
    stage.until(lambda: card.view.entries()[0].summary == "the newest")
    stage.settle()
    place = card.view.entries().index(chosen)
    assert card.view.current() == chosen
    assert point_of(card.view, place, "") == top


def test_at_the_top_a_new_entry_is_seen_at_once(stage, db, customer):
    log_many(stage, db, customer, 50)
    card = show_timeline(stage, customer)
    log(stage, customer, "the newest")
    stage.until(lambda: card.view.entries()[0].summary == "the newest")
    assert card.view.verticalScrollBar().value() == 0


def test_a_long_text_is_folded_after_twelve_lines(qtbot, stage, customer):
    log(stage, customer, "\n".join(f"line {place}" for place in range(40)))
    card = show_timeline(stage, customer)
    folded = card.view.height_of(0)
    assert card.view.folds(0) is True
    click_part(qtbot, card, 0, "more")
    assert card.view.folds(0) is False
    assert card.view.height_of(0) > 2 * folded


def test_arrows_fold_and_unfold_a_long_text(qtbot, stage, customer):
    log(stage, customer, "\n".join(f"line {place}" for place in range(40)))
    view = show_timeline(stage, customer).view
    view.set_current(0)
    told = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(view, key)
        told.append(view.folds(0))
    assert told == [True, False, False, True]


def test_a_text_of_twelve_lines_is_not_folded(stage, customer):
    log(stage, customer, "\n".join(f"line {place}" for place in range(12)))
    card = show_timeline(stage, customer)
    assert card.view.folds(0) is None


# ---- narrowing


def test_a_kind_shows_only_its_entries(stage, customer):
    log(stage, customer, "call")
    stage.services.notes.add(stage.actor, customer, NoteDraft("note"))
    card = show_timeline(stage, customer)
    card.kinds.set_current(3)
    stage.until(lambda: bodies(card) == ["note"])
    card.kinds.set_current(0)
    stage.until(lambda: len(card.view.entries()) == 2)


def test_searching_narrows_and_escape_brings_everything_back(qtbot, stage, customer):
    log(stage, customer, "想先看样品")
    log(stage, customer, "价格太高", DAY)
    card = show_timeline(stage, customer)
    card.start_search()
    assert card.search.hasFocus()
    card.search.insert("样品")
    stage.until(lambda: bodies(card) == ["想先看样品"])
    qtbot.keyClick(card.search, Qt.Key.Key_Escape)
    stage.until(lambda: len(card.view.entries()) == 2)
    qtbot.keyClick(card.search, Qt.Key.Key_Escape)
    assert card.search.isHidden()
    assert card.view.hasFocus()


def test_where_nothing_is_found_one_button_shows_everything(qtbot, stage, customer):
    log(stage, customer, "call")
    card = show_timeline(stage, customer)
    card.start_search()
    qtbot.keyClicks(card.search, "nowhere")
    button = card.findChild(QPushButton, "timeline_show_all")
    stage.until(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.until(lambda: bodies(card) == ["call"])
    assert card.view.isVisible()


def test_a_narrowed_stream_stays_narrowed_after_a_write(stage, customer):
    stage.services.notes.add(stage.actor, customer, NoteDraft("note"))
    card = show_timeline(stage, customer)
    card.kinds.set_current(3)
    stage.until(lambda: bodies(card) == ["note"])
    log(stage, customer, "call")
    stage.until(lambda: card.kinds.segments()[1][1] == 1)
    stage.settle()
    assert bodies(card) == ["note"]


def test_another_customer_begins_with_everything_from_the_newest(stage, db, customer):
    log_many(stage, db, customer, 60)
    other = factories.customer(db, stage.actor, "别家")
    log(stage, other, "theirs")
    card = show_timeline(stage, customer)
    card.kinds.set_current(1)
    stage.settle()
    card.view.verticalScrollBar().setValue(500)
    card.host.customer_id = other
    card.host.load()
    stage.until(lambda: bodies(card) == ["theirs"])
    assert card.kinds.current() == 0
    assert card.view.verticalScrollBar().value() == 0
