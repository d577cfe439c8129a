"""From drawn sample customers to rows: one generator for every table that declares a sample.

Ids within a block count from 0 until the rows are stored: `references` names the columns that hold
such ids and the tables they point into.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.db import derived, search_index
from app.db.search_index import Found, Stored
from app.domain.reminders import Outcome
from app.domain.sample import block
from app.domain.sample_customer import Plan, SampleCustomer
from app.domain.sample_due import SampleReminder
from app.domain.vocabulary import Role
from app.models import (
    Contact,
    ContactPoint,
    Customer,
    CustomerTag,
    Fact,
    Interaction,
    Promise,
    PromiseMove,
    Reminder,
    joined_models,
)
from app.services.promise_writing import LEAD

Row = dict[str, Any]
UNHAPPY: Final = 3
"""Who rates lower sounds unhappy."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the sample is put into: sources and tags in a language, and ids of staff and tags.

    `led_in` has, for each of the staff, the team whose lead hears of late promises; None: nobody.
    """

    sources: Mapping[str, str]
    tags: Mapping[str, str]
    tag_ids: Mapping[str, int]
    staff_ids: Sequence[int]
    led_in: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class SampleTable:
    """How the rows of one table are made from a block of customers."""

    model: Any
    references: Mapping[str, Any]
    rows: Callable[[Sequence[SampleCustomer], Words], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class SampleBlock:
    """A block ready to be stored: the rows of TABLES in their order, and the search entries."""

    rows: tuple[list[Row], ...]
    entries: list[Stored]


def customers(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    for one in drawn:
        yield {
            "kind": one.kind.value,
            "name": one.name,
            "other_names": one.other_names,
            "code": f"C-{one.number:06d}",
            "grade": one.grade.value if one.grade else None,
            "owner_id": None if one.owner is None else words.staff_ids[one.owner],
            "stage": one.stage.value,
            "source": words.sources[one.source],
            "referred_by_id": one.referred_by,
            "parent_id": one.parent,
            "region": one.region,
            "address": one.address,
            "tax_id": one.tax_id or None,
            "notes": one.notes,
            "since": one.since,
            "birthday": one.birthday,
            "last_contact": one.last_contact,
            "created_at": one.created,
            "sample": True,
        }


def contacts(drawn: Sequence[SampleCustomer], _words: Words) -> Iterator[Row]:
    for customer, one in enumerate(drawn):
        for position, contact in enumerate(one.contacts):
            yield {
                "customer_id": customer,
                "position": position,
                "name": contact.name,
                "title": contact.title,
                "role": "",
                "influence": "",
                "birthday": contact.birthday,
                "note": "",
            }


def contact_points(drawn: Sequence[SampleCustomer], _words: Words) -> Iterator[Row]:
    before = 0
    for customer, one in enumerate(drawn):
        for position, made in enumerate(one.points):
            kind, raw, normalised = made.point
            yield {
                "customer_id": customer,
                "contact_id": None if made.contact is None else before + made.contact,
                "position": position,
                "kind": kind.value,
                "raw": raw,
                "normalised": normalised,
            }
        before += len(one.contacts)


def customer_tags(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    for customer, one in enumerate(drawn):
        for tag in one.tags:
            yield {"customer_id": customer, "tag_id": words.tag_ids[tag]}


def interactions(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    before = 0
    for customer, one in enumerate(drawn):
        staff = None if one.owner is None else words.staff_ids[one.owner]
        for talk in one.talks:
            yield {
                "customer_id": customer,
                "contact_id": None if talk.contact is None else before + talk.contact,
                "staff_id": staff,
                "channel": talk.channel.value,
                "direction": talk.direction.value,
                "at": talk.at,
                "minutes": talk.minutes,
                "summary": talk.summary,
                "step": talk.step.value if talk.step else None,
                "rating": talk.rating,
                "unhappy": talk.rating is not None and talk.rating < UNHAPPY,
            }
        before += len(one.contacts)


def facts(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    for customer, one in enumerate(drawn):
        for fact in one.facts:
            yield {
                "customer_id": customer,
                "kind": fact.kind.value,
                "text": fact.text,
                "source": "",
                "interaction_id": None,
                "staff_id": None if one.owner is None else words.staff_ids[one.owner],
                "heard_on": fact.heard_on,
                "confirmed_on": None,
                "outdated": False,
            }


def promises(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    people, talks = 0, 0
    for customer, one in enumerate(drawn):
        staff = None if one.owner is None else words.staff_ids[one.owner]
        for said in one.promises:
            yield {
                "customer_id": customer,
                "contact_id": None if said.contact is None else people + said.contact,
                "interaction_id": talks + said.talk,
                "staff_id": staff,
                "at": said.at,
                "text": said.text,
                "first_due_on": said.first_due_on,
                "due_on": said.due_on,
                "due_at": None,
                "deadline": said.deadline,
                "firm": said.firm.value,
                "state": said.state.value,
                "reason": said.reason,
                "closed_at": said.ended,
                "closed_on": said.ended.astimezone().date() if said.ended else None,
                "closed_by_id": None if said.ended is None else staff,
            }
        people += len(one.contacts)
        talks += len(one.talks)


def promise_moves(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    promise = 0
    for customer, one in enumerate(drawn):
        for place, said in enumerate(one.promises, promise):
            if said.moved is not None:
                yield {
                    "customer_id": customer,
                    "promise_id": place,
                    "staff_id": None if one.owner is None else words.staff_ids[one.owner],
                    "at": said.moved.at,
                    "from_on": said.moved.from_on,
                    "from_at": None,
                    "to_on": said.moved.to_on,
                    "to_at": None,
                    "why": said.moved.why,
                }
        promise += len(one.promises)


def reminders(drawn: Sequence[SampleCustomer], words: Words) -> Iterator[Row]:
    people, promised = 0, 0
    for customer, one in enumerate(drawn):
        owner = None if one.owner is None else words.staff_ids[one.owner]
        team = None if one.owner is None else words.led_in[one.owner]
        for due in one.reminders:
            if due.of_lead and team is None:
                continue
            yield {
                "customer_id": customer,
                "contact_id": None if due.contact is None else people + due.contact,
                "promise_id": None if due.promise is None else promised + due.promise,
                "staff_id": None,
                "for_role": Role.LEAD.value if due.of_lead else None,
                "team_id": team if due.of_lead else None,
                "whose_id": None if due.of_lead else owner,
                "escalation": LEAD if due.of_lead else 0,
                "kind": due.kind.value,
                "channel": due.channel.value if due.channel else None,
                "text": due.text,
                "due_on": due.due_on,
                "due_at": due.due_at,
                "deadline": due.deadline,
                "alarms": due.alarms,
                "rule": due.rule,
                "snoozed_until": None,
                "closed_at": due.ended,
                "closed_by_id": None if due.ended is None else owner,
                "outcome": _outcome(due),
                "made_by_id": owner,
                "made_at": due.made,
            }
        people += len(one.contacts)
        promised += len(one.promises)


def _outcome(due: SampleReminder) -> str | None:
    if due.ended is None:
        return None
    return (Outcome.SKIPPED if due.skipped else Outcome.DONE).value


TABLES: Final = (
    SampleTable(Customer, {"referred_by_id": Customer, "parent_id": Customer}, customers),
    SampleTable(Contact, {"customer_id": Customer}, contacts),
    SampleTable(ContactPoint, {"customer_id": Customer, "contact_id": Contact}, contact_points),
    SampleTable(CustomerTag, {"customer_id": Customer}, customer_tags),
    SampleTable(Interaction, {"customer_id": Customer, "contact_id": Contact}, interactions),
    SampleTable(Fact, {"customer_id": Customer}, facts),
    SampleTable(
        Promise,
        {"customer_id": Customer, "contact_id": Contact, "interaction_id": Interaction},
        promises,
    ),
    SampleTable(PromiseMove, {"customer_id": Customer, "promise_id": Promise}, promise_moves),
    SampleTable(
        Reminder,
        {"customer_id": Customer, "contact_id": Contact, "promise_id": Promise},
        reminders,
    ),
)
"""Tables in the order in which they are stored; a table refers to itself and to earlier ones."""


def make(plan: Plan, words: Words, backend: str, index: int) -> SampleBlock:
    """One block, worked out in this process: rows, derived columns, search entries."""
    drawn = block(plan, index)
    rows = tuple(list(one.rows(drawn, words)) for one in TABLES)
    for table, made in zip(TABLES, rows, strict=True):
        for row in made:
            derived.fill_row(table.model, row)
    texts = _texts(drawn, rows, words)
    return SampleBlock(rows, [search_index.entry(one).stored(backend) for one in texts])


def _texts(
    drawn: Sequence[SampleCustomer], rows: tuple[list[Row], ...], words: Words
) -> list[list[Found]]:
    """The searched texts of every customer, in the order in which the index gathers them."""
    by_model = {one.model: made for one, made in zip(TABLES, rows, strict=True)}
    found = [list(search_index.customer_texts(row)) for row in by_model[Customer]]
    for model in joined_models().values():
        for row in by_model.get(model, ()):
            found[row["customer_id"]] += search_index.joined_texts(model, row)
    for texts, one in zip(found, drawn, strict=True):
        texts += (search_index.tag_text(name) for name in sorted(words.tags[t] for t in one.tags))
    return found
