"""Whether two customers may be one, and why: what they share, and how alike their names are.

A phone, an e-mail address, a WeChat id or a tax id that both have says it nearly alone. A name
does so for firms. Of people it does not: millions share one, so the name counts when something
else agrees, or where hardly anybody here has it and nothing tells the two apart.
"""

from typing import Final, NamedTuple

from app.domain.alike import untitled
from app.domain.likeness import ALIKE, Likeness, Why, of_firms, of_people
from app.domain.script import fold
from app.domain.vocabulary import Kind, PointKind
from app.i18n import Message

COMPARED: Final = (PointKind.PHONE.value, PointKind.EMAIL.value, PointKind.WECHAT.value)
"""Kinds of contact points by which customers are told apart."""
CROWD: Final = 12
"""So many of a key, and a name that is only alike says nothing any more."""
FEW: Final = 3
"""At most so many of a person's name here, and the name alone is worth a look."""

_TAIL: Final = 7  # digits of a phone that are the same with and without an area code
_SURE: Final = {"tax_id": 0.99, "phone": 0.98, "email": 0.97, "wechat": 0.97}
_IN_CROWD: Final = 0.9
_AGREEING: Final = 0.9  # a person's name, and something else
_NAME_ALONE: Final = 0.75
_SAME_NAME: Final = 0.9
_LONG_NAME: Final = 3  # characters: 张伟 are many, 艾春梅 few


class Reason(NamedTuple):
    """What two customers have in common: `key` is a kind of contact point, tax_id or name."""

    key: str
    words: Message


class Subject(NamedTuple):
    """A customer as far as it is compared; `points` are pairs of kind and normalised form."""

    name: str
    kind: str = ""
    points: frozenset[tuple[str, str]] = frozenset()
    region: str = ""
    tax_id: str = ""
    raws: tuple[tuple[tuple[str, str], str], ...] = ()
    """What was typed for a point, to be shown."""

    def shown(self, point: tuple[str, str]) -> str:
        """A point as it was typed."""
        return dict(self.raws).get(point, point[1])


class Verdict(NamedTuple):
    """How surely two are one, between 0 and 1, and why; the surest reason first."""

    value: float
    reasons: tuple[Reason, ...]


NO: Final = Verdict(0.0, ())


def judge(ours: Subject, theirs: Subject, crowd: int = 0) -> Verdict:
    """Whether two may be one. `crowd` is how many here share the key of the name."""
    found = _shared(ours, theirs)
    sure = max((_SURE[reason.key] for reason in found), default=0.0)
    named = _by_name(ours, theirs, crowd, sure)
    if named.value:
        found = (*found, *named.reasons)
    value = max(sure, named.value)
    return Verdict(value, found) if found else NO


def _shared(ours: Subject, theirs: Subject) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if ours.tax_id and ours.tax_id == theirs.tax_id:
        params = {"value": ours.tax_id}
        found.append(Reason("tax_id", Message("Same tax id: {value}", params=params)))
    both = ours.points & theirs.points
    for kind in COMPARED:
        for point in sorted(both):
            if point[0] == kind:
                found.append(_same_point(kind, ours.shown(point)))
                break
    return tuple(found)


def _same_point(kind: str, value: str) -> Reason:
    params = {"value": value}
    if kind == PointKind.PHONE:
        return Reason(kind, Message("Same phone: {value}", params=params))
    if kind == PointKind.EMAIL:
        return Reason(kind, Message("Same e-mail: {value}", params=params))
    return Reason(kind, Message("Same WeChat id: {value}", params=params))


def _by_name(ours: Subject, theirs: Subject, crowd: int, sure: float) -> Verdict:
    if ours.tax_id and theirs.tax_id and ours.tax_id != theirs.tax_id:
        return NO  # two firms by law
    if Kind.PERSON in (ours.kind, theirs.kind):
        return _people(ours, theirs, crowd, sure)
    found = of_firms(ours.name, theirs.name)
    least = _IN_CROWD if crowd > CROWD and not sure else ALIKE
    return Verdict(found.value, (_name_reason(found),)) if found.value >= least else NO


def _people(ours: Subject, theirs: Subject, crowd: int, sure: float) -> Verdict:
    found = of_people(ours.name, theirs.name)
    if not found.value:
        return NO
    if sure:
        return Verdict(found.value, (_name_reason(found),))
    agreeing = _agreeing(ours, theirs, found)
    if agreeing:
        return Verdict(found.value * _AGREEING, (_name_reason(found), *agreeing))
    if found.value >= _SAME_NAME and _is_rare(ours, theirs, crowd):
        return Verdict(found.value * _NAME_ALONE, (_name_reason(found),))
    return NO


def _is_rare(ours: Subject, theirs: Subject, crowd: int) -> bool:
    """Whether a person's name says something alone: few have it, and nothing tells them apart.

    Two who are reached otherwise are one only if it is a long name, and nobody else's here.
    """
    if not (_reachable(ours) and _reachable(theirs)):
        return crowd <= FEW
    return crowd <= 1 and len(untitled(ours.name)) >= _LONG_NAME


def _agreeing(ours: Subject, theirs: Subject, name: Likeness) -> tuple[Reason, ...]:
    """What else speaks for one person; of names that only sound alike a phone must."""
    tail = _tails(ours) & _tails(theirs)
    if tail:
        params = {"value": min(tail)}
        return (Reason("phone", Message("Same end of the phone: {value}", params=params)),)
    region = fold(ours.region).strip()
    if name.value >= ALIKE and region and region == fold(theirs.region).strip():
        params = {"value": ours.region}
        return (Reason("region", Message("Same region: {value}", params=params)),)
    return ()


def _tails(one: Subject) -> set[str]:
    return {
        key[-_TAIL:] for kind, key in one.points if kind == PointKind.PHONE and len(key) >= _TAIL
    }


def _reachable(one: Subject) -> bool:
    return any(kind in COMPARED for kind, _ in one.points)


def _name_reason(found: Likeness) -> Reason:
    return Reason("name", _NAMES[found.why].filled(ours=found.ours, theirs=found.theirs))


_NAMES: Final = {
    Why.SAME: Message("Same name"),
    Why.FORM: Message("Same name but for the legal form"),
    Why.PLACE: Message("Same name but for the city"),
    Why.SHORTER: Message("Same name, one of them shorter"),
    Why.TRADE: Message("Same name, a similar trade"),
    Why.ORDER: Message("Same name in another order"),
    Why.SOUND: Message("Sounds the same: {ours} / {theirs}"),
    Why.SPELLING: Message("Very similar name"),
}
