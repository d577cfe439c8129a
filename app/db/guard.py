"""The mark by which a statement says that the journal knows of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

JOURNALLED: Final = "shuke_journalled"
"""Key in a connection's info; the tests fail any write to a journalled table without it."""


@contextmanager
def journalled(connection: Connection) -> Iterator[None]:
    """The statements inside are accounted for in the journal, or concern derived columns only."""
    before = connection.info.get(JOURNALLED, False)
    connection.info[JOURNALLED] = True
    try:
        yield
    finally:
        # a lost connection has no info any more, and nothing is written on it
        if not connection.invalidated:
            connection.info[JOURNALLED] = before
