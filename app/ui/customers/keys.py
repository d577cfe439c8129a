"""What can be done on the customers screen, with its keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.i18n import Message
from app.ui.commands import Command

if TYPE_CHECKING:
    from app.ui.customers.screen import CustomersScreen


def commands(screen: "CustomersScreen") -> Sequence[Command]:
    """Those of the screen, and the keys that list and dialogs answer themselves."""
    group, in_list, in_form = Message("Customers"), Message("In a list"), Message("In a form")
    doing, chosen = screen.doing, screen.doing.anything_chosen
    return (
        Command("customers.search", Message("Search the list"), group, "Ctrl+F, /", "search",
                screen.focus_field),
        Command("customers.edit", Message("Edit the customer"), group, "F2", "pencil",
                doing.edit_current, chosen),
        Command("customers.window", Message("Open the customer in a window"), group,
                "Ctrl+Return", "external-link", doing.open_current_in_window, chosen),
        Command("customers.delete", Message("Delete the chosen customers"), group, "Del",
                "trash-2", doing.delete, chosen),
        Command("customers.merge", Message("Merge the two chosen customers"), group, "",
                "merge", doing.merge, doing.two_chosen),
        Command("customers.filter", Message("Filter"), group, "Ctrl+Shift+F", "filter",
                screen.toggle_filter),
        Command("customers.columns", Message("Choose columns"), group, "Ctrl+Shift+C",
                "columns-3", screen.choose_columns),
        Command("customers.details", Message("Show or hide the details"), group, "Ctrl+I",
                "panel-right", screen.toggle_details),
        Command("customers.save_view", Message("Save as view"), group, "", "star",
                screen.views.save_as),
        Command("customers.export", Message("Export the list"), group, "Ctrl+E", "download",
                doing.export),
        Command("customers.all", Message("Show all customers"), group, "", "users",
                screen.show_all),
        Command("list.open", Message("Open the current row"), in_list, "Return"),
        Command("list.all", Message("Choose all"), in_list, "Ctrl+A"),
        Command("list.toggle", Message("Choose one more, or one less"), in_list, "Space"),
        Command("list.first", Message("To the first row"), in_list, "Home"),
        Command("list.last", Message("To the last row"), in_list, "End"),
        Command("list.menu", Message("What can be done"), in_list, "Menu"),
        Command("form.save", Message("Save"), in_form, "Ctrl+Return"),
        Command("form.leave", Message("Leave"), in_form, "Esc"),
        Command("form.day", Message("Choose a day"), in_form, "Alt+Down"),
    )  # fmt: skip
