"""What one does with customers from the list: new, edit, change many, delete.

The dialogs are imported when they are opened, or before that while the program is idle: the list
is on the screen sooner without them.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.lists import ListQuery
from app.i18n import tr
from app.services.bulk import Delete
from app.services.customers import CustomerRecord
from app.ui.context import Context
from app.ui.customers.filter_values import Offers
from app.ui.customers.foot import ACTIONS, PAIR
from app.ui.customers.list_card import ListCard
from app.ui.screen import Screen
from app.ui.trail import Trail
from app.ui.widgets.menu import Menu


class Actions(QObject):
    """Opens form and bulk dialog over the screen."""

    saved = Signal(int)  # id of the customer

    def __init__(
        self, context: Context, screen: Screen, card: ListCard, offers: Callable[[], Offers]
    ) -> None:
        super().__init__(screen)
        self._context, self._screen, self._card, self._offers = context, screen, card, offers
        self._menu = Menu(screen, tr("Customer"))
        card.foot.asked.connect(self.bulk)
        card.foot.import_asked.connect(self.bring)
        card.foot.export_asked.connect(self.export)
        card.table.opened.connect(self.open_page)
        card.table.menu_asked.connect(self.open_menu)

    def anything_chosen(self) -> bool:
        """Whether there are customers to do something with."""
        return self._card.table.selection.count() > 0

    def new(self) -> None:
        """An empty form."""
        self._open(None)

    def open_page(self, customer_id: int) -> None:
        """The customer's page, which knows the list to go on in it."""
        model = self._card.model
        place = model.row_of(customer_id)
        target = (
            customer_id
            if place is None
            else Trail(model.ids, place, _list_name(self._card.listing.query))
        )
        self._context.navigate("customer", target)

    def open_current(self) -> None:
        """The page of the current customer."""
        current = self._card.table.current_id()
        if current is not None:
            self.open_page(current)

    def open_current_in_window(self) -> None:
        """The same in a window of its own."""
        current = self._card.table.current_id()
        if current is not None:
            self._context.open_window("customer", current)

    def edit_current(self) -> None:
        """The form of the current customer."""
        current = self._card.table.current_id()
        if current is not None:
            self.edit(current)

    def edit(self, customer_id: int) -> None:
        """The form of a customer, filled with what is saved now."""
        customers, actor = self._context.services.customers, self._context.actor
        self._context.tasks.run(self, lambda: customers.get(actor, customer_id), self._open)

    def _open(self, record: CustomerRecord | None) -> None:
        from app.ui.customers.form import open_form

        form = open_form(self._screen, self._context, self._offers(), record)
        form.saved.connect(self.saved)

    def bulk(self, name: str) -> None:
        """Change all chosen customers; `name`: a key of the fields, "more", "merge" or "delete"."""
        if name == "merge":
            self.merge()
            return
        if not self.anything_chosen():
            return
        from app.ui.customers.bulk_dialog import BulkDialog

        ids = self._card.table.selection.ids()
        field = "source" if name == "more" else name
        BulkDialog(self._screen, self._context, ids, field, self._offers()).open()

    def two_chosen(self) -> bool:
        """Whether there are two customers that could be one."""
        return self._card.table.selection.count() == PAIR

    def merge(self) -> None:
        """Make one customer of the two that are chosen."""
        if not self.two_chosen():
            return
        from app.ui.merge_dialog import open_merge

        first, second = self._card.table.selection.ids().tolist()
        open_merge(self._screen, self._context, first, second, self.saved.emit)

    def delete(self) -> None:
        """One customer goes at once, with Undo; several are shown first."""
        ids = self._card.table.selection.ids()
        if len(ids) == 1:
            from app.ui.customers.bulk_dialog import apply_change

            apply_change(self._screen, self._context, np.array(ids), Delete())
        elif len(ids):
            self.bulk("delete")

    def find_duplicates(self) -> None:
        """Customers that may be the same, two by two."""
        from app.ui.duplicates_dialog import DuplicatesDialog

        DuplicatesDialog(self._screen, self._context).open()

    def export(self) -> None:
        """Write the list, or the chosen customers, to a file."""
        from app.ui.export_dialog import ExportDialog, ExportedList

        columns = tuple(one.key for one in self._card.table.shown_columns())
        chosen = self._card.table.selection.ids()
        shown = ExportedList(self._card.listing.query, columns, len(self._card.model.ids), chosen)
        ExportDialog(self._screen, self._context, shown).open()

    def bring(self) -> None:
        """Take customers in from a file."""
        self._context.navigate("import")

    def copy_name(self) -> None:
        """The name of the current customer goes to the clipboard."""
        row = self._card.table.currentIndex().row()
        held = self._card.model.row_at(row) if row >= 0 else None
        if held is not None:
            QGuiApplication.clipboard().setText(held.name)

    def open_menu(self, at: QPoint) -> None:
        """What can be done with the chosen customers."""
        if not self.anything_chosen():
            return
        one = self._card.table.selection.count() == 1
        self._menu.empty()
        if one:
            self._menu.put(tr("Open"), self.open_current, glyph="user", key="Return")
            self._menu.put(
                tr("Open in a window"),
                self.open_current_in_window,
                glyph="external-link",
                key="Ctrl+Return",
            )
            self._menu.put(tr("Edit"), self.edit_current, glyph="pencil", key="F2")
            self._menu.put(tr("Copy name"), self.copy_name, glyph="copy")
            self._menu.addSeparator()
        for name, words, glyph in ACTIONS:
            self._menu.put(tr("{field}…", field=str(words)), partial(self.bulk, name), glyph=glyph)
        self._menu.put(tr("Other fields…"), partial(self.bulk, "more"), glyph="ellipsis")
        if self.two_chosen():
            self._menu.put(tr("Merge…"), self.merge, glyph="merge")
        self._menu.addSeparator()
        self._menu.put(tr("Possible duplicates…"), self.find_duplicates, glyph="users")
        self._menu.put(tr("Export…"), self.export, glyph="download", key="Ctrl E")
        self._menu.put(tr("Delete"), self.delete, glyph="trash-2", key="Del", tone="danger_ink")
        self._menu.popup(at)


def _list_name(query: ListQuery) -> str:
    """What is said of the list beside the place in it."""
    if query.search.strip():
        return query.search.strip()
    return tr("Filtered") if query.filter.strip() else tr("All customers")
