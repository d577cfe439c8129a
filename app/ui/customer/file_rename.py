"""Giving a file another name, in its place."""

from pathlib import PurePath

from typing_extensions import override

from app.i18n import tr
from app.services.attachments import FileRow
from app.ui.customer.editor import Editor
from app.ui.widgets.field import Field, LineEdit


class RenameEditor(Editor):
    """One line; the ending stays unless it is typed away."""

    def __init__(self, file: FileRow) -> None:
        super().__init__("rename_editor", file.id)
        self.file_id, self._before = file.id, file.name
        self.name = LineEdit(tr("Name of the file"))
        self.name.setObjectName("file_name")
        self.name.setText(file.name)
        self._field = Field(tr("Name of the file"), self.name)
        self.arrange(self._field)

    def typed(self) -> str:
        """The new name; with the old ending where none was typed, so that it still opens."""
        name = " ".join(self.name.text().split())
        old = PurePath(self._before).suffix
        return f"{name}{old}" if name and old and not PurePath(name).suffix else name

    @override
    def is_changed(self) -> bool:
        return self.typed() != self._before

    def find_wrong(self) -> bool:
        """Say at the field what is wrong; whether there is anything."""
        wrong = ""
        if not self.name.text().strip():
            wrong = tr("The name is missing.")
        elif "/" in self.name.text() or "\\" in self.name.text():
            wrong = tr("A name has no / and no \\ in it.")
        self._field.set_wrong(wrong)
        if wrong:
            self.name.setFocus()
        return bool(wrong)

    @override
    def start(self) -> None:
        self.name.setFocus()
        self.name.setSelection(0, len(PurePath(self._before).stem))
