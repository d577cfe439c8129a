"""What a field of a customer holds, in words."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.customer import ContactDraft, PointDraft
from app.domain.field_words import birthday_words
from app.domain.vocabulary import LABELS
from app.i18n import tr

_REFERENCES: Final = ("owner_id", "parent_id", "referred_by_id")


def value_words(field: str, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    """A value of a draft; `names` are those of staff and customers, by field and id."""
    if value is None or value in ("", ()):
        return tr("empty")
    if field in _REFERENCES:
        return names.get((field, value), f"#{value}")
    if field == "birthday":
        return birthday_words(value)
    if isinstance(value, StrEnum):
        return str(LABELS[value])
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " · ".join(_part(one) for one in value)
    return str(value)


def _part(one: str | ContactDraft | PointDraft) -> str:
    match one:
        case ContactDraft():
            return f"{one.name} {one.title}".strip()
        case PointDraft():
            return one.raw
        case _:
            return one
