"""The row above the popups that says how many more there are."""

from PySide6.QtCore import Qt, Signal

from app.i18n import ntr, tr
from app.ui.toasts.panel import Panel
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, row
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import Label, muted

KEY = "F8"


class Summary(Panel):
    """How many more popups wait, since when, and the way to all of them."""

    all_wanted = Signal()

    def __init__(self, *, with_key: bool) -> None:
        """`with_key`: there is a window in which the key leads to all of them."""
        super().__init__("toast_summary")
        self._count = Label("", "medium")
        self._since = muted()
        self.all_button = Button(tr("See all"), "accent", size="small")
        self.all_button.setObjectName("toast_all")
        self.all_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key = KeyCap(KEY) if with_key else None
        self.setLayout(
            row(self._count, self._since, STRETCH, key, self.all_button, margins=(16, 4, 16, 4))
        )
        self.all_button.clicked.connect(self._want_all)

    def tell(self, more: int, since: str) -> None:
        """So many more, the last of them called then."""
        self._count.setText(ntr("{count} more", "{count} more", more))
        self._since.setText(since)
        self.setAccessibleName(f"{self._count.text()}, {since}")

    def text(self) -> str:
        """How many it says there are."""
        return self._count.text()

    def _want_all(self) -> None:
        self.all_wanted.emit()
