"""A card of the page: a title, how many, what can be added, and the lines."""

from PySide6.QtWidgets import QLayout, QWidget

from app.i18n import number
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label, muted


class Card(Surface):
    """Filled by `show_page` whenever the customer's data may be different.

    What is being typed in a card stays: only what is shown is filled anew.
    """

    def __init__(self, context: Context, name: str, title: str, add: str = "") -> None:
        """`add` is what the button at the title says; without it there is none."""
        super().__init__("card", name)
        self.setAccessibleName(title)
        self.context = context
        self.page: CustomerPage | None = None
        self.count = muted()
        self.add = Button(add, "accent", glyph="plus", size="small")
        self.add.setObjectName(f"add_{name}")
        if not add:  # shown before it has a parent it would be a window of its own
            self.add.hide()
        self.head = row(Label(title, "title"), self.count, STRETCH, self.add, gap=8)
        self.setLayout(col(self.head, self.body(), gap=10, margins=16))

    def body(self) -> QWidget | QLayout:
        """What stands under the title; made once."""
        raise NotImplementedError

    def show_page(self, page: CustomerPage) -> None:
        """Show this customer, or the same one as it is now."""
        self.page = page
        self.fill(page)

    def fill(self, page: CustomerPage) -> None:
        """Show the lines."""
        raise NotImplementedError

    def unsaved(self) -> frozenset[int]:
        """The customers for whom something is typed here and not saved."""
        return frozenset()

    def show_count(self, count: int) -> None:
        """Say how many there are beside the title."""
        self.count.setText(number(count) if count else "")
