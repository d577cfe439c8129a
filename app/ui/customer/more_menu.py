"""What else one does with a customer: the menu at the end of the head."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.i18n import Message, tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.taking import ask_and_take
from app.ui.widgets.menu import Menu

_FILES: Final = (
    (".xlsx", Message("Export as a workbook…"), "download", "Ctrl+E"),
    (".pdf", Message("Export as PDF…"), "printer", ""),
    (".vcf", Message("Save as a card for the phone…"), "contact", ""),
)


class MoreMenu(Menu):
    """Back to the list, a window of its own, files, copy the name, delete (with Undo).

    Args:
        owner: the screen.
        leave: forget the customer that is shown: it is going.
        stay: show it again: it could not be deleted.
        to_list: show the list.
    """

    def __init__(
        self,
        owner: QWidget,
        context: Context,
        leave: Callable[[], None],
        stay: Callable[[int], None],
        to_list: Callable[[], None],
    ) -> None:
        super().__init__(owner, tr("Customer"))
        self._context = context
        self._leave, self._stay, self._to_list = leave, stay, to_list
        self._page: CustomerPage | None = None
        self._owner = owner
        self.setObjectName("customer_menu")

    def show_page(self, page: CustomerPage) -> None:
        """Act on this customer."""
        self._page = page

    def open_for(self, control: QWidget) -> None:
        """Open under the button."""
        if self._page is None:
            return
        self.empty()
        self.put(tr("Copy name"), self.copy_name, glyph="copy")
        self.put(tr("Back to the list"), self._to_list, glyph="list", key="Alt+Left")
        self.put(tr("Open in a window"), self._to_window, glyph="external-link", key="Ctrl+Shift+O")
        self.addSeparator()
        for ending, words, glyph, key in _FILES:
            self.put(str(words), partial(self._take, ending), glyph=glyph, key=key)
        self.addSeparator()
        self.put(tr("Greetings…"), self.greetings, glyph="party-popper")
        self.put(tr("Merge with…"), self.merge, glyph="merge")
        self.put(tr("Delete customer"), self.delete, glyph="trash-2", tone="danger_ink")
        self.open_under(control)

    def _to_window(self) -> None:
        if self._page is not None:
            self._context.open_window("customer", self._page.record.id)

    def _take(self, ending: str) -> None:
        if self._page is not None:
            record = self._page.record
            ask_and_take(self._owner, self._context, (record.id, record.draft.name), ending)

    def copy_name(self) -> None:
        """The name goes to the clipboard."""
        if self._page is not None:
            QGuiApplication.clipboard().setText(self._page.record.draft.name)

    def greetings(self) -> None:
        """On which occasions the customer is greeted."""
        if self._page is None:
            return
        from app.ui.wishes_dialog import open_wishes

        record = self._page.record
        open_wishes(self._owner, self._context, record.id, record.draft.name)

    def merge(self) -> None:
        """Ask with whom, then show both side by side."""
        if self._page is None:
            return
        from app.ui.merge_with import MergeWithDialog

        record = self._page.record
        MergeWithDialog(self._owner, self._context, record.id, record.draft.name).open()

    def delete(self) -> None:
        """Put the customer into the recycle bin and show the list, which offers Undo."""
        page = self._page
        if page is None:
            return
        services, actor, customer_id = self._context.services, self._context.actor, page.record.id
        name = page.record.draft.name
        # first of all: the page would otherwise hear that its customer is gone, and say so
        self._leave()

        def work() -> int | None:
            services.editing.delete(actor, customer_id)
            last = services.history.last(actor)
            return last.id if last else None

        def done(change_set: int | None) -> None:
            self._context.navigate("customers")
            words = Message("{name} was deleted.", params={"name": name})
            self._context.show_message(words, change_set)

        def failed(error: BaseException) -> None:
            self._stay(customer_id)
            self._context.tasks.failed.emit(error)

        self._context.tasks.run(
            self, work, done, failed, title=Message("Deleting customers"), lane="write"
        )
