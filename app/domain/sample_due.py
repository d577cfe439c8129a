"""What is to be done for sample customers, and what was promised to them.

However large the sample, a staff member is to find a day's work that can be done: the more
customers, the smaller the share that is due today or late. Of 1,000 customers each of the eight
has about three late and seven due today; of a million some fifty and a hundred.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from app.domain.interactions import Channel
from app.domain.promises import Firmness, PromiseState
from app.domain.reminders import ON_THE_DAY, ReminderKind, local_moment, store_alarms
from app.domain.sample_draw import Draw, Weighted
from app.domain.sample_due_words import BROKEN, HABITS, MOVES, PROMISES, RELEASED, TASKS
from app.domain.sample_parties import Culture
from app.domain.sample_talks import SampleTalk
from app.domain.working_time import usual

_PROMISED: Final = 0.35
_LATE_OF_A_THOUSAND: Final = 21.0
_TODAY_OF_A_THOUSAND: Final = 50.0
_GROWING: Final = 0.4  # ten times the customers: two and a half times the work of a day
_MOST_LATE, _MOST_TODAY = 0.08, 0.25
_COUNTS: Final = Weighted.of(((0, 22), (1, 46), (2, 23), (3, 9)))
_ENDED: Final = 0.12
_COMES_BACK: Final = 0.06
_AHEAD: Final = 45.0  # days until something is due, on average
_FARTHEST: Final = 360
_TIMES: Final = tuple(time(hour, minute) for hour in (9, 10, 11, 14, 15, 16) for minute in (0, 30))
_TIMED_ALARMS: Final = Weighted.of((("0", 70), ("15", 20), ("60,15", 10)))
_DAY_ALARMS: Final = Weighted.of((("0@09:00", 85), ("1@17:00,0@09:00", 15)))
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ENDS: Final = Weighted.of(
    ((PromiseState.KEPT, 77), (PromiseState.BROKEN, 19), (PromiseState.RELEASED, 4))
)
_LAST_OF_ALL_MONTHS: Final = 28
_ESCALATED: Final = usual()


@dataclass(frozen=True, slots=True)
class SampleReminder:
    """`contact` and `promise` are places among the customer's; `ended` None: still to be done.

    `of_lead`: the lead of whose work it is is told that a promise is late.
    """

    kind: ReminderKind
    channel: Channel | None
    text: str
    due_on: date
    due_at: datetime | None
    alarms: str
    made: datetime
    rule: str = ""
    deadline: bool = False
    contact: int | None = None
    promise: int | None = None
    ended: datetime | None = None
    skipped: bool = False
    of_lead: bool = False


@dataclass(frozen=True, slots=True)
class SampleMove:
    at: datetime
    from_on: date
    to_on: date
    why: str


@dataclass(frozen=True, slots=True)
class SamplePromise:
    """`talk` is the place of the interaction in which it was said, among the customer's."""

    text: str
    talk: int
    at: datetime
    first_due_on: date
    due_on: date
    contact: int | None
    firm: Firmness
    state: PromiseState = PromiseState.OPEN
    ended: datetime | None = None
    reason: str = ""
    deadline: bool = False
    moved: SampleMove | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """When the sample is drawn, and which share of what is open is late, and due today."""

    now: datetime
    today: date
    late: float
    due: float


def day_of(customers: int, now: datetime, today: date) -> Day:
    """The day of a sample of so many customers."""
    thousands = customers / 1000
    share = thousands**_GROWING / customers
    return Day(
        now,
        today,
        min(_MOST_LATE, _LATE_OF_A_THOUSAND * share),
        min(_MOST_TODAY, _TODAY_OF_A_THOUSAND * share),
    )


# --- promises ----------------------------------------------------------------


def promises(
    draw: Draw, culture: Culture, day: Day, told: Sequence[SampleTalk]
) -> tuple[SamplePromise, ...]:
    """Every third customer was promised something, in one of the talks."""
    if not told or not draw.chance(_PROMISED):
        return ()
    place = draw.below(len(told))
    talk = told[place]
    said = talk.at.astimezone().date()
    first = _workday(said + timedelta(days=1 + draw.below(14)))
    moved = _moved(draw, culture, day, talk.at, first) if draw.chance(0.12) else None
    due = _not_today(draw, day, moved.to_on if moved else first)
    made = SamplePromise(
        draw.pick(PROMISES[culture]),
        place,
        talk.at,
        first if moved else due,
        due,
        talk.contact,
        Firmness.FIRM if draw.chance(0.8) else Firmness.INTENDED,
        deadline=draw.chance(0.4),
        moved=moved,
    )
    if due >= day.today or draw.chance(day.late):
        return (made,)
    return (_ended(draw, culture, day, made),)


def _moved(
    draw: Draw, culture: Culture, day: Day, said: datetime, first: date
) -> SampleMove | None:
    """Given a later date, before the first was over; not by somebody in the future."""
    at = min(said + timedelta(hours=20 + draw.below(20)), _at(first, time(8)))
    later = _not_today(draw, day, _workday(first + timedelta(days=2 + draw.below(8))))
    if not said < at <= day.now:
        return None
    return SampleMove(at, first, later, draw.pick(MOVES[culture]))


def _ended(draw: Draw, culture: Culture, day: Day, made: SamplePromise) -> SamplePromise:
    state = draw.weighted(_ENDS)
    begun = made.moved.at if made.moved else made.at
    closing = _at(made.due_on, draw.pick(_TIMES))
    if state is PromiseState.BROKEN:
        closing += timedelta(days=1 + draw.below(3))
        reason = draw.pick(BROKEN[culture])
    elif state is PromiseState.RELEASED:
        reason = draw.pick(RELEASED[culture])
    else:
        reason = ""
        closing -= (closing - begun) * draw.below(3) / 4
    return SamplePromise(
        made.text, made.talk, made.at, made.first_due_on, made.due_on, made.contact, made.firm,
        state, min(closing, day.now), reason, made.deadline, made.moved,
    )  # fmt: skip


def _not_today(draw: Draw, day: Day, due: date) -> date:
    """What is due today is of the share that is; the rest is due on another day."""
    if due != day.today or draw.chance(min(1.0, 5 * day.due)):
        return due
    return _workday(due + timedelta(days=1 + draw.below(10)))


# --- reminders ---------------------------------------------------------------


def reminders(
    draw: Draw, culture: Culture, day: Day, created: datetime, contacts: int
) -> Iterator[SampleReminder]:
    """What is to be done for a customer: nothing, or up to three things."""
    for _ in range(draw.weighted(_COUNTS)):
        due = _due(draw, day, created)
        timed = draw.chance(0.4)
        kind, channel, text = draw.weighted(TASKS[culture])
        rule = ""
        if due >= day.today and draw.chance(_COMES_BACK):
            kind, channel, text = ReminderKind.NOTE, None, draw.pick(HABITS[culture])
            rule = _rule(draw, due)
        at = _at(due, draw.pick(_TIMES)) if timed else None
        made = max(created, _at(due, time(8)) - timedelta(days=1 + draw.below(20)))
        ended = None
        if due < day.today and not draw.chance(_open_share(day)):
            ended = max(min(day.now, _at(due, time(17)) + timedelta(hours=draw.below(30))), made)
        yield SampleReminder(
            kind,
            channel,
            text,
            due,
            at,
            draw.weighted(_TIMED_ALARMS if timed else _DAY_ALARMS),
            min(made, day.now),
            rule,
            deadline=draw.chance(0.1),
            contact=draw.below(contacts) if contacts and draw.chance(0.6) else None,
            ended=ended,
            skipped=ended is not None and draw.chance(0.08),
        )


def of_promise(place: int, said: SamplePromise, now: datetime) -> Iterator[SampleReminder]:
    """What reminds of an open promise: its maker, and two working days later their lead."""
    if said.state is not PromiseState.OPEN:
        return
    mine = SampleReminder(
        ReminderKind.PROMISE,
        None,
        said.text,
        said.due_on,
        None,
        store_alarms(ON_THE_DAY),
        min(said.at, now),
        deadline=said.deadline,
        contact=said.contact,
        promise=place,
    )
    yield mine
    yield replace(mine, due_on=_ESCALATED.add_workdays(said.due_on, 2), of_lead=True)


def _open_share(day: Day) -> float:
    """Of what was due before today, the share that is still to be done."""
    return day.late / (_ENDED + day.late)


def _due(draw: Draw, day: Day, created: datetime) -> date:
    """Before today, today, or in the weeks and months to come."""
    earlier = _ENDED + day.late
    lot = draw.below(1_000_000) / 1_000_000
    if lot < earlier:
        past = _workday_before(day.today - timedelta(days=1 + int(draw.waiting(6.0)) % 60))
        return past if past > created.astimezone().date() else _ahead(draw, day)
    if lot < earlier + day.due:
        return day.today
    return _ahead(draw, day)


def _ahead(draw: Draw, day: Day) -> date:
    return _workday(day.today + timedelta(days=1 + int(draw.waiting(_AHEAD)) % _FARTHEST))


def _rule(draw: Draw, due: date) -> str:
    """How it comes back: every week, every month, every year."""
    lot = draw.below(10)
    if lot < 5:
        return f"FREQ=WEEKLY;BYDAY={_DAYS[due.weekday()]}"
    if lot < 9 and due.day <= _LAST_OF_ALL_MONTHS:
        return f"FREQ=MONTHLY;BYMONTHDAY={due.day}"
    return "FREQ=YEARLY"


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _workday_before(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


@lru_cache(maxsize=20_000)
def _at(day: date, clock: time) -> datetime:
    return local_moment(day, clock)
