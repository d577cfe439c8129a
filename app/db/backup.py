"""Copies of the workspace, made while it is in use, checked and rotated.

A backup is a folder `backups/YYYYMMDD-HHMMSS/` with the database and hard links to the
attachments. It appears under its name only when it is whole and has passed its check.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import DatabaseError

from app.config import Workspace
from app.db.faults import translated
from app.errors import Damaged, Refused, Unavailable
from app.i18n import Message

STAMP: Final = "%Y%m%d-%H%M%S"
DAILY, WEEKLY, MONTHLY = 7, 4, 12
PAGES_A_STEP: Final = 4_096
_PARTIAL: Final = ".part"

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
            at = made_at(folder)
            if at is not None and (folder / "shuke.db").is_file():
                found.append(Backup(folder, at))
    return sorted(found, key=lambda one: one.at, reverse=True)


def made_at(folder: Path) -> datetime | None:
    """When a backup was made, by the name of its folder; None for a folder that is none."""
    try:
        return datetime.strptime(folder.name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def make(workspace: Workspace, now: datetime, progress: Progress | None = None) -> Backup:
    """Copy the database and link the attachments; writers are not held up.

    Raises Unavailable when the copy cannot be written, Damaged when it does not pass its check.
    """
    partial = _partial(workspace, now)
    try:
        _sweep(workspace, now)
        partial.mkdir(parents=True)
        copy_database(workspace.database, partial / "shuke.db", progress)
        link_all(workspace.attachments, partial / "attachments")
        made = _put_in_place(partial, workspace, now.replace(microsecond=0))
        sync_folder(workspace.backups)
    except OSError as error:
        raise _unwritten(workspace.backups, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return made


def _partial(workspace: Workspace, at: datetime) -> Path:
    """A name of this process's own for what is not whole yet, or not any more."""
    return workspace.backups / f"{at.strftime(STAMP)}-{os.getpid()}{_PARTIAL}"


def _put_in_place(partial: Path, workspace: Workspace, at: datetime) -> Backup:
    """Give a whole backup its name; where that second has one already, the next free one."""
    while (folder := workspace.backups / at.strftime(STAMP)).exists():
        at += timedelta(seconds=1)
    partial.rename(folder)
    return Backup(folder, at)


def _sweep(workspace: Workspace, now: datetime) -> None:
    """Remove what killed backups left behind: nobody can still be at work on it after a day."""
    for folder in workspace.backups.glob(f"*{_PARTIAL}"):
        begun = made_at(Path("-".join(folder.name.removesuffix(_PARTIAL).split("-")[:2])))
        if begun is not None and now - begun >= timedelta(days=1):
            shutil.rmtree(folder, ignore_errors=True)


def _unwritten(folder: Path, error: OSError) -> Unavailable:
    return Unavailable(
        Message(
            "The backup could not be written to {folder}: {reason}. Your data is unchanged.",
            params={"folder": str(folder), "reason": error.strerror or str(error)},
        )
    )


def copy_database(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a database in use to a new file, check the copy and sync it to the disk.

    The target appears when it is whole. Raises Unavailable or Damaged; there is then no target.
    """
    partial = target.with_name(f"{target.name}{_PARTIAL}")
    try:
        _copy(source, partial, progress)
        if quick_check(partial) is not None:
            raise Damaged(
                Message("The database file is damaged: its copy does not pass the check.")
            )
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    except OSError as error:
        raise _unwritten(target.parent, error) from error
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):  # the check opens the copy, too
            with suppress(OSError):
                Path(f"{partial}{suffix}").unlink(missing_ok=True)


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    import sqlcipher3.dbapi2 as driver

    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    try:
        with closing(driver.connect(str(source))) as reader:
            # One moment for the whole copy: else every write of another program begins it anew.
            reader.isolation_level = None
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master")
            with closing(driver.connect(str(target))) as writer:
                reader.backup(writer, pages=PAGES_A_STEP, progress=step, sleep=0.005)
    except driver.Error as error:
        raise translated(DatabaseError("backup", None, error)) from error


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


def rotate(workspace: Workspace, made: Backup | None = None) -> list[Backup]:
    """Remove what is neither among the last days, weeks nor months; returns what was removed.

    `made` stays: one that a wrong clock dated later does not take its place.
    """
    found = backups(workspace)
    keep = _keep(found) | ({made.folder} if made is not None else set())
    removed = [one for one in found if one.folder not in keep]
    for one in removed:
        # under its name it is whole until it is gone
        leaving = _partial(workspace, one.at)
        with suppress(OSError):
            one.folder.rename(leaving)
            shutil.rmtree(leaving)
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
    # one from the future was made when the clock was wrong
    found = [one for one in backups(workspace) if one.at <= now]
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


def link_all(source: Path, target: Path) -> None:
    """Link, or where that is impossible copy, every file of a folder that the other lacks."""
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


def sync_folder(folder: Path) -> None:
    """Make new names in this folder last through a loss of power."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
