"""Change sets, newest first, as far back as one scrolls; any of them can be taken back."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import Message, ntr, tr
from app.services.history import HistoryEntry
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.history.columns import columns
from app.ui.screen import Screen, State, Target
from app.ui.table_model import Ids, ListModel, RowSource
from app.ui.theme import ROW_DENSE
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import SearchField
from app.ui.widgets.layout import col, fix
from app.ui.widgets.menu import Menu
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable

PAGE: Final = 200
TYPING_PAUSE: Final = 150  # milliseconds


class UndoDialog(Dialog):
    """Asks before something is taken back that is not the latest."""

    def __init__(self, screen: "HistoryScreen", entry: HistoryEntry) -> None:
        what = str(entry.act)
        super().__init__(
            screen,
            tr("Redo “{what}”?", what=what) if entry.is_undo else tr("Undo “{what}”?", what=what),
            "undo",
            do=_what_undo_does(entry),
            words=tr(
                "Other changes were made after it. What was changed again later is kept as it "
                "is and listed; this step can be undone as well."
            ),
        )
        self._screen, self._entry = screen, entry

    @override
    def submit(self) -> None:
        self._screen.undo(self._entry)
        self.accept()


def _what_undo_does(entry: HistoryEntry | None) -> str:
    return tr("Redo") if entry is not None and entry.is_undo else tr("Undo")


class HistoryScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("history")
        self._context = context
        self._entries: dict[int, HistoryEntry] = {}
        self._ids: list[int] = []
        self._complete = False
        self._loading = False
        self._edition = 0
        self.search = SearchField(tr("Search the history"), tr("Who, or what was done…"))
        fix(self.search, width=280)
        self.undo_button = Button(tr("Undo"), glyph="undo-2")
        self.undo_button.setObjectName("undo_entry")
        self.model: ListModel[HistoryEntry] = ListModel(
            columns(context.services.clock.now), RowSource(self._rows), parent=self
        )
        self.table = BigTable(self.model, "history_list", row_height=ROW_DENSE)
        self.table.setAccessibleName(tr("History"))
        self.menu = Menu(self, tr("What to do with this change"))
        self.empty = EmptyState("history", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        ground = Surface("card", "history_card")
        ground.setLayout(col((self._stack, 1), gap=0, margins=(1, 1, 1, 12)))
        self.setLayout(col((ground, 1)))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._connect()
        self.reload()

    def _connect(self) -> None:
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(self._typed)
        self.search.down_pressed.connect(self._to_table)
        self.undo_button.clicked.connect(self.ask_undo)
        self.table.current_changed.connect(self._offer)
        self.table.selection.changed.connect(self._offer)
        self.table.opened.connect(self._ask_undo_of)
        self.table.menu_asked.connect(self._open_menu)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        WhileShown(self, self._context.changes, self._changed)

    # ---- what the window shows

    @override
    def title(self) -> Message:
        return Message("History")

    @override
    def subtitle(self) -> str:
        if not self._complete:
            return tr("Every change, the newest first")
        return ntr("{count} change", "{count} changes", len(self._ids))

    @override
    def header_actions(self) -> Sequence[QWidget]:
        return (self.search, self.undo_button)

    @override
    def commands(self) -> Sequence[Command]:
        group = Message("History")
        return (
            Command("history.undo", Message("Undo the chosen change"), group, "Ctrl+Backspace",
                    "undo-2", self.ask_undo, self._may_undo),
            Command("history.search", Message("Search the history"), group, "Ctrl+F", "search",
                    self.focus_field),
        )  # fmt: skip

    @override
    def focus_search(self) -> None:
        self.table.setFocus()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)  # by a key: the row shows its ring

    def focus_field(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, int):
            self.table.go_to(target)

    @override
    def state(self) -> State:
        return {"search": self.search.text(), "current": self.table.current_id()}

    @override
    def restore(self, state: State) -> None:
        self.search.setText(str(state.get("search", "")))

    # ---- the list

    def reload(self) -> None:
        """Ask for the newest again."""
        self._edition += 1
        self._loading = False
        self._ask(None, PAGE)

    def _ask(self, before: int | None, limit: int) -> None:
        if self._loading:
            return
        self._loading = True
        text, edition = self.search.text().strip(), self._edition
        history, actor = self._context.services.history, self._context.actor
        self._context.tasks.run(
            self,
            lambda: history.page(actor, before=before, text=text, limit=limit),
            partial(self._arrived, edition, before, limit),
        )

    def _arrived(
        self, edition: int, before: int | None, limit: int, page: list[HistoryEntry]
    ) -> None:
        if edition != self._edition:
            return
        self._loading = False
        if before is None:
            self._entries, self._ids = {}, []
        self._entries.update({entry.id: entry for entry in page})
        self._ids += [entry.id for entry in page]
        self._complete = len(page) < limit
        self.model.set_ids(np.array(self._ids, dtype=np.int64))
        self._show_empty()
        self._offer(self.table.current_id())
        self.header_changed.emit()

    def _show_empty(self) -> None:
        if self.search.text().strip():
            self.empty.set_words(
                tr("No change matches"), tr("Search for a name or for a word of what was done.")
            )
        else:
            self.empty.set_words(
                tr("Nothing was changed yet"),
                tr("Everything that is added, changed or deleted appears here and can be undone."),
            )
        self._stack.setCurrentWidget(self.table if self._ids else self.empty)

    def _rows(self, ids: Ids) -> list[HistoryEntry | None]:
        return [self._entries.get(int(one)) for one in ids]

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if not self._complete and self._ids and value > bar.maximum() - 2 * bar.pageStep():
            self._ask(self._ids[-1], PAGE)

    def _typed(self) -> None:
        self._pause.start()

    def _changed(self, _areas: frozenset[str]) -> None:
        # as far back as was scrolled, so that the place is kept
        self._edition += 1
        self._loading = False
        self._ask(None, max(PAGE, len(self._ids) + 1))

    # ---- taking back

    def current(self) -> HistoryEntry | None:
        """The change set that is chosen."""
        return self._entries.get(self.table.current_id() or 0)

    def _may_undo(self) -> bool:
        entry = self.current()
        return entry is not None and not entry.undone

    def _offer(self, _row: object = None) -> None:
        entry = self.current()
        self.undo_button.setEnabled(self._may_undo())
        self.undo_button.set_words(_what_undo_does(entry))
        reason = tr("Choose a change first") if entry is None else tr("It is undone already")
        self.undo_button.setToolTip("" if self._may_undo() else reason)

    def _ask_undo_of(self, row_id: int) -> None:
        self.table.go_to(row_id)
        self.ask_undo()

    def ask_undo(self) -> None:
        """Take back the chosen change set; asks first when it is not the latest."""
        entry = self.current()
        if entry is None or entry.undone:
            return
        if self._ids and entry.id == self._ids[0] and not self.search.text():
            self.undo(entry)
        else:
            UndoDialog(self, entry).open()

    def undo(self, entry: HistoryEntry) -> None:
        """Take it back now."""
        self._context.undo(entry.id)

    def _open_menu(self, at: QPoint) -> None:
        self.menu.empty()
        action = self.menu.put(self.undo_button.text(), self.ask_undo, glyph="undo-2")
        action.setEnabled(self._may_undo())
        self.menu.popup(at)
