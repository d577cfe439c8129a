"""From the cells of a file to a customer: read, tidied and checked, without the database."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from app.domain import dates, phones
from app.domain.dates import Order
from app.exchange.header_words import slot_of
from app.exchange.joined import NAME_PARTS
from app.exchange.mapping import Mapping
from app.exchange.tables import Row
from app.i18n import Message
from app.services.import_drafts import (
    Candidate,
    Into,
    Problem,
    text_of,
)
from app.services.import_reading import WHO, Reading
from app.services.import_words import guessed_kind, is_total, understood

_TAGS: Final = re.compile(r"\s*(?::::|[,;，；、\n|])\s*")
_EVERYBODY: Final = frozenset(  # groups that Google puts everybody into
    {"* My Contacts", "* myContacts", "* Other Contacts", "* otherContacts"}
)
_CACHED: Final = 20_000

TOTAL: Final = Message("The row adds up the others; it is no customer.")
NO_COLUMN: Final = Message(
    "No column says who the customer is. Choose which column holds the names, then try again."
)


class RowReader:
    """Reads the rows of one file.

    Args:
        mapping: which column goes into which field.
        region: country whose phone numbers may be written without a prefix.
        orders: for each date field, in which order its figures stand.
        today: completes years of two digits.
        into: what the rows are.
        day: of interactions whose row has no date.
    """

    def __init__(
        self,
        mapping: Mapping,
        region: str,
        orders: dict[str, Order],
        today: date,
        into: Into = "customers",
        day: date | None = None,
    ) -> None:
        self._mapping = mapping
        self._region = region
        self._orders = orders
        self._today = today
        self._into = into
        self._day = day
        self._titles: dict[str, str] = {}
        for at, field in sorted(mapping.columns.items()):
            before = self._titles.get(field)
            title = mapping.header[at]
            self._titles[field] = title if before is None else f"{before}, {title}"
        fields = set(self._titles)
        self._names_somebody = bool(fields.intersection(WHO))
        self._person = _person(self._titles)
        self.names_authors = "author" in fields
        self._choices: dict[tuple[str, str], str | None] = {}
        self._days: dict[tuple[str, str], date | None] = {}
        self._tags: dict[str, tuple[str, ...]] = {}

    def read(self, row: Row) -> Candidate:
        """One row as a customer, or why it cannot be one."""
        if row.problem is not None:
            known = self._mapping.values(row.cells)
            shown = next((text for field in WHO if (text := text_of(known.get(field)))), "")
            return Candidate(row.number, None, (Problem("", row.problem),), shown=shown)
        if not self._names_somebody and self._into == "customers":
            return Candidate(row.number, None, (Problem("", NO_COLUMN),))
        if is_total([text for cell in row.cells if (text := text_of(cell))]):
            return Candidate(row.number, None, (Problem("", TOTAL),))
        work = Reading(self, self._mapping.values(row.cells))
        lines = work.lines(row, self._mapping) if self._mapping.has_lines else []
        if self._into == "interactions":
            talk = work.talk(lines, self._day, self._today)
            draft = work.draft() if work.names_somebody() else None
        else:
            talk = work.talk_beside(self._day, self._today)
            draft = work.draft(lines)
        if work.problems:
            return Candidate(
                row.number, None, tuple(work.problems), shown=draft.name if draft else work.shown()
            )
        return Candidate(row.number, draft, (), tuple(work.notices), work.shown(), talk)

    def is_known_otherwise(self, texts: Collection[str]) -> bool:
        """Whether a row with these fields need not name the customer: a number of it will do."""
        return self._into == "interactions" and not {"id", "code", "tax_id"}.isdisjoint(texts)

    @property
    def calls_customers(self) -> bool:
        """Whether a column says who the customer is, so that a contact beside it is none."""
        slot = slot_of(self._titles.get("name", ""))
        return slot is not None and slot[0] in ("customer", "company")

    def title(self, field: str) -> str:
        """What the file calls the column of a field."""
        if field == "author" and field not in self._titles:
            field = "owner"  # whoever looks after the customer had the interaction, too
        return self._titles.get(field, "")

    def guessed(self, name: str, *, has_contact: bool, has_parent: bool) -> str:
        """The kind that a new customer of that name probably is."""
        person = self._person
        if has_contact:
            person = False
        elif has_parent and person is None:
            person = True
        return guessed_kind(name, person=person).value

    def choice(self, field: str, text: str) -> str | None:
        key = (field, text)
        if key not in self._choices:
            self._room(self._choices)
            self._choices[key] = understood(field, text)
        return self._choices[key]

    def day(self, field: str, text: str) -> date | None:
        key = (field, text)
        if key not in self._days:
            self._room(self._days)
            self._days[key] = dates.parse(text, self._today, self.order(field))
        return self._days[key]

    def order(self, field: str) -> Order:
        return self._orders.get(field, "auto")

    def day_problem(self, field: str, text: str) -> Message:
        found = dates.problem(text, self._today, self.order(field))
        assert found is not None
        return found

    def tags(self, text: str) -> tuple[str, ...]:
        if text not in self._tags:
            self._room(self._tags)
            parts = (
                part.removeprefix("*").strip()
                for part in _TAGS.split(text)
                if part.strip() not in _EVERYBODY
            )
            self._tags[text] = tuple(dict.fromkeys(part for part in parts if part))
        return self._tags[text]

    def phone_problem(self, raw: str) -> Message | None:
        return phones.problem(raw, self._region)

    @staticmethod
    def _room(cache: dict[Any, Any]) -> None:
        if len(cache) >= _CACHED:
            cache.clear()


def _person(titles: dict[str, str]) -> bool | None:
    """Whether the column with the names is called as those of people, or of companies, are."""
    if titles.keys() & set(NAME_PARTS):
        return True
    slot = slot_of(titles.get("name", ""))
    return None if slot is None else {"person": True, "company": False}.get(slot[0])
