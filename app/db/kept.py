"""Selects that are asked at every key: put together once, narrowed once for an actor's eyes.

Putting a select together, narrowing it and working out its cache key takes SQLAlchemy ten times
as long as the database takes to answer for a few rows.
"""

from collections.abc import Callable, Hashable
from typing import Any

from app.db import visibility
from app.db.ids import IdVector, parsed_ids
from app.db.scope import ActorSession


class Kept:
    """A select whose values are given by name when it runs: `session.execute(kept.on(session), …)`.

    `make` is called with the backend, `sqlite` or `postgresql`, once for each actor.
    """

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make
        self._made: dict[Hashable, Any] = {}

    def on(self, session: ActorSession) -> Any:
        """The select as the session's actor may ask it."""
        key = (session.backend, visibility.eyes(session.actor))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = visibility.narrowed(self._make(session.backend), session.actor)
        return made

    def ids(self, session: ActorSession, **values: Any) -> IdVector:
        """The ids that a select of `joined_ids` answers."""
        return parsed_ids(session.scalar(self.on(session), values))
