import gc
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app import bootstrap, i18n
from app.config import Settings, Workspace, load
from app.domain.vocabulary import SYSTEM, Role
from app.i18n import LANGUAGES, Message
from app.services.workspaces import WorkspaceService
from app.ui.application import Application, Start
from app.ui.environment import prepare_environment
from app.ui.first_start.fault import FaultPage
from app.ui.first_start.start import StartPage
from app.ui.first_start.who import WhoPage
from app.ui.single_instance import SingleInstance
from app.ui.theme import tokens
from tests.databases import CLOCK

CLAIM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance()
claimed = instance.claim(Path(sys.argv[1]), sys.argv[2:])
"""
STAY = """
print("claimed", flush=True)
app.exec()
"""
END = "sys.exit(claimed)"


def test_it_opens_at_the_first_area_with_who_sat_here_last(program):
    assert program.shell.current == next(iter(program.shell._areas))
    assert program.actor.name == "李娜"
    assert program.application.window.isVisible()


def test_who_is_named_at_the_start_is_at_work(application, workspace, qtbot):
    opened = WorkspaceService(CLOCK).open(workspace)
    opened.services.staff.add(SYSTEM, "周凯", Role.MANAGER)
    opened.close()
    application.begin(Start(workspace, "周凯"))
    assert application.shell.context.actor.name == "周凯"


def test_a_change_of_language_keeps_area_and_state(program, qtbot):
    program.shell.navigate("history")
    program.shell.front().search.setText("华信")
    with qtbot.waitSignal(program.application.shell_ready):
        program.application.save_settings(replace(program.application.settings, language="zh_CN"))
    assert i18n.language() == "zh_CN"
    assert program.shell.current == "history"
    assert program.shell.front().search.text() == "华信"
    assert load(Settings, program.workspace.settings).language == "zh_CN"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_window_speaks_every_language(program, qtbot, code):
    if code != "en":
        with qtbot.waitSignal(program.application.shell_ready):
            program.application.save_settings(replace(program.application.settings, language=code))
    program.shell.navigate("settings")
    assert program.shell.header.title() == str(Message("Settings"))


def test_theme_and_zoom_change_at_once_and_are_kept(program):
    commands = {command.name: command for command in program.shell.commands()}
    commands["theme.dark"].do()
    assert tokens().scheme == "dark"
    commands["zoom.in"].do()
    assert tokens().zoom == 1.1
    kept = load(Settings, program.workspace.settings)
    assert (kept.theme, kept.zoom) == ("dark", 1.1)
    commands["zoom.reset"].do()
    assert tokens().zoom == 1.0


def test_somebody_else_can_be_at_work_and_is_remembered(program):
    other = program.services.staff.add(program.actor, "周凯", Role.SALESPERSON)
    program.application.work_as(other)
    assert program.actor.name == "周凯"
    assert WorkspaceService(CLOCK).remembered_actor(program.workspace) == other


def test_the_window_comes_back_as_it_was_left(program, qapp):
    program.shell.navigate("settings")
    program.application.window.close()
    again = Application(qapp, WorkspaceService(CLOCK), bootstrap.make_reports)
    again.begin(Start())
    assert again.shell.current == "settings"
    again.window.close()
    again.window.deleteLater()
    again.deleteLater()


def start(script: str, *arguments: str) -> QProcess:
    made = QProcess()
    made.setWorkingDirectory(str(Path(__file__).resolve().parents[2]))
    made.start(sys.executable, ["-c", script, *arguments])
    return made


def test_a_second_start_hands_over_its_files_and_ends(program, qtbot, tmp_path):
    program.application.window.hide()
    listing = str(tmp_path / "客户.xlsx")
    with qtbot.waitSignal(program.application.instance.handed_over, timeout=20_000) as heard:
        second = start(CLAIM + END, str(program.workspace.folder), listing)
    assert heard.args == [[listing]]
    assert program.application.window.isVisible()
    qtbot.waitUntil(lambda: second.state() == QProcess.ProcessState.NotRunning)
    assert second.exitCode() == int(False)  # it is not the one


def test_what_a_killed_program_left_does_not_block_the_name(machine, tmp_path, qtbot):
    first = start(CLAIM + STAY, str(tmp_path))
    qtbot.waitUntil(lambda: b"claimed" in first.peek(100).data(), timeout=20_000)
    first.kill()
    qtbot.waitUntil(lambda: first.state() == QProcess.ProcessState.NotRunning)
    made = SingleInstance()
    assert made.claim(tmp_path)
    made.let_go()


def test_a_workspace_that_is_gone_is_said_and_another_can_be_chosen(application, tmp_path, qtbot):
    application.begin(Start(Workspace(tmp_path / "nowhere")))
    page = application.window.centralWidget()
    assert isinstance(page, FaultPage)
    page.choose.click()
    assert isinstance(application.window.centralWidget(), StartPage)


def test_a_damaged_workspace_offers_its_backup_and_opens_from_it(application, workspace, qtbot):
    service = WorkspaceService(CLOCK)
    opened = service.open(workspace)
    opened.services.staff.add(SYSTEM, "李娜", Role.DIRECTOR)
    opened.services.backups.make()
    opened.close()
    content = bytearray(workspace.database.read_bytes())
    content[100 : len(content) // 2] = b"\xff" * (len(content) // 2 - 100)
    workspace.database.write_bytes(content)
    for side in ("-wal", "-shm"):
        workspace.database.with_name(workspace.database.name + side).unlink(missing_ok=True)
    application.begin(Start(workspace))
    page = application.window.centralWidget()
    assert isinstance(page, FaultPage)
    assert "2026" in page.restore.text()
    page.restore.click()
    assert isinstance(application.window.centralWidget(), WhoPage)


def test_fcitx_without_its_plugin_becomes_ibus():
    environment = {"QT_IM_MODULE": "fcitx5"}
    prepare_environment(environment)
    assert environment["QT_IM_MODULE"] == "ibus"


def test_another_input_method_stays():
    environment = {"QT_IM_MODULE": "compose"}
    prepare_environment(environment)
    assert environment["QT_IM_MODULE"] == "compose"


def test_a_dropped_file_is_refused_where_nothing_imports_it(program):
    assert program.application.window.acceptDrops() == program.shell.has_area("import")


def test_a_bug_in_the_background_is_shown_as_a_report(program, qtbot):
    def broken() -> None:
        raise ValueError("for the test")

    with qtbot.captureExceptions() as escaped:
        program.application.tasks.run(program.shell, broken, lambda _none: None)
        qtbot.waitUntil(lambda: program.application.desk._crash is not None)
    program.application.desk._crash.close()
    assert escaped == []


def test_the_state_that_is_kept_is_plain(program):
    for area in program.shell._areas:
        if area != "import":
            program.shell.navigate(area)
    assert json.loads(json.dumps(program.shell.state())) == program.shell.state()


def test_every_key_belongs_to_one_command(program):
    for area in program.shell._areas:
        program.shell.navigate(area)
        keys = [
            key
            for command in program.shell.commands()
            if command.do is not None
            for key in command.keys.split(", ")
            if key
        ]
        assert len(keys) == len(set(keys)), area


def reachable(window) -> set[QWidget]:
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    }


def tour(window) -> set[QWidget]:
    """Everything that Tab comes to, until it has been round."""
    seen: set[QWidget] = set()
    for _ in range(300):
        now = window.focusWidget()
        if now in seen:
            break
        seen.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return seen


@pytest.mark.parametrize(
    "area", ["customers", "recycle_bin", "history", "settings", "reports", "import"]
)
def test_tab_reaches_everything_that_is_seen_and_it_has_a_name(program, qtbot, area):
    window = program.application.window
    window.activateWindow()
    program.shell.navigate(area)
    qtbot.waitUntil(program.application.tasks.idle)
    wanted = reachable(window)
    nameless = [widget for widget in wanted if not widget.accessibleName()]
    assert nameless == []
    assert wanted - tour(window) == set()


def test_a_restored_backup_opens_again_and_garbage_stays_with_the_window(program, qtbot):
    made = program.services.backups.make()
    before = program.shell
    program.application.restore_backup(made.folder)
    qtbot.waitUntil(lambda: program.application.shell not in (None, before))
    assert program.application.shell.context.actor.name == "李娜"
    assert not gc.isenabled()


def test_after_a_sudden_end_it_says_that_nothing_was_lost(program, qtbot):
    program.application._check_after_crash(program.application._open)
    qtbot.waitUntil(lambda: "ended suddenly" in program.shell.strip.text())


def test_the_windows_bear_the_sign_of_the_program(program):
    icon = program.application.window.windowIcon()
    assert {size.width() for size in icon.availableSizes()} >= {16, 32, 256}
    assert icon.pixmap(32, 32).toImage().pixelColor(16, 2) == tokens().colour("accent")
