"""One line in which a call is on record before the next one rings."""

from app.i18n import tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col
from app.ui.widgets.surface import Surface


class QuickLog(Surface):
    """Shows as pills what it understood, and logs it with Enter."""

    def __init__(self, context: Context) -> None:
        super().__init__("card", "quick_log")
        self._context = context
        self.line = LineEdit(
            tr("Log what was said"), placeholder=tr("Log what was said"), glyph="pencil"
        )
        self.line.setObjectName("quick_log_line")
        self.setLayout(col(self.line, gap=8, margins=12))

    def show_page(self, page: CustomerPage) -> None:
        """Log for this customer."""

    def start(self) -> None:
        """Put the cursor into the line."""
        self.line.setFocus()

    def start_follow_up(self) -> None:
        """Begin with a follow-up."""
        self.line.setFocus()
