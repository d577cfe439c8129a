"""A day of reminders in the real window, until all is caught up the morning after."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap, i18n
from app.agent.agent import Agent
from app.agent.door import Door
from app.agent.showing import Showing
from app.clock import Clock
from app.config import Settings, Workspace
from app.desktop import presence
from app.domain.customer import CustomerDraft
from app.domain.promises import PromiseState
from app.domain.vocabulary import SYSTEM, Role
from app.services.workspaces import WorkspaceService
from app.ui.application import Application, Start
from tests import postgres
from tests.agent.conftest import Hands, Paper
from tests.ui.conftest import Program

MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC).astimezone().replace(hour=9).astimezone(UTC)
"""Nine o'clock of a Tuesday where the user sits."""
NAMES = ("Anna Garcia", "Brook Tiles Ltd")


@pytest.fixture
def hands():
    made = Hands()
    made.set(MORNING)
    return made


@pytest.fixture
def desk_workspace(backend, tmp_path, machine, request):
    """An empty workspace on each database."""
    made = Workspace(tmp_path / "workspace")
    made.folder.mkdir()
    if backend == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), made.database)
        yield made
        return
    server = request.getfixturevalue("postgres_server")
    address = postgres.fresh_database(server, request.getfixturevalue("postgres_template"))
    WorkspaceService(Clock()).join(made, address, Settings()).close()
    yield made
    postgres.drop_database(address)


@pytest.fixture
def staffed(desk_workspace, hands):
    """李娜 sits here; two customers are hers."""
    service = WorkspaceService(hands.clock)
    opened = service.open(desk_workspace)
    made = opened.services.staff.add(SYSTEM, "李娜", Role.DIRECTOR)
    actor = opened.services.staff.actor(made)
    for name in NAMES:
        opened.services.editing.add(actor, CustomerDraft(name, owner_id=actor.id))
    service.remember(desk_workspace, made)
    opened.close()
    return desk_workspace


class Day:
    """The window of one day, and what is done in it."""

    def __init__(self, qapp, qtbot, workspace, hands):
        self.qtbot, self.hands, self.closed = qtbot, hands, False
        i18n.use("en")
        self.application = Application(qapp, WorkspaceService(hands.clock), bootstrap.make_reports)
        self.application.begin(Start(workspace))
        self.program = Program(self.application, workspace)
        self.settle()

    @property
    def services(self):
        return self.program.services

    @property
    def stack(self):
        return self.application.reminding.stack

    def settle(self):
        watcher = self.application.reminding.watcher
        self.qtbot.waitUntil(lambda: self.application.tasks.idle() and watcher.at_rest())

    def log(self, name, words):
        """Open a customer and type what was said; Chinese as an input method commits it."""
        (found,) = [
            one for one, shown in self.services.customers.choices(self.program.actor, name)
            if shown == name
        ]  # fmt: skip
        self.program.shell.navigate("customer", found)
        log = self.program.shell.front().quick_log
        self.qtbot.waitUntil(lambda: log._page is not None)
        self.settle()
        for part in words.split("|"):
            if part.isascii():
                QTest.keyClicks(log.line, part)
            else:
                event = QInputMethodEvent()
                event.setCommitString(part)
                QApplication.sendEvent(log.line, event)
        with self.qtbot.waitSignal(log.shown):
            QTest.keyClick(log.line, Qt.Key.Key_Return)
        self.settle()
        return found

    def at(self, moment):
        """The time has come."""
        self.hands.set(moment)
        self.application.reminding.watcher.look()
        self.settle()

    def pops_up(self, *texts):
        self.qtbot.waitUntil(lambda: [one.text for one in self.stack.notices()] == list(texts))

    def close(self):
        """Close the window; once is enough."""
        if self.closed:
            return
        self.closed = True
        self.application.window.close()
        self.application.window.deleteLater()
        self.application.deleteLater()


@pytest.fixture
def open_window(qapp, qtbot, staffed, hands):
    days = []

    def opened():
        days.append(Day(qapp, qtbot, staffed, hands))
        return days[-1]

    yield opened
    for day in days:
        day.close()


@pytest.fixture
def agent(staffed, hands):
    """An agent that writes its notifications down."""
    door = Door(
        staffed,
        WorkspaceService(hands.clock),
        "",
        lambda settings: i18n.use(settings.language or "en"),
    )
    papers = []

    def showing(heard):
        papers.append(Paper(heard))
        return Showing(
            staffed, papers[0], lambda _line: None, lambda: hands.passed, toasts_possible=False
        )

    made = Agent(door, presence.window_of(staffed), showing, hands.clock, (), lambda: hands.passed)
    yield made, papers[0]
    door.close()


def test_nothing_is_forgotten_from_one_morning_to_the_next(open_window, agent, hands):
    day = open_window()
    watch, paper = agent
    anna = day.log("Anna Garcia", "called, promised to send the quote today at 3pm")
    day.log("Brook Tiles Ltd", "|电话 答应明天寄样品")
    due = day.services.due
    assert [one.text for one in due.lines(day.program.actor, MORNING.date() + timedelta(1))] == [
        "send the quote", "寄样品",
    ]  # fmt: skip

    # it pops up at its time, is put off for ten minutes, and is seen again
    three = MORNING + timedelta(hours=6)
    day.at(three - timedelta(seconds=1))
    assert day.stack.notices() == []
    day.at(three)
    day.pops_up("send the quote")
    (toast,) = day.stack.toasts()
    day.application.reminding._snooze(toast.notice, three + timedelta(minutes=10))
    day.settle()
    day.pops_up()
    day.at(three + timedelta(minutes=10))
    day.pops_up("send the quote")

    # while the window is there the agent leaves popups to it
    watch.turn()
    assert paper.all == []

    # nobody does it; the window is closed, and the next morning the agent reminds of the other one
    actor = day.program.actor
    day.close()
    hands.set(MORNING + timedelta(days=1))
    hands.wait(seconds=61)
    watch.turn()
    assert paper.all == ["寄样品"]

    # the morning after, everything late stands on Today and is dealt with by key
    hands.set(MORNING + timedelta(days=2))
    again = open_window()
    again.program.shell.navigate("today")
    again.settle()
    page = again.program.shell.front()
    again.qtbot.waitUntil(lambda: page.page() is not None)
    late = [row.what for row in page.list.rows() if hasattr(row, "what")]
    assert late == ["send the quote", "寄样品"]
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_D)
    again.qtbot.waitUntil(
        lambda: (
            [one.text for one in again.services.due.lines(actor, MORNING.date() + timedelta(9))]
            == ["寄样品"]
        )
    )
    again.settle()
    (promise,) = again.services.promises.of_customer(actor, anna)
    assert promise.state is PromiseState.KEPT
    assert promise.closed_at == MORNING + timedelta(days=2)

    # the log says when and where each was shown, and what was done with it
    shown = [(one.text, one.place, one.action) for one in reversed(again.services.due.shown(actor))]
    assert shown == [
        ("send the quote", "toast", "snoozed"),
        ("send the quote", "toast", "kept"),
        ("寄样品", "native", ""),
    ]
