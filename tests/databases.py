"""Databases for tests: a migrated one is made once a run and copied for every test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from app.clock import Clock
from app.db import migrate
from app.db.database import Database
from app.db.engine import make_engine
from app.db.guard import JOURNALLED
from app.domain.vocabulary import Actor, Role
from app.models import journalled_models
from tests import postgres

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CLOCK = Clock(lambda: NOW)


def make_template(url: str) -> None:
    engine = make_engine(url)
    migrate.prepare(engine, lambda: None)
    engine.dispose()


@contextmanager
def sqlite(template: Path, folder: Path) -> Iterator[Database]:
    target = folder / "shuke.db"
    shutil.copyfile(template, target)
    yield from _opened(f"sqlite:///{target}")


@contextmanager
def postgresql(template_url: str, server: str) -> Iterator[Database]:
    url = postgres.fresh_database(server, template_url)
    try:
        yield from _opened(url)
    finally:
        postgres.drop_database(url)


def _opened(url: str) -> Iterator[Database]:
    database = Database.open(url, CLOCK)
    event.listen(database.engine, "before_cursor_execute", _guard)
    yield database
    database.close()


def _guard(connection, _cursor, statement, _parameters, _context, _many) -> None:
    """Fail whatever writes to a journalled table past the journal."""
    words = statement.replace('"', "").split(None, 3)
    verb = words[0].upper()
    name = {"INSERT": 2, "DELETE": 2, "UPDATE": 1}.get(verb)
    if name is None or connection.info.get(JOURNALLED, False):
        return
    if words[name].split("(")[0] in journalled_models():
        raise AssertionError(f"written past the journal: {statement}")


def director(window: str = "test") -> Actor:
    return Actor(None, "Test", Role.DIRECTOR, window=window)
