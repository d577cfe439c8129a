"""What is done with reminders that were shown: written in the background, said with its undo."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.vocabulary import Actor
from app.i18n import Message
from app.services.due import DueService
from app.services.reminders import ReminderService, Written
from app.ui.tasks import Tasks

OPENED = "opened"
DISMISSED = "dismissed"


class Answers(QObject):
    """One door for popups and for the notification centre."""

    written = Signal(object, object)  # Message, id of the change set that takes it back
    noted = Signal()  # the log of popups has changed
    failed = Signal()  # something was not written; why is said already

    def __init__(
        self,
        reminders: ReminderService,
        due: DueService,
        actor: Actor,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._reminders, self._due, self._actor, self._tasks = reminders, due, actor, tasks

    def done(self, ids: Iterable[int]) -> None:
        """They are done."""
        wanted = tuple(ids)
        work = partial(self._reminders.done, self._actor, wanted)
        self._tasks.run(self, work, self._ended, self._failed, lane="write")

    def snooze(self, ids: Iterable[int], until: datetime) -> None:
        """Be quiet about them until then."""
        wanted = tuple(ids)
        work = partial(self._reminders.snooze, self._actor, wanted, until)
        self._tasks.run(self, work, self._put_off, self._failed, lane="write")

    def note(self, ids: Sequence[int], action: str) -> None:
        """Somebody looked at them, or closed their popup."""
        work = partial(self._due.acted, self._actor, ids, action)
        self._tasks.run(self, work, self._was_noted, lane="write")

    def _ended(self, written: Written) -> None:
        self._say(
            written,
            Message("{count} reminder is done.", "{count} reminders are done.", _count(written)),
        )

    def _put_off(self, written: Written) -> None:
        self._say(
            written,
            Message(
                "{count} reminder is put off.", "{count} reminders are put off.", _count(written)
            ),
        )

    def _say(self, written: Written, words: Message) -> None:
        if written.ids:
            self.written.emit(words, written.change_set_id)
        else:
            self.written.emit(Message("Somebody else has dealt with it already."), None)

    def _failed(self, error: BaseException) -> None:
        self._tasks.failed.emit(error)
        self.failed.emit()

    def _was_noted(self, _nothing: None) -> None:
        self.noted.emit()


def _count(written: Written) -> dict[str, int]:
    return {"count": len(written.ids)}
