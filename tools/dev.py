"""The one door for newcomers and developers: python3 tools/dev.py COMMAND.

run [ARGUMENTS]   open the program; where there is no display, do its main job on paper instead
test              lint, types, architecture and all tests, on SQLite and on PostgreSQL
setup             only make the environment (.venv)
bench [OPTIONS]   measure speed and size (--customers N, --json)
shots [FOLDER]    draw every screen in every theme, language and scale
lock [--upgrade]  bring requirements.lock and requirements-dev.lock in line with pyproject.toml

Needs nothing but Python 3.11 or newer; whatever else is missing it installs or names the command.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - started by hand, so by any Python there is
    sys.exit(
        f"Shuke needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.\n"
        "Install a newer one and start this with it, for example: python3.11 tools/dev.py run"
    )

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.environment import Profile, ensure, hand_over  # noqa: E402 - needs the line above


def run(arguments: list[str]) -> int:
    """Open the program, or where nobody could see a window, write what it would show."""
    from tools.display import has_display, is_command

    python = ensure(Profile.RUN)
    if is_command(arguments) or has_display():
        return hand_over([python, str(ROOT / "main.py"), *arguments])
    from tools.offscreen import tour

    return tour(python)


def test(arguments: list[str]) -> int:
    """Everything that has to hold before a change is shared."""
    _expect_none("test", arguments)
    from tools.checks import check_all

    return check_all(ensure(Profile.DEVELOPMENT))


def setup(arguments: list[str]) -> int:
    """Make the environment with the developers' tools."""
    _expect_none("setup", arguments)
    print(f"The environment is ready: {ensure(Profile.DEVELOPMENT)}")
    return 0


def bench(arguments: list[str]) -> int:
    """Measure; the options are those of tests/benchmarks."""
    os.chdir(ROOT)
    return hand_over([ensure(Profile.DEVELOPMENT), "-m", "tests.benchmarks", *arguments])


def shots(arguments: list[str]) -> int:
    """Draw every screen into a folder, `shots` unless another is named."""
    if len(arguments) > 1:
        sys.exit("usage: python3 tools/dev.py shots [FOLDER]")
    from tools.offscreen import draw_screens

    folder = Path(arguments[0]).resolve() if arguments else ROOT / "shots"
    return draw_screens(ensure(Profile.DEVELOPMENT), folder)


def lock(arguments: list[str]) -> int:
    """Bring the locks in line with pyproject.toml; with --upgrade, take the newest versions."""
    if arguments not in ([], ["--upgrade"]):
        sys.exit("usage: python3 tools/dev.py lock [--upgrade]")
    from tools.lock import write_locks

    return write_locks(ensure(Profile.DEVELOPMENT), *arguments)


COMMANDS = {
    "run": run,
    "test": test,
    "setup": setup,
    "bench": bench,
    "shots": shots,
    "lock": lock,
}


def _expect_none(command: str, arguments: list[str]) -> None:
    if arguments:
        sys.exit(f"{command} takes no arguments, so not: {' '.join(arguments)}")


def main(arguments: list[str]) -> int:
    """Exit code of the command named first: 0, 1 (failed) or 2 (bad usage)."""
    name, *rest = arguments or ["help"]
    if name in {"help", "-h", "--help"}:
        print(__doc__)
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name}.\n\n{__doc__}", file=sys.stderr)
        return 2
    return COMMANDS[name](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
