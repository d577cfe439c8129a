"""Whether a window could be seen here, and whether one is wanted."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

UNSEEN_PLATFORMS = {"offscreen", "minimal", "vnc"}
OPTIONS_WITH_A_VALUE = {"--workspace", "--as", "--open"}


def has_display(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody could see a window: always on Windows and macOS."""
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in UNSEEN_PLATFORMS:
        return False
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def is_command(arguments: list[str]) -> bool:
    """Whether main.py would do something other than open its window with these arguments."""
    rest = iter(arguments)
    for argument in rest:
        if argument in OPTIONS_WITH_A_VALUE:
            next(rest, None)
        elif argument.partition("=")[0] not in OPTIONS_WITH_A_VALUE:
            return True
    return False


def offscreen(folder: Path, width: int, height: int) -> str:
    """QT_QPA_PLATFORM for a screen of this size, kept in a file in `folder`.

    Qt's own is so small that windows and dialogs would shrink.
    """
    screen = {
        "name": "offscreen",
        "x": 0,
        "y": 0,
        "width": width,
        "height": height,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    made = folder / "screen.json"
    made.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return f"offscreen:configfile={made}"
