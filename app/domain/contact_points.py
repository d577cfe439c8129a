"""Contact points: what is typed, and the form in which two of them can be compared."""

from typing import Final

from app.domain import emails, phones
from app.domain.script import fold
from app.domain.vocabulary import PointKind
from app.i18n import Message

REGIONS: Final = ("CN", "TW")


def normalise(kind: str, raw: str) -> str:
    """E.164 for phones, folded text otherwise; empty when there is nothing to compare.

    The same number must come out the same in every workspace and on every machine, so it does not
    depend on a setting: a number without a country is a mainland one, or else one of Taiwan.
    """
    match kind:
        case PointKind.PHONE:
            return _number(raw)
        case PointKind.EMAIL:
            return emails.normalise(raw)
        case _:
            return " ".join(fold(raw).split())


def _number(raw: str) -> str:
    mainland = phones.parse(raw, REGIONS[0])
    if mainland.is_valid:
        return mainland.normalised
    taiwan = phones.parse(raw, REGIONS[1])
    return taiwan.normalised if taiwan.is_valid else mainland.normalised


def problem(kind: str, raw: str, region: str = "CN") -> Message | None:
    """What is wrong with a contact point, for the field it is typed into."""
    match kind:
        case PointKind.PHONE:
            return phones.problem(raw, region)
        case PointKind.EMAIL:
            return emails.problem(raw)
        case PointKind.WEBSITE if "@" in raw and emails.problem(raw) is None:
            return Message("This is an e-mail address. Choose E-mail for it.")
        case _:
            return None
