"""What would happen to promises, exactly, before it does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import numpy as np
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.promises import LABELS, PromiseState, moved_to
from app.i18n import Message, ntr, tr
from app.services.promise_lists import PromiseLine
from app.ui.context import Context
from app.ui.due_words import Due, DueField
from app.ui.entry_dialog import EntryDialog
from app.ui.promises.words import date_words
from app.ui.table_model import Cell, Column, Ids, ListModel, RowSource
from app.ui.theme import Kind, tokens
from app.ui.widgets.field import Field, LineEdit, TextArea
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.pill import Pill
from app.ui.widgets.surface import Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import Elided

Act = Literal["keep", "break", "release", "move", "delete"]

_STATES: Final[dict[Act, PromiseState]] = {
    "keep": PromiseState.KEPT,
    "break": PromiseState.BROKEN,
    "release": PromiseState.RELEASED,
}
_KINDS: Final[dict[Act, Kind]] = {
    "keep": "good",
    "break": "danger",
    "release": "plain",
    "move": "info",
    "delete": "danger",
}
_NAMED: Final = 3


class PromiseBulkDialog(EntryDialog):
    """Lists what changes of each promise; says how many, and of how many nothing changes.

    Args:
        parent: any widget of the window it belongs to.
        context: what screens are given.
        act: what is to be done.
        ids: the promises of which it is done.
        over: how many more were chosen that are over already.
        named: the customers of the first ones.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        act: Act,
        ids: Sequence[int],
        over: int,
        named: Sequence[str],
    ) -> None:
        super().__init__(parent, context, _title(act, len(ids)), "promise_bulk")
        self._act, self._ids = act, tuple(ids)
        # a part that is not put in would be a window of its own
        self.due: DueField | None = None
        self.why: LineEdit | None = None
        self.reason: TextArea | None = None
        if act == "move":
            self._put_move()
        elif act in ("break", "release"):
            self.reason = TextArea(tr("Reason"), lines=2)
            self.fields["reason"] = Field(tr("Reason"), self.reason)
            self.put(self.fields["reason"])
        for name, field in self.fields.items():
            field.entry.setObjectName(name)
        self._put_preview(over, named)
        self._wait(saving=False)
        self.retheme()

    def _put_move(self) -> None:
        self.due = DueField(
            tr("To when"),
            self._context.services.clock.now,
            tr("A day alone leaves the time of day as it is."),
        )
        self.why = LineEdit(tr("Reason"), placeholder=tr("What the customer is told"))
        self.fields["due"] = Field(tr("To when"), self.due.typed)
        self.fields["why"] = Field(
            tr("Reason"), self.why, tr("Kept with the promise, with the old date")
        )
        when = hold(col(self.fields["due"], self.due.read_as, STRETCH, gap=6))
        why = hold(col(self.fields["why"], STRETCH, gap=6))
        self.put(row((when, 1), (why, 1), gap=12))
        self.due.typed.textChanged.connect(self._show_changes)

    def _put_preview(self, over: int, named: Sequence[str]) -> None:
        count = len(self._ids)
        changes = (
            ntr("{count} promise will be deleted", "{count} promises will be deleted", count)
            if self._act == "delete"
            else ntr("{count} promise changes", "{count} promises change", count)
        )
        counts = row(Pill(changes, _KINDS[self._act], "dot"), gap=8)
        if over:
            same = ntr("{count} is over already", "{count} are over already", over)
            counts.put(Pill(same, "plain", "dot"))
        self.names = Elided(_names(named, count), "small", "muted")
        counts.put((self.names, 1))
        lists, actor = self._context.services.promise_lists, self._context.actor

        def fetch(ids: Ids) -> list[PromiseLine | None]:
            return lists.rows(actor, ids.tolist())

        columns = (
            Column[PromiseLine](
                "customer", Message("Customer"), lambda r: r.customer, width=130, sortable=False
            ),
            Column[PromiseLine](
                "text", Message("What was promised"), lambda r: r.text, width=190, sortable=False,
                cell=lambda r: Cell(" ".join(r.text.split())),
            ),
            Column[PromiseLine](
                "change", Message("What changes"), lambda r: r.state, paint="change", width=250,
                sortable=False, cell=self._change,
            ),
        )  # fmt: skip
        source = RowSource(fetch, instant=lists.instant)
        self.model: ListModel[PromiseLine] = ListModel(
            columns, source, self._context.tasks, parent=self
        )
        self.table = BigTable(self.model, "promise_preview", row_height=36, grows="text")
        self.table.setAccessibleName(tr("What changes"))
        ground = Surface("card", "promise_preview_card")
        ground.setLayout(col((self.table, 1), gap=0, margins=(1, 1, 1, 8)))
        self.put(counts, (ground, 1))
        self.model.set_ids(np.array(self._ids, dtype=np.int64))

    def _change(self, line: PromiseLine) -> Cell:
        kind = _KINDS[self._act]
        if self._act == "move":
            due = self._day()
            after = date_words(line.due if due is None else moved_to(line.due, due))
            return Cell(after, date_words(line.due), kind=kind)
        if self._act == "delete":
            return Cell(tr("in the recycle bin"), str(LABELS[line.state]), kind=kind)
        return Cell(str(LABELS[_STATES[self._act]]), str(LABELS[line.state]), kind=kind)

    def _show_changes(self) -> None:
        self.table.viewport().update()

    # ---- doing it

    @override
    def _wait(self, *, saving: bool) -> None:
        super()._wait(saving=saving)
        if not saving:
            self.do_button.set_words(_button(self._act, len(self._ids)))

    @override
    def is_changed(self) -> bool:
        return True

    def _day(self) -> Due | None:
        return None if self.due is None else self.due.due()

    def _said(self) -> str:
        """Why, as it is typed."""
        entry = self.why or self.reason
        return "" if entry is None else entry.text().strip()

    def _is_typed(self) -> bool:
        return bool(self._said() or (self.due is not None and self.due.typed.text().strip()))

    @override
    def reject(self) -> None:
        if not self._is_typed():
            self.stop_asking()
        super().reject()

    @override
    def problems(self) -> Mapping[str, Message]:
        found: dict[str, Message] = {}
        if self._act == "move" and self._day() is None:
            found["due"] = Message("Write a day, like “Friday” or 2026-11-30.")
        if self._act == "move" and not self._said():
            found["why"] = Message("Why is it moved?")
        if self._act == "break" and not self._said():
            found["reason"] = Message("Why was it not kept?")
        return found

    @override
    def work(self) -> Callable[[], object]:
        service, actor, ids = self._context.services.promises, self._context.actor, self._ids
        due, why = self._day(), self._said()
        match self._act:
            case "keep":
                return lambda: service.keep(actor, ids)
            case "break":
                return lambda: service.break_off(actor, ids, why)
            case "release":
                return lambda: service.release(actor, ids, why)
            case "delete":
                return lambda: service.delete(actor, ids)
        assert due is not None  # `problems` found none
        return lambda: service.move_all(actor, ids, due, why)

    @override
    def saved(self) -> Message:
        due = self._day()
        return said(self._act, len(self._ids), "" if due is None else date_words(due))

    @override
    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "table"):  # called by the base class before there is one
            self.setMinimumSize(tokens().px(640), tokens().px(460))


def said(act: Act, count: int, day: str = "") -> Message:
    """What is said when it is done."""
    params: dict[str, object] = {"count": count, "day": day}
    match act:
        case "keep":
            return Message("1 promise is kept.", "{count} promises are kept.", params)
        case "break":
            return Message(
                "Noted that a promise was broken.",
                "Noted that {count} promises were broken.",
                params,
            )
        case "release":
            return Message("The promise is released.", "{count} promises are released.", params)
        case "delete":
            return Message("1 promise was deleted.", "{count} promises were deleted.", params)
    return Message("1 promise is moved to {day}.", "{count} promises are moved to {day}.", params)


def _title(act: Act, count: int) -> str:
    match act:
        case "keep":
            return ntr("{count} promise is kept?", "{count} promises are kept?", count)
        case "break":
            return ntr("This promise was not kept", "{count} promises were not kept", count)
        case "release":
            return ntr("This promise is released", "{count} promises are released", count)
        case "delete":
            return ntr("Delete {count} promise?", "Delete {count} promises?", count)
    return ntr("Give {count} promise another date", "Give {count} promises another date", count)


def _button(act: Act, count: int) -> str:
    match act:
        case "keep":
            return ntr("{count} is kept", "{count} are kept", count)
        case "break":
            return ntr("{count} was not kept", "{count} were not kept", count)
        case "release":
            return ntr("Release {count}", "Release {count}", count)
        case "delete":
            return ntr("Delete {count}", "Delete {count}", count)
    return ntr("Give it the new date", "Give {count} the new date", count)


def _names(named: Sequence[str], count: int) -> str:
    shown = list(dict.fromkeys(named))[:_NAMED]
    words = " · ".join(shown)
    return f"{words} …" if count > len(named[:_NAMED]) else words
