"""Who among all customers shares a name or a contact point: many at once, by the indexes alone.

Everybody is looked at, whoever asks: what may be told of them is decided afterwards.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import exists, func, or_, select

from app.db.ids import text_set
from app.db.scope import ActorSession
from app.domain.vocabulary import Kind, PointKind
from app.models import ContactPoint, Customer

COMPARED: Final = (PointKind.PHONE.value, PointKind.EMAIL.value)
"""Kinds of contact points by which people are told apart."""

_CUSTOMER: Final = Customer.__table__.c
_POINT: Final = ContactPoint.__table__.c


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
            _CUSTOMER.sort_key.in_(text_set(session, keys)),
            _CUSTOMER.deleted_in.is_(None),
            *narrowed,
        )
        .order_by(_CUSTOMER.id)
    )
    return session.connection().execute(query).all()


def holders(session: ActorSession, normalised: Collection[str]) -> Sequence[Any]:
    """Kind and text of the phones and e-mails among these, and the oldest customer who has each."""
    if not normalised:
        return ()
    query = (
        select(_POINT.kind, _POINT.normalised, func.min(_POINT.customer_id))
        .where(
            _POINT.normalised.in_(text_set(session, normalised)),
            _POINT.deleted_in.is_(None),
            exists().where(_CUSTOMER.id == _POINT.customer_id, _CUSTOMER.deleted_in.is_(None)),
        )
        .group_by(_POINT.normalised, _POINT.kind)
    )
    return session.connection().execute(query).all()
