"""The records of an .xls workbook: where they lie, and text that runs on from one to the next.

Format: [MS-CFB] for the container, [MS-XLS] for the records. Everything is checked against the
bytes that are there, so a damaged file costs no more time and memory than a sound one of its size.
"""

import io
import struct
from typing import Final

import olefile

HEAD: Final = struct.Struct("<HH")  # kind and size of a record
CONTINUE: Final = 0x003C
FAULTS: Final = (
    OSError, struct.error, IndexError, KeyError, ValueError, TypeError, AttributeError,
    OverflowError, RecursionError,
)  # fmt: skip  # what damaged files raise here and in olefile

_CONTAINER: Final = b"\xd0\xcf\x11\xe0"
_STREAMS: Final = ("Workbook", "Book")  # of Excel 97 and later, of Excel 5 and 95
_SECTORS: Final = (9, 12)  # how large they may be, as powers of two
_HEADER: Final = struct.Struct("<30xHH10xI16xI4xI")
_CODE_PAGES: Final = {
    367: "ascii", 874: "cp874", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs",
    1250: "cp1250", 1251: "cp1251", 1253: "cp1253", 1254: "cp1254", 1255: "cp1255",
    1256: "cp1256", 1257: "cp1257", 1258: "cp1258", 10000: "mac_roman", 32768: "mac_roman",
}  # fmt: skip


class NoWorkbook(Exception):
    """The container holds something else, such as a letter or a mail."""


def workbook_stream(content: bytes) -> bytes:
    """The records of the workbook that lies in the file.

    Raises:
        NoWorkbook: there is none in it.
        One of FAULTS: it is damaged.
    """
    if not content.startswith(_CONTAINER):
        return content
    _check_header(content)
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        name = next((name for name in _STREAMS if container.exists(name)), None)
        if name is None:
            raise NoWorkbook
        if container.get_size(name) > len(content):
            raise ValueError("the stream is said to be larger than the file")
        return container.openstream(name).read()


def _check_header(content: bytes) -> None:
    """What it says of its tables must fit into the file: they are loaded as a whole."""
    sector, mini_sector, tables, mini_tables, more_tables = _HEADER.unpack_from(content)
    if sector not in _SECTORS or mini_sector != 6:
        raise ValueError("sectors of a size that does not exist")
    most = (len(content) >> sector) + 1
    if max(tables, mini_tables, more_tables) > most:
        raise ValueError("more tables than there are sectors")


def encoding_of(code_page: int) -> str:
    """The codec of the text of Excel 95 and earlier."""
    return _CODE_PAGES.get(code_page, "cp1252")


class Cursor:
    """Reads on through a record and the ones that continue it.

    Raises:
        struct.error, ValueError, IndexError: the records end before what is asked for.
    """

    def __init__(self, stream: bytes, record: int) -> None:
        self._stream = stream
        self._enter(record)

    def _enter(self, record: int) -> None:
        _, size = HEAD.unpack_from(self._stream, record)
        self._at = record + HEAD.size
        self._end = self._at + size
        if self._end > len(self._stream):
            raise ValueError("the record is longer than the stream")

    def _go_on(self) -> None:
        kind, _ = HEAD.unpack_from(self._stream, self._end)
        if kind != CONTINUE:
            raise ValueError("nothing continues the record")
        self._enter(self._end)

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        while count > self._end - self._at:
            count -= self._end - self._at
            self._go_on()
        self._at += count

    def number(self, size: int) -> int:
        """The next unsigned number of so many bytes."""
        if self._at == self._end:
            self._go_on()
        start = self._at
        self._at += size
        if self._at > self._end:
            raise ValueError("a number is cut off")
        return int.from_bytes(self._stream[start : self._at], "little")

    def text(self, length: int, *, then_skip: int = 0) -> str:
        """A text of so many characters, its flags before it, and what follows passed over."""
        flags = self.number(1)
        runs = self.number(2) if flags & 8 else 0
        extra = self.number(4) if flags & 4 else 0
        found = self._characters(length, flags & 1)
        self.skip(runs * 4 + extra + then_skip)
        return found

    def _characters(self, length: int, wide: int) -> str:
        parts: list[str] = []
        while True:
            if self._at > self._end:
                raise ValueError("the text is cut off")
            count = min(length, (self._end - self._at) >> wide)
            start = self._at
            self._at += count << wide
            raw = self._stream[start : self._at]
            parts.append(
                raw.decode("utf-16-le", "surrogatepass") if wide else raw.decode("latin-1")
            )
            length -= count
            if not length:
                break
            # the rest begins with flags of its own: it may be of the other width
            self._go_on()
            wide = self._stream[self._at] & 1
            self._at += 1
        return _sound("".join(parts))

    def bytes_text(self, length: int, encoding: str) -> str:
        """A text of so many bytes, as Excel 95 and earlier wrote it."""
        start = self._at
        self.skip(length)
        return self._stream[start : self._at].decode(encoding, "replace")


def _sound(text: str) -> str:
    """With its surrogates in pairs; a lone one becomes the usual sign of something unreadable."""
    if text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def shared_strings(stream: bytes, record: int) -> list[str]:
    """The texts that cells share, in order."""
    cursor = Cursor(stream, record)
    cursor.skip(4)
    return [cursor.text(cursor.number(2)) for _ in range(cursor.number(4))]
