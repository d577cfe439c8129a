"""Which encoding a text file is in: a fixed order of questions, the same answer every time.

1. A byte order mark decides. 2. Bytes that are UTF-8 throughout are UTF-8, if there is no NUL or
hardly one. 3. NUL at every other byte is UTF-16. 4. UTF-8 with some damaged places is UTF-8.
5. GB18030, Big5 and Windows-1252 are weighed by how many of the characters they give are common
ones. 6. Where none of them gives sensible text, charset-normalizer is asked.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.exchange.common_characters import (
    OFTEN_SIMPLIFIED,
    OFTEN_TRADITIONAL,
    SIMPLIFIED,
    TRADITIONAL,
)
from app.exchange.files import reading
from app.i18n import Message

UTF_8, UTF_8_BOM = "utf-8", "utf-8-sig"
UTF_16_LE, UTF_16_BE = "utf-16-le", "utf-16-be"
GB18030, BIG5, WESTERN = "gb18030", "big5hkscs", "cp1252"
OFFERED: Final = (UTF_8, GB18030, BIG5, UTF_16_LE, UTF_16_BE, WESTERN)

UNREADABLE_AS_MARK: Final = "shuke-unreadable"  # an error handler for decoding
MARK: Final = "\udcff"  # what it puts for bytes that are not in the encoding; no text has it

_CHUNK: Final = 1 << 20
_SAMPLE: Final = 1 << 18
_MARKS: Final = (
    (codecs.BOM_UTF8, UTF_8_BOM),
    (codecs.BOM_UTF16_LE, UTF_16_LE),
    (codecs.BOM_UTF16_BE, UTF_16_BE),
)
_UNREADABLE: Final = "�"
_SAMPLE_LENGTH: Final = 120
_SENSIBLE: Final = 0.25  # weight from which text is taken for sensible
_DAMAGED: Final = 3  # whole UTF-8 characters for each damaged byte; in GB18030 there is one for ten
_STRAY: Final = 5  # of so many bytes fewer than one is NUL: damage, and no other encoding

_WIDE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_WESTERN_LETTERS: Final = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝ’‘“”–—…€£°«»·®©"
)
_PUNCTUATION: Final = re.compile("[\u3001-\u3011\uff01-\uff5e“”‘’…—·]")
_COMMON: Final = {
    GB18030: (SIMPLIFIED, OFTEN_SIMPLIFIED),
    BIG5: (TRADITIONAL, OFTEN_TRADITIONAL),
    WESTERN: (_WESTERN_LETTERS, _WESTERN_LETTERS),
}


def _marked_unreadable(error: UnicodeError) -> tuple[str, int]:
    return MARK, error.end if isinstance(error, UnicodeDecodeError) else 0


codecs.register_error(UNREADABLE_AS_MARK, _marked_unreadable)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that the file may be in, and a line of it as it would read."""

    encoding: str
    sample: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a look through the whole file found: its encoding and how many lines it has."""

    encoding: str
    lines: int


def look_through(path: Path, encoding: str | None = None) -> Content:
    """Find the encoding, unless it is given, and count the lines.

    Reads the whole file once, a chunk in memory at a time: a list of Latin names may have its first
    Chinese one in the last line.

    Raises:
        Refused: the file cannot be read.
    """
    head, telling, lines, valid = b"", bytearray(), 1, True
    decoder = codecs.getincrementaldecoder(UTF_8)("strict")
    for chunk in _chunks(path):
        head = head or chunk[:_SAMPLE]
        lines += max(chunk.count(b"\n"), chunk.count(b"\r"))
        valid = valid and _decodes(decoder, chunk)
        if len(telling) < _SAMPLE and not chunk.isascii():
            telling += _telling_lines(chunk)
    valid = valid and _decodes(decoder, b"", final=True)
    found = encoding or _marked(head)
    if found is None and valid and head.count(0) * _STRAY <= len(head):
        found = UTF_8
    return Content(found or _utf_16(head) or (UTF_8 if valid else _weighed(bytes(telling))), lines)


def of_bytes(data: bytes) -> str:
    """The encoding of a text that is in memory: the same questions, asked of all its bytes."""
    head = data[:_SAMPLE]
    if marked := _marked(head):
        return marked
    valid = _decodes(codecs.getincrementaldecoder(UTF_8)("strict"), data, final=True)
    if valid and head.count(0) * _STRAY <= len(head):
        return UTF_8
    return _utf_16(head) or (UTF_8 if valid else _weighed(_telling_lines(data)))


def candidates(path: Path) -> list[Candidate]:
    """The encodings the file can be read in, the most likely first, each with a sample line.

    The sample is the first line that differs between encodings, or simply the first one.
    """
    first = look_through(path).encoding
    with reading(path) as stream:
        head = stream.read(_SAMPLE)
    if head.isascii() and b"\0" not in head:
        return [Candidate(first, _sample(head, first))]  # it reads alike in all of them
    found = []
    for encoding in dict.fromkeys((first, *OFFERED)):
        if encoding == UTF_8 and first == UTF_8_BOM:
            continue
        sample = _sample(head, encoding)
        if encoding == first or _UNREADABLE not in sample:
            found.append(Candidate(encoding, sample))
    return found


def likeness(sample: bytes, encoding: str) -> float:
    """How much the bytes look like text in GB18030, BIG5 or WESTERN: 1 very much, 0 or less not.

    Share of common characters among those that are not ASCII; unreadable ones count against.
    """
    characters = [sign for sign in sample.decode(encoding, "replace") if sign > "\x7f"]
    if not characters:
        return 0.0
    common, often = _COMMON[encoding]
    return sum(_value(sign, common, often) for sign in characters) / (2 * len(characters))


def known(encoding: str) -> str | None:
    """The codec's name for what a user or a file calls the encoding; None for an unknown one."""
    wanted = encoding.strip().lower()
    ours = {"gbk": GB18030, "gb2312": GB18030, "cp936": GB18030, "big5": BIG5, "cp950": BIG5}
    try:
        name = codecs.lookup(ours.get(wanted, wanted)).name
    except LookupError:
        return None
    return ours.get(name, name)


def wanted_codec(path: Path, encoding: str | None) -> str | None:
    """The encoding in which the user wants a file read; None to find out.

    Raises:
        Refused: there is no such encoding.
    """
    if encoding is None:
        return None
    codec = known(encoding)
    if codec is None:
        params = {"file": path.name, "encoding": encoding}
        raise Refused(
            Message("“{encoding}” is no encoding to read “{file}” in. Try utf-8.", params=params)
        )
    return codec


def _chunks(path: Path) -> Iterator[bytes]:
    with reading(path) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def _utf_16(head: bytes) -> str | None:
    """UTF-16 without its mark: line ends, separators and figures leave NUL on one side only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(1, len(head) // 100):
        return None
    if odd > even * 4 and _UNREADABLE not in head.decode(UTF_16_LE, "replace")[:-1]:
        return UTF_16_LE
    if even > odd * 4 and _UNREADABLE not in head.decode(UTF_16_BE, "replace")[:-1]:
        return UTF_16_BE
    return None


def _telling_lines(chunk: bytes) -> bytes:
    """The lines of a chunk that are not plain ASCII: the others read alike in any encoding."""
    return b"\n".join(line for line in chunk.split(b"\n") if not line.isascii())[:_SAMPLE] + b"\n"


def _weighed(sample: bytes) -> str:
    whole = len(_WIDE.findall(sample))
    broken = len(re.findall(rb"[\x80-\xff]", _WIDE.sub(b"", sample)))
    if whole > broken * _DAMAGED:
        return UTF_8
    weights = {encoding: likeness(sample, encoding) for encoding in (GB18030, BIG5, WESTERN)}
    best = max(weights, key=lambda encoding: weights[encoding])
    return best if weights[best] >= _SENSIBLE else _asked(sample) or GB18030


def _value(sign: str, common: frozenset[str], often: frozenset[str]) -> float:
    if sign in common:
        return 2.0 if sign in often else 1.0
    if sign == _UNREADABLE or "\ue000" <= sign <= "\uf8ff" or sign < "\xa0":
        return -4.0
    if _PUNCTUATION.match(sign):
        return 1.0
    return 0.0 if "一" <= sign <= "鿿" else -1.0


def _asked(sample: bytes) -> str | None:
    """What charset-normalizer makes of text in none of the encodings we know."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return None if best is None else known(best.encoding)


def _sample(head: bytes, encoding: str) -> str:
    lines = head.decode(encoding, "replace").removeprefix("\ufeff").splitlines()
    whole = lines[:-1] if len(head) == _SAMPLE and len(lines) > 1 else lines
    shown = [line for line in whole if line.strip()]
    telling = next((line for line in shown if not line.isascii()), next(iter(shown), ""))
    return telling[:_SAMPLE_LENGTH]
