"""Who among all customers shares a name or a contact point: many at once, by the indexes alone.

Everybody is looked at, whoever asks: what may be told of them is decided afterwards.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import exists, func, or_, select

from app.db.ids import id_set, text_set
from app.db.scope import ActorSession
from app.domain.vocabulary import Kind, PointKind
from app.models import ContactPoint, Customer

COMPARED: Final = (PointKind.PHONE.value, PointKind.EMAIL.value)
"""Kinds of contact points by which people are told apart."""

_CUSTOMER: Final = Customer.__table__.c
_POINT: Final = ContactPoint.__table__.c
_LIVES: Final = _CUSTOMER.deleted_in.is_(None)


def namesakes(session: ActorSession, keys: Collection[str]) -> Sequence[Any]:
    """Sort key and id of every customer whose name has one of these sort keys, the oldest first."""
    return _named(session, keys)


def elusive_namesakes(session: ActorSession, keys: Collection[str]) -> Sequence[Any]:
    """As `namesakes`, but only organisations, and people without phone and e-mail.

    Among a million there are hundreds of every common name, nearly all of whom can be reached.
    """
    reached = exists().where(
        _POINT.customer_id == _CUSTOMER.id,
        _POINT.kind.in_(COMPARED),
        _POINT.deleted_in.is_(None),
    )
    return _named(session, keys, or_(_CUSTOMER.kind != Kind.PERSON.value, ~reached))


def _named(session: ActorSession, keys: Collection[str], *narrowed: Any) -> Sequence[Any]:
    if not keys:
        return ()
    query = (
        select(_CUSTOMER.sort_key, _CUSTOMER.id)
        .where(
            _CUSTOMER.sort_key.in_(text_set(session, sorted(keys))),
            _LIVES,
            *narrowed,
        )
        .order_by(_CUSTOMER.id)
    )
    return session.connection().execute(query).all()


def holders(session: ActorSession, normalised: Collection[str]) -> dict[tuple[str, str], int]:
    """For the phones and e-mails among these, as kind and text, the oldest customer who has it."""
    found = _held(session, normalised)
    gone = set(found.values()) - set(_living(session, found.values()))
    lost = {text for (_, text), one in found.items() if one in gone}
    # of somebody in the recycle bin, and perhaps of somebody else, too
    again = _held(session, lost, exists().where(_CUSTOMER.id == _POINT.customer_id, _LIVES))
    return {key: one for key, one in found.items() if one not in gone} | again


def _held(
    session: ActorSession, normalised: Collection[str], *narrowed: Any
) -> dict[tuple[str, str], int]:
    if not normalised:
        return {}
    query = (
        select(_POINT.kind, _POINT.normalised, func.min(_POINT.customer_id))
        .where(
            _POINT.normalised.in_(text_set(session, sorted(normalised))),
            _POINT.kind.in_(COMPARED),
            _POINT.deleted_in.is_(None),
            *narrowed,
        )
        .group_by(_POINT.normalised, _POINT.kind)
    )
    rows = session.connection().execute(query)
    return {(kind, text): one for kind, text, one in rows}


def _living(session: ActorSession, ids: Collection[int]) -> Sequence[int]:
    chosen = _CUSTOMER.id.in_(id_set(session, ids))
    return session.connection().scalars(select(_CUSTOMER.id).where(chosen, _LIVES)).all()
