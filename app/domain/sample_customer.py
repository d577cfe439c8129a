"""A sample customer as drawn, and the plan of the whole sample."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain import sample_points as points
from app.domain.sample_due import SamplePromise, SampleReminder
from app.domain.sample_parties import Culture
from app.domain.sample_talks import SampleFact, SampleTalk
from app.domain.vocabulary import Grade, Kind, Stage

BLOCK: Final = 2_000
"""Customers that are drawn together."""


@dataclass(frozen=True, slots=True)
class SampleContact:
    name: str
    title: str
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class SamplePoint:
    """`contact` is the place among the customer's contacts; `point` is kind, raw, normalised."""

    point: points.Point
    contact: int | None


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """`owner` is a place in STAFF; `parent` and `referred_by` are places within the block.

    `source` and `tags` are keys of SOURCES and TAGS.
    """

    number: int
    kind: Kind
    culture: Culture
    name: str
    other_names: str
    grade: Grade | None
    stage: Stage
    source: str
    region: str
    address: str
    tax_id: str
    notes: str
    created: datetime
    since: date | None
    last_contact: date | None
    owner: int | None = None
    parent: int | None = None
    referred_by: int | None = None
    tags: tuple[str, ...] = ()
    contacts: tuple[SampleContact, ...] = ()
    points: tuple[SamplePoint, ...] = ()
    talks: tuple[SampleTalk, ...] = ()
    facts: tuple[SampleFact, ...] = ()
    birthday: str = ""
    promises: tuple[SamplePromise, ...] = ()
    reminders: tuple[SampleReminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole sample: how many, of which seed, as of when; `first` is the first number given."""

    customers: int
    seed: int
    now: datetime
    today: date
    first: int = 1

    def blocks(self) -> range:
        return range(-(-self.customers // BLOCK))
