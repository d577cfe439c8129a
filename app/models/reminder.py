"""What is due for somebody, and the popups that said so."""

from datetime import date, datetime
from typing import ClassVar, Final

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.reminders import ReminderKind, first_call
from app.i18n import Message
from app.models.base import (
    AUTOINCREMENT,
    LIVE,
    Assigned,
    Base,
    BigId,
    Derived,
    Id,
    Joining,
    OnHandover,
    OnMerge,
    index_of_some,
    reference,
)

OPEN: Final = f"{LIVE} AND closed_at IS NULL"
"""Condition of partial indexes: what is still to be done."""
ENDED: Final = f"{LIVE} AND closed_at IS NOT NULL"
"""The same of what is over."""
_OF_ROLE: Final = "for_role IS NOT NULL"


def _some(name: str, which: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(which), postgresql_where=text(which))


class Reminder(Assigned, Base):
    """Something due for somebody: on a customer, or alone.

    `due_on` is the day, `due_at` the moment where there is one; with `deadline` it is to be done
    before. `alarms` say when it calls (domain.reminders), `rule` how it comes back
    (domain.recurrence): a row is one occurrence, and ending it makes the next one, of the same
    `series_id` (the id of the first). `escalation` 0 is for whose work it is, 1 and more for who is
    told when it is not done by then. `rule_id` is the rule that made it and `occasion` for what:
    the two together are there once, so that nobody is reminded twice. `uid` is its name in
    calendar files it came from. `next_at` is when it calls next, moved on by deliveries.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_customer", "customer_id", "due_on", "id"),
        _some("ix_reminder_whose", OPEN, "whose_id", "due_on", "id"),
        _some("ix_reminder_due", OPEN, "due_on", "id"),
        _some("ix_reminder_again", f"{OPEN} AND rule <> ''", "whose_id", "due_on"),
        _some("ix_reminder_due_ended", ENDED, "due_on", "id"),
        _some("ix_reminder_ended", ENDED, "whose_id", "due_on"),
        _some("ix_reminder_role", f"{OPEN} AND {_OF_ROLE}", "for_role", "due_on"),
        _some("ix_reminder_role_ended", f"{ENDED} AND {_OF_ROLE}", "for_role", "due_on"),
        _some("ix_reminder_rule_open", f"{OPEN} AND rule_id IS NOT NULL", "rule_id", "due_on"),
        _some("ix_reminder_next", "next_at IS NOT NULL", "whose_id", "next_at"),
        _some(
            "ix_reminder_role_next", f"next_at IS NOT NULL AND {_OF_ROLE}", "for_role", "next_at"
        ),
        _some("ix_reminder_closed", "closed_at IS NOT NULL", "closed_by_id", "closed_at"),
        Index(
            "uq_reminder_occasion",
            "rule_id",
            "occasion",
            unique=True,
            sqlite_where=text("rule_id IS NOT NULL"),
            postgresql_where=text("rule_id IS NOT NULL"),
        ),
        index_of_some("ix_reminder_promise", "promise_id"),
        index_of_some("ix_reminder_contact", "contact_id"),
        index_of_some("ix_reminder_series", "series_id"),
        _some("ix_reminder_uid", "uid <> ''", "uid"),
        AUTOINCREMENT,
    )
    __derived__: ClassVar = {
        "next_at": Derived(
            ("due_on", "due_at", "alarms", "snoozed_until", "closed_at"), first_call
        ),
    }
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Reminders"),
        searched={},
        exported=True,
        sampled=True,
    )

    contact_id: Mapped[int | None] = mapped_column(BigId, reference("contact.id"), default=None)
    promise_id: Mapped[int | None] = mapped_column(BigId, reference("promise.id"), default=None)
    kind: Mapped[str] = mapped_column(default=ReminderKind.NOTE.value)
    channel: Mapped[str | None] = mapped_column(default=None)
    text: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    deadline: Mapped[bool] = mapped_column(default=False)
    alarms: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")
    series_id: Mapped[int | None] = mapped_column(BigId, default=None)
    escalation: Mapped[int] = mapped_column(default=0, server_default="0")
    snoozed_until: Mapped[datetime | None] = mapped_column(default=None)
    closed_by_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    rule_id: Mapped[int | None] = mapped_column(BigId, reference("reminder_rule.id"), default=None)
    occasion: Mapped[str] = mapped_column(default="")
    uid: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    made_at: Mapped[datetime]
    next_at: Mapped[datetime | None] = mapped_column(default=None)


class Delivery(Base):
    """A popup that was shown. Append-only; what was done with it is added once.

    `at` is the call: the reminder's id and it are there once, so that whoever writes the row shows
    the popup, and nobody else does. `place` is where: toast, native, tray, digest, console.
    The reminder may be purged later: this stays.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("uq_delivery_call", "reminder_id", "at", unique=True),
        Index("ix_delivery_staff", "staff_id", "shown_at"),
        AUTOINCREMENT,
    )

    id: Mapped[Id]
    reminder_id: Mapped[int]
    at: Mapped[datetime]
    shown_at: Mapped[datetime]
    place: Mapped[str]
    machine: Mapped[str]
    staff_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(default="")
    acted_at: Mapped[datetime | None] = mapped_column(default=None)
