"""Customers of one's own whom nobody spoke with for longer than the rules allow."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.db.database import Database
from app.db.ids import id_set
from app.db.scope import ActorSession
from app.domain import filters
from app.domain.reminders import ReminderKind
from app.domain.rules import RuleParams, load_params
from app.domain.vocabulary import Actor, Stage
from app.models import Contact, Customer, Interaction, ReminderRule
from app.queries import rules as queries
from app.queries.customers import FIELDS
from app.queries.filters import condition

RHYTHM: Final = timedelta(days=3 * 365)
"""How far back the usual rhythm of a customer is looked for."""
FEWEST: Final = 3
"""Contacts on different days without which there is no rhythm."""


@dataclass(frozen=True, slots=True)
class SilentLine:
    """A silent customer: `days` since the last contact, of which `allowed` are.

    `usual` is the median of the days between contacts before, None where they are too few;
    `contact` is the first of its contacts, "" if it has none.
    """

    customer_id: int
    customer: str
    contact: str
    last_contact: date
    days: int
    allowed: int
    usual: int | None


@dataclass(frozen=True, slots=True)
class Silent:
    """How many of the actor's customers are silent, and those who are it worst."""

    count: int
    lines: tuple[SilentLine, ...]


NOBODY: Final = Silent(0, ())


class SilenceService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def silent(self, actor: Actor, limit: int = 5) -> Silent:
        """The actor's own customers that are silent by the rules that are on.

        First those whose silence is longest compared with what their rule allows. Customers nobody
        ever spoke with are left out, and lost ones.
        """
        with self._db.read(actor) as session:
            own = Customer.owner_id == (actor.id or 0)
            return silent_of(session, own, self._db.clock.today(), limit)


def silent_of(session: ActorSession, whose: ColumnElement[bool], today: date, limit: int) -> Silent:
    """The same for customers of whomever, within an open session."""
    held = _rules(session, today)
    if not held:
        return NOBODY
    there = (whose, Customer.stage != Stage.LOST.value)
    by_rule = [and_(queries.silent_by(params, today), *segment) for params, segment in held]
    count = _count(session, or_(*by_rule), *there)
    found: dict[int, tuple[float, Any, int]] = {}
    for params, segment in held:
        for days, which in queries.classes_by_days(params).items():
            since = Customer.last_contact < today - timedelta(days=days)
            for row in _longest(session, limit, which, since, *there, *segment):
                silent_for = (today - row.last_contact).days
                found.setdefault(row.id, (-silent_for / days, row, days))
    worst = sorted(found.values(), key=lambda one: (one[0], one[1].id))[:limit]
    return Silent(count, _lines(session, worst, today))


def _rules(
    session: ActorSession, today: date
) -> list[tuple[RuleParams, list[ColumnElement[bool]]]]:
    """What the rules of silence that are on say, and for whom."""
    held = session.scalars(
        select(ReminderRule).where(
            ReminderRule.kind == ReminderKind.SILENCE.value, ReminderRule.active
        )
    )
    return [(load_params(one.params), _segment(session, one.filter, today)) for one in held]


def _segment(session: ActorSession, text: str, today: date) -> list[ColumnElement[bool]]:
    if not text.strip():
        return []
    return [condition(filters.parse(text, FIELDS), session.actor, today)]


def _count(session: ActorSession, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(Customer.id)).where(*where)) or 0


def _longest(session: ActorSession, limit: int, *where: ColumnElement[bool]) -> Any:
    query = select(Customer.id, Customer.name, Customer.last_contact).where(*where)
    return session.execute(query.order_by(Customer.last_contact, Customer.id).limit(limit)).all()


def _lines(
    session: ActorSession, worst: list[tuple[float, Any, int]], today: date
) -> tuple[SilentLine, ...]:
    ids = [row.id for _, row, _ in worst]
    contacts, rhythms = _contacts(session, ids), _rhythms(session, ids, today)
    return tuple(
        SilentLine(
            row.id,
            row.name,
            contacts.get(row.id, ""),
            row.last_contact,
            (today - row.last_contact).days,
            allowed,
            rhythms.get(row.id),
        )
        for _, row, allowed in worst
    )


def _contacts(session: ActorSession, ids: list[int]) -> dict[int, str]:
    rows = session.execute(
        select(Contact.customer_id, Contact.name)
        .where(Contact.customer_id.in_(id_set(session, ids)))
        .order_by(Contact.position.desc(), Contact.id.desc())
    )
    return dict(rows.all())


def _rhythms(session: ActorSession, ids: list[int], today: date) -> dict[int, int]:
    """The median of the days between the days of contact, by customer."""
    begin = datetime.combine(today - RHYTHM, datetime.min.time()).astimezone()
    rows = session.execute(
        select(Interaction.customer_id, Interaction.at).where(
            Interaction.customer_id.in_(id_set(session, ids)), Interaction.at >= begin
        )
    )
    days: defaultdict[int, set[date]] = defaultdict(set)
    for customer_id, at in rows:
        days[customer_id].add(at.astimezone().date())
    return {one: usual_gap(held) for one, held in days.items() if len(held) >= FEWEST}


def usual_gap(days: set[date]) -> int:
    """The median of the days between one and the next, rounded."""
    held = sorted(days)
    gaps = [(after - before).days for before, after in pairwise(held)]
    return round(median(gaps))
