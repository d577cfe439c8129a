"""What an actor may see: criteria added to every select on their session.

It reaches columns, counts, aliases, subqueries, unions and `get`. It does not reach `text()`,
`Model.__table__` and insert-from-select; these are allowed in app/db only.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, event, exists, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from app.db.scope import ActorSession
from app.domain.vocabulary import Actor, Role
from app.models import Assigned, Customer, CustomerShare, Joined, Journalled, Staff

EVERYTHING: Final = "shuke_everything"
"""Execution option for the recycle bin and the journal: deleted rows are returned too."""

_NARROWED_FOR: Final = "shuke_narrowed_for"

# Plain tables, so that these subqueries are not narrowed by the criteria they are part of.
_CUSTOMER = Customer.__table__.alias("seen_customer").c
_SHARE = CustomerShare.__table__.alias("seen_share").c
_STAFF = Staff.__table__.alias("seen_staff").c


def install(session_class: type[Session]) -> None:
    """Narrow every ORM select on sessions of this class that carry an actor."""
    event.listen(session_class, "do_orm_execute", _narrow)


def _own(customer: Any, me: Any) -> ColumnElement[bool]:
    shared = select(_SHARE.customer_id).where(_SHARE.staff_id == me, _SHARE.deleted_in.is_(None))
    return or_(customer.owner_id == me, customer.id.in_(shared))


def _led(customer: Any, me: Any, team: Any) -> ColumnElement[bool]:
    members = select(_STAFF.id).where(_STAFF.team_id == team)
    return or_(_own(customer, me), customer.owner_id.in_(members))


def eyes(actor: Actor) -> tuple[int | None, Role | None, int | None]:
    """What decides what an actor sees: the same for all who see everything."""
    return (None, None, None) if actor.sees_all else (actor.id, actor.role, actor.team_id)


def narrowed(statement: Any, actor: Actor) -> Any:
    """The select as this actor may ask it, to be kept; it is not narrowed again for them."""
    criteria = [*_without_deleted(), *_of_the_actor(actor)]
    return statement.options(*criteria).execution_options(**{_NARROWED_FOR: eyes(actor)})


def _narrow(state: ORMExecuteState) -> None:
    session = state.session
    if not state.is_select or not isinstance(session, ActorSession):
        return
    if state.execution_options.get(_NARROWED_FOR) == eyes(session.actor):
        return
    everything = bool(state.execution_options.get(EVERYTHING, False))
    key = f"criteria-{everything}"
    if key not in session.info:
        hidden = [] if everything else _without_deleted()
        session.info[key] = [*hidden, *_of_the_actor(session.actor)]
    state.statement = state.statement.options(*session.info[key])


def _without_deleted() -> list[Any]:
    """What is in the recycle bin is not there, nor is what hangs on it."""
    return [
        with_loader_criteria(
            Journalled, lambda cls: cls.deleted_in.is_(None), include_aliases=True
        ),
        with_loader_criteria(
            Joined,
            lambda cls: exists(
                select(1).where(_CUSTOMER.id == cls.customer_id, _CUSTOMER.deleted_in.is_(None))
            ),
            include_aliases=True,
        ),
        with_loader_criteria(
            Assigned,
            lambda cls: or_(
                cls.customer_id.is_(None),
                exists(
                    select(1).where(_CUSTOMER.id == cls.customer_id, _CUSTOMER.deleted_in.is_(None))
                ),
            ),
            include_aliases=True,
        ),
    ]


def _of_the_actor(actor: Actor) -> list[Any]:
    """The actor's own and shared customers, a lead's team's too, and what hangs on them.

    Work for somebody is also seen by whose it is, by their lead, and by those of the role whose
    it is.
    """
    if actor.sees_all:
        return []
    # Values in a closure become parameters; None would be written into the cached SQL.
    me = actor.id or 0
    team = actor.team_id if actor.role is Role.LEAD and actor.team_id is not None else 0
    role, own_team = actor.role.value, actor.team_id or 0
    return [
        with_loader_criteria(Customer, lambda cls: _led(cls, me, team), include_aliases=True),
        with_loader_criteria(
            Joined,
            lambda cls: exists(
                select(1).where(_CUSTOMER.id == cls.customer_id, _led(_CUSTOMER, me, team))
            ),
            include_aliases=True,
        ),
        with_loader_criteria(
            Assigned,
            lambda cls: or_(
                cls.whose_id == me,
                cls.whose_id.in_(select(_STAFF.id).where(_STAFF.team_id == team)),
                and_(
                    cls.for_role == role,
                    or_(cls.team_id.is_(None), cls.team_id == own_team),
                ),
                exists(select(1).where(_CUSTOMER.id == cls.customer_id, _led(_CUSTOMER, me, team))),
            ),
            include_aliases=True,
        ),
    ]
