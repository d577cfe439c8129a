"""The program without a window: it shows what calls and ends with the last popup."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.domain.customer import CustomerDraft
from app.domain.vocabulary import SYSTEM, Role
from app.domain.working_time import WorkingCalendar
from app.services.reminders import ReminderDraft
from app.services.workspaces import WorkspaceService
from app.ui.popup import Popup
from app.ui.widgets.snooze_dialog import SnoozeDialog
from tests.databases import CLOCK, NOW

ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(workspace, machine):
    made = WorkspaceService(CLOCK).open(workspace)
    yield made
    made.close()


@pytest.fixture
def lina(opened):
    staff = opened.services.staff
    made = staff.actor(staff.add(SYSTEM, "李娜", Role.DIRECTOR))
    WorkspaceService(CLOCK).remember(opened.workspace, made.id)
    return made


def call(opened, actor, text, ago=1, customer=None):
    due = NOW - timedelta(minutes=ago)
    return opened.services.reminders.add(actor, ReminderDraft(text, due, customer)).ids[0]


@pytest.fixture
def begin(opened, lina, qapp):
    """Begins to show; what it opened in a window is listed in `targets`."""
    made = []

    def start():
        popup = Popup(opened.services, lina, targets.append, lambda: bool(windows), qapp)
        popup.targets, popup.windows = targets, windows
        popup.watcher._calendar = WorkingCalendar  # it is not the middle of the night
        made.append(popup)
        return popup

    targets: list[str] = []
    windows: list[str] = []
    yield start
    for one in made:
        one.end()
        one.deleteLater()


def texts(popup):
    return [one.text for one in popup.stack.notices()]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_ends_at_once_when_nothing_calls(begin, qtbot):
    popup = begin()
    with qtbot.waitSignal(popup.finished) as ended:
        popup.begin()
    assert ended.args == [0]
    assert not popup.stack.isVisible()


def test_it_ends_when_the_last_popup_is_dealt_with_and_that_is_written(opened, lina, begin, qtbot):
    call(opened, lina, "对账", 2)
    call(opened, lina, "寄样品", 1)
    popup = begin()
    popup.begin()
    qtbot.waitUntil(lambda: texts(popup) == ["寄样品", "对账"])
    click(qtbot, popup.stack.toasts()[0].done_button)
    with qtbot.waitSignal(popup.finished) as ended:
        click(qtbot, popup.stack.toasts()[0].close_button)
    assert ended.args == [0]
    actions = [one.action for one in opened.services.due.shown(lina)]
    assert sorted(actions) == ["dismissed", "done"]


def test_open_leads_to_the_window_and_the_rest_stands_there(opened, lina, begin, qtbot):
    customer = opened.services.editing.add(lina, CustomerDraft("华信科技"))
    call(opened, lina, "对账", 2)
    call(opened, lina, "寄样品", 1, customer)
    popup = begin()
    popup.begin()
    qtbot.waitUntil(lambda: len(texts(popup)) == 2)
    with qtbot.waitSignal(popup.finished):
        click(qtbot, popup.stack.toasts()[0].open_button)
    assert popup.targets == [f"customer:{customer}"]


def test_where_there_is_a_window_it_claims_nothing(opened, lina, begin, qtbot):
    call(opened, lina, "对账")
    popup = begin()
    popup.windows.append("the main window")
    with qtbot.waitSignal(popup.finished):
        popup.begin()
    assert opened.services.due.shown(lina) == []


def test_a_window_that_opens_takes_over(opened, lina, begin, qtbot):
    call(opened, lina, "对账")
    popup = begin()
    popup.begin()
    qtbot.waitUntil(lambda: texts(popup) == ["对账"])
    popup.windows.append("the main window")
    with qtbot.waitSignal(popup.finished):
        popup._glance.timeout.emit()
    assert [one.text for one in opened.services.due.waiting(lina)] == ["对账"]


def test_it_waits_for_a_time_that_is_typed(opened, lina, begin, qtbot):
    call(opened, lina, "对账")
    popup = begin()
    popup.begin()
    qtbot.waitUntil(lambda: texts(popup) == ["对账"])
    toast = popup.stack.toasts()[0]
    toast.open_snooze()
    toast.menu.actions()[-1].trigger()
    toast.menu.close()
    (dialog,) = popup.stack.findChildren(SnoozeDialog)
    dialog.typed.setText("tomorrow 3pm")
    with qtbot.waitSignal(popup.finished):
        click(qtbot, dialog.do_button)
    assert [one.action for one in opened.services.due.shown(lina)] == ["snoozed"]


def test_a_fault_ends_it_with_a_code(opened, lina, begin, qtbot):
    call(opened, lina, "对账")
    popup = begin()
    with qtbot.waitSignal(popup.finished) as ended:
        popup.tasks.failed.emit(ValueError("broken"))
    assert ended.args == [1]


def test_it_loads_neither_the_window_nor_the_charts():
    heavy = "('matplotlib', 'openpyxl', 'app.ui.shell.shell', 'app.ui.application')"
    script = f"import app.ui.popup, sys; print([one for one in {heavy} if one in sys.modules])"
    made = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == "[]"


def test_as_a_command_it_ends_well_when_nothing_calls(opened, lina, machine):
    made = subprocess.run(
        [sys.executable, "main.py", "--workspace", str(opened.workspace.folder), "popup"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
