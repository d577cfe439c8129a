"""What an agent does at each turn; the clock is set by hand."""

import logging
import subprocess
import sys
from datetime import timedelta

import pytest

from app.agent.agent import FIRST_RETRY, TICK
from app.config import Machine, load, machine_file, save
from app.db import in_use
from app.desktop.notifier import Answer
from app.domain.vocabulary import Role
from app.errors import Refused
from app.i18n import Message
from tests import factories


@pytest.fixture(autouse=True)
def log_is_heard(monkeypatch):
    """Whoever sets logging up anew in this process may have silenced it."""
    monkeypatch.setattr(logging.getLogger("shuke.agent"), "disabled", False)


def test_what_calls_is_shown_once_and_the_log_says_where(stage):
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    agent.turn()
    assert paper.all == ["打电话"]
    assert stage.log() == [("打电话", "native", "")]


def test_it_sleeps_until_the_next_call_and_not_longer(stage):
    agent, paper, _ = stage.agent()
    assert agent.turn() == TICK
    stage.remind(due=stage.hands.now + timedelta(hours=1))
    assert agent.turn() == TICK
    stage.hands.wait(minutes=59, seconds=59, milliseconds=250)
    assert agent.turn() == 0.75
    stage.hands.wait(milliseconds=750)
    agent.turn()
    assert paper.all == ["打电话"]


def test_after_a_week_off_all_that_is_due_comes_once_as_a_digest(stage):
    agent, paper, _ = stage.agent()
    for day in range(5):
        stage.remind(f"{day}", stage.hands.now + timedelta(days=day))
    stage.hands.wait(days=7)
    agent.turn()
    agent.turn()
    assert paper.all == ["5 reminders, 5 late"]
    assert [place for _, place, _ in stage.log()] == ["digest"] * 5


def test_what_was_changed_meanwhile_is_shown_in_its_newest_state(stage):
    agent, paper, _ = stage.agent()
    changed, done = stage.remind("寄目录"), stage.remind("对账")
    draft = stage.services.reminders.get(stage.actor, changed)
    stage.services.reminders.save(stage.actor, changed, draft.__class__("寄样品", draft.due))
    stage.services.reminders.done(stage.actor, [done])
    stage.hands.wait(hours=9)
    agent.turn()
    assert paper.all == ["寄样品"]


def test_more_than_can_be_read_at_once_is_one_digest(stage, monkeypatch):
    monkeypatch.setattr("app.services.due.MOST", 4)
    monkeypatch.setattr("app.agent.showing.MOST", 4)
    agent, paper, _ = stage.agent()
    for number in range(10):
        stage.remind(str(number))
    agent.turn()
    assert paper.all == ["10 reminders"]


def test_while_a_window_is_open_it_shows_nothing_and_lets_go_of_the_workspace(stage):
    agent, paper, _ = stage.agent()
    agent.turn()
    stage.window.take()
    stage.remind()
    agent.turn()
    assert paper.all == []
    assert agent._door._open is None
    stage.window.leave()
    agent.turn()
    assert paper.all == ["打电话"]


def test_two_agents_on_one_workspace_show_one_popup(stage):
    (one, first, _), (other, second, _) = stage.agent(), stage.agent()
    one.turn()
    other.turn()
    for number in range(3):
        stage.remind(str(number))
    other.turn()
    one.turn()
    assert (first.all, second.all) == ([], ["0", "1", "2"])


def test_done_closes_the_reminder_and_can_be_undone(stage):
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    paper.answer(Answer.DONE)
    agent.turn()
    assert stage.services.due.lines(stage.actor, stage.hands.now.date()) == []
    assert stage.log() == [("打电话", "native", "done")]
    undone = stage.services.history.undo(stage.actor, stage.services.history.newest())
    assert str(undone.title) == "Undo: Mark a reminder as done"
    assert len(stage.services.due.lines(stage.actor, stage.hands.now.date())) == 1


def test_snooze_brings_it_back_in_ten_minutes(stage):
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    paper.answer(Answer.SNOOZE)
    agent.turn()
    stage.hands.wait(minutes=9, seconds=59)
    agent.turn()
    assert paper.all == ["打电话"]
    stage.hands.wait(seconds=1)
    agent.turn()
    assert paper.all == ["打电话"] * 2
    assert [action for _, _, action in stage.log()] == ["snoozed", ""]


def test_open_shows_the_customer_in_the_window(stage):
    agent, paper, starts = stage.agent()
    customer = factories.customer(stage.services.database, stage.actor, owner_id=stage.actor.id)
    stage.remind(customer_id=customer)
    agent.turn()
    paper.answer(Answer.OPEN)
    agent.turn()
    assert starts.lines == [["--open", f"customer:{customer}"]]
    assert stage.log() == [("打电话", "native", "opened")]


def test_open_on_one_that_stands_alone_shows_its_notification(stage):
    agent, paper, starts = stage.agent()
    made = stage.remind()
    agent.turn()
    paper.answer(Answer.OPEN)
    agent.turn()
    assert starts.lines == [["--open", f"notifications:{made}"]]


def test_open_on_a_digest_shows_the_day(stage):
    agent, paper, starts = stage.agent()
    for number in range(4):
        stage.remind(str(number))
    agent.turn()
    paper.answer(Answer.OPEN)
    agent.turn()
    assert starts.lines == [["--open", "today"]]
    assert {action for _, _, action in stage.log()} == {"opened"}


def test_one_that_is_closed_is_noted_and_stays_to_be_done(stage):
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    paper.answer(Answer.DISMISSED)
    agent.turn()
    assert stage.log() == [("打电话", "native", "dismissed")]
    assert len(stage.services.due.lines(stage.actor, stage.hands.now.date())) == 1


def test_an_answer_is_carried_out_though_a_window_was_opened_meanwhile(stage):
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    stage.window.take()
    agent.turn()
    paper.answer(Answer.DONE)
    agent.turn()
    assert stage.services.due.lines(stage.actor, stage.hands.now.date()) == []
    agent.turn()
    assert agent._door._open is None


def test_what_was_done_elsewhere_is_taken_back(stage):
    agent, paper, _ = stage.agent()
    kept, done, late = stage.remind("1"), stage.remind("2"), stage.remind("3")
    agent.turn()
    stage.services.reminders.done(stage.actor, [done])
    stage.services.reminders.snooze(stage.actor, [late], stage.hands.now + timedelta(hours=1))
    agent.turn()
    assert list(paper.shown) == [str(kept)]


def test_in_quiet_hours_nothing_is_shown_and_afterwards_all_of_it(stage):
    here = stage.hands.now.astimezone()
    stage.settings(quiet_hours=f"{here:%H:%M}-{here + timedelta(hours=1):%H:%M}")
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    assert (paper.all, stage.log()) == ([], [])
    stage.hands.wait(hours=1)
    agent.turn()
    assert paper.all == ["打电话"]


def test_who_wants_no_popups_gets_none_until_they_want_them(stage):
    stage.settings(popups=False)
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    assert paper.all == []
    stage.settings(popups=True)
    stage.hands.wait(minutes=1)
    agent.turn()
    assert paper.all == ["打电话"]


def test_a_clock_set_back_a_day_shows_nothing_twice_and_loses_nothing(stage):
    agent, paper, _ = stage.agent()
    before = stage.hands.now
    stage.remind("1")
    agent.turn()
    stage.hands.set(before - timedelta(days=1))
    stage.remind("2", before + timedelta(hours=1))
    agent.turn()
    assert paper.all == ["1"]
    stage.hands.set(before + timedelta(hours=2))
    agent.turn()
    assert paper.all == ["1", "2"]


def test_where_nobody_shows_notifications_toasts_are_started_once(stage):
    agent, paper, starts = stage.agent(toasts=True)
    paper.there = False
    stage.remind()
    agent.turn()
    agent.turn()
    assert starts.lines == [["--as", "李娜", "popup"]]
    assert stage.log() == []


def test_toasts_that_end_without_having_taken_anything_are_not_started_all_the_time(stage):
    agent, paper, starts = stage.agent(toasts=True)
    paper.there = False
    stage.remind()
    agent.turn()
    starts.end(1)
    agent.turn()
    assert len(starts.lines) == 1
    stage.hands.wait(seconds=30)
    agent.turn()
    assert len(starts.lines) == 2


def test_who_prefers_toasts_gets_them(stage):
    stage.settings(native=False)
    agent, paper, starts = stage.agent(toasts=True)
    stage.remind()
    agent.turn()
    assert (paper.all, len(starts.lines)) == ([], 1)


def test_where_nothing_can_be_shown_nothing_counts_as_shown(stage):
    agent, paper, _ = stage.agent()
    paper.there = False
    stage.remind()
    agent.turn()
    assert stage.log() == []
    paper.there = True
    agent.turn()
    assert paper.all == ["打电话"]


def test_what_was_claimed_and_not_shown_is_shown_as_soon_as_somebody_can(stage, monkeypatch):
    agent, paper, _ = stage.agent()
    stage.remind()
    monkeypatch.setattr(paper, "ready", lambda: True)
    paper.there = False
    agent.turn()
    assert paper.all == []
    paper.there = True
    agent.turn()
    assert paper.all == ["打电话"]


def test_while_nobody_is_known_to_sit_here_it_waits(stage):
    save(Machine(), machine_file())
    agent, paper, _ = stage.agent()
    stage.remind()
    agent.turn()
    assert paper.all == []
    save(load(Machine, machine_file()).with_actor(stage.workspace, stage.actor.id), machine_file())
    stage.hands.wait(minutes=1)
    agent.turn()
    assert paper.all == ["打电话"]


def test_only_what_is_work_of_who_sits_here_is_shown(stage):
    other = factories.staff(stage.services.database, "周凯", Role.SALESPERSON)
    stage.remind("hers")
    agent, paper, _ = stage.agent(staff=other.name)
    agent.turn()
    assert paper.all == []


def test_a_chore_is_done_once_a_day_and_one_that_fails_keeps_nothing_back(stage):
    done = []

    def chore():
        done.append(stage.hands.now)
        raise Refused(Message("This did not work."))

    agent, paper, _ = stage.agent(chores=[chore])
    stage.remind()
    agent.turn()
    agent.turn()
    assert (paper.all, len(done)) == (["打电话"], 1)
    stage.window.take()
    stage.hands.wait(days=1)
    agent.turn()
    assert len(done) == 2


def test_a_mistake_of_ours_does_not_end_it(stage, caplog):
    def chore():
        raise ValueError("周凯")

    agent, _, _ = stage.agent(chores=[chore])
    assert agent.turn() == FIRST_RETRY
    assert agent.turn() == TICK
    assert "ValueError at" in caplog.text
    assert "周凯" not in caplog.text


@pytest.mark.sqlite
@pytest.mark.parametrize("backend", ["sqlite"])
class TestOnAFile:
    def test_a_workspace_that_is_gone_is_tried_ever_less_often_and_said_once(
        self, stage, caplog, backend
    ):
        agent, paper, _ = stage.agent()
        agent.turn()
        aside = stage.workspace.folder / "aside.db"
        stage.workspace.database.rename(aside)
        waits = [agent.turn() for _ in range(9)]
        assert waits[:4] == [2, 4, 8, 16]
        assert waits[-1] == 300
        assert caplog.text.count("WARNING") == 1
        assert str(stage.workspace.folder) not in caplog.text
        aside.rename(stage.workspace.database)
        stage.remind()
        agent.turn()
        assert paper.all == ["打电话"]

    def test_while_another_program_holds_it_nothing_is_lost(self, stage, backend, tmp_path):
        agent, paper, _ = stage.agent()
        stage.remind()
        agent.turn()
        paper.answer(Answer.DONE)
        hold = (
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "db.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
        )
        holder = subprocess.Popen(
            [sys.executable, "-c", hold, str(stage.workspace.database)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert holder.stdout.readline()
        assert agent.turn() == FIRST_RETRY
        holder.communicate(b"")
        assert agent.turn() == TICK
        assert stage.log() == [("打电话", "native", "done")]

    def test_that_a_window_ended_suddenly_is_left_for_the_next_window(self, stage, backend):
        gone = subprocess.Popen([sys.executable, "-c", "pass"])
        gone.wait()
        (stage.workspace.folder / in_use.FOLDER / str(gone.pid)).touch()
        agent, _, _ = stage.agent()
        agent.turn()
        agent._door.close()
        assert in_use.mark(stage.workspace)

    def test_a_database_put_in_its_place_is_the_one_it_reads(self, stage, backend, tmp_path):
        agent, paper, _ = stage.agent()
        agent.turn()
        stage.remind()
        stage.services.backups.make_to(tmp_path / "copy.db", lambda *_: None)
        stage.opened.close()
        (tmp_path / "copy.db").replace(stage.workspace.database)
        for end in ("-wal", "-shm"):
            stage.workspace.database.with_name(f"shuke.db{end}").unlink(missing_ok=True)
        agent.turn()
        assert paper.all == ["打电话"]
