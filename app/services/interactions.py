"""Logging what was said: calls, visits, messages, letters; and what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.db import journal
from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain.interactions import (
    HIGHEST_RATING,
    LOWEST_RATING,
    Channel,
    Direction,
    Step,
)
from app.domain.vocabulary import Actor
from app.domain.working_time import Calendar, usual
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Contact, Customer, Interaction, InteractionProduct
from app.services import promise_writing
from app.services.customers import not_there
from app.services.promise_writing import PromiseDraft
from app.services.spoken import spoken_with

MOST_MINUTES: Final = 24 * 60
RATINGS: Final = range(LOWEST_RATING, HIGHEST_RATING + 1)
INTERACTION_GONE: Final = Message("This entry is no longer there. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class InteractionDraft:
    """What somebody logs.

    `at` is when it began (aware), `rating` 1 to 5 as the customer gave; `promises` are what was
    promised in it.
    """

    channel: Channel
    direction: Direction
    at: datetime
    summary: str = ""
    contact_id: int | None = None
    minutes: int | None = None
    step: Step | None = None
    rating: int | None = None
    unhappy: bool = False
    product_ids: tuple[int, ...] = ()
    promises: tuple[PromiseDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """Ids of what was written, and the change set that takes all of it back."""

    interaction_id: int
    change_set_id: int


class InteractionService:
    """`calendar` tells which days are worked: see PromiseService."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    def problems(self, typed: InteractionDraft) -> dict[str, Message]:
        """What would be refused, by field."""
        found: dict[str, Message] = {}
        if typed.at > self._db.clock.now() + timedelta(days=1):
            found["at"] = Message("This is in the future. Make it a promise or a reminder instead.")
        if typed.rating is not None and typed.rating not in RATINGS:
            found["rating"] = Message("A rating is from 1 to 5.")
        if typed.minutes is not None and not 0 <= typed.minutes <= MOST_MINUTES:
            found["minutes"] = Message(
                "Minutes are from 0 to {most}.", params={"most": MOST_MINUTES}
            )
        return found

    def log(self, actor: Actor, customer_id: int, typed: InteractionDraft) -> Logged:
        """Put an interaction on record, with what was promised. Raises Refused, NotFound."""
        clean = self._checked(typed)
        calendar = self._calendar()
        with self._db.write(actor, Message("Log an interaction")) as session:
            customer = session.get(Customer, customer_id)
            if customer is None:
                raise not_there(session, customer_id)
            made = Interaction(customer_id=customer_id, staff_id=actor.id)
            _fill(session, made, clean)
            session.add(made)
            session.flush()
            _set_products(session, made, clean.product_ids)
            promised = [
                replace(one, interaction_id=made.id, contact_id=one.contact_id or made.contact_id)
                for one in clean.promises
            ]
            if promised:
                promise_writing.insert(session, customer_id, promised, calendar)
            day = clean.at.astimezone().date()
            if customer.last_contact is None or customer.last_contact < day:
                customer.last_contact = day
                spoken_with(session, customer_id, calendar)
            session.flush()
            return Logged(made.id, session.open_change_set())

    def get(self, actor: Actor, interaction_id: int) -> InteractionDraft:
        """As it is on record, to be edited. Raises NotFound."""
        with self._db.read(actor) as session:
            one = _held(session, interaction_id)
            products = session.scalars(
                select(InteractionProduct.product_id).where(
                    InteractionProduct.interaction_id == one.id
                )
            )
            return InteractionDraft(
                Channel(one.channel),
                Direction(one.direction),
                one.at,
                one.summary,
                one.contact_id,
                one.minutes,
                Step(one.step) if one.step else None,
                one.rating,
                one.unhappy,
                tuple(sorted(products)),
            )

    def save(self, actor: Actor, interaction_id: int, typed: InteractionDraft) -> None:
        """Correct what is on record; who logged it stays. Raises Refused, NotFound."""
        clean = self._checked(typed)
        with self._db.write(actor, Message("Change an interaction")) as session:
            one = _held(session, interaction_id)
            _fill(session, one, clean)
            _set_products(session, one, clean.product_ids)

    def delete(self, actor: Actor, interaction_id: int) -> None:
        """Take it off the record; a promise made in it stays."""
        with self._db.write(actor, Message("Delete an interaction")) as session:
            journal.delete(session, _held(session, interaction_id))

    def _checked(self, typed: InteractionDraft) -> InteractionDraft:
        found = self.problems(typed)
        if found:
            raise Refused(Message("Some fields need another look. Nothing was saved yet."), found)
        return replace(typed, summary=typed.summary.strip())


def _held(session: ActorSession, interaction_id: int) -> Interaction:
    one = session.get(Interaction, interaction_id)
    if one is None:
        raise NotFound(INTERACTION_GONE)
    return one


def _fill(session: ActorSession, one: Interaction, typed: InteractionDraft) -> None:
    if typed.contact_id is not None:
        contact = session.get(Contact, typed.contact_id)
        if contact is None or contact.customer_id != one.customer_id:
            raise Refused(
                Message("Some fields need another look. Nothing was saved yet."),
                {"contact_id": Message("This contact is no longer there.")},
            )
    one.channel, one.direction = typed.channel.value, typed.direction.value
    one.at, one.minutes, one.summary = typed.at, typed.minutes, typed.summary
    one.contact_id = typed.contact_id
    one.step = typed.step.value if typed.step else None
    one.rating, one.unhappy = typed.rating, typed.unhappy


def _set_products(session: WriteSession, one: Interaction, wanted: Sequence[int]) -> None:
    held = {
        row.product_id: row
        for row in session.scalars(
            select(InteractionProduct).where(InteractionProduct.interaction_id == one.id)
        )
    }
    for product_id in dict.fromkeys(wanted):
        if held.pop(product_id, None) is None:
            session.add(
                InteractionProduct(
                    customer_id=one.customer_id, interaction_id=one.id, product_id=product_id
                )
            )
    for gone in held.values():
        journal.delete(session, gone)
    session.flush()
