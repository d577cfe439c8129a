"""Lists as files: what is seen, in its order, and a record that it left the workspace."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from app.db.database import Database
from app.db.ids import IdVector
from app.domain.lists import ListQuery
from app.domain.vocabulary import Actor
from app.errors import Refused
from app.exchange.delimited_writer import write_csv
from app.exchange.workbook_writer import write_workbook
from app.exchange.writing import Value
from app.i18n import Message, tr
from app.models import Export
from app.services.customers import CustomerService
from app.services.export_columns import Block, chosen, titled

ENDINGS: Final = (".xlsx", ".csv")
_BLOCK: Final = 2_000
_AHEAD: Final = 2  # blocks read before they are written

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What was written where; `notices` say what a cell could not hold."""

    path: Path
    rows: int
    columns: tuple[str, ...]
    notices: tuple[Message, ...] = ()


class ExportService:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._customers = CustomerService(db)

    def customers(
        self,
        actor: Actor,
        target: Path,
        query: ListQuery,
        columns: Sequence[str] | None = None,
        ids: Iterable[int] | None = None,
        progress: Progress | None = None,
    ) -> ExportOutcome:
        """Write customers to a .xlsx or .csv file, by its ending.

        Args:
            actor: only what they see is written.
            target: the file; one that is there stays as it was until the new one is whole.
            query: filter, order and search of the list.
            columns: keys of the list's columns in their order; None: everything there is. The id
                always comes first, so that the file can be imported again.
            ids: only these, in this order, whatever the query says.
            progress: called with rows written and to write; may raise to stop.

        Raises:
            Refused: another ending, or no such filter. Unavailable: the file cannot be written.
        """
        ending = target.suffix.lower()
        if ending not in ENDINGS:
            raise Refused(
                Message(
                    "A list is written as .xlsx or .csv. “{file}” ends otherwise.",
                    params={"file": target.name},
                )
            )
        vector = self._ids(actor, query, ids)
        keys = chosen(columns)
        with self._db.read(actor) as session:
            rows = _rows(Block(session, keys), vector, progress)
            if ending == ".csv":
                written = write_csv(target, titled(keys), rows)
            else:
                written = write_workbook(target, tr("Customers"), titled(keys), rows)
        record_export(self._db, actor, "customers", written.rows, target)
        return ExportOutcome(target, written.rows, keys, written.notices)

    def _ids(self, actor: Actor, query: ListQuery, ids: Iterable[int] | None) -> IdVector:
        if ids is None:
            return self._customers.ids(actor, query)
        return np.fromiter(ids, dtype=np.int64)


def record_export(db: Database, actor: Actor, what: str, rows: int, target: Path) -> None:
    """A fact about the world: it is kept beside the journal and cannot be undone."""
    title = Message("Export promises") if what == "promises" else Message("Export customers")
    with db.write(actor, title) as session:
        session.add(
            Export(
                at=session.at,
                actor_id=actor.id,
                what=what,
                row_count=rows,
                file_name=target.name,
            )
        )


def _rows(block: Block, ids: IdVector, progress: Progress | None) -> Iterator[Sequence[Value]]:
    """The rows, block by block; while one block is written another thread reads the next."""
    wanted = (ids[start : start + _BLOCK].tolist() for start in range(0, len(ids), _BLOCK))
    reader = ThreadPoolExecutor(1, "export")
    try:
        waiting = deque(reader.submit(block.rows, some) for some in islice(wanted, _AHEAD))
        done = 0
        while waiting:
            rows = waiting.popleft().result()
            waiting.extend(reader.submit(block.rows, some) for some in islice(wanted, 1))
            yield from rows
            done = min(done + _BLOCK, len(ids))
            if progress is not None:
                progress(done, len(ids))
    finally:
        reader.shutdown(cancel_futures=True)
