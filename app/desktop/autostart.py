"""Beginning with the session: asked for, written, read back and taken out, on every system.

What the system holds is the truth; nothing is kept beside it. On Windows and macOS it was written
by the book and never run.
"""

import hashlib
import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from typing_extensions import override

from app.config import Workspace
from app.desktop.programs import command


class Autostart(Protocol):
    """One workspace's agent, among what the system starts for this user. All raise OSError."""

    def on(self) -> bool:
        """Whether the system starts the agent as it would be started now."""
        ...

    def switch_on(self) -> None:
        """From the next session on."""
        ...

    def switch_off(self) -> None:
        """Leaves nothing."""
        ...


def autostart(workspace: Workspace) -> Autostart:
    """That of this system."""
    line, name = command(workspace, "agent"), _name(workspace)
    if sys.platform == "win32":
        return RunKey(name, line)
    if sys.platform == "darwin":
        folder = Path.home() / "Library" / "LaunchAgents"
        return PropertyList(folder / f"{name}.plist", name, line)
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "autostart"
    return DesktopEntry(folder / f"{name}.desktop", line)


def _name(workspace: Workspace) -> str:
    digest = hashlib.sha256(str(workspace.folder.resolve()).encode()).hexdigest()[:12]
    return f"shuke-agent-{digest}"


class _File(Autostart):
    """A file whose being there is the switch."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    @override
    def on(self) -> bool:
        try:
            return self._path.read_bytes() == self._content
        except FileNotFoundError:
            return False

    @override
    def switch_on(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{self._path.name}.new")
        new.write_bytes(self._content)
        new.replace(self._path)

    @override
    def switch_off(self) -> None:
        self._path.unlink(missing_ok=True)


_ENTRY: Final = """[Desktop Entry]
Type=Application
Name=Shuke
Name[zh_CN]=熟客
Name[zh_TW]=熟客
Comment=Reminds of what is due while the window is closed
Exec={line}
NoDisplay=true
Terminal=false
X-GNOME-Autostart-enabled=true
"""


class DesktopEntry(_File):
    """Linux: ~/.config/autostart, by the Desktop Entry Specification."""

    def __init__(self, path: Path, line: Sequence[str]) -> None:
        super().__init__(path, _ENTRY.format(line=exec_line(line)).encode())


def exec_line(line: Sequence[str]) -> str:
    """A command as the key Exec has it: quoted, then escaped once more as any value."""
    return " ".join(_quoted(one) for one in line)


def _quoted(argument: str) -> str:
    for mark in '\\"`$':
        argument = argument.replace(mark, f"\\{mark}")
    # %% is a percent sign; a value's own escape is the backslash
    inner = argument.replace("%", "%%").replace("\\", "\\\\")
    inner = inner.replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'


class PropertyList(_File):
    """macOS: ~/Library/LaunchAgents."""

    def __init__(self, path: Path, name: str, line: Sequence[str]) -> None:
        content = {
            "Label": name,
            "ProgramArguments": list(line),
            "RunAtLoad": True,
            "ProcessType": "Background",
        }
        super().__init__(path, plistlib.dumps(content))


class RunKey(Autostart):
    """Windows: HKEY_CURRENT_USER, Software, Microsoft, Windows, CurrentVersion, Run."""

    def __init__(self, name: str, line: Sequence[str]) -> None:
        self._name, self._line = name, subprocess.list2cmdline(line)

    @override
    def on(self) -> bool:
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                    return winreg.QueryValueEx(key, self._name)[0] == self._line
            except FileNotFoundError:
                return False
        return False

    @override
    def switch_on(self) -> None:
        if sys.platform == "win32":
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                winreg.SetValueEx(key, self._name, 0, winreg.REG_SZ, self._line)

    @override
    def switch_off(self) -> None:
        if sys.platform == "win32":
            import contextlib
            import winreg

            with (
                contextlib.suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key,
            ):
                winreg.DeleteValue(key, self._name)


_RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
