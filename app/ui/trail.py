"""The list from which somebody came to a record, to go on to the next one."""

from dataclasses import dataclass

from app.ui.table_model import Ids


@dataclass(frozen=True)
class Trail:
    """`ids` in the order of the list, `place` of the record to show, `name` of the list."""

    ids: Ids
    place: int
    name: str

    @property
    def current(self) -> int:
        """Id of the record to show."""
        return int(self.ids[self.place])

    def at(self, place: int) -> "Trail":
        """The same list at another place; at its ends the place stays."""
        return Trail(self.ids, min(len(self.ids) - 1, max(0, place)), self.name)
