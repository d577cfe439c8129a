"""Contact points: what is typed, and the form in which two of them can be compared."""

from app.domain import emails, phones
from app.domain.script import fold
from app.domain.vocabulary import PointKind
from app.i18n import Message


def normalise(kind: str, raw: str, region: str = "CN") -> str:
    """E.164 for phones, folded text otherwise; empty when there is nothing to compare."""
    match kind:
        case PointKind.PHONE:
            return phones.parse(raw, region).normalised
        case PointKind.EMAIL:
            return emails.normalise(raw)
        case _:
            return " ".join(fold(raw).split())


def problem(kind: str, raw: str, region: str = "CN") -> Message | None:
    """What is wrong with a contact point, for the field it is typed into."""
    match kind:
        case PointKind.PHONE:
            return phones.problem(raw, region)
        case PointKind.EMAIL:
            return emails.problem(raw)
        case _:
            return None
