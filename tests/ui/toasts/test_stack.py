"""Popups: which are in sight, where they stand, what one does with them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from app import i18n
from app.domain.reminders import Notice, ReminderKind
from app.ui.theme import theme
from app.ui.toasts.panel import WIDTH
from app.ui.toasts.stack import GAP, MARGIN, MOST, PATIENCE, Surroundings, ToastStack

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)  # a Friday


def notice(number, text="给王伟打电话", **more):
    called = NOW - timedelta(minutes=number)
    return Notice(number, called, ReminderKind.NOTE, text, called, **more)


def next_workday(day: date) -> date:
    return day + timedelta(days=3 if day.weekday() == 4 else 1)


@pytest.fixture
def stack(qtbot):
    theme().apply("light", zoom=1.0, motion=False)
    QCursor.setPos(0, 0)
    made = ToastStack(Surroundings(lambda: NOW, next_workday, lambda: None))
    qtbot.addWidget(made)
    yield made
    made.clear()
    theme().apply("light", zoom=1.0, motion=False)


def ids(stack):
    return [one.notice.reminder_id for one in stack.toasts()]


def on_screen(widget):
    return widget.mapToGlobal(QPoint(0, 0)), widget.mapToGlobal(QPoint(*widget.size().toTuple()))


def test_the_newest_is_on_top_and_the_oldest_in_the_corner(stack):
    stack.show_notices([notice(3), notice(1), notice(2)])
    assert ids(stack) == [1, 2, 3]
    tops = [one.y() for one in stack.toasts()]
    assert tops == sorted(tops)
    _, corner = on_screen(stack.toasts()[-1])
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.right() + 1 - corner.x() == MARGIN
    assert room.bottom() + 1 - corner.y() == MARGIN
    upper, lower = stack.toasts()[:2]
    assert lower.y() - (upper.y() + upper.height()) == GAP


def test_beyond_three_a_row_says_how_many_more_there_are(stack, qtbot):
    stack.show_notices([notice(one) for one in range(1, 10)])
    assert ids(stack) == [1, 2, 3]
    assert stack.summary().isVisible()
    assert stack.summary().text() == "6 more"
    assert stack.summary().y() < stack.toasts()[0].y()
    with qtbot.waitSignal(stack.all_wanted):
        qtbot.mouseClick(stack.summary().all_button, Qt.MouseButton.LeftButton)


def test_the_next_one_comes_up_when_one_is_dealt_with(stack, qtbot):
    stack.show_notices([notice(one) for one in range(1, 5)])
    with qtbot.waitSignal(stack.done) as told:
        qtbot.mouseClick(stack.toasts()[0].done_button, Qt.MouseButton.LeftButton)
    assert told.args[0].reminder_id == 1
    assert ids(stack) == [2, 3, 4]
    assert not stack.summary().isVisible()


@pytest.mark.parametrize(
    ("button", "signal"), [("open_button", "opened"), ("close_button", "closed")]
)
def test_a_popup_that_was_opened_or_closed_is_gone(stack, qtbot, button, signal):
    stack.show_notices([notice(1)])
    with qtbot.waitSignals([getattr(stack, signal), stack.emptied]):
        qtbot.mouseClick(getattr(stack.toasts()[0], button), Qt.MouseButton.LeftButton)
    assert stack.notices() == []
    assert not stack.isVisible()


def test_the_menu_offers_times_and_puts_off_until_the_one_chosen(stack, qtbot):
    stack.show_notices([notice(1)])
    (toast,) = stack.toasts()
    qtbot.mouseClick(toast.snooze_button, Qt.MouseButton.LeftButton)
    words = [one.text() for one in toast.menu.actions() if one.text()]
    assert words == [
        "10 minutes", "1 hour", "This afternoon", "Tomorrow", "Next workday", "Another time…"
    ]  # fmt: skip
    assert toast.menu.times()[-1].startswith("Mon ")
    assert toast.snooze_button.isDown()
    with qtbot.waitSignal(stack.snoozed) as told:
        qtbot.keyClick(toast.menu, Qt.Key.Key_Return)
    assert told.args[1] == NOW + timedelta(minutes=10)
    assert stack.notices() == []


def test_another_time_is_asked_for_and_the_popup_waits_meanwhile(stack, qtbot):
    stack.show_notices([notice(1)])
    (toast,) = stack.toasts()
    toast.open_snooze()
    with qtbot.waitSignal(stack.time_wanted):
        toast.menu.actions()[-1].trigger()
    toast.menu.close()
    assert ids(stack) == [1]


def test_of_a_reminder_only_the_newest_state_is_shown(stack):
    stack.show_notices([notice(1, "寄样品"), notice(2)])
    stack.show_notices([notice(1, "寄样品两份")])
    assert ids(stack) == [1, 2]
    assert "寄样品两份" in stack.toasts()[0].accessibleName()


def test_what_was_dealt_with_elsewhere_is_taken_back(stack):
    stack.show_notices([notice(one) for one in range(1, 6)])
    stack.take_back([1, 5, 77])
    assert ids(stack) == [2, 3, 4]


def test_many_that_came_meanwhile_are_one_popup(stack, qtbot):
    stack.show_digest(17, "寄样品 · 对账")
    stack.show_digest(18, "寄样品 · 对账")
    (digest,) = [
        one for one in stack.children() if one.objectName() == "digest" and one.isVisible()
    ]
    assert "18 reminders while you were away" in digest.accessibleName()
    with qtbot.waitSignals([stack.digest_opened, stack.emptied]):
        qtbot.mouseClick(digest.open_button, Qt.MouseButton.LeftButton)


def test_under_the_mouse_nothing_moves_until_it_rests_or_goes(stack, qtbot):
    stack.show_notices([notice(one) for one in (2, 3, 4)])
    lowest, middle = stack.toasts()[-1], stack.toasts()[1]
    before = middle.pos()
    QCursor.setPos(middle.mapToGlobal(middle.rect().center()))
    stack.take_back([lowest.notice.reminder_id])
    assert middle.pos() == before
    stack.show_notices([notice(1), notice(0)])
    assert ids(stack) == [1, 2, 3]  # one on top has room; for another one of them would have to go
    assert stack.summary().text() == "1 more"
    assert middle.pos() == before
    QCursor.setPos(0, 0)
    qtbot.waitUntil(lambda: ids(stack) == [0, 1, 2])


def test_a_mouse_that_lies_there_for_long_keeps_nothing_back(stack, qtbot):
    stack.show_notices([notice(one) for one in (2, 3, 4)])
    middle = stack.toasts()[1]
    QCursor.setPos(middle.mapToGlobal(middle.rect().center()))
    stack.show_notices([notice(1)])
    assert ids(stack) == [2, 3, 4]
    for _ in range(PATIENCE):
        stack._rested()
    assert ids(stack) == [1, 2, 3]


def test_only_the_panels_are_in_the_way_of_the_mouse(stack):
    stack.show_notices([notice(1)])
    (toast,) = stack.toasts()
    assert stack.mask().contains(toast.geometry().center())
    assert not stack.mask().contains(QPoint(toast.geometry().center().x(), toast.y() - 100))
    assert not stack.mask().contains(QPoint(stack.width() - 2, stack.height() - 2))


def test_nothing_in_it_can_have_the_keyboard(stack):
    # that the window that has it keeps it, a real desktop shows: test_keyboard_stays
    stack.show_notices([notice(one) for one in range(1, 6)])
    assert stack.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert stack.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    buttons = stack.findChildren(QAbstractButton)
    assert len(buttons) == 3 * 4 + 1
    assert {one.focusPolicy() for one in buttons} == {Qt.FocusPolicy.NoFocus}


def test_with_motion_it_slides_in_and_arrives(stack, qtbot):
    theme().apply("light", zoom=1.0, motion=True)
    stack.show_notices([notice(1)])
    (toast,) = stack.toasts()
    assert toast.x() == stack.width()
    with qtbot.waitSignal(toast.arrived):
        pass
    assert toast.x() == MARGIN


@pytest.mark.parametrize("zoom", [0.8, 1.6])
def test_at_another_size_they_keep_to_the_corner_and_fit_the_screen(stack, qtbot, zoom):
    stack.show_notices([notice(one, "很长的事" * 30, about="很长的话" * 60) for one in range(1, 6)])
    theme().apply("dark", zoom=zoom)
    qtbot.waitUntil(lambda: stack.summary().width() == round(WIDTH * zoom))
    strip = stack.rect()
    panels = [*stack.toasts(), stack.summary()]
    assert all(one.height() == one.sizeHint().height() for one in panels)
    assert 1 <= len(stack.toasts()) <= MOST
    assert all(strip.contains(one.geometry()) for one in panels)
    assert len({one.x() for one in panels}) == 1


def test_on_another_screen_they_stand_in_its_corner(stack):
    stack.show_notices([notice(1)])
    stack.move(40, 40)
    stack._tell.timeout.emit()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert stack.geometry().bottomRight() == room.bottomRight()


def test_in_a_language_with_long_words_no_button_is_cut_off(stack):
    i18n.use(i18n.PSEUDO)
    try:
        stack.show_notices([notice(1)])
    finally:
        i18n.use("en")
    (toast,) = stack.toasts()
    for one in (toast.open_button, toast.done_button, toast.snooze_button):
        assert one.width() >= one.sizeHint().width()
        assert toast.rect().contains(one.geometry())


def test_everything_in_a_popup_has_a_name(stack):
    stack.show_notices([notice(1, "寄样品", customer="国强建材", customer_id=3, late=True)])
    (toast,) = stack.toasts()
    assert "寄样品" in toast.accessibleName()
    assert "国强建材" in toast.accessibleName()
    for one in (toast.open_button, toast.done_button, toast.snooze_button, toast.close_button):
        assert one.accessibleName()
