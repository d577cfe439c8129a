"""Whom a rule reminds, and of what: the customers of the few days that are asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, String, and_, cast, func, select
from sqlalchemy.orm import aliased

from app.db import occasions
from app.db.scope import ActorSession
from app.domain import festivals, filters, rules
from app.domain.birthday_keys import kept_in
from app.domain.reminders import ReminderKind
from app.domain.rules import COUNTED, RuleDraft, Whose
from app.domain.vocabulary import Grade, Kind, Stage
from app.domain.working_time import WorkingCalendar
from app.models import Contact, Customer, CustomField, CustomValue
from app.queries import rules as queries
from app.queries.customers import FIELDS
from app.queries.filters import condition

AT_ONCE: Final = 2_000
LONGEST_CARE: Final = 1_100
"""Days after the last contact when a care plan gives up, unless it is for every few years."""


@dataclass(frozen=True, slots=True)
class Ask:
    """For which days: those whose reminders are to be there by `last`, which is today or later.

    `capped`: only so many for one person, as the rule says.
    """

    today: date
    last: date
    calendar: WorkingCalendar
    capped: bool = True

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked."""
        return self.calendar.is_workday(day)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be reminded of: `day` is that of the occasion, which `begins` names.

    `birthday` is as it is stored, "" for none; `since` what an anniversary is counted from;
    `spoken` the last contact, None if there was none.
    """

    customer_id: int
    contact_id: int | None
    owner_id: int | None
    kind: Kind
    customer: str
    contact: str
    day: date
    begins: str
    birthday: str = ""
    festival: str = ""
    since: date | None = None
    spoken: date | None = None

    @property
    def occasion(self) -> str:
        """What the reminder is made for, once with its rule."""
        if self.contact_id is not None and self.birthday:
            return f"{self.begins} p{self.contact_id}"
        return f"{self.begins} c{self.customer_id}"


@dataclass(frozen=True)
class Selection:
    """Rows of customers, and the candidates that a row is.

    Every row is one candidate that no rule has seen to; with `known_since` that is to be looked up
    for reminders due since then, and a row may be several candidates or none. `day` is that of all
    rows, where there are so many of them that they are better counted than read.
    """

    query: Select[Any]
    make: Callable[[Any], Iterable[Candidate]]
    known_since: date | None = None
    day: date | None = None


def candidates(session: ActorSession, draft: RuleDraft, ask: Ask) -> Iterator[Candidate]:
    """All that nobody was reminded of yet, memory bounded."""
    for one in selections(session, draft, ask):
        yield from read(session, draft.kind, one)


def counted(session: ActorSession, one: Selection) -> dict[int | None, int]:
    """How many rows there are of every owner."""
    rows = one.query.order_by(None).subquery()
    query = select(rows.c.owner_id, func.count()).group_by(rows.c.owner_id)
    return dict(session.execute(query).all())


def read(session: ActorSession, kind: ReminderKind, one: Selection) -> Iterator[Candidate]:
    """The candidates of one selection, memory bounded."""
    rows = iter(session.execute(one.query.execution_options(yield_per=AT_ONCE)))
    if one.known_since is None:
        for row in rows:
            yield from one.make(row)
        return
    while some := list(islice(rows, AT_ONCE)):
        made = [found for row in some for found in one.make(row)]
        known = occasions.known(
            session, kind.value, {each.customer_id for each in made}, one.known_since
        )
        for each in made:
            if (each.customer_id, each.contact_id, each.begins) not in known:
                yield each


def selections(session: ActorSession, draft: RuleDraft, ask: Ask) -> list[Selection]:
    """What is to be read for this rule; nothing where no day asks for it."""
    makers: dict[ReminderKind, Callable[[_Rule], list[Selection]]] = {
        ReminderKind.BIRTHDAY: _birthdays,
        ReminderKind.FESTIVAL: _festivals,
        ReminderKind.SILENCE: _silences,
        ReminderKind.ANNIVERSARY: _anniversaries,
        ReminderKind.CARE: _care,
        ReminderKind.THANKS: _thanks,
    }
    rule = _Rule(session, draft, ask)
    if draft.kind in COUNTED and ask.capped and rule.rests:
        return []
    return makers[draft.kind](rule)


class _Rule:
    """A rule and the days asked for, as conditions."""

    def __init__(self, session: ActorSession, draft: RuleDraft, ask: Ask) -> None:
        self.session, self.draft, self.ask = session, draft, ask
        self.params = draft.params
        self.kind = draft.kind.value
        self.days = _days(draft, ask)

    @property
    def rests(self) -> bool:
        """Today is a day off, and the rule leaves those alone."""
        return self.params.workdays and not self.ask.is_workday(self.ask.today)

    def customers(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """Customers of the segment whom somebody can be reminded of."""
        where = [queries.in_play(), *conditions]
        if self.draft.filter.strip():
            parsed = filters.parse(self.draft.filter, FIELDS)
            where.append(condition(parsed, self.session.actor, self.ask.today))
        if self.draft.staff_id is None and self.draft.role is None:
            where.append(Customer.owner_id.is_not(None))
        return select(*_COLUMNS).where(*where)

    def each(self, query: Select[Any]) -> Select[Any]:
        """No more for one person than the rule says, the longest without contact first."""
        if not self.ask.capped:
            return query.order_by(Customer.last_contact.asc().nulls_last(), Customer.id)
        order = (Customer.last_contact.asc().nulls_first(), Customer.id)
        owner = self.draft.staff_id is None and self.draft.role is None
        partition = Customer.owner_id if owner else None
        return queries.first_of_each(query, partition, order, self.params.most)

    @property
    def lately(self) -> date:
        """Reminders that matter here are due since then."""
        return min(self.days) - timedelta(days=rules.LONGEST_BREAK)


_COLUMNS: Final[tuple[Any, ...]] = (
    Customer.id.label("customer_id"),
    Customer.owner_id.label("owner_id"),
    Customer.kind.label("kind"),
    Customer.name.label("customer"),
    Customer.birthday.label("born"),
    Customer.grade.label("grade"),
    Customer.stage.label("stage"),
    Customer.last_contact.label("spoken"),
    Customer.created_at.label("created"),
)


def _days(draft: RuleDraft, ask: Ask) -> list[date]:
    """The days asked for: what was due earlier is looked for as seen from today."""
    first = ask.today - timedelta(days=rules.look_back(draft))
    wanted = rules.days_to_see_to(draft, ask.last, ask.is_workday)
    ahead = (ask.last - first).days
    earlier = (first + timedelta(days=step) for step in range(ahead + 1))
    return sorted({*(day for day in wanted if day >= first), *earlier})


# --- the kinds ---------------------------------------------------------------------


def _birthdays(rule: _Rule) -> list[Selection]:
    whose = rule.params.whose
    wanted = ~queries.refuses("birthday")
    days_of = rule.days
    made: list[Selection] = []
    if whose is not Whose.CONTACTS:
        query = rule.customers(queries.born_on(Customer.birthday, rule.days), wanted)
        made.append(Selection(query, lambda row: _born(row, row.born, days_of), rule.lately))
    if whose is not Whose.CUSTOMERS:
        query = (
            rule.customers(queries.born_on(Contact.birthday, rule.days), wanted)
            .add_columns(
                Contact.id.label("contact_id"),
                Contact.name.label("contact"),
                Contact.birthday.label("theirs"),
            )
            .join(Contact, Contact.customer_id == Customer.id)
        )
        made.append(Selection(query, lambda row: _born(row, row.theirs, days_of), rule.lately))
    return made


def _born(row: Any, stored: str, days: Sequence[date]) -> Iterator[Candidate]:
    kept = kept_in(stored, {day.year for day in days})
    for day in days:
        if day in kept:
            yield _candidate(row, day, day.isoformat(), birthday=stored)


def _festivals(rule: _Rule) -> list[Selection]:
    return [
        _festival(rule, key, day)
        for day in rule.days
        if day >= rule.ask.today - timedelta(days=rules.GRACE)
        for _, found in festivals.between(day, day)
        if (key := found.key) in rule.params.festivals
    ]


def _festival(rule: _Rule, key: str, day: date) -> Selection:
    begins = f"{day.isoformat()}/{key}"
    wanted = queries.wishes(key) if rule.params.wished else ~queries.refuses(key)
    query = rule.customers(wanted, ~occasions.seen_to(rule.kind, f"{begins} "))
    return Selection(query, lambda row: [_candidate(row, day, begins, festival=key)], day=day)


def _silences(rule: _Rule) -> list[Selection]:
    begins = queries.last_spoken()
    query = rule.customers(
        queries.silent_between(rule.params, min(rule.days), max(rule.days)),
        ~occasions.seen_to(rule.kind, begins),
    )

    def made(row: Any) -> list[Candidate]:
        grade = Grade(row.grade) if row.grade else None
        allowed = rule.params.allowed(grade, Stage(row.stage))
        day = _counted_from(row) + timedelta(days=allowed)
        return [_candidate(row, day, _spoken_words(row), spoken=row.spoken)]

    return [Selection(rule.each(query), made)]


def _care(rule: _Rule) -> list[Selection]:
    every, latest = rule.params.days, max(rule.days)
    # no two visits to one customer among the days asked for
    span = min((latest - min(rule.days)).days + 1, every)
    elapsed = queries.days_since_spoken(rule.session.backend, latest)
    visit = cast(elapsed // every, Integer)
    begins = queries.last_spoken() + "/" + cast(visit, String) + " "
    query = rule.customers(
        elapsed.between(every, max(LONGEST_CARE, 2 * every)),
        elapsed % every < span,
        ~occasions.seen_to(rule.kind, begins),
        ~occasions.waiting(rule.kind),
    )

    def made(row: Any) -> list[Candidate]:
        begin = _counted_from(row)
        number = (latest - begin).days // every
        named = f"{_spoken_words(row)}/{number}"
        return [_candidate(row, begin + timedelta(days=every * number), named, spoken=row.spoken)]

    return [Selection(rule.each(query), made)]


def _thanks(rule: _Rule) -> list[Selection]:
    ask, params = rule.ask, rule.params
    made: list[Selection] = []
    for first in sorted({rules.thanks_round(params, day) for day in (ask.today, ask.last)}):
        day = rules.nth_workday(first, params.place, ask.is_workday)
        over = day + timedelta(days=rules.LOOK_BACK) < ask.today
        if over or day - timedelta(days=rule.draft.lead_days) > ask.last:
            continue
        made.append(_round(rule, day, f"{first.isoformat()}/{params.months}"))
    return made


def _round(rule: _Rule, day: date, begins: str) -> Selection:
    query = rule.customers(
        ~occasions.seen_to(rule.kind, f"{begins} "), ~occasions.waiting(rule.kind)
    )
    return Selection(
        rule.each(query), lambda row: [_candidate(row, day, begins, spoken=row.spoken)], day=day
    )


def _anniversaries(rule: _Rule) -> list[Selection]:
    text: Any = queries.day_text(Customer.since)
    held = aliased(CustomValue)
    field_id = rules.field_id(rule.params.source)
    if field_id is not None:
        text = held.value
    when = (
        queries.returning_on(text, rule.days)
        if rule.params.yearly
        else text.in_([day.isoformat() for day in rule.days])
    )
    query = rule.customers(when).add_columns(text.label("since"))
    if field_id is not None:
        of_field = and_(held.customer_id == Customer.id, held.field_id == field_id)
        query = query.join(held, of_field)
    return [Selection(query, lambda row: _came_again(rule, row), rule.lately)]


def _came_again(rule: _Rule, row: Any) -> Iterator[Candidate]:
    try:
        since = date.fromisoformat(row.since)
    except ValueError:
        return  # from before the field became one of dates
    for day in rule.days:
        again = rules.returns(since, day) if rule.params.yearly else since == day
        if again:
            yield _candidate(row, day, day.isoformat(), since=since)


def _candidate(row: Any, day: date, begins: str, **more: Any) -> Candidate:
    contact = getattr(row, "contact", "")
    return Candidate(
        row.customer_id,
        getattr(row, "contact_id", None),
        row.owner_id,
        Kind(row.kind),
        row.customer,
        contact,
        day,
        begins,
        **more,
    )


def _counted_from(row: Any) -> date:
    """The day of the last contact, or that on which the customer was added."""
    found = row.spoken or row.created.astimezone(UTC).date()
    assert isinstance(found, date)
    return found


def _spoken_words(row: Any) -> str:
    return row.spoken.isoformat() if row.spoken else queries.NEVER


def field_name(session: ActorSession, draft: RuleDraft) -> str:
    """What the date of an anniversary is called; "" for the day one became a customer."""
    field_id = rules.field_id(draft.params.source)
    if field_id is None:
        return ""
    return session.scalar(select(CustomField.name).where(CustomField.id == field_id)) or ""
