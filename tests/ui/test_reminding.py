"""The window watches: what calls is claimed, shown, and dealt with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.clock import Clock
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import Role
from app.domain.working_hours import QuietHours
from app.domain.working_time import WorkingCalendar
from app.services.reminders import ReminderDraft
from app.services.workspaces import WorkspaceService
from app.ui.toasts.toast import Digest
from app.ui.widgets.snooze_dialog import SnoozeDialog
from tests.databases import CLOCK, NOW


class Hand:
    """Writes reminders and looks at what the window makes of them."""

    def __init__(self, program, qtbot):
        self.program, self._qtbot = program, qtbot

    @property
    def reminding(self):
        return self.program.application.reminding

    @property
    def stack(self):
        return self.reminding.stack

    @property
    def due(self):
        return self.program.services.due

    def call(self, text="给王伟打电话", ago=1, customer=None):
        draft = ReminderDraft(text, NOW - timedelta(minutes=ago), customer)
        return self.program.services.reminders.add(self.program.actor, draft).ids[0]

    def settle(self):
        watcher = self.reminding.watcher
        self._qtbot.waitUntil(lambda: self.program.application.tasks.idle() and not watcher._busy)

    def shown(self, *texts):
        self._qtbot.waitUntil(lambda: [one.text for one in self.stack.notices()] == list(texts))

    def click(self, button):
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def clock(self, moment):
        self.program.services.database.clock = Clock(lambda: moment)
        self.reminding.watcher._clock = self.program.services.database.clock

    def actions(self):
        return [one.action for one in self.due.shown(self.program.actor)]


@pytest.fixture
def hand(program, qtbot):
    made = Hand(program, qtbot)
    made.settle()
    # wherever these tests run, it is not the middle of the night
    made.reminding.watcher._calendar = WorkingCalendar
    made.reminding.watcher.look()  # the first one comes by itself, a second after the start
    made.settle()
    return made


@pytest.fixture
def elsewhere(program):
    """The same workspace, open in another program."""
    opened = WorkspaceService(CLOCK).open(program.workspace)
    yield opened.services
    opened.close()


def test_what_is_written_here_and_calls_is_shown_and_counted(hand, qtbot):
    hand.call("给王伟打电话")
    hand.shown("给王伟打电话")
    qtbot.waitUntil(lambda: hand.program.shell.side_bar.count("notifications") == 1)
    (line,) = hand.due.shown(hand.program.actor)
    assert (line.place, line.action) == ("toast", "")


def test_what_calls_later_is_shown_when_the_time_comes(hand):
    hand.call("下午的", ago=-30)
    hand.reminding.watcher.look()
    hand.settle()
    assert hand.stack.notices() == []
    assert hand.reminding.watcher._look_at == NOW + timedelta(seconds=60)
    hand.clock(NOW + timedelta(minutes=31))
    hand.reminding.watcher._tick()
    hand.shown("下午的")


def test_it_looks_at_the_very_time_of_the_next_call(hand, qtbot):
    hand.call("马上", ago=-0.5)
    qtbot.waitUntil(lambda: hand.reminding.watcher._look_at == NOW + timedelta(seconds=30))


def test_in_quiet_hours_nothing_is_shown_and_at_their_end_all_of_it(hand, qtbot):
    here = NOW.astimezone()
    begin, end = here - timedelta(hours=1), here + timedelta(hours=2)
    quiet = QuietHours(begin.time(), end.time())
    hand.reminding.watcher._calendar = lambda: WorkingCalendar(quiet=quiet)
    hand.call("给王伟打电话")
    hand.settle()
    assert hand.due.shown(hand.program.actor) == []
    hand.clock(NOW + timedelta(hours=2, seconds=1))
    hand.reminding.watcher._tick()
    hand.shown("给王伟打电话")


def test_a_clock_that_is_set_back_is_looked_at_again(hand, qtbot):
    hand.settle()
    hand.clock(NOW - timedelta(days=1))
    with qtbot.waitSignal(hand.reminding.watcher.waiting):
        hand.reminding.watcher._tick()


def test_what_another_program_has_claimed_is_not_shown(hand, elsewhere):
    hand.reminding.watcher.stop()
    draft = ReminderDraft("别处来的", NOW - timedelta(minutes=1))
    elsewhere.reminders.add(hand.program.actor, draft)
    elsewhere.due.claim(hand.program.actor, elsewhere.due.calling(hand.program.actor), "native")
    hand.reminding.watcher.look()
    hand.settle()
    assert hand.stack.notices() == []
    assert hand.program.shell.side_bar.count("notifications") == 1


def test_what_is_dealt_with_elsewhere_goes_away_here(hand, elsewhere, qtbot):
    made = hand.call("给王伟打电话")
    hand.shown("给王伟打电话")
    elsewhere.reminders.done(hand.program.actor, [made])
    hand.program.application._watch.look()
    hand.shown()
    qtbot.waitUntil(lambda: hand.program.shell.side_bar.count("notifications") == 0)


def test_done_is_written_and_can_be_taken_back(hand, qtbot):
    made = hand.call()
    hand.shown("给王伟打电话")
    hand.click(hand.stack.toasts()[0].done_button)
    qtbot.waitUntil(lambda: hand.actions() == ["done"])
    qtbot.waitUntil(lambda: "1 reminder is done." in hand.program.shell.strip.text())
    hand.program.shell.undoing.undo_last()
    qtbot.waitUntil(
        lambda: [one.reminder_id for one in hand.due.waiting(hand.program.actor)] == [made]
    )


def test_put_off_it_comes_again_when_the_time_has_come(hand, qtbot):
    hand.call()
    hand.shown("给王伟打电话")
    (toast,) = hand.stack.toasts()
    toast.open_snooze()
    qtbot.keyClick(toast.menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hand.actions() == ["snoozed"])
    hand.settle()
    assert hand.stack.notices() == []
    hand.clock(NOW + timedelta(minutes=10, seconds=1))
    hand.reminding.watcher._tick()
    hand.shown("给王伟打电话")


def test_it_can_be_put_off_until_a_time_that_is_typed(hand, qtbot):
    hand.call()
    hand.shown("给王伟打电话")
    hand.stack.toasts()[0].open_snooze()
    hand.stack.toasts()[0].menu.actions()[-1].trigger()
    hand.stack.toasts()[0].menu.close()
    (dialog,) = hand.program.application.window.findChildren(SnoozeDialog)
    assert not dialog.do_button.isEnabled()
    dialog.typed.setText("yesterday")
    assert not dialog.do_button.isEnabled()
    dialog.typed.setText("tomorrow 3pm")
    hand.click(dialog.do_button)
    qtbot.waitUntil(lambda: hand.actions() == ["snoozed"])
    (line,) = hand.due.lines(hand.program.actor, NOW.date() + timedelta(days=2))
    assert f"{line.snoozed_until.astimezone():%m-%d %H:%M}" == "11-23 15:00"
    assert hand.stack.notices() == []


def test_open_leads_to_the_customer_and_what_is_closed_waits(hand, qtbot):
    customer = hand.program.services.editing.add(hand.program.actor, CustomerDraft("华信科技"))
    hand.call("寄样品", 2, customer)
    hand.call("对账", 1)
    hand.shown("对账", "寄样品")
    hand.click(hand.stack.toasts()[0].close_button)
    hand.click(hand.stack.toasts()[0].open_button)
    assert hand.program.shell.current == "customer"
    qtbot.waitUntil(lambda: sorted(hand.actions()) == ["dismissed", "opened"])
    hand.settle()
    qtbot.waitUntil(lambda: hand.program.shell.side_bar.count("notifications") == 2)


def test_after_a_week_off_much_is_one_popup_and_the_newest_state(hand, qtbot):
    hand.reminding.watcher.stop()
    for number in range(17):
        hand.call(f"事 {number}", 60 * 24 * 7 + number)
    hand.call("刚才", 1)
    hand.reminding.watcher.look()
    hand.shown("刚才")
    (digest,) = hand.stack.findChildren(Digest)
    assert "17 reminders" in digest.accessibleName()
    places = [one.place for one in hand.due.shown(hand.program.actor)]
    assert sorted(set(places)) == ["digest", "toast"]
    assert len(places) == 18
    hand.click(digest.open_button)
    assert hand.program.shell.current in ("today", "notifications")


def test_the_key_leads_to_the_same_reminders_in_the_window(hand, qtbot):
    hand.call("给王伟打电话")
    hand.shown("给王伟打电话")
    window = hand.program.application.window
    window.activateWindow()  # windows that are drawn nowhere come to the front as they are shown
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert hand.program.shell.current == "notifications"
    hand.shown()


def test_who_is_at_work_next_does_not_see_the_popups_of_before(hand, qtbot):
    hand.call()
    hand.shown("给王伟打电话")
    other = hand.program.services.staff.add(hand.program.actor, "周凯", Role.SALESPERSON)
    hand.program.application.work_as(other)
    hand.settle()
    assert hand.stack.notices() == []
    assert hand.program.shell.side_bar.count("notifications") == 0


def test_in_another_language_what_is_in_sight_stays(hand, qtbot):
    hand.call()
    hand.shown("给王伟打电话")
    application = hand.program.application
    with qtbot.waitSignal(application.shell_ready):
        application.save_settings(replace(application.settings, language="zh_CN"))
    hand.shown("给王伟打电话")
    assert hand.stack.toasts()[0].done_button.text() == "完成"


def test_with_the_window_the_popups_end(hand):
    hand.call()
    hand.shown("给王伟打电话")
    stack = hand.stack
    hand.program.application.window.close()
    assert not stack.isVisible()
    assert hand.program.application.reminding is None
