"""Engines for both databases, and how their connections are set up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

WRITER: Final = "shuke_writer"
"""Execution option of the connection that is going to write."""

BUSY_MS: Final = 5_000
CACHE_KIB: Final = 16_384
SPARING_KIB: Final = 1_024
ROOMY_KIB: Final = 131_072
"""For one large write, whose rows go all over the indexes: else their pages are read and written
again and again."""


def make_engine(url: str, *, durable: bool = False) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql+psycopg://…`.

    `durable` waits for the disk at every commit (power loss then loses nothing either).
    """
    if url.startswith("sqlite"):
        return _sqlite(url, "FULL" if durable else "NORMAL")
    engine = create_engine(url, pool_size=5, max_overflow=5, pool_pre_ping=True)
    event.listen(engine, "connect", _postgresql_connect)
    return engine


def _sqlite(url: str, synchronous: str) -> Engine:
    import sqlcipher3.dbapi2

    engine = create_engine(
        url,
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=5,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )

    def connect(connection: "DBAPIConnection", _record: "ConnectionPoolEntry") -> None:
        # Transactions are begun below and nowhere else.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_MS}",
            f"cache_size = -{CACHE_KIB}",
            "temp_store = MEMORY",
            f"synchronous = {synchronous}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """More memory for the pages that this connection reads and writes."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOMY_KIB}")
    try:
        yield
    finally:
        # a lost connection has no pages either
        if not connection.invalidated and not connection.closed:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")


def spare_memory(engine: Engine) -> None:
    """From now on keep few pages of the file in memory: for who looks often at little."""
    if engine.dialect.name != "sqlite":
        return

    def connect(connection: "DBAPIConnection", _record: "ConnectionPoolEntry") -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA cache_size = -{SPARING_KIB}")
        cursor.close()

    event.listen(engine, "connect", connect)
    engine.dispose()


def _sqlite_begin(connection: Connection) -> None:
    # A reader that turns writer later fails at once when another wrote meanwhile (BUSY_SNAPSHOT).
    writes = connection.get_execution_options().get(WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_connect(connection: Any, _record: "ConnectionPoolEntry") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
    connection.commit()


def sqlite_error() -> type[Exception]:
    """The driver's base of everything SQLite reports."""
    import sqlcipher3.dbapi2

    found: type[Exception] = sqlcipher3.dbapi2.Error
    return found
