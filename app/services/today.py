"""Today: everything that waits for somebody on a day, read in one session."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select

from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.reminders import CELEBRATED, Outcome, ReminderKind, Whose, local_moment
from app.domain.vocabulary import Actor, Role, Stage
from app.domain.working_time import Calendar, WorkingCalendar, usual
from app.models import Customer, Reminder, ReminderRule
from app.queries import reminders as queries
from app.services.due import MANY, MOST, DueCounts, ReminderLine, due_counts, lines
from app.services.silence import silent_of

WEEK: Final = 7
"""Days of the strip: today and what is ahead."""
SILENT_AFTER: Final = 30
"""Days without a contact after which a customer is silent."""
LISTED: Final = 8
"""So many silent customers, and so many celebrations, are named."""
MANY_SILENT: Final = 100
"""Silent customers are counted up to here."""


Work = Callable[..., ColumnElement[bool]]
"""Narrows to the work of those who are looked at, given alternatives (queries.first_work)."""
Columns = Callable[..., Subquery]
"""Columns of it, to count (queries.columns_of_work)."""


class Section(StrEnum):
    """Where a line stands on the page, from top to bottom."""

    LATE = "late"
    DUE = "due"
    PROMISED = "promised"
    CELEBRATED = "celebrated"
    SILENT = "silent"
    WAITING = "waiting"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How much is to be done on a day, by what it is."""

    day: date
    reminders: int
    promises: int
    celebrations: int


@dataclass(frozen=True, slots=True)
class SilentCustomer:
    """Somebody whom nobody has talked to for `days`.

    `usual` is how many days lie between contacts otherwise, None where that is not known.
    """

    id: int
    name: str
    contact: str
    days: int
    usual: int | None


@dataclass(frozen=True)
class Today:
    """A day as the page shows it.

    `today` is the present day, `day` the one looked at, which may be one of the week ahead; `now`
    is when it was read. `sections` are those that have lines, in their order. `counts` are of the
    present day; `achieved` is how many were done on it, by kind. `next` comes first after it.
    `celebrations` are those of the week, today's among them.
    """

    now: datetime
    today: date
    day: date
    sections: tuple[tuple[Section, tuple[ReminderLine, ...]], ...]
    week: tuple[DayCounts, ...]
    counts: DueCounts
    achieved: Mapping[ReminderKind, int]
    next: ReminderLine | None
    celebrations: tuple[ReminderLine, ...]
    silent: tuple[SilentCustomer, ...]
    silent_count: int
    calendar: WorkingCalendar
    has_customers: bool


class TodayService:
    """`calendar` tells which days are worked."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    def load(self, actor: Actor, day: date | None = None, whose: Whose = Whose.MINE) -> Today:
        """The page of a day: the present one, or one of the six after it."""
        now, today = self._db.clock.now(), self._db.clock.today()
        chosen = day if day is not None and _in_week(day, today) else today
        first = partial(queries.first_work, actor, whose, today)
        columns = partial(queries.columns_of_work, actor, whose, today)
        with self._db.read(actor) as session:
            present = _present(session, partial(first, MOST), today)
            found = present if chosen == today else _other(session, partial(first, MOST), chosen)
            silent, silent_count = _silent(session, actor, whose, today)
            return Today(
                now,
                today,
                chosen,
                _sections(found, today, actor.id),
                _week(session, columns, today),
                due_counts(session, today, whose),
                _achieved(session, actor, whose, today),
                _next(session, present, partial(first, 1), today),
                tuple(one for one in present if _is_celebrated(one, today))[:LISTED],
                silent,
                silent_count,
                self._calendar(),
                session.scalar(select(Customer.id).limit(1)) is not None,
            )


def choices(actor: Actor) -> tuple[Whose, ...]:
    """Whose work an actor may look at together; only their own for who sees no other."""
    if actor.role is Role.SALESPERSON:
        return (Whose.MINE,)
    team = (Whose.TEAM,) if actor.team_id is not None else ()
    return (Whose.MINE, *team, *((Whose.ALL,) if actor.sees_all else ()))


def effective_day(line: ReminderLine, today: date) -> date:
    """The day on which a line is to be looked at: what is put off past its day moves on."""
    if line.snoozed_until is None:
        return line.due_on
    until = line.snoozed_until.astimezone().date()
    return until if until > today and until > line.due_on else line.due_on


def section_of(line: ReminderLine, today: date, me: int | None) -> Section:
    """Where a line stands that is not over."""
    ahead = (effective_day(line, today) - today).days
    if ahead < 0:
        return Section.LATE
    if line.role is not None or (ahead and _given(line, me)):
        return Section.WAITING
    if ahead:
        return Section.PROMISED if line.kind is ReminderKind.PROMISE else Section.AHEAD
    if line.kind in CELEBRATED:
        return Section.CELEBRATED
    return Section.SILENT if line.kind is ReminderKind.SILENCE else Section.DUE


def _given(line: ReminderLine, me: int | None) -> bool:
    """Whether a colleague wrote it for me."""
    mine = line.whose_id == me and line.kind is ReminderKind.NOTE
    return mine and line.made_by_id not in (None, me)


def _sections(
    found: Iterable[ReminderLine], today: date, me: int | None
) -> tuple[tuple[Section, tuple[ReminderLine, ...]], ...]:
    held: dict[Section, list[ReminderLine]] = {one: [] for one in Section}
    for line in found:
        held[section_of(line, today, me)].append(line)
    return tuple((one, tuple(of_it)) for one, of_it in held.items() if of_it)


def _in_week(day: date, today: date) -> bool:
    return today <= day < today + timedelta(days=WEEK)


def _other(session: ActorSession, work: Work, day: date) -> list[ReminderLine]:
    """What is due on another day of the week."""
    here = queries.still_open()
    return lines(session, work(and_(here, Reminder.due_on == day), and_(here, _back_on(day, day))))


def _present(session: ActorSession, work: Work, today: date) -> list[ReminderLine]:
    """Late and due and the week ahead, each as many as are shown."""
    here = queries.still_open()
    last = today + timedelta(days=WEEK - 1)
    stays = queries.not_put_off_past(today)
    ahead = and_(Reminder.due_on > today, Reminder.due_on <= last)
    back = and_(Reminder.due_on <= today, _back_on(today + timedelta(days=1), last))
    return [
        *lines(session, work(and_(here, Reminder.due_on < today, stays))),
        *lines(session, work(and_(here, Reminder.due_on == today, stays))),
        *sorted(
            lines(session, work(and_(here, ahead), and_(here, back))),
            key=lambda line: effective_day(line, today),
        ),
    ]


def _back_on(first: date, last: date) -> ColumnElement[bool]:
    """Put off until one of these days, from an earlier one."""
    return and_(
        Reminder.due_on < first,
        Reminder.snoozed_until >= local_moment(first, time.min),
        Reminder.snoozed_until < local_moment(last + timedelta(days=1), time.min),
    )


def _week(session: ActorSession, columns: Columns, today: date) -> tuple[DayCounts, ...]:
    days = [today + timedelta(days=ahead) for ahead in range(WEEK)]
    stays = and_(queries.still_open(), queries.not_put_off_past(today))
    rows = columns(
        (Reminder.due_on, Reminder.kind),
        MANY,
        *(and_(stays, Reminder.due_on == day) for day in days),
    )
    query = select(rows.c.due_on, rows.c.kind, func.count()).group_by(rows.c.due_on, rows.c.kind)
    held = {day: [0, 0, 0] for day in days}
    for day, kind, many in session.execute(query):
        held[day][_sort_of(ReminderKind(kind))] += many
    return tuple(DayCounts(day, *of_it) for day, of_it in held.items())


def _sort_of(kind: ReminderKind) -> int:
    if kind is ReminderKind.PROMISE:
        return 1
    return 2 if kind in CELEBRATED else 0


def _achieved(
    session: ActorSession, actor: Actor, whose: Whose, today: date
) -> Mapping[ReminderKind, int]:
    query = (
        select(Reminder.kind, func.count(Reminder.id))
        .where(
            queries.ended_by(actor, whose),
            Reminder.closed_at >= local_moment(today, time.min),
            Reminder.outcome.in_([Outcome.DONE.value, Outcome.KEPT.value]),
        )
        .group_by(Reminder.kind)
    )
    return MappingProxyType({ReminderKind(kind): many for kind, many in session.execute(query)})


def _next(
    session: ActorSession, present: Sequence[ReminderLine], work: Work, today: date
) -> ReminderLine | None:
    """What comes first after today: of the week, else of later."""
    ahead = [one for one in present if effective_day(one, today) > today]
    if ahead:
        return ahead[0]
    later = and_(queries.still_open(), Reminder.due_on >= today + timedelta(days=WEEK))
    found = lines(session, work(later), most=1)
    return found[0] if found else None


def _is_celebrated(line: ReminderLine, today: date) -> bool:
    return line.kind in CELEBRATED and line.due_on >= today


def _silent(
    session: ActorSession, actor: Actor, whose: Whose, today: date
) -> tuple[tuple[SilentCustomer, ...], int]:
    """Those who are silent by the rules; without a rule, for a month. How many: to MANY_SILENT.

    For several people's customers it is always a month: rules are asked customer by customer.
    """
    if whose is Whose.MINE and _has_rule(session):
        found = silent_of(session, queries.looked_after(actor, whose), today, LISTED)
        named = (
            SilentCustomer(one.customer_id, one.customer, one.contact, one.days, one.usual)
            for one in found.lines
        )
        return tuple(named), min(found.count, MANY_SILENT)
    query = (
        select(Customer.id, Customer.name, Customer.last_contact)
        .where(
            queries.looked_after(actor, whose),
            Customer.last_contact < today - timedelta(days=SILENT_AFTER),
            or_(Customer.stage.is_(None), Customer.stage != Stage.LOST.value),
        )
        .order_by(Customer.last_contact.desc(), Customer.id.desc())
        .limit(MANY_SILENT)
    )
    silent = [
        SilentCustomer(one, name, "", (today - last).days, None)
        for one, name, last in session.execute(query)
        if last is not None
    ]
    return tuple(silent[:LISTED]), len(silent)


def _has_rule(session: ActorSession) -> bool:
    query = select(ReminderRule.id).where(
        ReminderRule.kind == ReminderKind.SILENCE.value, ReminderRule.active
    )
    return session.scalar(query.limit(1)) is not None
