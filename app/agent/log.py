"""What the agent did and what went wrong, in a file beside the window's; never about whom."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from typing import Final

from app.config import Workspace

FILE: Final = "agent.log"
_BYTES: Final = 500_000
_LOG: Final = logging.getLogger("shuke")


@contextmanager
def logging_to(workspace: Workspace) -> Iterator[None]:
    """Keep a log in the workspace for as long as the block lasts."""
    handler = _handler(workspace)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    before = _LOG.level
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        _LOG.setLevel(before)
        _LOG.removeHandler(handler)
        handler.close()


def _handler(workspace: Workspace) -> logging.Handler:
    try:
        workspace.logs.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            workspace.logs / FILE, maxBytes=_BYTES, backupCount=2, encoding="utf-8"
        )
    except OSError:
        # a folder that is gone or may not be written is what the log then tells about
        return logging.StreamHandler()
