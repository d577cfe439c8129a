"""What an import would do, row by row: kept on disk a block at a time, paged through by a list."""

import pickle
import tempfile
import threading
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.domain.dates import Order
from app.exchange.mapping import Mapping, fingerprint
from app.exchange.tables import Table
from app.i18n import Message
from app.services.import_alike import Alike
from app.services.import_changes import Changes, Links
from app.services.import_drafts import Draft, Into, Problem
from app.services.import_matching import Match
from app.services.import_talks import Talk

Duplicates: TypeAlias = Literal["skip", "update", "fill", "create"]
LookAlike: TypeAlias = Literal["create", "skip"]
Missing: TypeAlias = Literal["refuse", "create"]
Positions: TypeAlias = NDArray[np.int64]

BLOCK: Final = 1_000
_KEPT: Final = 8  # blocks in memory while a list is looked at


def mapping_key(columns: Sequence[str], into: Into) -> str:
    """The key under which the mapping of such a file is remembered."""
    return fingerprint(columns, *(() if into == "customers" else (into,)))


class Verdict(IntEnum):
    """What becomes of a row. A duplicate is left out; so is one in which nothing differs."""

    NEW = 0
    UPDATE = 1
    DUPLICATE = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read and what happens to customers that exist already.

    Attributes:
        into: what the rows are.
        mapping: the text form of `app.exchange.mapping.Mapping`; None: the one remembered for this
            header, else the one proposed.
        sheet, encoding, header_row: None to find out.
        duplicates: skip them; update (take over what the file says); fill (only what is empty);
            create them all the same.
        customer, customer_id: for interactions: the customer of rows that name none, by name or
            code, or by id.
        missing: what becomes of interactions whose customer is not there.
        day: of interactions whose row has none.
        dry_run: look and say, and write nothing.
        order: how 8/2/2026 is meant; "auto" finds out from the column.
        alike: whether new rows that look like a customer here, or like another row, are added.
    """

    into: Into = "customers"
    mapping: str | None = None
    sheet: str | None = None
    duplicates: Duplicates = "skip"
    customer: str = ""
    customer_id: int | None = None
    missing: Missing = "refuse"
    day: date | None = None
    dry_run: bool = False
    encoding: str | None = None
    header_row: int | None = None
    order: Order = "auto"
    alike: LookAlike = "create"


class Entry(NamedTuple):
    """One row of the plan: the row's number in the file and all that its verdict rests on.

    `home` is the customer that the row is or belongs to: an id, or below 0 one that this file
    makes, counted -1, -2, … ; `makes` says that it is this row that does. `talk` is the interaction
    to be written, `author_id` who of us it was. `alike` is what a row that would be new looks like.
    """

    number: int
    verdict: Verdict
    shown: str
    draft: Draft | None
    links: Links = Links()
    match: Match | None = None
    changes: Changes = Changes()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Message, ...] = ()
    talk: Talk | None = None
    author_id: int | None = None
    home: int = 0
    makes: bool = False
    alike: Alike | None = None


@dataclass(slots=True)
class Counts:
    """Rows by verdict.

    `fields` is how many fields the updates change, `customers` how many customers are made,
    `talks` how many interactions, `alike` how many rows would be new but look like a customer here.
    """

    created: int = 0
    updated: int = 0
    skipped: int = 0
    refused: int = 0
    fields: int = 0
    customers: int = 0
    talks: int = 0
    alike: int = 0

    @property
    def rows(self) -> int:
        return self.accepted + self.skipped + self.refused

    @property
    def accepted(self) -> int:
        """Rows that are written."""
        return self.created + self.updated


class Spool:
    """Blocks of entries in a file without a name, which is gone when it is closed.

    Memory: a few blocks. Safe to read from several threads.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="shuke-import-")  # noqa: SIM115 see below
        self._starts: list[tuple[int, int]] = []
        self._kept: OrderedDict[int, list[Entry]] = OrderedDict()
        self._lock = threading.Lock()
        # A plan may be dropped by whoever waited for it: then the file goes with it.
        self.close = weakref.finalize(self, self._file.close)

    def append(self, entries: Sequence[Entry]) -> None:
        """Add a block; all but the last have BLOCK entries."""
        content = pickle.dumps(entries, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            start = self._file.seek(0, 2)
            self._file.write(content)
            self._starts.append((start, len(content)))

    def block(self, number: int) -> list[Entry]:
        """A block, to be looked at and left as it is."""
        with self._lock:
            if number not in self._kept:
                self._kept[number] = self._read(number)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(number)
            return self._kept[number]

    def _read(self, number: int) -> list[Entry]:
        start, size = self._starts[number]
        self._file.seek(start)
        # Nobody else can have written it: it is ours, and has no name.
        found: list[Entry] = pickle.loads(self._file.read(size))  # noqa: S301
        return found

    def blocks(self) -> Iterator[list[Entry]]:
        """All blocks in order, each read once."""
        for number in range(len(self._starts)):
            with self._lock:
                block = self._read(number)
            yield block


@dataclass
class ImportPlan:
    """The dry run of one file: every row's verdict, and what committing it would write.

    Close it when it is no longer needed; it holds a temporary file.
    """

    table: Table
    mapping: Mapping
    options: ImportOptions
    as_of: int
    """The last change set when the workspace was looked at."""
    counts: Counts = field(default_factory=Counts)
    companies: tuple[str, ...] = ()
    """Names of companies to be made because rows belong to them."""
    staff: tuple[str, ...] = ()
    """Names of owners who are not staff yet and will be."""
    errors: list[tuple[int, Problem]] = field(default_factory=list)
    spool: Spool = field(default_factory=Spool)
    verdicts: "array[int]" = field(default_factory=lambda: array("B"))
    alike: "array[int]" = field(default_factory=lambda: array("q"))
    """Places of the rows that look like a customer here or like another row."""
    changed: list[int] = field(default_factory=list)
    """Ids of the customers that would be updated, in the order of the rows."""
    names: dict[int, int] = field(default_factory=dict)
    """Hash of a new customer's folded name → its place among the new ones."""
    last_days: dict[int, date] = field(default_factory=dict)
    """Place of a new customer → the day of the last interaction that comes with it."""

    def positions(self, verdict: Verdict | None = None) -> Positions:
        """Places of the rows with this verdict, of all without one, in the order of the file."""
        verdicts = np.frombuffer(self.verdicts, dtype=np.uint8)
        if verdict is None:
            return np.arange(len(verdicts), dtype=np.int64)
        return np.flatnonzero(verdicts == verdict).astype(np.int64)

    def alike_positions(self) -> Positions:
        """Places of the rows that look like a customer here or like another row."""
        return np.array(self.alike, dtype=np.int64)

    def entries(self, positions: Sequence[int] | Positions) -> list[Entry]:
        """The rows at these places."""
        return [self.spool.block(int(at) // BLOCK)[int(at) % BLOCK] for at in positions]

    def close(self) -> None:
        """Let go of the temporary file; the plan can be looked at no more."""
        self.spool.close()
