"""Phone numbers in every form people write them.

What was typed is always kept. A plain mainland mobile, which is nearly every number in a
Chinese customer list, is read without the phone library: the library takes some 40 µs a number.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.domain import phone_plans
from app.i18n import Message, tr

LONGEST: Final = 200
"""Longer text is not read as a number; its digits are kept."""
MOST_NUMBERS: Final = 50
"""One cell gives at most so many numbers; the last keeps what remains."""

LONGEST_CELL: Final = 5_000
"""What a cell holds beyond this stays with its last number."""
MOBILE_DIGITS: Final = 11
_SHORTEST_NUMBER = 5  # 10086 and 95588 stand alone; fewer digits belong to their neighbour

_PLAIN_MOBILE = re.compile(
    r"\s*(?:(\+\s?|00|)86[ -]?)?(1[3-9][0-9])[ -]?([0-9]{4})[ -]?([0-9]{4})\s*"
)
_ODD_MOBILE = re.compile(
    r"[(\s]*(?:(\+\s?|00|)[(]?86[\s.)-]*)?(1[\s.-]?[3-9](?:[\s.-]?[0-9]){9})[\s.)]*"
)
_EXTENSION = re.compile(
    r"(?:转|轉|分机号?|分機號?|内线|內線|;?\s?\bext(?:ension)?\b|(?<=\d)ext|(?<=[\d\s])x|#|,)"
    r"[\s.:=]{0,3}([0-9]{1,8})[\s)]*$",
    re.IGNORECASE,
)
_HYPHEN_EXTENSION = re.compile(r"^(.*[0-9][)\s]*)-\s?([0-9]{1,6})\s*$")
_LONG_RUN = re.compile(r"[0-9]{7}[)\s]*$")
_LOCAL = {"CN": re.compile(r"[2-8][0-9]{6,7}")}
_SERVICE = {"CN": re.compile(r"1[0-2][0-9]{1,4}|9[56][0-9]{3,4}")}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー－~～"), "-")
_SEPARATOR = re.compile(r"([/;,|、；，／\n\r\t]|或者?|\bor\b)", re.IGNORECASE)
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=\d{7})\s+(?=\+?\d{7})")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as typed and as compared.

    `normalised` is E.164 ("+8613812345678") for a valid number, the typed digits for one that
    is not, and empty where there are no digits. `extension` is never part of it.
    """

    raw: str
    normalised: str
    extension: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether the number could be put into international form."""
        return self.normalised.startswith("+")


def parse(raw: str, region: str = "CN") -> Phone:
    """Read one number; `region` (ISO 3166, two letters) is where it was written. Never fails."""
    found = _PLAIN_MOBILE.fullmatch(raw) if len(raw) <= LONGEST else None
    if found:
        prefix, first, middle, last = found.groups()
        if prefix or region == "CN":
            return Phone(raw, f"+86{first}{middle}{last}")
    return _parse_any(raw, region)


_LINES: Final = re.compile(r"\+86(?!1[3-9][0-9]{9}$)|\+886(?!9)|\+852[23]|\+853(?!6)")


def is_office_line(normalised: str) -> bool:
    """Whether it is surely no mobile: a line that colleagues share (China, Taiwan, HK, Macau)."""
    return _LINES.match(normalised) is not None


def display(phone: Phone) -> str:
    """Grouped for reading: "138 1234 5678", foreign numbers in international form.

    A number that is not valid is shown as typed, on one line.
    """
    if not phone.is_valid:
        return " ".join(phone.raw.split())
    national = phone.normalised.removeprefix("+86")
    number = (
        _grouped_mainland(national) if national != phone.normalised else _grouped_foreign(phone)
    )
    if not phone.extension:
        return number
    return tr("{number} ext. {extension}", number=number, extension=phone.extension)


def problem(raw: str, region: str = "CN") -> Message | None:
    """What is wrong with `raw` as one number, for the field; None if it is right or blank."""
    if not raw.strip():
        return None
    phone = parse(raw, region)
    if phone.is_valid:
        return None
    if not phone.normalised:
        return Message("There are no digits: type the number, or put the text in a note.")
    if sum(parse(part, region).is_valid for part in split_many(raw)) > 1:
        return Message("This is more than one number: enter each one separately.")
    return _digit_problem(phone.normalised, region)


def split_many(cell: str) -> list[str]:
    """The numbers of one cell, each as typed, at most MOST_NUMBERS of them.

    Nothing is lost: a piece too short to be a number ("65521234/35", "ext. 12") stays with its
    neighbour, what comes after the last number allowed stays with that one, and a cell without
    digits is one piece. A cell of mere punctuation gives none.
    """
    parts: list[str] = []
    waiting = ""  # text before the first digits, such as a name
    for separator, piece in _pieces(cell[:LONGEST_CELL]):
        digits = sum(map(str.isdecimal, piece))
        if parts and (digits < _SHORTEST_NUMBER or len(parts) == MOST_NUMBERS):
            parts[-1] += separator + piece
        elif digits:
            parts.append(waiting + (separator if waiting else "") + piece)
            waiting = ""
        else:
            waiting += separator + piece
    parts = parts or [waiting]
    parts[-1] += cell[LONGEST_CELL:]
    trimmed = (part.strip("/;,|、；，／ \t\r\n\u3000") for part in parts)
    return [part for part in trimmed if any(map(str.isalnum, part))]


def _pieces(cell: str) -> Iterator[tuple[str, str]]:
    """Each piece of text with the separator in front of it."""
    separator = ""
    for index, text in enumerate(_SEPARATOR.split(cell)):
        if index % 2:
            separator = text
            continue
        for piece in _SPACE_BETWEEN_NUMBERS.split(text):
            yield separator, piece
            separator = " "


def _parse_any(raw: str, region: str) -> Phone:
    text = _ascii_digits(raw)
    if len(text) > LONGEST:
        return Phone(raw, _digits(text))
    found = _ODD_MOBILE.fullmatch(text)
    if found and (found[1] or region == "CN"):
        return Phone(raw, "+86" + _digits(found[2]))
    extension = ""
    marked = _EXTENSION.search(text)
    if marked and _digits(text[: marked.start()]):
        text, extension = text[: marked.start()], marked[1]
        return Phone(raw, _e164(text, region) or _digits(text), extension)
    return _parse_hyphenated(raw, text, region)


def _parse_hyphenated(raw: str, text: str, region: str) -> Phone:
    """Tell "65521234-802" (an extension) from "2345-6789" (one number)."""
    hyphen = _HYPHEN_EXTENSION.match(text)
    # After seven digits in a row the hyphen is more likely an extension's than a group's.
    if hyphen and _LONG_RUN.search(hyphen[1]):
        main = _main_number(hyphen[1], region)
        if main:
            return Phone(raw, main, hyphen[2])
    whole = _e164(text, region)
    if whole or not hyphen:
        return Phone(raw, whole or _digits(text))
    main = _main_number(hyphen[1], region)
    return Phone(raw, main, hyphen[2]) if main else Phone(raw, _digits(text))


def _main_number(text: str, region: str) -> str:
    """The number an extension may follow: a valid one, or a local one without area code."""
    valid = _e164(text, region)
    if valid:
        return valid
    digits = _digits(text)
    local = _LOCAL.get(region)
    return digits if local and local.fullmatch(digits) else ""


def _ascii_digits(raw: str) -> str:
    """Full-width and other scripts' digits, dashes, brackets and plus as the plain ones."""
    text = unicodedata.normalize("NFKC", raw[: LONGEST + 1]).translate(_DASHES)
    text += raw[LONGEST + 1 :]
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _digits(text: str) -> str:
    return "".join(c for c in text if "0" <= c <= "9")


def _e164(text: str, region: str) -> str:
    """International form by the phone library; empty if the number is not valid."""
    digits = _digits(text)
    if not digits:
        return ""
    international = "+" in text[: text.index(digits[0])]
    candidates = [f"+{digits}" if international else digits]
    if digits.startswith("00"):
        # 00 is understood everywhere, also where the way out of the country is 011 or 001.
        candidates.append(f"+{digits[2:]}")
    if any(c.isascii() and c.isalpha() for c in text):
        candidates.append(text)  # 1-800-FLOWERS
    for candidate in candidates:
        number = _valid(candidate, region)
        if number:
            return number
    return ""


def _valid(candidate: str, region: str) -> str:
    if candidate.removeprefix("+").isdecimal():
        sure = phone_plans.sure(candidate, region)
        if sure:
            return sure
    import phonenumbers

    try:
        number = phonenumbers.parse(candidate, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _grouped_mainland(national: str) -> str:
    """`national` as in E.164, without the 0 of the area code."""
    if len(national) == MOBILE_DIGITS and national[0] == "1":
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    if national.startswith(("400", "800")):
        return f"{national[:3]} {national[3:6]} {national[6:]}"
    # Area codes have two digits for Beijing and the 2x cities, three elsewhere.
    cut = 2 if national.startswith(("10", "2")) else 3
    local = national[cut:]
    return f"0{national[:cut]} {local[:-4]} {local[-4:]}"


def _grouped_foreign(phone: Phone) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(phone.normalised, None)
    except phonenumbers.NumberParseException:
        # Stored when the library still knew the country code.
        return phone.normalised
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _digit_problem(digits: str, region: str) -> Message | None:
    for allowed in (_LOCAL.get(region), _SERVICE.get(region)):
        if allowed and allowed.fullmatch(digits):
            return None
    count = len(digits)
    if region == "CN" and re.match(r"1[3-9]", digits) and count != MOBILE_DIGITS:
        if count < MOBILE_DIGITS:
            return Message(
                "Only {count} digit: a mobile number has 11.",
                "Only {count} digits: a mobile number has 11.",
                {"count": count},
            )
        return Message(
            "{count} digit: a mobile number has 11.",
            "{count} digits: a mobile number has 11.",
            {"count": count},
        )
    return Message(
        "This is not a valid phone number. Check the digits; "
        "for a number from abroad start with + and the country code."
    )
