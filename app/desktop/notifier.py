"""The port to notifications that the system shows, whichever system it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from typing_extensions import override


class Answer(StrEnum):
    """What somebody did with a notification."""

    OPEN = "open"
    DONE = "done"
    SNOOZE = "snooze"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Bubble:
    """What a notification says, and the buttons it has: each an answer with its words.

    A click on the notification itself is OPEN.
    """

    title: str
    body: str
    buttons: tuple[tuple[Answer, str], ...] = ()
    urgent: bool = False
    sound: bool = False


Heard = Callable[[str, Answer], None]
"""Told the key of a notification and what was done with it; called on any thread."""


class Notifier(Protocol):
    """Shows notifications under keys that the caller chooses; a key is shown once at a time."""

    def ready(self) -> bool:
        """Whether somebody is there who would show a notification now."""
        ...

    def show(self, key: str, bubble: Bubble) -> bool:
        """Show it, in the place of what this key showed before; False where nobody showed it."""
        ...

    def take_back(self, key: str) -> None:
        """Show nothing under this key any more."""
        ...

    def close(self) -> None:
        """Listen to answers no more; what is shown stays."""
        ...


class Nothing(Notifier):
    """Where the system shows no notifications."""

    @override
    def ready(self) -> bool:
        return False

    @override
    def show(self, key: str, bubble: Bubble) -> bool:
        return False

    @override
    def take_back(self, key: str) -> None:
        """There is nothing."""

    @override
    def close(self) -> None:
        """There is nothing."""
