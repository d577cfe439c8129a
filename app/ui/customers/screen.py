"""The customers: search, list, details beside it; everything else opens from here."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from app.domain.lists import ListQuery
from app.errors import Refused
from app.i18n import Message, ntr, number, tr
from app.services.views import View
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.customers.actions import Actions
from app.ui.customers.columns import USUAL, arrangement
from app.ui.customers.details import Details, Known
from app.ui.customers.keys import commands
from app.ui.customers.list_card import ListCard
from app.ui.customers.narrowing import Narrowing
from app.ui.customers.views import Shown, Views
from app.ui.screen import Screen, State, Target
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button
from app.ui.widgets.column_chooser import ColumnChooser
from app.ui.widgets.field import SearchField
from app.ui.widgets.layout import col, fix

AREAS: Final = frozenset(
    {"customer", "contact", "contact_point", "tag", "customer_tag", "staff", "saved_view"}
)
OFFERED: Final = frozenset({"staff", "tag", "customer_tag", "customer"})
SIDE: Final = 332
_LOOK: Final = 80  # milliseconds on a row until its details are fetched
_HISTORY: Final = 50
GONE: Final = Message("This customer is no longer there, or you may not see it.")


class CustomersScreen(Screen):
    """The list and the details; the header holds search field, filter, columns, new."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("customers")
        self._context = context
        self._query = ListQuery()
        self._view: View | None = None
        self._total: int | None = None
        self._row = 0  # where to go on when the current customer leaves the list
        self._wanted: int | None = None  # to be shown as soon as the list is complete
        self._say_gone = False
        self._quiet = False  # the text of the field is changed by program
        self._details_edition = 0
        self._side = 0  # width of the details as somebody pulled it
        self.search = SearchField(
            tr("Search customers"), tr("Name, pinyin initials, phone, note…"), "Ctrl F"
        )
        self.search.setObjectName("search")
        fix(self.search, width=296)
        self.filter_button = Button(tr("Filter"), glyph="filter")
        self.filter_button.setObjectName("filter_button")
        self.columns_button = Button(tr("Columns"), glyph="columns-3")
        self.columns_button.setObjectName("columns_button")
        self.new_button = Button(tr("New customer"), "primary", glyph="plus")
        self.new_button.setObjectName("new")
        self.card = ListCard(context)
        self.table = self.card.table
        self.details = Details(context)
        self.chooser = ColumnChooser(self, self.table, USUAL)
        self.narrowing = Narrowing(context)
        self.doing = Actions(context, self, self.card, self.narrowing.offers)
        self.views = Views(context, self, self.shown)
        self.splitter = QSplitter()
        self.splitter.addWidget(self.card)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        self.setLayout(col(self.narrowing, (self.splitter, 1), gap=12))
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK)
        self.splitter.splitterMoved.connect(self._pulled)
        self._connect()
        follow(self.retheme)
        QTimer.singleShot(0, self, self._begin)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.down_pressed.connect(self._to_table)
        self.search.returnPressed.connect(self._to_table)
        self.columns_button.clicked.connect(self.choose_columns)
        self.filter_button.clicked.connect(self.toggle_filter)
        self.new_button.clicked.connect(self.doing.new)
        self.narrowing.changed.connect(self._filter)
        self.narrowing.closed.connect(self._to_table)
        self.narrowing.save_asked.connect(self.views.save_as)
        self.narrowing.view_menu_asked.connect(self.views.open_menu)
        self.views.saved.connect(self._view_saved)
        self.views.gone.connect(self._view_gone)
        self.doing.saved.connect(self.show_customer)
        self.table.arranged.connect(self._show_narrowing)
        self.table.header.menu_asked.connect(self.choose_columns)
        self.table.header.sort_asked.connect(self._sort)
        self.table.current_changed.connect(self._look_soon)
        self.table.selection.changed.connect(self._look_soon)
        self.card.clear_asked.connect(self.show_all)
        self.card.import_asked.connect(self._import)
        self.card.listing.filled.connect(self._filled)
        self.card.listing.refused.connect(self._refused)
        self._look.timeout.connect(self._show_details)
        self.details.open_asked.connect(self.show_customer)
        self.details.edit_asked.connect(self.doing.edit)
        WhileShown(self, self._context.changes, self._changed)

    def retheme(self) -> None:
        """Take over sizes."""
        tok = tokens()
        self.splitter.setHandleWidth(tok.px(16))
        self.card.setMinimumWidth(tok.px(360))

    def _begin(self) -> None:
        if not self.card.listing.asked:
            self.show_query(self._query)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._split()

    def _split(self) -> None:
        """The details keep their width, the list takes the rest."""
        side = self._side or tokens().px(SIDE)
        self.splitter.setSizes([max(1, self.width() - side - self.splitter.handleWidth()), side])

    def _pulled(self) -> None:
        self._side = self.splitter.sizes()[1]

    # ---- what is shown

    def show_query(self, query: ListQuery) -> None:
        """Show the customers that this asks for."""
        self._query, self._row = query, 0
        ranked = bool(query.search.strip()) and query.ranked
        key = "" if ranked else query.sort.removeprefix("-")
        self.table.header.show_sorted(key, descending=query.sort.startswith("-"))
        self.card.sought.search(query.search)
        self.card.listing.show(query)
        self._show_narrowing()

    def shown(self) -> Shown:
        """What the list shows, as a view keeps it."""
        keys = tuple(one.key for one in self.table.shown_columns())
        return Shown(self._query, keys, self._view)

    @override
    def view_id(self) -> int | None:
        return self._view.id if self._view else None

    def _show_narrowing(self) -> None:
        name = self._view.name if self._view else ""
        differs = self.shown().differs()
        self.narrowing.show_filter(self._query.filter, name, differs=differs)

    def _filter(self, text: str) -> None:
        if not text:
            self._view = None
        query = self._query
        self.show_query(ListQuery(text, query.sort, query.search, query.ranked))

    def _show_typed(self, text: str) -> None:
        """Show a text in the field without searching for it."""
        self._quiet = True
        self.search.setText(text)
        self._quiet = False

    def _typed(self, text: str) -> None:
        if self._quiet:
            return
        ranked = self._query.ranked or not text
        self.show_query(ListQuery(self._query.filter, self._query.sort, text, ranked))

    def _sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a signal's
        sort = f"-{key}" if descending else key
        self.show_query(ListQuery(self._query.filter, sort, self._query.search, ranked=False))

    @override
    def show_all(self) -> None:
        """Neither search nor filter nor view."""
        self.show_target(ListQuery(sort=self._query.sort))

    def _filled(self) -> None:
        if self.card.listing.complete:
            if not (self._query.search or self._query.filter):
                self._total = len(self.card.model.ids)
            elif self._total is None:
                self._count()
            self._go_to_wanted()
        if self.table.current_id() is None and len(self.card.model.ids):
            row = min(self._row, len(self.card.model.ids) - 1)
            self.table.go_to(self.card.model.row_id(row))
        self._look_soon()
        self.header_changed.emit()

    def _count(self) -> None:
        """Ask how many there are without search and filter."""
        customers, actor = self._context.services.customers, self._context.actor
        self._context.tasks.run(self, lambda: customers.count(actor), self._counted)

    def _counted(self, total: int) -> None:
        self._total = total
        self.header_changed.emit()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None or self._go(wanted) or not self._say_gone:
            return
        if self._query.search or self._query.filter:
            self._wanted = wanted
            self.show_all()
        else:
            self._context.show_message(GONE, None, "warn")

    def _go(self, customer_id: int) -> bool:
        found = self.table.go_to(customer_id)
        if found:
            self.table.scrollTo(self.table.currentIndex())
        return found

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._context.show_message(error.message, None, "warn")
        else:
            self._context.tasks.failed.emit(error)

    def _changed(self, areas: frozenset[str]) -> None:
        if not areas & AREAS:
            return
        first = self.table.selection.first()  # what follows several comes up to their first place
        self._row = max(0, self.table.currentIndex().row()) if first is None else first
        self.card.listing.reload()
        if self._query.search or self._query.filter:
            self._count()
        if areas & OFFERED:
            self.narrowing.load_offers()

    # ---- details

    def _look_soon(self) -> None:
        # not connected to `start` itself: it would take the id for an interval
        self._look.start()

    def _show_details(self) -> None:
        self._details_edition += 1
        current, chosen = self.table.current_id(), self.table.selection.count()
        if current is None or chosen > 1:
            self.details.show_nobody(chosen, len(self.card.model.ids))
            return
        edition, actor, services = (
            self._details_edition,
            self._context.actor,
            self._context.services,
        )

        def load() -> Known:
            history = services.history.of_customer(actor, current, _HISTORY)
            return Known(services.customers.get(actor, current), tuple(history))

        def came(known: Known) -> None:
            if edition == self._details_edition:
                self.details.show_known(known)

        def failed(_error: BaseException) -> None:
            # gone in the meantime: the list will say so when it has reloaded
            if edition == self._details_edition:
                self.details.show_nobody()

        self._context.tasks.run(self, load, came, failed)

    # ---- what one does here

    def choose_columns(self, _at: Any = None) -> None:
        """Open the column chooser."""
        self.chooser.open_under(self.columns_button)

    def toggle_filter(self) -> None:
        """Open the filter builder, or close it."""
        if self.narrowing.is_open():
            self.narrowing.close_panel()
        else:
            self.narrowing.open()

    def toggle_details(self) -> None:
        """Show or hide the details beside the list."""
        self.details.setVisible(self.details.isHidden())

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)  # by a key: the row shows its ring
        if self.table.current_id() is None and len(self.card.model.ids):
            row = min(self._row, len(self.card.model.ids) - 1)
            self.table.go_to(self.card.model.row_id(row))

    def _import(self) -> None:
        self._context.navigate("import")

    def focus_field(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    # ---- what the window asks

    @override
    def title(self) -> Message:
        return Message("Customers")

    @override
    def subtitle(self) -> str:
        count = len(self.card.model.ids)
        if not self.card.listing.complete:
            return tr("Searching…") if self._query.search else tr("Loading…")
        if self._total is not None and (self._query.search or self._query.filter):
            return tr(
                "{count} of {total} customers", count=number(count), total=number(self._total)
            )
        return ntr("{count} customer", "{count} customers", count)

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self.search, self.filter_button, self.columns_button, self.new_button)

    @override
    def commands(self) -> Sequence[Command]:
        return commands(self)

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, View):
            self._show_view(target)
        elif isinstance(target, ListQuery):
            self._view = None
            self._show_typed(target.search)
            self.show_query(target)
        elif isinstance(target, str):
            self.search.setText(target)
        elif isinstance(target, int):
            self.show_customer(target)

    def show_customer(self, customer_id: int) -> None:
        """Make this customer the current one."""
        if self.card.listing.complete and self._go(customer_id):
            return
        # added a moment ago, perhaps, or outside the filter
        self._wanted, self._say_gone = customer_id, True
        self.card.listing.reload()

    def _show_view(self, view: View) -> None:
        self._view = view
        self._show_typed(view.query.search)
        if view.columns:
            self._arrange(view.columns)
        self.show_query(view.query)

    def _view_saved(self, view: View) -> None:
        self._view = view
        self._show_narrowing()
        self.header_changed.emit()

    def _view_gone(self, view_id: int) -> None:
        if self._view is not None and self._view.id == view_id:
            self._view = None
            self._show_narrowing()
            self.header_changed.emit()

    def _arrange(self, keys: Sequence[str]) -> None:
        pulled = {one.key: one.width for one in self.table.shown_columns()}
        self.table.show_columns(arrangement(keys, self.card.columns, pulled))

    @override
    def focus_search(self) -> None:
        self._to_table()

    @override
    def state(self) -> State:
        return {
            "filter": self._query.filter,
            "sort": self._query.sort,
            "search": self._query.search,
            "columns": [[one.key, one.width] for one in self.table.shown_columns()],
            "side": self._side,
            "view": self.view_id(),
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
        current = state.get("current")
        self._wanted, self._say_gone = (current if isinstance(current, int) else None), False
        views = self._context.services.views.all(self._context.actor)
        self._view = next((one for one in views if one.id == state.get("view")), None)
        self.show_query(ListQuery(str(state.get("filter", "")), str(state.get("sort", "name"))))


def make(context: Context) -> CustomersScreen:
    """The screen of the area "customers"."""
    return CustomersScreen(context)
