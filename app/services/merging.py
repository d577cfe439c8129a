"""Two records of one customer become one; nothing is lost, and it can be taken back."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import select

from app.db import journal, merging
from app.db.database import Database
from app.db.scope import WriteSession
from app.db.search_joining import Joining
from app.domain.field_words import CONTACT_NAMES, stored_words
from app.domain.vocabulary import Actor, Role
from app.errors import Conflict, Refused
from app.i18n import Message, tr
from app.models import (
    Contact,
    Customer,
    CustomerShare,
    CustomValue,
    GreetingChoice,
    Note,
    Staff,
)
from app.services.custom_fields import field_id_of
from app.services.merge_comparison import (
    CHOSEN,
    SETTLED,
    ComparedField,
    Comparison,
    Take,
    compare,
)

__all__ = ["Comparison", "MergeService", "Take"]

CHANGED: Final = Message(
    "Somebody changed one of these customers meanwhile. Nothing was merged; look at the values"
    " again."
)
_OF_CONTACT: Final = ("title", "role", "influence", "birthday", "note")
_SEES_ALL: Final = (Role.MANAGER.value, Role.DIRECTOR.value)
Choices = Mapping[str, Take]


class MergeService:
    """Whoever sees two customers may merge them, as they may delete them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def compare(self, actor: Actor, first_id: int, second_id: int) -> Comparison:
        """Both, field by field, and what hangs on them. Writes nothing.

        Raises Refused (one and the same, or one belongs to the other), NotFound.
        """
        with self._db.read(actor) as session:
            return compare(session, first_id, second_id)

    @staticmethod
    def checked(held: Comparison, choices: Choices) -> dict[str, Take]:
        """What is taken of every field and person: as chosen, else as proposed. Raises Refused."""
        return _checked(held, choices)

    def merge(
        self,
        actor: Actor,
        keep_id: int,
        other_id: int,
        choices: Choices | None = None,
        seen: Comparison | None = None,
    ) -> int:
        """The second customer becomes part of the first; returns the change set.

        `choices` says, by the key of a field or of a person (Comparison.fields, .people), whose
        value is kept: FIRST is the customer that stays; what is not named is taken as the
        comparison proposes. `seen` is what they were chosen from: other values by now raise
        Conflict. Raises Refused, NotFound.
        """
        before = seen or self.compare(actor, keep_id, other_id)
        chosen = self.checked(before, choices or {})
        params = {"other": before.second.name, "kept": before.first.name}
        title = Message("Merge {other} into {kept}", params=params)
        with self._db.write(actor, title) as session:
            now = compare(session, keep_id, other_id)
            if now.values() != before.values():
                raise Conflict(CHANGED)
            _Merge(session, now, chosen).write()
            return session.open_change_set()


def _checked(held: Comparison, choices: Choices) -> dict[str, Take]:
    """What is taken of every field and person. Raises Refused."""
    takes = {one.key: one.take for one in held.fields if not one.settled}
    both = {one.key for one in held.fields if one.may_take_both}
    takes |= {one.key: one.take for one in held.people}
    people = {one.key for one in held.people}
    for key, take in choices.items():
        if key not in takes:
            known = ", ".join(takes)
            raise Refused(
                Message(
                    "There is nothing to choose under “{field}”. These can be chosen: {known}.",
                    params={"field": key, "known": known},
                )
            )
        if take is Take.BOTH and key not in both | people:
            raise Refused(
                Message("Only one value of “{field}” can be kept.", params={"field": key})
            )
        takes[key] = take
    return takes


class _Merge:
    """One merge in an open session."""

    def __init__(self, session: WriteSession, held: Comparison, takes: Mapping[str, Take]) -> None:
        self._session, self._held, self._takes = session, held, takes
        self._kept = session.get_one(Customer, held.first.id)
        self._other = session.get_one(Customer, held.second.id)
        self._lost: list[str] = []
        self._people = {
            one.second_id: one.first_id for one in held.people if takes[one.key] is not Take.BOTH
        }

    def write(self) -> None:
        """All of it."""
        index = Joining(self._session, self._kept.id, self._other.id)
        staying = {"custom_value": self._keep_added(), "contact": frozenset(self._people)}
        self._join_people()
        self._keep_refusals()
        self._put_away()
        owner = self._keep_columns()
        pair = merging.Merging(self._kept.id, self._other.id, self._people, staying)
        merging.move(self._session, pair)
        self._share(owner)
        self._note()
        self._session.flush()
        index.finish()

    def _put_away(self) -> None:
        """The other goes first: its code may become that of the kept one."""
        self._other.merged_into_id = self._kept.id
        self._session.flush()
        journal.delete(self._session, self._other)
        self._session.flush()

    def _keep_columns(self) -> int | None:
        """Write the values taken; returns the owner that was not."""
        kept = self._kept
        fields = {one.key: one for one in self._held.fields}
        name = fields["name"].taken(self._takes["name"])
        values = {key: fields[key].taken(self._takes[key]) for key in CHOSEN}
        values |= {key: fields[key].result for key in SETTLED}
        values["other_names"] = self._held.names(name)
        for key, value in values.items():
            empty = Customer.__mapper__.columns[key].nullable
            setattr(kept, key, value if value is not None or empty else "")
        self._lost += [
            line for key in CHOSEN if key != "name" for line in self._unchosen(fields[key])
        ]
        self._session.flush()
        lost = fields["owner_id"].lost(self._takes["owner_id"])
        return None if lost is None else int(lost)

    def _unchosen(self, field: ComparedField) -> Iterator[str]:
        lost = field.lost(self._takes[field.key])
        if lost is not None:
            yield tr("{field}: {value}", field=field.title, value=field.words(lost))

    def _keep_added(self) -> frozenset[int]:
        """Write values of fields that managers added; returns rows that stay with the other."""
        held = {
            (one.customer_id, one.field_id): one
            for one in self._session.scalars(
                select(CustomValue).where(
                    CustomValue.customer_id.in_((self._kept.id, self._other.id))
                )
            )
        }
        staying: set[int] = set()
        for field in self._held.differing:
            field_id = field_id_of(field.key)
            if field_id is None:
                continue
            self._lost += self._unchosen(field)
            mine = held.get((self._kept.id, field_id))
            theirs = held.get((self._other.id, field_id))
            wanted = field.taken(self._takes[field.key])
            if mine is not None and wanted is None:
                journal.delete(self._session, mine)
            elif mine is not None:
                mine.value = wanted
            elif theirs is not None and wanted is None:
                staying.add(theirs.id)
        self._session.flush()
        return frozenset(staying)

    def _join_people(self) -> None:
        """One contact of two: what the first lacks it gets from the second."""
        for pair in self._held.people:
            take = self._takes[pair.key]
            if take is Take.BOTH:
                continue
            mine = self._session.get_one(Contact, pair.first_id)
            theirs = self._session.get_one(Contact, pair.second_id)
            for name in _OF_CONTACT:
                values = getattr(mine, name), getattr(theirs, name)
                wanted, left = values if take is Take.FIRST else values[::-1]
                setattr(mine, name, wanted or left)
                if wanted and left and wanted != left:
                    words = stored_words(name, left)
                    title = tr("{name}, {field}", name=mine.name, field=CONTACT_NAMES[name])
                    self._lost.append(tr("{field}: {value}", field=title, value=words))
        self._session.flush()

    def _keep_refusals(self) -> None:
        """Who wanted no greeting on an occasion gets none, whatever was kept of the other."""
        refused = select(GreetingChoice.occasion).where(
            GreetingChoice.customer_id == self._other.id, GreetingChoice.wanted.is_(False)
        )
        for wish in self._session.scalars(
            select(GreetingChoice).where(
                GreetingChoice.customer_id == self._kept.id,
                GreetingChoice.wanted.is_(True),
                GreetingChoice.occasion.in_(refused),
            )
        ):
            wish.wanted = False
        self._session.flush()

    def _share(self, owner: int | None) -> None:
        """Who looked after one of the two sees what has become of it."""
        if owner is None:
            return
        found = self._session.get(Staff, owner)
        if found is None or not found.active or found.role in _SEES_ALL:
            return
        shared = select(CustomerShare.id).where(
            CustomerShare.customer_id == self._kept.id, CustomerShare.staff_id == owner
        )
        if self._session.scalars(shared).first() is None:
            self._session.add(CustomerShare(customer_id=self._kept.id, staff_id=owner))

    def _note(self) -> None:
        """What was done, and every value that was not taken, on the timeline."""
        other = self._other
        named = {"name": other.name, "number": other.id, "code": other.code or ""}
        begin = (
            tr("Merged with {name} (number {number}, code {code}).", **named)
            if other.code
            else tr("Merged with {name} (number {number}).", **named)
        )
        lines = [begin]
        if self._lost:
            lines += [tr("Not taken over:"), *self._lost]
        self._session.add(
            Note(
                customer_id=self._kept.id,
                staff_id=self._session.actor.id,
                at=self._session.at,
                text="\n".join(lines),
            )
        )
