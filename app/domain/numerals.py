"""Small numbers in figures, Chinese characters and English words, in folded text."""

from typing import Final

CHINESE: Final = "零〇一二两三四五六七八九十廿卅"
NUMBER: Final = f"(?:[0-9]{{1,3}}|[{CHINESE}]{{1,3}})"
"""Regular expression of what `value` may understand; not every match is a number."""

_DIGITS: Final = {char: number for number, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_TENS: Final = {"十": 10, "廿": 20, "卅": 30}
_ENGLISH: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
ENGLISH_NUMBER: Final = (
    r"(?:[0-9]{1,3}|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)


def value(text: str) -> int | None:
    """The number written, 0 to 999 in figures and 0 to 99 in characters; None if it is none.

    两三 ("two or three") is no number.
    """
    if text.isascii():
        return _ENGLISH.get(text) if not text.isdigit() else int(text)
    if len(text) == 1:
        return _DIGITS.get(text, _TENS.get(text))
    if text[0] in _TENS:
        ones = _DIGITS.get(text[1]) if len(text) == 2 else None
        return _TENS[text[0]] + ones if ones else None
    tens, ones = _DIGITS.get(text[0]), _DIGITS.get(text[2:]) if len(text) > 2 else 0
    if not tens or tens == 1 or text[1] != "十" or ones is None:
        return None
    return tens * 10 + ones
