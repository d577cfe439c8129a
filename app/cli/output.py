"""What a command prints: a table or a sentence for people, JSON for machines."""

import io
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final, TextIO

from app.errors import Damaged, Refused, UserError
from app.i18n import tr

_GAP: Final = "  "
_WIDE: Final = frozenset("WF")


def speak_utf8() -> None:
    """Print every character: as UTF-8 unless a terminal says that it wants something else."""
    # a stream that was closed before the start is None
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            wanted = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=wanted, errors="backslashreplace")


def say(text: str) -> None:
    """One line for people."""
    sys.stdout.write(f"{text}\n")


def say_json(value: Any) -> None:
    """One value for machines."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Lines in columns that line up, Chinese characters being two wide."""
    cells = [[_plain(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        )
        say(_GAP.join(padded).rstrip())


def _plain(cell: object) -> str:
    """In one line, and without what a terminal would obey."""
    text = "" if cell is None else str(cell)
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)


def complain(error: UserError, *, as_json: bool) -> None:
    """Say what went wrong: a sentence on stderr, and for machines an object on stdout."""
    fields = error.fields if isinstance(error, Refused) else {}
    if as_json:
        details: dict[str, Any] = {}
        if fields:
            details["fields"] = {name: str(one) for name, one in fields.items()}
        if isinstance(error, Damaged):
            details["backup"] = None if error.backup is None else str(error.backup)
        say_error(_kind(error), str(error), details)
    sys.stderr.write(f"{error}\n")
    for name, message in fields.items():
        sys.stderr.write(f"{name}: {message}\n")
    if isinstance(error, Damaged) and error.backup is not None:
        sys.stderr.write(tr("The newest good backup is {folder}", folder=error.backup) + "\n")


def say_error(kind: str, message: str, details: Mapping[str, Any] | None = None) -> None:
    """The object that machines get instead of a result."""
    say_json({"error": {"kind": kind, "message": message, **(details or {})}})


def _kind(error: UserError) -> str:
    """not_found for NotFound."""
    kinds = (one for one in type(error).__mro__ if one.__module__ == "app.errors")
    name = next(kinds).__name__
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")


class Progress:
    """How far long work is, in one line that a terminal overwrites; elsewhere nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        """Show the share that is done."""
        percent = 100 * done // total if total else 100
        if self._stream is not None and percent != self._shown:
            self._shown = percent
            end = "\n" if done >= total else ""
            self._stream.write("\r" + tr("{percent} % done", percent=percent) + end)
            self._stream.flush()
