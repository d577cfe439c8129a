"""Lines of cards and calendars (vCard, iCalendar) as bytes: what is folded is put together later.

A line may be folded inside a character, so lines are found before their text is decoded.
"""

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from app.exchange.encodings import UNREADABLE_AS_MARK, UTF_16_BE, UTF_16_LE

MOST_OCTETS: Final = 75  # of a line that is written, its CRLF not counted
_CHUNK: Final = 1 << 18


def chunks(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The file's bytes; those of UTF-16 as UTF-8."""
    if encoding not in (UTF_16_LE, UTF_16_BE):
        while chunk := stream.read(_CHUNK):
            yield chunk
        return
    decoder = codecs.getincrementaldecoder(encoding)(UNREADABLE_AS_MARK)
    while chunk := stream.read(_CHUNK):
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", True).encode("utf-8", "surrogatepass")  # noqa: FBT003 not ours


def physical(parts: Iterable[bytes], longest: int) -> Iterator[bytes]:
    """Lines without their ends, whatever those are; of one longer than `longest` not much more."""
    line, held, first = b"", b"", True
    for chunk in parts:
        text = held + chunk
        if first:
            text, first = text.removeprefix(codecs.BOM_UTF8), False
        held = b"\r" if text.endswith(b"\r") else b""
        text = text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        begun, *others = text.split(b"\n")
        if len(line) <= longest:
            line += begun
        for other in others:
            yield line
            line = other
    yield line


def folded(line: str) -> bytes:
    """The line as bytes, broken where it is too long but never inside a character."""
    octets = line.encode("utf-8", "replace")
    parts = []
    most = MOST_OCTETS
    while len(octets) > most:
        cut = most
        while octets[cut] & 0xC0 == 0x80:  # not the first byte of a character
            cut -= 1
        parts.append(octets[:cut])
        octets = octets[cut:]
        most = MOST_OCTETS - 1  # a space is in front from now on
    return b"\r\n ".join([*parts, octets]) + b"\r\n"
