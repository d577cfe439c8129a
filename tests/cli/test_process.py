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
