"""The environment in .venv: made once from a lock file, then found ready in a moment.

Every start of the program comes through here, so this module asks a few files and nothing else;
what takes longer is imported when it turns out to be needed.
"""

import compileall
import enum
import hashlib
import os
import sys
from pathlib import Path

from tools.display import has_display

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = FOLDER / "shuke-stamp"
APP = ROOT / "app"
LOCALE = ROOT / "resources" / "locale"


class Profile(enum.Enum):
    """What is installed: a lock file. DEVELOPMENT holds all of RUN, at the same versions."""

    RUN = "requirements.lock"
    DEVELOPMENT = "requirements-dev.lock"


def ensure(profile: Profile) -> str:
    """Path of the environment's Python, after making whatever is missing."""
    stamp = read_stamp()
    if installed_line(profile) not in stamp or interpreter_line() not in stamp:
        from tools.installation import install

        install(profile)
        stamp = read_stamp()
    if (wanted := libraries_line()) not in stamp:
        from tools.native import ensure_libraries

        ensure_libraries()
        write_stamp(stamp | {wanted})
    if _catalogues_are_stale():
        from tools.installation import compile_catalogues

        compile_catalogues()
    # Where Python is told to write no caches, every start would compile the program anew: a
    # quarter of its time. Asking whether they are up to date takes a few milliseconds.
    compileall.compile_dir(APP, quiet=2)
    return str(PYTHON)


def hand_over(command: list[str]) -> int:
    """Become `command`, or where the system cannot do that, run it; its exit code is ours."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    return subprocess.run(command, check=False).returncode


def say(text: str) -> None:
    """Tell the user how it goes; standard output belongs to the program that is started."""
    print(text, file=sys.stderr, flush=True)


def read_stamp() -> set[str]:
    """What is known to be in place, a line each; nothing where there is no stamp."""
    try:
        return set(STAMP.read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        return set()


def write_stamp(lines: set[str]) -> None:
    """Remember what is in place, all of it or, when interrupted, nothing new."""
    draft = STAMP.with_suffix(".draft")
    draft.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    draft.replace(STAMP)


def installed_line(profile: Profile) -> str:
    """Says that the packages of the lock file, as it is now, are installed."""
    content = (ROOT / profile.value).read_bytes().replace(b"\r\n", b"\n")
    return f"installed {profile.value} {hashlib.sha256(content).hexdigest()}"


def interpreter_line() -> str:
    """Says which Python the environment was made with: an upgraded one needs a new environment."""
    return f"interpreter {PYTHON.resolve() if PYTHON.exists() else 'missing'}"


def libraries_line() -> str:
    """Says that the native libraries were seen to load, those for a window or without one."""
    return f"libraries {'window' if has_display() else 'offscreen'}"


def _catalogues_are_stale() -> bool:
    return any(
        not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
        for source in LOCALE.glob("*/LC_MESSAGES/*.po")
        for compiled in [source.with_suffix(".mo")]
    )
