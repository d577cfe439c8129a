"""Lists as .csv: UTF-8 with the mark that lets Excel see it, commas, CRLF, no live formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from app.exchange.protection import MAYBE_RISKY, protect
from app.exchange.writing import Column, Value, Written, checked, replacing

MOST_COLUMNS: Final = 100_000


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Written:
    """Write one list, row by row.

    Dates are written as 2026-11-22, moments as 2026-11-22 10:20:30, truth as TRUE and FALSE. Text
    that would run as a formula gets an apostrophe in front (see `protection`); NUL is dropped and
    a lone surrogate becomes a question mark, as no text file can hold them.

    Raises:
        Unavailable: the file cannot be written; a file of that name is as it was.
        Refused: there is no column.
    """
    checked(columns, MOST_COLUMNS)
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_plain(column.title) for column in columns])
        number = 0
        for number, row in enumerate(rows, start=1):  # noqa: B007 the last one is the count
            writer.writerow([_plain(value) for value in row])
        text.flush()
        text.detach()
    return Written(number)


def _plain(value: Value) -> object:
    if isinstance(value, str):
        if "\0" in value:
            value = value.replace("\0", "")
        return protect(value) if value[:1] in MAYBE_RISKY else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value  # a number, a date or nothing, which the csv module writes as we want it
