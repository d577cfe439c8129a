"""Which programs are at work on a workspace, for this user of this machine.

A program holds a lock on a file for as long as it runs; the system lets go of it however the
program ends, so that nothing is ever left behind.
"""

import contextlib
import hashlib
import os
import platform
import signal
import sys
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import IO, Final

from app.config import Workspace, machine_folder

FOLDER: Final = "running"
_TRIES: Final = 10
_A_LOOK: Final = 0.003  # seconds


class Presence:
    """One part that one program at a time plays."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: IO[bytes] | None = None

    def take(self) -> bool:
        """Play it; False while another program does. Raises OSError."""
        if self._held is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        stream = self._path.open("ab")
        for _ in range(_TRIES):
            if _lock(stream.fileno()):
                self._held = stream
                self._path.write_text(str(os.getpid()), encoding="ascii")
                return True
            # perhaps somebody only looks whether it is taken
            sleep(_A_LOOK)
        stream.close()
        return False

    def leave(self) -> None:
        """Play it no more."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def taken(self) -> bool:
        """Whether anybody plays it. What cannot be found out counts as nobody."""
        if self._held is not None:
            return True
        try:
            with self._path.open("rb+") as stream:
                return not _lock(stream.fileno())
        except OSError:
            return False

    def end_other(self) -> None:
        """Ask the program that plays it to end. Raises OSError."""
        if self._held is not None or not self.taken():
            return
        number = self._path.read_text(encoding="ascii").strip()
        if number.isdigit():
            # it may have ended just now
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGTERM)

    def __enter__(self) -> "Presence":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()


def window_of(workspace: Workspace) -> Presence:
    """The part of the window: it shows what is due itself."""
    return Presence(_place(workspace, "window"))


def agent_of(workspace: Workspace) -> Presence:
    """The part of the agent, which does so while there is no window."""
    return Presence(_place(workspace, "agent"))


def _place(workspace: Workspace, part: str) -> Path:
    # a home folder may be shared by several machines
    name = f"{platform.node()}|{workspace.folder.resolve()}"
    digest = hashlib.sha256(name.encode()).hexdigest()[:24]
    return machine_folder() / FOLDER / f"{digest}-{part}"


if sys.platform == "win32":
    import msvcrt

    _BEHIND: Final = 1 << 20

    def _lock(file: int) -> bool:
        # far behind what the file says: what is locked cannot be read
        os.lseek(file, _BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
