"""Marks that processes leave in a workspace while they have it open."""

import os
from pathlib import Path

from app.config import Workspace

FOLDER = "in-use"


def mark(workspace: Workspace) -> bool:
    """Leave this process's mark; true when a program that is gone left one. Raises OSError."""
    marks = workspace.folder / FOLDER
    marks.mkdir(exist_ok=True)
    left = [one for one in marks.iterdir() if not _alive(one.name)]
    for one in left:
        # another program that starts now tidies up, too
        one.unlink(missing_ok=True)
    _own(workspace).touch()
    return bool(left)


def join(workspace: Workspace) -> bool:
    """As `mark`, and leave marks of programs that are gone to whoever asks for them; false."""
    (workspace.folder / FOLDER).mkdir(exist_ok=True)
    _own(workspace).touch()
    return False


def unmark(workspace: Workspace) -> None:
    """Take this process's mark away: it ended properly."""
    _own(workspace).unlink(missing_ok=True)


def by_others(workspace: Workspace) -> bool:
    """Whether another process that runs has left its mark."""
    marks = (workspace.folder / FOLDER).glob("*")
    return any(_alive(one.name) for one in marks if one.name != str(os.getpid()))


def _own(workspace: Workspace) -> Path:
    return workspace.folder / FOLDER / str(os.getpid())


def _alive(pid: str) -> bool:
    if not pid.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
