"""Customers that belong to this one, or came through it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.i18n import ntr, tr
from app.services.customer_page import CustomerPage
from app.services.linked import Linked
from app.ui.context import Context
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.customer_words import shape_of
from app.ui.widgets.layout import STRETCH, Box, Item, col, hold, row
from app.ui.widgets.link import Link
from app.ui.widgets.text import caption

FEW: Final = 5
_AVATAR: Final = 20


class ProfileLinks(QWidget):
    """Two lists of links; the first few, the others on demand."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("linked")
        self._context = context
        self._whole = False
        self._page: CustomerPage | None = None
        self._shown: object = None
        self._held: QWidget | None = None
        self._box: Box = col(gap=0)
        self.setLayout(self._box)
        self.hide()

    def show_page(self, page: CustomerPage) -> None:
        """Show those of this customer."""
        if self._page is not None and self._page.record.id != page.record.id:
            self._whole = False
        self._page = page
        content = (page.record.id, page.belonging, page.referred)
        if content != self._shown:
            self._shown = content
            self._refill(page)

    def _refill(self, page: CustomerPage) -> None:
        if self._held is not None:
            self._box.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = hold(
            col(
                *self._part("belonging", tr("Belonging to it"), page.belonging),
                *self._part("referred", tr("Referred by it"), page.referred),
                gap=6,
            )
        )
        self._box.put(self._held)
        self.setVisible(bool(page.belonging or page.referred))

    def _part(self, name: str, title: str, linked: Sequence[Linked]) -> list[Item]:
        if not linked:
            return []
        shown = linked if self._whole else linked[:FEW]
        lines: list[Item] = [caption(title), *(self._line(name, title, one) for one in shown)]
        rest = len(linked) - len(shown)
        if rest:
            more = Button(ntr("and {count} more", "and {count} more", rest), "quiet", size="small")
            more.setObjectName(f"more_{name}")
            more.clicked.connect(self._show_all)
            lines.append(row(more, STRETCH))
        return lines

    def _line(self, name: str, title: str, one: Linked) -> Item:
        link = Link(one.name, f"{title}: {one.name}")
        link.setObjectName(name)
        link.clicked.connect(partial(self._open, one.id))
        return row(Avatar(one.name, _AVATAR, shape_of(one.kind)), (link, 100), STRETCH, gap=5)

    def _open(self, customer_id: int, _checked: object = None) -> None:
        self._context.navigate("customer", customer_id)

    def _show_all(self) -> None:
        self._whole = True
        if self._page is not None:
            self._refill(self._page)
            if self._held is not None:
                self._held.findChildren(Link)[0].setFocus()
