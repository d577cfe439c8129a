"""How the window was left: its place, and every screen, on this machine."""

import json
import uuid
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QSettings

from app.config import Workspace, machine_folder

WINDOW_FILE: Final = "window.ini"


def window_memory() -> QSettings:
    """Where the window remembers how it was left."""
    return QSettings(str(machine_folder() / WINDOW_FILE), QSettings.Format.IniFormat)


def keep_screens(workspace: Workspace, state: Mapping[str, Any]) -> None:
    """Remember the screens of a workspace; plain values only."""
    window_memory().setValue(_key(workspace), json.dumps(state))


def kept_screens(workspace: Workspace) -> Mapping[str, Any]:
    """The screens as they were left; empty when nothing is known."""
    try:
        kept = json.loads(str(window_memory().value(_key(workspace), "{}")))
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _key(workspace: Workspace) -> str:
    # a folder's name may hold what a key must not
    return "screens/" + uuid.uuid5(uuid.NAMESPACE_URL, str(workspace.folder)).hex
