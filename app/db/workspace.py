"""Opening a workspace: where it may stand, whether it is whole, which shape it has."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from app.clock import Clock
from app.config import Settings, Unreadable, Workspace, read
from app.db import backup, in_use, migrate, restoring
from app.db.database import Database
from app.db.engine import make_engine, sqlite_error
from app.db.faults import translated
from app.errors import Damaged, NotFound, Unavailable, UserError
from app.i18n import Message

CLOUD: Final = (
    "onedrive",
    "dropbox",
    "icloud",
    "google drive",
    "googledrive",
    "坚果云",
    "nutstore",
)
NETWORK: Final = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "9p")


@dataclass(frozen=True, slots=True)
class Opened:
    """A database ready for work. `unclean`: the program did not end properly last time."""

    database: Database
    unclean: bool


def url(workspace: Workspace, settings: Settings) -> str:
    """Address of the workspace's database."""
    if settings.database_url:
        return settings.database_url
    return f"sqlite:///{workspace.database.resolve().as_posix()}"


def settings_of(workspace: Workspace) -> Settings:
    """What the workspace's file says. Raises Unavailable when it is there and cannot be read."""
    try:
        return read(Settings, workspace.settings)
    except Unreadable as error:
        raise Unavailable(
            Message(
                "The settings in {file} cannot be read: {reason}. Nothing was changed. Correct the"
                " file; or, unless the data is on a server, delete it to begin with new settings.",
                params={"file": str(workspace.settings), "reason": str(error)},
            )
        ) from error


def open_workspace(
    workspace: Workspace,
    clock: Clock,
    *,
    create: bool = False,
    mark: Callable[[Workspace], bool] = in_use.mark,
) -> Opened:
    """Open, and where asked create, a workspace; `mark` leaves this process's mark in it.

    Raises NotFound, Unavailable (read-only, held by another program, newer version, cloud folder,
    settings that cannot be read) or Damaged (with the newest good backup).
    """
    settings = settings_of(workspace)
    local = not settings.database_url
    try:
        if local:
            _check_place(workspace, create=create)
        engine = _engine(url(workspace, settings), durable=settings.durable)
        try:
            unclean = False
            if local:
                _prepare_file(workspace, engine, create=create)
                unclean = mark(workspace)
            migrate.prepare(engine, lambda: backup.make(workspace, clock.now()).folder)
        except BaseException:
            engine.dispose()
            raise
    except SQLAlchemyError as error:
        raise with_backup(workspace, translated(error)) from error
    except UserError as error:
        raise with_backup(workspace, error) from error
    except OSError as error:
        raise Unavailable(
            Message(
                "The workspace in {folder} cannot be opened: {reason}. Nothing was changed.",
                params={"folder": str(workspace.folder), "reason": error.strerror or str(error)},
            )
        ) from error
    return Opened(Database(engine, clock), unclean)


def _engine(address: str, *, durable: bool) -> Engine:
    try:
        return make_engine(address, durable=durable)
    except (ArgumentError, ValueError, ImportError) as error:
        raise Unavailable(
            Message(
                "The address of the database in the settings cannot be used. It begins with"
                " postgresql+psycopg:// followed by user and server. Nothing was changed."
            )
        ) from error


def _prepare_file(workspace: Workspace, engine: Engine, *, create: bool) -> None:
    """Make the file ready for work."""
    _write_ahead(engine)
    if not create:
        _require_content(workspace, engine)


def _require_content(workspace: Workspace, engine: Engine) -> None:
    """Refuse a file whose content is gone, or that another program made."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
    if "alembic_version" in names:
        return
    if names:
        raise Unavailable(
            Message(
                "{file} is a database of another program. Nothing was changed.",
                params={"file": str(workspace.database)},
            )
        )
    # Without settings and backups it is a workspace whose making was cut off: it is made now.
    if workspace.settings.exists() or backup.backups(workspace):
        raise Damaged(Message("The database file is empty. Nothing was written; restore a backup."))


def close_workspace(workspace: Workspace, database: Database) -> None:
    """Let go of the database; the next start then knows that all ended well."""
    if database.engine.dialect.name == "sqlite":
        # Statistics are a help, not a duty: a full or damaged disk must not keep the user here.
        with suppress(SQLAlchemyError), database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA optimize")
    database.close()
    # the same for the mark: the next start then looks more closely, no more
    with suppress(OSError):
        in_use.unmark(workspace)


def try_server(address: str) -> None:
    """Connect to a team's PostgreSQL once, to say on the spot whether it can be joined."""
    if not address.startswith("postgresql+psycopg://"):
        raise Unavailable(
            Message(
                "The address must begin with postgresql+psycopg:// followed by user and server."
            )
        )
    engine = _engine(address, durable=False)
    try:
        with engine.connect() as connection:
            inspect(connection).has_table("customer")
    except SQLAlchemyError as error:
        raise Unavailable(
            Message(
                "No connection to the server: {reason}. Nothing was changed. Check the address,"
                " name and password, and whether the server can be reached from this computer.",
                params={"reason": str(getattr(error, "orig", error)).strip().splitlines()[0]},
            )
        ) from error
    finally:
        engine.dispose()


def with_backup(workspace: Workspace, error: Exception) -> Exception:
    """The same error; a Damaged one names the newest good backup."""
    if not isinstance(error, Damaged) or error.backup is not None:
        return error
    for one in backup.backups(workspace):
        if backup.quick_check(one.database) is None:
            return Damaged(error.message, one.folder)
    return error


def _check_place(workspace: Workspace, *, create: bool) -> None:
    folder = workspace.folder
    where = {"folder": str(folder)}
    restoring.finish(workspace)
    if not workspace.database.exists():
        if not create and backup.backups(workspace):
            raise Damaged(
                Message("The database file is missing. Nothing was created; restore a backup.")
            )
        if not create:
            raise NotFound(
                Message("There is no workspace in {folder}. Nothing was created.", params=where)
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(
                Message(
                    "The folder {folder} cannot be created: {reason}.",
                    params={**where, "reason": error.strerror or str(error)},
                )
            ) from error
    if any(mark in part.lower() for part in folder.resolve().parts for mark in CLOUD):
        raise Unavailable(
            Message(
                "{folder} is kept in step by a cloud service, which damages a database in use."
                " Choose a folder on this computer; backups may go to the cloud.",
                params=where,
            )
        )
    if _mounted_as(folder) in NETWORK:
        raise Unavailable(
            Message(
                "{folder} is on a network drive, where a database in use is not safe. Choose a"
                " folder on this computer, or share the work through a PostgreSQL server.",
                params=where,
            )
        )
    target = workspace.database if workspace.database.exists() else folder
    if not os.access(folder, os.W_OK) or not os.access(target, os.W_OK):
        raise Unavailable(
            Message(
                "The workspace in {folder} is read-only. Nothing was changed; make the folder"
                " writable, or copy it to another place and open it there.",
                params=where,
            )
        )


def _mounted_as(folder: Path) -> str:
    """Type of the file system that holds `folder`; empty where it cannot be told."""
    if not sys.platform.startswith("linux"):
        return ""
    best, kind = "", ""
    resolved = str(folder.resolve())
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, point, found, *_ = line.split(" ")
        inside = resolved == point or resolved.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind


def _write_ahead(engine: Engine) -> None:
    """Switch to write-ahead logging, which needs to be done outside any transaction."""
    try:
        raw = engine.raw_connection()
        try:
            driver: Any = raw.driver_connection
            mode = driver.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        finally:
            raw.close()
    except sqlite_error() as error:
        raise translated(DatabaseError("PRAGMA journal_mode", None, error)) from error
    if mode != "wal":
        raise Unavailable(
            Message("This drive cannot hold a workspace safely. Choose a folder on this computer.")
        )
