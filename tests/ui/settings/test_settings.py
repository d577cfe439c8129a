import pytest
from PySide6.QtCore import Qt

from app.config import Settings, load
from app.domain.customer import CustomerDraft
from app.services.sample import SampleService
from app.ui.settings.backups import RestoreDialog, _RestoreButton
from app.ui.settings.look import THEMES
from app.ui.theme import tokens


@pytest.fixture
def settings(program, qtbot):
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front()


def test_the_theme_is_applied_and_kept(settings, program):
    settings.look.theme.set_current(THEMES.index("dark"))
    assert tokens().scheme == "dark"
    assert load(Settings, program.workspace.settings).theme == "dark"


def test_motion_can_be_switched_off(settings, program):
    settings.look.motion.setChecked(False)
    assert tokens().milliseconds(100) == 0
    assert not load(Settings, program.workspace.settings).motion


def test_a_change_by_key_shows_in_the_settings(settings, program):
    {one.name: one for one in program.shell.commands()}["zoom.in"].do()
    assert settings.look.zoom.current() == 3


def test_the_country_of_phone_numbers_is_kept(settings, program):
    settings.workspace.region.set_value("TW")
    settings.workspace.region.activated.emit(1)
    settings.workspace.durable.setChecked(True)
    kept = load(Settings, program.workspace.settings)
    assert (kept.region, kept.durable) == ("TW", True)


def test_a_backup_is_made_and_listed(settings, program, qtbot):
    settings.backups.make.click()
    qtbot.waitUntil(lambda: len(program.services.backups.all()) == 1)
    qtbot.waitUntil(lambda: "2026" in settings.backups._last.text())
    assert settings.backups.make.isEnabled()


def test_going_back_to_a_backup_brings_what_was_then(settings, program, qtbot):
    kept = program.services.editing.add(program.actor, CustomerDraft("华信科技"))
    program.services.backups.make()
    program.services.editing.add(program.actor, CustomerDraft("后来的"))
    settings.backups.refresh()
    qtbot.waitUntil(lambda: settings.backups.findChild(_RestoreButton) is not None)
    settings.backups.findChild(_RestoreButton).click()
    dialog = program.application.window.findChild(RestoreDialog)
    with qtbot.waitSignal(program.application.shell_ready):
        dialog.do_button.click()
    assert program.services.customers.count(program.actor) == 1
    assert program.services.customers.get(program.actor, kept).draft.name == "华信科技"
    (before,) = program.workspace.folder.glob("before-restore-*")
    qtbot.waitUntil(lambda: before.name in program.shell.strip.text())


def test_a_sound_workspace_is_said_to_be_sound(settings, program, qtbot):
    settings.backups.check.click()
    qtbot.waitUntil(lambda: "sound" in program.shell.strip.text())


def test_a_copy_goes_to_a_file_of_choice(settings, program, qtbot, tmp_path):
    settings.backups.copy_to(tmp_path / "copy.db")
    qtbot.waitUntil(lambda: "copy.db" in program.shell.strip.text())
    assert (tmp_path / "copy.db").stat().st_size > 0


def test_the_sample_is_taken_out_in_one_step(program, qtbot):
    SampleService(program.services.database).generate(program.actor, 20, 1)
    program.services.editing.add(program.actor, CustomerDraft("自己的"))
    program.shell.navigate("settings")
    sample = program.shell.front().sample
    qtbot.waitUntil(lambda: "20" in sample.remove.text())
    sample.remove.click()
    qtbot.waitUntil(lambda: program.services.customers.count(program.actor) == 1)
    qtbot.waitUntil(lambda: not sample.isVisibleTo(program.shell.front()))


def test_after_the_sample_is_taken_out_the_keyboard_is_somewhere(program, qtbot):
    SampleService(program.services.database).generate(program.actor, 20, 1)
    program.shell.navigate("settings")
    screen = program.shell.front()
    qtbot.waitUntil(lambda: screen.sample.isVisible() and program.application.tasks.idle())
    screen.sample.remove.setFocus()
    qtbot.keyClick(screen.sample.remove, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.sample.isVisible())
    qtbot.waitUntil(program.application.tasks.idle)
    # of the window: popups of the sample's reminders are windows of their own
    assert program.application.window.focusWidget() is screen.products.name
