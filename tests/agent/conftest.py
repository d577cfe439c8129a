"""A workspace with somebody at work, a clock that is set by hand, and an agent."""

import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from typing_extensions import override

from app import i18n
from app.agent.agent import Agent
from app.agent.door import Door
from app.agent.showing import Showing
from app.clock import Clock
from app.config import HOME, Settings, Workspace, load, save
from app.desktop import presence
from app.desktop.notifier import Notifier
from app.domain.vocabulary import SYSTEM, Origin, Role
from app.services.reminders import ReminderDraft
from app.services.workspaces import WorkspaceService
from tests import postgres
from tests.databases import NOW
from tests.notifications import bus_address, display, dunst, until

__all__ = ["bus_address", "display", "dunst", "until"]


class Hands:
    """The time, wall clock and the one that never goes back."""

    def __init__(self):
        self.now, self.passed = NOW, 0.0

    def wait(self, **time):
        """Time passes."""
        passed = timedelta(**time)
        self.now += passed
        self.passed += passed.total_seconds()

    def set(self, moment):
        """The wall clock is set."""
        self.now = moment

    @property
    def clock(self):
        return Clock(lambda: self.now)


class Paper(Notifier):
    """Writes notifications down instead of drawing them."""

    def __init__(self, heard):
        self.heard, self.shown, self.there = heard, {}, True
        self.all = []

    @override
    def ready(self):
        return self.there

    @override
    def show(self, key, bubble):
        if self.there:
            self.shown[key] = bubble
            self.all.append(bubble.title)
        return self.there

    @override
    def take_back(self, key):
        del self.shown[key]

    @override
    def close(self):
        self.shown.clear()

    def answer(self, answer):
        """Somebody answers the only notification."""
        ((key, _),) = self.shown.items()
        del self.shown[key]
        self.heard(key, answer)


class Starts:
    """Starts programs that stay until they are told to end, and notes what was asked for."""

    def __init__(self):
        self.lines, self.running = [], []

    def __call__(self, line):
        self.lines.append(line[line.index("--workspace") + 2 :])
        made = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.exit(int(sys.stdin.read() or 0))"],
            stdin=subprocess.PIPE,
        )
        self.running.append(made)
        return made

    def end(self, code=0):
        self.running[-1].communicate(str(code).encode())

    def close(self):
        for one in self.running:
            if one.poll() is None:
                one.communicate(b"")


class Stage:
    """An open workspace, and agents on it."""

    def __init__(self, workspace, hands, at_the_end):
        self.workspace, self.hands, self._at_the_end = workspace, hands, at_the_end
        self.opened = WorkspaceService(hands.clock).open(workspace)
        at_the_end.callback(self.opened.close)
        self.services = self.opened.services
        staff = self.services.staff
        self.actor = staff.actor(staff.add(SYSTEM, "李娜", Role.DIRECTOR))
        WorkspaceService(hands.clock).remember(workspace, self.actor.id)
        self.window = presence.window_of(workspace)
        at_the_end.callback(self.window.leave)

    def agent(self, *, toasts=False, staff="", chores=()):
        """An agent with its notifier and the programs it starts."""
        door = Door(
            self.workspace,
            WorkspaceService(self.hands.clock),
            staff,
            lambda settings: i18n.use(settings.language),
        )
        starts, made = Starts(), {}

        def showing(heard):
            made["paper"] = Paper(heard)
            return Showing(
                self.workspace, made["paper"], starts, lambda: self.hands.passed,
                toasts_possible=toasts,
            )  # fmt: skip

        agent = Agent(
            door, presence.window_of(self.workspace), showing, self.hands.clock, chores,
            lambda: self.hands.passed,
        )  # fmt: skip
        self._at_the_end.callback(door.close)
        self._at_the_end.callback(starts.close)
        return agent, made["paper"], starts

    def remind(self, text="打电话", due=None, customer_id=None):
        """A reminder that calls now, or at another time; returns its id."""
        draft = ReminderDraft(text, self.hands.now if due is None else due, customer_id)
        return self.services.reminders.add(self.actor, draft).ids[0]

    def settings(self, **values):
        """Other settings, as another program writes them."""
        now = load(Settings, self.workspace.settings)
        save(replace(now, **values), self.workspace.settings)

    def log(self):
        """The log of deliveries: what, where, and what was done."""
        actor = replace(self.actor, origin=Origin.SCREEN)
        return [
            (one.text, one.place, one.action) for one in reversed(self.services.due.shown(actor))
        ]


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    i18n.use("en")


@pytest.fixture
def workspace(tmp_path, backend, request):
    """A workspace with nothing in it, on each database."""
    made = Workspace(tmp_path / "workspace")
    made.folder.mkdir()
    if backend == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), made.database)
        save(Settings(language="en", quiet_hours=""), made.settings)
        yield made
        return
    server = request.getfixturevalue("postgres_server")
    url = postgres.fresh_database(server, request.getfixturevalue("postgres_template"))
    save(Settings(language="en", quiet_hours="", database_url=url), made.settings)
    yield made
    postgres.drop_database(url)


@pytest.fixture
def stage(workspace, home, hands):
    with ExitStack() as at_the_end:
        yield Stage(workspace, hands, at_the_end)
