"""The workspace's own health: backups, restoring, checking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from app.clock import Clock
from app.config import Workspace
from app.db import backup, check
from app.db.check import Finding
from app.db.database import Database
from app.domain.vocabulary import SYSTEM
from app.errors import Unavailable
from app.i18n import Message
from app.models import ChangeSet

__all__ = ["BackupInfo", "BackupService", "Finding", "made_at"]

SMALL: Final = 100_000_000
"""Bytes of a database that is copied in a moment."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A whole backup: its folder, when it was made (UTC), its size in bytes."""

    folder: Path
    at: datetime
    size: int


def made_at(folder: Path) -> datetime | None:
    """When the backup in this folder was made; None where the folder does not say it."""
    return backup.made_at(folder)


class BackupService:
    def __init__(self, workspace: Workspace, db: Database, clock: Clock) -> None:
        self._workspace = workspace
        self._db = db
        self._clock = clock

    @property
    def possible(self) -> bool:
        """Whether this program makes the backups: a team's server has its own."""
        return self._db.engine.dialect.name == "sqlite"

    def all(self) -> list[BackupInfo]:
        """Newest first."""
        return [
            BackupInfo(one.folder, one.at, one.database.stat().st_size)
            for one in backup.backups(self._workspace)
        ]

    def make(self, progress: Progress | None = None) -> BackupInfo:
        """Make a checked backup now and let go of the oldest."""
        self._require_file()
        made = backup.make(self._workspace, self._clock.now(), progress)
        backup.rotate(self._workspace, made)
        return BackupInfo(made.folder, made.at, made.database.stat().st_size)

    def make_to(self, target: Path, progress: Progress | None = None) -> None:
        """Copy the database, checked, to a file of the user's choice."""
        self._require_file()
        backup.require_file(target)
        backup.copy_database(self._workspace.database, target, progress)

    def make_at_close(self) -> BackupInfo | None:
        """A backup of what was written since the last one; of a large workspace once a day."""
        if not self.possible:
            return None
        last = next(iter(backup.backups(self._workspace)), None)
        with self._db.read(SYSTEM) as session:
            written = session.scalar(select(func.max(ChangeSet.at)))
        if last is not None and (written is None or written <= last.at):
            return None
        if self._workspace.database.stat().st_size <= SMALL:
            return self.make()
        return self.make_if_due()

    def make_if_due(self) -> BackupInfo | None:
        """A backup where the last one is more than a day old."""
        if self.possible and backup.due(self._workspace, self._clock.now()):
            return self.make()
        return None

    def check(self, progress: Progress | None = None) -> list[Finding]:
        """Everything that is wrong with the workspace; empty when it is sound."""
        return check.check(self._workspace, self._db, progress)

    def _require_file(self) -> None:
        if not self.possible:
            raise Unavailable(
                Message(
                    "This workspace is on a database server, which keeps its own backups."
                    " Ask whoever looks after the server."
                )
            )
