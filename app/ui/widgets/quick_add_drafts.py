"""What a line to be reminded of is written as."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.domain.quick_added import AddKind, QuickAdd, Unclear
from app.domain.reminders import Alarm, usual_alarms
from app.i18n import Message
from app.services.finding import Named
from app.services.promises import PromiseDraft
from app.services.reminders import ReminderDraft

_SHOWN: Final = 60


def reminder_draft(reading: QuickAdd | Unclear, chosen: Named | None, today: date) -> ReminderDraft:
    """A reminder; of a line that was not understood, one for today."""
    draft = ReminderDraft(reading.text, today, channel=reading.channel)
    if isinstance(reading, QuickAdd):
        due = reading.due.astimezone() if isinstance(reading.due, datetime) else reading.due
        draft = replace(
            draft, due=due, deadline=reading.deadline, alarms=_alarms(reading, due),
            rule=reading.rule,
        )  # fmt: skip
    if chosen is None:
        return draft
    return replace(draft, customer_id=chosen.customer_id, contact_id=chosen.contact_id)


def promise_draft(reading: QuickAdd | Unclear, chosen: Named | None, today: date) -> PromiseDraft:
    """A promise; of a line that was not understood, one for today."""
    draft = reminder_draft(reading, chosen, today)
    return PromiseDraft(
        draft.text, draft.due, draft.contact_id, deadline=draft.deadline, alarms=draft.alarms
    )


def said(reading: QuickAdd) -> Message:
    """What is said when it is written."""
    text = reading.text
    what = {"what": text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"}
    if reading.kind is AddKind.PROMISE:
        return Message("Promise noted: {what}", params=what)
    return Message("Reminder added: {what}", params=what)


def _alarms(reading: QuickAdd, due: date | datetime) -> tuple[Alarm, ...] | None:
    """Besides the usual ones; None for those alone."""
    return (*usual_alarms(due), *reading.alarms) if reading.alarms else None
