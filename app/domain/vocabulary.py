"""The closed lists of the business: kinds, roles, stages. Values are stored, labels are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.i18n import Message


class Role(StrEnum):
    """What a staff member may see and do, from least to most."""

    SALESPERSON = "salesperson"
    LEAD = "lead"
    MANAGER = "manager"
    DIRECTOR = "director"


class Kind(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    INTERMEDIARY = "intermediary"


class Stage(StrEnum):
    """Lifecycle stage of a customer."""

    ACQUIRING = "acquiring"
    KEEPING = "keeping"
    GROWING = "growing"
    WINNING_BACK = "winning_back"
    LOST = "lost"


class Grade(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class PointKind(StrEnum):
    """Kind of a contact point."""

    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    WEBSITE = "website"
    ADDRESS = "address"


class ContactRole(StrEnum):
    """What part a contact has in a decision to buy."""

    DECIDES = "decides"
    ADVISES = "advises"
    BUYS = "buys"
    USES = "uses"
    PAYS = "pays"
    RECEIVES = "receives"


class Influence(StrEnum):
    """How much weight a contact's word has."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Origin(StrEnum):
    """Where a change set came from."""

    SCREEN = "screen"
    IMPORT = "import"
    AGENT = "agent"
    COMMAND_LINE = "command_line"


LABELS: Final[Mapping[StrEnum, Message]] = MappingProxyType(
    {
        Role.SALESPERSON: Message("Salesperson"),
        Role.LEAD: Message("Team lead"),
        Role.MANAGER: Message("Manager"),
        Role.DIRECTOR: Message("Director"),
        Kind.PERSON: Message("Person"),
        Kind.COMPANY: Message("Company"),
        Kind.INTERMEDIARY: Message("Intermediary"),
        Stage.ACQUIRING: Message("Acquiring"),
        Stage.KEEPING: Message("Keeping"),
        Stage.GROWING: Message("Growing"),
        Stage.WINNING_BACK: Message("Winning back"),
        Stage.LOST: Message("Lost"),
        Grade.A: Message("A"),
        Grade.B: Message("B"),
        Grade.C: Message("C"),
        PointKind.PHONE: Message("Phone"),
        PointKind.EMAIL: Message("E-mail"),
        PointKind.WECHAT: Message("WeChat"),
        PointKind.WEBSITE: Message("Website"),
        PointKind.ADDRESS: Message("Address"),
        ContactRole.DECIDES: Message("Decides"),
        ContactRole.ADVISES: Message("Advises"),
        ContactRole.BUYS: Message("Buys"),
        ContactRole.USES: Message("Uses it"),
        ContactRole.PAYS: Message("Pays"),
        ContactRole.RECEIVES: Message("Receives goods"),
        Influence.HIGH: Message("Great influence"),
        Influence.MEDIUM: Message("Some influence"),
        Influence.LOW: Message("Little influence"),
        Origin.SCREEN: Message("Window"),
        Origin.IMPORT: Message("Import"),
        Origin.AGENT: Message("Background"),
        Origin.COMMAND_LINE: Message("Command line"),
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at work, with what role, and from where: every read and write carries one.

    `window` tells apart two windows of one person, so that undo takes back what was done here.
    """

    id: int | None
    name: str
    role: Role
    team_id: int | None = None
    origin: Origin = Origin.SCREEN
    window: str = ""

    @property
    def sees_all(self) -> bool:
        return self.role in (Role.MANAGER, Role.DIRECTOR)


SYSTEM: Final = Actor(None, "Shuke", Role.DIRECTOR, origin=Origin.AGENT)
"""The program itself: sets up a workspace, generates sample data, looks after kept figures."""
