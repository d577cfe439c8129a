"""What is done with promises: one at once with its undo, several after a look at what changes."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.promises import PromiseState
from app.i18n import Message
from app.services.promise_lists import PromiseLine
from app.services.promises import Made, PromiseDraft
from app.ui.context import Context
from app.ui.promise_dialogs import PromiseEdit, PromiseEnd
from app.ui.promises.bulk_dialog import Act, PromiseBulkDialog, said

OVER = Message("It is over already: nothing was changed.")
ALL_OVER = Message("All of them are over already: nothing was changed.")


class PromiseActs(QObject):
    """Writes in the background. Nothing happens to promises that are over, but for deleting."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner

    def do(self, act: Act, ids: Sequence[int]) -> None:
        """Do it to these; several are listed first with what changes."""
        if len(ids) > 1:
            self._ask(act, ids)
        elif ids:
            self._do_one(act, ids[0])

    def _do_one(self, act: Act, promise_id: int) -> None:
        promises, actor = self._context.services.promises, self._context.actor
        match act:
            case "keep":
                self._write(act, lambda: promises.keep(actor, [promise_id]))
            case "delete":
                self._write(act, lambda: promises.delete(actor, [promise_id]))
            case "move":
                self._if_open(promise_id, partial(self._open_edit, promise_id, "due_on"))
            case "break":
                self._if_open(promise_id, partial(self._open_end, promise_id, PromiseState.BROKEN))
            case "release":
                end = partial(self._open_end, promise_id, PromiseState.RELEASED)
                self._if_open(promise_id, end)

    def edit(self, promise_id: int) -> None:
        """Change what it says."""
        self._open_edit(promise_id, "text")

    # ---- how

    def _if_open(self, promise_id: int, go_on: Callable[[], object]) -> None:
        lists, actor = self._context.services.promise_lists, self._context.actor

        def came(still: list[int]) -> None:
            if still:
                go_on()
            else:
                self._context.show_message(OVER, kind="plain")

        self._context.tasks.run(
            self._owner, lambda: lists.still_open(actor, [promise_id]), came
        )

    def _open_end(self, promise_id: int, state: PromiseState) -> None:
        PromiseEnd(self._owner, self._context, [promise_id], state).open()

    def _open_edit(self, promise_id: int, begin: str) -> None:
        promises, actor = self._context.services.promises, self._context.actor

        def came(draft: PromiseDraft) -> None:
            PromiseEdit(
                self._owner,
                self._context,
                promise_id,
                draft,
                "due_on" if begin == "due_on" else "text",
            ).open()

        self._context.tasks.run(self._owner, lambda: promises.get(actor, promise_id), came)

    def _ask(self, act: Act, ids: Sequence[int]) -> None:
        """Find out of which it can be done, and show what changes."""
        lists, actor = self._context.services.promise_lists, self._context.actor

        def load() -> tuple[list[int], list[PromiseLine | None]]:
            meant = list(ids) if act == "delete" else lists.still_open(actor, ids)
            return meant, lists.rows(actor, meant[:8])

        def came(found: tuple[list[int], list[PromiseLine | None]]) -> None:
            meant, first = found
            if not meant:
                self._context.show_message(ALL_OVER, kind="plain")
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
