"""A plain list, and beneath it the fields that add a line or change the one that was opened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.errors import Refused, UserError
from app.i18n import Message, tr
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.settings.writing import write
from app.ui.table_model import Column, Ids, ListModel, RowSource
from app.ui.widgets.button import Button
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import Field
from app.ui.widgets.layout import fix, hold, row, row_top
from app.ui.widgets.table import BigTable, ShownColumn

_ROW: Final = 36
_HEIGHT: Final = 250


class Numbered(Protocol):
    @property
    def id(self) -> int: ...


LineT = TypeVar("LineT", bound=Numbered)


@dataclass(frozen=True)
class ListWords:
    """What a list section is called, and what its buttons and an empty list say."""

    title: str
    name: str
    add: str
    empty: tuple[str, str, str]  # icon, title, words


class _KeyTable(BigTable):
    """Answers Del as well."""

    delete_pressed = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class ListSection(Section, Generic[LineT]):
    """Enter changes the current line, Del takes it away, in whatever sense the list has.

    Subclasses say what is read (`reader`), shown in the fields (`fill`), written (`writer`) and
    taken away (`take`). `fields` are by the names under which a service refuses them, each with
    its share of the room; the first one has the keyboard when something is added. `above` stands
    between the title and the list.
    """

    table_name = ""
    """The announced changes after which the list is read anew."""

    def __init__(
        self,
        context: Context,
        words: ListWords,
        columns: Sequence[Column[LineT]],
        fields: Mapping[str, tuple[Field, int]],
        above: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(words.title, words.name)
        self._context, self._words = context, words
        self._rows: dict[int, LineT] = {}
        self._changing: int | None = None
        self._model = ListModel[LineT](columns, RowSource(self._fetch), context.tasks, self)
        self.table = _KeyTable(self._model, f"{words.name}_list", row_height=_ROW)
        self.table.setAccessibleName(words.title)
        self.table.show_columns([ShownColumn(one.key, one.width) for one in columns])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState(*words.empty))
        fix(self._stack, height=_HEIGHT)
        self.fields = {name: field for name, (field, _) in fields.items()}
        self.add = Button(words.add, glyph="plus")
        self.add.setObjectName(f"add_{words.name}")
        self.leave = Button(tr("Cancel"), "quiet")
        self.leave.setObjectName(f"leave_{words.name}")
        self.remove = Button("", "danger")
        self.remove.setObjectName(f"remove_{words.name}")
        first = next(iter(self.fields.values()))
        buttons = first.level(hold(row(self.add, self.leave, self.remove)))
        self.put(*above, self._stack, row_top(*fields.values(), buttons, gap=12))
        self.table.opened.connect(self.change)
        self.table.delete_pressed.connect(self.take_current)
        self.add.clicked.connect(self.save)
        self.leave.clicked.connect(self._left)
        self.remove.clicked.connect(self.take_current)
        for field in self.fields.values():
            if isinstance(field.entry, ComboBox):
                field.entry.activated.connect(self._right_again)
        context.changes.changed.connect(self._changed)

    # ---- what subclasses say

    def reader(self) -> Callable[[], Sequence[LineT]]:
        """What reads all lines, in the background."""
        raise NotImplementedError

    def fill(self, line: LineT | None) -> None:
        """Show a line in the fields and on `remove`; None: the fields add."""
        raise NotImplementedError

    def writer(self, changing: int | None) -> tuple[Callable[[], object], Message | None]:
        """What saves the fields as they are now, and what is said when it is done."""
        raise NotImplementedError

    def take(self, line: LineT) -> tuple[Callable[[], object], Message]:
        """What takes a line away, and what is said when it is done."""
        raise NotImplementedError

    def came(self, lines: Sequence[LineT]) -> None:
        """All lines were read: offer in the fields what is in use."""

    # ---- the list

    def _fetch(self, ids: Ids) -> Sequence[LineT | None]:
        return [self._rows.get(one) for one in ids.tolist()]

    def ids(self) -> list[int]:
        """The ids of the lines, from the top."""
        return list(self._rows)

    def _changed(self, areas: frozenset[str]) -> None:
        if self.table_name in areas:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the lines again."""
        self._context.tasks.run(self, self.reader(), self._show)

    def _show(self, lines: Sequence[LineT]) -> None:
        self._rows = {one.id: one for one in lines}
        self._model.set_ids(np.array(list(self._rows), dtype=np.int64))
        self._stack.setCurrentIndex(0 if lines else 1)
        self.came(lines)
        if self._changing is not None and self._changing not in self._rows:
            self._begin()

    # ---- the fields

    def _begin(self) -> None:
        """Nothing is being changed: the fields add."""
        self._changing = None
        self._right_again()
        self.fill(None)
        self.add.set_words(self._words.add)
        self.add.set_glyph("plus")
        self.leave.hide()
        self.remove.hide()

    def _left(self) -> None:
        self._begin()
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to the list, or where its first line is added."""
        goal = self.table if self._rows else next(iter(self.fields.values())).entry
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, line_id: int) -> None:
        """Put a line into the fields."""
        held = self._rows.get(line_id)
        if held is None:
            return
        self._changing = line_id
        self._right_again()
        self.fill(held)
        self.add.set_words(tr("Save"))
        self.add.set_glyph("check")
        self.leave.show()
        self.remove.show()
        next(iter(self.fields.values())).entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Add what is typed, or save what is being changed."""
        do, said = self.writer(self._changing)
        self.add.setEnabled(False)
        write(self, self._context, do, said, self._failed, self._saved)

    def _saved(self) -> None:
        self.add.setEnabled(True)
        self._begin()
        next(iter(self.fields.values())).entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_current(self) -> None:
        """Take the line away that is being changed, or else the current one."""
        chosen = self._changing if self._changing is not None else self.table.current_id()
        line = self._rows.get(chosen) if chosen is not None else None
        if line is None:
            return
        do, said = self.take(line)
        write(self, self._context, do, said, self._failed, self._taken)

    def _taken(self) -> None:
        if self._changing is not None:
            self._begin()
        if not self.table.hasFocus():
            self.take_focus()

    # ---- what is wrong

    def _right_again(self) -> None:
        for field in self.fields.values():
            field.set_wrong("")

    def _failed(self, error: BaseException) -> None:
        self.add.setEnabled(True)
        found = error.fields if isinstance(error, Refused) else {}
        at_fields = {name: found[name] for name in self.fields if name in found}
        if at_fields:
            for name, message in at_fields.items():
                self.fields[name].set_wrong(str(message))
            self.fields[next(iter(at_fields))].entry.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, UserError):
            self._context.show_message(error.message, None, "warn")
        else:
            self._context.tasks.failed.emit(error)
