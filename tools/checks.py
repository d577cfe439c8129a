"""Everything that must hold before a change is shared, and a summary that hides nothing."""

import subprocess
import time
from dataclasses import dataclass

from tools.environment import ROOT

HAS_POSTGRES = "import sys; from tests import postgres; sys.exit(not postgres.available())"
NO_POSTGRES = """
********************************************************************************
PostgreSQL was NOT tested: no server program was found on this machine.
Half of what Shuke promises holds on PostgreSQL too. To test it, install one
(Debian: apt-get install postgresql) or set
SHUKE_TEST_POSTGRES=postgresql+psycopg://USER:PASSWORD@HOST/postgres
********************************************************************************
"""


@dataclass(frozen=True)
class Outcome:
    """A step, how it ended and how long it took in seconds."""

    title: str
    passed: bool
    seconds: float


def check_all(python: str) -> int:
    """Run every step even when one fails; 0 if all passed, else 1."""
    with_postgres = (
        subprocess.run([python, "-c", HAS_POSTGRES], cwd=ROOT, check=False).returncode == 0
    )
    outcomes = [
        _run(title, [python, "-m", *command])
        for title, command in _steps(with_postgres=with_postgres).items()
    ]
    _summarise(outcomes)
    if not with_postgres:
        print(NO_POSTGRES)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _steps(*, with_postgres: bool) -> dict[str, list[str]]:
    pytest = ["pytest", "-q", "-n", "auto", "--maxprocesses", "4"]
    steps = {
        "Lint": ["ruff", "check", "."],
        "Format": ["ruff", "format", "--check", "."],
        "Types": ["mypy"],
        "Architecture and tests, on SQLite": [*pytest, "--databases", "sqlite"],
    }
    if with_postgres:
        steps["Tests on PostgreSQL"] = [*pytest, "--databases", "postgres", "-m", "postgres"]
    return steps


def _run(title: str, command: list[str]) -> Outcome:
    print(f"\n=== {title} ===", flush=True)
    start = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    return Outcome(title, code == 0, time.monotonic() - start)


def _summarise(outcomes: list[Outcome]) -> None:
    print("\n=== Summary ===")
    for outcome in outcomes:
        word = "ok    " if outcome.passed else "FAILED"
        print(f"{word} {outcome.seconds:7.1f} s  {outcome.title}")
