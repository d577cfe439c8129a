"""What a promise is: how firm it was, and how it stands."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

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


LABELS: Final[Mapping[StrEnum, Message]] = MappingProxyType(
    {
        Firmness.FIRM: Message("Firm"),
        Firmness.INTENDED: Message("Intended"),
        PromiseState.OPEN: Message("Open"),
        PromiseState.KEPT: Message("Kept"),
        PromiseState.BROKEN: Message("Broken"),
        PromiseState.RELEASED: Message("Released"),
    }
)
