"""Rows of one file that belong to the same customer: what a later one adds to an earlier one."""

from typing import Final

from app.services.import_changes import Changes, Current, Shown
from app.services.import_drafts import Draft, folded

_FILLED: Final = ("source", "region", "address", "notes", "since")
"""Fields that a later row fills if no earlier one has; what earlier rows said stands."""


class Additions:
    """Remembers what the rows of each customer brought, to know what another row brings."""

    def __init__(self) -> None:
        self._homes: dict[int, int] = {}
        self._brought: set[int] = set()

    def held(self, home: int, customer: Current) -> None:
        """What a customer has that was there before the file."""
        self._brought.update(hash((home, kind, key)) for kind, key in customer.points)
        self._brought.update(hash((home, "contact", name)) for name in customer.contacts)
        self._brought.update(hash((home, field)) for field in _FILLED if customer.columns[field])

    def note(self, row: int, home: int, draft: Draft) -> None:
        """A row is written, and makes or updates this customer."""
        self._homes[row] = home
        self._brought.update(map(hash, _parts(home, draft)))
        self._brought.update(hash((home, field)) for field in _FILLED if getattr(draft, field))

    def home(self, row: int) -> int:
        """The customer of an earlier row; 0 if there is none."""
        return self._homes.get(row, 0)

    def changes(self, home: int, draft: Draft) -> Changes:
        """What the customer does not have yet of contact, phones, e-mails and other fields."""
        new = draft.contact and hash((home, "contact", folded(draft.contact))) not in self._brought
        points = tuple(
            one
            for one in draft.points
            if hash((home, one.kind, one.normalised)) not in self._brought
        )
        columns = tuple(
            (field, value)
            for field in _FILLED
            if (value := getattr(draft, field)) and hash((home, field)) not in self._brought
        )
        shown = (
            *(Shown(field, "", str(value)) for field, value in columns),
            *(Shown(one.kind, "", one.raw) for one in points),
        )
        if not new:
            return Changes(columns, points=points, shown=shown)
        named = " ".join(filter(None, (draft.contact, draft.position)))
        shown = (Shown("contact_name", "", named), *shown)
        contact = (draft.contact, draft.position)
        return Changes(columns, points=points, contact=contact, shown=shown)


def _parts(home: int, draft: Draft) -> list[tuple[int, str, str]]:
    parts = [(home, one.kind, one.normalised) for one in draft.points]
    if draft.contact:
        parts.append((home, "contact", folded(draft.contact)))
    return parts
