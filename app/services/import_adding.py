"""Rows of one file that belong to the same customer: what a later one adds to an earlier one."""

from app.services.import_changes import Changes, Current, Shown
from app.services.import_rows import Draft, folded


class Additions:
    """Remembers what the rows of each customer brought, to know what another row brings."""

    def __init__(self) -> None:
        self._homes: dict[int, int] = {}
        self._brought: set[int] = set()

    def held(self, home: int, customer: Current) -> None:
        """What a customer has that was there before the file."""
        self._brought.update(hash((home, kind, key)) for kind, key in customer.points)
        self._brought.update(hash((home, "contact", name)) for name in customer.contacts)

    def note(self, row: int, home: int, draft: Draft) -> None:
        """A row is written, and makes or updates this customer."""
        self._homes[row] = home
        self._brought.update(map(hash, _parts(home, draft)))

    def home(self, row: int) -> int:
        """The customer of an earlier row; 0 if there is none."""
        return self._homes.get(row, 0)

    def changes(self, home: int, draft: Draft) -> Changes:
        """The contact, and the phones and e-mails, that the customer does not have yet."""
        new = draft.contact and hash((home, "contact", folded(draft.contact))) not in self._brought
        points = tuple(
            one
            for one in draft.points
            if hash((home, one.kind, one.normalised)) not in self._brought
        )
        shown = tuple(Shown(one.kind, "", one.raw) for one in points)
        if not new:
            return Changes(points=points, shown=shown)
        named = " ".join(filter(None, (draft.contact, draft.position)))
        shown = (Shown("contact_name", "", named), *shown)
        return Changes(points=points, contact=(draft.contact, draft.position), shown=shown)


def _parts(home: int, draft: Draft) -> list[tuple[int, str, str]]:
    parts = [(home, one.kind, one.normalised) for one in draft.points]
    if draft.contact:
        parts.append((home, "contact", folded(draft.contact)))
    return parts
