"""The files of a customer."""

from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from app.i18n import tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.card import Card
from app.ui.widgets.layout import col


class FilesCard(Card):
    """The files of a customer."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "files", tr("Files"))

    @override
    def body(self) -> QWidget | QLayout:
        return col(gap=8)

    @override
    def fill(self, page: CustomerPage) -> None:
        self.show_count(0)

    def start(self) -> None:
        """Begin to add one."""
        self.add.setFocus()
