"""The only ways to a session: `read(actor)` and `write(actor, title)`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.clock import Clock
from app.db import journal, visibility
from app.db.engine import WRITER, make_engine
from app.db.faults import translated
from app.db.scope import ReadSession, WriteSession
from app.domain.vocabulary import Actor
from app.i18n import Message

ONE_MOMENT: Final = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITE_LOCK: Final = 0x5348554B
"""Key of the advisory lock that every writer of a team holds for the time of its write."""


@dataclass
class Announcement:
    """What a finished write touched: table names, for the views that show them."""

    change_set_id: int
    areas: frozenset[str] = field(default_factory=frozenset)


class Database:
    """Short sessions on one engine, each under an actor's eyes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self._writer = threading.Lock()
        self._listeners: list[Any] = []

    @classmethod
    def open(cls, url: str, clock: Clock, *, durable: bool = False) -> "Database":
        return cls(make_engine(url, durable=durable), clock)

    def close(self) -> None:
        self.engine.dispose()

    def settle(self) -> None:
        """After very large writes: fold the log into the file and look at the tables afresh."""
        raw = self.engine.raw_connection()
        try:
            driver: Any = raw.driver_connection
            if self.engine.dialect.name == "sqlite":
                driver.execute("PRAGMA analysis_limit = 400")
                driver.execute("ANALYZE")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                driver.execute("ANALYZE")
                driver.commit()
        finally:
            raw.close()

    def on_change(self, listener: Any) -> None:
        """Call `listener(Announcement)` after every commit that changed something.

        It is called on the thread that wrote.
        """
        self._listeners.append(listener)

    @contextmanager
    def read(self, actor: Actor) -> Iterator[ReadSession]:
        """A session that sees what the actor may see, all of it as of one moment."""
        session = ReadSession(self.engine, actor)
        try:
            if session.backend == "postgresql":
                session.connection(execution_options=ONE_MOMENT)
            yield session
        except SQLAlchemyError as error:
            raise translated(error) from error
        finally:
            session.close()

    @contextmanager
    def write(self, actor: Actor, title: Message) -> Iterator[WriteSession]:
        """One change set: all of it is committed, or after any error nothing."""
        with self._writer:
            session = WriteSession(self.engine, actor, title, self.clock.now())
            try:
                connection = session.connection(execution_options={WRITER: True})
                if session.backend == "postgresql":
                    # As on SQLite one writer at a time: the journal's order is the commits'.
                    connection.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))
                yield session
                journal.finish(session)
                session.commit()
            except SQLAlchemyError as error:
                session.rollback()
                raise translated(error) from error
            except BaseException:
                session.rollback()
                raise
            finally:
                session.close()
        if session.change_set_id is not None:
            announcement = Announcement(session.change_set_id, frozenset(session.areas))
            for listener in self._listeners:
                listener(announcement)


visibility.install(Session)
journal.install(WriteSession)
