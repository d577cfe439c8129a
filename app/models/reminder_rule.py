"""Rules that make reminders, and the nights on which they ran."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    AUTOINCREMENT,
    Base,
    BigId,
    Id,
    Image,
    Journalled,
    reference,
)


class ReminderRule(Journalled, Base):
    """`kind` is the kind of reminder it makes; `params` what that kind needs to know.

    `filter` is a segment (the filter language; "" for all), `lead_days` how long before the day.
    It reminds the staff member named, else a role, else whoever owns the customer.
    """

    __tablename__ = "reminder_rule"
    __table_args__ = (AUTOINCREMENT,)

    name: Mapped[str]
    kind: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    text: Mapped[str] = mapped_column(default="")
    filter: Mapped[str] = mapped_column(default="")
    lead_days: Mapped[int] = mapped_column(default=0)
    alarms: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    for_role: Mapped[str | None] = mapped_column(default=None)
    params: Mapped[dict[str, Any] | None] = mapped_column(Image, default=None)


class RuleRun(Base):
    """The rules ran on this day. Whoever writes the row runs them, so that they run once."""

    __tablename__ = "rule_run"
    __table_args__ = (Index("uq_rule_run_day", "day", unique=True), AUTOINCREMENT)

    id: Mapped[Id]
    day: Mapped[date]
    at: Mapped[datetime]
    machine: Mapped[str]
    made: Mapped[int] = mapped_column(default=0)
