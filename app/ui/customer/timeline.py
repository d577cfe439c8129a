"""What happened with the customer, in one stream."""

from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from app.i18n import tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.card import Card
from app.ui.widgets.layout import col


class TimelineCard(Card):
    """The stream with its filter."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "timeline", tr("Timeline"))

    @override
    def body(self) -> QWidget | QLayout:
        return col(gap=8)

    @override
    def fill(self, page: CustomerPage) -> None:
        self.show_count(sum(page.counts.values()))

    def start_search(self) -> None:
        """Search what was said."""
