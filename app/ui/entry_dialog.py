"""What dialogs that change an entry share: saving, what was refused, leaving with care."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.errors import Refused, UserError
from app.i18n import Message, tr
from app.ui.context import Context
from app.ui.widgets.field import Field
from app.ui.widgets.leave_dialog import TypingDialog
from app.ui.widgets.message_strip import MessageStrip


class EntryDialog(TypingDialog):
    """Saves in the background; closes when it is saved. Ctrl+Enter saves from any field."""

    def __init__(self, parent: QWidget, context: Context, title: str, name: str) -> None:
        super().__init__(parent, title, name)
        self._owner = parent
        self._context = context
        self.fields = dict[str, Field]()
        self.strip = MessageStrip()
        self.put(self.strip)
        self.do_button.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)

    def problems(self) -> Mapping[str, Message]:
        """What is wrong, by field."""
        raise NotImplementedError

    def work(self) -> Callable[[], object]:
        """What writes it; called off the GUI thread."""
        raise NotImplementedError

    def saved(self) -> Message:
        """What is said when it is written."""
        raise NotImplementedError

    @override
    def submit(self) -> None:
        if self._saving:
            return
        found = self.problems()
        if found:
            self.show_problems(found)
        elif not self.is_changed():
            self.accept()
        else:
            self._save()

    def show_problems(self, found: Mapping[str, Message]) -> None:
        """Say at every field what is wrong with it, and go to the first."""
        for name, field in self.fields.items():
            field.set_wrong(str(found[name]) if name in found else "")
        first = next((field for name, field in self.fields.items() if name in found), None)
        self.strip.say(tr("Some fields need another look. Nothing was saved yet."), "warn")
        if first is not None:
            first.entry.setFocus()

    def _save(self) -> None:
        self._wait(saving=True)
        write, context = self.work(), self._context
        history, actor, words = context.services.history, context.actor, self.saved()

        def work() -> int | None:
            write()
            last = history.last(actor)
            return last.id if last else None

        def done(change_set_id: int | None) -> None:
            context.show_message(words, change_set_id)
            if isValid(self):
                self._wait(saving=False)
                self.stop_asking()
                self.accept()

        def failed(error: BaseException) -> None:
            if isValid(self):
                self._failed(error)
            else:
                context.tasks.failed.emit(error)

        # the card waits for it, so that it is also said when this dialog is closed meanwhile
        context.tasks.run(self._owner, work, done, failed, lane="write")

    def _failed(self, error: BaseException) -> None:
        self._wait(saving=False)
        match error:
            case Refused(fields=found) if found:
                self.show_problems(found)
            case UserError():
                self.strip.say(str(error), "danger")
            case _:
                self._context.tasks.failed.emit(error)

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        """Nothing is kept behind the user's back: leaving asks."""
        return []
