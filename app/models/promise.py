"""What we said we would do for a customer, and every time it was moved."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.promises import Firmness, PromiseState
from app.domain.search_text import SearchClass
from app.i18n import Message
from app.models.base import (
    AUTOINCREMENT,
    LIVE,
    Base,
    BigId,
    Joined,
    Joining,
    OnHandover,
    OnMerge,
    index_of_some,
    reference,
)

_OPEN = f"{LIVE} AND closed_at IS NULL"


class Promise(Joined, Base):
    """What `staff_id` said at `at`.

    `due_on` is the day until when, `due_at` the moment if one was said, with `deadline` before it.
    `first_due_on` is what was said first: moves do not change it. `reason` is why it was broken or
    released, `closed_on` the day where the user sat.
    """

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_customer", "customer_id", "at", "id"),
        Index(
            "ix_promise_open",
            "due_on",
            "id",
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
        Index("ix_promise_first_due", "first_due_on"),
        # all that lists and their counts ask for, in the order of a list
        Index(
            "ix_promise_state",
            "state",
            "due_on",
            "due_at",
            "id",
            "customer_id",
            "staff_id",
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index(
            "ix_promise_staff",
            "staff_id",
            "state",
            "due_on",
            "due_at",
            "id",
            "customer_id",
            "deleted_in",
        ),
        index_of_some("ix_promise_interaction", "interaction_id"),
        index_of_some("ix_promise_contact", "contact_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.FOLLOWS,
        timeline=Message("Promises"),
        sheet=Message("Promises"),
        searched={"text": SearchClass.NOTE},
        exported=True,
        sampled=True,
    )

    contact_id: Mapped[int | None] = mapped_column(BigId, reference("contact.id"), default=None)
    interaction_id: Mapped[int | None] = mapped_column(
        BigId, reference("interaction.id"), default=None
    )
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    at: Mapped[datetime]
    text: Mapped[str]
    first_due_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    deadline: Mapped[bool] = mapped_column(default=False)
    firm: Mapped[str] = mapped_column(default=Firmness.FIRM.value)
    state: Mapped[str] = mapped_column(default=PromiseState.OPEN.value)
    reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closed_by_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)


class PromiseMove(Joined, Base):
    """A promise was given another date: from when to when, by whom, and why."""

    __tablename__ = "promise_move"
    __table_args__ = (
        Index("ix_promise_move_promise", "promise_id", "id"),
        Index("ix_promise_move_customer", "customer_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.STAYS,
        timeline=None,
        sheet=None,
        searched={},
        exported=False,
        sampled=True,
    )

    promise_id: Mapped[int] = mapped_column(BigId, reference("promise.id"))
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    at: Mapped[datetime]
    from_on: Mapped[date]
    from_at: Mapped[datetime | None] = mapped_column(default=None)
    to_on: Mapped[date]
    to_at: Mapped[datetime | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
