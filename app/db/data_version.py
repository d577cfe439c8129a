"""Whether anybody wrote since one looked last, found out at no cost worth naming."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from app.db.engine import sqlite_error
from app.db.faults import translated


class DataVersion:
    """SQLite's own number of a file's state, which moves with every other connection's commit.

    It is told to the connection that asked before, so one is kept until `close`.
    """

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()

    def number(self) -> int:
        """Another one than before if anybody wrote. Raises UserError."""
        driver: Any = self._connection.driver_connection
        try:
            return int(driver.execute("PRAGMA data_version").fetchone()[0])
        except sqlite_error() as error:
            raise translated(DatabaseError("PRAGMA data_version", None, error)) from error

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
