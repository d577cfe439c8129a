"""A morning of ten calls in the real window, from the list to what is on record afterwards."""

import shutil
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config import Settings, Workspace
from app.domain.customer import ContactDraft, CustomerDraft
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction
from app.domain.vocabulary import SYSTEM, Role
from app.services.timeline import InteractionEntry, PromiseEntry
from app.services.workspaces import WorkspaceService
from app.ui.application import Start
from app.ui.customer.quick_draft import Slot
from tests import postgres
from tests.databases import CLOCK
from tests.ui.conftest import Program

TODAY = CLOCK.today()
NAMES = [
    "Anna Garcia", "Brook Tiles Ltd", "Cedar Hotel", "Delta Stone", "Elm Interiors",
    "Fir Kitchens", "Gold Harbour", "Hill & Sons", "Iris Design", "Juniper Spa",
]  # fmt: skip
CHAT = "陈国强 2026/11/20 15:04\n货什么时候到\n\n李娜 2026/11/20 15:06\n下周三\n"


@pytest.fixture
def team_workspace(backend, tmp_path, machine, request):
    """An empty workspace on each database."""
    made = Workspace(tmp_path / "workspace")
    made.folder.mkdir()
    if backend == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), made.database)
        yield made
        return
    server = request.getfixturevalue("postgres_server")
    address = postgres.fresh_database(server, request.getfixturevalue("postgres_template"))
    WorkspaceService(CLOCK).join(made, address, Settings()).close()
    yield made
    postgres.drop_database(address)


@pytest.fixture
def morning(team_workspace, application):
    """The program at nine o'clock: ten customers in the list, 李娜 at work."""
    service = WorkspaceService(CLOCK)
    opened = service.open(team_workspace)
    director = opened.services.staff.add(SYSTEM, "李娜", Role.DIRECTOR)
    actor = opened.services.staff.actor(director)
    for name in NAMES:
        contacts = (ContactDraft("陈国强", "总经理"), ContactDraft("Grace Miller", "Buyer"))
        made = opened.services.editing.add(actor, CustomerDraft(name, contacts=contacts))
        fact = FactDraft(FactKind.NEED, "每月抛光砖 1200 片", date(2026, 3, 5))
        opened.services.facts.add(actor, made, fact)
    service.remember(team_workspace, director)
    opened.close()
    application.begin(Start(team_workspace))
    yield Program(application, team_workspace)
    # the server's database goes after the window has let go of it
    application.window.close()


class Desk:
    """What somebody at the window does, with the keyboard wherever there is a key."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot
        self.window = program.application.window

    @property
    def page(self):
        return self.program.shell.front()

    @property
    def log(self):
        return self.page.quick_log

    @property
    def line(self):
        return self.log.line

    def settle(self):
        self.qtbot.waitUntil(self.program.application.tasks.idle)

    def open_first(self):
        self.program.shell.navigate("customers")
        table = self.page.table
        self.qtbot.waitUntil(lambda: len(self.page.card.model.ids) == len(NAMES))
        table.setFocus()
        table.setCurrentIndex(self.page.card.model.index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.program.shell.current == "customer")
        self.arrive()

    def arrive(self):
        """Until the page has come and the cursor stands in the line."""
        self.qtbot.waitUntil(lambda: self.log._page is not None)
        self.settle()
        assert self.window.focusWidget() is self.line

    def next(self):
        before = self.page.customer_id
        QTest.keyClick(self.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        self.qtbot.waitUntil(lambda: self.page.customer_id != before)
        self.arrive()

    def type(self, words):
        """Letters by keys, Chinese as an input method commits it."""
        for part in words.split("|"):
            if part.isascii():
                QTest.keyClicks(self.line, part)
            else:
                event = QInputMethodEvent()
                event.setCommitString(part)
                QApplication.sendEvent(self.line, event)
        assert self.line.text() == words.replace("|", "")

    def pills(self):
        return [one.text() for one in self.log.pills.buttons()]

    def enter(self):
        with self.qtbot.waitSignal(self.log.shown):
            QTest.keyClick(self.line, Qt.Key.Key_Return)
            assert self.line.text() == ""
        assert self.line.hasFocus()
        self.settle()

    def pill(self, slot):
        return next(one for one in self.log.pills.buttons() if one.pill.slot is slot)

    def choose(self, slot, said):
        """Open the menu of a pill with the keyboard and choose."""
        button = self.pill(slot)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        menu = self.log.pills._menu
        self.qtbot.waitUntil(menu.isVisible)
        (wanted,) = [one for one in menu.actions() if one.text() == said]
        menu.setActiveAction(wanted)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not menu.isVisible())
        self.come_back()

    def come_back(self):
        """A desktop gives the keyboard back when a menu closes; the tests' platform does not."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.line.hasFocus)

    def paste(self, words):
        QGuiApplication.clipboard().setText(words)
        QTest.keyClick(self.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: self._incoming() is not None)
        dialog = self._incoming()
        dialog.do_button.click()
        self.qtbot.waitUntil(lambda: self._incoming() is None)
        self.settle()
        self.come_back()

    def _incoming(self):
        found = [one for one in QApplication.topLevelWidgets() if one.objectName() == "incoming"]
        return next((one for one in found if one.isVisible()), None)

    def undo(self):
        QTest.keyClick(self.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: not self.entries())
        self.settle()

    def entries(self, kind=InteractionEntry, customer_id=None):
        services, actor = self.program.services, self.program.actor
        page = services.pages.load(actor, customer_id or self.page.customer_id)
        return [one for one in page.timeline.entries if isinstance(one, kind)]


def said(entry):
    return (entry.channel, entry.direction, entry.contact, entry.rating, entry.summary)


OUT, IN = Direction.OUT, Direction.IN


def before_ten(desk):
    """Four customers: calls in both languages, one corrected before it is saved."""
    desk.type("电话陈总 |满意4 |答应周一前寄|3|块样品")
    assert desk.pills() == [
        "Phone · Outgoing", "陈国强", "satisfied 4/5", "Before 11-23 Mon: 寄3块样品",
    ]  # fmt: skip
    desk.enter()

    desk.next()
    desk.type("called Grace, rating 4, call back Friday 3pm")
    assert desk.pills() == [
        "Phone · Outgoing", "Grace Miller", "satisfied 4/5", "11-27 Fri 15:00: call back",
    ]  # fmt: skip
    desk.enter()

    desk.next()
    desk.type("Grace called, 8 min, asked about delivery")
    assert desk.pills()[:3] == ["Phone · Incoming", "Grace Miller", "8 minutes"]
    desk.enter()

    desk.next()
    desk.type("talked to Grace, rating 4, wants to compare prices")
    desk.choose(Slot.CHANNEL, "Visit")
    desk.choose(Slot.RATING, "satisfied 3/5")
    assert desk.pills() == ["Visit · Outgoing", "Grace Miller", "satisfied 3/5"]
    desk.enter()


def until_eleven(desk):
    """Three more: one call undone, a fact that comes to mind, a follow-up alone."""
    desk.next()
    desk.type("call of somebody else")
    desk.enter()
    assert len(desk.entries()) == 1
    desk.undo()

    desk.next()
    desk.type("问抛光砖的价格")
    assert desk.log.known.shown() == ["Already known · Need: 每月抛光砖 1200 片 (李娜 2026-03)"]
    desk.enter()

    desk.next()
    desk.type("call back tomorrow 10am")
    assert desk.pills() == ["Follow-up only", "11-23 Mon 10:00: call back"]
    desk.enter()


def until_noon(desk):
    """The last three: a pasted chat, and half a line that waits while another call comes in."""
    desk.next()
    desk.paste(CHAT)

    desk.next()
    desk.type("half a line for later")
    desk.next()
    desk.type("微信陈总 |很生气，货坏了")
    assert desk.pills() == ["WeChat · Outgoing", "陈国强", "sounds unhappy"]
    desk.enter()
    QTest.keyClick(desk.line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.arrive()
    assert desk.line.text() == "half a line for later"
    desk.enter()


def test_a_morning_of_ten_calls(morning, qtbot):
    desk = Desk(morning, qtbot)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.open_first()
    order = [int(one) for one in desk.page._trail.ids]
    before_ten(desk)
    until_eleven(desk)
    until_noon(desk)
    on_record = [[said(one) for one in desk.entries(customer_id=one)] for one in order]
    assert on_record == [
        [(Channel.PHONE, OUT, "陈国强", 4, "答应周一前寄3块样品")],
        [(Channel.PHONE, OUT, "Grace Miller", 4, "call back Friday 3pm")],
        [(Channel.PHONE, IN, "Grace Miller", None, "asked about delivery")],
        [(Channel.VISIT, OUT, "Grace Miller", 3, "talked to Grace, wants to compare prices")],
        [],
        [(Channel.PHONE, OUT, "", None, "问抛光砖的价格")],
        [],
        [(Channel.WECHAT, IN, "陈国强", None, "陈国强 15:04: 货什么时候到\n李娜 15:06: 下周三")],
        [(Channel.PHONE, OUT, "", None, "half a line for later")],
        [(Channel.WECHAT, OUT, "陈国强", None, "很生气，货坏了")],
    ]
    notes = [
        [(one.text, one.due_on, one.deadline) for one in desk.entries(PromiseEntry, customer_id)]
        for customer_id in order
    ]
    assert notes[0] == [("寄3块样品", date(2026, 11, 23), True)]
    assert notes[1] == [("call back", date(2026, 11, 27), False)]
    assert notes[6] == [("call back", date(2026, 11, 23), False)]
    assert [len(one) for one in notes] == [1, 1, 0, 0, 0, 0, 1, 0, 0, 0]
    services, actor = morning.services, morning.actor
    last = [services.pages.load(actor, one).record.draft.last_contact for one in order]
    assert last[7] == date(2026, 11, 20)
    assert set(last) - {None, last[7]} == {TODAY}
    assert TODAY + timedelta(days=1) == notes[6][0][1]
    assert desk.line.text() == ""
