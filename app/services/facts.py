"""What a customer told us and must never be asked again."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import journal
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.facts import FactDraft, FactKind
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Customer, Fact, Staff
from app.services.customers import not_there

FACT_GONE = Message("This fact is no longer there. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as the page shows it. `staff` heard it; `confirmed_on` is when it was last checked."""

    id: int
    kind: FactKind
    text: str
    source: str
    staff: str
    heard_on: date
    confirmed_on: date | None
    outdated: bool
    interaction_id: int | None


class FactService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of_customer(self, actor: Actor, customer_id: int) -> list[FactRow]:
        """What holds first, the newest before the older; then what is outdated."""
        with self._db.read(actor) as session:
            return facts(session, customer_id)

    def add(self, actor: Actor, customer_id: int, typed: FactDraft) -> int:
        """Write down a fact; returns its id. Raises Refused, NotFound."""
        text = _checked(typed)
        with self._db.write(actor, Message("Add a fact: {text}", params={"text": text})) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            made = Fact(
                customer_id=customer_id,
                kind=typed.kind.value,
                text=text,
                source=typed.source.strip(),
                interaction_id=typed.interaction_id,
                staff_id=actor.id,
                heard_on=typed.heard_on,
            )
            session.add(made)
            session.flush()
            return made.id

    def save(self, actor: Actor, fact_id: int, typed: FactDraft) -> None:
        """Change what a fact says. Raises Refused, NotFound."""
        text = _checked(typed)
        title = Message("Change a fact: {text}", params={"text": text})
        with self._db.write(actor, title) as session:
            one = _held(session, fact_id)
            one.kind, one.text = typed.kind.value, text
            one.source, one.heard_on = typed.source.strip(), typed.heard_on

    def confirm(self, actor: Actor, fact_id: int) -> None:
        """Note that the fact was checked today and holds."""
        with self._db.write(actor, Message("Confirm a fact")) as session:
            one = _held(session, fact_id)
            one.confirmed_on, one.outdated = self._db.clock.today(), False

    def outdate(self, actor: Actor, fact_id: int) -> None:
        """Note that the fact holds no more; it stays to be read."""
        with self._db.write(actor, Message("Mark a fact as outdated")) as session:
            _held(session, fact_id).outdated = True

    def delete(self, actor: Actor, fact_id: int) -> None:
        """Take a fact away."""
        with self._db.write(actor, Message("Delete a fact")) as session:
            journal.delete(session, _held(session, fact_id))


def facts(session: ActorSession, customer_id: int) -> list[FactRow]:
    """As `FactService.of_customer`, in an open session."""
    rows = session.execute(
        select(Fact, Staff.name)
        .outerjoin(Staff, Staff.id == Fact.staff_id)
        .where(Fact.customer_id == customer_id)
        .order_by(Fact.outdated, Fact.heard_on.desc(), Fact.id.desc())
    )
    return [
        FactRow(
            one.id,
            FactKind(one.kind),
            one.text,
            one.source,
            staff or "",
            one.heard_on,
            one.confirmed_on,
            one.outdated,
            one.interaction_id,
        )
        for one, staff in rows
    ]


def _checked(typed: FactDraft) -> str:
    text = " ".join(typed.text.split())
    if not text:
        raise Refused(
            Message("Nothing was written down yet. Nothing was saved."),
            {"text": Message("Say what the customer told us.")},
        )
    return text


def _held(session: ActorSession, fact_id: int) -> Fact:
    one = session.get(Fact, fact_id)
    if one is None:
        raise NotFound(FACT_GONE)
    return one
