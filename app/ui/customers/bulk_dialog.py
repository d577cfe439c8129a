"""Changing many customers: first exactly which rows and values, then in one step with Undo."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.i18n import Message, ntr, tr
from app.services.bulk import AddTag, BulkResult, Change, Delete, Preview, PreviewRow, RemoveTag
from app.ui.context import Context
from app.ui.customers.bulk_fields import FIELDS, NewValue, new_value
from app.ui.customers.filter_values import Offers
from app.ui.table_model import Cell, Column, Ids, ListModel, RowSource
from app.ui.theme import ROW_DENSE, tokens
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import Field
from app.ui.widgets.layout import STRETCH, Box, col, hold, row
from app.ui.widgets.pill import Pill
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable

_PAUSE = 150  # milliseconds after the last key until the preview is worked out


def _columns(title: Message) -> Sequence[Column[PreviewRow]]:
    return (
        Column("name", Message("Customer"), lambda r: r.name, width=220, sortable=False,
               cell=lambda r: Cell(r.name, strong=True)),
        Column("change", title, lambda r: r.after, paint="change", width=320, sortable=False,
               cell=lambda r: Cell(r.after, r.before, kind="info")),
    )  # fmt: skip


class BulkDialog(Dialog):
    """One change for all chosen customers; nothing happens before the button is pressed."""

    def __init__(
        self, parent: QWidget, context: Context, ids: Ids, name: str, offers: Offers
    ) -> None:
        self._delete = name == "delete"
        title = (
            ntr("Delete {count} customer?", "Delete {count} customers?", len(ids))
            if self._delete
            else ntr("Change {count} customer", "Change {count} customers", len(ids))
        )
        super().__init__(
            parent,
            title,
            "bulk",
            do=tr("Delete") if self._delete else tr("Apply"),
            kind="danger" if self._delete else "primary",
            words=tr("They go into the recycle bin with everything that belongs to them.")
            if self._delete
            else "",
        )
        self._screen = parent
        self._context, self._ids, self._offers = context, ids, offers
        self._edition = 0
        self._change: Change | None = None
        self._preview: Preview | None = None
        self._waiting = False
        named = [(str(words), key) for key, words in FIELDS.items()]
        self.field = ComboBox(tr("What to change"), named)
        self.field.setObjectName("field")
        self.value: NewValue = NewValue()
        self._value_box: Box = row((self.value, 1))
        self._counts: Box = row(gap=8)
        bulk, actor = context.services.bulk, context.actor

        def fetch(wanted: Ids) -> list[PreviewRow | None]:
            change = self._change
            return bulk.preview_rows(actor, wanted.tolist(), change) if change else []

        source = RowSource(fetch, instant=context.services.customers.instant)
        title_of = Message("In the recycle bin") if self._delete else Message("What changes")
        columns = _columns(title_of)[: 1 if self._delete else 2]
        self.model: ListModel[PreviewRow] = ListModel(columns, source, context.tasks, self)
        self.table = BigTable(self.model, "preview", row_height=ROW_DENSE)
        self.table.setAccessibleName(tr("What changes"))
        self._empty = EmptyState("list-checks", tr("Choose the new value"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        ground = Surface("card", "preview_card")
        ground.setLayout(col((self._stack, 1), gap=0, margins=(1, 1, 1, 8)))
        choose = row(
            Field(tr("What to change"), self.field),
            (Field(tr("New value"), hold(self._value_box)), 1),
            gap=12,
        )
        if not self._delete:
            self.put(choose)
        self.put(hold(self._counts), (ground, 1))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.field.currentIndexChanged.connect(self._field_chosen)
        if not self._delete:
            self.field.set_value(name)
        self._make_value(name)
        self.retheme()
        (self.leave_button if self._delete else self.value).setFocus()

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(640), tokens().px(520))

    @override
    def fit(self) -> None:
        """Room for the preview."""
        self.resize(tokens().px(720), tokens().px(560))

    # ---- what is to be done

    def _field_chosen(self) -> None:
        self._make_value(self.field.value())
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_value(self, name: str) -> None:
        before = self.value
        self.value = new_value(name, self._offers)
        self._value_box.replaceWidget(before, self.value)
        before.hide()
        before.deleteLater()
        self.value.changed.connect(self._value_changed)
        self._value_changed()

    def _value_changed(self) -> None:
        self._edition += 1
        self.do_button.setEnabled(False)
        self._pause.start(_PAUSE if self.value.is_typed else 0)

    def preview(self) -> Preview | None:
        """What would happen, as far as it is worked out."""
        return self._preview

    def _ask(self) -> None:
        change, edition = self.value.change(), self._edition
        self._change, self._preview = change, None
        if change is None:
            self._show_nothing(tr("Choose the new value"))
            return
        bulk, actor, ids = self._context.services.bulk, self._context.actor, self._ids

        def came(preview: Preview) -> None:
            if edition == self._edition:
                self._show(preview)

        self._context.tasks.run(self, lambda: bulk.preview(actor, ids.tolist(), change), came)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        count = len(preview.changed)
        if count:
            self.model.set_ids(preview.changed)
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_nothing(tr("Nothing would change"))
        self._say_counts(count, preview)
        self.do_button.setEnabled(bool(count))
        words = (
            ntr("Delete {count} customer", "Delete {count} customers", count)
            if self._delete
            else ntr("Change {count} customer", "Change {count} customers", count)
        )
        self.do_button.set_words(words)

    def _show_nothing(self, title: str) -> None:
        self._clear_counts()
        self.model.set_ids(np.empty(0, dtype=np.int64))
        self._empty.set_words(title, "")
        self._stack.setCurrentWidget(self._empty)

    def _clear_counts(self) -> None:
        while (item := self._counts.takeAt(0)) is not None:
            if (held := item.widget()) is not None:
                held.hide()
                held.deleteLater()

    def _say_counts(self, count: int, preview: Preview) -> None:
        self._clear_counts()
        changes = (
            ntr("{count} will be deleted", "{count} will be deleted", count)
            if self._delete
            else ntr("{count} changes", "{count} change", count)
        )
        self._counts.put(Pill(changes, "danger" if self._delete else "info", "dot"))
        if preview.unchanged:
            same = ntr("{count} as it should be", "{count} as they should be", preview.unchanged)
            self._counts.put(Pill(same, "plain", "dot"))
        if preview.hidden:
            hidden = ntr(
                "{count} gone or not yours to see",
                "{count} gone or not yours to see",
                preview.hidden,
            )
            self._counts.put(Pill(hidden, "warn", "dot"))
        self._counts.put(STRETCH)

    # ---- doing it

    @override
    def submit(self) -> None:
        change, preview = self._change, self._preview
        if change is None or preview is None or not len(preview.changed) or self._waiting:
            return
        self._waiting = True
        self.do_button.setEnabled(False)
        self.do_button.set_words(tr("Working…"))
        # the screen waits for it, so that it is also said when this dialog is closed meanwhile
        owner = self._screen
        apply_change(owner, self._context, preview.changed, change, self._done, self._failed)

    def _done(self) -> None:
        if isValid(self):
            self.accept()

    def _failed(self) -> None:
        if isValid(self):
            self._waiting = False
            self._value_changed()

    @override
    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        """A value meant for other customers does not come back."""
        return []


def title_of(change: Change) -> Message:
    """What the status line says while it is being done."""
    match change:
        case Delete():
            return Message("Deleting customers")
        case AddTag() | RemoveTag():
            return Message("Tagging customers")
        case _:
            return Message("Changing customers")


def _nothing() -> None:
    """Nobody waits for it."""


def apply_change(
    owner: QWidget,
    context: Context,
    ids: Ids,
    change: Change,
    done: Callable[[], object] = _nothing,
    failed: Callable[[], object] = _nothing,
) -> None:
    """Do it in the background, one change set, and offer Undo in the message strip."""
    bulk, actor = context.services.bulk, context.actor

    def finished(result: BulkResult) -> None:
        context.show_message(result.title, result.change_set_id)
        done()

    def broke(error: BaseException) -> None:
        context.tasks.failed.emit(error)
        failed()

    work = partial(bulk.apply, actor, ids, change)
    context.tasks.run(owner, work, finished, broke, title=title_of(change), lane="write")
