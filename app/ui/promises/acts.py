"""What is done with promises: one at once with its undo, several after a look at what changes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.promises import PromiseState
from app.i18n import Message
from app.services.promise_lists import PromiseLine
from app.services.promises import Made
from app.ui.context import Context
from app.ui.promise_dialogs import PromiseEnd
from app.ui.promises.bulk_dialog import Act, PromiseBulkDialog, said

OVER = Message("It is over already: nothing was changed.")
ALL_OVER = Message("All of them are over already: nothing was changed.")


class PromiseActs(QObject):
    """Writes in the background. Nothing happens to promises that are over, but for deleting."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner

    def do(self, act: Act, ids: Sequence[int]) -> None:
        """Do it to these; what is asked about, and several, is listed first with what changes."""
        if not ids:
            return
        promises, actor, one = self._context.services.promises, self._context.actor, ids[0]
        if len(ids) > 1 or act == "move":
            self._ask(act, ids)
        elif act == "keep":
            self._write(act, lambda: promises.keep(actor, [one]))
        elif act == "delete":
            self._write(act, lambda: promises.delete(actor, [one]))
        else:
            self._ask_why(one, PromiseState.BROKEN if act == "break" else PromiseState.RELEASED)

    # ---- how

    def _ask_why(self, promise_id: int, state: PromiseState) -> None:
        lists, actor = self._context.services.promise_lists, self._context.actor

        def came(still: list[int]) -> None:
            if still:
                PromiseEnd(self._owner, self._context, [promise_id], state).open()
            else:
                self._context.show_message(OVER, kind="plain")

        self._context.tasks.run(self._owner, lambda: lists.still_open(actor, [promise_id]), came)

    def _ask(self, act: Act, ids: Sequence[int]) -> None:
        """Find out of which it can be done, and show what changes."""
        lists, actor = self._context.services.promise_lists, self._context.actor

        def load() -> tuple[list[int], list[PromiseLine | None]]:
            meant = list(ids) if act == "delete" else lists.still_open(actor, ids)
            return meant, lists.rows(actor, meant[:8])

        def came(found: tuple[list[int], list[PromiseLine | None]]) -> None:
            meant, first = found
            if not meant:
                self._context.show_message(OVER if len(ids) == 1 else ALL_OVER, kind="plain")
                return
            names = [one.customer for one in first if one is not None]
            over = len(ids) - len(meant)
            PromiseBulkDialog(self._owner, self._context, act, meant, over, names).open()

        self._context.tasks.run(self._owner, load, came)

    def _write(self, act: Act, work: Callable[[], Made]) -> None:
        def done(made: Made) -> None:
            if made.ids:
                self._context.show_message(said(act, len(made.ids)), made.change_set_id)
            else:
                self._context.show_message(OVER, kind="plain")

        self._context.tasks.run(self._owner, work, done, lane="write")
