"""Writes the interactions of a plan, at customers that are there by then."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from app.db import bulk, search_index
from app.db.bulk_values import update_each
from app.db.ids import id_set
from app.db.scope import ActorSession, WriteSession
from app.errors import Conflict
from app.i18n import Message
from app.models import Contact, Customer, Interaction, InteractionProduct, Product
from app.services.import_changes import TO_BE_MADE
from app.services.import_drafts import folded, owner_key
from app.services.import_plan import Entry, Verdict
from app.services.import_records import contact_row
from app.services.import_talks import Talk

if TYPE_CHECKING:
    from datetime import date

MOVED: Final = Message(
    "Somebody changed customers while the file was checked, and some rows do not fit any more. "
    "Nothing was imported; check the file again."
)
_WRITTEN: Final = (Verdict.NEW, Verdict.UPDATE)
_AT_ONCE: Final = 5_000


class Places:
    """Positions for new parts of customers, after those that they have."""

    def __init__(self, session: WriteSession, model: Any, ids: Iterable[int]) -> None:
        query = (
            select(model.customer_id, func.max(model.position))
            .where(model.customer_id.in_(id_set(session, ids)))
            .group_by(model.customer_id)
        )
        self._last: dict[int, int] = dict(session.execute(query).all())

    def next(self, customer_id: int) -> int:
        """The next free position."""
        place = self._last.get(customer_id, -1) + 1
        self._last[customer_id] = place
        return place


class TalkWriter:
    """Writes interactions, a block of entries at a time.

    Args:
        session: the write under way.
        staff: ids of those who became staff with the file, by name.
        id_of: the customer's id for an entry's `home`.
    """

    def __init__(
        self, session: WriteSession, staff: Mapping[str, int], id_of: Callable[[int], int]
    ) -> None:
        self._session = session
        self._staff = staff
        self._id_of = id_of
        self._products = products(session)
        self._last: dict[int, date] = {}

    def write(self, block: Sequence[Entry]) -> None:
        """The interactions of a block, with the contacts and products that they name.

        Raises:
            Conflict: a product that was there is not any more.
        """
        told = list(self._told(block))
        if not told:
            return
        if any(folded(name) not in self._products for _, _, talk in told for name in talk.products):
            raise Conflict(MOVED)
        session = self._session
        contacts = self._contacts(told)
        first = bulk.reserve_ids(session, Interaction, len(told))
        rows = []
        chosen = []
        for number, (home, entry, talk) in enumerate(told, first):
            rows.append(self._row(home, entry, talk, contacts.get((home, folded(talk.contact)))))
            chosen += [
                {"customer_id": home, "interaction_id": number, "product_id": one}
                for one in dict.fromkeys(self._products[folded(name)] for name in talk.products)
            ]
            if entry.home > 0:
                self._last[home] = max(talk.day, self._last.get(home, talk.day))
        bulk.insert_rows(session, Interaction, rows, reserved=first)
        bulk.insert_rows(session, InteractionProduct, chosen)
        for row in rows:
            session.noted[row["customer_id"]] += search_index.joined_texts(Interaction, row)
        search_index.refresh(session)

    def renew_last_contacts(self) -> None:
        """Customers that were there already: last contacted when the last interaction was."""
        homes = list(self._last)
        for start in range(0, len(homes), _AT_ONCE):
            some = homes[start : start + _AT_ONCE]
            held = self._session.execute(
                select(Customer.id, Customer.last_contact).where(
                    Customer.id.in_(id_set(self._session, some))
                )
            )
            later = {
                one: {"last_contact": self._last[one]}
                for one, day in held
                if day is None or day < self._last[one]
            }
            update_each(self._session, Customer, later)

    def _told(self, block: Sequence[Entry]) -> Iterator[tuple[int, Entry, Talk]]:
        for entry in block:
            if entry.talk is None or entry.verdict not in _WRITTEN:
                continue
            yield self._id_of(entry.home), entry, entry.talk

    def _row(self, home: int, entry: Entry, talk: Talk, contact: int | None) -> dict[str, Any]:
        author = entry.author_id
        if author == TO_BE_MADE:
            author = self._staff[owner_key(talk.author)]
        return {
            "customer_id": home,
            "contact_id": contact,
            "staff_id": author,
            "channel": talk.channel,
            "direction": talk.direction,
            "at": talk.at,
            "minutes": talk.minutes,
            "summary": talk.summary,
            "step": talk.step,
            "rating": talk.rating,
            "unhappy": talk.unhappy,
        }

    def _contacts(self, told: Sequence[tuple[int, Entry, Talk]]) -> dict[tuple[int, str], int]:
        """Ids of the contacts named, by customer and name; those that are not there are made."""
        wanted: dict[tuple[int, str], str] = {}
        for home, _, talk in told:
            if talk.contact:
                wanted.setdefault((home, folded(talk.contact)), talk.contact)
        if not wanted:
            return {}
        session = self._session
        homes = {home for home, _ in wanted}
        query = (
            select(Contact.customer_id, Contact.name, Contact.id)
            .where(Contact.customer_id.in_(id_set(session, homes)))
            .order_by(Contact.position.desc())
        )
        found = {(home, folded(name)): one for home, name, one in session.execute(query)}
        missing = [key for key in wanted if key not in found]
        if missing:
            places = Places(session, Contact, {home for home, _ in missing})
            rows = [
                contact_row(home, wanted[home, name], "", places.next(home), "")
                for home, name in missing
            ]
            first, _ = bulk.insert_rows(session, Contact, rows)
            found |= {key: one for one, key in enumerate(missing, first)}
            session.reindex_customers(home for home, _ in missing)
        return found


def products(session: ActorSession) -> dict[str, int]:
    """Ids of what we sell, by folded name."""
    return {folded(name): one for one, name in session.execute(select(Product.id, Product.name))}
