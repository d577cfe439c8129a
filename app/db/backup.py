"""Copies of the workspace, made while it is in use, checked, rotated, and restored.

A backup is a folder `backups/YYYYMMDD-HHMMSS/` with the database and hard links to the
attachments. It appears under its name only when it is whole and has passed its check.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import DatabaseError

from app.config import Workspace
from app.db.faults import translated
from app.errors import Damaged, NotFound, Refused, Unavailable, UserError
from app.i18n import Message

STAMP: Final = "%Y%m%d-%H%M%S"
DAILY, WEEKLY, MONTHLY = 7, 4, 12
PAGES_A_STEP: Final = 4_096

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole copy and the moment (UTC) it was made."""

    folder: Path
    at: datetime

    @property
    def database(self) -> Path:
        return self.folder / "shuke.db"


def backups(workspace: Workspace) -> list[Backup]:
    """Every whole backup, newest first."""
    found: list[Backup] = []
    if workspace.backups.is_dir():
        for folder in workspace.backups.iterdir():
            at = _moment(folder.name)
            if at is not None and (folder / "shuke.db").is_file():
                found.append(Backup(folder, at))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _moment(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def make(workspace: Workspace, now: datetime, progress: Progress | None = None) -> Backup:
    """Copy the database and link the attachments; writers are not held up.

    Raises Unavailable when the copy cannot be written, Damaged when it does not pass its check.
    """
    folder = workspace.backups / now.strftime(STAMP)
    partial = folder.with_suffix(".part")
    try:
        if partial.exists():
            shutil.rmtree(partial)
        partial.mkdir(parents=True)
        copy_database(workspace.database, partial / "shuke.db", progress)
        _link_all(workspace.attachments, partial / "attachments")
        if folder.exists():
            shutil.rmtree(folder)
        partial.replace(folder)
        _sync_folder(workspace.backups)
    except UserError:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise Unavailable(
            Message(
                "The backup could not be written to {folder}: {reason}. Your data is unchanged.",
                params={"folder": str(workspace.backups), "reason": error.strerror or str(error)},
            )
        ) from error
    return Backup(folder, now.replace(microsecond=0))


def copy_database(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a database in use to a new file, check the copy and sync it to the disk."""
    import sqlcipher3.dbapi2 as driver

    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    reader, writer = driver.connect(str(source)), driver.connect(str(target))
    try:
        reader.backup(writer, pages=PAGES_A_STEP, progress=step, sleep=0.005)
    except driver.Error as error:
        raise translated(DatabaseError("backup", None, error)) from error
    finally:
        reader.close()
        writer.close()
    problem = quick_check(target)
    if problem is not None:
        target.unlink()
        raise Damaged(Message("The database file is damaged: its copy does not pass the check."))
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def quick_check(path: Path) -> str | None:
    """What SQLite finds wrong with a database file; None when it is sound."""
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except driver.DatabaseError as error:
        return str(error)
    finally:
        connection.close()
    return None if found == "ok" else found


def restore(workspace: Workspace, source: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; what was there is kept aside and returned.

    `source` is a backup folder or a database file. No connection may be open. Raises NotFound or
    Damaged when the backup is not usable; the workspace is then as it was.
    """
    database = source / "shuke.db" if source.is_dir() else source
    if not database.is_file():
        raise NotFound(
            Message("There is no backup at {path}. Nothing was changed.", params={"path": source})
        )
    if quick_check(database) is not None or not _is_ours(database):
        raise Damaged(
            Message(
                "{path} is damaged or not a backup of Shuke. Nothing was changed; choose another.",
                params={"path": str(database)},
            )
        )
    workspace.folder.mkdir(parents=True, exist_ok=True)
    incoming = workspace.folder / "shuke.db.restoring"
    shutil.copyfile(database, incoming)
    with incoming.open("rb+") as stream:
        os.fsync(stream.fileno())
    aside = _set_aside(workspace, now)
    incoming.replace(workspace.database)
    if source.is_dir():
        _link_all(source / "attachments", workspace.attachments)
    _sync_folder(workspace.folder)
    return aside


def _is_ours(database: Path) -> bool:
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('customer', 'change_set')"
        ).fetchone()
    except driver.DatabaseError:
        return False
    finally:
        connection.close()
    return bool(found[0] == 2)


def _set_aside(workspace: Workspace, now: datetime) -> Path | None:
    if not workspace.database.exists():
        return None
    aside = workspace.folder / f"before-restore-{now.strftime(STAMP)}"
    aside.mkdir(exist_ok=True)
    # The write-ahead log belongs to the file it was written for and to no other.
    for suffix in ("", "-wal", "-shm"):
        part = Path(f"{workspace.database}{suffix}")
        if part.exists():
            part.replace(aside / part.name)
    return aside


def rotate(workspace: Workspace) -> list[Backup]:
    """Remove what is neither among the last days, weeks nor months; returns what was removed."""
    found = backups(workspace)
    keep = _keep(found)
    removed = [one for one in found if one.folder not in keep]
    for one in removed:
        shutil.rmtree(one.folder)
    return removed


def _keep(found: Iterable[Backup]) -> set[Path]:
    """The newest of each of the last 7 days, 4 weeks and 12 months that have one."""
    newest_first = list(found)
    keep: set[Path] = set()
    periods: tuple[tuple[int, Callable[[datetime], Any]], ...] = (
        (DAILY, lambda at: at.date()),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    )
    for count, period in periods:
        seen: dict[Any, Path] = {}
        for one in newest_first:
            seen.setdefault(period(one.at), one.folder)
        keep.update(list(seen.values())[:count])
    return keep


def due(workspace: Workspace, now: datetime) -> bool:
    """Whether the last backup is more than a day old."""
    found = backups(workspace)
    return not found or now - found[0].at >= timedelta(days=1)


def require_file(path: Path) -> None:
    """Refuse a target for a backup that exists already, or whose folder does not."""
    if not path.parent.is_dir():
        raise Unavailable(
            Message(
                "The folder “{folder}” does not exist. Choose another one.",
                params={"folder": str(path.parent)},
            )
        )
    if path.exists():
        raise Refused(
            Message(
                "{path} exists already. Nothing was written; choose another name.",
                params={"path": str(path)},
            )
        )


def _link_all(source: Path, target: Path) -> None:
    if not source.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    for file in source.rglob("*"):
        if file.is_file():
            goal = target / file.relative_to(source)
            goal.parent.mkdir(parents=True, exist_ok=True)
            if not goal.exists():
                _link(file, goal)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        # another drive, or a file system without links
        shutil.copy2(source, target)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
