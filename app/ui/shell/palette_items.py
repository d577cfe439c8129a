"""What the palette lists: customers, commands and what was seen last."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.search_text import SearchText, marks, matches, parse
from app.domain.vocabulary import LABELS, Kind, Stage
from app.i18n import tr
from app.services.customers import CustomerRow
from app.services.finding import Hit, Matched
from app.ui.commands import Command
from app.ui.shell.keys import key_caps

Ranges = tuple[tuple[int, int], ...]
ROOT: Final = QModelIndex()
_ITEM: Final = int(Qt.ItemDataRole.UserRole)
_WORDS: Final = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_LONGEST: Final = 60  # characters of a matched note shown around the match
_SHOWN_COMMANDS: Final = 6


@dataclass(frozen=True)
class PaletteItem:
    """A line. A heading has no `do`; `avatar` is the shape of a customer's, else `glyph`."""

    title: str
    do: Callable[[], object] | None = None
    ranges: Ranges = ()
    under: str = ""
    under_ranges: Ranges = ()
    glyph: str = ""
    avatar: Literal["circle", "square"] | None = None
    keys: str = ""
    stage: Stage | None = None


class PaletteModel(QAbstractListModel):
    """The lines in their order; headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: Sequence[PaletteItem] = ()

    def set_items(self, items: Sequence[PaletteItem]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def item(self, row: int) -> PaletteItem:
        """The line at a place."""
        return self._items[row]

    def next_choice(self, row: int, step: int) -> int:
        """The nearest line in a direction that can be chosen; the same one at the end."""
        at = row + step
        while 0 <= at < len(self._items):
            if self._items[at].do is not None:
                return at
            at += step
        return row

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _WORDS[0]) -> Any:
        item = self._items[index.row()]
        if role in _WORDS:
            stage = str(LABELS[item.stage]) if item.stage is not None else ""
            return ", ".join(filter(None, (item.title, item.under, stage)))
        return item if role == _ITEM else None

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if self._items[index.row()].do is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True)
class Open:
    """Shows a customer."""

    navigate: Callable[[str, int], None]
    customer_id: int

    def __call__(self) -> None:
        self.navigate("customer", self.customer_id)


def customer_items(hits: Sequence[Hit], navigate: Callable[[str, int], None]) -> list[PaletteItem]:
    """Found customers under their heading."""
    if not hits:
        return []
    return [PaletteItem(tr("Customers")), *(_hit_item(hit, navigate) for hit in hits)]


def _hit_item(hit: Hit, navigate: Callable[[str, int], None]) -> PaletteItem:
    by_name = next((m for m in hit.matched if m.field == "name" and m.text == hit.name), None)
    elsewhere = next((m for m in hit.matched if m is not by_name), None)
    parts: list[tuple[str, Ranges]] = []
    if elsewhere is not None and by_name is None:
        parts.append(_excerpt(elsewhere))
    if hit.under:
        parts.append((hit.under, ()))
    if hit.owner:
        parts.append((tr("Owner {name}", name=hit.owner), ()))
    under, under_ranges = _joined(parts)
    return PaletteItem(
        hit.name,
        Open(navigate, hit.id),
        by_name.ranges if by_name else (),
        under,
        under_ranges,
        avatar="circle" if hit.kind is Kind.PERSON else "square",
        stage=hit.stage,
    )


def _excerpt(found: Matched) -> tuple[str, Ranges]:
    """One line around the first match of a long text."""
    start = max(0, found.ranges[0][0] - _LONGEST // 3)
    cut = found.text[start : start + _LONGEST].replace("\n", " ")
    head = "…" if start else ""
    tail = "…" if start + _LONGEST < len(found.text) else ""
    shift = len(head) - start
    ranges = tuple(
        (first + shift, min(last + shift, len(head) + len(cut)))
        for first, last in found.ranges
        if first + shift < len(head) + len(cut)
    )
    return f"{head}{cut}{tail}", ranges


def _joined(parts: Iterable[tuple[str, Ranges]]) -> tuple[str, Ranges]:
    words, ranges = "", []
    for text, found in parts:
        words += " · " if words else ""
        ranges += [(first + len(words), last + len(words)) for first, last in found]
        words += text
    return words, tuple(ranges)


def recent_items(
    rows: Sequence[CustomerRow | None], navigate: Callable[[str, int], None]
) -> list[PaletteItem]:
    """Customers that were looked at last, the last one first."""
    items = [
        PaletteItem(
            row.name,
            Open(navigate, row.id),
            under=row.under,
            avatar="circle" if row.kind is Kind.PERSON else "square",
            stage=row.stage,
        )
        for row in rows
        if row is not None
    ]
    return [PaletteItem(tr("Seen last")), *items] if items else []


def command_items(typed: str, commands: Sequence[Command]) -> list[PaletteItem]:
    """Commands whose title matches what was typed, as customers are found: by pinyin too."""
    query = parse(typed)
    items = []
    for command in commands:
        title = str(command.title)
        if not command.is_possible():
            continue
        if not typed or matches(query, [SearchText.name(title)]):
            ranges = tuple(marks(query, title)) if typed else ()
            keys = key_caps(command.keys) if command.keys else ""
            items.append(PaletteItem(title, command.do, ranges, glyph=command.glyph, keys=keys))
    if not items:
        return []
    return [PaletteItem(tr("Commands")), *items[: None if not typed else _SHOWN_COMMANDS]]
