"""Dates and birthdays in cells: in which order their figures stand, and what they mean."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.domain import birthdays, dates
from app.domain.dates import Order
from app.exchange.mapping import Mapping
from app.exchange.tables import Row
from app.i18n import Message

BIRTHDAYS: Final = ("birthday", "contact_birthday")
ORDERED: Final = ("since", "last_contact", "at", *BIRTHDAYS)
"""The fields in which 3/2/2026 may mean two days."""
SERIAL_DAYS: Final = range(20_000, 80_000)  # of spreadsheets: 1954 to 2119
_BORN: Final = range(1, 80_000)  # 1900 to 2119
_SERIAL: Final = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")  # a day, and of it what has passed
_EPOCH: Final = date(1899, 12, 30).toordinal()
_NOTHING: Final = "0-/. "  # what a date without any figure is made of: Outlook writes 0/0/00
_MONTH_AND_DAY: Final = re.compile("[0-9]{1,2}[-/][0-9]{1,2}")


def serial_day(text: str, days: range) -> date | None:
    """The day of a number by which spreadsheets count days, if it is one of `days`."""
    found = _SERIAL.fullmatch(text)
    if found is None or int(found[1]) not in days:
        return None
    return date.fromordinal(_EPOCH + int(found[1]))


def birthday(text: str, order: Order) -> str | Message:
    """A birthday in the form of domain.birthdays, "" for none, or why it cannot be read.

    3/15 has the month first, as where a birthday is typed, unless the column says otherwise.
    """
    if not text.strip(_NOTHING):
        return ""
    serial = serial_day(text, _BORN)
    if serial is not None:
        text = serial.isoformat()
    if order == "auto" and _MONTH_AND_DAY.fullmatch(text):
        order = "mdy"
    found = birthdays.parse(text, order)
    if found is not None:
        return birthdays.store(found)
    problem = birthdays.explain(text, order)
    assert problem is not None
    return problem


def date_orders(mapping: Mapping, rows: Iterable[Row], sample: Sequence[Row]) -> dict[str, Order]:
    """For each date field the order of its figures; all rows are read only if the sample is silent.

    A field whose dates stay open is left out: its ambiguous dates are refused, saying so.
    """
    columns = {field: at for at, field in mapping.columns.items() if field in ORDERED}
    found: dict[str, Order] = {}
    for field, at in columns.items():
        texts = _texts_at(sample, at)
        order = dates.guess_order(texts)
        if order == "auto" and any(_is_open(text) for text in texts):
            order = dates.guess_order(_distinct(rows, at))
        if order != "auto":
            found[field] = order
    return found


def _texts_at(rows: Iterable[Row], at: int) -> list[str]:
    return [cell.strip() for row in rows if isinstance(cell := row.cells[at], str) and cell.strip()]


def _is_open(text: str) -> bool:
    """Whether it is a date only once the order is known."""
    return dates.parse(text) is None and any(
        dates.parse(text, date(2000, 1, 1), order) for order in ("dmy", "mdy", "ymd")
    )


def _distinct(rows: Iterable[Row], at: int) -> set[str]:
    return set(_texts_at(rows, at))
