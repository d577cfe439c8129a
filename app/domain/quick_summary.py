"""A line without some of its stretches: nothing else of it is lost but what held them apart."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.script import is_han

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


def left_over(line: str, start: int, end: int, gone: Sequence[tuple[int, int]]) -> str:
    """line[start:end] without the ranges `gone`, in one line and without separators at its ends.

    A gap closes in Chinese and stays a space where the rest is written with spaces.
    """
    pieces, place = [], start
    for first, last in sorted(gone):
        if first > place:
            pieces.append(line[place : min(first, end)])
        place = max(place, last)
    pieces.append(line[place:end] if place < end else "")
    text = ""
    for piece in pieces:
        spaced = text and piece and _spaced(text[-1]) and _spaced(piece[0])
        text += f" {piece}" if spaced else piece
    return stripped(" ".join(text.split()))


def _spaced(char: str) -> bool:
    """Is it written with spaces between words?"""
    return char.isalnum() and not is_han(char)


def _with(text: str, piece: str) -> str:
    """`piece` behind what was kept so far, with a space or its own separator between."""
    more = " ".join(piece.split())
    if not text or text[-1] in SEPARATORS:
        more = _LEADING.sub("", more)
    if not (text and more):
        return text or more
    apart = "" if text[-1] in _WIDE or more[0] in SEPARATORS else " "
    return f"{text}{apart}{more}"
