from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.services.promises import PromiseDraft
from app.ui.calendar.screen import AGENDA, WEEK
from app.ui.widgets.line_paint import Head, Line
from tests.databases import NOW
from tests.ui.calendar.conftest import TODAY


def day(ahead):
    return TODAY + timedelta(days=ahead)


def entries(screen, on):
    return [one.words for one in screen.grid.cell(on).entries]


def command(screen, name):
    return next(one for one in screen.commands() if one.name == f"calendar.{name}")


def draw(widget, begin, end):
    """Press, move and let go."""
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(widget, begin + QPoint(20, 20))
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def dues(stage):
    found = stage.services.due.lines(stage.actor, day(90))
    return {one.text: one.due_on for one in found}


def test_a_month_shows_whole_weeks_with_their_lines(write, show):
    write("打电话", 2)
    screen = show()
    cells = screen.grid.cells()
    assert len(cells) == 42
    assert cells[0].day == date(2026, 10, 26)
    assert cells[0].number == "Oct 26"
    assert not cells[0].here
    assert entries(screen, day(2)) == ["打电话"]
    assert screen.subtitle() == "November 2026"


def test_a_day_says_its_lunar_day_its_festival_and_whether_it_is_off(show):
    screen = show()
    thursday = screen.grid.cell(date(2026, 11, 26))
    assert thursday.lunar == "10/18"
    assert thursday.notes == "Thanksgiving"
    assert not thursday.off
    sunday = screen.grid.cell(TODAY)
    assert sunday.off
    assert sunday.spoken == (
        "Sunday 22 November, Lunar month 10, day 14, Minor snow, Day off, 0 lines"
    )


def test_arrows_walk_the_days_and_lead_to_the_next_month(stage, show):
    screen = show()
    screen.grid.setFocus()
    QTest.keyClick(screen.grid, Qt.Key.Key_Down)
    assert screen.day() == day(7)
    QTest.keyClick(screen.grid, Qt.Key.Key_Right)
    QTest.keyClick(screen.grid, Qt.Key.Key_Down)
    assert screen.day() == date(2026, 12, 7)
    stage.until(lambda: screen.grid.cells()[0].day == date(2026, 11, 30))
    QTest.keyClick(screen.grid, Qt.Key.Key_PageUp)
    assert screen.day() == date(2026, 11, 7)
    QTest.keyClick(screen.grid, Qt.Key.Key_Home)
    assert screen.day() == date(2026, 11, 2)
    command(screen, "today").do()
    stage.until(lambda: screen.day() == TODAY and screen.grid.day() == TODAY)


def test_the_lines_of_the_chosen_day_stand_beside_it(stage, write, show, qtbot):
    write("打电话", 3, due=NOW + timedelta(days=3))
    write("别的", 4)
    screen = show()
    at = screen.grid.area_of_day(day(3)).center().toPoint()
    qtbot.mouseClick(screen.grid, Qt.MouseButton.LeftButton, pos=at)
    assert screen.panel.title() == "Wednesday 25 November"
    (line,) = screen.panel.list.lines()
    assert (line.what, line.when) == ("打电话", f"{NOW.astimezone():%H:%M}")
    QTest.keyClick(screen.grid, Qt.Key.Key_Return)
    assert screen.window().focusWidget() is screen.panel.list
    QTest.keyClick(screen.panel.list, Qt.Key.Key_Escape)
    assert screen.window().focusWidget() is screen.grid


def test_a_crowded_day_says_how_many_more_and_lists_them_all(stage, write, show):
    for number in range(30):
        write(f"第 {number} 件", 1)
    screen = show()
    cell = screen.grid.cell(day(1))
    assert (cell.count, cell.many) == (30, False)
    assert len(cell.entries) == 8
    screen.show_day(day(1))
    stage.until(lambda: len(screen.panel.list.lines()) == 30)


def test_of_a_very_crowded_day_it_says_that_there_are_many(write, show):
    for number in range(41):
        write(f"第 {number} 件", 1)
    assert show().grid.cell(day(1)).many


def test_a_line_drawn_to_another_day_is_moved_and_comes_back_by_undo(stage, write, show):
    made = write("打电话", 2, due=NOW + timedelta(days=2))
    screen = show()
    begin = screen.grid.area_of_entry(made).center().toPoint()
    end = screen.grid.area_of_day(day(5)).center().toPoint()
    draw(screen.grid, begin, end)
    stage.until(lambda: entries(screen, day(5)) == ["打电话"])
    (line,) = stage.services.due.lines(stage.actor, day(90))
    assert line.due == NOW + timedelta(days=5)
    assert stage.said() == [f"Moved to Fri {NOW.astimezone():%H:%M}."]
    stage.undo_last()
    stage.until(lambda: entries(screen, day(2)) == ["打电话"])


def test_a_promise_drawn_to_another_day_asks_why_and_keeps_the_move(stage, show, customer, db):
    made = stage.services.promises.make(stage.actor, customer, PromiseDraft("寄样品", day(2))).ids[
        0
    ]
    screen = show()
    (key,) = [one.key for one in screen.grid.cell(day(2)).entries]
    begin = screen.grid.area_of_entry(key).center().toPoint()
    draw(screen.grid, begin, screen.grid.area_of_day(day(4)).center().toPoint())
    dialog = stage.dialog("move")
    assert dialog.typed.text() == day(4).isoformat()
    assert not dialog.do_button.isEnabled()
    dialog.why.setText("工厂停电")
    dialog.do_button.click()
    stage.until(lambda: dues(stage) == {"寄样品": day(4)})
    (moved,) = stage.services.promises.moves(stage.actor, made)
    assert (moved.before, moved.after, moved.why) == (day(2), day(4), "工厂停电")


def test_what_comes_again_is_shown_on_later_days_but_stays_where_it_is(stage, write, show):
    write("周会", 1, rule="FREQ=WEEKLY")
    screen = show()
    later = screen.grid.cell(day(8)).entries[0]
    assert (later.words, later.fixed) == ("周会", True)
    begin = screen.grid.area_of_entry(later.key).center().toPoint()
    draw(screen.grid, begin, screen.grid.area_of_day(day(10)).center().toPoint())
    assert dues(stage) == {"周会": day(1)}
    screen.show_day(day(8))
    (line,) = screen.panel.list.lines()
    assert line.fixed
    screen.panel.list.setFocus()
    command(screen, "done").do()
    assert stage.said() == ["This comes again later. Deal with the one before first."]


def test_only_this_occurrence_of_what_comes_again_is_moved(stage, write, show):
    write("周会", 1, rule="FREQ=WEEKLY")
    screen = show()
    entry = screen.grid.cell(day(1)).entries[0]
    begin = screen.grid.area_of_entry(entry.key).center().toPoint()
    draw(screen.grid, begin, screen.grid.area_of_day(day(3)).center().toPoint())
    stage.until(lambda: entries(screen, day(3)) == ["周会"])
    assert entries(screen, day(8)) == ["周会"]
    assert entries(screen, day(10)) == []


def test_a_week_shows_seven_days_and_turns_by_weeks(stage, write, show):
    write("打电话", -1)
    screen = show()
    screen.show_form(WEEK)
    stage.until(lambda: len(screen.grid.cells()) == 7)
    assert entries(screen, day(-1)) == ["打电话"]
    screen.on_button.click()
    assert screen.day() == day(7)
    stage.until(lambda: screen.grid.cells()[0].day == date(2026, 11, 23))


def test_the_agenda_lists_day_by_day_and_takes_lines_drawn_to_another(stage, write, show):
    made = write("打电话", 1)
    write("月底", 8)
    screen = show()
    screen.show_form(AGENDA)
    stage.until(lambda: len(screen.agenda.rows()) == 4)
    heads = [one.words for one in screen.agenda.rows() if isinstance(one, Head)]
    assert heads == ["Tomorrow · Monday 23 November", "Monday 30 November"]
    view = screen.agenda.viewport()
    end = screen.agenda.area_of(3).center().toPoint()
    draw(view, screen.agenda.place_of(made), end)
    stage.until(lambda: dues(stage) == {"打电话": day(8), "月底": day(8)})


def test_an_agenda_without_lines_says_so(stage, show):
    screen = show()
    screen.show_form(AGENDA)
    stage.until(screen.empty.isVisible)


def test_lines_of_the_day_are_done_and_moved_by_keys(stage, write, show):
    write("甲")
    write("乙")
    screen = show()
    screen.panel.list.setFocus()
    command(screen, "done").do()
    stage.until(lambda: dues(stage) == {"乙": TODAY})
    stage.until(lambda: screen.panel.list.lines()[-1].over)
    line = screen.panel.list.lines()[0]
    assert isinstance(line, Line)
    screen.panel.list.go_to(line.key)
    command(screen, "move").do()
    dialog = stage.dialog("move")
    dialog.typed.setText("2026-11-25")
    dialog.do_button.click()
    stage.until(lambda: dues(stage) == {"乙": day(3)})


def test_something_new_is_written_for_the_chosen_day(stage, show):
    screen = show()
    screen.show_day(day(2))
    command(screen, "new").do()
    dialog = stage.dialog("reminder")
    assert dialog.day.value() == day(2)
    dialog.text.setText("买茶")
    dialog.time.setText("15:00")
    dialog.do_button.click()
    stage.until(lambda: dues(stage) == {"买茶": day(2)})
    stage.until(lambda: entries(screen, day(2)) == ["买茶"])
    assert screen.grid.cell(day(2)).entries[0].time == "15:00"


def test_a_double_click_opens_the_customer_or_writes_something_new(stage, write, show, customer):
    made = write("打电话", 2)
    screen = show()
    at = screen.grid.area_of_entry(made).center().toPoint()
    QTest.mouseDClick(screen.grid, Qt.MouseButton.LeftButton, pos=at)
    assert stage.navigated == [("customer", customer)]
    empty = screen.grid.area_of_day(day(4)).center().toPoint()
    QTest.mouseDClick(screen.grid, Qt.MouseButton.LeftButton, pos=empty)
    assert stage.dialog("reminder").day.value() == day(4)
    stage.dialog("reminder").reject()


def test_it_is_left_and_found_as_it_was(stage, show):
    screen = show()
    screen.show_form(WEEK)
    state = screen.state()
    again = show()
    again.restore(state)
    stage.until(lambda: len(again.grid.cells()) == 7)


def test_where_the_day_has_no_room_its_lines_are_in_the_agenda(stage, write, show):
    write("打电话", 2)
    screen = show()
    screen.window().setMinimumSize(0, 0)
    screen.window().resize(700, 700)
    screen.show_day(day(2))
    QTest.keyClick(screen.grid, Qt.Key.Key_Return)
    assert screen.form.current() == AGENDA
    stage.until(lambda: [one.what for one in screen.agenda.lines()] == ["打电话"])
