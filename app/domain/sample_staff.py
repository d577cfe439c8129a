"""Who works at the sample business, and who looks after which customers."""

from dataclasses import dataclass
from typing import Final

from app.domain.sample_draw import Weighted
from app.domain.sample_parties import Culture
from app.domain.vocabulary import Role

TEAMS: Final = ("east", "pacific")


@dataclass(frozen=True, slots=True)
class SampleStaff:
    """`team` is one of TEAMS, or empty."""

    name: str
    role: Role
    team: str = ""


STAFF: Final = (
    SampleStaff("李娜", Role.DIRECTOR),
    SampleStaff("孙静", Role.MANAGER),
    SampleStaff("周凯", Role.LEAD, "east"),
    SampleStaff("王磊", Role.SALESPERSON, "east"),
    SampleStaff("陈晨", Role.SALESPERSON, "east"),
    SampleStaff("刘洋", Role.SALESPERSON, "east"),
    SampleStaff("Grace Lin", Role.LEAD, "pacific"),
    SampleStaff("王郁婷", Role.SALESPERSON, "pacific"),
    SampleStaff("Daniel Wu", Role.SALESPERSON, "pacific"),
)
_EAST: Final[tuple[tuple[int | None, float], ...]] = (
    (0, 9), (1, 4), (2, 22), (3, 27), (4, 20), (5, 16), (None, 2),
)  # fmt: skip
_PACIFIC: Final[tuple[tuple[int | None, float], ...]] = (
    (0, 5), (6, 30), (7, 45), (8, 18), (None, 2),
)  # fmt: skip
_OVERSEAS: Final[tuple[tuple[int | None, float], ...]] = (
    (0, 3), (6, 34), (7, 8), (8, 53), (None, 2),
)  # fmt: skip
OWNERS: Final = {
    Culture.MAINLAND: Weighted.of(_EAST),
    Culture.TAIWAN: Weighted.of(_PACIFIC),
    Culture.HONG_KONG: Weighted.of(_PACIFIC),
    Culture.AMERICA: Weighted.of(_OVERSEAS),
}
