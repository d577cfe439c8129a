"""The third step: what would happen to every row, before anything is written."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import Message, ntr, number, tr
from app.services.import_plan import Entry, ImportPlan, Verdict
from app.services.imports import verdict_counts
from app.ui.imports.aside import Aside
from app.ui.imports.words import VERDICTS, name_of, plain, under, what_happens
from app.ui.table_model import Cell, Column, Ids, ListModel, RowSource
from app.ui.tasks import Task, Tasks
from app.ui.theme import ROW_DENSE
from app.ui.widgets.avatar import Disc
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.progress import ProgressRow
from app.ui.widgets.segmented import SegmentedControl
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import Elided, Label

_SHOWN: Final[tuple[Verdict | None, ...]] = (None, *Verdict)


def _verdict(entry: Entry) -> Cell:
    words, kind, glyph = VERDICTS[entry.verdict]
    return Cell(str(words), kind=kind, mark=glyph)


def _what(entry: Entry) -> Cell:
    parts = what_happens(entry)
    return Cell(plain(parts), parts=parts)


def columns() -> Sequence[Column[Entry]]:
    """The columns of the list of verdicts."""
    return (
        Column("row", Message("Row"), lambda entry: entry.number, paint="number", width=72,
               sortable=False),
        Column("verdict", Message("Verdict"), lambda entry: entry.verdict, paint="pill",
               cell=_verdict, width=112, sortable=False),
        Column("customer", Message("Customer"), name_of, paint="lines",
               cell=lambda entry: Cell(name_of(entry), under(entry)), width=192, sortable=False),
        Column("what", Message("What happens"), lambda entry: plain(what_happens(entry)),
               paint="parts", cell=_what, width=280, sortable=False),
    )  # fmt: skip


class CountTile(Surface):
    """How many rows have a verdict, and a line about them."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("card", f"tile_{verdict.name.lower()}")
        words, kind, glyph = VERDICTS[verdict]
        self._name = str(words)
        self._figure = Label("–", "page")
        self._note = Elided("", "small", "muted")
        figure = row(self._figure, Label(self._name, "medium"), STRETCH, gap=8)
        self.setLayout(
            row(
                Disc(glyph, kind, 32),
                (col(figure, self._note, gap=0), 1),
                gap=12,
                margins=(16, 10, 16, 10),
            )
        )

    def show_count(self, count: int, note: str) -> None:
        """Show the figure and what it means."""
        self._figure.setText(number(count))
        self._note.set_text(note)
        self.setAccessibleName(f"{self._name}: {number(count)} {note}")


class DryPage(QWidget):
    """Tiles, the list of verdicts, and the choices beside it."""

    opened = Signal(int)  # a customer's id

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("import_dry_run")
        self._plan: ImportPlan | None = None
        self._progress: ProgressRow | None = None
        self.tiles = {verdict: CountTile(verdict) for verdict in Verdict}
        self.filter = SegmentedControl(
            [tr("All"), *(str(VERDICTS[one][0]) for one in Verdict), tr("Look-alikes")],
            tr("Rows shown"),
        )
        self.filter.setObjectName("verdict_filter")
        self.model: ListModel[Entry] = ListModel(columns(), RowSource(self._rows), parent=self)
        self.table = BigTable(self.model, "verdicts", row_height=ROW_DENSE, grows="what")
        self.table.setAccessibleName(tr("What happens to each row"))
        self.aside = Aside()
        self._room = row(gap=8, margins=(16, 0, 16, 8))
        self._holder = hold(self._room, "dry_progress")
        self._holder.hide()
        body = Surface("card", "verdict_card")
        body.setLayout(
            col(
                row(self.filter, STRETCH, margins=(16, 12, 16, 8)),
                self._holder,
                (self.table, 1),
                gap=0,
                margins=(1, 1, 1, 8),
            )
        )
        self.setLayout(
            col(
                row(*((tile, 1) for tile in self.tiles.values()), gap=12),
                (row((body, 1), self.aside, gap=12), 1),
                gap=12,
            )
        )
        self.filter.chosen.connect(self._filter)
        self.table.opened.connect(self._open)
        tasks.busy_changed.connect(self._came_further)

    # ---- the plan

    def show_plan(self, plan: ImportPlan) -> None:
        """Show another dry run; the one before may be closed afterwards."""
        self.end_progress()
        self.model.set_ids(plan.positions()[:0])
        self._plan = plan
        counts = verdict_counts(plan)
        notes = self._notes(plan, counts)
        for verdict, count in counts.items():
            self.tiles[verdict].show_count(count, notes[verdict])
        self.aside.show_plan(plan)
        self._filter(self.filter.current())

    def chooses(self) -> bool:
        """Whether the keys are in the choices beside the list."""
        focused = QApplication.focusWidget()
        return focused is not None and self.aside.isAncestorOf(focused)

    def forget(self) -> None:
        """The plan is over."""
        self._plan = None
        self.model.set_ids(self.model.ids[:0])
        self.aside.verticalScrollBar().setValue(0)

    def _notes(self, plan: ImportPlan, counts: Mapping[Verdict, int]) -> dict[Verdict, str]:
        companies = len(plan.companies)
        fields = plan.counts.fields
        made: dict[Verdict, str] = {
            Verdict.NEW: self._new_note(plan, companies),
            Verdict.UPDATE: ntr("changes {count} field", "changes {count} fields", fields)
            if fields
            else tr("no field changes"),
            Verdict.DUPLICATE: tr("left out, as it stands")
            if counts[Verdict.DUPLICATE]
            else tr("none found"),
            Verdict.REFUSED: tr("with row, column and reason")
            if counts[Verdict.REFUSED]
            else tr("every row can be used"),
        }
        return made

    def _new_note(self, plan: ImportPlan, companies: int) -> str:
        alike = plan.counts.alike
        if alike and plan.options.alike == "create":
            return ntr("{count} may be here already", "{count} may be here already", alike)
        if plan.options.into == "interactions":
            customers = plan.counts.customers
            if not customers:
                return tr("not on record yet")
            return ntr("and {count} customer", "and {count} customers", customers)
        if companies:
            return ntr("and {count} company", "and {count} companies", companies)
        talks = plan.counts.talks
        if talks:
            return ntr("with {count} interaction", "with {count} interactions", talks)
        return tr("not in your list yet")

    def _filter(self, index: int) -> None:
        if self._plan is None:
            return
        if index < len(_SHOWN):
            self.model.set_ids(self._plan.positions(_SHOWN[index]))
        else:
            self.model.set_ids(self._plan.alike_positions())

    def _rows(self, ids: Ids) -> list[Entry | None]:
        return [] if self._plan is None else list(self._plan.entries(ids))

    def _open(self, position: int) -> None:
        if self._plan is None:
            return
        (entry,) = self._plan.entries([position])
        if entry.match is not None and entry.match.visible and not entry.match.row:
            self.opened.emit(entry.match.customer_id)
        elif entry.alike is not None and entry.alike.customer_id:
            self.opened.emit(entry.alike.customer_id)

    # ---- while it is worked out

    def show_progress(self, task: Task[Any]) -> None:
        """Show how far a task is, above the list."""
        self.end_progress()
        self._progress = ProgressRow(task)
        task.show_in(self._progress)
        self._room.addWidget(self._progress, 1)
        self._holder.show()

    def end_progress(self) -> None:
        """Nothing is under way any more."""
        if self._progress is not None:
            self._progress.setParent(None)
            self._progress.deleteLater()
            self._progress = None
        self._holder.hide()

    def _came_further(self) -> None:
        if self._progress is not None:
            self._progress.refresh()
