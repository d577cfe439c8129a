"""Whom rules remind: selects of customers by the few days that are asked for."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.domain.birthday_keys import keys_on, month_day_keys
from app.domain.reminders import Outcome
from app.domain.rules import PASSED, RuleParams, Whose
from app.domain.vocabulary import Grade, Stage
from app.models import Contact, Customer, GreetingChoice, Reminder

Where = ColumnElement[bool]
EVERY: Final = "all"
"""Stands for every occasion where the wish of a customer is kept."""
_ISO: Final = 10
"""Characters of a day: 2026-03-15."""


# --- customers ---------------------------------------------------------------------


def in_play() -> Where:
    """Customers that are not lost: nobody is reminded of others."""
    return Customer.stage != Stage.LOST.value


def birthday_key(column: Any) -> Any:
    """What domain.birthday_keys.key says of a stored birthday, in SQL."""
    tail = func.substr(column, func.length(column) - 4)
    lunar = func.substr(column, 1, 1) == "L"
    return case((lunar, literal("L", String) + tail), else_=tail)


_JULIAN: Final = 1_721_424
"""From the ordinal of a day to SQLite's julianday, its half cut off."""
NEVER: Final = "never"
"""What stands for the day of the last contact where there was none."""


def last_spoken() -> Any:
    """The day of the last contact as occasions write it."""
    return func.coalesce(day_text(Customer.last_contact), literal(NEVER, String))


def day_text(column: Any) -> Any:
    """A day as 2026-03-15; the databases write it alike."""
    return cast(column, String)


def born_on(column: Any, days: Iterable[date]) -> Where:
    """Whose birthday is kept on one of the days."""
    keys = sorted({key for day in days for key in keys_on(day)})
    # in the words of the index, or it is not used
    return and_(column != literal_column("''"), birthday_key(column).in_(keys))


def returning_on(text: Any, days: Iterable[date]) -> Where:
    """Whose date, of whatever year, comes again on one of the days."""
    keys = sorted({key for day in days for key in month_day_keys(day)})
    return func.substr(text, 6, 5).in_(keys)


def _of_class(grade: Grade | None, stage: Stage) -> Where:
    graded = Customer.grade.is_(None) if grade is None else Customer.grade == grade.value
    return and_(graded, Customer.stage == stage.value)


def classes_by_days(params: RuleParams) -> dict[int, Where]:
    """Every number of days that somebody may be silent, and for whom it holds."""
    grades: tuple[Grade | None, ...] = (None, *Grade)
    found: dict[int, list[Where]] = {}
    for grade in grades:
        for stage in Stage:
            if stage is not Stage.LOST:
                found.setdefault(params.allowed(grade, stage), []).append(_of_class(grade, stage))
    return {days: or_(*conditions) for days, conditions in found.items()}


def silent_by(params: RuleParams, today: date) -> Where:
    """Who has been silent for longer than they may be."""
    since = case(
        *((which, today - timedelta(days=days)) for days, which in classes_by_days(params).items())
    )
    least = min(classes_by_days(params))
    return and_(
        Customer.last_contact < today - timedelta(days=least), Customer.last_contact < since
    )


def silent_between(params: RuleParams, first: date, last: date) -> Where:
    """Who became silent from `first` to `last`."""
    spans = [
        and_(which, spoken_between(first - timedelta(days=days), last - timedelta(days=days)))
        for days, which in classes_by_days(params).items()
    ]
    return or_(false(), *spans)


def spoken_between(first: date, last: date) -> Where:
    """Whose last contact was then; of whom nobody spoke with yet, who was added then."""
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    return or_(
        Customer.last_contact.between(first, last),
        and_(
            Customer.last_contact.is_(None),
            Customer.created_at >= begin,
            Customer.created_at < end,
        ),
    )


def days_since_spoken(backend: str, day: date) -> Any:
    """Days from the last contact to `day`, or from when the customer was added (in UTC)."""
    if backend == "sqlite":
        spoken = func.coalesce(Customer.last_contact, func.date(Customer.created_at))
        return day.toordinal() + _JULIAN - cast(func.julianday(spoken), Integer)
    added = cast(func.timezone("UTC", Customer.created_at), Date)
    return type_coerce(literal(day, Date) - func.coalesce(Customer.last_contact, added), Integer)


# --- wishes ------------------------------------------------------------------------


def _choice(occasions: Sequence[str], *, wanted: bool) -> Where:
    held = aliased(GreetingChoice)
    return exists(
        select(1).where(
            held.customer_id == Customer.id,
            held.occasion.in_(occasions),
            held.wanted.is_(wanted),
        )
    )


def wishes(key: str) -> Where:
    """Customers who said that they like to be greeted then; one occasion outweighs all."""
    every = and_(_choice([EVERY], wanted=True), ~_choice([key], wanted=False))
    return or_(_choice([key], wanted=True), every)


def refuses(key: str) -> Where:
    """Customers who said that they do not."""
    nothing = and_(_choice([EVERY], wanted=False), ~_choice([key], wanted=True))
    return or_(_choice([key], wanted=False), nothing)


# --- reminders ---------------------------------------------------------------------


def open_of(rule_id: int) -> Where:
    """Reminders of a rule that are still to be done."""
    return and_(Reminder.rule_id == rule_id, Reminder.closed_at.is_(None))


def withdrawn_of(rule_id: int, since: datetime) -> Where:
    """Reminders of a rule that the program took back lately."""
    return and_(
        Reminder.closed_by_id.is_(None),
        Reminder.closed_at >= since,
        Reminder.rule_id == rule_id,
        Reminder.outcome == Outcome.RELEASED.value,
    )


def of_lost() -> Where:
    """The customer of the reminder is lost."""
    return Customer.stage == Stage.LOST.value


def spoken_since() -> Where:
    """There was contact after the one that the reminder was counted from."""
    return and_(
        Customer.last_contact.is_not(None),
        day_text(Customer.last_contact) != func.substr(Reminder.occasion, 1, _ISO),
    )


def passed(today: date) -> Where:
    """The day went by, and nobody did anything about it."""
    return Reminder.due_on < today - timedelta(days=PASSED)


def not_born_on(days: Iterable[date], whose: Whose) -> Where:
    """The birthday is another one now: the reminder's day is not one on which it is kept."""
    born = func.coalesce(
        case((Reminder.contact_id.is_(None), Customer.birthday), else_=Contact.birthday), ""
    )
    of_another = {
        Whose.BOTH: false(),
        Whose.CUSTOMERS: Reminder.contact_id.is_not(None),
        Whose.CONTACTS: Reminder.contact_id.is_(None),
    }[whose]
    key = birthday_key(born)
    return or_(
        of_another,
        born == "",
        *(and_(Reminder.due_on == day, key.not_in(sorted(keys_on(day)))) for day in days),
    )


def date_moved(text: Any, days: Iterable[date], *, yearly: bool) -> Where:
    """The date that the reminder was made for is another one now, or is gone."""
    if not yearly:
        return or_(text.is_(None), text != func.substr(Reminder.occasion, 1, _ISO))
    moved = (
        and_(Reminder.due_on == day, func.substr(text, 6, 5).not_in(list(month_day_keys(day))))
        for day in days
    )
    return or_(text.is_(None), *moved)


def greeting_refused(keys: Iterable[str]) -> Where:
    """The customer does not wish greetings at the festival that the reminder is about."""
    return or_(
        false(),
        *(
            and_(Reminder.occasion.contains(f"/{key} ", autoescape=True), refuses(key))
            for key in keys
        ),
    )


def first_of_each(query: Select[Any], owners: Any, order: Sequence[Any], most: int) -> Select[Any]:
    """The first `most` rows of every owner (None: of all together), in this order."""
    place = func.row_number().over(partition_by=owners, order_by=order).label("place")
    rows = query.add_columns(place).subquery()
    columns = [one for one in rows.c if one.key != "place"]
    return select(*columns).where(rows.c.place <= most).order_by(rows.c.place)
