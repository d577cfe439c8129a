"""One model for every list: an ordered vector of ids, and pages of rows fetched when looked at."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.i18n import Message
from app.ui.tasks import Tasks
from app.ui.theme import Kind

Row = TypeVar("Row")
Ids = NDArray[np.int64]
Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]
Paint = Literal["text", "name", "pill", "class", "face", "number", "change", "lines", "parts"]
Part = tuple[str, Literal["plain", "before", "after", "link", "bad"]]

PAGE: Final = 64  # a few times what a window shows: fetched in one frame
PAGES: Final = 256
AHEAD: Final = 8  # pages wanted from a slow source that are not forgotten while scrolling
ROOT: Final = QModelIndex()

# Roles as plain ints: comparing with the enum costs 6 µs a call, with an int 0.7 µs.
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one cell is painted.

    Attributes:
        text: the words; the first line of a name.
        second: the line under a name; the value before a change.
        tone: token of the words.
        strong: heavier words, as for what is due today.
        kind: colour of a pill, a class or a face.
        mark: "dot" or an icon in a pill; the icon of a face.
        shape: avatar of a name: circle for a person, square for a company.
        filled: white words on the strong colour: risk class 1 only.
        marks: ranges of `text` that a search found, in order and apart.
        second_marks: ranges of `second` that a search found.
        parts: a sentence in pieces, each with its role; `text` is the same as one text.
    """

    text: str
    second: str = ""
    tone: str = "text"
    strong: bool = False
    kind: Kind = "plain"
    mark: str | None = None
    shape: Literal["circle", "square"] = "circle"
    filled: bool = False
    marks: Marks = ()
    second_marks: Marks = ()
    parts: tuple[Part, ...] = ()


def plain_text(value: Any) -> str:
    """The text of a value that has no form of its own: nothing for None."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column as a declared value.

    Attributes:
        key: its name in saved views, sorting and exports.
        title: its heading.
        value: what it holds of a row.
        text: the words for that value.
        paint: how its cells look; "number" is aligned to the right.
        cell: the look of a cell where text alone does not say it.
        width: pixels at zoom 1; the first column takes the room that is left.
        sortable: whether clicking the heading sorts.
    """

    key: str
    title: Message
    value: Callable[[Row], Any]
    text: Callable[[Any], str] = plain_text
    paint: Paint = "text"
    cell: Callable[[Row], Cell] | None = None
    width: int = 120
    sortable: bool = True

    def cell_of(self, row: Row) -> Cell:
        """What is painted for a row."""
        if self.cell is not None:
            return self.cell(row)
        return Cell(self.text(self.value(row)))

    def words(self, row: Row) -> str:
        """The text of a cell, as copied, read aloud and searched for in tests."""
        if self.cell is None:
            return self.text(self.value(row))
        cell = self.cell(row)
        return f"{cell.text}, {cell.second}" if cell.second else cell.text


@dataclass(frozen=True)
class RowSource(Generic[Row]):
    """Where rows come from.

    Attributes:
        fetch: rows for up to PAGE ids, in their order; None for a row that is gone.
        instant: whether it takes a few milliseconds at most, so that it may be asked while
            painting; otherwise it is asked in the background and the rows appear when they come.
    """

    fetch: Callable[[Ids], Sequence[Row | None]]
    instant: bool = True


class ListModel(QAbstractTableModel, Generic[Row]):
    """A list of any length. Sorting and filtering happen in the database, never here."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: RowSource[Row],
        tasks: Tasks | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        if not source.instant and tasks is None:
            raise ValueError("a slow source needs tasks")
        self._columns = tuple(columns)
        self._source = source
        self._tasks = tasks
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._pages: OrderedDict[int, Sequence[Row | None]] = OrderedDict()
        self._wanted: list[int] = []  # pages to be fetched in the background, the newest last
        self._fetching: int | None = None
        self._failed = False  # after a failure nothing is asked until the list is set anew
        self._edition = 0  # of the ids and rows; what arrives for an older one is dropped

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The declared columns, shown or not."""
        return self._columns

    @property
    def ids(self) -> Ids:
        """The ids in their order; do not change it."""
        return self._ids

    def set_ids(self, ids: Ids, rows: Sequence[Row | None] = ()) -> None:
        """Show these rows in this order. The view keeps selection and place by id.

        `rows` are those of the first ids, at least a page or as many as there are, where they are
        known already; otherwise they are fetched when they are looked at.
        """
        self.beginResetModel()
        self._ids = np.ascontiguousarray(ids, dtype=np.int64)
        self._forget()
        self._pages.clear()
        if rows and len(rows) >= len(self._slice(0)):
            self._pages[0] = rows
        self.endResetModel()

    def update_rows(self, ids: Iterable[int]) -> None:
        """Fetch these rows anew when they are looked at."""
        changed = np.fromiter(ids, dtype=np.int64)
        pages = [page for page in self._pages if np.isin(self._slice(page), changed).any()]
        self._drop(pages)

    def update_all(self) -> None:
        """Fetch every row anew when it is looked at."""
        self._drop(list(self._pages))

    def row_id(self, row: int) -> int:
        """The id at a place."""
        return int(self._ids[row])

    def row_of(self, row_id: int) -> int | None:
        """The place of an id, or None when it is not in the list."""
        found = np.flatnonzero(self._ids == row_id)
        return int(found[0]) if found.size else None

    def row_at(self, row: int) -> Row | None:
        """The row at a place; None when it is gone or has not arrived yet."""
        page = row // PAGE
        rows = self._pages.get(page)
        if rows is None:
            rows = self._load(page)
            if rows is None:
                return None
        else:
            self._pages.move_to_end(page)
        return rows[row % PAGE]

    def column_index(self, key: str) -> int | None:
        """The section of the column with this key."""
        keys = [column.key for column in self._columns]
        return keys.index(key) if key in keys else None

    def cached_pages(self) -> int:
        """How many pages are held; never more than PAGES."""
        return len(self._pages)

    # ---- pages

    def _slice(self, page: int) -> Ids:
        return self._ids[page * PAGE : (page + 1) * PAGE]

    def _drop(self, pages: Iterable[int]) -> None:
        self._forget()
        for page in pages:
            del self._pages[page]
            self._tell(page)

    def _forget(self) -> None:
        self._edition += 1
        self._wanted.clear()
        self._fetching = None
        self._failed = False

    def _tell(self, page: int) -> None:
        last = min((page + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self._columns) - 1))

    def _keep(self, page: int, rows: Sequence[Row | None]) -> None:
        self._pages[page] = rows
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)

    def _load(self, page: int) -> Sequence[Row | None] | None:
        if self._source.instant:
            rows = self._source.fetch(self._slice(page))
            self._keep(page, rows)
            return rows
        self._want(page)
        return None

    def _want(self, page: int) -> None:
        if page == self._fetching or self._failed:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-AHEAD]
        self._fetch_next()

    def _fetch_next(self) -> None:
        if self._fetching is not None or not self._wanted or self._tasks is None:
            return
        page = self._fetching = self._wanted.pop()
        edition, ids, fetch = self._edition, self._slice(page), self._source.fetch

        def arrived(rows: Sequence[Row | None]) -> None:
            if edition == self._edition:
                self._fetching = None
                self._keep(page, rows)
                self._tell(page)
                self._fetch_next()

        tasks = self._tasks

        def failed(error: BaseException) -> None:
            if edition == self._edition:
                self._failed = True
            tasks.failed.emit(error)

        tasks.run(self, lambda: fetch(ids), arrived, failed)

    # ---- what Qt asks

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role in (_DISPLAY, _ACCESSIBLE):
            row = self.row_at(index.row()) if index.isValid() else None
            return None if row is None else self._columns[index.column()].words(row)
        if role == _ALIGNMENT:
            return _RIGHT if self._columns[index.column()].paint == "number" else _LEFT
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role in (_DISPLAY, _ACCESSIBLE) and orientation == Qt.Orientation.Horizontal:
            return str(self._columns[section].title)
        return None
