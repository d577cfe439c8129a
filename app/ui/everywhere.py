"""Dialogs that can be opened from anywhere; what they need is loaded when they are."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n import Message
from app.ui.commands import Command
from app.ui.context import Context


class Dialogs:
    """Opens dialogs over a window."""

    def __init__(self, owner: QWidget, context: Context) -> None:
        self._owner, self._context = owner, context

    def commands(self) -> list[Command]:
        """As the palette and the sheet list them."""
        group = Message("Everywhere")
        return [
            Command("greetings", Message("Greetings…"), group, "", "party-popper",
                    self.open_greetings),
            Command("greetings.templates", Message("Templates of greetings…"), group, "", "text",
                    self.open_templates),
            Command("calendar.export", Message("Reminders as a calendar file…"), group, "",
                    "calendar", self.export_calendar),
            Command("calendar.import", Message("Import a calendar file…"), group, "",
                    "calendar-plus", self.import_calendar),
        ]  # fmt: skip

    def open_greetings(self) -> None:
        """Whom to greet today, and in which words."""
        from app.ui.greetings.dialog import open_greetings

        open_greetings(self._owner, self._context)

    def open_templates(self) -> None:
        """The words of greetings."""
        from app.ui.greetings.templates_dialog import TemplatesDialog

        TemplatesDialog(self._owner, self._context).open()

    def export_calendar(self) -> None:
        """Reminders as a file for calendar programs."""
        from app.ui.calendar_files_dialog import export_calendar

        export_calendar(self._owner, self._context)

    def import_calendar(self, path: Path | None = None) -> None:
        """A calendar file taken in; it is asked for unless it is known."""
        from app.ui.calendar_files_dialog import import_calendar

        import_calendar(self._owner, self._context, path)
