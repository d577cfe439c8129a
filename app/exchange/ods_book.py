"""Reader of .ods workbooks.

Written in Python alone. The file is gone through once; its rows are kept on disk, in a file without
a name, and handed on from there as often as somebody wants them.
"""

import pickle
import tempfile
import threading
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from typing_extensions import override

from app.errors import Refused
from app.exchange.grids import Grid
from app.exchange.ods_content import Broken, Content, Line, Part, TooLarge
from app.exchange.tables import Cell, Sheet
from app.exchange.zip_package import ZipPackage, damaged, protected, too_large
from app.i18n import Message

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_WITHIN: Final = "encrypted-package"  # where LibreOffice puts the whole of an encrypted file
_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"


def is_ods(path: Path) -> bool:
    """Whether a zip package is an OpenDocument file, of whatever kind.

    Raises:
        Refused: it is damaged, or unpacking it would fill the memory.
    """
    names = ZipPackage(path).names
    return "xl/workbook.xml" not in names and not names.isdisjoint((_CONTENT, _WITHIN))


class OdsBook:
    """An opened .ods: which sheets it has, visible ones first.

    Raises:
        Refused: it is damaged, encrypted, too large, or another kind of document.
    """

    def __init__(self, path: Path) -> None:
        package = ZipPackage(path)
        if _WITHIN in package.names or "encryption-data" in package.text(_MANIFEST):
            raise Refused(protected(path))
        kind = package.text("mimetype").strip()
        if kind and not kind.startswith(_KIND):
            raise Refused(_no_spreadsheet(path))
        self._path = path
        self._spool = _Spool(path)
        self._blocks: dict[str, list[tuple[int, int]]] = {}
        self._parts = {part.name: part for part in self._read(package)}
        listed = [Sheet(name, part.height, part.hidden) for name, part in self._parts.items()]
        self.sheets = tuple(sorted(listed, key=lambda one: one.hidden))

    def _read(self, package: ZipPackage) -> Sequence[Part]:
        content = Content(self._keep)
        try:
            content.read(package.chunks(_CONTENT))
        except Broken as error:
            raise Refused(damaged(self._path)) from error
        except TooLarge as error:
            raise Refused(too_large(self._path, error.columns, error.rows)) from error
        return content.parts

    def _keep(self, part: Part) -> None:
        self._blocks.setdefault(part.name, []).append(self._spool.append(part.lines))
        part.lines = []

    def grid(self, name: str) -> Grid | None:
        """The sheet's cells, or None where it has none."""
        part = self._parts[name]
        return _OdsGrid(part, self._spool, self._blocks[name]) if part.height else None


class _OdsGrid(Grid):
    """Reads rows from where they are kept."""

    def __init__(self, part: Part, spool: "_Spool", blocks: Sequence[tuple[int, int]]) -> None:
        super().__init__(part.name, part.width, part.height, part.ranges)
        self._spool = spool
        self._blocks = blocks

    @override
    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        blank: list[Cell] = [None] * self.width
        row = 1
        for block in self._blocks:
            for line in self._spool.read(block):
                while row < line.number:
                    yield row, blank[:]
                    row += 1
                cells = line.cells + blank[len(line.cells) :]
                for _ in range(line.times):
                    yield row, cells[:]
                    row += 1


class _Spool:
    """Blocks of rows in a file without a name, which is gone with whoever reads them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._file = tempfile.TemporaryFile(prefix="shuke-ods-")  # noqa: SIM115 see below
        except OSError as error:
            raise Refused(_no_room(path, error)) from error
        self._close = weakref.finalize(self, self._file.close)

    def append(self, lines: list[Line]) -> tuple[int, int]:
        """Keep a block; returns where it is."""
        content = pickle.dumps([tuple(line) for line in lines], pickle.HIGHEST_PROTOCOL)
        try:
            with self._lock:
                start = self._file.seek(0, 2)
                self._file.write(content)
        except OSError as error:
            raise Refused(_no_room(self._path, error)) from error
        return start, len(content)

    def read(self, block: tuple[int, int]) -> Iterator[Line]:
        """The rows of a block."""
        start, size = block
        with self._lock:
            self._file.seek(start)
            content = self._file.read(size)
        # nobody else can have written it: it is ours, and has no name
        for line in pickle.loads(content):  # noqa: S301
            yield Line(*line)


def _no_spreadsheet(path: Path) -> Message:
    return Message(
        "“{file}” is an OpenDocument file, but no spreadsheet. Choose the spreadsheet (.ods).",
        params={"file": path.name},
    )


def _no_room(path: Path, error: OSError) -> Message:
    return Message(
        "There is no room to unpack “{file}”: {reason}. Make room on the disk and try again.",
        params={"file": path.name, "reason": error.strerror or type(error).__name__},
    )
