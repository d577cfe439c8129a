"""Two people changed one customer: what becomes of it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.customer import FIELDS, ContactDraft, CustomerDraft, PointDraft
from app.domain.vocabulary import LABELS
from app.i18n import tr

_REFERENCES: Final = ("owner_id", "parent_id", "referred_by_id")
TOGETHER: Final = ("contacts", "points")
"""Fields that are only taken together: a contact point names its contact by place."""


def changed(before: CustomerDraft, now: CustomerDraft) -> list[str]:
    """The fields in which two drafts differ."""
    return [name for name in FIELDS if getattr(before, name) != getattr(now, name)]


def merged(
    before: CustomerDraft, theirs: CustomerDraft, mine: CustomerDraft, keep_mine: Collection[str]
) -> CustomerDraft:
    """What they saved, with what I typed where they changed nothing, or where I chose mine."""
    own, others = set(changed(before, mine)), set(changed(before, theirs))
    kept = {name for name in own if name not in others or name in keep_mine}
    if own & set(TOGETHER):
        whole = not (others & set(TOGETHER)) or bool(set(keep_mine) & set(TOGETHER))
        kept = (kept | set(TOGETHER)) if whole else kept - set(TOGETHER)
    return replace(theirs, **{name: getattr(mine, name) for name in kept})


def words(field: str, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    """A value of a draft, as the dialog shows it; `names` are those of staff and customers."""
    if value is None or value in ("", ()):
        return tr("empty")
    if field in _REFERENCES:
        return names.get((field, value), f"#{value}")
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
