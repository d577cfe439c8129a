"""Who of us a file names: staff by name, and those that become staff with the file."""

from sqlalchemy import select

from app.db.scope import ActorSession
from app.domain.customer import SHORT
from app.models import Staff
from app.services.import_changes import TO_BE_MADE
from app.services.import_drafts import owner_key
from app.services.staff import in_charge


class StaffNames:
    """Resolves names of staff; who is unknown becomes staff where whoever imports may add staff."""

    def __init__(self, everybody: ActorSession, own: ActorSession) -> None:
        # of two of one name those who are still here
        query = select(Staff.id, Staff.name).order_by(Staff.active)
        self._known = {owner_key(name): one for one, name in everybody.execute(query)}
        self._adds = in_charge(everybody, own.actor)
        self._newcomers: dict[str, str] = {}

    def find(self, name: str) -> int | None:
        """An id, TO_BE_MADE, or None where nobody is or may be called so."""
        known = self._known.get(owner_key(name))
        if known is not None:
            return known
        may_be = self._adds and any(map(str.isalpha, name)) and len(name) <= SHORT
        return TO_BE_MADE if may_be else None

    def will_be_written(self, name: str) -> None:
        """A row that names somebody to be made is imported: they will be staff."""
        self._newcomers.setdefault(owner_key(name), name)

    def newcomers(self) -> tuple[str, ...]:
        """Names of those that become staff."""
        return tuple(self._newcomers.values())
