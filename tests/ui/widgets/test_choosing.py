"""Fields that suggest, choose, take dates and tags; the column chooser; items that flow."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dates import Relative
from app.ui.theme import theme
from app.ui.when import day_words, moment_words
from app.ui.widgets.button import Button
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.flow import FlowBox
from app.ui.widgets.layout import col
from app.ui.widgets.month_grid import MonthGrid
from app.ui.widgets.pill import Pill
from app.ui.widgets.suggest import ChoiceEdit, KnownEdit, fitting
from app.ui.widgets.tab_order import order_by_place
from app.ui.widgets.tag_edit import TagEdit
from tests.databases import NOW

TODAY = date(2026, 11, 22)


@pytest.fixture
def show(qtbot):
    theme().apply("light", zoom=1.0, motion=False)

    held = []

    def put(*widgets):
        window = QWidget()
        held.append(window)  # the bot holds it weakly
        window.setLayout(col(*widgets))
        window.resize(400, 300)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        widgets[0].setFocus()
        qtbot.waitUntil(widgets[0].hasFocus)
        return widgets[0]

    return put


# ---- suggestions


def test_what_begins_so_comes_before_what_contains_it():
    assert fitting("ab", ["xab", "abc", "AB", "none"]) == ["abc", "xab"]
    assert fitting("", ["b", "a"], but=["b"]) == ["a"]


def test_known_values_are_offered_taken_by_keyboard_and_escape_closes_only_the_list(show, qtbot):
    edit = show(KnownEdit("Source"))
    edit.set_known(["web", "fair", "friend"])
    qtbot.keyClicks(edit, "f")
    assert edit.suggestions.entries() == ["fair", "friend"]
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "friend"
    assert edit.suggestions.isHidden()
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert not edit.suggestions.isHidden()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.suggestions.isHidden()
    assert edit.hasFocus()


def test_a_suggestion_is_taken_with_the_mouse_and_the_field_keeps_the_focus(show, qtbot):
    edit = show(KnownEdit("Source"))
    edit.set_known(["web", "fair"])
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    entries = edit.suggestions.list
    at = entries.visualItemRect(entries.item(1)).center()
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert edit.text() == "fair"
    assert edit.hasFocus()


def test_typing_what_is_not_known_is_allowed(show, qtbot):
    edit = show(KnownEdit("Source"))
    edit.set_known(["web"])
    qtbot.keyClicks(edit, "radio")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "radio"


def test_a_record_is_chosen_by_searching_and_old_answers_are_dropped(show, qtbot):
    asked = []
    edit = show(ChoiceEdit("Parent", lambda typed, answer: asked.append((typed, answer))))
    qtbot.keyClicks(edit, "hx")
    (first, old), (second, new) = asked
    assert (first, second) == ("h", "hx")
    new([("华信", 7)])
    old([("Other", 8)])
    assert edit.suggestions.entries() == ["华信"]
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.value(), edit.text()) == (7, "华信")
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.value() is None
    assert edit.unresolved()
    edit.clear()
    assert not edit.unresolved()


def test_half_typed_pinyin_asks_for_nothing(show, qtbot):
    asked = []
    edit = show(ChoiceEdit("Parent", lambda typed, answer: asked.append(typed)))
    QApplication.sendEvent(edit, QInputMethodEvent("hua", []))
    assert asked == []
    done = QInputMethodEvent()
    done.setCommitString("华")
    QApplication.sendEvent(edit, done)
    assert asked == ["华"]


# ---- days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("2026年2月28日", date(2026, 2, 28)),
        ("28 Feb 2026", date(2026, 2, 28)),
        ("民國115年2月28日", date(2026, 2, 28)),
        ("today", TODAY),
        ("昨天", date(2026, 11, 21)),
        ("-2w", date(2026, 11, 8)),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_write_it(show, typed, day):
    edit = show(DateEdit("Since", TODAY))
    edit.setText(typed)
    assert edit.value() == day
    assert edit.problem() is None


@pytest.mark.parametrize("typed", ["2026-02-30", "8/2/2026", "soon"])
def test_what_is_no_date_stays_as_typed_with_the_reason(show, qtbot, typed):
    edit = show(DateEdit("Since", TODAY))
    qtbot.keyClicks(edit, typed)
    edit.clearFocus()
    assert edit.text() == typed
    assert edit.value() is None
    assert edit.problem() is not None


def test_leaving_the_field_writes_the_date_in_the_one_form(show):
    edit = show(DateEdit("Since", TODAY))
    edit.setText("28 Feb 2026")
    edit.clearFocus()
    assert edit.text() == "2026-02-28"


def test_a_day_is_chosen_from_a_month_by_keyboard(show, qtbot):
    edit = show(DateEdit("Since", TODAY))
    edit.set_value(date(2026, 1, 31))
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = edit._month
    qtbot.keyClick(month.focusProxy(), Qt.Key.Key_PageDown)
    assert month.day() == date(2026, 2, 28)
    qtbot.keyClick(month.focusProxy(), Qt.Key.Key_Left)
    qtbot.keyClick(month.focusProxy(), Qt.Key.Key_Return)
    assert edit.value() == date(2026, 2, 27)
    assert not edit._panel.isVisible()


def test_a_day_is_chosen_from_a_month_with_the_mouse(show, qtbot):
    month = show(MonthGrid(TODAY))
    picked = []
    month.picked.connect(picked.append)
    days = month.focusProxy()
    cell = days.width() // 7
    # 1 November 2026 is a Sunday: the last of the first line under the names of the days
    at = QPoint(6 * cell + cell // 2, cell + cell // 2)
    qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=at)
    assert picked == [date(2026, 11, 1)]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (Relative(0, "d"), "Today"),
        (Relative(-1, "d"), "Yesterday"),
        (Relative(-3, "d"), "3 days ago"),
        (Relative(-30, "d"), "30 days ago"),
        (Relative(-31, "d"), "2026-10-22"),
        (Relative(1, "d"), "Tomorrow"),
        (Relative(9, "d"), "2026-12-01"),
    ],
)
def test_near_days_are_said_in_words(ago, words):
    assert day_words(ago.on(TODAY), TODAY) == words


def test_moments_of_today_are_minutes_and_hours():
    minutes = [moment_words(NOW.replace(minute=one), NOW) for one in (30, 29, 0)]
    assert minutes == ["Just now", "1 minute ago", "30 minutes ago"]
    assert moment_words(NOW.replace(day=21), NOW) == "Yesterday"


# ---- tags


def test_tags_are_added_once_and_taken_off(show, qtbot):
    edit = TagEdit("Tags")
    show(edit.entry.parentWidget())
    told = []
    edit.changed.connect(lambda: told.append(edit.tags()))
    qtbot.keyClicks(edit.entry, "vip")
    qtbot.keyClick(edit.entry, Qt.Key.Key_Return)
    qtbot.keyClicks(edit.entry, "VIP,")
    qtbot.keyClicks(edit.entry, "new")
    assert edit.tags() == ("vip", "new")
    qtbot.keyClick(edit.entry, Qt.Key.Key_Return)
    qtbot.keyClick(edit.entry, Qt.Key.Key_Backspace)
    assert edit.tags() == ("vip",)
    (chip,) = [one for one in edit.findChildren(Button) if not one.isHidden()]
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert edit.tags() == ()
    assert told[-1] == ()


def test_tags_that_are_held_are_not_offered_again(show, qtbot):
    edit = TagEdit("Tags")
    edit.set_known(["vip", "visitor"])
    edit.set_tags(["vip"])
    show(edit)
    qtbot.keyClicks(edit.entry, "vi")
    assert edit.entry.suggestions.entries() == ["visitor"]


def test_many_tags_take_several_lines(show):
    edit = TagEdit("Tags")
    show(edit)
    one_line = edit.height()
    edit.set_tags([f"a rather long tag {place}" for place in range(8)])
    assert edit.height() > one_line
    inside = edit.rect()
    assert all(inside.contains(one.geometry()) for one in edit.findChildren(Button))


# ---- flow


def test_items_that_have_no_room_go_on_in_the_next_line(show, qtbot):
    box = FlowBox(*(Pill(f"tag number {place}") for place in range(6)))
    holder = QWidget()
    holder.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    show(holder, box)
    lines = {one.y() for one in box.findChildren(Pill)}
    assert len(lines) > 1
    assert box.heightForWidth(10_000) < box.heightForWidth(200)
    box.set_items([Pill("only one")])
    assert len([one for one in box.findChildren(Pill) if not one.isHidden()]) == 1


def test_tab_goes_through_tags_as_they_stand(show, qtbot):
    before, tags, after = Button("Before"), TagEdit("Tags"), Button("After")
    tags.set_tags(["VIP", "south"])
    show(before, tags, after)
    window = before.window()
    seen = []
    for _ in range(4):
        order_by_place(window)
        window.focusNextChild()
        seen.append(window.focusWidget())
    assert seen == [*tags._chips, tags.entry, after]
