"""Promises: every list, every act by keys, several at once, and back by undo."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from app.domain.customer import CustomerDraft
from app.domain.promises import PromiseQuery, PromiseState, Which
from app.domain.reminders import Whose
from app.services.promises import PromiseDraft
from app.ui.promises.saving import export_to
from tests.databases import NOW

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = NOW.date()
DUES = {"晚了的样品": -2, "今天的报价": 0, "明天的发票": 1, "下月的合同": 30}


@pytest.fixture
def made(program):
    """Four promises by what they say, two to each of two customers."""
    services, actor = program.services, program.actor
    program.application.reminding.watcher.stop()
    customers = [services.editing.add(actor, CustomerDraft(one)) for one in ("华信科技", "Grace")]
    return {
        text: services.promises.make(
            actor, customers[place % 2], PromiseDraft(text, TODAY + timedelta(days=ahead))
        ).ids[0]
        for place, (text, ahead) in enumerate(DUES.items())
    }


@pytest.fixture
def screen(program, made, qtbot):
    program.shell.navigate("promises")
    front = program.shell.front()
    qtbot.waitUntil(lambda: len(front.card.model.ids) == 4 and program.application.tasks.idle())
    window = program.application.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    front.focus_search()
    return front


def texts(screen):
    rows = [screen.card.model.row_at(place) for place in range(len(screen.card.model.ids))]
    return [row.text for row in rows if row is not None]


def press(qtbot, screen, *keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        qtbot.keyClick(screen.table, key, held)


def dialog(program, qtbot, name):
    def found():
        return [
            one for one in program.application.window.findChildren(QDialog, name) if one.isVisible()
        ]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[-1]


def said(program, qtbot, words):
    qtbot.waitUntil(lambda: program.shell.strip.text() == words)


def undo(program, qtbot):
    qtbot.keyClick(program.application.window, Qt.Key.Key_Z, CTRL)


def state(program, promise_id):
    return program.services.promise_lists.story(program.actor, promise_id).line.state


def test_what_is_due_first_is_on_top_with_its_counts(screen, qtbot):
    assert texts(screen) == list(DUES)
    qtbot.waitUntil(lambda: screen.which.segments()[0][1] == 4)
    assert [count for _, count in screen.which.segments()] == [4, 1, 2, 0, 0, 0, 4]
    assert screen.subtitle() == "4 promises"
    assert screen.card.table.header.sorted_by() == ("due", False)


def test_late_is_said_in_red(screen):
    column = screen.card.columns[2]
    late, today, tomorrow, later = (
        column.cell_of(screen.card.model.row_at(place)) for place in range(4)
    )
    assert (late.text, late.tone) == ("2 days late", "danger_ink")
    assert [one.text for one in (today, tomorrow, later)] == ["Today", "Tomorrow", "in 30 days"]
    assert later.tone == "text"


def test_a_key_keeps_the_promise_and_ctrl_z_brings_it_back(screen, program, made, qtbot):
    press(qtbot, screen, Qt.Key.Key_Down, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: texts(screen) == ["晚了的样品", "明天的发票", "下月的合同"])
    said(program, qtbot, "1 promise is kept.")
    qtbot.waitUntil(lambda: screen.table.current_id() == made["明天的发票"])
    undo(program, qtbot)
    qtbot.waitUntil(lambda: texts(screen) == list(DUES))
    assert state(program, made["今天的报价"]) is PromiseState.OPEN


def test_several_are_kept_after_a_look_at_what_changes(screen, program, made, qtbot):
    press(qtbot, screen, Qt.Key.Key_A, held=CTRL)
    press(qtbot, screen, Qt.Key.Key_D)
    shown = dialog(program, qtbot, "promise_bulk")
    assert shown.model.ids.tolist() == list(made.values())
    assert shown.names.text() == "华信科技 · Grace …"
    cell = shown.model.columns[2].cell_of(shown.model.row_at(0))
    assert (cell.second, cell.text) == ("Pending", "Kept")
    qtbot.keyClick(shown.do_button, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.card.nothing.isVisible)
    said(program, qtbot, "4 promises are kept.")
    undo(program, qtbot)
    qtbot.waitUntil(lambda: texts(screen) == list(DUES))


def test_leaving_the_look_changes_nothing(screen, program, made, qtbot):
    press(qtbot, screen, Qt.Key.Key_A, held=CTRL)
    press(qtbot, screen, Qt.Key.Key_D)
    shown = dialog(program, qtbot, "promise_bulk")
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.isVisible())
    assert texts(screen) == list(DUES)


def test_what_is_over_stays_out_of_it(screen, program, made, qtbot):
    program.services.promises.keep(program.actor, [made["晚了的样品"]])
    screen.show_all()
    qtbot.waitUntil(lambda: len(screen.card.model.ids) == 4 and program.application.tasks.idle())
    press(qtbot, screen, Qt.Key.Key_A, held=CTRL)
    press(qtbot, screen, Qt.Key.Key_R)
    shown = dialog(program, qtbot, "promise_bulk")
    assert len(shown.model.ids) == 3
    shown.reason.setPlainText("不做了")
    shown.submit()
    said(program, qtbot, "3 promises are released.")
    assert state(program, made["晚了的样品"]) is PromiseState.KEPT


def test_moving_asks_when_and_why_and_keeps_both(screen, program, made, qtbot):
    press(qtbot, screen, Qt.Key.Key_M)
    shown = dialog(program, qtbot, "promise_bulk")
    shown.submit()
    assert shown.fields["due"].wrong()
    assert shown.fields["why"].wrong()
    qtbot.keyClicks(shown.due.typed, "2026-12-01")
    cell = shown.model.columns[2].cell_of(shown.model.row_at(0))
    assert (cell.second, cell.text) == ("2026-11-20", "2026-12-01")
    qtbot.keyClicks(shown.why, "out of stock")
    qtbot.keyClick(shown.why, Qt.Key.Key_Return)
    said(program, qtbot, "1 promise is moved to 2026-12-01.")
    (move,) = program.services.promise_lists.story(program.actor, made["晚了的样品"]).moves
    assert (move.after.isoformat(), move.why) == ("2026-12-01", "out of stock")
    qtbot.waitUntil(lambda: texts(screen)[2] == "晚了的样品")


def test_not_kept_asks_why(screen, program, made, qtbot):
    press(qtbot, screen, Qt.Key.Key_B)
    shown = dialog(program, qtbot, "promise_end")
    shown.submit()
    assert shown.fields["reason"].wrong()
    qtbot.keyClicks(shown.reason, "forgotten")
    qtbot.keyClick(shown.reason, Qt.Key.Key_Return, CTRL)
    said(program, qtbot, "Noted that a promise was broken.")
    qtbot.waitUntil(lambda: texts(screen) == list(DUES)[1:])
    assert program.services.promise_lists.story(
        program.actor, made["晚了的样品"]
    ).line.reason == "forgotten"  # fmt: skip


def test_del_deletes_and_undo_brings_back(screen, program, qtbot):
    press(qtbot, screen, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: texts(screen) == list(DUES)[1:])
    said(program, qtbot, "1 promise was deleted.")
    undo(program, qtbot)
    qtbot.waitUntil(lambda: texts(screen) == list(DUES))


def test_the_details_tell_every_move(screen, program, made, qtbot):
    promises, one = program.services.promises, made["晚了的样品"]
    promises.move(program.actor, one, TODAY + timedelta(days=2), "缺货")
    screen.show_target(one)

    def words():
        return [label.text() for label in screen.details.findChildren(QLabel)]

    qtbot.waitUntil(lambda: "缺货" in words())
    assert "Moved 1 time" in words()
    assert "Fri 2026-11-20 → Tue 2026-11-24" in words()


def test_the_buttons_of_the_details_act_on_what_is_shown(screen, program, made, qtbot):
    qtbot.waitUntil(lambda: screen.details.promise_id() == made["晚了的样品"])
    button = screen.details.findChild(QPushButton, "details_keep")
    button.click()
    qtbot.waitUntil(lambda: texts(screen) == list(DUES)[1:])


def test_searching_narrows_list_and_counts(screen, qtbot):
    screen.focus_field()
    qtbot.keyClicks(screen.search, "Grace")
    qtbot.waitUntil(lambda: texts(screen) == ["今天的报价", "下月的合同"])
    qtbot.waitUntil(lambda: screen.which.segments()[-1][1] == 2)
    screen.search.setText("没有这样的")
    qtbot.waitUntil(screen.card.nothing.isVisible)
    screen.show_all()
    qtbot.waitUntil(lambda: len(texts(screen)) == 4)
    assert screen.search.text() == ""


def test_the_lists_are_chosen_by_arrows(screen, qtbot):
    screen.which.setFocus()
    qtbot.keyClick(screen.which, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: texts(screen) == ["晚了的样品"])
    qtbot.keyClick(screen.which, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: texts(screen) == ["今天的报价", "明天的发票"])
    qtbot.keyClick(screen.which, Qt.Key.Key_Right)
    qtbot.waitUntil(screen.card.nothing.isVisible)


def test_enter_opens_the_customer(screen, program, qtbot):
    press(qtbot, screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.shell.front().area == "customer")


def test_n_writes_a_promise_to_a_customer_who_is_chosen(screen, program, made, qtbot):
    customer = screen.card.model.row_at(0).customer_id
    press(qtbot, screen, Qt.Key.Key_N)
    shown = dialog(program, qtbot, "promise")
    qtbot.keyClicks(shown.text, "call back")
    shown.customer.set_value(customer, "华信科技")
    shown.submit()
    qtbot.waitUntil(lambda: "call back" in texts(screen))


def test_e_edits_it(screen, program, made, qtbot):
    press(qtbot, screen, Qt.Key.Key_E)
    shown = dialog(program, qtbot, "promise")
    shown.text.setText("两箱样品")
    shown.submit()
    qtbot.waitUntil(lambda: texts(screen)[0] == "两箱样品")


def test_the_report_is_one_click_away(screen, program, qtbot):
    screen.report_button.click()
    qtbot.waitUntil(lambda: program.shell.front().area == "reports")
    assert program.shell.front().subtitle() == "Promises"


def test_it_is_left_as_it_will_be_found(screen, program, made, qtbot):
    screen.which.set_current(list(Which).index(Which.ALL))
    screen.table.header.sort_asked.emit("customer", True)
    qtbot.waitUntil(program.application.tasks.idle)
    left = screen.state()
    screen.restore({})
    screen.which.set_current(0)
    screen.restore(left)
    qtbot.waitUntil(program.application.tasks.idle)
    assert screen.card.listing.query == PromiseQuery(Which.ALL, Whose.ALL, "", "-customer")
    assert screen.state() == left


def test_a_promise_out_of_the_list_is_shown_among_all(screen, program, made, qtbot):
    one = made["今天的报价"]
    program.services.promises.keep(program.actor, [one])
    qtbot.waitUntil(lambda: len(screen.card.model.ids) == 3)
    screen.show_target(one)
    qtbot.waitUntil(lambda: screen.table.current_id() == one)
    assert screen.which.current() == list(Which).index(Which.ALL)


def test_what_a_colleague_changes_appears_by_itself(screen, program, made, qtbot):
    program.services.promises.release(program.actor, [made["下月的合同"]], "")
    qtbot.waitUntil(lambda: texts(screen) == list(DUES)[:3])
    qtbot.waitUntil(lambda: [n for _, n in screen.which.segments()] == [3, 1, 2, 0, 0, 1, 4])


def test_without_any_it_says_how_they_come_about(program, qtbot):
    program.shell.navigate("promises")
    front = program.shell.front()
    qtbot.waitUntil(front.card.none.isVisible)
    front.card.none.action.click()
    shown = dialog(program, qtbot, "promise")
    shown.reject()


def test_the_list_is_written_as_it_is_seen(screen, program, made, qtbot, tmp_path):
    target = tmp_path / "promises.csv"
    keys = [one.key for one in screen.table.shown_columns()]
    export_to(screen, screen._context, target, screen.card.model.ids, keys)
    said(program, qtbot, f"4 promises written to {target}.")
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ["Customer", "What was promised", "Due"]
    assert lines[1].split(",")[:3] == ["华信科技", "晚了的样品", "2026-11-20"]
    assert len(lines) == 5
