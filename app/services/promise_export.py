"""Promises as a file: those of a list, in its order, with its columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.db.database import Database
from app.domain.promises import LABELS
from app.domain.vocabulary import Actor
from app.errors import Refused
from app.exchange.delimited_writer import write_csv
from app.exchange.workbook_writer import write_workbook
from app.exchange.writing import Column, Kind, Value
from app.i18n import Message, tr
from app.services.exports import ENDINGS, ExportOutcome, Progress, record_export
from app.services.promise_lists import PromiseLine, PromiseLists

_BLOCK: Final = 1_000


@dataclass(frozen=True, slots=True)
class PromiseColumn:
    """A column of the file: its title, what it holds, how it is written, how wide."""

    title: Message
    value: Callable[[PromiseLine], Value]
    kind: Kind = "text"
    width: float | None = None


def _day(due: date | datetime) -> date:
    return due.astimezone().date() if isinstance(due, datetime) else due


def _local(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone()


COLUMNS: Final[Mapping[str, PromiseColumn]] = {
    "customer": PromiseColumn(Message("Customer"), lambda r: r.customer, width=28),
    "contact": PromiseColumn(Message("Contact"), lambda r: r.contact, width=16),
    "text": PromiseColumn(Message("What was promised"), lambda r: r.text, width=44),
    "due": PromiseColumn(Message("Due"), lambda r: _day(r.due), "date", 14),
    "first": PromiseColumn(Message("Due at first"), lambda r: r.first_due_on, "date", 14),
    "moves": PromiseColumn(Message("Times moved"), lambda r: r.moves, "number", 12),
    "firm": PromiseColumn(Message("How firm"), lambda r: str(LABELS[r.firm]), width=12),
    "state": PromiseColumn(Message("State"), lambda r: str(LABELS[r.state]), width=12),
    "maker": PromiseColumn(Message("Promised by"), lambda r: r.maker, width=14),
    "made": PromiseColumn(Message("Made"), lambda r: _local(r.at), "moment"),
    "closed": PromiseColumn(Message("Over since"), lambda r: _local(r.closed_at), "moment"),
    "reason": PromiseColumn(Message("Reason"), lambda r: r.reason, width=30),
}
"""Every column there is, in the order in which all of them are written."""


class PromiseExport:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._lists = PromiseLists(db)

    def write(
        self,
        actor: Actor,
        target: Path,
        ids: Sequence[int],
        columns: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> ExportOutcome:
        """Write these promises to a .xlsx or .csv file, by its ending.

        Args:
            actor: only what they see is written.
            target: the file; one that is there stays as it was until the new one is whole.
            ids: the promises, in their order.
            columns: keys of COLUMNS in their order, others are passed over; None: all.
            progress: called with rows written and to write; may raise to stop.

        Raises:
            Refused: another ending. Unavailable: the file cannot be written.
        """
        ending = target.suffix.lower()
        if ending not in ENDINGS:
            raise Refused(
                Message(
                    "A list is written as .xlsx or .csv. “{file}” ends otherwise.",
                    params={"file": target.name},
                )
            )
        keys = tuple(COLUMNS if columns is None else (one for one in columns if one in COLUMNS))
        titles = [Column(str(one.title), one.kind, one.width) for one in map(COLUMNS.get, keys)
                  if one is not None]  # fmt: skip
        rows = self._rows(actor, ids, keys, progress)
        if ending == ".csv":
            written = write_csv(target, titles, rows)
        else:
            written = write_workbook(target, tr("Promises"), titles, rows)
        record_export(self._db, actor, "promises", written.rows, target)
        return ExportOutcome(target, written.rows, keys, written.notices)

    def _rows(
        self, actor: Actor, ids: Sequence[int], keys: Sequence[str], progress: Progress | None
    ) -> Iterator[Sequence[Value]]:
        for start in range(0, len(ids), _BLOCK):
            for line in self._lists.rows(actor, ids[start : start + _BLOCK]):
                if line is not None:
                    yield [COLUMNS[key].value(line) for key in keys]
            if progress is not None:
                progress(min(start + _BLOCK, len(ids)), len(ids))
