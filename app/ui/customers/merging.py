"""Two people changed one customer: what becomes of it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from app.domain.customer import FIELDS, CustomerDraft

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
