"""What can be done on a customer's page, with its keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.i18n import Message
from app.ui.commands import Command

if TYPE_CHECKING:
    from app.ui.customer.screen import CustomerScreen


def commands(screen: "CustomerScreen") -> Sequence[Command]:
    """Those of the page."""
    group = Message("On a customer's page")
    return (
        Command("customer.log", Message("Log what was said"), group, "Ctrl+L", "pencil",
                screen.quick_log.start),
        Command("customer.follow_up", Message("Plan a follow-up"), group, "Ctrl+Shift+L",
                "calendar-check", screen.quick_log.start_follow_up),
        Command("customer.fact", Message("Add a fact"), group, "Ctrl+Shift+A", "lock",
                screen.facts.start),
        Command("customer.search", Message("Search the timeline"), group, "Ctrl+F", "search",
                screen.timeline.start_search),
        Command("customer.print", Message("Print the timeline"), group, "Ctrl+P", "printer",
                screen.timeline.print_shown),
        Command("customer.next", Message("Next customer"), group, "Alt+Down", "arrow-down",
                screen.go_on),
        Command("customer.previous", Message("Previous customer"), group, "Alt+Up", "arrow-up",
                screen.go_back),
        Command("customer.export", Message("Export the customer as a workbook"), group, "Ctrl+E",
                "download", partial(screen.take, ".xlsx")),
        Command("customer.pdf", Message("Export the customer as PDF"), group, "", "printer",
                partial(screen.take, ".pdf")),
        Command("customer.card", Message("Save as a card for the phone"), group, "", "contact",
                partial(screen.take, ".vcf")),
        Command("customer.merge", Message("Merge this customer with another"), group, "", "merge",
                screen.more.merge),
        Command("customer.window", Message("Open this page in a window"), group, "Ctrl+Shift+O",
                "external-link", screen.to_window),
        Command("customer.list", Message("Back to the list"), group, "Alt+Left", "list",
                screen.to_list),
    )  # fmt: skip
