"""A line without some of its stretches: nothing else of it is lost but what held them apart."""

import re
from collections.abc import Sequence
from typing import Final

SEPARATORS: Final = ",，、;；:：.。"
_WIDE: Final = "，、；：。"
# A dash is one only between spaces: -5 and 600-800 are not held apart by theirs.
_LEADING: Final = re.compile(rf"^(?:[{SEPARATORS}\s]|[-–—](?=\s|$))+")
_TRAILING: Final = re.compile(rf"(?:[{SEPARATORS}\s]|(?:(?<=\s)|^)[-–—])+$")


def stripped(text: str) -> str:
    """Without separators, dashes and spaces at its ends."""
    return _TRAILING.sub("", _LEADING.sub("", text))


def without(line: str, cuts: Sequence[tuple[int, int]]) -> str:
    """`line` without the ranges `cuts` (in order, apart): see the rule in quick_log."""
    if not cuts:
        return " ".join(line.split())
    text, place = "", 0
    for start, end in cuts:
        text = _with(text, line[place:start])
        place = end
    rest = line[place:]
    return _with(text, rest) if stripped(rest) else _TRAILING.sub("", text)


def _with(text: str, piece: str) -> str:
    """`piece` behind what was kept so far, with a space or its own separator between."""
    more = " ".join(piece.split())
    if not text or text[-1] in SEPARATORS:
        more = _LEADING.sub("", more)
    if not (text and more):
        return text or more
    apart = "" if text[-1] in _WIDE or more[0] in SEPARATORS else " "
    return f"{text}{apart}{more}"
