"""Lists of promises: ids in their order, lines for them, how many of each, and the story of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db import search
from app.db.database import Database
from app.db.ids import IdVector, fetch_ids, id_set, id_value, named_set
from app.db.kept import Kept
from app.db.scope import ActorSession
from app.domain.interactions import Channel, Direction
from app.domain.promises import Firmness, PromiseQuery, PromiseState, Which
from app.domain.script import spellings
from app.domain.vocabulary import Actor, Kind
from app.errors import NotFound
from app.i18n import Message
from app.models import Contact, Interaction, Promise, PromiseMove, Staff
from app.queries import promises as queries
from app.services.promise_writing import due_of_promise
from app.services.reminder_writing import due_of

MOST: Final = 500
"""Promises of one customer that are listed."""

_LINES: Final = Kept(
    lambda backend: queries.lines().where(Promise.id.in_(named_set(backend, "ids")))
)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise as a line of a list; `moves` is how often it was given another date."""

    id: int
    customer_id: int
    customer: str
    customer_kind: Kind
    contact: str
    maker_id: int | None
    maker: str
    at: datetime
    text: str
    first_due_on: date
    due: date | datetime
    deadline: bool
    firm: Firmness
    state: PromiseState
    reason: str
    closed_at: datetime | None
    moves: int


@dataclass(frozen=True, slots=True)
class PromiseMoved:
    """One move of a promise."""

    at: datetime
    staff: str
    before: date | datetime
    after: date | datetime
    why: str


@dataclass(frozen=True, slots=True)
class SaidIn:
    """The interaction in which a promise was made; `staff` and `contact` are "" if unknown."""

    at: datetime
    channel: Channel
    direction: Direction
    staff: str
    contact: str
    summary: str


@dataclass(frozen=True, slots=True)
class PromiseStory:
    """A promise with every move, in order; who ended it; and where it came from, if known."""

    line: PromiseLine
    moves: tuple[PromiseMoved, ...]
    closed_by: str
    said_in: SaidIn | None


class PromiseLists:
    def __init__(self, db: Database) -> None:
        self._db = db

    @property
    def instant(self) -> bool:
        """Whether `rows` takes a few milliseconds, so that it may be asked while painting."""
        return self._db.engine.dialect.name == "sqlite"

    def ids(self, actor: Actor, query: PromiseQuery) -> IdVector:
        """Every id of the list in its order."""
        with self._db.read(actor) as session:
            found = self._narrowed(session, select(Promise.id), query)
            found = found.where(queries.standing(query.which, *self._present()))
            return fetch_ids(session, queries.ordered(found, query.order))

    def counts(self, actor: Actor, query: PromiseQuery) -> Mapping[Which, int]:
        """How many stand how, whatever `which` the query asks for."""
        with self._db.read(actor) as session:
            found = self._narrowed(session, queries.counted(*self._present()), query)
            rows = session.execute(found).all()
        by_state = {PromiseState(state): (many, late, soon) for state, many, late, soon in rows}
        many, late, soon = by_state.get(PromiseState.OPEN, (0, 0, 0))
        ended = {one: by_state.get(PromiseState(one.value), (0,))[0] for one in queries.OVER}
        return {
            Which.OPEN: many,
            Which.LATE: late,
            Which.WEEK: soon,
            **ended,
            Which.ALL: many + sum(ended.values()),
        }

    def rows(self, actor: Actor, ids: Iterable[int]) -> list[PromiseLine | None]:
        """The lines of these promises, in this order; None for what is gone meanwhile."""
        plain = [int(one) for one in ids]
        with self._db.read(actor) as session:
            rows = session.execute(_LINES.on(session), {"ids": id_value(session, plain)})
            found = {line.id: line for line in (_line(*row) for row in rows)}
        return [found.get(one) for one in plain]

    def still_open(self, actor: Actor, ids: Iterable[int]) -> list[int]:
        """Those of these promises that are not over, in this order."""
        plain = [int(one) for one in ids]
        with self._db.read(actor) as session:
            found = set(
                session.scalars(
                    select(Promise.id).where(
                        Promise.id.in_(id_set(session, plain)),
                        Promise.state == PromiseState.OPEN.value,
                    )
                )
            )
        return [one for one in plain if one in found]

    def story(self, actor: Actor, promise_id: int) -> PromiseStory:
        """All that is known of a promise. Raises NotFound."""
        with self._db.read(actor) as session:
            closer = aliased(Staff)
            asked = (
                queries.lines()
                .add_columns(closer.name)
                .outerjoin(closer, closer.id == Promise.closed_by_id)
                .where(Promise.id == promise_id)
            )
            row = session.execute(asked).one_or_none()
            if row is None:
                raise NotFound(Message("This promise is no longer there. Nothing was changed."))
            *of_line, closed_by = row
            return PromiseStory(
                _line(*of_line),
                tuple(moves_of(session, promise_id)),
                closed_by or "",
                _said_in(session, row[0].interaction_id),
            )

    def _present(self) -> tuple[date, datetime]:
        return self._db.clock.today(), self._db.clock.now()

    def _narrowed(self, session: ActorSession, found: Any, query: PromiseQuery) -> Any:
        found = found.where(queries.made_by(session.actor, query.whose))
        text = query.text.strip()
        if not text:
            return found
        named = id_set(session, search.named(session, text))
        return found.where(queries.says([one for one in spellings(text) if one.strip()], named))


def lines(session: ActorSession, *conditions: Any) -> list[PromiseLine]:
    """Promises as lines: open ones first, by date; then the newest. At most MOST."""
    query = (
        queries.lines()
        .where(*conditions)
        .order_by(Promise.closed_at.is_not(None), Promise.closed_at.desc(), Promise.due_on)
        .limit(MOST)
    )
    return [_line(*row) for row in session.execute(query)]


def moves_of(session: ActorSession, promise_id: int) -> list[PromiseMoved]:
    """Every move of a promise, in order."""
    rows = session.execute(
        select(PromiseMove, Staff.name)
        .outerjoin(Staff, Staff.id == PromiseMove.staff_id)
        .where(PromiseMove.promise_id == promise_id)
        .order_by(PromiseMove.id)
    )
    return [
        PromiseMoved(
            one.at,
            name or "",
            due_of(one.from_on, one.from_at),
            due_of(one.to_on, one.to_at),
            one.why,
        )
        for one, name in rows
    ]


def _said_in(session: ActorSession, interaction_id: int | None) -> SaidIn | None:
    if interaction_id is None:
        return None
    row = session.execute(
        select(Interaction, Staff.name, Contact.name)
        .outerjoin(Staff, Staff.id == Interaction.staff_id)
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .where(Interaction.id == interaction_id)
    ).one_or_none()
    if row is None:
        return None
    one, staff, contact = row
    return SaidIn(
        one.at,
        Channel(one.channel),
        Direction(one.direction),
        staff or "",
        contact or "",
        one.summary,
    )


def _line(
    one: Promise, customer: str, kind: str, contact: str | None, maker: str | None, moves: int
) -> PromiseLine:
    return PromiseLine(
        one.id,
        one.customer_id,
        customer,
        Kind(kind),
        contact or "",
        one.staff_id,
        maker or "",
        one.at,
        one.text,
        one.first_due_on,
        due_of_promise(one),
        one.deadline,
        Firmness(one.firm),
        PromiseState(one.state),
        one.reason,
        one.closed_at,
        moves,
    )
