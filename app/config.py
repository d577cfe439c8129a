"""Where things are kept, and what users set: plain files, standard library only."""

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

HOME: Final = "SHUKE_HOME"
"""Environment variable: folder for what is remembered per machine (tests, portable use)."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One folder: database, attachments, backups, settings. One team, one workspace."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "shuke.db"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def exists(self) -> bool:
        try:
            return self.database.exists() or self.settings.exists()
        except OSError:
            # a name that no folder can have, or one that may not be looked into
            return False


@dataclass(frozen=True, slots=True)
class Settings:
    """What matters and travels with the workspace.

    `database_url` empty means the workspace's own SQLite file. `region` is the country whose
    phone numbers may be typed without a prefix. `durable` waits for the disk at every commit.

    `working_week` and `quiet_hours` are in the forms of domain.working_hours; quiet hours may be
    empty. `holiday_country` is the country whose days off are kept, empty means `region`. `popups`
    are shown when a reminder calls, and heard with `sound`; with `native` the system shows them
    while no window is open, where it can.
    """

    language: str = ""
    theme: str = "system"
    zoom: float = 1.0
    motion: bool = True
    database_url: str = ""
    durable: bool = False
    region: str = "CN"
    working_week: str = "12345 09:00-12:00,13:30-18:00"
    holiday_country: str = ""
    quiet_hours: str = "21:00-08:00"
    popups: bool = True
    native: bool = True
    sound: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What this computer remembers: the last workspace, and per workspace who sits here.

    `calendar_files` are the files, per workspace, that are kept up to date for calendar programs.
    """

    last_workspace: str = ""
    actors: Mapping[str, int] = field(default_factory=dict)
    calendar_files: Mapping[str, str] = field(default_factory=dict)

    def with_actor(self, workspace: Workspace, staff_id: int) -> "Machine":
        return replace(self, actors={**self.actors, str(workspace.folder): staff_id})

    def actor(self, workspace: Workspace) -> int | None:
        return self.actors.get(str(workspace.folder))

    def with_calendar_file(self, workspace: Workspace, path: Path | None) -> "Machine":
        """With this file kept up to date; None: with none."""
        kept = {
            key: one for key, one in self.calendar_files.items() if key != str(workspace.folder)
        }
        return replace(
            self,
            calendar_files=kept if path is None else {**kept, str(workspace.folder): str(path)},
        )

    def calendar_file(self, workspace: Workspace) -> Path | None:
        found = self.calendar_files.get(str(workspace.folder))
        return Path(found) if isinstance(found, str) and found else None


_Kind = TypeVar("_Kind", Settings, Machine)


class Unreadable(Exception):
    """A file is there and cannot be read; its text is the reason, as Python words it."""


def load(kind: type[_Kind], path: Path) -> _Kind:
    """Read settings; what is missing, unreadable or of the wrong type keeps its default."""
    try:
        return read(kind, path)
    except Unreadable:
        return kind()


def read(kind: type[_Kind], path: Path) -> _Kind:
    """Read settings; what is missing or of the wrong type keeps its default.

    Raises Unreadable where going on without them would lead somewhere else: without the
    address of a team's server, work would begin in an empty file.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return kind()
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error
    defaults = kind()
    good: dict[str, Any] = {}
    for one in fields(kind):
        value = found.get(one.name)
        expected = type(getattr(defaults, one.name))
        if isinstance(value, int) and expected is float:
            value = float(value)
        if isinstance(value, expected):
            good[one.name] = value
    return kind(**good)


def save(settings: Settings | Machine, path: Path) -> None:
    """Write settings; the old file stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(_toml(asdict(settings)))
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def _toml(values: Mapping[str, Any]) -> str:
    plain = [f"{key} = {_value(value)}" for key, value in values.items() if not _is_table(value)]
    tables = [
        f"\n[{key}]\n" + "\n".join(f"{_value(name)} = {_value(one)}" for name, one in value.items())
        for key, value in values.items()
        if _is_table(value)
    ]
    return "\n".join([*plain, *tables, ""])


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _value(value: object) -> str:
    # JSON's strings, numbers and booleans are TOML's too.
    return json.dumps(value, ensure_ascii=False)


def machine_file() -> Path:
    """The file in which this machine remembers."""
    return machine_folder() / "machine.toml"


def machine_folder() -> Path:
    if os.environ.get(HOME):
        return Path(os.environ[HOME])
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "Shuke"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Shuke"
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "shuke"


def default_workspace() -> Workspace:
    """Where a first workspace is offered."""
    documents = Path.home() / "Documents"
    return Workspace((documents if documents.is_dir() else Path.home()) / "Shuke")
