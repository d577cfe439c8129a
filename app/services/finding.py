"""Finding customers by what is typed, with what matched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db import search, search_index
from app.db.database import Database
from app.db.ids import id_value
from app.domain.script import fold
from app.domain.search_text import marks, parse
from app.domain.vocabulary import Actor, Kind, Stage
from app.models import Contact, Customer, Staff

_LOOKED_AT: Final = 30


@dataclass(frozen=True, slots=True)
class Matched:
    """A text that matched, the field it stands in, and which characters of it did."""

    field: str
    text: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    name: str
    kind: Kind
    owner: str
    under: str
    stage: Stage
    matched: tuple[Matched, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A customer who may be meant by a name, and which contact of theirs if it is a contact's."""

    customer_id: int
    customer: str
    contact_id: int | None = None
    contact: str = ""


class FindService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, actor: Actor, typed: str, limit: int = 20) -> list[Hit]:
        """The best hits in ranked order."""
        owner, parent = aliased(Staff), aliased(Customer)
        with self._db.read(actor) as session:
            ids = search.first_page(session, typed, search.EVERYBODY, limit).tolist()
            rows = session.execute(
                select(
                    Customer.id,
                    Customer.name,
                    Customer.kind,
                    owner.name,
                    parent.name,
                    Customer.stage,
                )
                .outerjoin(owner, owner.id == Customer.owner_id)
                .outerjoin(parent, parent.id == Customer.parent_id)
                .where(Customer.id.in_(ids))
            )
            found = {row[0]: row for row in rows}
            texts = search_index.gather(session, ids)
        return [
            Hit(
                one,
                found[one][1],
                Kind(found[one][2]),
                found[one][3] or "",
                found[one][4] or "",
                Stage(found[one][5]),
                _matched(typed, texts[one]),
            )
            for one in ids
        ]

    def named(self, actor: Actor, who: str, limit: int = 6) -> list[Named]:
        """The customers that somebody may mean by a name, as people say it: 陈总, Grace, 晨光.

        Only where it is the name of the customer or of a contact, one's own first; where one is
        called exactly so, others are left out.
        """
        # the words of titles take time that the start need not spend
        from app.services.meant import Person, meant, without_title

        said = fold(who).strip()
        hits = self.find(actor, without_title(said) or said, _LOOKED_AT) if said else []
        with self._db.read(actor) as session:
            people: dict[int, list[Person]] = {hit.id: [] for hit in hits}
            rows = session.execute(
                select(Contact.customer_id, Contact.id, Contact.name, Contact.title)
                .where(Contact.customer_id.in_(list(people)))
                .order_by(Contact.id)
            )
            for customer_id, contact_id, name, title in rows:
                people[customer_id].append(Person(contact_id, name, title))
        own_first = sorted(hits, key=lambda hit: hit.owner != actor.name)
        found = [one for hit in own_first for one in meant(said, hit, people[hit.id])]
        exact = [one for one in found if said in {fold(one.contact), fold(one.customer)}]
        return (exact or found)[:limit]

    def matched(
        self, actor: Actor, typed: str, ids: Iterable[int]
    ) -> dict[int, tuple[Matched, ...]]:
        """What matched in each of these customers, for the lines on screen."""
        with self._db.read(actor) as session:
            seen = search.EVERYBODY.chosen.ids(session, ids=id_value(session, ids))
            texts = search_index.gather(session, seen.tolist())
        return {one: _matched(typed, found) for one, found in texts.items()}

    def count(self, actor: Actor, typed: str) -> int:
        """How many customers the actor sees that match."""
        with self._db.read(actor) as session:
            return len(search.every_hit(session, typed, search.EVERYBODY))


def _matched(typed: str, texts: Sequence[search_index.Found]) -> tuple[Matched, ...]:
    query = parse(typed)
    found = [(one, tuple(marks(query, one.text))) for one in texts]
    return tuple(Matched(one.field, one.text.text, ranges) for one, ranges in found if ranges)
