"""Taking in what a file holds: a dry run first, then one change set that can be undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from app.db.database import Database
from app.domain.vocabulary import SYSTEM, Actor, Origin
from app.errors import Refused
from app.exchange.delimited_writer import write_csv
from app.exchange.gathering import LINE
from app.exchange.header_words import OURS, is_ours
from app.exchange.looks import is_figure
from app.exchange.mapping import Mapping, propose
from app.exchange.reading import open_table
from app.exchange.tables import HEAD_ROWS, Cell, CellError, Row, Table
from app.exchange.talk_mapping import propose_interactions
from app.exchange.workbook_writer import write_workbook
from app.exchange.writing import Column, Value, Written
from app.i18n import Message, tr
from app.models import ChangeSet, ImportMapping
from app.services import import_talk_words as talk_words
from app.services.import_dates import ORDERED, date_orders
from app.services.import_drafts import Into, Progress, text_of
from app.services.import_plan import ImportOptions, ImportPlan, Verdict, mapping_key
from app.services.import_planning import Planner
from app.services.import_reading import CHOICES
from app.services.import_rows import RowReader
from app.services.import_talk_planning import TalkPlanner
from app.services.import_words import understood
from app.services.import_workers import Helpers, candidates
from app.services.import_writing import PlanWriter

_PLANNERS: Final[dict[Into, type[Planner]]] = {
    "customers": Planner,
    "interactions": TalkPlanner,
}
_SCALES: Final[dict[str, Callable[[str], object]]] = {
    "rating": talk_words.rating,
    "minutes": talk_words.minutes,
    "step": talk_words.step,
    "unhappy": talk_words.unhappy,
}
_MANY: Final = 20
_FEW: Final = 0.5  # share of a column's values that must be understood for its field


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was refused; `column` is its title in the file, empty for the whole row."""

    row: int
    column: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or in a dry run would do; every row is counted once.

    `skipped` are rows that repeat customers or rows already there. `companies` are customers made
    beside the rows, because people or interactions belong to them; `staff` were added because
    customers are theirs, or interactions were.
    `change_set` is None when nothing was written. `alike` are rows that repeat nobody but look
    like a customer that is here, or like another row.
    """

    rows: int
    created: int
    updated: int
    skipped: int
    refused: int
    errors: tuple[RowError, ...]
    encoding: str | None
    sheet: str | None
    header_row: int
    change_set: int | None
    companies: int = 0
    staff: int = 0
    warnings: tuple[Message, ...] = ()
    into: Into = "customers"
    alike: int = 0


@dataclass(frozen=True, slots=True)
class FileLook:
    """The head of a file, for choosing what goes where: first rows, and the mapping to begin with.

    `remembered`: the mapping is the one used for the last file with this header.
    """

    table: Table
    mapping: Mapping
    remembered: bool
    sample: tuple[Row, ...]


class ImportService:
    """`region` is the country whose phone numbers may be written without a prefix."""

    def __init__(self, db: Database, region: str = "CN") -> None:
        self._db = db
        self._region = region

    def run(
        self,
        actor: Actor,
        path: Path,
        options: ImportOptions | None = None,
        progress: Progress | None = None,
    ) -> ImportOutcome:
        """Check the file and, unless it is a dry run, import it.

        `progress(done, total)` may raise to stop; nothing half done is kept.

        Raises:
            Refused: the file, or the mapping, cannot be used at all.
            Conflict: somebody changed meanwhile what the check rests on.
        """
        tell = progress or _silent
        options = options or ImportOptions()
        steps = 1 if options.dry_run else 2
        with Helpers(writes=not options.dry_run) as helpers:
            plan = self._plan(
                actor, path, options, lambda done, total: tell(done, total * steps), helpers
            )
            try:
                if options.dry_run:
                    return outcome(plan, None)
                total = plan.counts.rows
                return self._commit(
                    actor,
                    plan,
                    lambda done, _: tell(min(total + done, total * 2), total * 2),
                    helpers,
                )
            finally:
                plan.close()

    def look(self, path: Path, options: ImportOptions | None = None) -> FileLook:
        """The file's columns with a few rows, and which field each most likely goes into."""
        options = options or ImportOptions()
        table = _opened(path, options)
        sample = tuple(islice(table.rows, HEAD_ROWS))
        mapping, remembered = self._mapping(table, sample, options)
        return FileLook(table, mapping, remembered, sample)

    def plan(
        self,
        actor: Actor,
        path: Path,
        options: ImportOptions | None = None,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """The dry run: a verdict for every row. Writes nothing and holds no lock.

        Raises:
            Refused: the file, or the mapping, cannot be used at all.
        """
        with Helpers(writes=False) as helpers:
            return self._plan(actor, path, options or ImportOptions(), progress or _silent, helpers)

    def _plan(
        self, actor: Actor, path: Path, options: ImportOptions, tell: Progress, helpers: Helpers
    ) -> ImportPlan:
        _check(options)
        helpers.begin_for(path)
        look = self.look(path, options)
        orders = date_orders(look.mapping, look.table.rows, look.sample)
        if options.order != "auto":
            orders = dict.fromkeys(ORDERED, options.order)
        today, into = self._db.clock.today(), options.into
        reader = RowReader(look.mapping, self._region, orders, today, into, options.day)
        with self._db.read(SYSTEM) as everybody, self._db.read(actor) as own:
            as_of = everybody.scalar(select(func.max(ChangeSet.id))) or 0
            plan = ImportPlan(look.table, look.mapping, options, as_of)
            try:
                planner = _PLANNERS[into](plan, reader, everybody, own)
                planner.read(candidates(reader, look.table, helpers), tell)
            except BaseException:
                plan.close()
                raise
        return plan

    def commit(
        self, actor: Actor, plan: ImportPlan, progress: Progress | None = None
    ) -> ImportOutcome:
        """Write what the plan says: one change set, all of it or nothing.

        Raises:
            Conflict: somebody changed meanwhile what the plan rests on.
        """
        with Helpers(writes=True) as helpers:
            return self._commit(actor, plan, progress or _silent, helpers)

    def _commit(
        self, actor: Actor, plan: ImportPlan, tell: Progress, helpers: Helpers
    ) -> ImportOutcome:
        counts = plan.counts
        if not counts.created + counts.updated:
            return outcome(plan, None)
        actor = replace(actor, origin=Origin.IMPORT)
        with self._db.write(actor, _title(plan)) as session:
            PlanWriter(session, self._db, plan, helpers).write(tell)
            made = session.change_set_id
        return outcome(plan, made)

    def write_rejected(self, plan: ImportPlan, target: Path) -> Written:
        """The refused rows as they stand in the file, with the reason in a last column.

        Ready to be mended and imported again; .xlsx or .csv by the target's ending.
        """
        reasons: dict[int, list[str]] = {}
        for number, problem in plan.errors:
            text = str(problem.reason)
            reasons.setdefault(number, []).append(
                f"{problem.column}: {text}" if problem.column else text
            )
        titles = plan.table.columns
        kept = [at for at, title in enumerate(titles) if not is_ours(title)]
        columns = [Column(titles[at]) for at in kept]
        columns.append(Column(f"{OURS}{tr('Why it was refused')}", width=60))
        rows = (
            [*(_plain(row.cells[at]) for at in kept), " ".join(reasons[row.number])]
            for row in plan.table.rows
            if row.number in reasons
        )
        if target.suffix.lower() == ".csv":
            return write_csv(target, columns, rows)
        return write_workbook(target, tr("Refused rows"), columns, rows)

    def _mapping(
        self, table: Table, sample: Sequence[Row], options: ImportOptions
    ) -> tuple[Mapping, bool]:
        if options.mapping is not None:
            return Mapping.from_json(options.mapping, table.columns), False
        with self._db.read(SYSTEM) as session:
            kept = session.scalar(
                select(ImportMapping.mapping).where(
                    ImportMapping.fingerprint == mapping_key(table.columns, options.into)
                )
            )
        if kept is not None:
            try:
                return Mapping.from_json(kept, table.columns), True
            except Refused:
                pass  # the titles differ in what the fingerprint passes over: propose afresh
        if options.into == "interactions":
            given = options.customer or str(options.customer_id or "")
            return _on_our_scales(propose_interactions(table.columns, sample, given), sample), False
        proposed = _understandable(propose(table.columns, sample), sample)
        return _on_our_scales(proposed, sample), False


def outcome(plan: ImportPlan, change_set: int | None) -> ImportOutcome:
    """The figures of a plan; `change_set` is what committing it made."""
    counts, table = plan.counts, plan.table
    return ImportOutcome(
        counts.rows,
        counts.created,
        counts.updated,
        counts.skipped,
        counts.refused,
        tuple(RowError(number, one.column, one.reason) for number, one in plan.errors),
        table.encoding,
        table.sheet,
        table.header_row,
        change_set,
        len(plan.companies) + (counts.customers if plan.options.into == "interactions" else 0),
        len(plan.staff),
        table.warnings,
        plan.options.into,
        counts.alike,
    )


def verdict_counts(plan: ImportPlan) -> dict[Verdict, int]:
    """How many rows have which verdict."""
    counts = plan.counts
    return {
        Verdict.NEW: counts.created,
        Verdict.UPDATE: counts.updated,
        Verdict.DUPLICATE: counts.skipped,
        Verdict.REFUSED: counts.refused,
    }


def _opened(path: Path, options: ImportOptions) -> Table:
    return open_table(
        path, sheet=options.sheet, encoding=options.encoding, header_row=options.header_row
    )


def _check(options: ImportOptions) -> None:
    if options.into == "customers" and (options.customer or options.customer_id is not None):
        raise Refused(
            Message("The customer under which rows go is said for interactions, not for customers.")
        )


def _understandable(mapping: Mapping, sample: Iterable[Row]) -> Mapping:
    """The proposal, with columns whose words mean nothing to us as tags, or left out.

    Another program's stages and grades are not ours; kept as tags they are not lost.
    """
    rows = list(sample)
    columns = dict(mapping.columns)
    for at, field in mapping.columns.items():
        if field not in CHOICES:
            continue
        words = {text for row in rows if (text := text_of(row.cells[at]))}
        if sum(understood(field, word) is not None for word in words) < len(words) * _FEW:
            del columns[at]
            if "tags" not in columns.values():
                columns[at] = "tags"
    return Mapping(mapping.header, columns)


def _on_our_scales(mapping: Mapping, sample: Sequence[Row]) -> Mapping:
    """The proposal, with columns of ratings and the like that are not as ours kept as text.

    Of a rating from 1 to 10 a 4 is not our 4; one slip among ratings from 1 to 5 is a slip. Who
    wrote reviews are no staff of ours.
    """
    columns = dict(mapping.columns)
    for at, field in mapping.columns.items():
        if field == "author" and _are_many(row.cells[at] for row in sample):
            columns[at] = LINE
        read = _SCALES.get(field)
        if read is None:
            continue
        found = {text for row in sample if (text := text_of(row.cells[at]))}
        strange = {text for text in found if read(text) is None}
        figures = [text for text in strange if is_figure(text)] if field == "rating" else []
        if len(figures) > 1 or len(strange) > len(found) * (1 - _FEW):
            columns[at] = LINE
    return Mapping(mapping.header, columns)


def _are_many(cells: Iterable[Cell]) -> bool:
    """Whether there are more different names than people who had these interactions with others."""
    names = [text for cell in cells if (text := text_of(cell))]
    return len(set(names)) > max(_MANY, len(names) // 2)


def _title(plan: ImportPlan) -> Message:
    params = {"count": plan.counts.accepted, "file": plan.table.path.name}
    if plan.options.into == "interactions":
        return Message(
            "Import {count} interaction from {file}",
            "Import {count} interactions from {file}",
            params,
        )
    if plan.counts.updated:  # several rows may be about the same customer
        return Message("Import {count} row from {file}", "Import {count} rows from {file}", params)
    return Message(
        "Import {count} customer from {file}", "Import {count} customers from {file}", params
    )


def _plain(cell: Cell) -> Value:
    return cell.code if isinstance(cell, CellError) else cell


def _silent(_done: int, _total: int) -> None:
    """Nobody wants to know."""
