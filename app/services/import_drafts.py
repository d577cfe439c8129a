"""What a row of a file says: a customer, an interaction, or why it is neither."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from app.domain.names import is_invisible
from app.domain.script import fold
from app.exchange.tables import Cell, CellError
from app.i18n import Message
from app.services.import_talks import Talk

_SEVERAL: Final = re.compile(r"\s*[,;，；、\n|]\s*")

Into: TypeAlias = Literal["customers", "interactions"]
"""What the rows of a file are."""


class Point(NamedTuple):
    """A contact point: kind, as typed, and as it is compared."""

    kind: str
    raw: str
    normalised: str


class Draft(NamedTuple):
    """A customer as a row says it; empty text, None and () where the row says nothing.

    Birthdays are in the form of domain.birthdays.
    `owner`, `parent` and `referred_by` are names. `guessed` is the kind to take for a new customer
    where the row names none. `lines` are notes made of what fits in no field.
    """

    name: str
    guessed: str
    contact: str = ""
    position: str = ""
    id: int | None = None
    kind: str | None = None
    stage: str | None = None
    grade: str | None = None
    other_names: tuple[str, ...] = ()
    code: str = ""
    owner: str = ""
    source: str = ""
    referred_by: str = ""
    parent: str = ""
    region: str = ""
    address: str = ""
    tax_id: str = ""
    notes: str = ""
    lines: tuple[str, ...] = ()
    since: date | None = None
    last_contact: date | None = None
    tags: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    birthday: str = ""
    contact_birthday: str = ""


class Problem(NamedTuple):
    """Why a row is refused: the column's title in the file ("" for the whole row) and a reason."""

    column: str
    reason: Message


class Candidate(NamedTuple):
    """A row that was read: a draft, or why there is none; notices say what was put elsewhere.

    An interaction whose row names nobody has a talk, and neither a draft nor problems.
    """

    number: int
    draft: Draft | None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Message, ...] = ()
    shown: str = ""
    talk: Talk | None = None


def text_of(cell: Cell) -> str:
    """A cell as text: 13812345678 as it is, dates as 2026-11-22."""
    if isinstance(cell, str):
        return "" if is_invisible(cell) else cell.strip()
    if cell is None or isinstance(cell, CellError):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def several(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several of something, each once."""
    return tuple(dict.fromkeys(part for part in _SEVERAL.split(text.strip()) if part))


@lru_cache(maxsize=8_192)
def folded(name: str) -> str:
    """The form in which two names are compared."""
    return " ".join(fold(name).split())


def owner_key(name: str) -> str:
    """As `folded`, and 周 敏 is 周敏: people write short names with a space to line them up."""
    key = folded(name)
    return key if key.isascii() else key.replace(" ", "")


Progress = Callable[[int, int], None]
"""Called with how many of how many rows are done; raises Cancelled when the user stopped it."""
