"""One screen for every report."""

from typing_extensions import override

from app.i18n import Message
from app.ui.context import Context
from app.ui.screen import Screen


class ReportsScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    @override
    def title(self) -> Message:
        return Message("Reports")
