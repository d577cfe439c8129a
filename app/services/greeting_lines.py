"""Who is greeted on some days, of the customers that the actor looks after."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from app.db.ids import id_set
from app.db.scope import ActorSession
from app.domain import birthdays, greetings
from app.domain.birthdays import Birthday
from app.domain.greetings import ANNIVERSARY, BIRTHDAY, FOUNDING, OCCASIONS
from app.domain.salutations import Addressee, language_of
from app.domain.vocabulary import Kind, Stage
from app.i18n import Message, language
from app.models import Contact, Customer, Greeting, GreetingChoice
from app.queries import greetings as queries

_UNHAPPY_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class GreetingLine:
    """Somebody to be greeted.

    `held` says why it is better to wait, `left_out` why this customer is not greeted. `text` is
    what the usual template gives; `problem` says why it gives nothing.
    """

    customer_id: int
    contact_id: int | None
    customer: str
    who: Addressee
    occasion: str
    day: date
    year: int
    language: str
    years: int = 0
    birthday: str = ""
    held: Message | None = None
    left_out: Message | None = None
    text: str = ""
    problem: Message | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing speaks against handing it out."""
        return self.held is None and self.left_out is None and self.problem is None

    @property
    def key(self) -> tuple[int, int | None, str, int]:
        """What there is once."""
        return self.customer_id, self.contact_id, self.occasion, self.year


@dataclass(slots=True)
class Known:
    """What is known of the customers of a list."""

    customers: dict[int, Customer] = field(default_factory=dict)
    people: dict[int, Contact] = field(default_factory=dict)
    wishes: dict[int, dict[str, bool]] = field(default_factory=dict)
    held: dict[int, Message] = field(default_factory=dict)
    done: set[tuple[int, int | None, str, int]] = field(default_factory=set)


def known_on(session: ActorSession, days: Sequence[date], now: datetime) -> Known:
    """What a list for these days needs to know."""
    known = Known()
    festive = any(greetings.festivals_on(day) for day in days)
    actor = session.actor
    born = list(session.scalars(queries.people_born(actor, days)))
    ids = {one.customer_id for one in born}
    if festive:
        ids |= set(session.scalars(select(Customer.id).where(queries.looked_after(actor))))
    else:
        ids |= set(session.scalars(queries.with_own_day(actor, days)))
    some = id_set(session, sorted(ids))
    known.customers = {
        one.id: one for one in session.scalars(select(Customer).where(Customer.id.in_(some)))
    }
    known.people = {one.id: one for one in born}
    _add_wishes(session, known, some)
    _add_reasons(session, known, some, now)
    known.done = _done(session, some, days)
    return known


def _add_wishes(session: ActorSession, known: Known, some: Any) -> None:
    query = select(GreetingChoice).where(GreetingChoice.customer_id.in_(some))
    for one in session.scalars(query):
        known.wishes.setdefault(one.customer_id, {})[one.occasion] = one.wanted


def _add_reasons(session: ActorSession, known: Known, some: Any, now: datetime) -> None:
    """Why it is better to wait; the gravest last, as it counts."""
    for one in known.customers.values():
        if one.stage == Stage.LOST.value:
            known.held[one.id] = Message("A lost customer")
    today = now.astimezone().date()
    for customer_id, since in session.execute(queries.late_promises(some, today)):
        known.held[customer_id] = Message(
            "Waits for a promise since {day}", params={"day": since.isoformat()}
        )
    moment = now - timedelta(days=_UNHAPPY_DAYS)
    for customer_id, at in session.execute(queries.unhappy_since(some, moment)):
        known.held[customer_id] = Message(
            "Sounded unhappy on {day}", params={"day": at.astimezone().date().isoformat()}
        )


def _done(
    session: ActorSession, some: Any, days: Sequence[date]
) -> set[tuple[int, int | None, str, int]]:
    # a lunar birthday may count for the year before
    years = sorted({day.year - back for day in days for back in (0, 1)})
    query = select(Greeting).where(Greeting.customer_id.in_(some), Greeting.year.in_(years))
    return {
        (one.customer_id, one.contact_id, one.occasion, one.year) for one in session.scalars(query)
    }


def lines_on(session: ActorSession, known: Known, days: Sequence[date]) -> Iterator[GreetingLine]:
    """Everybody who may be greeted on these days, without the words."""
    first_people = _first_people(session, known.customers)
    for day in days:
        yield from _of_people(known, day)
        for one in known.customers.values():
            contact = first_people.get(one.id)
            yield from _of_customer(known, one, contact, day)
            for occasion in greetings.festivals_on(day):
                yield from _line(known, one, contact, occasion, day)


def usual_for(session: ActorSession, one: Customer) -> frozenset[str]:
    """The occasions on which a customer is greeted who said nothing about it."""
    contact = _first_people(session, [one.id]).get(one.id)
    spoken = language_of(_who(one, contact), language())
    return frozenset(key for key in OCCASIONS if greetings.verdict({}, key, spoken).greet)


def _first_people(session: ActorSession, ids: Iterable[int]) -> dict[int, Contact]:
    """Whom a letter to a customer goes to: the first of its people."""
    some = id_set(session, sorted(ids))
    query = (
        select(Contact)
        .where(Contact.customer_id.in_(some))
        .order_by(Contact.customer_id, Contact.position, Contact.id)
    )
    found: dict[int, Contact] = {}
    for one in session.scalars(query):
        found.setdefault(one.customer_id, one)
    return found


def _of_people(known: Known, day: date) -> Iterator[GreetingLine]:
    for person in known.people.values():
        born = _born(person.birthday)
        customer = known.customers.get(person.customer_id)
        if born is None or customer is None or not greetings.is_kept(born, day):
            continue
        if (
            customer.kind == Kind.PERSON.value
            and customer.birthday
            and person.name == customer.name
        ):
            continue  # the customer, entered a second time
        yield from _line(known, customer, person, BIRTHDAY, day, born)


def _of_customer(
    known: Known, one: Customer, contact: Contact | None, day: date
) -> Iterator[GreetingLine]:
    born = _born(one.birthday)
    if born is not None and greetings.is_kept(born, day):
        if one.kind == Kind.PERSON.value:
            yield from _line(known, one, None, BIRTHDAY, day, born)
        else:
            yield from _line(known, one, contact, FOUNDING, day, born)
    if one.since is not None and greetings.years_since(one.since, day) is not None:
        yield from _line(known, one, contact, ANNIVERSARY, day)


def _line(
    known: Known,
    one: Customer,
    contact: Contact | None,
    occasion: str,
    day: date,
    born: Birthday | None = None,
) -> Iterator[GreetingLine]:
    """The line of an occasion, unless nobody would expect a greeting."""
    who = _who(one, contact)
    spoken = language_of(who, language())
    verdict = greetings.verdict(known.wishes.get(one.id, {}), occasion, spoken)
    if not verdict.greet and verdict.reason is None:
        return
    yield GreetingLine(
        one.id,
        None if contact is None else contact.id,
        one.name,
        who,
        occasion,
        day,
        greetings.year_of(day, born),
        spoken,
        _years(one, occasion, day, born),
        "" if born is None else birthdays.store(born),
        known.held.get(one.id),
        verdict.reason,
    )


def _who(one: Customer, contact: Contact | None) -> Addressee:
    if contact is not None:
        return Addressee(contact.name, contact.title, one.name)
    if one.kind == Kind.PERSON.value:
        return Addressee(one.name)
    return Addressee(company=one.name)


def _years(one: Customer, occasion: str, day: date, born: Birthday | None) -> int:
    if occasion == ANNIVERSARY and one.since is not None:
        return greetings.years_since(one.since, day) or 0
    if born is not None and occasion == FOUNDING:
        return birthdays.age_on(born, day) or 0
    return 0


def _born(stored: str) -> Birthday | None:
    try:
        return birthdays.load(stored) if stored else None
    except ValueError:
        return None


def in_order(one: GreetingLine) -> tuple[Any, ...]:
    """What lines are sorted by: those that are ready first, then held back, then left out."""
    standing = 2 if one.left_out else 1 if one.held else 0
    return (standing, one.day, tuple(OCCASIONS).index(one.occasion), one.customer, one.who.name)
