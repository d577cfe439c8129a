"""The values of a card's properties: taken out of their escapes and their encoding, and put in."""

import binascii
import quopri
import re
from typing import Final

from app.exchange.encodings import MARK, UNREADABLE_AS_MARK, UTF_8
from app.exchange.mail_decoding import text_codec
from app.exchange.vcard_lines import Property

_SPECIAL: Final = re.compile(r"[\\,;]")
_BREAKS: Final = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ESCAPE: Final = re.compile(r"\\(.)", re.S)
_UNREADABLE: Final = "�"
_SEVERE: Final = 10  # characters that must be readable for each that is not


def escaped(value: str) -> str:
    """A value as it may stand between the signs of the format."""
    plain = _SPECIAL.sub(r"\\\g<0>", value.strip())
    return CONTROLS.sub("", _BREAKS.sub(r"\\n", plain))


def unescaped(text: str) -> str:
    r"""The inverse of `escaped`; any other sign after a backslash is that sign, as in http\://."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def split(text: str, separator: str) -> list[str]:
    """The parts between separators that are not escaped, themselves without escapes, stripped."""
    if separator not in text:
        return [unescaped(text).strip()]
    parts = re.findall(rf"(?:[^\\{separator}]|\\.)*\\?(?:{separator}|$)", text, re.S)
    if not text.endswith(separator):
        parts = parts[:-1] if parts and not parts[-1] else parts
    return [unescaped(part.removesuffix(separator)).strip() for part in parts]


def raw_bytes(one: Property) -> bytes:
    """The value's bytes without the encoding they were sent in."""
    if one.encoding == "QUOTED-PRINTABLE":
        return quopri.decodestring(one.value)
    if one.encoding == "BASE64":
        try:
            return binascii.a2b_base64(one.value)
        except binascii.Error:
            return one.value
    return one.value


class Decoder:
    """Makes text of values.

    Args:
        plain: the encoding of the file's own bytes.
        hidden: the encoding of bytes written as quoted-printable or base64 that name none.
    """

    def __init__(self, plain: str, hidden: str) -> None:
        self._plain = plain
        self._hidden = hidden

    def text(self, one: Property) -> str:
        """The value, escapes and all; MARK stands where bytes could not be read."""
        data = raw_bytes(one)
        said = one.params.get("CHARSET")
        if data.isascii() and said is None:
            return _BREAKS.sub("\n", data.decode("ascii"))
        named = text_codec(said[0]) if said is not None else None
        usual = self._hidden if one.encoding else self._plain
        return _BREAKS.sub("\n", _decoded(data, [one for one in (named, usual, UTF_8) if one]))


def _decoded(data: bytes, encodings: list[str]) -> str:
    """In the first encoding that bears it out; else in the first one, with marks."""
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(encodings[0], UNREADABLE_AS_MARK)


def is_unreadable(text: str) -> bool:
    """Whether so much of it could not be read that it is worth nothing."""
    return text.count(MARK) * _SEVERE > len(text)


def shown(text: str) -> str:
    """With the usual sign where bytes could not be read."""
    return text.replace(MARK, _UNREADABLE)
