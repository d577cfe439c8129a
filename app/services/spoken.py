"""A contact ends the reminders that asked for one."""

from typing import Final

from sqlalchemy import select

from app.db.scope import WriteSession
from app.domain.reminders import Outcome, ReminderKind
from app.domain.working_time import WorkingCalendar
from app.models import Reminder
from app.services import reminder_writing as writing

ASKED: Final = (ReminderKind.SILENCE.value, ReminderKind.CARE.value)


def spoken_with(session: WriteSession, customer_id: int, calendar: WorkingCalendar) -> None:
    """What rules asked for is done: silences and care plans of this customer."""
    open_ones = session.scalars(
        select(Reminder.id).where(
            Reminder.customer_id == customer_id,
            Reminder.kind.in_(ASKED),
            Reminder.rule_id.is_not(None),
            Reminder.closed_at.is_(None),
        )
    ).all()
    if open_ones:
        writing.close(session, open_ones, Outcome.DONE, "", calendar)
