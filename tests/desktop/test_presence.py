import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import HOME, Workspace
from app.desktop import presence

ROOT = Path(__file__).resolve().parents[2]
STAY = """
import sys
from pathlib import Path
from app.config import Workspace
from app.desktop import presence
held = presence.window_of(Workspace(Path(sys.argv[1])))
print(held.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


def start(workspace):
    made = subprocess.Popen(
        [sys.executable, "-c", STAY, str(workspace.folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ},
    )  # fmt: skip
    return made, made.stdout.readline().strip() == "True"


def test_nobody_is_there_until_somebody_comes_and_after_they_left(workspace):
    window = presence.window_of(workspace)
    assert not window.taken()
    assert window.take()
    assert window.taken()
    assert presence.window_of(workspace).taken()
    window.leave()
    assert not presence.window_of(workspace).taken()


def test_one_program_at_a_time(workspace):
    with presence.window_of(workspace) as window:
        assert window.take()
        assert window.take()
        assert not presence.window_of(workspace).take()
        other, took = start(workspace)
        assert not took
    other.communicate("")


def test_a_killed_program_leaves_nothing_behind(workspace):
    other, took = start(workspace)
    assert took
    assert presence.window_of(workspace).taken()
    other.send_signal(signal.SIGKILL)
    other.wait()
    other.communicate()
    assert not presence.window_of(workspace).taken()
    with presence.window_of(workspace) as window:
        assert window.take()


def test_parts_and_workspaces_do_not_mix(workspace, tmp_path):
    with presence.window_of(workspace) as window:
        window.take()
        assert not presence.agent_of(workspace).taken()
        assert not presence.window_of(Workspace(tmp_path / "other")).taken()


def test_a_folder_that_cannot_be_written_is_nobody(workspace, home):
    home.write_text("in the way")
    assert not presence.window_of(workspace).taken()
    with pytest.raises(OSError, match="home"):
        presence.window_of(workspace).take()
