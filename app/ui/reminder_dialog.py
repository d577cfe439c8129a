"""Writing a reminder, or changing one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.interactions import LABELS as CHANNELS
from app.domain.interactions import Channel
from app.domain.vocabulary import LABELS as ROLES
from app.domain.vocabulary import Role
from app.i18n import Message, tr
from app.services.reminders import OWNER, Assignee, ReminderDraft
from app.ui.context import Context
from app.ui.due_dialog import DueDialog, Known, known, open_with
from app.ui.widgets.combo import ComboBox
from app.ui.widgets.layout import row_top
from app.ui.widgets.repeat_edit import RepeatEdit

_ME = ""
_OWNER = "owner"
_STAFF = "staff:"
_ROLE = "role:"


class ReminderDialog(DueDialog):
    """A reminder: what, for whom, when, how often, who, and when it calls.

    Args:
        parent: any widget of the window it belongs to.
        context: what screens are given.
        before: what it begins with: a new one, or one as it is kept.
        known: names for what `before` refers to.
        reminder_id: which one is changed; None for a new one.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        before: ReminderDraft,
        known: Known,
        reminder_id: int | None = None,
    ) -> None:
        new = reminder_id is None
        title = tr("New reminder") if new else tr("Change a reminder")
        super().__init__(parent, context, title, "reminder", new=new)
        self._id, self._before = reminder_id, before
        now = context.services.clock.now().astimezone().replace(tzinfo=None)
        self.repeat = RepeatEdit(tr("Repeats"), now, known.calendar)
        self.assignee = ComboBox(tr("For"), _who(known.staff, context.actor.id, before.assignee))
        channels = [(tr("Not said"), None), *((str(CHANNELS[one]), one.value) for one in Channel)]
        self.channel = ComboBox(tr("How"), channels)
        self.fill(
            before.text, before.due, known, deadline=before.deadline, alarms=before.alarms,
            customer_id=before.customer_id,
        )  # fmt: skip
        self.repeat.set_day(self.day.value() or now.date())
        self.repeat.set_value(before.rule)
        self.assignee.set_value(_stored(before.assignee, context.actor.id))
        self.channel.set_value(before.channel.value if before.channel else None)
        self.day.changed.connect(self._day_changed)
        self.repeat.changed.connect(self.fit)
        self.arrange(
            {
                "rule": (tr("Repeats"), self.repeat),
                "assignee": (tr("For"), self.assignee),
                "channel": (tr("How"), self.channel),
            }
        )
        line = self.fields
        self.put(
            line["text"],
            line["customer_id"],
            row_top((line["due"], 1), (line["time"], 1), gap=12),
            self.deadline,
            line["rule"],
            line["alarms"],
            row_top((line["assignee"], 1), (line["channel"], 1), gap=12),
        )
        self._shown = self.state()

    def _day_changed(self) -> None:
        if (day := self.day.value()) is not None:
            self.repeat.set_day(day)

    @override
    def state(self) -> tuple[object, ...]:
        return (
            *super().state(), self.repeat.value(), self.repeat.words.text(),
            self.assignee.value(), self.channel.value(),
        )  # fmt: skip

    @override
    def problems(self) -> Mapping[str, Message]:
        found = dict(super().problems())
        if problem := self.repeat.problem():
            found["rule"] = problem
        return found

    def typed(self) -> ReminderDraft:
        """What would be saved; only where `problems` finds nothing."""
        before, customer_id = self._before, self.customer.value()
        channel = self.channel.value()
        return replace(
            before,
            text=self.text.text(),
            due=self.due(),
            customer_id=customer_id,
            contact_id=before.contact_id if customer_id == before.customer_id else None,
            channel=Channel(channel) if channel else None,
            deadline=self.deadline.isChecked(),
            alarms=self.alarms(),
            rule=self.repeat.value(),
            assignee=_assignee(str(self.assignee.value() or _ME), before.assignee),
        )

    @override
    def work(self) -> Callable[[], object]:
        service, actor = self._context.services.reminders, self._context.actor
        changed, typed = self._id, self.typed()
        if changed is None:
            return lambda: service.add(actor, typed)
        return lambda: service.save(actor, changed, typed)

    @override
    def saved(self) -> Message:
        if self._new:
            return Message("The reminder was added.")
        return Message("The reminder was changed.")


def open_reminder(
    parent: QWidget,
    context: Context,
    *,
    reminder_id: int | None = None,
    draft: ReminderDraft | None = None,
    then: Callable[[], object] | None = None,
) -> None:
    """Change a reminder, or write a new one that begins with `draft` (else: due today).

    `then` is called when it is saved.
    """
    services, actor = context.services, context.actor
    begin = draft or ReminderDraft("", services.clock.today())

    def load() -> tuple[ReminderDraft, Known]:
        held = begin if reminder_id is None else services.reminders.get(actor, reminder_id)
        return held, known(context, held.customer_id)

    def opened(found: tuple[ReminderDraft, Known]) -> None:
        open_with(ReminderDialog(parent, context, *found, reminder_id), then)

    context.tasks.run(parent, load, opened)


# ---- for whom


def _who(
    staff: Sequence[tuple[int, str]], me: int | None, held: Assignee | None
) -> list[tuple[str, str]]:
    others = [(name, f"{_STAFF}{one}") for one, name in staff if one != me]
    roles = [(tr("Every {role}", role=str(ROLES[one])), f"{_ROLE}{one.value}") for one in Role]
    entries = [(tr("Me"), _ME), (tr("Customer's owner"), _OWNER), *others, *roles]
    stored = _stored(held, me)
    if stored not in [value for _, value in entries]:  # of a team, or no longer here
        entries.append((tr("As it is"), stored))
    return entries


def _stored(held: Assignee | None, me: int | None) -> str:
    if held is None or (held.staff_id is not None and held.staff_id == me):
        return _ME
    if held == OWNER:
        return _OWNER
    if held.role is not None:
        return f"{_ROLE}{held.role.value}" + (f":{held.team_id}" if held.team_id else "")
    return f"{_STAFF}{held.staff_id}"


def _assignee(stored: str, held: Assignee | None) -> Assignee | None:
    if stored == _ME:
        return None
    if stored == _OWNER:
        return OWNER
    if stored.startswith(_STAFF):
        return Assignee(int(stored.removeprefix(_STAFF)))
    name, _, team = stored.removeprefix(_ROLE).partition(":")
    return held if team and held else Assignee(role=Role(name))
