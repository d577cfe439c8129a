"""Bringing a database to this version's shape: copy first, all or nothing, checked."""

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from app.db import search_index
from app.db.engine import WRITER
from app.db.faults import translated
from app.db.scope import ReadSession
from app.domain.vocabulary import SYSTEM
from app.errors import Unavailable
from app.i18n import Message
from app.migrations import REVISIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCRIPTS: Final = "app:migrations"


def revision(engine: Engine) -> str | None:
    """The database's revision; None for an empty one. Read by SQL: Alembic is slow to import."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return None if found is None else str(found)
    except SQLAlchemyError as error:
        raise translated(error) from error


def prepare(
    engine: Engine,
    copy_first: "Callable[[], Path | None]",
    *,
    scripts: str = SCRIPTS,
    revisions: tuple[str, ...] = REVISIONS,
) -> None:
    """Make or upgrade the tables. `copy_first()` makes a backup and returns where it is.

    `scripts` is where Alembic finds the migrations, `revisions` are theirs in order.

    Raises Unavailable when the database is of a newer program, or cannot be upgraded; it is then
    as it was.
    """
    found = revision(engine)
    if found == revisions[-1]:
        return
    if found is not None and found not in revisions:
        raise Unavailable(
            Message(
                "This workspace was made by a newer version of Shuke. Nothing was changed;"
                " install the newer version to open it."
            )
        )
    copy = copy_first() if found is not None else None
    try:
        _upgrade(engine, scripts)
    except SQLAlchemyError as error:
        known = translated(error)
        if found is None:
            raise known from error
        raise Unavailable(
            Message(
                "The workspace could not be brought up to this version. It was left as it was,"
                " and a copy is in {file}. Reason: {reason}",
                params={"file": str(copy), "reason": str(known)},
            )
        ) from error


def _upgrade(engine: Engine, scripts: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    with engine.connect().execution_options(**{WRITER: True}) as connection:
        _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                search_index.renew_digests(ReadSession(connection, SYSTEM))
                _check_foreign_keys(connection)
        finally:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    # Batch migrations replace tables; with foreign keys on that would delete the children. The
    # switch works only outside a transaction, so it goes past SQLAlchemy, which would begin one.
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA foreign_keys = {state}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(1)
    if lost:
        raise SQLAlchemyError(f"a migration broke a reference from {lost[0][0]}")
