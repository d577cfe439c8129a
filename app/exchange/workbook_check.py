"""Looks into an .xlsx package before its sheets are loaded: its size, its shape, its error cells.

The reader loads a sheet as one block from its first to its last used cell, and gives nothing for a
cell that shows an error. Both are found here by running through the compressed XML once, a chunk at
a time.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, TypeAlias

from app.errors import Refused
from app.exchange.grids import MOST_CELLS, MOST_ROWS
from app.exchange.sheet_extent import Extent, exact_extent, quick_extent
from app.exchange.tables import column_index
from app.exchange.zip_package import ZipPackage, damaged, too_large
from app.i18n import Message

_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DIMENSION: Final = re.compile(rb'<(?:\w+:)?dimension\s[^>]*ref="[A-Z]+(\d+)(?::[A-Z]+(\d+))?"')
_ERROR: Final = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]{1,3})([0-9]+)\"[^>/]*>"
    rb".*?<(?:\w+:)?v>([^<]*)<",
    re.S,
)


# Row (from 1) → column (from 0) → what the cell shows.
ErrorCells: TypeAlias = dict[int, dict[int, str]]


class Package(ZipPackage):
    """An .xlsx file as a package of parts."""

    def sheets(self) -> dict[str, str]:
        """Sheet title → name of its part.

        Raises:
            Refused: the package is not an .xlsx.
        """
        workbook, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
        if not {workbook, relations} <= self.names:
            raise Refused(
                Message(
                    "“{file}” is no .xlsx workbook. Open it in your spreadsheet program, save it "
                    "as .xlsx, and import that.",
                    params={"file": self.path.name},
                )
            )
        targets = {
            found.get("Id"): found.get("Target", "")
            for found in map(_attributes, _RELATION.findall(self.text(relations)))
        }
        parts: dict[str, str] = {}
        for found in map(_attributes, _SHEET.findall(self.text(workbook))):
            target = targets.get(found.get("r:id") or found.get("id"))
            if target:
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                parts[found.get("name", "")] = part
        return parts

    def rows_said(self, part: str) -> int | None:
        """How many rows the sheet says it has, read from its first lines."""
        found = _DIMENSION.search(next(self.chunks(part), b""))
        return None if found is None else int(found.group(2) or found.group(1))

    def error_cells(self, part: str) -> ErrorCells:
        """Run through a sheet: the cells that show an error.

        Raises:
            Refused: the block from its first to its last used cell is too large to be loaded.
        """
        errors: ErrorCells = {}
        extent: Extent | None = Extent()
        for block in self._blocks(part):
            here = quick_extent(block)
            extent = extent.with_(here) if extent is not None and here is not None else None
            if b't="e"' in block:
                for letter, row, code in _ERROR.findall(block):
                    shown = unescape(code.decode("utf-8", "replace"))
                    errors.setdefault(int(row), {})[column_index(letter.decode())] = shown
        if extent is None or extent.bottom > MOST_ROWS or _is_too_large(extent):
            self._check_exactly(part)
        return errors

    def _check_exactly(self, part: str) -> None:
        """Without the cells that are formatted only: they are not loaded."""
        try:
            extent = exact_extent(self.chunks(part))
        except ValueError as error:
            raise Refused(damaged(self.path)) from error
        if _is_too_large(extent):
            raise Refused(too_large(self.path, extent.width, extent.height))

    def verify(self) -> None:
        """Unpack the shared texts once: a part larger than it says, or damaged, is refused."""
        part = "xl/sharedStrings.xml"
        if part in self.names:
            for _ in self.chunks(part):
                pass

    def _blocks(self, part: str) -> Iterator[bytes]:
        """The part's bytes, cut between cells."""
        rest = b""
        for chunk in self.chunks(part):
            whole = rest + chunk
            cut = max(whole.rfind(b"<c "), whole.rfind(b":c "), whole.rfind(b"row "), 0)
            cut = whole.rfind(b"<", 0, cut + 1)
            if cut > 0:
                yield _quoted(whole[:cut])
                rest = whole[cut:]
            else:
                rest = whole
        yield _quoted(rest)


def _quoted(block: bytes) -> bytes:
    """With attributes in the usual quotation marks."""
    return block.replace(b"'", b'"') if b" r='" in block else block


def _is_too_large(extent: Extent) -> bool:
    return extent.width * extent.height > MOST_CELLS


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(one or two) for name, one, two in _ATTRIBUTE.findall(text)}
