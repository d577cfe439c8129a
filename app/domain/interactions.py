"""How we and a customer met: channel, direction, purchase step. Values are stored, labels shown."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.i18n import Message


class Channel(StrEnum):
    """By what way an interaction took place."""

    PHONE = "phone"
    VISIT = "visit"
    EMAIL = "email"
    WECHAT = "wechat"
    LETTER = "letter"
    WEB = "web"
    COUNTER = "counter"


class Direction(StrEnum):
    """Who began: IN is the customer, OUT is us."""

    IN = "in"
    OUT = "out"


class Step(StrEnum):
    """How far the customer is on the way to buying, from first to last."""

    OBSERVE = "observe"
    INTEREST = "interest"
    COMPARE = "compare"
    TRUST = "trust"
    ACT = "act"


LOWEST_RATING: Final = 1
HIGHEST_RATING: Final = 5

LABELS: Final[Mapping[StrEnum, Message]] = MappingProxyType(
    {
        Channel.PHONE: Message("Phone"),
        Channel.VISIT: Message("Visit"),
        Channel.EMAIL: Message("E-mail"),
        Channel.WECHAT: Message("WeChat"),
        Channel.LETTER: Message("Letter"),
        Channel.WEB: Message("Web"),
        Channel.COUNTER: Message("Counter"),
        Direction.IN: Message("Incoming"),
        Direction.OUT: Message("Outgoing"),
        Step.OBSERVE: Message("Observing"),
        Step.INTEREST: Message("Interested"),
        Step.COMPARE: Message("Comparing"),
        Step.TRUST: Message("Trusting"),
        Step.ACT: Message("Acting"),
    }
)
