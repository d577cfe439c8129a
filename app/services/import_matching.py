"""Which customers the rows of a file are already: looked up a block at a time, never row by row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from app.db import namesakes
from app.db.ids import id_set, text_set
from app.db.namesakes import COMPARED
from app.db.scope import ActorSession
from app.domain.names import sort_key
from app.domain.phones import is_office_line
from app.domain.vocabulary import Kind, PointKind
from app.models import ContactPoint, Customer, Staff
from app.services.import_drafts import Draft, Point, folded

KEYS: Final = ("id", "code", "tax_id", "phone", "email", "name")
"""What rows are matched by, the surest first."""


class Match(NamedTuple):
    """What a row is the same as: an existing customer, or an earlier row of the file.

    `key` is one of KEYS, `value` what both have. `name` is empty for a customer whom the actor may
    not see; `visible` says so, and `owner` is then all that may be told. Not `sure`: the row has
    the id of this customer and nothing else in common with it.
    """

    key: str
    value: str
    customer_id: int = 0
    row: int = 0
    name: str = ""
    owner: str = ""
    visible: bool = True
    sure: bool = True


class Known(NamedTuple):
    """An existing customer, as far as matching asks."""

    id: int
    name: str
    kind: str
    code: str
    tax_id: str
    owner: str
    points: frozenset[tuple[str, str]]
    visible: bool


class Matcher:
    """Looks rows up among the customers of the workspace, seen or not.

    Args:
        everybody: a session that sees all customers.
        own: a session of the actor, who decides what may be told.
    """

    def __init__(self, everybody: ActorSession, own: ActorSession) -> None:
        self._everybody = everybody
        self._own = own
        self._none = everybody.scalar(select(Customer.id).limit(1)) is None
        self._found: _Found | None = None

    def match(self, drafts: Sequence[Draft | None]) -> list[Match | None]:
        """For each draft the customer that it is, or None."""
        if self._none:
            return [None] * len(drafts)
        found = _Found(self._everybody, self._own, [one for one in drafts if one is not None])
        self._found = found
        return [None if draft is None else found.match(draft) for draft in drafts]

    def holder(self, key: str, value: str) -> Known | None:
        """Who has this code or tax id, of the drafts matched last."""
        return self._found.holder(key, value) if self._found is not None and value else None

    def named(self, names: Iterable[str]) -> dict[str, int]:
        """Customers by folded name: of several the oldest, organisations before people."""
        wanted = {folded(name): name for name in names}
        if self._none or not wanted:
            return {}
        rows = list(_by_sort_key(self._everybody, map(sort_key, wanted.values())))
        rows.sort(key=lambda row: (row[3] != Kind.PERSON, -row[1]))
        return {name: one for _, one, shown, _ in rows if (name := folded(shown)) in wanted}


class _Found:
    """The existing customers that share anything with a block of drafts."""

    def __init__(self, everybody: ActorSession, own: ActorSession, drafts: Sequence[Draft]) -> None:
        self._sessions = everybody, own
        self._keys = {name: sort_key(name) for name in {one.name for one in drafts}}
        ids = {draft.id for draft in drafts if draft.id is not None}
        self._codes = _lookup(everybody, Customer.code, {one.code for one in drafts} - {""})
        self._tax_ids = _lookup(everybody, Customer.tax_id, {one.tax_id for one in drafts} - {""})
        self._points = _lookup_points(everybody, drafts)
        hits = {*ids, *self._codes.values(), *self._tax_ids.values(), *self._points.values()}
        self._known = _known(everybody, own, hits)
        unsure = [one for one in drafts if self._surely(one) is None]
        self._names = self._namesakes(everybody, unsure)
        # Nearly always it is the oldest of a name, so the others are looked at only if it is not.
        self._learn(same[:1] for same in self._names.values())
        unmet = {self._keys[one.name] for one in unsure if self._by_name(one) is None}
        self._learn(self._names[key] for key in unmet & self._names.keys())

    def _namesakes(self, session: ActorSession, drafts: Sequence[Draft]) -> dict[str, list[int]]:
        """Customers by sort key, the oldest first, but for those that `contradicts` rules out."""
        all_of, some_of = set[str](), set[str]()
        for one in drafts:
            choosy = reachable(one) and one.kind in (None, Kind.PERSON) and not self._shares(one)
            (some_of if choosy else all_of).add(self._keys[one.name])
        found: dict[str, list[int]] = defaultdict(list)
        for key, number in (
            *namesakes.namesakes(session, all_of),
            *namesakes.elusive_namesakes(session, some_of - all_of),
        ):
            found[key].append(number)
        return dict(found)

    def _shares(self, draft: Draft) -> bool:
        """Whether somebody else has a line of the row, and its own namesake may be another one."""
        return any(
            (point.kind, point.normalised) in self._points and shares_lines(draft, point)
            for point in draft.points
        )

    def _learn(self, groups: Iterable[Sequence[int]]) -> None:
        """Load what is not known yet of these customers."""
        ids = {one for group in groups for one in group} - self._known.keys()
        self._known |= _known(*self._sessions, ids)

    def match(self, draft: Draft) -> Match | None:
        """The customer that it is, by the surest key that says so."""
        return self._surely(draft) or self._by_name(draft)

    def _surely(self, draft: Draft) -> Match | None:
        if draft.id in self._known and draft.id is not None:
            found = self._made("id", str(draft.id), draft.id)
            return found._replace(sure=self._agrees(draft, draft.id))
        if draft.code in self._codes:
            return self._made("code", draft.code, self._codes[draft.code])
        if draft.tax_id in self._tax_ids:
            return self._made("tax_id", draft.tax_id, self._tax_ids[draft.tax_id])
        return self._by_points(draft)

    def holder(self, key: str, value: str) -> Known | None:
        one = (self._codes if key == "code" else self._tax_ids).get(value)
        return None if one is None else self._known[one]

    def _by_points(self, draft: Draft) -> Match | None:
        for kind in COMPARED:
            for point in draft.points:
                one = self._points.get((kind, point.normalised)) if point.kind == kind else None
                if one is not None and not self._only_shares(draft, point, self._known[one].name):
                    return self._made(kind, point.raw, one)
        return None

    @staticmethod
    def _only_shares(draft: Draft, point: Point, name: str) -> bool:
        return shares_lines(draft, point) and folded(draft.name) != folded(name)

    def _by_name(self, draft: Draft) -> Match | None:
        name = folded(draft.name)
        for one in self._names.get(self._keys[draft.name], ()):
            known = self._known.get(one)
            if known is not None and folded(known.name) == name and not contradicts(draft, known):
                return self._made("name", known.name, one)
        return None

    def _made(self, key: str, value: str, customer_id: int) -> Match:
        known = self._known[customer_id]
        name = known.name if known.visible else ""
        return Match(key, value, customer_id, 0, name, known.owner, known.visible)

    def _agrees(self, draft: Draft, customer_id: int) -> bool:
        """Whether anything but the id says that they are the same."""
        known = self._known[customer_id]
        return (
            folded(draft.name) == folded(known.name)
            or bool(draft.code and draft.code == known.code)
            or bool(draft.tax_id and draft.tax_id == known.tax_id)
            or any((one.kind, one.normalised) in known.points for one in draft.points)
        )


def contradicts(draft: Draft, known: Known) -> bool:
    """Whether two of the same name are different all the same.

    They are with different tax ids; people also with different codes, or when both can be reached
    and nothing by which they can is the same: many people are called 张伟.
    """
    if draft.tax_id and known.tax_id and draft.tax_id != known.tax_id:
        return True
    if (draft.kind or known.kind) != Kind.PERSON:
        return False
    if draft.code and known.code and draft.code != known.code:
        return True
    if any((one.kind, one.normalised) in known.points for one in draft.points):
        return False
    return bool(reachable(draft) and known.points)


def shares_lines(draft: Draft, point: Point) -> bool:
    """Whether somebody of another name may well have this number: a colleague at the same line."""
    person = (draft.kind or draft.guessed) == Kind.PERSON
    if not person or point.kind != PointKind.PHONE or not is_office_line(point.normalised):
        return False
    # a row without a name is called by how it can be reached
    return bool(draft.name) and draft.name not in {one.raw for one in draft.points}


def reachable(draft: Draft) -> bool:
    """Whether the row has a phone or an e-mail by which people are told apart."""
    return any(point.kind in COMPARED and point.normalised for point in draft.points)


def _lookup(session: ActorSession, column: Any, values: set[str]) -> dict[str, int]:
    if not values:
        return {}
    query = (
        select(column, Customer.id)
        .where(column.in_(text_set(session, values)))
        .order_by(Customer.id.desc())
    )
    return dict(session.execute(query).all())


def _lookup_points(session: ActorSession, drafts: Sequence[Draft]) -> dict[tuple[str, str], int]:
    wanted = {
        point.normalised
        for draft in drafts
        for point in draft.points
        if point.kind in COMPARED and point.normalised
    }
    return namesakes.holders(session, wanted)


def _by_sort_key(session: ActorSession, keys: Iterable[str]) -> Iterator[tuple[str, int, str, str]]:
    query = (
        select(Customer.sort_key, Customer.id, Customer.name, Customer.kind)
        .where(Customer.sort_key.in_(text_set(session, set(keys))))
        .order_by(Customer.id)
    )
    yield from ((row[0], row[1], row[2], row[3]) for row in session.execute(query))


def _known(everybody: ActorSession, own: ActorSession, ids: set[int]) -> dict[int, Known]:
    if not ids:
        return {}
    points: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for one, kind, key in everybody.execute(
        select(ContactPoint.customer_id, ContactPoint.kind, ContactPoint.normalised).where(
            ContactPoint.customer_id.in_(id_set(everybody, ids)), ContactPoint.kind.in_(COMPARED)
        )
    ):
        points[one].add((kind, key))
    seen = None if own.actor.sees_all else _seen(own, ids)
    rows = everybody.execute(
        select(
            Customer.id, Customer.name, Customer.kind, Customer.code, Customer.tax_id, Staff.name
        )
        .outerjoin(Staff, Staff.id == Customer.owner_id)
        .where(Customer.id.in_(id_set(everybody, ids)))
    )
    return {
        one: Known(
            one, name, kind, code or "", tax_id or "", owner or "", frozenset(points[one]),
            seen is None or one in seen,
        )
        for one, name, kind, code, tax_id, owner in rows
    }  # fmt: skip


def _seen(own: ActorSession, ids: set[int]) -> set[int]:
    return set(own.scalars(select(Customer.id).where(Customer.id.in_(id_set(own, ids)))))
