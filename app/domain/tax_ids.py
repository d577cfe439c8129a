"""Tax ids of organisations: 统一社会信用代码 and Taiwan's 統一編號.

Sources. GB 32100-2015《法人和其他组织统一社会信用代码编码规则》: 18 characters, of them
1 registering department, 1 kind of organisation, 6 digits of the place (GB/T 2260), 9 of the
organisation code and 1 check character; figures and capital letters without I, O, S, V and Z;
weights 3^(i-1) mod 31, and the check character makes the weighted sum divisible by 31.
31 is prime and no weight is 0, so every single wrong character is noticed.
A few codes given out in trial districts before the standard do not keep to it; they are refused.

Taiwan, Ministry of Finance 財政部「營利事業統一編號檢查碼邏輯修正說明」(in use since April 2023):
8 digits, weights 1 2 1 2 1 2 4 1, the digits of the products added up; the sum must be divisible
by 5 (formerly 10). If the 7th digit is 7 its product 28 gives 2 + 8 = 10, which may count as 1
or as 0.
"""

import re
import unicodedata
from typing import Final

from app.i18n import Message

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH: Final = 18
TAIWAN_LENGTH: Final = 8

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, index, 31) for index in range(LENGTH - 1))
_TAIWAN_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2"}
_IGNORED = re.compile(r"[\s\u200b\u2060\ufeff\-‐‑–—_.·]+")
_OLD_REGISTRATION_LENGTH = 15
_PLACE = slice(2, 8)


def normalise(raw: str) -> str:
    """Capitals and figures in half width, without spaces and hyphens; nothing is corrected."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", raw)).upper()


def check_character(first17: str) -> str:
    """The 18th character for the first 17 of ALPHABET (GB 32100-2015, 5.3)."""
    total = sum(_VALUES[c] * weight for c, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def problem(raw: str) -> Message | None:
    """Which rule `raw` breaks, for the field; None if it is a valid id, or blank."""
    code = normalise(raw)
    if not code:
        return None
    if len(code) == TAIWAN_LENGTH and code.isascii() and code.isdecimal():
        return _taiwan_problem(code)
    if len(code) == _OLD_REGISTRATION_LENGTH and code.isascii() and code.isdecimal():
        return Message(
            "15 digits are the old registration number: "
            "enter the unified social credit code with 18 characters."
        )
    if len(code) != LENGTH:
        return Message(
            "{count} character: a unified social credit code has 18, a Taiwan tax id 8 digits.",
            "{count} characters: a unified social credit code has 18, a Taiwan tax id 8 digits.",
            {"count": len(code)},
        )
    return _character_problem(code) or _check_problem(code)


def _character_problem(code: str) -> Message | None:
    for position, character in enumerate(code, start=1):
        if character in _LOOKALIKES:
            return Message(
                "Character {position} is the letter {letter}, which never occurs: "
                "is it the digit {digit}?",
                params={
                    "position": position,
                    "letter": character,
                    "digit": _LOOKALIKES[character],
                },
            )
        if character not in _VALUES:
            return Message(
                "Character {position} is “{character}”, which never occurs in this code.",
                params={"position": position, "character": character},
            )
    if not code[_PLACE].isdecimal():
        return Message("Characters 3 to 8 are the place of registration and must be digits.")
    return None


def _check_problem(code: str) -> Message | None:
    expected = check_character(code[:-1])
    if code[-1] == expected:
        return None
    return Message(
        "The check character does not fit: after {start} comes {expected}, not {found}. "
        "One of the characters is mistyped.",
        params={"start": code[:-1], "expected": expected, "found": code[-1]},
    )


def _taiwan_problem(code: str) -> Message | None:
    products = [int(digit) * weight for digit, weight in zip(code, _TAIWAN_WEIGHTS, strict=True)]
    total = sum(product // 10 + product % 10 for product in products)
    # 2 + 8 = 10 counts as 1 or 0 by adding its digits once more; 10 itself is 0 modulo 5.
    allowed = {total % 5, (total + 1) % 5} if code[6] == "7" else {total % 5}
    if 0 in allowed:
        return None
    return Message(
        "The check digit of this Taiwan tax id does not fit: one of the 8 digits is mistyped."
    )
