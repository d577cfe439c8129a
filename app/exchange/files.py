"""Opening a file that a user chose: every way in which it can fail is a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.i18n import Message


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes.

    Raises:
        Refused: it is not there, a folder, not to be read, or the disk fails while reading.
    """
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise Refused(_reason(path, error)) from error


def _reason(path: Path, error: OSError) -> Message:
    params = {"file": path.name, "reason": error.strerror or type(error).__name__}
    if isinstance(error, FileNotFoundError):
        return Message("“{file}” is not there any more. Was it moved or renamed?", params=params)
    if isinstance(error, IsADirectoryError):
        return Message("“{file}” is a folder. Choose a file in it.", params=params)
    if isinstance(error, PermissionError):
        return Message(
            "“{file}” may not be read. It is open in another program, or it belongs to somebody "
            "else.",
            params=params,
        )
    return Message("“{file}” could not be read: {reason}.", params=params)
