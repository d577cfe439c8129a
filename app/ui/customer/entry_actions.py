"""What can be done with an entry of the timeline, each with its way back."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.customer import ContactDraft
from app.domain.promises import Firmness, PromiseState
from app.errors import UserError
from app.i18n import Message, tr
from app.services.attachments import FileRow
from app.services.interactions import InteractionDraft
from app.services.products import ProductRow
from app.services.promises import PromiseDraft
from app.services.timeline import (
    ChangeEntry,
    Entry,
    FileEntry,
    InteractionEntry,
    NoteEntry,
    PromiseEntry,
)
from app.ui.context import Context
from app.ui.customer.entry_edit import InteractionEdit, NoteEdit
from app.ui.customer.entry_words import describe
from app.ui.promise_dialogs import PromiseEdit, PromiseEnd
from app.ui.widgets.menu import Menu


class EntryActions(QObject):
    """Done for a card, which waits for what is written and stands behind the dialogs.

    `file_asked` asks for a file (a FileRow) to be opened.
    """

    file_asked = Signal(object)

    def __init__(self, owner: QWidget, context: Context) -> None:
        super().__init__(owner)
        self._owner = owner
        self._context = context
        self.menu = Menu(owner, tr("Entry"))
        self.files = tuple[FileRow, ...]()
        self.customer_id: int | None = None
        self.contacts = tuple[ContactDraft, ...]()

    def do(self, action: str, entry: object) -> None:
        """What the view asks for: "edit", "delete", "done", "move", "copy"."""
        doing: dict[str, Callable[[Entry], None]] = {
            "edit": self.edit,
            "delete": self.delete,
            "done": self.done,
            "move": self.move,
            "copy": self.copy,
        }
        if isinstance(entry, InteractionEntry | PromiseEntry | NoteEntry | FileEntry | ChangeEntry):
            doing[action](entry)

    # ---- changing

    def edit(self, entry: Entry) -> None:
        """Open what changes it: a form, or for a file the file itself."""
        match entry:
            case InteractionEntry():
                self._edit_interaction(entry.id)
            case PromiseEntry():
                self._edit_promise(entry, "text")
            case NoteEntry():
                NoteEdit(self._owner, self._context, entry).open()
            case FileEntry():
                self.open_file(entry)
            case ChangeEntry():
                say = Message("A change is not edited: put the earlier value back instead.")
                self._context.show_message(say, None, "info")

    def _edit_interaction(self, interaction_id: int) -> None:
        services, actor = self._context.services, self._context.actor

        def load() -> tuple[InteractionDraft, list[ProductRow]]:
            return services.interactions.get(actor, interaction_id), services.products.all(actor)

        def came(loaded: tuple[InteractionDraft, list[ProductRow]]) -> None:
            draft, products = loaded
            InteractionEdit(
                self._owner, self._context, interaction_id, draft, self.contacts, products
            ).open()

        self._context.tasks.run(self._owner, load, came)

    def _edit_promise(self, entry: PromiseEntry, begin: Literal["text", "due_on"]) -> None:
        promises, actor = self._context.services.promises, self._context.actor

        def came(draft: PromiseDraft) -> None:
            PromiseEdit(self._owner, self._context, entry.id, draft, begin).open()

        self._context.tasks.run(
            self._owner,
            lambda: promises.get(actor, entry.id),
            came,
            lambda error: refuse(self._context, error),
        )

    def move(self, entry: Entry) -> None:
        """Another date for a promise."""
        if isinstance(entry, PromiseEntry):
            self._edit_promise(entry, "due_on")

    def done(self, entry: Entry) -> None:
        """A promise is kept."""
        if not isinstance(entry, PromiseEntry) or entry.closed_at is not None:
            return
        promises, actor = self._context.services.promises, self._context.actor
        said = (
            Message("The promise is kept.")
            if entry.firm is Firmness.FIRM
            else Message("The follow-up is done.")
        )
        self._write(lambda: promises.keep(actor, [entry.id]), said)

    def end(self, entry: PromiseEntry, state: PromiseState) -> None:
        """A promise was not kept, or is not asked for any more."""
        PromiseEnd(self._owner, self._context, [entry.id], state).open()

    def delete(self, entry: Entry) -> None:
        """Take it off the record."""
        services, actor = self._context.services, self._context.actor
        match entry:
            case InteractionEntry():
                words = Message("The entry was deleted.")
                self._write(lambda: services.interactions.delete(actor, entry.id), words)
            case PromiseEntry():
                words = Message("The promise was deleted.")
                self._write(lambda: services.promises.delete(actor, [entry.id]), words)
            case NoteEntry():
                words = Message("The note was deleted.")
                self._write(lambda: services.notes.delete(actor, entry.id), words)
            case FileEntry():
                words = Message("{name} was deleted.", params={"name": entry.name})
                self._write(lambda: services.attachments.delete(actor, entry.id), words)
            case ChangeEntry():
                say = Message(
                    "What was changed stays on record. The earlier value can be put back."
                )
                self._context.show_message(say, None, "info")

    def put_back(self, entry: ChangeEntry) -> None:
        """Write what a change replaced, unless somebody wrote another value since."""
        customer_id, actor = self.customer_id, self._context.actor
        earlier = self._context.services.earlier
        if customer_id is not None:
            self._write(
                lambda: earlier.put_change_back(actor, customer_id, entry.id),
                Message("The earlier value is back."),
            )

    def _write(self, write: Callable[[], object], words: Message) -> None:
        context = self._context
        history, actor = context.services.history, context.actor

        def work() -> int | None:
            write()
            last = history.last(actor)
            return last.id if last else None

        def done(change_set_id: int | None) -> None:
            context.show_message(words, change_set_id)

        context.tasks.run(
            self._owner, work, done, lambda error: refuse(context, error), lane="write"
        )

    # ---- reading

    def copy(self, entry: Entry) -> None:
        """Put it into the clipboard as text."""
        shown = describe(entry, self._context.services.clock.now())
        QGuiApplication.clipboard().setText(shown.plain())
        self._context.show_message(Message("Copied."), None, "plain")

    def open_file(self, entry: FileEntry) -> None:
        """Have the file opened, as its own card does it."""
        held = next((one for one in self.files if one.id == entry.id), None)
        if held is not None:
            self.file_asked.emit(held)

    def open_menu(self, entry: object, at: QPoint) -> None:
        """Everything that can be done with an entry."""
        menu = self.menu
        menu.empty()
        match entry:
            case InteractionEntry():
                menu.put(tr("Edit"), partial(self.edit, entry), glyph="pencil", key="Return")
            case PromiseEntry():
                self._offer_promise(entry)
            case NoteEntry():
                menu.put(tr("Edit"), partial(self.edit, entry), glyph="pencil", key="Return")
            case FileEntry():
                menu.put(tr("Open"), partial(self.edit, entry), glyph="external-link", key="Return")
            case ChangeEntry():
                menu.put(
                    tr("Put the earlier value back"), partial(self.put_back, entry), glyph="undo-2"
                )
            case _:
                return
        menu.put(tr("Copy the text"), partial(self.copy, entry), glyph="copy", key="Ctrl+C")
        if not isinstance(entry, ChangeEntry):
            menu.put(
                tr("Delete"), partial(self.delete, entry), glyph="trash-2", key="Del",
                tone="danger_ink",
            )  # fmt: skip
        menu.popup(at)

    def _offer_promise(self, entry: PromiseEntry) -> None:
        put = self.menu.put
        if entry.closed_at is None:
            put(tr("Kept"), partial(self.done, entry), glyph="check", key="Space")
            put(tr("Give it another date"), partial(self.move, entry), glyph="calendar-clock")
            put(tr("Not kept"), partial(self.end, entry, PromiseState.BROKEN), glyph="x")
            put(tr("Released"), partial(self.end, entry, PromiseState.RELEASED), glyph="minus")
        put(tr("Edit"), partial(self.edit, entry), glyph="pencil", key="Return")


def refuse(context: Context, error: BaseException) -> None:
    """Say in the message strip why something was not written."""
    if isinstance(error, UserError):
        context.show_message(error.message, None, "warn")
    else:
        context.tasks.failed.emit(error)
