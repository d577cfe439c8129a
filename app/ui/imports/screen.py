"""The import wizard: choose a file, say what its columns are, see what would happen, do it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Literal, cast

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.lists import ListQuery
from app.errors import Cancelled, UserError
from app.exchange.encodings import Candidate, candidates
from app.exchange.gathering import LINE
from app.exchange.talk_mapping import are_interactions
from app.i18n import Message, ntr, number, tr
from app.services.import_plan import Counts, Duplicates, ImportOptions, ImportPlan
from app.services.imports import FileLook, ImportOutcome
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.imports import refused
from app.ui.imports.choose_page import ChoosePage
from app.ui.imports.done_page import DonePage
from app.ui.imports.dry_page import DryPage
from app.ui.imports.kept_options import from_state, to_state
from app.ui.imports.mapping_page import MappingPage
from app.ui.imports.words import import_words, imported_words, rows_words, save_refused_words
from app.ui.screen import Screen, State, Target
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.steps import Steps

if TYPE_CHECKING:
    from app.domain.dates import Order
    from app.services.import_plan import LookAlike
    from app.ui.tasks import Task

CHOOSE: Final = 0
MAP: Final = 1
DRY: Final = 2
DONE: Final = 3
_AREAS: Final = frozenset({"customer", "contact_point", "staff"})
_WORTH_SAYING: Final = 1.0  # second
_Step = Literal[0, 1, 2, 3]


class ImportScreen(Screen):
    """Remembers the file, how it is read, and the plan at hand; its pages only show and ask."""

    area = "import"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("import")
        self._context = context
        self.path: Path | None = None
        self.options = ImportOptions()
        self.look: FileLook | None = None
        self.plan: ImportPlan | None = None
        self._imported_plan: ImportPlan | None = None
        self._task: Task[ImportPlan] | None = None
        self._edition = 0
        self._took = 0.0
        self._customer = ""  # under whom interactions go
        self._writing = False
        self._wanted_step: _Step = MAP
        self.steps = Steps([tr("Choose file"), tr("Match columns"), tr("Dry run"), tr("Import")])
        fix(self.steps, width=420)
        self.choose_page = ChoosePage()
        self.mapping_page = MappingPage(context)
        self.dry_page = DryPage(context.tasks)
        self.done_page = DonePage(context)
        self._stack = QStackedWidget()
        for page in (self.choose_page, self.mapping_page, self.dry_page, self.done_page):
            self._stack.addWidget(page)
        self._make_foot()
        self.setLayout(col((self._stack, 1), self.foot, gap=12))
        self._connect()
        self._go(CHOOSE)

    def _make_foot(self) -> None:
        self.back_button = Button(tr("Back"), glyph="chevron-left")
        self.back_button.setObjectName("back")
        self.rejected_button = Button("", glyph="download")
        self.rejected_button.setObjectName("save_refused")
        self.next_button = Button(tr("Check every row"), "primary", glyph="check")
        self.next_button.setObjectName("next")
        self.foot = hold(
            row(self.back_button, STRETCH, self.rejected_button, self.next_button, gap=8), "foot"
        )

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.forward)
        self.rejected_button.clicked.connect(self._ask_rejected)
        self.choose_page.chosen.connect(self.open)
        self.mapping_page.layout_changed.connect(self._layout_changed)
        self.mapping_page.mapping_changed.connect(self._offer)
        self.dry_page.opened.connect(self._open_customer)
        aside = self.dry_page.aside
        aside.encodings.chosen.connect(self._encoding_chosen)
        aside.duplicates.chosen.connect(self._duplicates_chosen)
        aside.alike.chosen.connect(self._alike_chosen)
        aside.orders.chosen.connect(self._order_chosen)
        aside.left_out.noted.connect(self._keep_as_note)
        aside.left_out.mapping_wanted.connect(self.back)
        self.done_page.customers_wanted.connect(self._show_customers)
        self.done_page.another_wanted.connect(self.start_again)
        self.done_page.refused_wanted.connect(self._ask_rejected)
        WhileShown(self, self._context.changes, self._changed)

    # ---- what the window asks

    @override
    def title(self) -> Message:
        return Message("Import")

    @override
    def subtitle(self) -> str:
        step = self.step()
        if self.path is None or self.look is None or step == CHOOSE:
            return tr("From a spreadsheet, a text file or an address book")
        name = self.path.name
        if step == DRY and self.plan is not None:
            rows = rows_words(self.plan.counts.rows)
            if self._took < _WORTH_SAYING:
                return tr("{file} · {rows} · checked, nothing is written yet", file=name, rows=rows)
            return tr(
                "{file} · {rows} · checked in {seconds} s, nothing is written yet",
                file=name,
                rows=rows,
                seconds=number(round(self._took, 1)),
            )
        if step == DONE:
            return name
        columns = ntr("{count} column", "{count} columns", len(self.look.table.columns))
        return tr("{file} · {columns}", file=name, columns=columns)

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self.steps,)

    @override
    def commands(self) -> Sequence[Command]:
        group = Message("Import")
        return (
            Command("import.choose", Message("Choose a file to import"), group, "Ctrl+O",
                    "file-up", self.choose_page.ask),
            Command("import.next", Message("Next step of the import"), group, "Ctrl+Return",
                    "check", self.forward, self._may_go_on),
            Command("import.back", Message("Previous step of the import"), group, "Alt+Left",
                    "chevron-left", self.back, lambda: self.step() in (MAP, DRY)),
        )  # fmt: skip

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, Path):
            self.open(target)

    @override
    def asked_for(self) -> None:
        if self.step() == DONE:
            self.start_again()

    @override
    def focus_search(self) -> None:
        focus = {CHOOSE: self.choose_page.button, MAP: self.mapping_page, DRY: self.dry_page.table}
        focus.get(self.step(), self.done_page.show_button).setFocus()

    @override
    def state(self) -> State:
        if self.path is None or self.step() in (CHOOSE, DONE):
            return {}
        options = self._with_mapping() if self.look is not None else self.options
        return {
            "path": str(self.path),
            "step": self.step(),
            "customer_name": self._customer_name(),
            **to_state(options),
        }

    @override
    def restore(self, state: State) -> None:
        path = Path(str(state.get("path", "")))
        if not state.get("path") or not path.exists():
            return
        self._customer = str(state.get("customer_name", ""))
        self.options = from_state(state)
        self.path = path
        self._read(DRY if state.get("step") == DRY else MAP)

    def _customer_name(self) -> str:
        return self.mapping_page.rows_are.customer.text()

    # ---- steps

    def step(self) -> _Step:
        """Which step is shown: CHOOSE, MAP, DRY or DONE."""
        return cast("_Step", self._stack.currentIndex())

    def _go(self, step: _Step) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.set_present(4 if step == DONE else step)
        self.foot.setVisible(step in (MAP, DRY))
        self._offer()
        self.header_changed.emit()

    def _offer(self) -> None:
        """Words and state of the buttons at the foot."""
        plan, step = self.plan, self.step()
        refused = plan.counts.refused if plan is not None and step == DRY else 0
        self.rejected_button.setVisible(bool(refused))
        self.rejected_button.set_words(save_refused_words(refused))
        if step == DRY:
            self.next_button.set_words(import_words(self.options.into, self._counts()))
        else:
            self.next_button.set_words(tr("Check every row"))
        self.next_button.setEnabled(self._may_go_on())
        self.back_button.setEnabled(not self._writing)

    def _may_go_on(self) -> bool:
        if self._writing or self._task is not None:
            return False
        if self.step() == MAP:
            return self.look is not None and bool(self.mapping_page.mapping().columns)
        return self.step() == DRY and self._counts().accepted > 0

    def _counts(self) -> Counts:
        """What becomes of the rows of the plan."""
        return self.plan.counts if self.plan is not None else Counts()

    def forward(self) -> None:
        """The next step: check every row, or import."""
        if not self._may_go_on():
            return
        if self.step() == MAP:
            self._check()
        else:
            self._import()

    def back(self) -> None:
        """The step before."""
        if self._writing:
            return
        if self._task is not None:
            self._task.cancel()
        self._go(MAP if self.step() == DRY else CHOOSE)
        self.focus_search()

    def start_again(self) -> None:
        """Forget the file."""
        self._drop_plan()
        self.path = self.look = None
        self.options = ImportOptions()
        self.choose_page.say("")
        self._go(CHOOSE)

    # ---- the file

    def open(self, path: Path) -> None:
        """Read the head of a file and show its columns."""
        if self._writing:
            return
        self._drop_plan()
        self.path, self.options, self.look = path, ImportOptions(), None
        self._customer = ""
        self._read(MAP)

    def _read(self, step: _Step) -> None:
        path, options, imports = self.path, self.options, self._context.services.imports
        if path is None:
            return
        self._edition += 1
        edition = self._edition
        self._wanted_step = step

        fresh = self.look is None and options == ImportOptions()

        def work() -> tuple[FileLook, ImportOptions, list[Candidate]]:
            look, chosen = imports.look(path, options), options
            if fresh and are_interactions(look.table.columns):
                chosen = replace(options, into="interactions")
                look = imports.look(path, chosen)
            return look, chosen, candidates(path) if look.table.encoding is not None else []

        def done(found: tuple[FileLook, ImportOptions, list[Candidate]]) -> None:
            if edition == self._edition:
                look, self.options, encodings = found
                self._looked(look, encodings)

        self._context.tasks.run(self, work, done, self._unreadable)

    def _looked(self, look: FileLook, found: Sequence[Candidate]) -> None:
        self.look = look
        self.choose_page.say("")
        self.dry_page.aside.set_candidates(found)
        self.mapping_page.show_look(look, self.options, self._customer)
        if self._wanted_step == DRY:
            self._check()
        else:
            self._go(MAP)
            self.mapping_page.setFocus()

    def _unreadable(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._context.tasks.failed.emit(error)
            return
        self.choose_page.say(str(error))
        if self.look is None:
            self._go(CHOOSE)
        else:
            self._context.show_message(error.message, kind="danger")
            self.mapping_page.show_look(self.look, self.options, self._customer)

    def _layout_changed(self) -> None:
        page = self.mapping_page
        sheet = page.sheet.value()
        same = self.look is not None and sheet == self.look.table.sheet
        chosen = page.rows_are.chosen(self.options)
        keeps = page.touched and same and chosen.into == self.options.into
        self._customer = self._customer_name()
        self.options = replace(
            chosen,
            sheet=sheet,
            header_row=page.header_row.value() if same else None,
            mapping=page.mapping().to_json() if keeps else None,
        )
        self._read(MAP)

    def _with_mapping(self) -> ImportOptions:
        chosen = self.mapping_page.rows_are.chosen(self.options)
        return replace(chosen, mapping=self.mapping_page.mapping().to_json())

    # ---- the dry run

    def _check(self) -> None:
        """Work out what would happen, in the background."""
        path, actor, imports = self.path, self._context.actor, self._context.services.imports
        if path is None:
            return
        if self._task is not None:
            self._task.cancel()
        self.options = options = self._with_mapping()
        self._edition += 1
        edition, began = self._edition, monotonic()

        def done(plan: ImportPlan) -> None:
            if edition != self._edition:
                plan.close()
                return
            self._took = monotonic() - began
            self._task = None
            self._show_plan(plan)

        def failed(error: BaseException) -> None:
            if edition == self._edition:
                self._task = None
                self._not_checked(error)

        self._task = self._context.tasks.run_long(
            self,
            lambda progress: imports.plan(actor, path, options, progress),
            done,
            failed,
            title=Message("Checking {file}", params={"file": path.name}),
        )
        self.dry_page.show_progress(self._task)
        self._go(DRY)

    def _show_plan(self, plan: ImportPlan) -> None:
        before, self.plan = self.plan, plan
        self.dry_page.show_plan(plan)
        if before is not None:
            before.close()
        self._offer()
        self.header_changed.emit()
        if not self.dry_page.chooses():  # who tries choice after choice stays where they are
            self.focus_search()

    def _not_checked(self, error: BaseException) -> None:
        self.dry_page.end_progress()
        if self.plan is None:
            self._go(MAP)
        if isinstance(error, Cancelled):
            self._offer()
        elif isinstance(error, UserError):
            self._context.show_message(error.message, kind="danger")
        else:
            self._context.tasks.failed.emit(error)
        self._offer()

    def _drop_plan(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self._edition += 1
        self.dry_page.end_progress()
        self.dry_page.forget()
        if self.plan is not None:
            self.plan.close()
            self.plan = None
        self._imported_plan = None

    def _changed(self, areas: frozenset[str]) -> None:
        """Somebody wrote meanwhile: what the dry run says may not hold any more."""
        if self.step() == DRY and not self._writing and areas & _AREAS:
            self._check()

    # ---- choices beside it

    def _encoding_chosen(self, encoding: str) -> None:
        self.options = replace(self.options, encoding=encoding, mapping=None)
        self._read(DRY)

    def _duplicates_chosen(self, rule: str) -> None:
        self.options = replace(self.options, duplicates=cast("Duplicates", rule))
        self._check()

    def _alike_chosen(self, rule: str) -> None:
        self.options = replace(self.options, alike=cast("LookAlike", rule))
        self._check()

    def _order_chosen(self, order: str) -> None:
        self.options = replace(self.options, order=cast("Order", order))
        self._check()

    def _keep_as_note(self, column: int) -> None:
        taken = "notes" in self.mapping_page.mapping().columns.values()
        self.mapping_page.choose(column, LINE if taken else "notes")
        self._check()

    def _open_customer(self, customer_id: int) -> None:
        self._context.navigate("customers", customer_id)

    def _ask_rejected(self) -> None:
        if self.path is None:
            return
        target = refused.ask_target(self, self.path)
        if target is not None:
            self.save_rejected(target)

    def save_rejected(self, target: Path) -> None:
        """Write the refused rows with their reasons to a file."""
        plan = self.plan or self._imported_plan
        if plan is not None:
            refused.save(self, self._context, plan, target)

    # ---- doing it

    def _import(self) -> None:
        plan, actor, imports = self.plan, self._context.actor, self._context.services.imports
        if plan is None:
            return
        self._writing = True
        task = self._context.tasks.run_long(
            self,
            lambda progress: imports.commit(actor, plan, progress),
            self._imported,
            self._not_imported,
            title=Message("Importing {file}", params={"file": plan.table.path.name}),
            lane="write",
        )
        self.dry_page.show_progress(task)
        self._offer()

    def _imported(self, outcome: ImportOutcome) -> None:
        self._writing = False
        plan = self.plan
        self._drop_plan()
        self._imported_plan = plan  # its refused rows may still be asked for
        self.show_done(outcome)
        self._context.show_message(imported_words(outcome), undo=outcome.change_set)

    def show_done(self, outcome: ImportOutcome) -> None:
        """The last step: what was done."""
        self.done_page.show_outcome(outcome)
        self._go(DONE)
        self.done_page.show_button.setFocus()

    def _not_imported(self, error: BaseException) -> None:
        self._writing = False
        self.dry_page.end_progress()
        self._offer()
        if isinstance(error, UserError):
            self._context.show_message(error.message, kind="danger")
        else:
            self._context.tasks.failed.emit(error)

    def _show_customers(self) -> None:
        # whatever the list was narrowed to, what came in stands on top
        self._context.navigate("customers", ListQuery(sort="-created"))


def make(context: Context) -> Screen:
    """The screen of this area."""
    return ImportScreen(context)
