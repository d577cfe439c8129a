"""Cells of a report's workbook: texts that stay texts, figures in their format, the look."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, Side

from app.exchange.protection import is_risky
from app.reports.base import Cell, Month, as_text

FONT: Final = "Calibri"
MONTH_FORMAT: Final = "yyyy-mm"
_MOST_TEXT: Final = 32_767
_FORBIDDEN: Final = re.compile("_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONE: Final = re.compile("[\ud800-\udfff]")


class Look:
    """Fonts and alignments, in the colours of the tokens handed in."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        text, muted = tokens["text"].lstrip("#"), tokens["muted"].lstrip("#")
        self.series = tokens["series1"].lstrip("#")
        line = Side(style="thin", color=tokens["border_strong"].lstrip("#"))
        self.grid = tokens["grid"].lstrip("#")
        self.plain = Font(FONT, color=text)
        self.muted = Font(FONT, color=muted)
        self.title = Font(FONT, 16, bold=True, color=text)
        self.strong = Font(FONT, bold=True, color=text)
        self.below = Border(bottom=line)
        self.above = Border(top=line)
        self.right = Alignment(horizontal="right")
        self.wrapped = Alignment(vertical="top", wrap_text=True)


def put(target: Any, cell: Cell, shape: str, look: Look) -> None:
    """Write one cell of a report's table; `shape` is the format of its column's figures."""
    if isinstance(cell, Month):
        target.value = date(cell.year, cell.month, 1)
        target.number_format = MONTH_FORMAT
        target.alignment = Alignment(horizontal="left")
        target.font = look.plain
    elif isinstance(cell, int | float):
        put_number(target, cell, shape, look.plain)
    else:
        put_text(target, as_text(cell), look.plain)


def put_number(target: Any, value: float | None, shape: str, font: Font) -> None:
    """Write a figure; nothing where there is none."""
    target.value = value
    target.number_format = shape
    target.font = font


def put_text(target: Any, text: str, font: Font) -> None:
    """Write a text as a text: what a spreadsheet would run as a formula is only shown."""
    assert isinstance(target, ExcelCell)
    target.value = storable(text)
    target.data_type = "s"
    target.quotePrefix = is_risky(text)
    target.font = font


def storable(text: str) -> str:
    """The text as a workbook can hold it: XML has no control characters, a cell no more room."""
    whole = _LONE.sub("\ufffd", text)
    return _FORBIDDEN.sub(_escape, whole)[:_MOST_TEXT]


def _escape(found: re.Match[str]) -> str:
    # what reads like an escape would be turned into a character when the file is read
    return f"_x005F{found[0]}" if len(found[0]) > 1 else f"_x{ord(found[0]):04X}_"
