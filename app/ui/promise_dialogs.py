"""Changing a promise, giving it another date, and saying why it was not kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.promises import LABELS, Firmness, PromiseState
from app.i18n import Message, ntr, tr
from app.services.promises import PromiseDraft
from app.ui.context import Context
from app.ui.entry_dialog import EntryDialog
from app.ui.typed_time import moment, read_time
from app.ui.widgets.check import CheckBox
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import Field, LineEdit, TextArea
from app.ui.widgets.layout import row_top


class PromiseEdit(EntryDialog):
    """What was promised, how firmly, and until when; another date asks why.

    `begin` is what comes first: the words, or the date.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        promise_id: int,
        before: PromiseDraft,
        begin: Literal["text", "due_on"] = "text",
    ) -> None:
        moves = begin == "due_on"
        title = tr("Give this promise another date") if moves else tr("Edit this promise")
        super().__init__(parent, context, title, "promise_edit")
        self._id, self._before = promise_id, before
        self.text = TextArea(tr("What was promised"), lines=3)
        self.text.setPlainText(before.text)
        self.day = DateEdit(tr("Due on"), context.services.clock.today())
        self.day.set_value(_day(before.due))
        self.time = LineEdit(tr("Time"), placeholder="15:20")
        self.time.setText(_time(before.due))
        self.deadline = CheckBox(tr("At the latest"))
        self.deadline.setChecked(before.deadline)
        self.firm = ComboBox(tr("How firm"), [(str(LABELS[one]), one) for one in Firmness])
        self.firm.set_value(before.firm)
        self.why = LineEdit(tr("Why it is moved"))
        self._arrange(moves=moves)
        self._shown = self._state()

    def _arrange(self, *, moves: bool) -> None:
        self.fields["text"] = Field(tr("What was promised"), self.text)
        self.fields["due_on"] = Field(tr("Due on"), self.day)
        self.fields["due_at"] = Field(tr("Time"), self.time, tr("Empty: any time"))
        self.fields["firm"] = Field(tr("How firm"), self.firm)
        self.fields["why"] = Field(
            tr("Why it is moved"), self.why, tr("Kept with the promise, with the old date")
        )
        for name, field in self.fields.items():
            field.entry.setObjectName(name)
        self.deadline.setObjectName("deadline")
        when = row_top((self.fields["due_on"], 1), (self.fields["due_at"], 1), gap=12)
        if moves:
            self.put(when, self.deadline, self.fields["why"], self.fields["text"])
        else:
            self.put(
                self.fields["text"], self.fields["firm"], when, self.deadline, self.fields["why"]
            )

    def _state(self) -> tuple[object, ...]:
        return (
            self.text.text(), self.day.text(), self.time.text(), self.deadline.isChecked(),
            self.firm.value(), self.why.text(),
        )  # fmt: skip

    @override
    def is_changed(self) -> bool:
        return self._state() != self._shown

    def typed(self) -> PromiseDraft:
        """What would be saved; only where `problems` finds nothing."""
        day, at, before = self.day.value(), read_time(self.time.text()), self._before
        due: date | datetime = before.due
        if day is not None and (self.day.text(), self.time.text()) != self._shown[1:3]:
            due = day if at is None else moment(day, at)
        return PromiseDraft(
            self.text.text(),
            due,
            before.contact_id,
            before.interaction_id,
            # a box hands out plain text in place of the members of an enum
            Firmness(self.firm.value()),
            self.deadline.isChecked(),
        )

    @override
    def problems(self) -> Mapping[str, Message]:
        found: dict[str, Message] = {}
        if not self.text.text().strip():
            found["text"] = Message("Write down what is promised.")
        if self.day.value() is None:
            found["due_on"] = self.day.problem() or Message("The day is missing.")
        if self.time.text().strip() and read_time(self.time.text()) is None:
            found["due_at"] = Message("Write the time like 15:20.")
        return found

    @override
    def work(self) -> Callable[[], object]:
        service, actor = self._context.services.promises, self._context.actor
        changed, typed, why = self._id, self.typed(), self.why.text()
        return lambda: service.save(actor, changed, typed, why)

    @override
    def saved(self) -> Message:
        return Message("The promise was changed.")


class PromiseEnd(EntryDialog):
    """Promises were not kept, or are not asked for any more: why."""

    def __init__(
        self, parent: QWidget, context: Context, ids: Sequence[int], state: PromiseState
    ) -> None:
        broken = state is PromiseState.BROKEN
        count = len(ids)
        title = (
            ntr("This promise was not kept", "{count} promises were not kept", count)
            if broken
            else ntr("This promise is released", "{count} promises are released", count)
        )
        super().__init__(parent, context, title, "promise_end")
        self._ids, self._state = tuple(ids), state
        self.reason = TextArea(tr("Reason"), lines=3)
        self.reason.setObjectName("reason")
        hint = "" if broken else tr("For example: the customer does not need it any more")
        self.fields["reason"] = Field(tr("Reason"), self.reason, hint)
        self.put(self.fields["reason"])

    @override
    def is_changed(self) -> bool:
        return self._state is PromiseState.RELEASED or bool(self.reason.text().strip())

    @override
    def problems(self) -> Mapping[str, Message]:
        if self._state is PromiseState.BROKEN and not self.reason.text().strip():
            return {"reason": Message("Why was it not kept?")}
        return {}

    @override
    def work(self) -> Callable[[], object]:
        service, actor = self._context.services.promises, self._context.actor
        ids, why = self._ids, self.reason.text()
        if self._state is PromiseState.BROKEN:
            return lambda: service.break_off(actor, ids, why)
        return lambda: service.release(actor, ids, why)

    @override
    def saved(self) -> Message:
        params = {"count": len(self._ids)}
        if self._state is PromiseState.BROKEN:
            return Message(
                "Noted that a promise was broken.",
                "Noted that {count} promises were broken.",
                params,
            )
        return Message("The promise is released.", "{count} promises are released.", params)


def _day(due: date | datetime) -> date:
    return due.astimezone().date() if isinstance(due, datetime) else due


def _time(due: date | datetime) -> str:
    return f"{due.astimezone():%H:%M}" if isinstance(due, datetime) else ""
