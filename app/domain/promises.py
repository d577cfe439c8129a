"""What a promise is: how firm it was, how it stands; and what a list of promises asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.reminders import Whose
from app.i18n import Message


class Firmness(StrEnum):
    """How firm it was said."""

    FIRM = "firm"
    INTENDED = "intended"


class PromiseState(StrEnum):
    """How it stands; all but OPEN are ends."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"


class Which(StrEnum):
    """Which promises a list shows: by how they stand, and open ones by when they are due.

    LATE are open ones whose day or moment has passed, WEEK those due today and in the six days
    after it.
    """

    OPEN = "open"
    LATE = "late"
    WEEK = "week"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"
    ALL = "all"


_AHEAD: Final = frozenset({Which.OPEN, Which.LATE, Which.WEEK})


@dataclass(frozen=True, slots=True)
class PromiseQuery:
    """What a list of promises asks for.

    Attributes:
        which: how they stand.
        whose: made by the actor, by their team, by anybody; of it they see only what they may.
        text: what the promise says, or a name of its customer; "" for all.
        sort: due, made, maker or customer, with `-` before it for descending; "" is what comes
            first: what is due next, of what is over the latest.
    """

    which: Which = Which.OPEN
    whose: Whose = Whose.MINE
    text: str = ""
    sort: str = ""

    @property
    def order(self) -> str:
        """`sort`, or what is usual."""
        return self.sort or ("due" if self.which in _AHEAD else "-due")


LABELS: Final[Mapping[StrEnum, Message]] = MappingProxyType(
    {
        Firmness.FIRM: Message("Firm"),
        Firmness.INTENDED: Message("Intended"),
        Which.LATE: Message("Late"),
        Which.WEEK: Message("Next 7 days"),
        Which.ALL: Message("All"),
        PromiseState.OPEN: Message("Pending"),
        PromiseState.KEPT: Message("Kept"),
        PromiseState.BROKEN: Message("Broken"),
        PromiseState.RELEASED: Message("Released"),
    }
)


def moved_to(before: date | datetime, due: date | datetime) -> date | datetime:
    """When it is due after it is moved: a day alone leaves its time of day as it is."""
    if isinstance(due, datetime) or not isinstance(before, datetime):
        return due
    return datetime.combine(due, before.astimezone().time()).astimezone()
