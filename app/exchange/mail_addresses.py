"""Names and addresses in a mail's head, as mail programs write them and as they should not."""

import re
from collections.abc import Iterator
from typing import Final

from app.exchange.mail_decoding import raw_decoded, words_decoded
from app.exchange.mail_parts import Address, one_line

_MOST: Final = 2_000  # people in one line
_EMAIL: Final = re.compile(r"[^\s<>,;()\"]{1,128}@[^\s<>,;()\"]{1,255}")
_PAIRS: Final = {'"': '"', "<": ">", "(": ")"}
_ESCAPED: Final = re.compile(r"\\(.)")
_GROUP: Final = re.compile(r"^[^<>@\"]{0,100}:")


def addresses(value: str | None) -> tuple[Address, ...]:
    """The people in a From, To or Cc line; what holds neither name nor address is left out."""
    found = (_address(part) for part in _split(raw_decoded(value or "")))
    return tuple([one for one in found if one is not None][:_MOST])


def _split(text: str) -> Iterator[str]:
    """The parts between commas or semicolons that stand neither in quotes nor in brackets."""
    start, closing, place = 0, "", 0
    while place < len(text):
        sign = text[place]
        if sign == "\\" and closing in {'"', ")"}:
            place += 1
        elif closing:
            closing = "" if sign == closing else closing
        elif sign in _PAIRS:
            # one that is never closed is a sign like any other
            closing = _PAIRS[sign] if _PAIRS[sign] in text[place + 1 : place + 1_000] else ""
        elif sign in ",;":
            yield text[start:place]
            start = place + 1
        place += 1
    yield text[start:]


def _address(part: str) -> Address | None:
    part = _GROUP.sub("", part.strip()).strip()
    before, opening, rest = part.rpartition("<")
    if opening and _EMAIL.search(rest):
        email: str | None = _EMAIL.findall(rest)[-1]
        shown = before
    else:
        bare = _EMAIL.search(part)
        email = None if bare is None else bare[0]
        shown = part if bare is None else part.replace(bare[0], "")
    name = _name(shown)
    if not name and email is None:
        return None
    return Address("" if name == email else name, email)


def _name(shown: str) -> str:
    """The name as it reads: without its quotation marks, its encoded words decoded."""
    text = _ESCAPED.sub(r"\1", shown.replace("<>", "")).strip().strip('"').strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return one_line(words_decoded(text)).strip("\"'").strip()
