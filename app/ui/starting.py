"""What the program is started with, and its seat: by it others know that a window is open."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.config import Workspace
from app.desktop.presence import Presence, window_of

_SHOW: Final = "show:"
_LOG: Final = logging.getLogger("shuke")


@dataclass(frozen=True)
class Start:
    """What the program was started with.

    Attributes:
        workspace: the one asked for; None for the last one used.
        staff: name of who is at work; empty for whoever sat here last.
        files: to be imported.
        target: what to show: an area, or an area and an id (customer:12); empty for as it was.
    """

    workspace: Workspace | None = None
    staff: str = ""
    files: tuple[Path, ...] = ()
    target: str = ""

    def telling(self) -> list[str]:
        """What the program that runs already is told: whole paths, and behind a mark the target."""
        files = [str(one.absolute()) for one in self.files]
        return [*files, f"{_SHOW}{self.target}"] if self.target else files


def told_by(texts: Sequence[str]) -> Start:
    """What another start wanted, from what `telling` made of it."""
    targets = [one.removeprefix(_SHOW) for one in texts if one.startswith(_SHOW)]
    files = tuple(Path(one) for one in texts if not one.startswith(_SHOW))
    return Start(files=files, target=targets[0] if targets else "")


def area_of(target: str) -> tuple[str, int | None]:
    """The area that a target names, and the id of what is to be seen there."""
    area, _, number = target.partition(":")
    return area, int(number) if number.isascii() and number.isdigit() else None


class Seat:
    """While it is taken the window shows what is due; an agent leaves that, and the file, to it."""

    def __init__(self) -> None:
        self._taken: Presence | None = None

    def take(self, workspace: Workspace) -> None:
        """From now on, for this workspace and no other."""
        self.leave()
        self._taken = window_of(workspace)
        try:
            self._taken.take()
        except OSError as problem:
            # both show what is due then, each of it once
            _LOG.warning("An agent will not see this window: %s", problem.strerror)

    def leave(self) -> None:
        """There is no window any more."""
        if self._taken is not None:
            self._taken.leave()
            self._taken = None
