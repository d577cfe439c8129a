"""What the writers share: declared columns, what was written, a file whole or not there."""

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Final, Literal, TypeAlias

from app.errors import Refused, Unavailable
from app.i18n import Message

Kind: TypeAlias = Literal["text", "number", "money", "date", "moment"]
Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | None

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_PARTLY: Final = ".part"


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be written. `width` is in characters of a spreadsheet; None: chosen by kind.

    number: int, float or Decimal as it is; money: whole units of the currency, not its cents;
    date: a date; moment: local time, a zone is dropped without conversion.
    """

    title: str
    kind: Kind = "text"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds now; `notices` say what could not be written as it was."""

    rows: int
    sheets: int = 1
    notices: tuple[Message, ...] = ()


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes the place of `path` when the block ends without an error.

    Until then the old file stays as it was; after an error nothing is left behind.

    Raises:
        Unavailable: the folder is missing, full or not to be written, or the file is in use.
    """
    try:
        with _temporary(path) as (stream, temporary):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            temporary.replace(path)
    except OSError as error:
        raise Unavailable(_reason(path, error)) from error


@contextmanager
def _temporary(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside `path`, gone afterwards unless it was renamed."""
    if not path.parent.is_dir():
        params = {"folder": str(path.parent)}
        message = Message(
            "The folder “{folder}” does not exist. Choose another one.", params=params
        )
        raise Unavailable(message)
    if path.is_dir():
        params = {"file": path.name}
        text = Message("“{file}” is a folder. Choose another name for the file.", params=params)
        raise Unavailable(text)
    handle, name = tempfile.mkstemp(suffix=_PARTLY, prefix=f".{path.name[:80]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _copy_mode(path, temporary)
            yield stream, temporary
    finally:
        temporary.unlink(missing_ok=True)


def _copy_mode(path: Path, temporary: Path) -> None:
    """The rights of the file replaced, or those of any new file (mkstemp gives the owner only)."""
    if os.name != "posix":
        return
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)


def _reason(path: Path, error: OSError) -> Message:
    params = {"file": path.name, "folder": str(path.parent)}
    if error.errno in _FULL:
        return Message(
            "There is no room left for “{file}” in “{folder}”. Nothing was written, a file of "
            "that name is as it was. Make room or choose another folder.",
            params=params,
        )
    if error.errno in _DENIED:
        return Message(
            "“{file}” cannot be written in “{folder}”: it is open in another program, or the "
            "folder does not allow it. Close it there or choose another folder.",
            params=params,
        )
    return Message(
        "“{file}” could not be written: {reason}. A file of that name is as it was.",
        params={**params, "reason": error.strerror or type(error).__name__},
    )


def checked(columns: Sequence[Column], most: int) -> Sequence[Column]:
    """The columns, if there are some and not more than the format holds."""
    if not columns:
        raise Refused(Message("There is no column to write. Choose at least one."))
    if len(columns) > most:
        raise Refused(
            Message(
                "A sheet holds {most} columns and this list has {count}. Choose fewer.",
                params={"most": most, "count": len(columns)},
            )
        )
    return columns
