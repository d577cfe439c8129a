"""Reminders that rules make, and those that they take back because the reason is gone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from app.db import bulk
from app.db.scope import ActorSession, WriteSession
from app.domain import rules
from app.domain.interactions import Channel
from app.domain.reminders import Outcome, ReminderKind, store_alarms
from app.domain.rules import COUNTED, RuleDraft
from app.i18n import Message
from app.models import Contact, Customer, CustomValue, Reminder
from app.queries import rules as queries
from app.services import reminder_writing as writing
from app.services.rule_candidates import Ask, Candidate, candidates, field_name
from app.services.rule_words import Words

AT_ONCE: Final = 5_000
REMEMBERED: Final = timedelta(days=30)
"""How long what was taken back comes again when its reason does."""

LOST: Final = Message("The customer is lost.")
SPOKEN: Final = Message("There was contact meanwhile.")
OTHER_DAY: Final = Message("The day is another one now.")
REFUSED: Final = Message("The customer wishes no greetings.")
OVER: Final = Message("The day has passed.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that is kept."""

    id: int
    draft: RuleDraft


def make(session: WriteSession, rule: Rule, ask: Ask) -> int:
    """Write what this rule has to remind of and did not yet; how many reminders.

    Customers are read while reminders are written, so that memory stays bounded.
    """
    words = Words(rule.draft, field_name(session, rule.draft), ask.today)
    found = candidates(session, rule.draft, ask)
    if rule.draft.kind in COUNTED:
        found = _left(found, rule.draft, _made_today(session, rule, ask.today))
    count = 0
    while some := list(islice(found, AT_ONCE)):
        rows = [_row(session, rule, ask, words, one) for one in some]
        bulk.insert_rows(session, Reminder, rows)
        count += len(rows)
    return count


def _left(
    found: Iterator[Candidate], draft: RuleDraft, made: Counter[int | None]
) -> Iterator[Candidate]:
    """So many for one person a day, those of an earlier run on this day counted in."""
    by_owner = draft.staff_id is None and draft.role is None
    for one in found:
        whose = one.owner_id if by_owner else None
        if made[whose] < draft.params.most:
            made[whose] += 1
            yield one


def _made_today(session: ActorSession, rule: Rule, today: date) -> Counter[int | None]:
    by_owner = rule.draft.staff_id is None and rule.draft.role is None
    query = (
        select(Reminder.whose_id, func.count(Reminder.id))
        .where(queries.open_of(rule.id), Reminder.due_on == today)
        .group_by(Reminder.whose_id)
    )
    made: Counter[int | None] = Counter()
    for whose, count in session.execute(query):
        made[whose if by_owner else None] += count
    return made


def due_on(draft: RuleDraft, one: Candidate, ask: Ask) -> date:
    """The day a reminder is due: the occasion's own, or for what is counted at once."""
    if draft.kind not in COUNTED:
        return one.day
    workdays = draft.params.workdays
    day = rules.workday_before(one.day, ask.is_workday) if workdays else one.day
    return max(day, ask.today)


def _row(
    session: WriteSession, rule: Rule, ask: Ask, words: Words, one: Candidate
) -> dict[str, Any]:
    draft, day = rule.draft, due_on(rule.draft, one, ask)
    return {
        "customer_id": one.customer_id,
        "contact_id": one.contact_id,
        "staff_id": draft.staff_id,
        "for_role": draft.role.value if draft.role and draft.staff_id is None else None,
        "team_id": None,
        "kind": draft.kind.value,
        "channel": _channel(draft),
        "text": words.text(one),
        "about": words.about(one),
        **writing.due_columns(day),
        "deadline": False,
        "alarms": store_alarms(rules.calls_of(draft, day, ask.is_workday)),
        "rule": "",
        "uid": "",
        "rule_id": rule.id,
        "occasion": one.occasion,
        "made_by_id": None,
        "made_at": session.at,
        "closed_at": None,
        "snoozed_until": None,
        "series_id": None,
    }


def _channel(draft: RuleDraft) -> str | None:
    if draft.kind is ReminderKind.CARE:
        return draft.params.channel.value if draft.params.channel else None
    return Channel.PHONE.value if draft.kind is ReminderKind.THANKS else None


# --- taken back --------------------------------------------------------------------


def withdraw(session: WriteSession, rule: Rule, ask: Ask) -> int:
    """End what has lost its reason, and bring back what has it again; how many were ended."""
    gone = _gone(rule, ask)
    count = 0
    for condition, reason in gone:
        ids = session.scalars(_of(rule, queries.open_of(rule.id), condition)).all()
        if ids:
            writing.close(session, ids, Outcome.RELEASED, str(reason), ask.calendar)
            count += len(ids)
    _bring_back(session, rule, [condition for condition, _ in gone])
    return count


def _bring_back(session: WriteSession, rule: Rule, gone: Sequence[ColumnElement[bool]]) -> None:
    lately = queries.withdrawn_of(rule.id, session.at - REMEMBERED)
    ids = session.scalars(_of(rule, lately, ~or_(*gone))).all()
    if ids:
        values = {"closed_at": None, "outcome": None, "reason": ""}
        bulk.update_rows(session, Reminder, ids, values)


def _of(rule: Rule, *conditions: ColumnElement[bool]) -> Any:
    query = (
        select(Reminder.id)
        .join(Customer, Customer.id == Reminder.customer_id)
        .outerjoin(Contact, Contact.id == Reminder.contact_id)
        .where(*conditions)
    )
    field_id = rules.field_id(rule.draft.params.source)
    if field_id is None:
        return query
    of_field = (_VALUE.customer_id == Customer.id) & (_VALUE.field_id == field_id)
    return query.outerjoin(_VALUE, of_field)


_VALUE: Final = aliased(CustomValue)
_Gone = list[tuple[ColumnElement[bool], Message]]


def _gone(rule: Rule, ask: Ask) -> _Gone:
    """By what a reminder loses its reason."""
    draft, params = rule.draft, rule.draft.params
    lost: _Gone = [(queries.of_lost(), LOST)]
    over = (queries.passed(ask.today), OVER)
    days = _days_of_open(draft, ask)
    match draft.kind:
        case ReminderKind.BIRTHDAY:
            return [*lost, (queries.not_born_on(days, params.whose), OTHER_DAY), over]
        case ReminderKind.FESTIVAL:
            refused = (queries.greeting_refused(params.festivals), REFUSED)
            return [*lost, refused, over]
        case ReminderKind.ANNIVERSARY:
            custom = rules.field_id(params.source) is not None
            text = _VALUE.value if custom else queries.day_text(Customer.since)
            moved = (queries.date_moved(text, days, yearly=params.yearly), OTHER_DAY)
            return [*lost, moved, *([over] if params.yearly else [])]
        case ReminderKind.SILENCE | ReminderKind.CARE:
            return [*lost, (queries.spoken_since(), SPOKEN)]
        case _:
            return lost


def _days_of_open(draft: RuleDraft, ask: Ask) -> list[date]:
    """The days on which reminders that are still to be done can be due, those over apart."""
    ahead = max((one.days for one in draft.alarms), default=draft.lead_days)
    span = range(-rules.PASSED, ahead + rules.LONGEST_BREAK + 1)
    return [ask.today + timedelta(days=step) for step in span]
