"""The program as another program starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def start(workspace):
    """Starts main.py in the poorest surroundings: a pipe, and a locale that knows ASCII only."""

    def run(*arguments):
        environment = {
            **os.environ,
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONWARNINGS": "error",
        }
        return subprocess.run(
            [sys.executable, "main.py", "--workspace", str(workspace), *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
            timeout=100,
        )

    return run


def test_output_is_utf_8_wherever_it_goes(start):
    done = start("staff", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    names = {one["name"] for one in json.loads(done.stdout.decode("utf-8"))["staff"]}
    assert "李娜" in names
    assert "李娜".encode() in start("staff").stdout


def test_exit_codes_tell_failure_from_bad_usage(start):
    failed, misused = start("undo", "999"), start("undo", "x")
    assert (failed.returncode, misused.returncode) == (1, 2)
    assert failed.stderr.decode() == "There is no such change any more. Nothing was undone.\n"
    assert failed.stdout == misused.stdout == b""


def shell(workspace, command: str) -> subprocess.CompletedProcess:
    """Run a line of bash, in which $shuke starts the program and ${PIPESTATUS[0]} is its code."""
    program = f"{sys.executable} main.py --workspace {workspace}"
    return subprocess.run(
        ["bash", "-c", f'shuke="{program}"; {command}; echo "code ${{PIPESTATUS[0]}}" >&2'],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        "$shuke find zzz --json",
        "$shuke staff",
        "$shuke undo 999 --json",
        "$shuke nonsense --json",
        "$shuke --help",
    ],
)
@pytest.mark.parametrize("reader", ["| true", ">&-", ">/dev/full"])
def test_nobody_listening_is_no_reason_to_complain(workspace, command, reader):
    done = shell(workspace, f"{command} {reader}")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.stderr.splitlines()[-1] in ("code 0", "code 1", "code 2")
    if reader == ">/dev/full" and "help" not in command:
        assert "disk is full" in done.stderr


def test_a_damaged_workspace_names_its_newest_good_backup_whatever_was_asked(start, workspace):
    made = json.loads(start("backup", "--json").stdout)
    workspace.joinpath("shuke.db").write_bytes(b"")
    for command in (("find", "a"), ("import", "x.csv"), ("staff",), ("backup",)):
        done = start(*command, "--json")
        assert done.returncode == 1
        assert json.loads(done.stdout)["error"]["backup"] == made["backup"]
        assert made["backup"] in done.stderr.decode()
    assert start("restore", made["backup"]).returncode == 0
    assert json.loads(start("check", "--json").stdout)["ok"]


def test_a_file_damaged_in_the_middle_names_the_backup_too(start, workspace):
    made = json.loads(start("backup", "--json").stdout)
    database = workspace / "shuke.db"
    with database.open("rb+") as stream:
        stream.seek(database.stat().st_size // 5)
        stream.write(b"\xa5" * (database.stat().st_size * 3 // 5))
    done = start("export", "customers", "--to", str(workspace / "list.csv"), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["backup"] == made["backup"]


def test_an_empty_name_of_a_folder_is_not_the_folder_where_one_is(start):
    done = start("--workspace", "", "sample", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["kind"] == "bad_usage"


def test_shortened_options_are_not_guessed(start):
    assert start("staff", "--js").returncode == 2


def test_a_sample_is_made_where_nothing_can_be_remembered(tmp_path):
    done = subprocess.run(
        [sys.executable, "main.py", "--workspace", tmp_path / "w", "sample", "--customers", "3"],
        cwd=ROOT,
        env={**os.environ, "SHUKE_HOME": "/proc/no/such/folder"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
