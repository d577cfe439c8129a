"""What every report offers, and the plain values it is made of."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from typing_extensions import override

from app.domain.filters import Filter
from app.i18n import Message, locale_code, number, tr

if TYPE_CHECKING:
    from matplotlib.figure import FigureBase

    from app.db.scope import ActorSession
    from app.reports.style import Style

T = TypeVar("T")

Kind = Literal["text", "count", "share"]
"""What a column holds: words, how many, or a part of the whole from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included, as they are where the user sits.

    None: open at that end.
    """

    begin: date | None = None
    end: date | None = None


EVER: Final = Period()


@dataclass(frozen=True, slots=True)
class Asked:
    """The question put to a report; `today` is the day on which it was put."""

    period: Period
    filter: Filter | None
    today: date


UNITS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "customers": Message("customers"),
        "staff": Message("staff members"),
        "sources": Message("sources"),
        "promises": Message("promises"),
        "share": Message("share"),
    }
)
"""What figures count, for people."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what is known of its certainty.

    `low` and `high` bound its 95 % interval (None: it was counted, not estimated); `n` is the
    number of cases behind it. `unit` is a key of UNITS.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Named:
    """A value for machines, and what people call it."""

    key: str
    label: str | Message

    @override
    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, shown as the language in use writes it."""

    year: int
    month: int

    @property
    def key(self) -> str:
        """As 2026-10."""
        return f"{self.year:04}-{self.month:02}"

    def next(self) -> "Month":
        """The month after this one."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @override
    def __str__(self) -> str:
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMM", date(self.year, self.month, 1), locale=locale_code()))


Cell = str | int | float | Named | Month | None


@dataclass(frozen=True, slots=True)
class Column:
    """`total` names the figure that the column adds up to; empty where a sum says nothing."""

    key: str
    title: Message
    kind: Kind = "text"
    total: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is for machines. `drawn`: how a workbook charts the column of counts."""

    name: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawn: Literal["bars", "line"] = "bars"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: the title is the question, the subtitle the definition.

    `draw` fills the matplotlib figure (or part of one) it is given; off the GUI thread.
    """

    name: str
    title: Message
    subtitle: Message
    draw: "Callable[[FigureBase, Style], None]"


@dataclass(frozen=True, slots=True)
class Definition:
    """How figures are worked out, and where that is laid down."""

    term: Message
    formula: Message
    source: Message
    names: tuple[str, ...]
    """Keys of the figures and tables that it defines."""


class Report(ABC, Generic[T]):
    """`T` is the frozen data: plain values, the same for every language and theme."""

    name: str
    title: Message
    variant: str
    """Which of several published ways the figures follow; changed when their meaning changes."""
    headline: tuple[str, ...] = ()
    """Names of the figures that stand above the charts, the most telling first."""

    @abstractmethod
    def load(self, session: "ActorSession", asked: Asked) -> T:
        """What the session's actor may see, grouped by the database."""

    @abstractmethod
    def pack(self, data: T) -> str:
        """The data as text, to be kept."""

    @abstractmethod
    def unpack(self, text: str) -> T:
        """The data that `pack` made this text of."""

    @abstractmethod
    def figures(self, data: T) -> Mapping[str, Figure]:
        """The key figures, by the names that docs/figures.md lists."""

    @abstractmethod
    def labels(self) -> Mapping[str, Message]:
        """What people call each of the figures."""

    @abstractmethod
    def tables(self, data: T) -> Sequence[Table]:
        """The same data as tables."""

    @abstractmethod
    def charts(self, data: T) -> Sequence[Chart]:
        """The same data as pictures."""

    @abstractmethod
    def definitions(self) -> Sequence[Definition]:
        """How every figure and table is worked out."""


def as_plain(cell: Cell) -> str | int | float | None:
    """A cell for machines."""
    return cell.key if isinstance(cell, Named | Month) else cell


def as_text(cell: Cell, kind: Kind = "text") -> str:
    """A cell for people, in the language in use."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return share_text(cell) if kind == "share" else number(cell)
    return str(cell)


def share_text(value: float) -> str:
    """0.784 as 78.4%."""
    return f"{value:.1%}"


def period_text(period: Period) -> str:
    """The period for people."""
    begin = period.begin.isoformat() if period.begin else ""
    end = period.end.isoformat() if period.end else ""
    if begin and end:
        return tr("{first} to {last}", first=begin, last=end)
    if begin:
        return tr("from {first}", first=begin)
    return tr("until {last}", last=end) if end else tr("all the time")
