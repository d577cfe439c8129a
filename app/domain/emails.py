"""E-mail addresses: one form to compare, and a plain check of the spelling.

The check follows RFC 5321's sizes and the dot-atom of RFC 5322, with letters of any script
(RFC 6531). Quoted local parts and addresses by IP number are refused: no customer has one.
"""

import re
import unicodedata
from typing import Final

from app.i18n import Message

LONGEST: Final = 254
"""RFC 5321 4.5.3.1.3, less the angle brackets."""
LONGEST_LOCAL: Final = 64

_WRAPPED = re.compile(r"[^<>]*<([^<>]*)>")
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_DOTS = str.maketrans("。｡", "..")


def normalise(raw: str) -> str:
    """The form in which two addresses are compared; as good as it gets for one that is wrong.

    Small letters, half width, without invisible characters, "mailto:" and a display name.
    """
    if len(raw) > 10 * LONGEST:
        return raw.strip()
    text = unicodedata.normalize("NFKC", raw).translate(_INVISIBLE).strip()
    wrapped = _WRAPPED.fullmatch(text)
    if wrapped:
        text = wrapped[1].strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0].strip()
    local, at, domain = text.rpartition("@")
    # NFC again: making letters small can take a composed one apart.
    return unicodedata.normalize("NFC", f"{local}{at}{domain.translate(_DOTS)}".lower())


def problem(raw: str) -> Message | None:
    """What is wrong with `raw` as one address, for the field; None if it is right or blank."""
    address = normalise(raw)
    if not address:
        return None
    if len(address) > LONGEST:
        return Message(
            "An e-mail address has at most {limit} characters.", params={"limit": LONGEST}
        )
    return _shape_problem(address)


def _shape_problem(address: str) -> Message | None:
    local, at, domain = address.partition("@")
    if not at:
        return Message("There is no @ in the e-mail address.")
    if "@" in domain:
        return Message("There is more than one @: enter each e-mail address separately.")
    if any(map(str.isspace, address)):
        return Message("There is a space in the e-mail address.")
    if not local or not domain:
        return Message("Type the whole e-mail address, before and after the @.")
    if len(local) > LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        return Message("The part before the @ is not right: “{part}”.", params={"part": local})
    return _domain_problem(domain)


def _domain_problem(domain: str) -> Message | None:
    labels = domain.split(".")
    if len(labels) == 1:
        return Message("“{domain}” has no ending such as .com or .cn.", params={"domain": domain})
    if not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdecimal():
        return Message("The part after the @ is not right: “{part}”.", params={"part": domain})
    return None
