"""A workspace that cannot be opened: what happened, and what can be done."""

from pathlib import Path

from PySide6.QtCore import Signal

from app.errors import UserError
from app.i18n import tr
from app.services.backups import made_at
from app.ui.first_start.frame import StartFrame
from app.ui.when import exact_moment
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, row
from app.ui.widgets.surface import card
from app.ui.widgets.text import Label, muted


class FaultPage(StartFrame):
    """Says the sentence; offers another try, another workspace, and for damage the last backup."""

    restore_wanted = Signal(object)  # Path of the backup

    def __init__(self, error: UserError, backup: Path | None = None) -> None:
        super().__init__(tr("The workspace cannot be opened"), "", "fault")
        self._backup = backup
        self.again = Button(tr("Try again"), glyph="refresh-cw")
        self.again.setObjectName("again")
        self.choose = Button(tr("Choose another workspace"), glyph="folder-open")
        self.choose.setObjectName("choose")
        sentence = Label(str(error)).wrapped().selectable()
        if backup is None:
            self.put(card(sentence, row(self.again, self.choose, STRETCH), gap=16))
            self.again.setFocus()
            return
        at = made_at(backup)
        date = exact_moment(at) if at else backup.name
        self.restore = Button(tr("Restore the backup of {date}", date=date), "primary")
        self.restore.setObjectName("restore")
        self.restore.clicked.connect(self._restore)
        note = muted(
            tr("The damaged file is kept aside. What was done after the backup is not in it.")
        )
        others = row(self.again, self.choose, STRETCH)
        self.put(card(sentence, note.wrapped(), row(self.restore, STRETCH), others, gap=16))
        self.restore.setFocus()

    def _restore(self) -> None:
        self.restore_wanted.emit(self._backup)
