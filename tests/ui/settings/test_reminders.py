"""Reminders while the window is closed, in the settings."""

import sys

import pytest

from app.config import Settings, load
from app.desktop import programs
from app.desktop.autostart import autostart
from app.desktop.presence import agent_of, window_of


@pytest.fixture
def started(monkeypatch):
    """What would be started; agents of their own are another test's affair."""
    lines = []
    monkeypatch.setattr(programs, "start", lines.append)
    return lines


@pytest.fixture
def section(program, qtbot, started, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    program.shell.navigate("settings")
    qtbot.waitUntil(program.application.tasks.idle)
    return program.shell.front().reminders


@pytest.mark.skipif(sys.platform != "linux", reason="is about Linux")
def test_the_agent_begins_with_the_session_only_when_that_is_asked_for(section, program, started):
    switch = autostart(program.workspace)
    assert (section.agent.isChecked(), switch.on()) == (False, False)
    section.agent.click()
    assert (section.agent.isChecked(), switch.on()) == (True, True)
    assert [line[-1] for line in started] == ["agent"]
    section.agent.click()
    assert (section.agent.isChecked(), switch.on()) == (False, False)


@pytest.mark.skipif(sys.platform != "linux", reason="is about Linux")
def test_what_cannot_be_written_is_said_and_stays_off(section, tmp_path, started):
    (tmp_path / "config").write_text("in the way")
    section.agent.click()
    assert not section.agent.isChecked()
    assert "could not be changed" in section._wrong.text()
    assert not section._wrong.isHidden()
    assert started == []


def test_who_shows_them_and_whether_they_are_heard_is_kept(section, program):
    section.native.set_current(1)
    section.sound.click()
    kept = load(Settings, program.workspace.settings)
    assert (kept.native, kept.sound) == (False, True)


def test_an_open_window_has_its_seat_until_it_is_closed(program):
    assert window_of(program.workspace).taken()
    assert not agent_of(program.workspace).taken()
    program.application.window.close()
    assert not window_of(program.workspace).taken()
