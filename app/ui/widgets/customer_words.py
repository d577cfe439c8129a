"""How customers are said and coloured wherever they appear."""

from functools import lru_cache
from typing import Final

from app.domain import phones
from app.domain.vocabulary import Grade, Stage
from app.domain.vocabulary import Kind as CustomerKind
from app.i18n import Message
from app.ui.theme import Kind
from app.ui.widgets.avatar import Shape

STAGES: Final[dict[Stage, Kind]] = {
    Stage.ACQUIRING: "calm",
    Stage.KEEPING: "info",
    Stage.GROWING: "good",
    Stage.WINNING_BACK: "warn",
    Stage.LOST: "plain",
}
GRADES: Final[dict[Grade, Kind]] = {Grade.A: "warn", Grade.B: "info", Grade.C: "plain"}
FIELD_NAMES: Final[dict[str, Message]] = {
    "name": Message("Name"),
    "kind": Message("Kind"),
    "other_names": Message("Other names"),
    "code": Message("Code"),
    "grade": Message("Grade"),
    "owner": Message("Owner"),
    "owner_id": Message("Owner"),
    "stage": Message("Stage"),
    "source": Message("Source"),
    "referred_by_id": Message("Referred by"),
    "parent_id": Message("Belongs to"),
    "region": Message("Region"),
    "address": Message("Address"),
    "tax_id": Message("Tax id"),
    "notes": Message("Notes"),
    "birthday": Message("Birthday"),
    "since": Message("Customer since"),
    "last_contact": Message("Last contact"),
    "created": Message("Created"),
    "tag": Message("Tag"),
    "tags": Message("Tags"),
    "contacts": Message("Contacts"),
    "points": Message("Contact points"),
    "phone": Message("Phone"),
    "email": Message("E-mail"),
    "sample": Message("Sample data"),
}


def shape_of(kind: CustomerKind) -> Shape:
    """Round for a person, square for everything else."""
    return "circle" if kind is CustomerKind.PERSON else "square"


@lru_cache(maxsize=4096)
def _phone(raw: str, region: str) -> phones.Phone:
    return phones.parse(raw, region)


def phone_words(raw: str, region: str) -> str:
    """A phone as it reads best; as typed where it has no better form."""
    return phones.display(_phone(raw, region)) if raw else ""
