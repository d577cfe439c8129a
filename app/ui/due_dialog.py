"""What the dialogs of reminders and promises share: what, for whom, when, and when it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.reminders import Alarm, usual_alarms
from app.domain.working_time import USUAL, WorkingCalendar
from app.i18n import Message, tr
from app.ui.context import Context
from app.ui.entry_dialog import EntryDialog
from app.ui.typed_time import moment, read_time
from app.ui.widgets.check import CheckBox
from app.ui.widgets.customer_edit import CustomerEdit
from app.ui.widgets.date_field import DateEdit
from app.ui.widgets.field import Field, LineEdit
from app.ui.widgets.lead_edit import LeadEdit


@dataclass(frozen=True, slots=True)
class Known:
    """What the dialog needs to know: the customer's name, who works here by id, which days."""

    customer: str = ""
    staff: tuple[tuple[int, str], ...] = ()
    calendar: WorkingCalendar = USUAL


class DueDialog(EntryDialog):
    """What reminders and promises share: what, for whom, when, and when it calls."""

    def __init__(
        self, parent: QWidget, context: Context, title: str, name: str, *, new: bool
    ) -> None:
        super().__init__(parent, context, title, name)
        self._new = new
        self._shown: tuple[object, ...] = ()
        self._usual: tuple[Alarm, ...] = ()
        today = context.services.clock.today()
        self.text = LineEdit(tr("What is to be done"), placeholder=tr("Call about the samples"))
        self.customer = CustomerEdit(context, tr("Customer"))
        self.day = DateEdit(tr("Day"), today)
        self.time = LineEdit(tr("Time"), placeholder=tr("All day"))
        self.deadline = CheckBox(tr("By then at the latest"))
        self.leads = LeadEdit(tr("Reminds"))

    def fill(
        self, text: str, due: date | datetime, known: Known, *, deadline: bool,
        alarms: tuple[Alarm, ...] | None, customer_id: int | None,
    ) -> None:  # fmt: skip
        """Show what is known; the rest of the dialog follows."""
        here = due.astimezone() if isinstance(due, datetime) else due
        self.text.setText(text)
        self.customer.set_value(customer_id, known.customer)
        self.day.set_value(here.date() if isinstance(here, datetime) else here)
        self.time.setText(f"{here:%H:%M}" if isinstance(here, datetime) else "")
        self.deadline.setChecked(deadline)
        self._usual = usual_alarms(here)
        self.leads.set_value(self._usual if alarms is None else alarms)
        self.time.textChanged.connect(self._follow_time)

    def arrange(self, more: Mapping[str, tuple[str, QWidget]]) -> None:
        """Give every part its place and name, as the services name them."""
        places: dict[str, tuple[str, QWidget]] = {
            "text": (tr("What"), self.text),
            "customer_id": (tr("Customer"), self.customer),
            "due": (tr("Day"), self.day),
            "time": (tr("Time"), self.time),
            "alarms": (tr("Reminds"), self.leads),
            **more,
        }
        for name, (title, entry) in places.items():
            entry.setObjectName(name)
            self.fields[name] = Field(title, entry)
        self.deadline.setObjectName("deadline")

    def due(self) -> date | datetime:
        """When; only where `problems` finds nothing."""
        day, at = self.day.value(), read_time(self.time.text())
        today = self._context.services.clock.today()
        return (day or today) if at is None else moment(day or today, at)

    def alarms(self) -> tuple[Alarm, ...] | None:
        """When it calls; None for as usual."""
        found = self.leads.value()
        return None if found == usual_alarms(self.due()) else found

    def _follow_time(self) -> None:
        """With a time it usually calls then, without one in the morning: until somebody chose."""
        if self.leads.value() == self._usual:
            self._usual = usual_alarms(self.due())
            self.leads.set_value(self._usual)

    def state(self) -> tuple[object, ...]:
        """What is typed and chosen."""
        return (
            self.text.text(), self.customer.text(), self.day.text(), self.time.text(),
            self.deadline.isChecked(), self.leads.tags(),
        )  # fmt: skip

    @override
    def is_changed(self) -> bool:
        if self._new:
            return bool(self.text.text().strip())
        return self.state() != self._shown

    @override
    def problems(self) -> Mapping[str, Message]:
        found: dict[str, Message] = {}
        if not self.text.text().strip():
            found["text"] = Message("Write down what is to be done.")
        if self.customer.unresolved():
            found["customer_id"] = Message("Choose a customer from the list, or leave it empty.")
        if self.day.value() is None:
            found["due"] = self.day.problem() or Message("The day is missing.")
        if self.time.text().strip() and read_time(self.time.text()) is None:
            found["time"] = Message("Write the time like 15:20, or leave it empty for all day.")
        if problem := self.leads.problem():
            found["alarms"] = problem
        return found


def open_with(dialog: EntryDialog, then: Callable[[], object] | None) -> None:
    """Open it; `then` is called when it is saved."""
    if then is not None:
        dialog.accepted.connect(then)
    dialog.open()


def known(context: Context, customer_id: int | None) -> Known:
    """Names for a dialog; called off the GUI thread. Raises NotFound."""
    services, actor = context.services, context.actor
    name = "" if customer_id is None else services.customers.get(actor, customer_id).draft.name
    staff = [(one.id, one.name) for one in services.staff.all(actor) if one.active]
    return Known(name, tuple(staff), services.calendar())
