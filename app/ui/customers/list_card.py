"""The list on its card: table, foot, and what stands there when there is nothing."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.lists import ListQuery
from app.i18n import tr
from app.services.customers import CustomerRow
from app.ui.context import Context
from app.ui.customers.columns import USUAL, Sought, arrangement, columns
from app.ui.customers.elsewhere import Elsewhere
from app.ui.customers.foot import Foot
from app.ui.customers.listing import Listing
from app.ui.table_model import Ids, ListModel, RowSource
from app.ui.widgets.button import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import col
from app.ui.widgets.surface import Line, Surface
from app.ui.widgets.table import BigTable


class ListCard(Surface):
    """Shows what a `Listing` finds."""

    import_asked = Signal()
    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("card", "list_card")
        customers, actor = context.services.customers, context.actor
        self.sought = Sought()
        self.columns = columns(context.services.clock, self.sought, context.settings.region)

        def fetch(ids: Ids) -> list[CustomerRow | None]:
            return customers.rows(actor, ids.tolist())

        source = RowSource(fetch, instant=customers.instant)
        self.model: ListModel[CustomerRow] = ListModel(self.columns, source, context.tasks, self)
        self.table = BigTable(self.model, "customer_list")
        self.table.setAccessibleName(tr("Customers"))
        self.table.show_columns(arrangement(USUAL, self.columns, {}))
        self.listing = Listing(context, self.model, self.table.in_sight, self)
        self.elsewhere = Elsewhere(context, self.table, self.model, self.sought)
        self.foot = Foot()
        self._none = self._make_none()
        self._nothing = self._make_nothing()
        self._stack = QStackedWidget()
        for page in (self.table, self._none, self._nothing):
            self._stack.addWidget(page)
        self.setLayout(col((self._stack, 1), Line(), self.foot, gap=0, margins=1))
        self.listing.filled.connect(self._filled)
        # Not at once: while a new list comes in, the selection is lost and found again.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.show_count)
        self.table.selection.changed.connect(self._soon.start)

    def _make_none(self) -> EmptyState:
        bring = Button(tr("Import a table"), glyph="file-up")
        bring.setObjectName("import")
        bring.clicked.connect(self.import_asked)
        words = tr("Import the table you have, or add the first one with Ctrl+N.")
        return EmptyState("inbox", tr("No customers yet"), words, bring)

    def _make_nothing(self) -> EmptyState:
        clear = Button(tr("Show all customers"), glyph="x")
        clear.setObjectName("clear")
        clear.clicked.connect(self.clear_asked)
        return EmptyState("search", tr("Nothing found"), "", clear)

    def _filled(self) -> None:
        query = self.listing.query
        narrowed = bool(query.search or query.filter)
        if len(self.model.ids):
            page: QWidget = self.table
        else:
            page = self._nothing if narrowed else self._none
            self._nothing.set_words(tr("Nothing found"), _way_out(query))
        if page is not self._stack.currentWidget():
            focused = self.table.hasFocus()
            self._stack.setCurrentWidget(page)
            if focused:
                page.setFocus()
        self._soon.start()
        self.elsewhere.look()

    def show_count(self) -> None:
        """Say in the foot how many are chosen."""
        self.foot.show_count(self.table.selection.count(), len(self.model.ids))


def _way_out(query: ListQuery) -> str:
    """What to change about a question that nothing answers."""
    if not query.filter:
        return tr("Try other or fewer words.")
    if not query.search:
        return tr("No customer meets the filter.")
    return tr("Try other or fewer words, or search without the filter.")
