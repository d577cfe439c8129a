"""Customers that may be here already: looked up by what is indexed, judged by `alikeness`.

What is typed and the rows of a file go the same way. A customer whom the actor may not see is said
to exist, with its owner's name and in what it is alike, and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, select

from app.db.database import Database
from app.db.ids import (
    id_value,
    joined_ids,
    named_set,
    named_texts,
    text_value,
)
from app.db.kept import Kept
from app.db.scope import ActorSession
from app.domain import tax_ids
from app.domain.alike import CLASS_MARK
from app.domain.contact_points import normalise
from app.domain.customer import PointDraft
from app.domain.likeness import keys
from app.domain.names import sort_key
from app.domain.vocabulary import SYSTEM, Actor, Kind, PointKind
from app.i18n import Message, tr
from app.models import ContactPoint, Customer, Staff
from app.services.alikeness import COMPARED, CROWD, Reason, Subject, Verdict, judge
from app.services.import_drafts import Draft

HANDFUL: Final = 5
_TYPED_OF_KEY: Final = 25  # customers of one key that are looked at while somebody types
ROW_OF_KEY: Final = 4
"""For a row of a file: a key of so many says nothing any more, and is passed over."""
_OF_POINT: Final = 8
_MANY: Final = 1_000  # not counted any more
_AFTER_MARK: Final = chr(ord(CLASS_MARK) + 1)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A customer that may be the one typed.

    `customer_id` is None and `name` empty for one whom the actor may not see. `value` is how sure
    it is, between 0 and 1; `reasons` say why, the surest first.
    """

    customer_id: int | None
    name: str
    owner: str
    value: float
    reasons: tuple[Reason, ...]

    def sentence(self) -> Message:
        """Who it is and why; of one whom the actor may not see all that may be told."""
        if self.customer_id is not None:
            shown = _VISIBLE_OF_NOBODY if not self.owner else _NAMED
            why = tr(", ").join(str(one.words) for one in self.reasons)
            return shown.filled(name=self.name, owner=self.owner, why=why)
        if not self.owner:
            return _HIDDEN_OF_NOBODY.get(self.reasons[0].key, _HIDDEN_OF_NOBODY["name"])
        found = _HIDDEN.get(self.reasons[0].key, _HIDDEN["name"])
        return found.filled(owner=self.owner)


_NAMED: Final = Message("{name} ({owner}) · {why}")
_VISIBLE_OF_NOBODY: Final = Message("{name} · {why}")
_HIDDEN: Final = {
    "phone": Message("A customer of {owner} has this phone."),
    "email": Message("A customer of {owner} has this e-mail address."),
    "wechat": Message("A customer of {owner} has this WeChat id."),
    "tax_id": Message("A customer of {owner} has this tax id."),
    "name": Message("A customer of {owner} has a name like this one."),
}
_HIDDEN_OF_NOBODY: Final = {
    "phone": Message("A customer whom you may not see has this phone."),
    "email": Message("A customer whom you may not see has this e-mail address."),
    "wechat": Message("A customer whom you may not see has this WeChat id."),
    "tax_id": Message("A customer whom you may not see has this tax id."),
    "name": Message("A customer whom you may not see has a name like this one."),
}


class DuplicateService:
    """Asks who is here already, while somebody types."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def possible(
        self,
        actor: Actor,
        name: str,
        points: Iterable[PointDraft] = (),
        kind: Kind | None = None,
        tax_id: str = "",
        region: str = "",
        except_id: int | None = None,
    ) -> tuple[PossibleDuplicate, ...]:
        """Customers that may be this one, the surest first, at most HANDFUL."""
        typed = [(str(one.kind), one.raw.strip()) for one in points if one.raw.strip()]
        raws = {(one, normalise(one, raw)): raw for one, raw in typed if one in COMPARED}
        subject = Subject(
            name.strip(),
            kind.value if kind else "",
            frozenset(raws),
            region,
            tax_ids.normalise(tax_id) if tax_id.strip() else "",
            tuple(raws.items()),
        )
        with self._db.read(SYSTEM) as everybody, self._db.read(actor) as own:
            search = Search(everybody, own, _TYPED_OF_KEY)
            return search.typed(subject, except_id)[:HANDFUL]


def subject_of(draft: Draft) -> Subject:
    """A row of a file as it is compared."""
    points = [(one.kind, one.normalised) for one in draft.points if one.kind in COMPARED]
    kind = draft.kind or draft.guessed
    return Subject(draft.name, kind, frozenset(points), draft.region, draft.tax_id)


class Known(NamedTuple):
    """A customer as it is compared, and its owner's name."""

    subject: Subject
    owner: str


class _Candidates(NamedTuple):
    """Ids of customers by what they were found by; `crowds`: how many share a key."""

    by_key: dict[str, set[int]]
    crowds: dict[str, int]
    by_point: dict[tuple[str, str], set[int]]
    by_tax_id: frozenset[int] = frozenset()


class Search:
    """Looks several up at once: a handful of statements, however many they are.

    Args:
        everybody: a session that sees all customers.
        own: a session of the actor.
        of_key: how many customers of one key are looked at.
    """

    def __init__(self, everybody: ActorSession, own: ActorSession, of_key: int) -> None:
        self._everybody = everybody
        self._own = own
        self._of_key = of_key

    def typed(self, subject: Subject, leave_out: int | None) -> tuple[PossibleDuplicate, ...]:
        """Those that may be the one typed, the surest first; all of exactly its name are seen."""
        asked = keys(subject.name)
        by_key, crowds = self._by_keys([subject], [asked])
        for own in asked[:1]:
            by_key[own] |= self._of_name(subject.name)
        found = _Candidates(
            by_key, crowds, self._by_points(subject.points), self._by_tax_id(subject.tax_id)
        )
        return self._verdicts([subject], [asked], found, leave_out)[0]

    def alike(
        self, subjects: Sequence[Subject], asked: Sequence[tuple[str, ...]]
    ) -> list[tuple[PossibleDuplicate, ...]]:
        """For each subject those that may be the same, the surest first.

        `asked` are the keys of their names. Names that many share are passed over; phones, e-mail
        addresses and tax ids have been looked up by whoever asks.
        """
        by_key, crowds = self._by_keys(subjects, asked)
        few = defaultdict(set, {key: ids for key, ids in by_key.items() if crowds[key] < _MANY})
        chats = {point for one in subjects for point in one.points if point[0] == PointKind.WECHAT}
        return self._verdicts(subjects, asked, _Candidates(few, crowds, self._by_points(chats)))

    def _verdicts(
        self,
        subjects: Sequence[Subject],
        asked: Sequence[tuple[str, ...]],
        there: _Candidates,
        leave_out: int | None = None,
    ) -> list[tuple[PossibleDuplicate, ...]]:
        candidates: list[set[int]] = []
        for one, several in zip(subjects, asked, strict=True):
            found = {other for point in one.points for other in there.by_point[point]}
            found |= there.by_tax_id
            for key in several:
                found |= there.by_key[key]
            candidates.append(found - {leave_out})
        known = self.known(set().union(*candidates))
        judged = [
            self._judged(one, found, known, there.crowds[own[0]] if own else 0)
            for one, found, own in zip(subjects, candidates, asked, strict=True)
        ]
        seen = self.seen({other for several in judged for other, _ in several})
        return [
            tuple(_told(other, verdict, known[other], seen) for other, verdict in several)
            for several in judged
        ]

    def _judged(
        self, one: Subject, found: set[int], known: dict[int, Known], crowd: int
    ) -> list[tuple[int, Verdict]]:
        verdicts = [
            (other, judge(one, known[other].subject, crowd)) for other in found if other in known
        ]
        alike = [(other, verdict) for other, verdict in verdicts if verdict.reasons]
        return sorted(alike, key=lambda pair: (-pair[1].value, pair[0]))

    # --- looking up

    def _by_points(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], set[int]]:
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        points = {point for point in wanted if point[1]}
        if points:
            given = {"points": text_value(self._everybody, {key for _, key in points})}
            for kind, key, one in self._everybody.execute(_OF_POINTS.on(self._everybody), given):
                if (kind, key) in points and len(found[kind, key]) < _OF_POINT:
                    found[kind, key].add(one)
        return found

    def sharing(self, points: Sequence[str]) -> list[list[int]]:
        """For each normalised contact point the customers that have it, in groups of a kind."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        given = {"points": text_value(self._everybody, points)}
        for kind, key, one in self._everybody.execute(_OF_POINTS.on(self._everybody), given):
            if kind in COMPARED:
                found[kind, key].add(one)
        return [sorted(ids) for ids in found.values() if len(ids) > 1]

    def _by_tax_id(self, tax_id: str) -> frozenset[int]:
        if not tax_id:
            return frozenset()
        given = {"tax_ids": text_value(self._everybody, [tax_id])}
        return frozenset(
            one for _, one in self._everybody.execute(_OF_TAX_IDS.on(self._everybody), given)
        )

    def _by_keys(
        self, subjects: Sequence[Subject], asked: Sequence[tuple[str, ...]]
    ) -> tuple[dict[str, set[int]], dict[str, int]]:
        """Customers by key, and how many there are of it; without a trade also of every trade."""
        found: dict[str, set[int]] = defaultdict(set)
        crowds: dict[str, int] = defaultdict(int)
        own = {key for several in asked for key in several}
        # a firm's name that says no trade may be short for one that does
        brands = {
            several[0]
            for one, several in zip(subjects, asked, strict=True)
            if len(several) == 1 and one.kind != Kind.PERSON
        }
        for statement, wanted in ((_OF_KEYS, own), (_OF_BRANDS, brands)):
            for key, ids in self._ids_of(statement, wanted):
                found[key].update(ids)
                crowds[key] += len(ids) if len(ids) < self._of_key else _MANY
        return found, crowds

    def _ids_of(self, statement: Kept, wanted: set[str]) -> Iterator[tuple[str, list[int]]]:
        if not wanted:
            return
        given = {"keys": text_value(self._everybody, wanted), "most": self._of_key}
        for key, joined in self._everybody.execute(statement.on(self._everybody), given):
            if joined:
                yield key, [int(one) for one in joined.split(",")]

    def _of_name(self, name: str) -> set[int]:
        given = {"name": sort_key(name), "most": CROWD}
        return set(self._everybody.scalars(_OF_NAME.on(self._everybody), given))

    def known(self, ids: set[int]) -> dict[int, Known]:
        """Customers by id, as they are compared."""
        if not ids:
            return {}
        session = self._everybody
        given = {"ids": id_value(session, ids)}
        points: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
        for one, kind, key, raw in session.execute(_POINTS_OF.on(session), given):
            points[one][kind, key] = raw
        return {
            one: Known(
                Subject(name, kind, frozenset(points[one]), region, tax_id or ""), owner or ""
            )
            for one, name, kind, region, tax_id, owner in session.execute(
                _DETAILS.on(session), given
            )
        }

    def seen(self, ids: set[int]) -> set[int]:
        """Those of them whom the actor sees."""
        if not ids or self._own.actor.sees_all:
            return ids
        given = {"ids": id_value(self._own, ids)}
        return set(self._own.scalars(_VISIBLE.on(self._own), given))


def _told(customer_id: int, verdict: Verdict, known: Known, seen: set[int]) -> PossibleDuplicate:
    if customer_id in seen:
        return PossibleDuplicate(
            customer_id, known.subject.name, known.owner, verdict.value, verdict.reasons
        )
    return PossibleDuplicate(None, "", known.owner, verdict.value, hidden(verdict.reasons))


def hidden(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """In what one is alike whom the actor may not see: not with which value."""
    return tuple(Reason(one.key, _SHARED[one.key]) for one in reasons)


_SHARED: Final = {
    "phone": Message("Same phone"),
    "email": Message("Same e-mail"),
    "wechat": Message("Same WeChat id"),
    "tax_id": Message("Same tax id"),
    "name": Message("A similar name"),
    "region": Message("Same region"),
}


# --- statements


def _texts(backend: str, name: str) -> Any:
    rows = named_texts(backend, name)
    return select(rows.c.value)


def _of_points(backend: str) -> Any:
    return select(ContactPoint.kind, ContactPoint.normalised, ContactPoint.customer_id).where(
        ContactPoint.normalised.in_(_texts(backend, "points"))
    )


def _of_tax_ids(backend: str) -> Any:
    return select(Customer.tax_id, Customer.id).where(
        Customer.tax_id.in_(_texts(backend, "tax_ids"))
    )


def _of_keys(backend: str) -> Any:
    key = named_texts(backend, "keys")
    return _some_of_each(key, Customer.alike_key == key.c.value, backend)


def _of_brands(backend: str) -> Any:
    key = named_texts(backend, "keys")
    # the keys that begin with the brand and CLASS_MARK
    first, last = key.c.value.concat(CLASS_MARK), key.c.value.concat(_AFTER_MARK)
    inside = and_(Customer.alike_key > first, Customer.alike_key < last)
    return _some_of_each(key, inside, backend)


def _some_of_each(key: Any, where: Any, backend: str) -> Any:
    """Each key and at most `most` ids of its customers: a common one is not read to its end."""
    ids = select(Customer.id).where(where).limit(bindparam("most")).correlate(key)
    return select(key.c.value, joined_ids(ids, backend).scalar_subquery())


def _of_name(_backend: str) -> Any:
    return (
        select(Customer.id)
        .where(Customer.sort_key == bindparam("name"))
        .order_by(Customer.id)
        .limit(bindparam("most"))
    )


def _details(backend: str) -> Any:
    return (
        select(
            Customer.id,
            Customer.name,
            Customer.kind,
            Customer.region,
            Customer.tax_id,
            Staff.name,
        )
        .outerjoin(Staff, Staff.id == Customer.owner_id)
        .where(Customer.id.in_(named_set(backend, "ids")))
    )


def _points_of(backend: str) -> Any:
    return select(
        ContactPoint.customer_id, ContactPoint.kind, ContactPoint.normalised, ContactPoint.raw
    ).where(
        ContactPoint.customer_id.in_(named_set(backend, "ids")), ContactPoint.kind.in_(COMPARED)
    )


def _visible(backend: str) -> Any:
    return select(Customer.id).where(Customer.id.in_(named_set(backend, "ids")))


_OF_POINTS: Final = Kept(_of_points)
_OF_TAX_IDS: Final = Kept(_of_tax_ids)
_OF_KEYS: Final = Kept(_of_keys)
_OF_BRANDS: Final = Kept(_of_brands)
_OF_NAME: Final = Kept(_of_name)
_DETAILS: Final = Kept(_details)
_POINTS_OF: Final = Kept(_points_of)
_VISIBLE: Final = Kept(_visible)
