"""Bare limits: the same work by the driver alone, on the same machine in the same run."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from app.config import Workspace
from tests.benchmarks.figures import middle
from tests.benchmarks.keys import typed

REPORT = (
    "SELECT stage, count(*) FROM customer WHERE deleted_in IS NULL GROUP BY stage",
    "SELECT owner_id, count(*) FROM customer WHERE deleted_in IS NULL GROUP BY owner_id",
    "SELECT source, count(*) FROM customer WHERE deleted_in IS NULL GROUP BY source",
    "SELECT substr(created_at, 1, 7), count(*) FROM customer WHERE deleted_in IS NULL GROUP BY 1",
)


@contextmanager
def driver(path: Path) -> Iterator[Any]:
    with closing(sqlcipher3.dbapi2.connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -16384")
        yield connection


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def search_index(made: Workspace) -> float:
    """Milliseconds that one plain question to the index takes, in the middle of all keys."""
    with driver(made.database) as connection:
        question = "SELECT rowid FROM search_customer WHERE search_customer MATCH ? LIMIT 60"
        for _ in range(2):
            took = [
                seconds(lambda: connection.execute(question, (_phrase(text),)).fetchall())  # noqa: B023 - called at once
                for text in typed()
            ]
        return middle(took) * 1000


def _phrase(text: str) -> str:
    return f'"{text}" *' if text.isascii() else f'"{" ".join(text)}"'


def update(path: Path, ids: Sequence[int], owner: int) -> float:
    """Seconds to give these customers another owner, without journal; taken back."""
    with driver(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        listed = "[" + ",".join(map(str, ids)) + "]"
        statement = "UPDATE customer SET owner_id = ? WHERE id IN (SELECT value FROM json_each(?))"
        took = seconds(lambda: connection.execute(statement, (owner, listed)))
        connection.execute("ROLLBACK")
        return took


def insert(folder: Path, rows: Sequence[Sequence[Any]]) -> float:
    """Seconds to put these rows into a table without index."""
    path = folder / "bare.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(len(rows[0])))})")
        statement = f"INSERT INTO t VALUES ({', '.join('?' * len(rows[0]))})"

        def write() -> None:
            connection.execute("BEGIN")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")

        took = seconds(write)
    path.unlink()
    return took


def workbook(folder: Path, rows: Sequence[Sequence[Any]]) -> float:
    """Seconds that the fastest writer takes for these rows as records."""
    from rustpy_xlsxwriter import write_worksheet

    path = folder / "bare.xlsx"
    records = [{f"c{n}": value for n, value in enumerate(row)} for row in rows]
    took = seconds(lambda: write_worksheet(records, str(path), sheet_name="t"))
    path.unlink()
    return took


def report(made: Workspace) -> float:
    """Seconds for the figures of the report by plain SQL."""
    with driver(made.database) as connection:
        return min(
            seconds(lambda: [connection.execute(one).fetchall() for one in REPORT])
            for _ in range(2)
        )
