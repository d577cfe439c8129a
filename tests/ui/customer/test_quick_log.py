from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import i18n
from app.domain.customer import ContactDraft
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction
from app.services.bulk import Delete
from app.services.timeline import InteractionEntry, PromiseEntry
from app.ui.customer.quick_draft import Slot
from app.ui.customer.quick_line import MOST_LINES
from app.ui.customer.screen import CustomerScreen
from tests import factories
from tests.databases import NOW


@pytest.fixture
def customer(stage, db):
    contacts = (ContactDraft("陈国强", "总经理"), ContactDraft("Grace Miller", "Buyer"))
    return factories.customer(db, stage.actor, "国强建材", contacts=contacts)


@pytest.fixture
def screen(stage, customer):
    made = CustomerScreen(stage.context)
    stage.show(made)
    made.show_target(customer)
    stage.until(lambda: made.quick_log._page is not None)
    stage.settle()
    made.quick_log.start()
    return made


@pytest.fixture
def log(screen):
    return screen.quick_log


def words(log):
    return [one.text() for one in log.pills.buttons()]


def enter(log, text):
    log.line.insertPlainText(text)
    QTest.keyClick(log.line, Qt.Key.Key_Return)


def entries(stage, customer, kind=InteractionEntry):
    found = stage.services.pages.load(stage.actor, customer).timeline.entries
    return [one for one in found if isinstance(one, kind)]


def choose(log, button, said):
    log.pills._fill(button.pill)
    (action,) = [one for one in log.pills._menu.actions() if one.text() == said]
    action.trigger()


def pill(log, slot):
    (found,) = [one for one in log.pills.buttons() if one.pill.slot is slot]
    return found


def test_what_is_typed_is_shown_as_pills_while_typing(log):
    assert log._understood.isHidden()
    QTest.keyClicks(log.line, "called Grace, rating 4, call back Friday 3pm")
    assert words(log) == [
        "Phone · Outgoing",
        "Grace Miller",
        "satisfied 4/5",
        "11-27 Fri 15:00: call back",
    ]
    assert all(one.accessibleName() for one in log.pills.buttons())
    log.line.clear()
    assert log._understood.isHidden()


def test_enter_logs_and_leaves_the_line_empty_with_the_cursor_in_it(stage, log, customer):
    enter(log, "电话陈总 满意4 20分钟 答应周一前寄3块样品")
    assert log.line.text() == ""
    assert log.line.hasFocus()
    stage.until(lambda: stage.messages)
    (entry,) = entries(stage, customer)
    assert (entry.contact, entry.rating, entry.minutes) == ("陈国强", 4, 20)
    assert (entry.channel, entry.direction) == (Channel.PHONE, Direction.OUT)
    assert entry.summary == "答应周一前寄3块样品"
    (note,) = entries(stage, customer, PromiseEntry)
    assert (note.text, note.due_on, note.deadline) == ("寄3块样品", date(2026, 11, 23), True)


def test_undo_takes_the_call_and_its_follow_up_back(stage, log, customer):
    enter(log, "called Grace, call back Friday 3pm")
    stage.undo_last()
    assert entries(stage, customer) == entries(stage, customer, PromiseEntry) == []


def test_the_time_is_when_the_typing_began(stage, log, customer, monkeypatch):
    moment = [NOW]
    monkeypatch.setattr(type(stage.services.clock), "now", lambda _clock: moment[0])
    log.line.insertPlainText("asked for the price list")
    moment[0] = NOW + timedelta(minutes=12)
    enter(log, ", and for samples")
    stage.until(lambda: stage.messages)
    (entry,) = entries(stage, customer)
    assert entry.at == NOW


def test_how_long_it_took_until_it_is_shown_is_told(stage, log, qtbot):
    with qtbot.waitSignal(log.shown) as told:
        enter(log, "asked for the price list")
    assert told.args[0] > 0


def test_only_a_follow_up_becomes_a_note_with_its_date(stage, log, customer):
    log.line.insertPlainText("call back Friday 3pm")
    assert words(log)[0] == "Follow-up only"
    QTest.keyClick(log.line, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    assert entries(stage, customer) == []
    (note,) = entries(stage, customer, PromiseEntry)
    assert note.text == "call back"
    assert note.due_at.astimezone() == datetime(2026, 11, 27, 15).astimezone()
    stage.undo_last()
    assert entries(stage, customer, PromiseEntry) == []


def test_what_was_misunderstood_is_put_right_in_the_menu(stage, log, customer):
    log.line.insertPlainText("called Grace, rating 4, wants samples")
    choose(log, pill(log, Slot.CHANNEL), "Visit")
    choose(log, pill(log, Slot.PERSON), "陈国强")
    choose(log, pill(log, Slot.RATING), "satisfied 2/5")
    assert words(log) == ["Visit · Outgoing", "陈国强", "satisfied 2/5"]
    assert log.line.hasFocus()
    QTest.keyClick(log.line, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    (entry,) = entries(stage, customer)
    assert (entry.channel, entry.contact, entry.rating) == (Channel.VISIT, "陈国强", 2)


def test_what_was_removed_is_logged_as_text(stage, log, customer):
    log.line.insertPlainText("called, 20 min, rating 4")
    QTest.keyClick(pill(log, Slot.RATING), Qt.Key.Key_Delete)
    choose(log, pill(log, Slot.MINUTES), "Remove")
    assert words(log) == ["Phone · Outgoing"]
    QTest.keyClick(log.line, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    (entry,) = entries(stage, customer)
    assert (entry.rating, entry.minutes) == (None, None)
    assert "rating 4" in entry.summary
    assert "20 min" in entry.summary


def test_corrections_do_not_reach_the_next_line(stage, log):
    log.line.insertPlainText("called")
    choose(log, pill(log, Slot.CHANNEL), "Incoming")
    QTest.keyClick(log.line, Qt.Key.Key_Return)
    log.line.insertPlainText("called")
    assert words(log) == ["Phone · Outgoing"]


def test_every_kind_of_pill_can_be_added_by_hand(stage, log, customer):
    tiles = stage.services.products.add(stage.actor, "抛光砖", "瓷砖")
    stage.until(lambda: log._products)
    log.line.insertPlainText("asked a lot")
    pills = log.pills
    pills.set_value(Slot.PERSON, log._people[1].id)
    pills.set_value(Slot.RATING, 5)
    pills.set_value(Slot.MINUTES, 30)
    pills.set_value(Slot.UNHAPPY, value=True)
    pills._put_product(tiles)
    pills.set_date("", (date(2026, 12, 1), False))
    assert words(log) == [
        "Phone · Outgoing",
        "Grace Miller",
        "satisfied 5/5",
        "30 minutes",
        "sounds unhappy",
        "抛光砖",
        "Follow-up 12-01 Tue",
    ]
    pills._open_more()
    offered = [one.text() for one in pills._menu.actions()]
    assert offered == ["Purchase step…", "Product…", "Follow-up…"]
    pills._menu.close()
    QTest.keyClick(log.line, Qt.Key.Key_Return)
    stage.until(lambda: stage.messages)
    (entry,) = entries(stage, customer)
    assert (entry.products, entry.unhappy) == (("抛光砖",), True)


def test_shift_enter_begins_a_line_and_the_field_grows_to_six(log):
    one = log.line.height()
    assert one == 40
    for _ in range(10):
        QTest.keyClick(log.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert log.line.text() == "\n" * 10
    spacing = log.line.fontMetrics().lineSpacing()
    assert log.line.height() == one + (MOST_LINES - 1) * spacing


def test_lines_that_are_pasted_or_too_long_are_all_seen(log):
    one = log.line.height()
    log.line.insertPlainText("第一行\n第二行\nthird line")
    assert log.line.height() >= one + 2 * log.line.fontMetrics().lineSpacing()
    log.line.set_text("many words " * 40)
    assert log.line.height() > one
    log.line.set_text("few words")
    assert log.line.height() == one


def test_what_could_not_be_saved_comes_back(stage, log, customer, db):
    log.line.insertPlainText("asked for samples")
    choose(log, pill(log, Slot.CHANNEL), "Visit")
    stage.tasks.run(
        log,
        lambda: stage.services.bulk.apply(stage.actor, [customer], Delete()),
        lambda _done: None,
        lane="write",
    )
    QTest.keyClick(log.line, Qt.Key.Key_Return)
    log.line.insertPlainText("typed since")
    stage.until(lambda: stage.failures)
    assert log.line.text() == "asked for samples\ntyped since"
    assert words(log) == ["Visit · Outgoing"]


def test_facts_come_to_mind_while_typing(stage, log, customer):
    draft = FactDraft(FactKind.NEED, "每月抛光砖 1200 片", date(2026, 3, 5), "李娜")
    stage.services.facts.add(stage.actor, customer, draft)
    stage.until(lambda: log._page.facts)
    log.line.insertPlainText("问抛光砖什么价")
    assert log.known.shown() == ["Already known · Need: 每月抛光砖 1200 片 (李娜 2026-03)"]
    log.line.clear()
    assert log.known.shown() == []


def test_a_line_is_kept_as_a_fact_of_the_chosen_kind(stage, log, customer):
    log.line.insertPlainText("电话陈总 只要电子发票")
    log.keep_as_fact(FactKind.PREFERENCE)
    assert log.line.text() == ""
    stage.until(lambda: stage.messages)
    (fact,) = stage.services.facts.of_customer(stage.actor, customer)
    assert (fact.kind, fact.text, fact.source) == (FactKind.PREFERENCE, "只要电子发票", "陈国强")
    stage.undo_last()
    assert stage.services.facts.of_customer(stage.actor, customer) == []


def test_what_was_typed_waits_at_its_own_customer(stage, db, screen, log, customer):
    other = factories.customer(db, stage.actor, "华信科技有限公司")
    log.line.insertPlainText("only half of")
    choose(log, pill(log, Slot.CHANNEL), "WeChat")
    screen.show_target(other)
    assert log.line.text() == ""
    log.line.insertPlainText("for the other one")
    screen.show_target(customer)
    assert log.line.text() == "only half of"
    stage.until(lambda: log._page is not None)
    assert words(log) == ["WeChat · Outgoing"]
    screen.show_target(other)
    assert log.line.text() == "for the other one"


def test_what_was_typed_in_a_window_that_is_closed_is_in_the_next_one(stage, customer, screen, log):
    context = stage.context
    first, second = CustomerScreen(context), CustomerScreen(context)
    for one in (first, second):
        stage.qtbot.addWidget(one)
    first.show_target(customer)
    first.show()
    first.quick_log.line.insertPlainText("only half of")
    first.close()
    second.show_target(customer)
    assert second.quick_log.line.text() == "only half of"
    stage.settle()


def test_what_was_typed_survives_a_new_window_in_another_language(stage, screen, log):
    log.line.insertPlainText("only half of")
    state = screen.state()
    i18n.use("zh_CN")
    again = CustomerScreen(stage.context)  # which shares nothing with the one before
    stage.qtbot.addWidget(again)
    again.restore(state)
    assert again.quick_log.line.text() == "only half of"
    stage.settle()
    i18n.use("en")


def test_enter_before_the_page_has_come_is_not_lost(stage, db, screen, log):
    other = factories.customer(db, stage.actor, "华信科技有限公司")
    screen.show_target(other)
    enter(log, "asked for samples")
    stage.until(lambda: stage.messages)
    assert [one.summary for one in entries(stage, other)] == ["asked for samples"]


@pytest.mark.parametrize(
    ("code", "words", "line"),
    [("en", "Remind me to ", "call Friday 3pm"), ("zh_CN", "提醒我", "周五下午3点回电")],
)
def test_a_follow_up_begins_with_its_words(stage, screen, log, code, words, line):
    i18n.use(code)
    log.start_follow_up()
    log.start_follow_up()
    assert log.line.text() == words
    log.line.insertPlainText(line)
    i18n.use("en")
    assert log.reading.only_follow_up
    assert log.reading.dues[0].due.astimezone(UTC).day == 27


def test_a_follow_up_can_be_put_behind_what_was_said(log):
    log.line.insertPlainText("asked for samples")
    log.start_follow_up()
    log.line.insertPlainText("send them tomorrow")
    assert [one.day for one in log.reading.dues] == [date(2026, 11, 23)]


def test_the_pills_are_reached_with_tab(stage, log):
    log.line.insertPlainText("called Grace")
    QTest.keyClick(log.line, Qt.Key.Key_Tab)
    assert stage.window.focusWidget() in log.pills.buttons()


def test_the_time_stands_beside_the_first_pills_also_where_they_take_two_lines(log, qtbot):
    log.line.insertPlainText(
        "电话陈国强 满意4 不高兴 12分钟 答应周一前寄3块样品和一份目录 12月3日回电"
    )
    log.setFixedWidth(520)
    qtbot.waitUntil(lambda: log.pills.height() > 40)
    first = log.pills.buttons()[0]
    middle = first.mapTo(log, first.rect().center()).y()
    assert abs(log._time.mapTo(log, log._time.rect().center()).y() - middle) <= 2


@pytest.mark.parametrize(("width", "alone"), [(700, False), (380, True)])
def test_the_empty_line_shows_an_example_only_where_all_of_it_can_be_read(log, qtbot, width, alone):
    log.setFixedWidth(width)
    qtbot.waitUntil(lambda: (log.line.placeholderText() == "Log what was said") is alone)
    needed = log.line.fontMetrics().horizontalAdvance(log.line.placeholderText())
    assert needed <= log.line.viewport().width()
