"""Which column of a file goes into which field of a customer: proposed, kept, applied."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from app.errors import Refused
from app.exchange import looks
from app.exchange.gathering import LINE, Gathering, is_filled
from app.exchange.header_words import DETAIL, is_ours, plain, slot_of, talk_slot_of
from app.exchange.joined import (
    ADDRESS_PARTS,
    BIRTHDAY_PARTS,
    NAME_PARTS,
    full_address,
    full_birthday,
    full_name,
)
from app.exchange.tables import Cell, Row, column_letter
from app.i18n import Message

FIELDS: Final = (
    "id",
    "kind",
    "name",
    "other_names",
    "code",
    "grade",
    "owner",
    "stage",
    "source",
    "referred_by",
    "parent",
    "region",
    "address",
    "tax_id",
    "tags",
    "notes",
    "since",
    "last_contact",
    "birthday",
    "contact_name",
    "contact_position",
    "contact_birthday",
    "phone",
    "phone2",
    "phone3",
    "email",
    "email2",
    "wechat",
    "website",
)
TALK_FIELDS: Final = (
    "at",
    "time",
    "channel",
    "direction",
    "author",
    "summary",
    "minutes",
    "product",
    "step",
    "rating",
    "unhappy",
)
"""Fields of an interaction: beside those of its customer and contact, or alone."""
PARTS: Final = (*NAME_PARTS, *ADDRESS_PARTS, *BIRTHDAY_PARTS)
ALL_FIELDS: Final = (*FIELDS, *TALK_FIELDS, LINE, *PARTS)
SEVERAL: Final = frozenset({"phone3", "email2", "website", "other_names", "tags", LINE})
"""Fields into which more than one column may go; a row's values stand below each other."""

_PHONES: Final = ("phone", "phone2", "phone3")
_EMAILS: Final = ("email", "email2")
_ALL_OF_THEM: Final = ("website", "other_names", "tags")
_NAMES: Final = ("customer", "person", "company", "contact")
_GIVEN: Final = frozenset({"name", "名字"})
_MOSTLY: Final = 0.6  # share of the values that must look alike
_BLANK: Final = 100  # added to the rank of a column without values

Slots: TypeAlias = Pairs[str, Sequence[tuple[int, int]]]
"""What columns are for, by their titles: slot → how sure (0 is best) and which column."""


@dataclass(frozen=True)
class Mapping:
    """Column → field. `header` are the table's column names, `columns` the chosen ones by index.

    A field is one of FIELDS, TALK_FIELDS or PARTS; parts make up the name, the address or the
    birthday of a row in which that cell is blank. `titled_lines` gives what is a LINE.
    """

    header: tuple[str, ...]
    columns: Pairs[int, str]

    def values(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """The fields of one row that hold something, under the names of FIELDS."""
        found = self._gathering.values(cells)
        return _joined(found) if self._has_parts else found

    def titled_lines(self, cells: Sequence[Cell]) -> list[tuple[str, Cell]]:
        """Title and value of what becomes a line of its own: columns that are a LINE, and faxes."""
        return self._gathering.lines(cells)

    @cached_property
    def has_lines(self) -> bool:
        """Whether rows may have such lines."""
        return self._gathering.has_lines

    @cached_property
    def _has_parts(self) -> bool:
        return not set(PARTS).isdisjoint(self.columns.values())

    @cached_property
    def _gathering(self) -> Gathering:
        return Gathering(self.header, self.columns)

    def to_json(self) -> str:
        """The text form: column name → field, for keeping and for `--mapping FILE`."""
        columns = {self.header[index]: field for index, field in sorted(self.columns.items())}
        return json.dumps({"columns": columns}, ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text: str, header: Sequence[str]) -> "Mapping":
        """The mapping for a table with these columns; a column may be named by its letter, too.

        Raises:
            Refused: not such a text, or it names a column or a field that there is not.
        """
        wanted = _columns_of(text)
        letters = {column_letter(index): index for index in range(len(header))}
        indexes = letters | {name: index for index, name in enumerate(header)}
        columns: dict[int, str] = {}
        for name, field in wanted.items():
            if name not in indexes:
                raise Refused(_unknown_column(name, header))
            if field not in ALL_FIELDS:
                raise Refused(_unknown_field(field))
            if field in columns.values() and field not in SEVERAL:
                raise Refused(_field_twice(field))
            columns[indexes[name]] = field
        return cls(tuple(header), columns)


def _joined(found: dict[str, Cell]) -> dict[str, Cell]:
    """The fields with what their parts make up."""
    names: dict[str, Cell] = {part: found.pop(part) for part in NAME_PARTS if part in found}
    places: dict[str, Cell] = {part: found.pop(part) for part in ADDRESS_PARTS if part in found}
    days: dict[str, Cell] = {part: found.pop(part) for part in BIRTHDAY_PARTS if part in found}
    if names:
        found.setdefault("name", full_name(names))
    if places:
        found.setdefault("address", full_address(places))
    if born := full_birthday(days):
        found.setdefault("birthday", born)
    return found


def fingerprint(columns: Sequence[str], *before: str) -> str:
    """The same for all files with the same header: the key under which a mapping is remembered.

    `before` tells apart what a file with such a header is used for.
    """
    text = "\n".join((*before, *(plain(column) for column in columns if not is_ours(column))))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def propose(columns: Sequence[str], sample: Iterable[Row]) -> Mapping:
    """The most likely mapping, from the titles first and from the values where they say nothing."""
    values = by_column(columns, sample)
    slots = _split(slots_of(columns, values, slot_of), columns)
    chosen = _named(slots) | plain_fields(slots) | points(slots)
    places = _one_address(slots, columns)
    chosen |= places | _details(slots, {*chosen, *places})
    chosen = _second_owner(slots, _beside_talks(columns, chosen))
    unknown = [index for _, index in slots.get("?", [])]
    chosen |= _by_values(unknown, values, set(chosen.values()), columns)
    return Mapping(tuple(columns), chosen)


def _beside_talks(columns: Sequence[str], chosen: dict[int, str]) -> dict[int, str]:
    """Beside what was said, 时长 and 满意度 are of that; a date alone says when it was last."""
    told = {field for field in chosen.values() if field in TALK_FIELDS}
    if "summary" in told:
        told_by = dict(chosen)
        for at, title in enumerate(columns):
            slot, _ = talk_slot_of(title) or ("", 0)
            # 日期 may be any other date, and 备注 is about the customer
            wanted = slot in TALK_FIELDS and slot not in {"at", "summary", "author"}
            if wanted and slot not in told_by.values() and chosen.get(at, "grade") == "grade":
                told_by[at] = slot
        return told_by
    if told == {"at"} and "last_contact" not in chosen.values():
        return {at: "last_contact" if field == "at" else field for at, field in chosen.items()}
    return chosen


def _second_owner(slots: Slots, chosen: dict[int, str]) -> dict[int, str]:
    """Beside interactions, 负责人 is whose customer it is, and 跟进人 as well who had them."""
    fields = set(chosen.values())
    second = sorted(slots.get("owner", ()))[1:2]
    if not second or "author" in fields or not fields & {"at", "summary"}:
        return chosen
    return chosen | {second[0][1]: "author"}


def slots_of(
    columns: Sequence[str],
    values: Sequence[Sequence[str]],
    slot_of_title: Callable[[str], tuple[str, int] | None],
) -> Slots:
    """What the titles say, by slot ("?" for unknown titles)."""
    slots: dict[str, list[tuple[int, int]]] = {}
    for index, column in enumerate(columns):
        found = slot_of_title(column)
        slot, rank = ("?", 0) if found is None else found
        slots.setdefault(slot, []).append((rank + _BLANK * (not values[index]), index))
    return slots


def points(slots: Slots) -> dict[int, str]:
    """Phones and e-mails, each into the fields for them."""
    return _series(slots, "phone", _PHONES) | _series(slots, "email", _EMAILS)


def by_column(columns: Sequence[str], sample: Iterable[Row]) -> list[list[str]]:
    """The filled cells of each column, as text."""
    values: list[list[str]] = [[] for _ in columns]
    for row in sample:
        for column, cell in zip(values, row.cells, strict=False):
            if is_filled(cell):
                column.append(str(cell).strip())
    return values


def _split(slots: Slots, columns: Sequence[str]) -> Slots:
    """Names and birthdays that stand in several columns, whose titles say it together only.

    A name beside a family name is the given one: 姓氏 and 名字, Name and Surname. A column Birth
    Day beside Birth Month is a day of the month.
    """
    found = dict(slots)
    if "family_name" in found and "given_name" not in found:
        people = found.pop("person", ())
        called = [one for one in people if plain(columns[one[1]]) in _GIVEN]
        others = [one for one in people if one not in called]
        found |= {"given_name": called} if called else {}
        found |= {"person": others} if others else {}
    if "birth_month" in found and "birth_day" not in found and "birthday" in found:
        found["birth_day"] = found.pop("birthday")
    return found


def _named(slots: Slots) -> dict[int, str]:
    """Who the customer is: whoever is called so, else the person, else the company or contact.

    The others keep a place of their own: a person beside a customer is its contact, a company
    beside a person is where that person works.
    """
    best = {slot: min(slots[slot])[1] for slot in (*_NAMES, *NAME_PARTS) if slot in slots}
    chosen: dict[int, str] = {best[part]: part for part in NAME_PARTS if part in best}
    parted = bool(chosen) and "customer" not in best and "person" not in best
    order = [slot for slot in _NAMES if slot in best]
    filled = {slot for slot in best if min(slots[slot])[0] < _BLANK}
    if "customer" in best and filled and "customer" not in filled:
        order.remove("customer")  # Outlook's Account, which nobody fills in
        parted = bool(chosen) and "person" not in best
    if order and not (parted and order[0] in {"company", "contact"}):
        chosen[best[order.pop(0)]] = "name"
    for slot in order:
        field = "parent" if slot == "company" else "contact_name"
        if field not in chosen.values() and not (field == "parent" and "parent" in slots):
            chosen[best[slot]] = field
    return chosen


def plain_fields(slots: Slots) -> dict[int, str]:
    """The fields that have one column each: the one called most clearly, with values if any."""
    taken = {*_PHONES, *_EMAILS, *_NAMES, *NAME_PARTS, *ADDRESS_PARTS, *_ALL_OF_THEM}
    wanted = (*FIELDS, *TALK_FIELDS, *BIRTHDAY_PARTS)
    fields = [one for one in wanted if one in slots and one not in taken]
    several = {index: field for field in _ALL_OF_THEM for _, index in slots.get(field, [])}
    return several | {min(slots[field])[1]: field for field in fields}


def _one_address(slots: Slots, columns: Sequence[str]) -> dict[int, str]:
    """The parts of one address, not the street of the office in the city of the home."""
    places: dict[str, dict[str, tuple[int, int]]] = {}
    for part in ADDRESS_PARTS:
        for rank, index in slots.get(part, []):
            parts = places.setdefault(_whose(columns[index]), {})
            parts[part] = min(parts.get(part, (rank, index)), (rank, index))
    if not places:
        return {}
    filled = {
        place: (sum(rank < _BLANK for rank, _ in parts.values()), place in {"business", ""})
        for place, parts in places.items()
    }
    best = max(filled, key=lambda place: filled[place])
    return {index: part for part, (_, index) in places[best].items()}


def _whose(column: str) -> str:
    """Which address a column belongs to, of a person with several."""
    first = column.casefold().replace("work", "business").partition(" ")[0]
    return first if first in {"home", "business", "other", "address"} else ""


def _series(slots: Slots, kind: str, fields: Sequence[str]) -> dict[int, str]:
    """Phones, or e-mails, in order of how much they are wanted, into the fields for them."""
    ranked = sorted(
        (rank >= _BLANK, fields.index(slot), index)
        for slot in fields
        if slot.startswith(kind)
        for rank, index in slots.get(slot, [])
    )
    last = len(fields) - 1
    return {index: fields[min(place, last)] for place, (_, _, index) in enumerate(ranked)}


def _details(slots: Slots, used: set[int]) -> dict[int, str]:
    """What address books say beside the fields, second addresses too: lines of the notes."""
    lost = (DETAIL, "contact_position", *ADDRESS_PARTS)
    wanted = [index for slot in lost for _, index in slots.get(slot, [])]
    return {index: LINE for index in wanted if index not in used}


_LOOKS: Final[tuple[tuple[Callable[[str], bool], tuple[str, ...]], ...]] = (
    (looks.is_email, _EMAILS),
    (looks.is_tax_id, ("tax_id",)),
    (looks.is_website, ("website",)),
    (looks.is_phone, _PHONES),
)


def _by_values(
    unknown: Sequence[int], values: Sequence[Sequence[str]], used: set[str], columns: Sequence[str]
) -> dict[int, str]:
    """Fields for columns whose title says nothing."""
    chosen: dict[int, str] = {}
    for index in unknown:
        for looks_so, fields in _LOOKS:
            field = next((one for one in fields if one not in used), None)
            if field is not None and _share(values[index], looks_so) >= _MOSTLY:
                chosen[index] = field
                used.add(field)
                break
    untitled = [index for index in unknown if columns[index] == column_letter(index)]
    rest = [index for index in untitled if index not in chosen]
    return chosen | _untitled(rest, values, used)


def _untitled(
    rest: Sequence[int], values: Sequence[Sequence[str]], used: set[str]
) -> dict[int, str]:
    """In a table without a header: the customer's name, and the date since when it is one."""
    chosen: dict[int, str] = {}
    dated = [index for index in rest if _share(values[index], looks.is_date) >= _MOSTLY]
    if dated and "since" not in used:
        chosen[dated[0]] = "since"
    if not used & {"name", *NAME_PARTS}:
        names = [
            index
            for index in rest
            if index not in dated and _share(values[index], _is_name) >= _MOSTLY
        ]
        names.sort(key=lambda index: -_share(values[index], looks.is_company))
        chosen |= dict(zip(names, ("name", "contact_name"), strict=False))
    return chosen


def _is_name(text: str) -> bool:
    return 1 < len(text) <= 60 and not looks.looks_like_data(text) and any(map(str.isalpha, text))


def _share(values: Sequence[str], looks_so: Callable[[str], bool]) -> float:
    return sum(map(looks_so, values)) / len(values) if values else 0.0


def _columns_of(text: str) -> dict[str, str]:
    try:
        wanted = json.loads(text)["columns"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(_not_a_mapping()) from error
    if not isinstance(wanted, dict) or not all(isinstance(one, str) for one in wanted.values()):
        raise Refused(_not_a_mapping())
    return wanted


def _not_a_mapping() -> Message:
    return Message(
        "The mapping is not readable. It must look like {example}.",
        params={"example": '{"columns": {"Company": "name"}}'},
    )


def _unknown_column(name: str, header: Sequence[str]) -> Message:
    return Message(
        "The mapping names a column “{column}” that the file does not have. It has: {columns}.",
        params={"column": name, "columns": ", ".join(header)},
    )


def _unknown_field(field: str) -> Message:
    return Message(
        "The mapping names a field “{field}” that there is not. There are: {fields}.",
        params={"field": field, "fields": ", ".join(ALL_FIELDS)},
    )


def _field_twice(field: str) -> Message:
    return Message(
        "The mapping gives the field “{field}” two columns. Keep one of them.",
        params={"field": field},
    )
