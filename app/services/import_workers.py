"""Other processes that work out ahead, for a large file, what takes Python long."""

import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import islice
from multiprocessing import get_context, parent_process
from os import cpu_count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from app import i18n
from app.exchange.tables import Row, Table
from app.services.import_drafts import Candidate
from app.services.import_plan import BLOCK
from app.services.import_rows import RowReader

_LARGE: Final = 300_000  # bytes of a file in which there may be thousands of rows
_MANY_ROWS: Final = 3_000
_MOST: Final = 8

T = TypeVar("T")
R = TypeVar("R")


class Helpers:
    """The processes for one import, begun when first needed and ended with the block.

    A few pieces of work are under way at a time, so that memory stays bounded.
    """

    def __init__(self, *, writes: bool) -> None:
        self._count = max(1, min(cpu_count() or 2, _MOST) - 1)
        self._writes = writes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Helpers":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin_for(self, path: Path) -> None:
        """Begin them now if the file looks large: they get ready while it is opened."""
        if path.is_file() and path.stat().st_size > _LARGE:
            self._begun().submit(_nothing)

    @property
    def running(self) -> bool:
        """Whether they have been begun."""
        return self._pool is not None

    def in_order(
        self, work: Callable[..., R], pieces: Iterable[tuple[T, tuple[Any, ...]]]
    ) -> Iterator[tuple[R, T]]:
        """`work(*arguments)` for each (companion, arguments), in their order, done ahead."""
        pool = self._begun()
        waiting: deque[tuple[Future[R], T]] = deque()
        for companion, arguments in pieces:
            waiting.append((pool.submit(work, *arguments), companion))
            if len(waiting) > self._count + 2:
                yield _arrived(*waiting.popleft())
        while waiting:
            yield _arrived(*waiting.popleft())

    def _begun(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._count,
                mp_context=get_context("spawn"),
                initializer=_get_ready,
                initargs=(i18n.language(), self._writes),
            )
        return self._pool


def candidates(reader: RowReader, table: Table, helpers: Helpers) -> Iterator[list[Candidate]]:
    """The rows of the table as they are read, in blocks; all but the last have BLOCK rows."""
    rows = iter(table.rows)
    blocks = iter(lambda: list(islice(rows, BLOCK)), [])
    if table.expected_rows <= _MANY_ROWS:
        yield from map(partial(_read_by, reader), blocks)
        return
    kept = pickle.dumps(reader, pickle.HIGHEST_PROTOCOL)
    for read, _ in helpers.in_order(_read, ((None, (kept, block)) for block in blocks)):
        yield read


def _arrived(future: "Future[R]", companion: T) -> tuple[R, T]:
    return future.result(), companion


# --- what the other processes do ---------------------------------------------


def _get_ready(language: str, writes: bool) -> None:  # noqa: FBT001 - an argument of a process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    i18n.use(language)
    if writes:
        # needed later, and slow to import
        import app.services.import_records  # noqa: F401


def _end_with_parent() -> None:
    """A program that was killed says nothing to its helpers, and they would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _nothing() -> None:
    """The first piece of work begins the process."""


def _read(kept: bytes, rows: list[Row]) -> list[Candidate]:
    return _read_by(_reader(kept), rows)


def _read_by(reader: RowReader, rows: list[Row]) -> list[Candidate]:
    return [reader.read(row) for row in rows]


@lru_cache(maxsize=1)
def _reader(kept: bytes) -> RowReader:
    """What was pickled by the process that began this one; with it stay its caches."""
    found: RowReader = pickle.loads(kept)  # noqa: S301
    return found
