"""A reminder of one's own, without a customer: what, and when."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import Message, tr
from app.services.reminders import ReminderDraft, Written
from app.ui.context import Context
from app.ui.due_words import DueField
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import col
from app.ui.widgets.text import caption


class NewReminderDialog(Dialog):
    """Writes it in the background and says it with its undo."""

    def __init__(self, parent: QWidget, context: Context, day: date) -> None:
        super().__init__(parent, tr("New reminder"), "new_reminder", do=tr("Add"))
        self._owner, self._context = parent, context
        clock = context.services.clock.now
        self.what = LineEdit(tr("What is to be done"), placeholder=tr("Send the samples"))
        self.what.setObjectName("what")
        self._field = DueField(tr("When"), clock, tr("A day, or a day and a time."))
        self.due = self._field.typed
        self.due.setText(day.isoformat())
        self.put(
            col(caption(tr("What is to be done")), self.what, gap=6),
            col(caption(tr("When")), self.due, self._field.read_as, gap=6),
        )
        self.what.textChanged.connect(self._offer)
        self.due.textChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        ready = bool(self.what.text().strip()) and self._field.due() is not None
        self.do_button.setEnabled(ready)

    @override
    def submit(self) -> None:
        due = self._field.due()
        if due is None or not self.do_button.isEnabled():
            return
        context, draft = self._context, ReminderDraft(self.what.text().strip(), due)
        service, words = context.services.reminders, Message("The reminder is added.")

        def added(written: Written) -> None:
            context.show_message(words, written.change_set_id)

        work = partial(service.add, context.actor, draft)
        # the screen waits for it, so that it is also said when this dialog is closed
        context.tasks.run(self._owner, work, added, lane="write")
        self.accept()
