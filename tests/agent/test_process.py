"""The agent as a program of its own, beside a real server of notifications."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import i18n
from app.clock import Clock
from app.config import HOME
from app.db.workspace import url
from app.desktop import presence
from app.domain.vocabulary import SYSTEM, Role
from app.services.reminders import ReminderDraft
from app.services.workspaces import WorkspaceService

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, "main.py"]
WINDOW = """
import sys
from pathlib import Path
from app.config import Workspace
from app.ui.starting import Seat
seat = Seat()
seat.take(Workspace(Path(sys.argv[1])))
print("there", flush=True)
sys.stdin.read()
"""
CLAIM = """
import sys
from app.clock import Clock
from app.db.database import Database
from app.domain.vocabulary import Actor, Role
from app.services.due import DueService
address, staff = sys.argv[1:]
db = Database.open(address, Clock())
actor = Actor(int(staff), "x", Role.SALESPERSON)
due = DueService(db)
print("ready", flush=True)
sys.stdin.readline()
won = []
for one in due.calling(actor):
    won += [notice.reminder_id for notice in due.claim(actor, [one], "native")]
print(*won, flush=True)
db.close()
"""


class Team:
    """A workspace whose data programs share, with 李娜 at work."""

    def __init__(self, workspace):
        self.workspace = workspace
        service = WorkspaceService(Clock())
        self.opened = service.open(workspace)
        self.services = self.opened.services
        self.actor = self.services.staff.actor(
            self.services.staff.add(SYSTEM, "李娜", Role.SALESPERSON)
        )
        service.remember(workspace, self.actor.id)

    def remind(self, text, due=None):
        draft = ReminderDraft(text, due or datetime.now(UTC) - timedelta(seconds=1))
        return self.services.reminders.add(self.actor, draft).ids[0]

    def shown(self):
        return [(one.text, one.place, one.action) for one in self.services.due.shown(self.actor)]


@pytest.fixture
def team(workspace, tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    i18n.use("en")
    made = Team(workspace)
    yield made
    made.opened.close()


@pytest.fixture
def running(request):
    """Starts programs and ends them with the test."""
    started = []

    def start(line, environment=None, **more):
        made = subprocess.Popen(
            line, cwd=ROOT, env=environment or {**os.environ}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, **more,
        )  # fmt: skip
        started.append(made)
        return made

    yield start
    for one in started:
        one.kill()
        one.communicate()


@pytest.fixture
def agent(team, running, dunst):
    def start(environment=None):
        line = [*MAIN, "--workspace", str(team.workspace.folder), "agent"]
        return running(line, {**os.environ, **(environment or dunst.environment)})

    return start


def log(team):
    file = team.workspace.logs / "agent.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_it_reminds_carries_out_what_is_answered_and_ends_when_it_is_told(
    team, agent, dunst, until
):
    made = agent()
    team.remind("给王伟打电话")
    until(lambda: dunst.shown() == 1)
    assert team.shown() == [("给王伟打电话", "native", "")]
    maps = Path(f"/proc/{made.pid}/maps").read_text()
    assert not any(name in maps for name in ("PySide6", "libQt6", "matplotlib", "numpy"))
    dunst.press("#Done")
    until(lambda: team.shown() == [("给王伟打电话", "native", "done")])
    made.send_signal(signal.SIGTERM)
    assert made.wait() == 0
    assert "王伟" not in log(team)
    assert "WARNING" not in log(team)
    assert not presence.agent_of(team.workspace).taken()


def test_the_rules_are_run_once_a_day(team, agent, until):
    agent()
    until(lambda: len(team.services.rules.all(team.actor)) > 0)
    assert team.services.rules.run_if_due() is None


def test_a_second_one_on_the_same_workspace_ends_at_once(team, agent, until):
    agent()
    until(presence.agent_of(team.workspace).taken)
    other = agent()
    assert other.wait() == 0
    assert "already" in other.stdout.read()


def test_it_leaves_reminding_to_a_window_and_takes_over_when_that_is_killed(
    team, agent, running, dunst, until
):
    window = running([sys.executable, "-c", WINDOW, str(team.workspace.folder)])
    window.stdout.readline()
    team.remind("对账")
    agent()
    until(lambda: "A window is open" in log(team))
    assert (dunst.shown(), team.shown()) == (0, [])
    window.send_signal(signal.SIGKILL)
    until(lambda: dunst.shown() == 1)
    assert team.shown() == [("对账", "native", "")]


def test_after_a_kill_the_next_one_shows_what_came_meanwhile(team, agent, dunst, until):
    first = agent()
    team.remind("1")
    until(lambda: dunst.shown() == 1)
    first.kill()
    first.wait()
    team.remind("2")
    agent()
    until(lambda: dunst.shown() == 2)
    assert [text for text, _, _ in team.shown()] == ["2", "1"]


def test_without_a_bus_and_a_display_it_waits_and_takes_nothing(team, agent, until):
    team.remind("对账")
    poor = {"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": "", "DISPLAY": ""}
    made = agent(poor | {"WAYLAND_DISPLAY": ""})
    until(lambda: "Nobody here shows notifications" in log(team))
    assert team.shown() == []
    made.send_signal(signal.SIGINT)
    assert made.wait() == 0


def test_of_programs_that_claim_at_once_every_popup_goes_to_one(team, running, workspace):
    wanted = {team.remind(str(number)) for number in range(40)}
    settings = WorkspaceService(Clock()).settings(workspace)
    line = [sys.executable, "-c", CLAIM, url(workspace, settings), str(team.actor.id)]
    programs = [running(line) for _ in range(3)]
    for one in programs:
        one.stdout.readline()
    for one in programs:
        one.stdin.write("\n")
        one.stdin.flush()
    won = [int(number) for one in programs for number in one.stdout.readline().split()]
    assert sorted(won) == sorted(wanted)
    assert len(team.shown()) == len(wanted)


def test_where_nobody_shows_notifications_popups_of_its_own_come(team, agent, display, until):
    made = agent(
        {
            "DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": "", "WAYLAND_DISPLAY": "",
            "DISPLAY": display, "QT_QPA_PLATFORM": "xcb",
        }
    )  # fmt: skip
    team.remind("对账")
    until(lambda: team.shown() == [("对账", "toast", "")])
    (popup,) = _children(made.pid, b"popup")
    # a window that opens takes over, and both let go of the workspace
    window = presence.window_of(team.workspace)
    window.take()
    until(lambda: not Path(f"/proc/{popup}/maps").exists() or _ended(popup))
    window.leave()
    made.send_signal(signal.SIGTERM)
    assert made.wait() == 0


def _children(process, command):
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [
        int(one)
        for one in children
        if command in Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")
    ]


def _ended(process):
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_the_settings_end_an_agent_that_runs(team, agent, until):
    made = agent()
    until(lambda: "Somebody sits here" in log(team))
    presence.agent_of(team.workspace).end_other()
    assert made.wait() == 0
    presence.agent_of(team.workspace).end_other()


@pytest.mark.sqlite
@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_backup_is_restored_while_it_runs(team, agent, until, backend):
    made = team.services.backups.make(lambda *_: None)
    team.opened.close()
    agent()
    until(lambda: "Somebody sits here" in log(team))
    done = subprocess.run(
        [*MAIN, "--workspace", str(team.workspace.folder), "restore", str(made.folder)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
