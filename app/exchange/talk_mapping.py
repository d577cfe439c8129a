"""Proposes which column goes where in a file whose rows are interactions."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.exchange import looks
from app.exchange.gathering import LINE
from app.exchange.header_words import is_ours, slot_of, talk_slot_of
from app.exchange.joined import NAME_PARTS
from app.exchange.mapping import (
    TALK_FIELDS,
    Mapping,
    Slots,
    by_column,
    plain_fields,
    points,
    slots_of,
)
from app.exchange.tables import Row, column_letter

_CUSTOMER: Final = ("customer", "company", "person", "contact")
_KEYS: Final = frozenset(("id", "code", "tax_id"))
_NAMED: Final = ("customer", "company", "person", *NAME_PARTS)
_BESIDE: Final = ("person", "contact")
_POINTS: Final = ("phone", "phone2", "phone3", "email", "email2", "wechat")
_WANTED: Final = frozenset(
    (
        *("id", "code", "tax_id", "name", *NAME_PARTS, "contact_name"),
        *(*_POINTS, *TALK_FIELDS),
    )
)
"""Of a customer's fields those that say who it is; such a file says nothing else of it."""
_TELLING: Final = 12  # characters a cell has on average in a column of texts


def propose_interactions(
    columns: Sequence[str], sample: Iterable[Row], customer: str = ""
) -> Mapping:
    """The most likely mapping; columns that go nowhere are kept as lines below the text.

    Args:
        columns: the table's columns.
        sample: its first rows.
        customer: the customer of the rows that name none. A column that is only called company
            is then what the interaction is about, and not whom it was with.
    """
    values = by_column(columns, sample)
    slots = slots_of(columns, values, talk_slot_of)
    if customer and "customer" not in slots:
        slots = {slot: found for slot, found in slots.items() if slot != "company"}
    found = _who(slots, customer) | plain_fields(slots) | points(slots)
    chosen = {at: field for at, field in found.items() if field in _WANTED}
    chosen |= _numbers(slots, values, chosen)
    fields = {field: at for at, field in chosen.items()}
    if "at" not in fields and "time" in fields:
        chosen[fields["time"]] = "at"
    for field, guessed in (
        ("at", _first_of_dates(columns, values, chosen)),
        ("summary", _longest(columns, values, chosen)),
    ):
        if field not in chosen.values() and guessed is not None:
            chosen[guessed] = field
    # what is blank in the first rows may be filled further down
    rest = (
        at
        for at, title in enumerate(columns)
        if at not in chosen and not is_ours(title) and (values[at] or title != column_letter(at))
    )
    return Mapping(tuple(columns), chosen | dict.fromkeys(rest, LINE))


def are_interactions(columns: Sequence[str]) -> bool:
    """Whether the titles are of what was said and when, and of customers say little else."""
    slots = {found[0] for column in columns if (found := slot_of(column)) is not None}
    said = {"at", "summary"} <= slots
    return said and not slots & {*_POINTS, "address", "street", "city", "region", "tax_id", "grade"}


def _who(slots: Slots, customer: str) -> dict[int, str]:
    """The customer; a person beside a customer is whom of theirs we met."""
    known = bool(customer) or not _KEYS.isdisjoint(slots)
    if known and "contact" in slots and slots.keys().isdisjoint(_NAMED):
        return {min(slots["contact"])[1]: "contact_name"}
    best = {slot: min(slots[slot])[1] for slot in (*_CUSTOMER, *NAME_PARTS) if slot in slots}
    order = [slot for slot in _CUSTOMER if slot in best]
    if not order or order[0] == "contact":
        parts = {best[part]: part for part in NAME_PARTS if part in best}
        if parts or not order:
            return parts | ({best["contact"]: "contact_name"} if parts and order else {})
    chosen = {best[order[0]]: "name"}
    beside = next((slot for slot in _BESIDE if slot in order[1:]), None)
    return chosen | ({best[beside]: "contact_name"} if beside is not None else {})


def _numbers(
    slots: Slots, values: Sequence[Sequence[str]], chosen: dict[int, str]
) -> dict[int, str]:
    """In a list of calls that names nobody: the column with the numbers."""
    if not set(chosen.values()).isdisjoint(_WANTED.difference(TALK_FIELDS)):
        return {}
    for _, at in slots.get("?", ()):
        if values[at] and sum(map(looks.is_mobile, values[at])) * 2 > len(values[at]):
            return {at: "phone"}
    return {}


def _first_of_dates(
    columns: Sequence[str], values: Sequence[Sequence[str]], chosen: dict[int, str]
) -> int | None:
    """The first column of dates that is for nothing else yet."""
    for at in range(len(columns)):
        texts = values[at]
        if at not in chosen and texts and sum(map(looks.is_date, texts)) * 2 > len(texts):
            return at
    return None


def _longest(
    columns: Sequence[str], values: Sequence[Sequence[str]], chosen: dict[int, str]
) -> int | None:
    """The column with the longest texts, and not with numbers, that is for nothing else yet."""
    lengths = {
        at: sum(map(len, values[at])) / len(values[at])
        for at, title in enumerate(columns)
        if at not in chosen and values[at] and not is_ours(title) and not _data(values[at])
    }
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return best if best is not None and lengths[best] >= _TELLING else None


def _data(texts: Sequence[str]) -> bool:
    return sum(map(looks.looks_like_data, texts)) * 2 > len(texts)
