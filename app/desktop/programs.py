"""Starting this program again: its window, its toasts; and the command that does so."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.config import Workspace

MAIN: Final = Path(__file__).resolve().parents[2] / "main.py"


def command(workspace: Workspace, *arguments: str) -> list[str]:
    """How this program is started on a workspace, packaged or not."""
    if getattr(sys, "frozen", False):
        program = [sys.executable]
    else:
        program = [_windowless(sys.executable), str(MAIN)]
    return [*program, "--workspace", str(workspace.folder), *arguments]


def _windowless(python: str) -> str:
    if sys.platform == "win32":
        # python.exe would open a console for as long as it runs
        other = Path(python).with_name("pythonw.exe")
        return str(other) if other.exists() else python
    return python


def start(line: list[str]) -> subprocess.Popen[bytes]:
    """Start a program that goes on when this one ends. Raises OSError."""
    # what is started is this very program
    return subprocess.Popen(  # noqa: S603
        line,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def has_display(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window could be opened: always on Windows and macOS."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
