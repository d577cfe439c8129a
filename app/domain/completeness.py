"""How complete a customer's record is, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.customer import CustomerDraft
from app.domain.vocabulary import ContactRole, Kind, PointKind
from app.i18n import Message

_REACHED_BY: Final = (PointKind.PHONE, PointKind.EMAIL, PointKind.WECHAT)


@dataclass(frozen=True, slots=True)
class Completeness:
    """`percent` of what is worth knowing, 0 to 100; `missing` names the rest, weightiest first."""

    percent: int
    missing: tuple[Message, ...]


def completeness(draft: CustomerDraft, facts: int) -> Completeness:
    """Weigh what is known; `facts` is how many facts hold.

    Each part has a weight by how much its lack hurts whoever takes the customer over; the
    percentage is the weight of what is known in that of what can be known of this kind.
    """
    parts = _parts(draft, facts)
    whole = sum(weight for weight, _, _ in parts)
    known = sum(weight for weight, there, _ in parts if there)
    missing = sorted((one for one in parts if not one[1]), key=lambda one: -one[0])
    return Completeness(round(100 * known / whole), tuple(words for _, _, words in missing))


def _parts(draft: CustomerDraft, facts: int) -> Sequence[tuple[int, bool, Message]]:
    reached = any(one.kind in _REACHED_BY for one in draft.points)
    common = [
        (20, reached, Message("A way to reach them")),
        (15, facts > 0, Message("A fact they told us")),
        (10, draft.owner_id is not None, Message("Owner")),
        (8, bool(draft.source), Message("Source")),
        (7, draft.grade is not None, Message("Grade")),
        (7, bool(draft.region or draft.address), Message("Region or address")),
        (5, draft.since is not None, Message("Customer since")),
    ]
    if draft.kind is Kind.PERSON:
        return [*common, (8, bool(draft.birthday), Message("Birthday"))]
    decides = any(one.role is ContactRole.DECIDES for one in draft.contacts)
    return [
        *common,
        (15, bool(draft.contacts), Message("A contact")),
        (8, decides, Message("Who decides")),
        (5, bool(draft.tax_id), Message("Tax id")),
    ]
