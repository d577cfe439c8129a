"""The columns of the customer list, and what a search marks in them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from app.clock import Clock
from app.domain.search_text import SearchText, marks, parse
from app.domain.vocabulary import LABELS, PointKind
from app.i18n import Message
from app.services.customers import CustomerRow
from app.services.finding import Matched
from app.ui.table_model import Cell, Column, Marks
from app.ui.when import day_words
from app.ui.widgets.customer_words import GRADES, STAGES, phone_words, shape_of
from app.ui.widgets.table import ShownColumn

USUAL: Final = ("name", "stage", "grade", "owner", "phone", "last_contact")


@lru_cache(maxsize=4096)
def _marks(typed: str, text: SearchText) -> Marks:
    return tuple(marks(parse(typed), text))


class Sought:
    """What is searched for at the moment, and where else it was found than in plain sight."""

    def __init__(self) -> None:
        self.typed = ""
        self._elsewhere: dict[int, Matched] = {}

    def search(self, typed: str) -> None:
        """From now on mark this."""
        self.typed = typed
        self._elsewhere = {}

    def found(self, matched: dict[int, tuple[Matched, ...]]) -> None:
        """What matched in these customers, as it arrives."""
        for one, places in matched.items():
            if places:
                self._elsewhere[one] = places[0]

    def knows(self, customer_id: int) -> bool:
        """Whether it is known already where this customer matched."""
        return customer_id in self._elsewhere

    def name(self, text: str) -> Marks:
        """Ranges found in a name."""
        return _marks(self.typed, SearchText.name(text)) if self.typed and text else ()

    def person(self, text: str) -> Marks:
        """Ranges found in the name of a contact."""
        return _marks(self.typed, SearchText.person(text)) if self.typed and text else ()

    def point(self, kind: PointKind, text: str) -> Marks:
        """Ranges found in a contact point."""
        return _marks(self.typed, SearchText.point(kind.value, text)) if self.typed and text else ()

    def note(self, text: str) -> Marks:
        """Ranges found in plain text."""
        return _marks(self.typed, SearchText.note(text)) if self.typed and text else ()

    def second_line(self, row: CustomerRow) -> tuple[str, Marks]:
        """The line under the name: company or person, or the text that was found instead."""
        if not self.typed or self.name(row.name):
            return row.under, self.person(row.under)
        found = self.person(row.under)
        place = self._elsewhere.get(row.id)
        if found or place is None:
            return row.under, found
        return _around(place)


def _around(place: Matched, before: int = 12) -> tuple[str, Marks]:
    """The found text, of a long one the part around the first hit."""
    text, start = place.text.replace("\n", " "), place.ranges[0][0]
    if start <= before * 2:
        return text[:200], place.ranges
    cut = start - before
    moved = tuple((first - cut + 1, last - cut + 1) for first, last in place.ranges)
    return f"…{text[cut : cut + 200]}", moved


def columns(clock: Clock, sought: Sought, region: str) -> Sequence[Column[CustomerRow]]:
    """Every column of the list, the usual ones first."""
    return (*_usual(clock, sought, region), *_others(sought))


def _name(sought: Sought) -> Callable[[CustomerRow], Cell]:
    def cell(row: CustomerRow) -> Cell:
        second, second_marks = sought.second_line(row)
        return Cell(
            row.name,
            second,
            shape=shape_of(row.kind),
            marks=sought.name(row.name),
            second_marks=second_marks,
        )

    return cell


def _stage(row: CustomerRow) -> Cell:
    return Cell(str(LABELS[row.stage]), kind=STAGES[row.stage], mark="dot")


def _grade(row: CustomerRow) -> Cell:
    if row.grade is None:
        return Cell("")
    return Cell(str(LABELS[row.grade]), kind=GRADES[row.grade])


def _quiet(text: Callable[[CustomerRow], str]) -> Callable[[CustomerRow], Cell]:
    return lambda row: Cell(text(row), tone="muted")


def _contact(clock: Clock) -> Callable[[CustomerRow], Cell]:
    def cell(row: CustomerRow) -> Cell:
        today = clock.today()
        if row.last_contact is None:
            return Cell("—", tone="muted")
        now = row.last_contact == today
        tone = "text" if now else "muted"
        return Cell(day_words(row.last_contact, today), tone=tone, strong=now)

    return cell


def _usual(clock: Clock, sought: Sought, region: str) -> Sequence[Column[CustomerRow]]:
    return (
        Column("name", Message("Customer"), lambda r: r.name, paint="name", cell=_name(sought),
               width=212),
        Column("stage", Message("Stage"), lambda r: r.stage, paint="pill", cell=_stage, width=128),
        Column("grade", Message("Grade"), lambda r: r.grade, paint="class", cell=_grade, width=60),
        Column("owner", Message("Owner"), lambda r: r.owner, cell=_quiet(lambda r: r.owner),
               width=84),
        Column(
            "phone", Message("Phone"), lambda r: r.phone,
            cell=lambda r: _found(phone_words(r.phone, region), sought, PointKind.PHONE), width=168,
        ),
        Column("last_contact", Message("Last contact"), lambda r: r.last_contact,
               cell=_contact(clock), width=112),
    )  # fmt: skip


def _found(text: str, sought: Sought, kind: PointKind) -> Cell:
    return Cell(text, marks=sought.point(kind, text))


def _marked(text: Callable[[CustomerRow], str], sought: Sought) -> Callable[[CustomerRow], Cell]:
    def cell(row: CustomerRow) -> Cell:
        shown = text(row)
        return Cell(shown, tone="muted", marks=sought.note(shown))

    return cell


def _others(sought: Sought) -> Sequence[Column[CustomerRow]]:
    def other_names(row: CustomerRow) -> str:
        return " · ".join(row.other_names.splitlines())

    return (
        Column("email", Message("E-mail"), lambda r: r.email,
               cell=lambda r: _found(r.email, sought, PointKind.EMAIL), width=200),
        Column("kind", Message("Kind"), lambda r: r.kind,
               cell=_quiet(lambda r: str(LABELS[r.kind])), width=104),
        Column("region", Message("Region"), lambda r: r.region,
               cell=_marked(lambda r: r.region, sought), width=128),
        Column("source", Message("Source"), lambda r: r.source,
               cell=_marked(lambda r: r.source, sought), width=112),
        Column("tags", Message("Tags"), lambda r: r.tags,
               cell=_quiet(lambda r: " · ".join(r.tags)), width=160),
        Column("since", Message("Customer since"), lambda r: r.since,
               cell=_quiet(lambda r: _day(r.since)), width=120),
        Column("created", Message("Created"), lambda r: r.created,
               cell=_quiet(lambda r: _day(r.created.astimezone().date())), width=112),
        Column("code", Message("Code"), lambda r: r.code,
               cell=lambda r: Cell(r.code, marks=sought.name(r.code)), width=104),
        Column("tax_id", Message("Tax id"), lambda r: r.tax_id,
               cell=_marked(lambda r: r.tax_id, sought), width=176),
        Column("address", Message("Address"), lambda r: r.address,
               cell=_marked(lambda r: r.address, sought), width=220),
        Column("other_names", Message("Other names"), other_names,
               cell=lambda r: Cell(other_names(r), tone="muted", marks=sought.name(other_names(r))),
               width=160),
        Column("notes", Message("Notes"), lambda r: r.notes,
               cell=_marked(lambda r: " ".join(r.notes[:300].split()), sought), width=240),
    )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def widths(given: Sequence[Column[CustomerRow]]) -> dict[str, int]:
    """The width of every column before anybody pulled it."""
    return {one.key: one.width for one in given}


def arrangement(
    keys: Sequence[str], given: Sequence[Column[CustomerRow]], pulled: dict[str, int]
) -> list[ShownColumn]:
    """These columns with their widths; the name is always there and first."""
    known = {**widths(given), **pulled}
    rest = [key for key in keys if key != "name" and key in known]
    return [ShownColumn(key, known[key]) for key in ("name", *rest)]
