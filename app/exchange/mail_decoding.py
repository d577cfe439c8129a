"""The text in a mail's bytes: what the mail says about its encoding is a hint and no more.

Chinese mail programs have long called GBK, GB 18030 and even Big5 "gb2312", left the encoding out,
or put bytes into the head as they are. So what is said is believed only as far as the bytes bear
it out.
"""

import binascii
import re
from typing import Final

from app.exchange.encodings import BIG5, GB18030, known, likeness, of_bytes

_CODEC_NAME: Final = re.compile(r"[A-Za-z0-9][\w.:-]{0,39}", re.ASCII)
_NO_TEXT: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "utf_7"}
)
_WESTERN_NAMES: Final = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_MUCH_BETTER: Final = 0.25  # how much likelier another encoding must be than the one said
_DAMAGED: Final = 20  # readable characters for each unreadable one, but one

_WORD: Final = re.compile(
    r"=\?([A-Za-z0-9_.:-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([bBqQ])\?([^?]{0,8000})\?="
)
_NO_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")


def decoded(data: bytes, said: str | None) -> str:
    """The text in the bytes; `said` is the encoding's name as the mail has it, if it has one.

    Bytes that are in no encoding we can find become �.
    """
    codec = text_codec(said)
    if codec is None or not data.isascii():  # ISO-2022 and HZ have text in plain bytes
        codec = _believed(data, codec)
    return data.decode(codec, "replace").removeprefix("\ufeff")


def head_text(value: str) -> str:
    """A head line's value as a reader sees it: its encoded words and its raw bytes decoded."""
    return words_decoded(raw_decoded(value))


def raw_decoded(value: str) -> str:
    """A head line in which undecoded bytes stand as surrogates, decoded by what they look like."""
    octets = value.encode("ascii", "surrogateescape") if _is_raw(value) else b""
    return decoded(octets, None) if octets else value


def words_decoded(text: str) -> str:
    """The text with its encoded words (=?gb2312?B?...?=) turned into what they say.

    Words beside each other in the same encoding are put together first: many programs cut them
    in the middle of a character.
    """
    pieces: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        joined = bool(pending) and not between.strip()
        if not joined or word[1].lower() != charset:
            pieces.append(decoded(pending, charset))
            pending = b""
        if not joined:
            pieces.append(between)
        charset, end = word[1].lower(), word.end()
        pending += _octets(word[2], word[3])
    return "".join([*pieces, decoded(pending, charset), text[end:]])


def _is_raw(value: str) -> bool:
    return not value.isascii() and all(
        sign < "\x80" or "\udc80" <= sign <= "\udcff" for sign in value
    )


def _octets(kind: str, payload: str) -> bytes:
    if kind in "qQ":
        return binascii.a2b_qp(payload.encode("ascii", "replace"), header=True)
    digits = _NO_BASE64.sub("", payload)
    usable = digits[: len(digits) - 1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(usable + "=" * (-len(usable) % 4))


def text_codec(said: str | None) -> str | None:
    """Python's name for an encoding that is one of texts; None where it is not known."""
    if said is None or not _CODEC_NAME.fullmatch(said.strip()):
        return None
    codec = known(said)
    if codec is None or codec in _NO_TEXT:
        return None
    try:
        b"a".decode(codec, "replace")
    except LookupError:  # base64, zip and their like are codecs, but not of text
        return None
    return codec


def _believed(data: bytes, codec: str | None) -> str:
    """The encoding to read the bytes in, when `codec` is what the mail says."""
    found = of_bytes(data)
    if codec is None or codec in _WESTERN_NAMES:  # the latter stand where nobody thought about it
        return found
    if codec in {GB18030, BIG5}:
        other = BIG5 if codec == GB18030 else GB18030
        if found.startswith("utf"):
            return found
        better = likeness(data, other) > likeness(data, codec) + _MUCH_BETTER
        return other if better else codec
    return codec if _borne_out(data, codec) else found


def _borne_out(data: bytes, codec: str) -> bool:
    """Whether hardly anything of the bytes is unreadable in the encoding: the end may be cut."""
    text = data.decode(codec, "replace")
    return text.count("\ufffd") * _DAMAGED <= _DAMAGED + sum(sign > "\x7f" for sign in text)
