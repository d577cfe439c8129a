"""What can be done in the calendar, with its keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.i18n import Message
from app.ui.commands import Command

if TYPE_CHECKING:
    from app.ui.calendar.screen import CalendarScreen


def commands(screen: "CalendarScreen") -> Sequence[Command]:
    """Those of the calendar. Arrows and Enter are those of the days themselves."""
    group = Message("In the calendar")
    do, may = screen.do_chosen, screen.anything_chosen
    return (
        Command("calendar.new", Message("New reminder"), group, "N", "plus", screen.new),
        Command("calendar.today", Message("Go to the present day"), group, "T", "sun",
                screen.go_today),
        Command("calendar.month", Message("Show a month"), group, "1", "calendar-days",
                partial(screen.show_form, 0)),
        Command("calendar.week", Message("Show a week"), group, "2", "columns-3",
                partial(screen.show_form, 1)),
        Command("calendar.agenda", Message("Show the agenda"), group, "3", "list",
                partial(screen.show_form, 2)),
        Command("calendar.back", Message("Further back"), group, "PgUp", "chevron-left",
                partial(screen.turn, -1)),
        Command("calendar.on", Message("Further on"), group, "PgDown", "chevron-right",
                partial(screen.turn, 1)),
        Command("calendar.open", Message("Open the day, or the customer"), group, "Return",
                "user"),
        Command("calendar.done", Message("Done"), group, "D", "check", partial(do, "done"), may),
        Command("calendar.snooze", Message("Snooze"), group, "S", "alarm-clock",
                partial(do, "snooze"), may),
        Command("calendar.skip", Message("Skip this time"), group, "X", "skip-forward",
                partial(do, "skip"), may),
        Command("calendar.move", Message("Move to another day"), group, "M", "calendar-clock",
                partial(do, "move"), may),
        Command("calendar.edit", Message("Change the reminder"), group, "E", "pencil",
                partial(do, "edit"), may),
        Command("calendar.delete", Message("Delete the reminder"), group, "Del", "trash-2",
                partial(do, "delete"), may),
    )  # fmt: skip
