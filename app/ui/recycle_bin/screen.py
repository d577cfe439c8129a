"""The recycle bin: what was deleted, restored with all that hung on it, or deleted for good."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.vocabulary import Kind
from app.i18n import Message, ntr, number, tr
from app.services.bulk import BulkResult
from app.services.recycle_bin import BinRow
from app.ui.changes import WhileShown
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.screen import Screen, State, Target
from app.ui.table_model import Cell, Column, Ids, ListModel, RowSource
from app.ui.when import moment_words
from app.ui.widgets.button import Button
from app.ui.widgets.check import CheckBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import STRETCH, col, fix, hold, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.surface import Line, Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import muted

AREAS: Final = frozenset({"customer", "staff"})


def _name(row: BinRow) -> Cell:
    return Cell(row.name, shape="circle" if row.kind is Kind.PERSON else "square")


def columns(context: Context) -> Sequence[Column[BinRow]]:
    """Who was deleted, whose it was, by whom and when."""
    clock = context.services.clock

    def when(one: BinRow) -> Cell:
        return Cell(moment_words(one.deleted_at, clock.now()), tone="muted")

    return (
        Column("name", Message("Customer"), lambda r: r.name, paint="name", width=240,
               cell=_name, sortable=False),
        Column("owner", Message("Owner"), lambda r: r.owner, width=140, sortable=False),
        Column("by", Message("Deleted by"), lambda r: r.deleted_by, width=140, sortable=False),
        Column("when", Message("Deleted"), lambda r: r.deleted_at, width=160, cell=when,
               sortable=False),
        Column("merged", Message("Merged into"), lambda r: r.merged_into, width=200,
               sortable=False),
    )  # fmt: skip


class PurgeDialog(Dialog):
    """Says that it is final; the box has to be ticked first."""

    def __init__(self, parent: QWidget, count: int, do: Callable[[], object]) -> None:
        words = ntr(
            "{count} customer and everything that belongs to it will be gone.",
            "{count} customers and everything that belongs to them will be gone.",
            count,
        )
        super().__init__(
            parent,
            tr("Delete for good?"),
            "purge",
            do=ntr("Delete {count} for good", "Delete {count} for good", count),
            kind="danger",
            words=f"{words}\n{tr('This is final: it cannot be undone.')}",
        )
        self._do = do
        self.sure = CheckBox(
            ntr(
                "Yes, delete this {count} customer for good",
                "Yes, delete these {count} customers for good",
                count,
            )
        )
        self.sure.setObjectName("sure")
        self.sure.toggled.connect(self.do_button.setEnabled)
        self.do_button.setEnabled(False)
        self.put(self.sure)
        self.leave_button.setFocus()

    @override
    def submit(self) -> None:
        if self.sure.isChecked():
            self._do()
            self.accept()

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return []


class RecycleBinScreen(Screen):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("recycle_bin")
        self._context = context
        self._loaded = False
        self._edition = 0
        self._may_purge = context.actor.sees_all
        bin_, actor = context.services.bin, context.actor

        def fetch(ids: Ids) -> list[BinRow | None]:
            return bin_.rows(actor, ids.tolist())

        source = RowSource(fetch, instant=context.services.customers.instant)
        self.model: ListModel[BinRow] = ListModel(columns(context), source, context.tasks, self)
        self.table = BigTable(self.model, "bin_list")
        self.table.setAccessibleName(tr("Recycle bin"))
        self.restore_button = Button(tr("Restore"), glyph="archive-restore", size="small")
        self.restore_button.setObjectName("restore")
        self.purge_button = Button(tr("Delete for good"), "danger", glyph="trash-2", size="small")
        self.purge_button.setObjectName("purge")
        if not self._may_purge:
            self.purge_button.setToolTip(tr("Only a manager may delete for good."))
        self._count = muted()
        self._count.setObjectName("count")
        self.empty = EmptyState(
            "trash-2",
            tr("The recycle bin is empty"),
            tr("What is deleted waits here with everything that belongs to it."),
        )
        self._menu = Menu(self, tr("Deleted customer"))
        self._arrange()
        self._connect()
        self.reload()

    def _arrange(self) -> None:
        foot = row(
            self._count,
            STRETCH,
            self.restore_button,
            self.purge_button,
            gap=8,
            margins=(16, 0, 12, 0),
        )
        self._list = hold(col((self.table, 1), Line(), fix(hold(foot, "foot"), height=44), gap=0))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.empty)
        ground = Surface("card", "bin_card")
        ground.setLayout(col((self._stack, 1), gap=0, margins=1))
        self.setLayout(col((ground, 1)))

    def _connect(self) -> None:
        self.restore_button.clicked.connect(self.restore_chosen)
        self.purge_button.clicked.connect(self.ask_purge)
        self.table.opened.connect(self.restore_one)
        self.table.menu_asked.connect(self.open_menu)
        self.table.selection.changed.connect(self._show_count)
        WhileShown(self, self._context.changes, self._changed)

    # ---- the list

    def reload(self) -> None:
        """Ask anew what is in the bin."""
        self._edition += 1
        edition, actor = self._edition, self._context.actor
        bin_ = self._context.services.bin

        def came(ids: Ids) -> None:
            if edition == self._edition:
                self._show(ids)

        self._context.tasks.run(self, lambda: bin_.ids(actor), came)

    def _show(self, ids: Ids) -> None:
        self._loaded = True
        if np.array_equal(ids, self.model.ids):
            self.model.update_all()
        else:
            self.model.set_ids(ids)
        self._stack.setCurrentWidget(self._list if len(ids) else self.empty)
        self._show_count()
        self.header_changed.emit()

    def _show_count(self) -> None:
        chosen = self.table.selection.count()
        words = tr(
            "Selected {chosen} / {total}", chosen=number(chosen), total=number(len(self.model.ids))
        )
        self._count.setText(words)
        self.restore_button.setEnabled(chosen > 0)
        self.purge_button.setEnabled(chosen > 0 and self._may_purge)

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & AREAS:
            self.reload()

    def _chosen(self) -> Ids:
        return self.table.selection.ids()

    def anything_chosen(self) -> bool:
        """Whether there is something to restore."""
        return self.table.selection.count() > 0

    # ---- what one does here

    def restore_chosen(self) -> None:
        """Bring the chosen customers back, with everything that hung on them."""
        self._restore(self._chosen())

    def restore_one(self, customer_id: int) -> None:
        """Bring one back."""
        self._restore(np.array([customer_id], dtype=np.int64))

    def _restore(self, ids: Ids) -> None:
        if not len(ids):
            return
        bin_, actor = self._context.services.bin, self._context.actor
        self._context.tasks.run(
            self,
            lambda: bin_.restore(actor, ids.tolist()),
            self._done,
            title=Message("Restoring customers"),
            lane="write",
        )

    def ask_purge(self) -> None:
        """Ask before the chosen customers are deleted for good."""
        ids = self._chosen()
        if len(ids) and self._may_purge:
            PurgeDialog(self, len(ids), _Purge(self, ids)).open()

    def purge(self, ids: Ids) -> None:
        """Delete for good; asked and confirmed."""
        bin_, actor = self._context.services.bin, self._context.actor
        self._context.tasks.run(
            self,
            lambda: bin_.purge(actor, ids.tolist()),
            self._purged,
            title=Message("Deleting for good"),
            lane="write",
        )

    def _done(self, result: BulkResult) -> None:
        self._context.show_message(result.title, result.change_set_id)

    def _purged(self, result: BulkResult) -> None:
        self._context.show_message(result.title, None)

    def open_menu(self, at: QPoint) -> None:
        """What can be done with the chosen customers."""
        if not self.anything_chosen():
            return
        self._menu.empty()
        self._menu.put(tr("Restore"), self.restore_chosen, glyph="archive-restore")
        entry = self._menu.put(
            tr("Delete for good…"), self.ask_purge, glyph="trash-2", tone="danger_ink"
        )
        entry.setEnabled(self._may_purge)
        self._menu.popup(at)

    # ---- what the window asks

    @override
    def title(self) -> Message:
        return Message("Recycle bin")

    @override
    def subtitle(self) -> str:
        if not self._loaded:
            return tr("Loading…")
        count = len(self.model.ids)
        return ntr("{count} deleted customer", "{count} deleted customers", count)

    @override
    def commands(self) -> Sequence[Command]:
        group = Message("Recycle bin")
        return (
            Command("bin.restore", Message("Restore the chosen customers"), group, "Ctrl+R",
                    "archive-restore", self.restore_chosen, self.anything_chosen),
            Command("bin.purge", Message("Delete the chosen customers for good"), group,
                    "Shift+Del", "trash-2", self.ask_purge, self._can_purge),
        )  # fmt: skip

    def _can_purge(self) -> bool:
        return self._may_purge and self.anything_chosen()

    @override
    def show_target(self, target: Target) -> None:
        if isinstance(target, int):
            self.table.go_to(target)

    @override
    def focus_search(self) -> None:
        self.table.setFocus()

    @override
    def state(self) -> State:
        return {}


class _Purge:
    """What the dialog does when confirmed."""

    def __init__(self, screen: RecycleBinScreen, ids: Ids) -> None:
        self._screen, self._ids = screen, ids

    def __call__(self) -> None:
        self._screen.purge(self._ids)


def make(context: Context) -> RecycleBinScreen:
    """The screen of the area "recycle_bin"."""
    return RecycleBinScreen(context)
