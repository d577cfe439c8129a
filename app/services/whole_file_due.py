"""Of the file of one customer: what was promised, what is to be done, how it is greeted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.scope import ActorSession
from app.domain import interactions, promises, reminders
from app.domain.festivals import FESTIVALS
from app.domain.interactions import Channel
from app.domain.promises import Firmness, PromiseState
from app.domain.recurrence_text import parse
from app.domain.recurrence_words import describe
from app.domain.reminders import Outcome, ReminderKind
from app.domain.vocabulary import LABELS, Role
from app.errors import Refused
from app.exchange.workbook_writer import Part
from app.exchange.writing import Column, Value
from app.i18n import tr
from app.models import (
    Contact,
    Greeting,
    GreetingChoice,
    Interaction,
    Promise,
    PromiseMove,
    Reminder,
    Staff,
)

_TEXT_WIDTH: Final = 60


def due_parts(session: ActorSession, customer_id: int) -> Sequence[Part]:
    """The sheets Promises, Reminders and Greetings."""
    return (
        _promises(session, customer_id),
        _reminders(session, customer_id),
        _greetings(session, customer_id),
    )


def _promises(session: ActorSession, customer_id: int) -> Part:
    maker, closer = aliased(Staff), aliased(Staff)
    moves = _moves(session, customer_id)
    found = session.execute(
        select(Promise, maker.name, closer.name, Contact.name, Interaction.summary)
        .outerjoin(maker, maker.id == Promise.staff_id)
        .outerjoin(closer, closer.id == Promise.closed_by_id)
        .outerjoin(Contact, Contact.id == Promise.contact_id)
        .outerjoin(Interaction, Interaction.id == Promise.interaction_id)
        .where(Promise.customer_id == customer_id)
        .order_by(Promise.at.desc(), Promise.id.desc())
    )
    rows: list[Sequence[Value]] = [
        (
            _local(one.at),
            made_by or "",
            contact or "",
            said or "",
            one.text,
            one.first_due_on,
            one.due_on,
            _clock(one.due_at),
            tr("yes") if one.deadline else "",
            str(promises.LABELS[Firmness(one.firm)]),
            moves[one.id],
            str(promises.LABELS[PromiseState(one.state)]),
            _local(one.closed_at),
            ended_by or "",
            one.reason,
        )
        for one, made_by, ended_by, contact, said in found
    ]
    columns = (
        Column(tr("Promised"), "moment"),
        *_columns(tr("Who of us"), tr("With whom"), tr("Interaction")),
        Column(tr("Promise"), width=_TEXT_WIDTH),
        Column(tr("First due on"), "date"),
        Column(tr("Due on"), "date"),
        *_columns(tr("Time"), tr("Deadline"), tr("How firm"), tr("Moved"), tr("State")),
        Column(tr("Ended"), "moment"),
        *_columns(tr("By"), tr("Reason")),
    )
    return Part(tr("Promises"), columns, rows)


def _moves(session: ActorSession, customer_id: int) -> dict[int, str]:
    """Every move of every promise, in a line each, by the promise."""
    lines: dict[int, list[str]] = defaultdict(list)
    for one, staff in session.execute(
        select(PromiseMove, Staff.name)
        .outerjoin(Staff, Staff.id == PromiseMove.staff_id)
        .where(PromiseMove.customer_id == customer_id)
        .order_by(PromiseMove.at, PromiseMove.id)
    ):
        moved = f"{_day(one.from_on, one.from_at)} → {_day(one.to_on, one.to_at)}"
        lines[one.promise_id].append(" · ".join(filter(None, (moved, staff, one.why))))
    return defaultdict(str, {promise: "\n".join(said) for promise, said in lines.items()})


def _reminders(session: ActorSession, customer_id: int) -> Part:
    whose, closer = aliased(Staff), aliased(Staff)
    found = session.execute(
        select(Reminder, whose.name, closer.name, Contact.name)
        .outerjoin(whose, whose.id == Reminder.whose_id)
        .outerjoin(closer, closer.id == Reminder.closed_by_id)
        .outerjoin(Contact, Contact.id == Reminder.contact_id)
        .where(Reminder.customer_id == customer_id)
        .order_by(Reminder.due_on.desc(), Reminder.id.desc())
    )
    rows: list[Sequence[Value]] = [
        (
            one.due_on,
            _clock(one.due_at),
            tr("yes") if one.deadline else "",
            str(reminders.LABELS[ReminderKind(one.kind)]),
            str(interactions.LABELS[Channel(one.channel)]) if one.channel else "",
            one.text,
            one.about,
            contact or "",
            name or (str(LABELS[Role(one.for_role)]) if one.for_role else ""),
            _comes_back(one.rule),
            _local(one.closed_at),
            ended_by or "",
            str(reminders.LABELS[Outcome(one.outcome)]) if one.outcome else "",
            one.reason,
        )
        for one, name, ended_by, contact in found
    ]
    columns = (
        Column(tr("Due on"), "date"),
        *_columns(tr("Time"), tr("Deadline"), tr("Kind"), tr("Channel")),
        Column(tr("Reminder"), width=_TEXT_WIDTH),
        Column(tr("More"), width=_TEXT_WIDTH),
        *_columns(tr("With whom"), tr("Whose"), tr("Comes back")),
        Column(tr("Ended"), "moment"),
        *_columns(tr("By"), tr("Outcome"), tr("Reason")),
    )
    return Part(tr("Reminders"), columns, rows)


def _greetings(session: ActorSession, customer_id: int) -> Part:
    """What the customer wishes, then what was handed out, the latest first."""
    columns = (
        *_columns(tr("Occasion"), tr("Wanted")),
        Column(tr("Day"), "date"),
        Column(tr("When"), "moment"),
        *_columns(tr("By"), tr("With whom"), tr("How")),
        Column(tr("Greeting"), width=_TEXT_WIDTH),
    )
    return Part(tr("Greetings"), columns, list(_greeted(session, customer_id)))


def _greeted(session: ActorSession, customer_id: int) -> Iterator[Sequence[Value]]:
    for choice in session.scalars(
        select(GreetingChoice)
        .where(GreetingChoice.customer_id == customer_id)
        .order_by(GreetingChoice.id)
    ):
        wanted = tr("yes") if choice.wanted else tr("no")
        yield (_occasion(choice.occasion), wanted, None, None, "", "", "", "")
    handed_out = session.execute(
        select(Greeting, Staff.name, Contact.name)
        .outerjoin(Staff, Staff.id == Greeting.staff_id)
        .outerjoin(Contact, Contact.id == Greeting.contact_id)
        .where(Greeting.customer_id == customer_id)
        .order_by(Greeting.at.desc(), Greeting.id.desc())
    )
    for one, staff, contact in handed_out:
        yield (
            _occasion(one.occasion),
            "",
            one.day,
            _local(one.at),
            staff or "",
            contact or "",
            one.how,
            one.text,
        )


def _comes_back(rule: str) -> str:
    """In words; a rule of a newer version, or of another program, as it is written."""
    if not rule:
        return ""
    try:
        return describe(parse(rule))
    except Refused:
        return rule


def _occasion(key: str) -> str:
    festival = FESTIVALS.get(key)
    return str(festival.name) if festival else key


def _columns(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(title) for title in titles)


def _local(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone()


def _clock(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone():%H:%M}"


def _day(day: date, at: datetime | None) -> str:
    return " ".join(filter(None, (day.isoformat(), _clock(at))))
