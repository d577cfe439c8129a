"""How a name is put in order and how it is shortened to a badge."""

import re
import unicodedata
from typing import Final

from app.domain.pinyin import of_plain
from app.domain.script import fold, plain, simplify
from app.domain.spelling import SIGN, WORD

MAX_SORT_KEY: Final = 120
_MAX_SPELLED: Final = 88
# Private use, above every character in use.
_NO_LETTERS: Final = "\U000f0000"
_NO_BADGE: Final = "?"
_UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_DIGITS: Final = re.compile(r"[0-9]+")


def is_invisible(name: str) -> bool:
    """Whether nobody would see anything of it: nothing, or spaces and signs without a width."""
    return all(unicodedata.category(sign) in _UNSEEN for sign in name)


def sort_key(name: str) -> str:
    """What names are ordered by, character by character (BINARY, COLLATE "C").

    Chinese names stand among Latin ones by their pinyin, syllable by syllable and without tones,
    equal ones by their characters; numbers by their value and before letters; symbols count for
    nothing, and a name of nothing else comes last. At most MAX_SORT_KEY characters.
    """
    text = plain(name[: MAX_SORT_KEY * 2])
    if text.isascii():
        spelled = " ".join(WORD.findall(text))
        own = ""
    else:
        simple = simplify(text)
        read = of_plain(text)
        words = [(match[0], read[match.start()]) for match in WORD.finditer(simple)]
        spelled = " ".join([options[0] if options else word for word, options in words])
        own = "".join([word for word, options in words if options])
    spelled = _DIGITS.sub(_by_value, spelled)[:_MAX_SPELLED] or _NO_LETTERS + text
    # The tab is below every other character, so that 张 comes before 张三.
    return f"{spelled}\t{own}"[:MAX_SORT_KEY] if own else spelled[:MAX_SORT_KEY]


def _by_value(digits: re.Match[str]) -> str:
    """Digits that compare as their number does: 9 is 019, 10 is 0210."""
    value = digits[0].lstrip("0")
    return f"{min(len(value), 99):02d}{value}"


def initials(name: str) -> str:
    """One Chinese (Japanese, Korean …) character, or up to two capital letters; "?" if neither."""
    words = WORD.findall(fold(name))
    if not words:
        return _NO_BADGE
    if SIGN.match(words[0]):
        return next(char for char in plain(name) if SIGN.match(char))
    latin = [word for word in words if not SIGN.match(word)]
    return "".join(word[0] for word in latin[:2]).upper()[:2]
