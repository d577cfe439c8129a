"""What can be done on the promises screen, with its keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.domain.promises import Which
from app.i18n import Message
from app.ui.commands import Command

if TYPE_CHECKING:
    from app.ui.promises.screen import PromisesScreen


def commands(screen: "PromisesScreen") -> Sequence[Command]:
    """Those of the screen, and the keys that the list answers itself."""
    group, chosen = Message("Promises"), screen.anything_chosen
    return (
        Command("promises.search", Message("Search the promises"), group, "Ctrl+F, /", "search",
                screen.focus_field),
        Command("promises.new", Message("New promise"), group, "N", "plus", screen.new),
        Command("promises.open", Message("Open the customer"), group, "Return", "user"),
        Command("promises.keep", Message("The chosen ones are kept"), group, "D", "check",
                partial(screen.act, "keep"), chosen),
        Command("promises.move", Message("Give the chosen ones another date"), group, "M",
                "calendar-clock", partial(screen.act, "move"), chosen),
        Command("promises.broken", Message("The chosen ones were not kept"), group, "B", "x",
                partial(screen.act, "break"), chosen),
        Command("promises.release", Message("Release the chosen ones"), group, "R", "minus",
                partial(screen.act, "release"), chosen),
        Command("promises.edit", Message("Edit the promise"), group, "E, F2", "pencil",
                screen.edit_current, chosen),
        Command("promises.delete", Message("Delete the chosen promises"), group, "Del", "trash-2",
                partial(screen.act, "delete"), chosen),
        Command("promises.export", Message("Export the promises"), group, "Ctrl+E", "download",
                screen.ask_file, screen.anything_listed),
        Command("promises.columns", Message("Choose columns"), group, "Ctrl+Shift+C",
                "columns-3", screen.choose_columns),
        Command("promises.details", Message("Show or hide the details"), group, "Ctrl+I",
                "panel-right", screen.toggle_details),
        Command("promises.late", Message("Show late promises"), group, "", "clock",
                partial(screen.show_which, Which.LATE)),
        Command("promises.open_ones", Message("Show pending promises"), group, "", "handshake",
                partial(screen.show_which, Which.OPEN)),
        Command("promises.all", Message("Show all promises"), group, "", "list",
                screen.show_all),
        Command("promises.report", Message("How well promises are kept"), group, "",
                "chart-column", screen.show_report),
    )  # fmt: skip
