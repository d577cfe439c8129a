"""A workbook that is a zip package of parts, unpacked a chunk at a time and never past a limit."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from app.errors import Refused
from app.exchange.files import reading
from app.i18n import Message

LARGEST: Final = 2 * 1024**3  # bytes of a package unpacked
_SUSPECT: Final = 256 * 1024**2  # unpacked, from which the ratio is looked at
_RATIO: Final = 400  # real sheets of equal rows reach 100, bombs 1,000
_CHUNK: Final = 1 << 20
_FAULTS: Final = (
    BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class ZipPackage:
    """The parts of a package by name.

    Raises:
        Refused: on opening, where unpacking it would fill the memory; later, where it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with reading(path) as stream, ZipFile(stream) as package:
                members = package.infolist()
        except _FAULTS as error:
            raise Refused(damaged(path)) from error
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members) or 1
        if unpacked > LARGEST or (unpacked > _SUSPECT and unpacked > packed * _RATIO):
            params = {"file": path.name, "size": f"{unpacked / 1024**3:.1f}"}
            raise Refused(
                Message(
                    "“{file}” would unpack to {size} GB, as no workbook of customers does. It was "
                    "not opened. Save the sheet as CSV and import that.",
                    params=params,
                )
            )
        self.names = {member.filename for member in members}

    def text(self, part: str) -> str:
        """A small part as a whole; empty where there is none of that name."""
        return b"".join(self.chunks(part)).decode("utf-8", "replace")

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes, a piece at a time; nothing where there is none of that name."""
        if part not in self.names:
            return
        try:
            with (
                reading(self.path) as stream,
                ZipFile(stream) as package,
                package.open(part) as member,
            ):
                while chunk := member.read(_CHUNK):
                    yield chunk
        except _FAULTS as error:
            raise Refused(damaged(self.path)) from error


def damaged(path: Path) -> Message:
    """The workbook cannot be read to its end."""
    return Message(
        "“{file}” is damaged or incomplete: it cannot be read as a workbook. Open it in your "
        "spreadsheet program, save it again, and import that.",
        params={"file": path.name},
    )


def protected(path: Path) -> Message:
    """The workbook is encrypted."""
    return Message(
        "“{file}” is protected by a password. Open it, save it without one, try again.",
        params={"file": path.name},
    )


def too_large(path: Path, columns: int, rows: int) -> Message:
    """The sheet's block from A1 to its last cell is beyond what is loaded."""
    return Message(
        "“{file}”: the sheet is {columns} columns by {rows} rows, too many to load. "
        "Delete what stands far off to the right or below, or save it as CSV.",
        params={"file": path.name, "columns": columns, "rows": rows},
    )
