"""Writing from a settings page: done in the background, then said with its Undo."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from app.i18n import Message
from app.ui.context import Context


def write(
    owner: QObject,
    context: Context,
    do: Callable[[], object],
    said: Message | None,
    failed: Callable[[BaseException], None],
    then: Callable[[], None] | None = None,
) -> None:
    """Do it; then say `said`, if there is anything to say, and go on with `then`."""
    history, actor = context.services.history, context.actor

    def done(change_set: int | None) -> None:
        if said is not None:
            context.show_message(said, change_set)
        if then is not None:
            then()

    context.tasks.run(owner, partial(history.made_by, actor, do), done, failed, lane="write")
