"""The question before something typed is given up."""

from PySide6.QtWidgets import QWidget

from app.i18n import tr
from app.ui.widgets.dialog import Dialog


class LeaveDialog(Dialog):
    """Asked only when something was typed; accepted when it may go."""

    def __init__(self, typed_in: QWidget) -> None:
        super().__init__(
            typed_in,
            tr("Leave without saving?"),
            "leave",
            do=tr("Discard"),
            kind="danger",
            leave=tr("Keep editing"),
            words=tr("What you typed here is not saved yet."),
        )
        self.leave_button.setDefault(True)
