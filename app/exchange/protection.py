"""Text that a spreadsheet would run as a formula, made harmless and turned back.

A spreadsheet opening a delimited file reads a cell that begins with = + - @ (or their full-width
forms), or with a tab or line break before them, as a formula. An apostrophe in front makes it text.
The two functions are inverses of each other for every text: text that itself begins with
apostrophes and such a character gets one more, and one is taken away on reading.
"""

import re
from typing import Final

_STARTS: Final = "=+\\-@\\t\\r\\n＝＋－＠"
MAYBE_RISKY: Final = frozenset("'=+-@\t\r\n＝＋－＠")  # first signs worth a closer look
_RISKY: Final = re.compile(f"'*[{_STARTS}]")
_PROTECTED: Final = re.compile(f"'+[{_STARTS}]")
# A signed figure computes to itself: a telephone number or an amount may stand as it is.
_FIGURE: Final = re.compile(r"[+-][0-9][0-9 ]*(?:[.,][0-9]+)?")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might compute the text instead of showing it."""
    return _RISKY.match(text) is not None and _FIGURE.fullmatch(text) is None


def protect(text: str) -> str:
    """The text as it may stand in a delimited file."""
    return f"'{text}" if is_risky(text) else text


def unprotect(text: str) -> str:
    """The text without the apostrophe that `protect` put before it."""
    return text[1:] if _PROTECTED.match(text) else text
