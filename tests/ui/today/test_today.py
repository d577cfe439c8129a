from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.clock import Clock
from app.domain.promises import PromiseState
from app.domain.reminders import ReminderKind, Whose
from app.services.promises import PromiseDraft
from app.services.reminders import Assignee
from app.ui.widgets.line_paint import Line
from tests import factories
from tests.databases import NOW
from tests.ui.today.conftest import TODAY

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def open_ones(stage):
    lines = stage.services.due.lines(stage.actor, TODAY + timedelta(days=60))
    return [one.text for one in lines]


def press(screen, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(screen.list, key, held)


def command(screen, name):
    return next(one for one in screen.commands() if one.name == f"today.{name}")


def test_every_line_stands_under_its_head(write, show, texts):
    write("对账单", -2)
    write("打电话")
    write("样品", 1, kind=ReminderKind.PROMISE)
    write("生日", kind=ReminderKind.BIRTHDAY)
    write("月底", 3)
    assert texts(show()) == {
        "Late": ["对账单"],
        "Due today": ["打电话"],
        "Promises coming due": ["样品"],
        "To celebrate": ["生日"],
        "The week ahead": ["月底"],
    }


def test_a_line_says_for_whom_and_when(write, show):
    write("对账单", -2, kind=ReminderKind.PROMISE)
    write("打电话", due=NOW + timedelta(hours=3))
    late, due = show().list.lines()
    assert (late.whom, late.when, late.kind) == ("华信科技 · Promise", "2 days late", "danger")
    here = (NOW + timedelta(hours=3)).astimezone()
    assert (due.when, due.kind) == (f"{here:%H:%M}", "plain")


def test_what_is_soon_or_just_over_is_marked(write, show):
    write("马上", due=NOW + timedelta(minutes=30))
    write("过了", due=NOW - timedelta(minutes=30))
    assert [one.kind for one in show().list.lines()] == ["danger", "warn"]


def test_done_by_the_circle_is_said_with_its_undo(stage, write, show, qtbot):
    made = write("打电话")
    screen = show()
    at = screen.list.part_area(made, "circle").center().toPoint()
    qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    stage.until(lambda: stage.said() == ["“打电话” is done."])
    stage.until(lambda: not screen.list.lines())
    stage.undo_last()
    stage.until(lambda: len(screen.list.lines()) == 1)


def test_space_and_the_command_end_the_current_line(stage, write, show):
    for text in ("甲", "乙", "丙"):
        write(text)
    screen = show()
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Space)
    stage.until(lambda: open_ones(stage) == ["甲", "丙"])
    stage.until(lambda: len(screen.list.lines()) == 2)
    assert screen.list.current().what == "丙"
    command(screen, "done").do()
    stage.until(lambda: open_ones(stage) == ["甲"])


def test_enter_opens_the_page_of_the_customer(stage, write, show, customer):
    write("打电话")
    screen = show()
    press(screen, Qt.Key.Key_Return)
    assert stage.navigated == [("customer", customer)]


def test_what_stands_alone_opens_itself(stage, write, show):
    write("买茶", customer_id=None)
    press(show(), Qt.Key.Key_Return)
    dialog = stage.dialog("reminder")
    dialog.text.setText("买好茶")
    dialog.do_button.click()
    stage.until(lambda: open_ones(stage) == ["买好茶"])
    assert stage.navigated == []


def test_a_line_is_added_in_words(stage, write, show, texts):
    write("打电话")
    screen = show()
    screen.quick_add.setFocus()
    QTest.keyClicks(screen.quick_add, "buy tea today")
    stage.settle()
    QTest.keyClick(screen.quick_add, Qt.Key.Key_Return)
    stage.until(lambda: texts(screen) == {"Due today": ["打电话", "buy tea"]})


def test_a_promise_is_kept_and_never_skipped(stage, show, customer):
    promises = stage.services.promises
    promises.make(stage.actor, customer, PromiseDraft("寄样品", TODAY))
    screen = show()
    command(screen, "skip").do()
    assert stage.said()[0].startswith("A promise cannot be skipped.")
    command(screen, "done").do()
    stage.until(screen.card.is_done)
    (promise,) = promises.of_customer(stage.actor, customer)
    assert promise.state is PromiseState.KEPT


def test_a_promise_is_changed_where_it_stands(stage, show, customer, texts):
    stage.services.promises.make(stage.actor, customer, PromiseDraft("寄样品", TODAY))
    screen = show()
    command(screen, "edit").do()
    dialog = stage.dialog("promise")
    dialog.text.setText("寄两箱样品")
    dialog.submit()
    stage.until(lambda: texts(screen) == {"Due today": ["寄两箱样品"]})


def test_a_promise_that_was_not_kept_says_why(stage, show, customer):
    promises = stage.services.promises
    promises.make(stage.actor, customer, PromiseDraft("寄样品", TODAY))
    screen = show()
    key = screen.list.current().key
    screen.list.menu_asked.emit(key, QPoint(10, 10))
    entry = next(one for one in screen.acts.menu.actions() if one.text() == "Not kept…")
    screen.acts.menu.close()
    entry.trigger()
    dialog = stage.dialog("promise_end")
    dialog.reason.setPlainText("工厂停电")
    dialog.do_button.click()
    stage.until(screen.card.is_done)
    (promise,) = promises.of_customer(stage.actor, customer)
    assert (promise.state, promise.reason) == (PromiseState.BROKEN, "工厂停电")


def test_snoozing_offers_times_and_what_is_put_off_to_tomorrow_leaves_the_day(
    stage, write, show, texts
):
    write("打电话")
    screen = show()
    command(screen, "snooze").do()
    menu = screen.acts.snooze_menu
    assert menu.isVisible()
    next(one for one in menu.actions() if one.text() == "Tomorrow").trigger()
    menu.close()
    stage.until(lambda: texts(screen) == {})
    assert screen.card.is_done()
    assert stage.said() == ["Put off until Mon 09:00."]


def test_several_lines_are_listed_before_they_are_done(stage, write, show):
    for text in ("甲", "乙", "丙"):
        write(text)
    screen = show()
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Down, SHIFT)
    assert screen.list.chosen_count() == 2
    screen.card.buttons["done"].click()
    dialog = stage.dialog("reminder_preview")
    shown = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    assert shown == ["甲, 华信科技", "乙, 华信科技"]
    assert open_ones(stage) == ["甲", "乙", "丙"]
    dialog.do_button.click()
    stage.until(lambda: open_ones(stage) == ["丙"])
    stage.until(lambda: stage.said() == ["2 lines are done."])
    stage.undo_last()
    assert open_ones(stage) == ["甲", "乙", "丙"]


def test_control_and_a_click_choose_and_escape_chooses_none(stage, write, show, qtbot):
    ids = [write(text) for text in ("甲", "乙", "丙")]
    screen = show()
    for one in (ids[0], ids[2]):
        at = screen.list.place_of(one)
        qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, CTRL, at)
    assert [one.what for one in screen.list.chosen()] == ["甲", "丙"]
    press(screen, Qt.Key.Key_Escape)
    assert screen.list.chosen_count() == 0
    press(screen, Qt.Key.Key_A, CTRL)
    assert screen.list.chosen_count() == 3


def test_a_line_is_moved_to_a_day_in_words(stage, write, show, texts):
    write("打电话", due=NOW + timedelta(hours=2))
    write("留下的")
    screen = show()
    command(screen, "move").do()
    dialog = stage.dialog("move")
    assert not dialog.do_button.isEnabled()
    dialog.typed.setText("someday")
    assert not dialog.do_button.isEnabled()
    dialog.typed.setText("tomorrow")
    dialog.do_button.click()
    stage.until(lambda: texts(screen).get("The week ahead") == ["打电话"])
    *_, line = stage.services.due.lines(stage.actor, TODAY + timedelta(days=3))
    assert line.due == NOW + timedelta(days=1, hours=2)


def test_skipped_lines_are_over_without_being_done(stage, write, show):
    write("打电话")
    screen = show()
    command(screen, "skip").do()
    stage.until(lambda: open_ones(stage) == [])
    stage.until(lambda: screen.page().counts.ended == 1)
    assert dict(screen.page().achieved) == {}


def test_a_deleted_line_comes_back_by_undo(stage, write, show):
    write("打电话")
    screen = show()
    command(screen, "delete").do()
    stage.until(lambda: stage.said() == ["1 reminder is deleted."])
    assert open_ones(stage) == []
    stage.undo_last()
    assert open_ones(stage) == ["打电话"]


def test_when_all_is_done_it_says_what_was_achieved_and_what_comes_next(stage, write, show):
    done = [write("甲"), write("乙"), write("样品", kind=ReminderKind.PROMISE)]
    write("下周", 9)
    stage.services.reminders.done(stage.actor, done)
    screen = show()
    page = screen.card.done_page
    assert page.isVisible()
    assert page.title() == "Everything for today is done"
    assert page.achieved.words() == ("2 reminders done", "1 promise kept")
    assert screen._done.text() == "Done 3 / 3"
    page.action.click()
    assert stage.navigated == [("calendar", None)]


def test_what_comes_can_be_seen_although_today_is_done(stage, write, show, texts):
    write("月底", 3)
    screen = show()
    assert screen.card.is_done()
    screen.card.done_page.action.click()
    assert texts(screen) == {"The week ahead": ["月底"]}


def test_without_customers_it_leads_to_them(stage, show):
    screen = show()
    assert screen.card.done_page.title() == "Nothing to do yet"
    screen.card.done_page.action.click()
    assert stage.navigated == [("customers", None)]


def test_arrows_choose_another_day_of_the_week(stage, write, show, texts):
    write("今天")
    write("明天", 1)
    screen = show()
    QTest.keyClick(screen.strip, Qt.Key.Key_Right)
    stage.until(lambda: list(texts(screen).values()) == [["明天"]])
    QTest.keyClick(screen.strip, Qt.Key.Key_Right)
    stage.until(screen.card.is_done)
    assert screen.card.done_page.title() == "Nothing planned for this day"
    command(screen, "back").do()
    stage.until(lambda: texts(screen).get("Due today") == ["今天"])


def test_the_strip_counts_by_kind_and_names_what_is_celebrated(write, show):
    write("打电话")
    write("样品", 1, kind=ReminderKind.PROMISE)
    days = show().strip.days()
    assert days[0].counts == (("bell", 1),)
    assert days[1].counts == (("handshake", 1),)
    assert days[0].note == "Minor snow"
    assert days[4].note == "Thanksgiving"
    assert days[6].off
    assert days[6].rest == "Day off"


def test_up_from_the_first_line_leads_to_the_days_and_down_back(write, show):
    write("打电话")
    screen = show()
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Up)
    assert screen.window().focusWidget() is screen.strip
    QTest.keyClick(screen.strip, Qt.Key.Key_Down)
    assert screen.window().focusWidget() is screen.list


def test_a_manager_looks_at_everybodys_work(stage, db, write, show, texts):
    other = factories.staff(db, "周凯")
    write("我的")
    write("他的", assignee=Assignee(other.id))
    screen = show()
    assert texts(screen) == {"Due today": ["我的"]}
    screen.whose.set_current(1)
    stage.until(lambda: texts(screen) == {"Due today": ["我的", "他的"]})
    assert screen.list.lines()[1].whom == "华信科技 · 周凯"
    assert screen.state()["whose"] == Whose.ALL.value


def test_a_change_elsewhere_is_shown_by_itself(stage, write, show, texts):
    screen = show()
    write("新来的")
    stage.until(lambda: texts(screen) == {"Due today": ["新来的"]})


def test_five_hundred_lines_are_scrolled_by_keys(stage, write, show):
    for number in range(500):
        write(f"第 {number} 件")
    screen = show()
    assert len(screen.list.lines()) == 500
    screen.list.setFocus()
    press(screen, Qt.Key.Key_End)
    assert screen.list.current().what == "第 499 件"
    bar = screen.list.verticalScrollBar()
    assert bar.value() == bar.maximum()
    press(screen, Qt.Key.Key_PageUp)
    press(screen, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    press(screen, Qt.Key.Key_Home)
    assert screen.list.current().what == "第 0 件"
    assert bar.value() == 0


def test_a_new_day_begins_by_itself(stage, db, write, show, texts):
    write("明天的事", 1)
    screen = show()
    assert screen.card.is_done()
    db.clock = Clock(lambda: NOW + timedelta(days=1))
    screen._minute.timeout.emit()
    stage.until(lambda: texts(screen) == {"Due today": ["明天的事"]})


def test_silent_customers_lead_to_their_page_and_to_the_list(stage, db, write, show, qtbot):
    quiet = factories.customer(db, stage.actor, "安静的", last_contact=TODAY - timedelta(days=41))
    screen = show()
    (row,) = screen.silent.rows.rows()
    assert (row.name, row.figure) == ("安静的", "41 days")
    middle = screen.silent.rows.area_of(0).center().toPoint()
    qtbot.mouseClick(screen.silent.rows, Qt.MouseButton.LeftButton, pos=middle)
    assert stage.navigated == [("customer", quiet)]
    screen.silent.more.click()
    assert stage.navigated[-1][1].filter == "last_contact < -30d"


def test_the_menu_of_a_line_has_everything(stage, write, show):
    made = write("打电话")
    screen = show()
    screen.list.menu_asked.emit(made, QPoint(10, 10))
    words = [one.text() for one in screen.acts.menu.actions() if one.text()]
    assert words == ["Open", "Done", "Snooze…", "Skip", "Another day…", "Change…", "Delete"]
    screen.acts.menu.close()


@pytest.mark.parametrize("width", [700, 1400])
def test_the_cards_make_room_where_it_is_narrow(write, show, width):
    write("打电话")
    screen = show()
    screen.window().setMinimumSize(0, 0)
    screen.window().resize(width, 800)
    assert screen._aside.isVisible() == (width > 900)


def test_the_list_says_its_current_line_aloud(write, show):
    write("打电话")
    screen = show()
    line = screen.list.current()
    assert isinstance(line, Line)
    assert screen.list.accessibleDescription() == "打电话, 华信科技, All day"
