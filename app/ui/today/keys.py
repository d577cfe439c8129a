"""What can be done on the page of the day, with its keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.i18n import Message
from app.ui.commands import Command

if TYPE_CHECKING:
    from app.ui.today.screen import TodayScreen


def commands(screen: "TodayScreen") -> Sequence[Command]:
    """Those of the page. Arrows, Enter and Space are the list's own."""
    group = Message("On the page of the day")
    do, may = screen.do_chosen, screen.anything_chosen
    return (
        Command("today.add", Message("Add a reminder in one line"), group, "N", "plus",
                screen.quick_add.setFocus),
        Command("today.open", Message("Open the customer"), group, "Return", "user"),
        Command("today.done", Message("Done"), group, "D", "check", partial(do, "done"), may),
        Command("today.snooze", Message("Snooze"), group, "S", "alarm-clock",
                partial(do, "snooze"), may),
        Command("today.skip", Message("Skip this time"), group, "X", "skip-forward",
                partial(do, "skip"), may),
        Command("today.move", Message("Move to another day"), group, "M", "calendar-clock",
                partial(do, "move"), may),
        Command("today.edit", Message("Change the reminder"), group, "E", "pencil",
                partial(do, "edit"), may),
        Command("today.delete", Message("Delete the reminder"), group, "Del", "trash-2",
                partial(do, "delete"), may),
        Command("today.choose", Message("Choose several lines"), group, "Ctrl+Space",
                "list-checks"),
        Command("today.all", Message("Choose all lines"), group, "Ctrl+A", "check-check"),
        Command("today.back", Message("Back to the present day"), group, "T", "sun",
                partial(screen.show_day, None)),
    )  # fmt: skip
