"""Where reminders are shown and what is done with them, as the log says it."""

from collections.abc import Mapping
from typing import Final

from app.i18n import Message

PLACES: Final[Mapping[str, Message]] = {
    "toast": Message("Popup"),
    "native": Message("Desktop notification"),
    "tray": Message("Tray"),
    "digest": Message("One popup for many"),
    "centre": Message("Notifications"),
    "console": Message("Command line"),
    "email": Message("E-mail"),
}
ACTIONS: Final[Mapping[str, Message]] = {
    "opened": Message("Opened"),
    "dismissed": Message("Closed"),
    "done": Message("Done"),
    "skipped": Message("Skipped"),
    "snoozed": Message("Put off"),
    "kept": Message("Kept"),
    "broken": Message("Broken"),
    "released": Message("Released"),
}
