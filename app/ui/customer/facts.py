"""What must never be asked again."""

from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from app.i18n import tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.card import Card
from app.ui.widgets.layout import col


class FactsCard(Card):
    """What must never be asked again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "facts", tr("Facts"))

    @override
    def body(self) -> QWidget | QLayout:
        return col(gap=8)

    @override
    def fill(self, page: CustomerPage) -> None:
        self.show_count(0)

    def start(self) -> None:
        """Begin to add one."""
        self.add.setFocus()
