"""What the customer's own fields are called, and their stored values in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.domain import birthdays
from app.domain.vocabulary import LABELS, ContactRole, Grade, Influence, Kind, Stage
from app.i18n import Message, tr

FIELD_NAMES: Final[Mapping[str, Message]] = MappingProxyType(
    {
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
)
_FOUNDED: Final = Message("Founded")
CONTACT_NAMES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "name": Message("Name"),
        "title": Message("Title"),
        "role": Message("Role"),
        "influence": Message("Influence"),
        "birthday": Message("Birthday"),
        "note": Message("What to mind"),
        "points": Message("Contact points"),
    }
)
"""Those of a contact."""

_ENUMS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "kind": Kind,
    "stage": Stage,
    "grade": Grade,
    "role": ContactRole,
    "influence": Influence,
}


def field_name(field: str, kind: Kind) -> Message:
    """What a field is called of a customer of this kind: only people have birthdays."""
    if field == "birthday" and kind is not Kind.PERSON:
        return _FOUNDED
    return FIELD_NAMES[field]


def stored_words(field: str, stored: Any) -> str:
    """A stored value as people read it, on one line; "" for nothing."""
    if stored in (None, "", ()):
        return ""
    if field in _ENUMS:
        return str(LABELS[_ENUMS[field](stored)])
    if field == "birthday":
        return birthday_words(stored)
    if isinstance(stored, tuple):
        return " · ".join(map(str, stored))
    if isinstance(stored, bool):
        return tr("Yes") if stored else tr("No")
    return " · ".join(str(stored).splitlines())


def birthday_words(stored: str) -> str:
    """A stored birthday as it is said; as it is where an import left something else."""
    try:
        return birthdays.describe(birthdays.load(stored)) if stored else ""
    except ValueError:
        return stored
