"""The one door for reading a table: the content chooses the reader, the name only in doubt."""

from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.delimited import read_delimited
from app.exchange.files import reading
from app.exchange.tables import Table
from app.exchange.vcards import is_vcard, read_vcards
from app.exchange.workbooks import read_workbook
from app.i18n import Message

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Records of Excel without a container: since Excel 5, and older ones, which are not read.
_RECORDS: Final = (
    b"\x09\x08\x10\x00\x00\x06",
    b"\x09\x08\x08\x00\x00\x05",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)
_OTHERS: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b'{"', "JSON"),
    (b"{\n", "JSON"),
    (b"[{", "JSON"),
)
_WEB: Final = (b"<!doctype html", b"<html", b"<?xml")


def open_table(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
) -> Table:
    """The table in a file, whatever kind of spreadsheet, delimited text or address book it is.

    Args:
        path: the file; its extension matters only where the content does not tell.
        sheet: title of the sheet to read; None to choose. Delimited text has none.
        encoding: of delimited text and cards; None to find out. Workbooks have none.
        header_row: the file's row with the titles, NO_HEADER for none; None to find out. Cards
            have none.

    Raises:
        Refused: one sentence saying what is wrong with the file and what to do.
    """
    with reading(path) as stream:
        head = stream.read(512)
    if not head:
        raise Refused(
            Message("“{file}” is empty: there is nothing in it.", params={"file": path.name})
        )
    if head.startswith((_ZIP, _OLE, *_RECORDS)):
        return read_workbook(path, sheet=sheet, header_row=header_row)
    _refuse_others(path, head)
    if is_vcard(path, head):
        return read_vcards(path, encoding=encoding)
    return read_delimited(path, encoding=encoding, header_row=header_row)


def _refuse_others(path: Path, head: bytes) -> None:
    kind = next((kind for mark, kind in _OTHERS if head.startswith(mark)), None)
    if kind is None and head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB):
        kind = "HTML / XML"
    if kind is not None:
        raise Refused(
            Message(
                "“{file}” is a {kind} file, which cannot be read as a table. Save it as .xlsx or "
                ".csv and import that.",
                params={"file": path.name, "kind": kind},
            )
        )
    if path.suffix.lower() in {".xlsx", ".xls", ".ods", ".xlsb"}:
        _check_text(path, head)


def _check_text(path: Path, head: bytes) -> None:
    """Delimited text that is called a workbook is read; what is no text is a damaged workbook."""
    if sum(byte < 9 for byte in head) * 10 > len(head):
        raise Refused(
            Message(
                "“{file}” is called a workbook and is none: it is damaged or something else. Open "
                "it in your spreadsheet program, save it again, and import that.",
                params={"file": path.name},
            )
        )
