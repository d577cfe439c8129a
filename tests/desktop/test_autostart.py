"""On Linux as a session would read it; the other systems' files only as files."""

import json
import plistlib
import subprocess
import sys
from configparser import RawConfigParser

import pytest

from app.config import Workspace
from app.desktop.autostart import DesktopEntry, PropertyList, autostart, exec_line
from app.desktop.programs import MAIN, command, has_display

AWKWARD = [
    "plain",
    "with space",
    'quote"d',
    "back\\slash",
    "50%",
    "$HOME `x`",
    "客户 资料",
    "a'b",
    "",
]


@pytest.fixture(autouse=True)
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "客户 50%")


@pytest.mark.skipif(sys.platform != "linux", reason="is about Linux")
def test_it_is_off_until_it_is_switched_on_and_leaves_nothing_when_switched_off(
    workspace, tmp_path
):
    switch = autostart(workspace)
    assert not switch.on()
    switch.switch_on()
    assert switch.on()
    assert autostart(workspace).on()
    assert not autostart(Workspace(tmp_path / "other")).on()
    switch.switch_off()
    switch.switch_off()
    assert not switch.on()
    assert list((tmp_path / "config" / "autostart").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="is about Linux")
def test_what_starts_another_program_or_is_gone_is_off(workspace, tmp_path):
    switch = autostart(workspace)
    switch.switch_on()
    (file,) = (tmp_path / "config" / "autostart").iterdir()
    file.write_text(file.read_text().replace("main.py", "elsewhere.py"))
    assert not switch.on()
    switch.switch_on()
    assert switch.on()


def test_the_command_of_an_entry_has_every_argument_as_it_was(tmp_path):
    tell = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.argv[1:]))"]
    DesktopEntry(tmp_path / "x.desktop", [*tell, *AWKWARD]).switch_on()
    parser = RawConfigParser(strict=True)
    parser.optionxform = str
    parser.read(tmp_path / "x.desktop", encoding="utf-8")
    # first the escapes of every value, then the percent signs of Exec
    line = parser["Desktop Entry"]["Exec"].replace("\\\\", "\\").replace("%%", "%")
    # within double quotes the specification and the shell escape the same characters
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == AWKWARD


def test_the_command_begins_with_what_runs_here(workspace):
    assert command(workspace, "agent") == [
        sys.executable, str(MAIN), "--workspace", str(workspace.folder), "agent",
    ]  # fmt: skip
    assert MAIN.is_file()
    assert exec_line(["a b", "c"]) == '"a b" "c"'


def test_a_property_list_names_every_argument(tmp_path):
    switch = PropertyList(tmp_path / "agents" / "shuke.plist", "shuke", AWKWARD)
    assert not switch.on()
    switch.switch_on()
    assert switch.on()
    found = plistlib.loads((tmp_path / "agents" / "shuke.plist").read_bytes())
    assert (found["ProgramArguments"], found["RunAtLoad"]) == (AWKWARD, True)
    switch.switch_off()
    assert not switch.on()


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path, monkeypatch):
    (tmp_path / "config").write_text("in the way")
    with pytest.raises(OSError, match="config"):
        DesktopEntry(tmp_path / "config" / "autostart" / "x.desktop", ["a"]).switch_on()


@pytest.mark.parametrize(
    ("platform", "environment", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_a_window_could_be_seen(platform, environment, seen):
    assert has_display(platform, environment) is seen
