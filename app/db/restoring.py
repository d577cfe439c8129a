"""Putting a backup in the database's place; what was there is kept aside.

At every moment the folder holds the old database or the new one: a restore that is killed is either
not begun or finished by the next start.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DatabaseError

from app.config import Workspace
from app.db import in_use
from app.db.backup import STAMP, link_all, quick_check, sync_folder
from app.db.faults import translated
from app.errors import Damaged, NotFound, Unavailable
from app.i18n import Message

_ALONE_SECONDS: Final = 0.5
_OPEN_ELSEWHERE: Final = Message(
    "The workspace is open in another window. Nothing was changed; close it first."
)


def restore(workspace: Workspace, source: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; what was there is kept aside and returned.

    `source` is a backup folder or a database file. No connection may be open. Raises NotFound or
    Damaged when the backup is not usable, Unavailable when somebody has the workspace open or the
    files cannot be written; the workspace is then as it was.
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
    _require_alone(workspace)
    try:
        _bring(workspace, database)
        if source.is_dir():
            link_all(source / "attachments", workspace.attachments)
        aside = _set_aside(workspace, now)
        _incoming(workspace).replace(workspace.database)
        sync_folder(workspace.folder)
    except OSError as error:
        raise Unavailable(
            Message(
                "The backup could not be put in place: {reason}. Your data is unchanged.",
                params={"reason": error.strerror or str(error)},
            )
        ) from error
    return aside


def finish(workspace: Workspace) -> None:
    """Complete a restore that was cut off after the old database had been put aside."""
    if _incoming(workspace).exists() and not workspace.database.exists():
        for suffix in ("-wal", "-shm"):
            Path(f"{workspace.database}{suffix}").unlink(missing_ok=True)
        _incoming(workspace).replace(workspace.database)


def _incoming(workspace: Workspace) -> Path:
    """The new database; under this name it is whole and on the disk."""
    return workspace.folder / "shuke.db.restoring"


def _bring(workspace: Workspace, database: Path) -> None:
    workspace.folder.mkdir(parents=True, exist_ok=True)
    partial = workspace.folder / "shuke.db.part"
    try:
        shutil.copyfile(database, partial)
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(_incoming(workspace))
    finally:
        partial.unlink(missing_ok=True)


def _require_alone(workspace: Workspace) -> None:
    """Refuse while anybody has the database open; fold its log into it.

    Leaving write-ahead logging is granted to nobody but the only one there.
    """
    if not workspace.database.is_file():
        return
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(str(workspace.database), timeout=_ALONE_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except driver.DatabaseError as error:
        problem = translated(DatabaseError("PRAGMA", None, error))
        # a damaged file cannot be asked; it is what is to be replaced
        if "locked" in str(error) or (isinstance(problem, Damaged) and in_use.by_others(workspace)):
            raise Unavailable(_OPEN_ELSEWHERE) from error
        if isinstance(problem, Unavailable):
            raise problem from error
    finally:
        connection.close()


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
    aside = _new_folder(workspace.folder, f"before-restore-{now.strftime(STAMP)}")
    kept = aside / workspace.database.name
    # The write-ahead log belongs to the file it was written for and to no other.
    for suffix in ("-wal", "-shm"):
        part = Path(f"{workspace.database}{suffix}")
        if part.exists():
            part.replace(aside / part.name)
    try:
        kept.hardlink_to(workspace.database)
    except OSError:
        # a file system without links; should it end here, `finish` goes on
        workspace.database.replace(kept)
    return aside


def _new_folder(parent: Path, name: str) -> Path:
    """A folder that was not there: what an earlier restore put aside is never overwritten."""
    number = 1
    while True:
        folder = parent / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder
