"""Promises: all of them by how they stand, each one key from kept, every move beside the list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from app.domain.promises import LABELS, PromiseQuery, Which
from app.domain.reminders import Whose
from app.i18n import Message, ntr, tr
from app.services.promise_lists import PromiseStory
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.promise_dialog import open_promise
from app.ui.promises.acts import PromiseActs
from app.ui.promises.bulk_dialog import Act
from app.ui.promises.columns import USUAL, arrangement
from app.ui.promises.details import PromiseDetails
from app.ui.promises.keys import commands
from app.ui.promises.list_card import PromiseCard
from app.ui.promises.row_menu import RowMenu
from app.ui.promises.saving import ask_file
from app.ui.screen import Screen, State, Target
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.column_chooser import ColumnChooser
from app.ui.widgets.field import SearchField
from app.ui.widgets.layout import STRETCH, col, fix, row
from app.ui.widgets.segmented import SegmentedControl

AREAS: Final = frozenset({"promise", "promise_move", "customer", "contact", "interaction", "staff"})
SIDE: Final = 316
_LOOK: Final = 80  # milliseconds on a row until its details are fetched
_LISTS: Final = tuple(Which)


class PromisesScreen(Screen):
    """The list and the details; above them which and whose, in the header the search."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("promises")
        self._context = context
        self._row = 0  # where to go on when the current promise leaves the list
        self._wanted: int | None = None  # to be shown as soon as the list is there
        self._edition = 0
        self._side = 0  # width of the details as somebody pulled it
        self._quiet = False  # controls are changed by program
        self._sorted = ""  # as somebody asked for; "" as is usual
        self._whose = choices(context)
        self.which = SegmentedControl([str(LABELS[one]) for one in _LISTS], tr("Which promises"))
        self.which.setObjectName("which")
        words = {Whose.MINE: tr("Mine"), Whose.TEAM: tr("Team"), Whose.ALL: tr("Everybody")}
        usual = self._whose.index(usual_whose(context))
        self.whose = SegmentedControl([words[one] for one in self._whose], tr("Whose"), usual)
        self.whose.setObjectName("whose")
        self.search = SearchField(tr("Search promises"), tr("What, or customer…"), "Ctrl F")
        self.search.setObjectName("search")
        fix(self.search, width=232)
        self.columns_button = Button(tr("Columns"), glyph="columns-3")
        self.columns_button.setObjectName("columns_button")
        self.report_button = Button(tr("How well do we keep them?"), glyph="chart-column")
        self.report_button.setObjectName("report")
        self.new_button = Button(tr("New promise"), "primary", glyph="plus", key="N")
        self.new_button.setObjectName("new")
        self.card = PromiseCard(context)
        self.table = self.card.table
        self.details = PromiseDetails(context)
        self.chooser = ColumnChooser(self, self.table, USUAL)
        self.acts = PromiseActs(context, self)
        self.menu = RowMenu(self)
        self.splitter = QSplitter()
        self.splitter.addWidget(self.card)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        self.setLayout(col(row(self.which, STRETCH, self.whose), (self.splitter, 1), gap=12))
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK)
        self._connect()
        follow(self.retheme)
        self._ask()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._ask)
        self.search.down_pressed.connect(self._to_table)
        self.search.returnPressed.connect(self._to_table)
        self.which.chosen.connect(self._ask)
        self.whose.chosen.connect(self._ask)
        self.columns_button.clicked.connect(self.choose_columns)
        self.report_button.clicked.connect(self.show_report)
        self.new_button.clicked.connect(self.new)
        self.card.new_asked.connect(self.new)
        self.card.all_asked.connect(self.show_all)
        self.card.foot.asked.connect(self._act_by_name)
        self.card.listing.filled.connect(self._filled)
        self.card.listing.counted.connect(self._show_counts)
        self.table.opened.connect(self._open)
        self.table.menu_asked.connect(self._open_menu)
        self.table.header.menu_asked.connect(self.choose_columns)
        self.table.header.sort_asked.connect(self._sort)
        self.table.current_changed.connect(self._look_soon)
        self.table.selection.changed.connect(self._look_soon)
        self.splitter.splitterMoved.connect(self._pulled)
        self._look.timeout.connect(self._show_details)
        self.details.open_asked.connect(self._open_customer)
        self.details.act_asked.connect(self._act_on_shown)
        WhileShown(self, self._context.changes, self._changed)

    def retheme(self) -> None:
        """Take over sizes."""
        tok = tokens()
        self.splitter.setHandleWidth(tok.px(16))
        self.card.setMinimumWidth(tok.px(360))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._side or tokens().px(SIDE)
        self.splitter.setSizes([max(1, self.width() - side - self.splitter.handleWidth()), side])

    def _pulled(self) -> None:
        self._side = self.splitter.sizes()[1]

    # ---- the list

    def _query(self) -> PromiseQuery:
        """What the controls ask for, in the order in use."""
        return PromiseQuery(
            _LISTS[self.which.current()],
            self._whose[self.whose.current()],
            self.search.text().strip(),
            self._sorted,
        )

    def _ask(self, _change: Any = None) -> None:
        if not self._quiet:
            self._row = 0
            query = self._query()
            sort = query.order
            self.table.header.show_sorted(sort.removeprefix("-"), descending=sort[0] == "-")
            self.card.listing.show(query)
            self.header_changed.emit()

    def _sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a signal's
        self._sorted = f"-{key}" if descending else key
        self._ask()

    def show_which(self, which: Which) -> None:
        """Show another list."""
        self.which.set_current(_LISTS.index(which))

    @override
    def show_all(self) -> None:
        """Everybody's, however they stand, whatever they say."""
        self._quiet = True
        self.which.set_current(_LISTS.index(Which.ALL))
        self.whose.set_current(self._whose.index(Whose.ALL))
        self.search.clear()
        self._quiet = False
        self._ask()

    def _filled(self) -> None:
        ids = self.card.model.ids
        if self._wanted is not None:
            self._go_to_wanted(self._wanted)
        if self.table.current_id() is None and len(ids):
            self.table.go_to(self.card.model.row_id(min(self._row, len(ids) - 1)))
        self._look_soon()
        self.header_changed.emit()

    def _go_to_wanted(self, wanted: int) -> None:
        everything = replace(self._query(), sort="") == PromiseQuery(Which.ALL, Whose.ALL)
        if self.table.go_to(wanted):
            self.table.scrollTo(self.table.currentIndex())
            self._wanted = None
        elif everything:
            self._wanted = None
            words = Message("This promise is no longer there, or you may not see it.")
            self._context.show_message(words, None, "warn")
        else:
            self.show_all()

    def _show_counts(self) -> None:
        counts = self.card.listing.counts or {}
        self.which.set_segments([(str(LABELS[one]), counts.get(one)) for one in _LISTS])
        self.header_changed.emit()

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & AREAS:
            first = self.table.selection.first()
            self._row = max(0, self.table.currentIndex().row()) if first is None else first
            self.card.listing.reload()

    # ---- details

    def _look_soon(self) -> None:
        # not connected to `start` itself: it would take the id for an interval
        self._look.start()

    def _show_details(self) -> None:
        self._edition += 1
        current, chosen = self.table.current_id(), self.table.selection.count()
        if current is None or chosen > 1:
            self.details.show_none(chosen, len(self.card.model.ids))
            return
        edition, lists, actor = (
            self._edition,
            self._context.services.promise_lists,
            self._context.actor,
        )

        def came(story: PromiseStory) -> None:
            if edition == self._edition:
                self.details.show_story(story)

        def failed(_error: BaseException) -> None:
            # gone in the meantime: the list will say so when it has reloaded
            if edition == self._edition:
                self.details.show_none()

        self._context.tasks.run(self, lambda: lists.story(actor, current), came, failed)

    # ---- what one does here

    def anything_chosen(self) -> bool:
        """Whether there is something to deal with."""
        return self.table.selection.count() > 0

    def anything_listed(self) -> bool:
        """Whether there is something to write to a file."""
        return len(self.card.model.ids) > 0

    def act(self, act: Act) -> None:
        """Do it to the chosen promises."""
        self.acts.do(act, self.table.selection.ids().tolist())

    def _act_by_name(self, act: str) -> None:
        self.act(cast("Act", act))

    def _act_on_shown(self, act: str) -> None:
        shown = self.details.promise_id()
        if shown is not None:
            self.acts.do(cast("Act", act), [shown])

    def edit_current(self) -> None:
        """Change what the current promise says."""
        current, line = self.table.currentIndex().row(), None
        if current >= 0:
            line = self.card.model.row_at(current)
        if line is not None:
            open_promise(self, self._context, promise_id=line.id, customer_id=line.customer_id)

    def new(self) -> None:
        """A promise to a customer who is chosen in the dialog."""
        open_promise(self, self._context)

    def _open(self, promise_id: int) -> None:
        row_of = self.card.model.row_of(promise_id)
        line = None if row_of is None else self.card.model.row_at(row_of)
        if line is not None:
            self._open_customer(line.customer_id)

    def open_current(self) -> None:
        """The page of the customer to whom it was promised."""
        current = self.table.current_id()
        if current is not None:
            self._open(current)

    def _open_customer(self, customer_id: int) -> None:
        self._context.navigate("customer", customer_id)

    def _open_menu(self, at: QPoint) -> None:
        if self.anything_chosen():
            self.menu.open_at(at)

    def show_report(self) -> None:
        """How many were kept, in the reports."""
        self._context.navigate("reports", "promises")

    def choose_columns(self, _at: Any = None) -> None:
        """Open the column chooser."""
        self.chooser.open_under(self.columns_button)

    def toggle_details(self) -> None:
        """Show or hide the details beside the list."""
        self.details.setVisible(self.details.isHidden())

    def ask_file(self) -> None:
        """Write the list to a file as it is shown."""
        chosen = self.table.selection.ids()
        ids = chosen if len(chosen) > 1 else self.card.model.ids
        keys = [one.key for one in self.table.shown_columns()]
        ask_file(self, self._context, ids, keys)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)  # by a key: the row shows its ring

    def focus_field(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    # ---- what the window asks

    @override
    def title(self) -> Message:
        return Message("Promises")

    @override
    def subtitle(self) -> str:
        if not self.card.listing.complete:
            return tr("Searching…") if self.card.listing.query.text else tr("Loading…")
        count = len(self.card.model.ids)
        return ntr("{count} promise", "{count} promises", count)

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self.search, self.columns_button, self.report_button, self.new_button)

    @override
    def commands(self) -> Sequence[Command]:
        return commands(self)

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, int):
            self._wanted = target
            if self.card.listing.complete:
                self._filled()
        elif isinstance(target, str) and target in set(Which):
            self.show_which(Which(target))

    @override
    def focus_search(self) -> None:
        self._to_table()

    @override
    def state(self) -> State:
        return {
            "which": _LISTS[self.which.current()].value,
            "whose": self._whose[self.whose.current()].value,
            "sort": self._sorted,
            "columns": [[one.key, one.width] for one in self.table.shown_columns()],
            "side": self._side,
            "details": not self.details.isHidden(),
            "current": self.table.current_id(),
        }

    @override
    def restore(self, state: State) -> None:
        shown = [(str(key), int(width)) for key, width in state.get("columns", [])]
        if shown:
            keys = [key for key, _ in shown]
            self.table.show_columns(arrangement(keys, self.card.columns, dict(shown)))
        self._side = int(state.get("side", 0))
        self.details.setVisible(bool(state.get("details", True)))
        self._sorted = str(state.get("sort", ""))
        self._quiet = True
        if state.get("which") in set(Which):
            self.which.set_current(_LISTS.index(Which(state["which"])))
        if state.get("whose") in self._whose:
            self.whose.set_current(self._whose.index(Whose(state["whose"])))
        self._quiet = False
        self._ask()


def choices(context: Context) -> tuple[Whose, ...]:
    """Whose promises may be looked at together: of everybody's one sees what one may."""
    team = (Whose.TEAM,) if context.actor.team_id is not None else ()
    return (Whose.MINE, *team, Whose.ALL)


def usual_whose(context: Context) -> Whose:
    """Who leads looks at what others promised, too."""
    return Whose.ALL if context.actor.sees_all else Whose.MINE


def make(context: Context) -> PromisesScreen:
    """The screen of the area "promises"."""
    return PromisesScreen(context)
