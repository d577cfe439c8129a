"""Greetings for a day: whom, at what, with which words; and what was handed out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.db import journal
from app.db.database import Database
from app.db.scope import WriteSession
from app.domain.greetings import EVERY, OCCASIONS, How
from app.domain.interactions import Channel, Direction
from app.domain.merging_text import BadText
from app.domain.salutations import Tone
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Customer, Greeting, GreetingChoice, Interaction
from app.services.greeting_lines import GreetingLine, in_order, known_on, lines_on, usual_for
from app.services.greeting_templates import Particulars, Template, fill, usual_templates

MOST: Final = 2_000
"""Lines of a list; how many more there are is said."""
LONGEST_SPAN: Final = 31
"""Days for which a list is made at once."""
_WISHES: Final = Message("Change greetings of a customer")
_CHANNELS: Final = {How.COPIED: Channel.WECHAT, How.PRINTED: Channel.LETTER}


@dataclass(frozen=True, slots=True)
class GreetingList:
    """The greetings of some days: those that are ready first, then held back, then left out.

    `handed_out` is how many were dealt with before, `more` how many are not in the list.
    """

    first: date
    last: date
    lines: tuple[GreetingLine, ...]
    handed_out: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A greeting that left: its line and the words it went out with."""

    line: GreetingLine
    text: str
    how: How


@dataclass(frozen=True, slots=True)
class Own:
    """What is chosen for one greeting."""

    line: str = ""
    tone: Tone = Tone.FORMAL


class GreetingService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def on(self, actor: Actor, first: date, last: date | None = None) -> GreetingList:
        """Whom the actor greets from `first` to `last`, of the customers they look after.

        Raises Refused for more than LONGEST_SPAN days.
        """
        days = _days(first, first if last is None else last)
        with self._db.read(actor) as session:
            known = known_on(session, days, self._db.clock.now())
            everybody = list(lines_on(session, known, days))
            open_ones = [one for one in everybody if one.key not in known.done]
            open_ones.sort(key=in_order)
            bodies = usual_templates(session)
            shown = [_with_text(one, bodies, actor) for one in open_ones[:MOST]]
        return GreetingList(
            days[0],
            days[-1],
            tuple(shown),
            len(everybody) - len(open_ones),
            len(open_ones) - len(shown),
        )

    def text(self, actor: Actor, line: GreetingLine, template: Template, own: Own) -> str:
        """A line in the words of another template, with what is added to it. Raises BadText."""
        return fill(template, _particulars(line, actor, own))

    def hand_out(self, actor: Actor, done: Sequence[HandedOut]) -> int | None:
        """Keep that greetings went out: on the timeline, and not proposed again this year.

        They do not move the day of the last contact: a greeting is no answer to a silence.
        Returns the change set; None where there is nothing to keep. Raises NotFound.
        """
        if not done:
            return None
        title = Message("Greet a customer", "Greet {count} customers", {"count": len(done)})
        with self._db.write(actor, title) as session:
            for one in done:
                if session.get(Customer, one.line.customer_id) is None:
                    raise NotFound(Message("This customer is no longer there."))
                session.add(_kept(one, actor, session.at))
                if one.how in _CHANNELS:
                    session.add(_said(one, actor, session.at))
            session.flush()
            return session.change_set_id

    def wishes(self, actor: Actor, customer_id: int) -> Mapping[str, bool]:
        """What a customer wishes, by occasion; EVERY for all. What is not there is as usual."""
        query = select(GreetingChoice).where(GreetingChoice.customer_id == customer_id)
        with self._db.read(actor) as session:
            return {one.occasion: one.wanted for one in session.scalars(query)}

    def wish(
        self, actor: Actor, customer_id: int, occasion: str, *, wanted: bool | None
    ) -> int | None:
        """Keep whether a customer is greeted on an occasion, or on EVERY; None: as usual.

        Returns the change set. Raises NotFound, Refused.
        """
        if occasion != EVERY and occasion not in OCCASIONS:
            raise Refused(Message("Choose an occasion."))
        with self._db.write(actor, _WISHES) as session:
            if session.get(Customer, customer_id) is None:
                raise NotFound(Message("This customer is no longer there."))
            _wish(session, customer_id, occasion, wanted=wanted)
            return session.change_set_id

    def wish_all(self, actor: Actor, customer_id: int, wanted: Mapping[str, bool]) -> int | None:
        """Keep these wishes and no others, in one change set; it is returned.

        Raises NotFound, Refused.
        """
        if not set(wanted) <= {EVERY, *OCCASIONS}:
            raise Refused(Message("Choose an occasion."))
        with self._db.write(actor, _WISHES) as session:
            if session.get(Customer, customer_id) is None:
                raise NotFound(Message("This customer is no longer there."))
            query = select(GreetingChoice.occasion).where(GreetingChoice.customer_id == customer_id)
            for occasion in {*session.scalars(query), *wanted}:
                _wish(session, customer_id, occasion, wanted=wanted.get(occasion))
            return session.change_set_id

    def usual(self, actor: Actor, customer_id: int) -> frozenset[str]:
        """The occasions on which a customer is greeted who said nothing. Raises NotFound."""
        with self._db.read(actor) as session:
            found = session.get(Customer, customer_id)
            if found is None:
                raise NotFound(Message("This customer is no longer there."))
            return usual_for(session, found)

    def welcome(self, actor: Actor, customer_id: int, occasion: str) -> int | None:
        """Take back that a customer wants no greetings, at all or on this occasion.

        Returns the change set.
        """
        with self._db.write(actor, _WISHES) as session:
            query = select(GreetingChoice).where(
                GreetingChoice.customer_id == customer_id,
                GreetingChoice.occasion.in_((EVERY, occasion)),
                GreetingChoice.wanted.is_(False),
            )
            for one in session.scalars(query):
                journal.delete(session, one)
            session.flush()
            return session.change_set_id


def _wish(session: WriteSession, customer_id: int, occasion: str, *, wanted: bool | None) -> None:
    held = session.scalar(
        select(GreetingChoice).where(
            GreetingChoice.customer_id == customer_id, GreetingChoice.occasion == occasion
        )
    )
    if wanted is None:
        if held is not None:
            journal.delete(session, held)
    elif held is not None:
        held.wanted = wanted
    else:
        session.add(GreetingChoice(customer_id=customer_id, occasion=occasion, wanted=wanted))
    session.flush()


def _days(first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    if not 1 <= count <= LONGEST_SPAN:
        raise Refused(Message("Choose from 1 to {most} days.", params={"most": LONGEST_SPAN}))
    return [first + timedelta(days=number) for number in range(count)]


def _with_text(
    one: GreetingLine, bodies: Mapping[tuple[str, str], Template], actor: Actor
) -> GreetingLine:
    template = bodies.get((one.occasion, one.language))
    if template is None:
        return replace(one, problem=Message("There is no template for this occasion."))
    try:
        return replace(one, text=fill(template, _particulars(one, actor, Own())))
    except BadText as bad:
        return replace(one, problem=bad.message)


def _particulars(one: GreetingLine, actor: Actor, own: Own) -> Particulars:
    return Particulars(one.who, one.customer, actor.name, one.day, one.years, own.line, own.tone)


def _kept(one: HandedOut, actor: Actor, at: datetime) -> Greeting:
    line = one.line
    return Greeting(
        customer_id=line.customer_id,
        contact_id=line.contact_id,
        occasion=line.occasion,
        year=line.year,
        day=line.day,
        at=at,
        staff_id=actor.id,
        how=one.how.value,
        text="" if one.how is How.LEFT_OUT else one.text,
    )


def _said(one: HandedOut, actor: Actor, at: datetime) -> Interaction:
    return Interaction(
        customer_id=one.line.customer_id,
        contact_id=one.line.contact_id,
        staff_id=actor.id,
        channel=_CHANNELS[one.how].value,
        direction=Direction.OUT.value,
        at=at,
        summary=one.text,
    )
