"""What is due: calls for popups, lines for Today, counts, and the log of what was shown."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.orm import aliased

from app.db import deliveries
from app.db.database import Database
from app.db.deliveries import Call
from app.db.scope import ActorSession
from app.domain.interactions import Channel
from app.domain.reminders import (
    Notice,
    Outcome,
    ReminderKind,
    Whose,
    call_after,
    calls,
    load_alarms,
    local_moment,
)
from app.domain.vocabulary import Actor, Role
from app.i18n import Message
from app.models import Contact, Customer, Delivery, Reminder, Staff
from app.queries import reminders as queries
from app.services.reminder_writing import due_of

MOST: Final = 500
"""Calls that are looked at at once, lines that are shown at once."""
MANY: Final = 999
"""Nobody counts further."""


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A reminder as a line of Today, of the calendar, of a customer's page.

    `customer` is "" for one that stands alone, or whose customer the actor may not see; `whose` is
    the name of whose work it is, "" for a role's or nobody's; `made_by_id` who wrote it, None for
    what a rule made.
    """

    id: int
    kind: ReminderKind
    channel: Channel | None
    text: str
    about: str
    due: date | datetime
    due_on: date
    deadline: bool
    rule: str
    customer_id: int | None
    customer: str
    contact: str
    whose_id: int | None
    whose: str
    role: Role | None
    promise_id: int | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    made_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many are late, how many due today, how many were ended today; each counted up to MANY.

    What was put off until another day is neither late nor due.
    """

    late: int
    today: int
    ended: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A popup that was shown: the log's line. `action` is what was done with it, "" nothing yet."""

    reminder_id: int
    at: datetime
    shown_at: datetime
    place: str
    machine: str
    staff: str
    action: str
    acted_at: datetime | None
    text: str
    kind: ReminderKind
    customer_id: int | None
    customer: str
    still_open: bool


class DueService:
    def __init__(self, db: Database) -> None:
        self._db = db

    # ---- popups

    def calling(self, actor: Actor) -> list[Notice]:
        """What of the actor's calls now and was not shown yet: each once, in its newest state."""
        now = self._db.clock.now()
        today = self._db.clock.today()
        with self._db.read(actor) as session:
            rows = session.execute(
                _with_customer(select(Reminder, Customer.name))
                .where(queries.work_of(actor, queries.calling(now)))
                .order_by(Reminder.next_at, Reminder.id)
                .limit(MOST)
            )
            return [_notice(one, customer or "", now, today) for one, customer in rows]

    def next_call(self, actor: Actor) -> datetime | None:
        """When the actor's next reminder calls; one that calls already counts."""
        with self._db.read(actor) as session:
            found = [
                session.scalar(
                    select(Reminder.next_at)
                    .where(whose, Reminder.next_at.is_not(None), queries.still_open())
                    .order_by(Reminder.next_at)
                    .limit(1)
                )
                for whose in (Reminder.whose_id == (actor.id or 0), queries.for_role(actor))
            ]
        return min((one for one in found if one is not None), default=None)

    def claim(self, actor: Actor, notices: Sequence[Notice], place: str) -> list[Notice]:
        """Claim these popups for this program: those that nobody else has shown."""
        if not notices:
            return []
        with self._db.write(actor, Message("Show reminders")) as session:
            held = {
                one.id: one
                for one in session.scalars(
                    select(Reminder).where(
                        Reminder.id.in_([one.reminder_id for one in notices]),
                        queries.still_open(),
                    )
                )
            }
            wanted = [
                Call(one.reminder_id, one.at, _then(held[one.reminder_id], one.at))
                for one in notices
                if one.reminder_id in held
            ]
            claimed = deliveries.claim(session, wanted, place, socket.gethostname())
        return [one for one in notices if one.reminder_id in claimed]

    def acted(self, actor: Actor, reminder_ids: Sequence[int], action: str) -> None:
        """Note what was done with popups: opened, dismissed …; what ends one notes it itself."""
        with self._db.write(actor, Message("Show reminders")) as session:
            deliveries.acted(session, reminder_ids, action)

    def waiting(self, actor: Actor) -> list[Notice]:
        """What was shown to the actor and is neither dealt with nor put off, in its newest state.

        What called last comes first; of the MOST popups shown last.
        """
        now, today = self._db.clock.now(), self._db.clock.today()
        with self._db.read(actor) as session:
            shown_last = (
                select(Delivery.reminder_id)
                .where(Delivery.staff_id == actor.id)
                .order_by(Delivery.shown_at.desc(), Delivery.id.desc())
                .limit(MOST)
            )
            ids = {int(one) for one in session.scalars(shown_last)}
            rows = session.execute(
                _with_customer(select(Reminder, Customer.name)).where(
                    Reminder.id.in_(ids), queries.mine(actor), queries.not_put_off(now)
                )
            )
            found = [_notice(one, customer or "", now, today) for one, customer in rows]
        return sorted(found, key=lambda one: (one.at, one.reminder_id), reverse=True)

    def shown(self, actor: Actor, limit: int = MOST) -> list[Shown]:
        """The log of popups shown to the actor, the newest first."""
        staff = aliased(Staff)
        query = (
            select(Delivery, Reminder, Customer.name, staff.name)
            .join(Reminder, Reminder.id == Delivery.reminder_id)
            .outerjoin(Customer, Customer.id == Reminder.customer_id)
            .outerjoin(staff, staff.id == Delivery.staff_id)
            .where(Delivery.staff_id == actor.id)
            .order_by(Delivery.shown_at.desc(), Delivery.id.desc())
            .limit(limit)
        )
        with self._db.read(actor) as session:
            return [
                Shown(
                    one.reminder_id,
                    one.at,
                    one.shown_at,
                    one.place,
                    one.machine,
                    name or "",
                    one.action,
                    one.acted_at,
                    reminder.text,
                    ReminderKind(reminder.kind),
                    reminder.customer_id,
                    customer or "",
                    reminder.closed_at is None,
                )
                for one, reminder, customer, name in session.execute(query)
            ]

    # ---- lines

    def lines(self, actor: Actor, last: date) -> list[ReminderLine]:
        """The actor's open reminders due by this day, in order; at most MOST."""
        today, which = self._db.clock.today(), queries.due_by(last)
        with self._db.read(actor) as session:
            return lines(
                session, queries.first_work(actor, Whose.MINE, today, MOST, which), most=MOST
            )

    def between(
        self, actor: Actor, first: date, last: date, whose: Whose = Whose.MINE
    ) -> list[ReminderLine]:
        """The reminders of these days, also those that are over."""
        today = self._db.clock.today()
        with self._db.read(actor) as session:
            days = Reminder.due_on.between(first, last)
            which = (and_(queries.still_open(), days), and_(queries.over(), days))
            return lines(session, queries.first_work(actor, whose, today, MOST, *which), most=MOST)

    def of_customer(self, actor: Actor, customer_id: int) -> list[ReminderLine]:
        """What is still to be done for a customer, by whomever."""
        with self._db.read(actor) as session:
            return lines(session, Reminder.customer_id == customer_id, queries.still_open())

    def counts(self, actor: Actor, whose: Whose = Whose.MINE) -> DueCounts:
        """What stands in the side bar and at the head of Today."""
        with self._db.read(actor) as session:
            return due_counts(session, self._db.clock.today(), whose)


def due_counts(session: ActorSession, today: date, whose: Whose) -> DueCounts:
    """As `DueService.counts`, in an open session."""
    actor = session.actor
    to_do = and_(queries.still_open(), queries.not_put_off_past(today))
    ended = and_(
        queries.ended_by(actor, whose), Reminder.closed_at >= local_moment(today, time.min)
    )
    late, now = (
        _count(
            session,
            queries.columns_of_work(actor, whose, today, (Reminder.id,), MANY, and_(to_do, which)),
        )
        for which in (Reminder.due_on < today, Reminder.due_on == today)
    )
    return DueCounts(
        min(late, MANY), min(now, MANY),
        _count(session, select(Reminder.id).where(ended).limit(MANY).subquery()),
    )  # fmt: skip


def _count(session: ActorSession, found: Subquery) -> int:
    return session.scalar(select(func.count()).select_from(found)) or 0


def lines(session: ActorSession, *conditions: Any, most: int = MOST) -> list[ReminderLine]:
    """Reminders as lines, in order; at most `most`."""
    query = (
        _with_customer(select(*_COLUMNS, Customer.name, Contact.name, Staff.name))
        .outerjoin(Contact, Contact.id == Reminder.contact_id)
        .outerjoin(Staff, Staff.id == Reminder.whose_id)
        .where(*conditions)
        .order_by(*queries.in_order())
        .limit(most)
    )
    return [_line(*row) for row in session.execute(query)]


_COLUMNS: Final = (
    Reminder.id, Reminder.kind, Reminder.channel, Reminder.text, Reminder.about, Reminder.due_on,
    Reminder.due_at, Reminder.deadline, Reminder.rule, Reminder.customer_id, Reminder.whose_id,
    Reminder.for_role, Reminder.promise_id, Reminder.snoozed_until, Reminder.closed_at,
    Reminder.outcome, Reminder.made_by_id,
)  # fmt: skip
"""What a line needs: rows are several times faster than whole objects."""


def _line(*row: Any) -> ReminderLine:
    (
        one, kind, channel, words, about, due_on, due_at, deadline, rule, customer_id, whose_id,
        role, promise_id, snoozed_until, closed_at, outcome, made_by_id, customer, contact, whose,
    ) = row  # fmt: skip
    return ReminderLine(
        one,
        ReminderKind(kind),
        Channel(channel) if channel else None,
        words,
        about,
        due_of(due_on, due_at),
        due_on,
        deadline,
        rule,
        customer_id,
        customer or "",
        contact or "",
        whose_id,
        whose or "",
        Role(role) if role else None,
        promise_id,
        snoozed_until,
        closed_at,
        Outcome(outcome) if outcome else None,
        made_by_id,
    )


def _with_customer(query: Any) -> Any:
    return query.select_from(Reminder).outerjoin(Customer, Customer.id == Reminder.customer_id)


def _times(one: Reminder) -> tuple[datetime, ...]:
    return calls(due_of(one.due_on, one.due_at), load_alarms(one.alarms), one.snoozed_until)


def _then(one: Reminder, called: datetime) -> datetime | None:
    return call_after(_times(one), called)


def _notice(one: Reminder, customer: str, now: datetime, today: date) -> Notice:
    due = due_of(one.due_on, one.due_at)
    late = due < now if isinstance(due, datetime) else due < today
    passed = [at for at in _times(one) if at <= now]
    # what was shown before, and is brought back by an undo, calls under its own time
    called = passed[-1] if passed else one.next_at or now
    return Notice(
        one.id,
        called,
        ReminderKind(one.kind),
        one.text,
        due,
        one.about,
        one.customer_id,
        customer,
        late,
    )
