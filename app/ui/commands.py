"""What can be done, declared once: the palette, the shortcut sheet and the keys all read it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.i18n import Message


@dataclass(frozen=True)
class Command:
    """One thing the user can do.

    Attributes:
        name: its name in code and tests: "customers.new".
        title: what it does, as the palette and the sheet say it.
        group: heading under which the sheet lists it.
        keys: Qt's portable form ("Ctrl+N", "F2"); empty when it has no key. Several, with ", "
            between, do the same.
        glyph: icon in the palette.
        do: does it; None for a key that a widget answers itself (arrows, Enter), which only the
            sheet shows.
        possible: whether it can be done at the moment.
    """

    name: str
    title: Message
    group: Message
    keys: str = ""
    glyph: str = "command"
    do: Callable[[], object] | None = None
    possible: Callable[[], bool] | None = None

    def is_possible(self) -> bool:
        """Whether it can be done at the moment."""
        return self.do is not None and (self.possible is None or self.possible())
