"""Taking back: Ctrl+Z, the Undo of a message, and what was kept because it changed later."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.vocabulary import Actor
from app.i18n import Message, ntr, tr
from app.services.history import HistoryEntry, KeptValue, UndoResult
from app.ui.context import Context
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, col, fix, hold
from app.ui.widgets.message_strip import Action, MessageStrip
from app.ui.widgets.surface import Scroll
from app.ui.widgets.text import Label, muted


class KeptDialog(Dialog):
    """Lists what an undo left alone."""

    def __init__(self, parent: QWidget, result: UndoResult) -> None:
        super().__init__(
            parent,
            tr("Kept as they are"),
            "kept",
            do="",
            leave=tr("Close"),
            words=tr("These were changed again later, so the undo left them alone."),
        )
        lines = [Label(_kept_words(one)).selectable() for one in result.kept]
        more = result.kept_count - len(result.kept)
        if more > 0:
            lines.append(muted(ntr("and {count} more", "and {count} more", more)))
        self.put(fix(Scroll(hold(col(*lines, STRETCH, gap=6)), "kept_list"), height=240))


def _kept_words(kept: KeptValue) -> str:
    return f"{kept.record}: {kept.field}" if kept.field else kept.record


class Undoing(QObject):
    """Runs undo and redo in the background and says what came of it."""

    undone = Signal()

    def __init__(self, context: Context, strip: MessageStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._strip = strip
        self._result: UndoResult | None = None

    def undo_last(self) -> None:
        """Take back the actor's own last change of this window."""
        self._look(self._context.services.history.last, Message("There is nothing to undo here."))

    def redo_last(self) -> None:
        """Do again what was undone last, if nothing was written since."""
        self._look(
            self._context.services.history.last_undo, Message("There is nothing to redo here.")
        )

    def undo(self, change_set_id: int) -> None:
        """Take back this change set; of an undo it is the redo."""
        history, actor = self._context.services.history, self._context.actor
        self._context.tasks.run(
            self,
            lambda: history.undo(actor, change_set_id),
            self._done,
            title=Message("Undoing"),
            lane="write",
        )

    def _look(self, ask: Callable[[Actor], HistoryEntry | None], none: Message) -> None:
        actor = self._context.actor

        def found(entry: HistoryEntry | None) -> None:
            if entry is None:
                self._strip.say(str(none), "plain")
            else:
                self.undo(entry.id)

        self._context.tasks.run(self, lambda: ask(actor), found, lane="write")

    def _done(self, result: UndoResult) -> None:
        self._result = result
        words = str(result.title)
        if result.kept_count:
            kept = ntr(
                "{count} value was changed again later and kept.",
                "{count} values were changed again later and kept.",
                result.kept_count,
            )
            self._strip.say(f"{words} · {kept}", "warn", Action(tr("Show"), self.show_kept))
        else:
            again = tr("Redo") if result.is_undo else tr("Undo")
            self._strip.say(words, "good", Action(again, self._redo))
        self.undone.emit()

    def _redo(self) -> None:
        if self._result is not None:
            self.undo(self._result.change_set_id)

    def show_kept(self) -> None:
        """List what the last undo left alone."""
        if self._result is not None:
            KeptDialog(self._strip, self._result).open()
