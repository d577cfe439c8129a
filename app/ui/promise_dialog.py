"""Making a promise, or changing one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.promises import LABELS as FIRMNESS
from app.domain.promises import Firmness
from app.i18n import Message, tr
from app.services.promises import PromiseDraft
from app.ui.context import Context
from app.ui.due_dialog import DueDialog, Known, known, open_with
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import row_top


class PromiseDialog(DueDialog):
    """A promise: what, to whom, until when, how firm, and when it calls.

    Args:
        parent: any widget of the window it belongs to.
        context: what screens are given.
        before: what it begins with: a new one, or one as it is kept.
        known: names for what `before` refers to.
        customer_id: whose it is; None where that is to be chosen.
        promise_id: which one is changed; None for a new one.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        before: PromiseDraft,
        known: Known,
        customer_id: int | None,
        promise_id: int | None = None,
    ) -> None:
        new = promise_id is None
        title = tr("New promise") if new else tr("Change a promise")
        super().__init__(parent, context, title, "promise", new=new)
        self._id, self._before, self._customer_id = promise_id, before, customer_id
        firm = [(str(FIRMNESS[one]), one.value) for one in Firmness]
        self.firm = ComboBox(tr("How firm"), firm)
        self.why = LineEdit(tr("Why it is moved"))
        self.fill(
            before.text, before.due, known, deadline=before.deadline, alarms=before.alarms,
            customer_id=customer_id,
        )  # fmt: skip
        self.customer.setEnabled(new)
        self.firm.set_value(before.firm.value)
        self.arrange(
            {"firm": (tr("How firm"), self.firm), "why": (tr("Why it is moved"), self.why)}
        )
        line = self.fields
        self.put(
            line["text"],
            line["customer_id"],
            row_top((line["due"], 1), (line["time"], 1), (line["firm"], 1), gap=12),
            self.deadline,
            line["why"],
            line["alarms"],
        )
        self._show_why()
        for changed in (self.day.changed, self.time.textChanged):
            changed.connect(self._show_why)
        self._shown = self.state()

    def _show_why(self) -> None:
        moved = not self._new and self.day.value() is not None and self.due() != self._before.due
        self.fields["why"].setVisible(moved)
        self.fit()

    @override
    def state(self) -> tuple[object, ...]:
        return (*super().state(), self.firm.value(), self.why.text())

    @override
    def problems(self) -> Mapping[str, Message]:
        found = dict(super().problems())
        if self.customer.value() is None:
            found["customer_id"] = Message("A promise needs its customer. Choose one.")
        return found

    def typed(self) -> PromiseDraft:
        """What would be saved; only where `problems` finds nothing."""
        before = self._before
        same = self.customer.value() == self._customer_id
        return replace(
            before,
            text=self.text.text(),
            due=self.due(),
            contact_id=before.contact_id if same else None,
            firm=Firmness(self.firm.value()),
            deadline=self.deadline.isChecked(),
            alarms=self.alarms(),
        )

    @override
    def work(self) -> Callable[[], object]:
        service, actor = self._context.services.promises, self._context.actor
        changed, typed, why = self._id, self.typed(), self.why.text().strip()
        if changed is not None:
            return lambda: service.save(actor, changed, typed, why)
        customer_id = self.customer.value() or 0
        return lambda: service.make(actor, customer_id, typed)

    @override
    def saved(self) -> Message:
        if self._new:
            return Message("The promise was noted.")
        return Message("The promise was changed.")


def open_promise(
    parent: QWidget,
    context: Context,
    *,
    promise_id: int | None = None,
    customer_id: int | None = None,
    draft: PromiseDraft | None = None,
    then: Callable[[], object] | None = None,
) -> None:
    """Change a promise, or make a new one: to this customer, or one that is chosen there.

    `then` is called when it is saved.
    """
    services, actor = context.services, context.actor
    begin = draft or PromiseDraft("", services.clock.today())

    def load() -> tuple[PromiseDraft, Known, int | None]:
        if promise_id is None:
            return begin, known(context, customer_id), customer_id
        whose = services.promises.customer_of(actor, promise_id)
        return services.promises.get(actor, promise_id), known(context, whose), whose

    def opened(found: tuple[PromiseDraft, Known, int | None]) -> None:
        open_with(PromiseDialog(parent, context, *found, promise_id), then)

    context.tasks.run(parent, load, opened)
