"""What was said with a customer, and what was noted down."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.search_text import SearchClass
from app.i18n import Message
from app.models.base import (
    AUTOINCREMENT,
    Base,
    BigId,
    Joined,
    Joining,
    OnHandover,
    OnMerge,
    index_of_some,
    reference,
)


class Interaction(Joined, Base):
    """A call, visit, message or letter.

    `at` is when it began, `staff_id` who of us, `contact_id` who of them. `rating` is what the
    customer gave at its end, 1 to 5; `unhappy` that somebody ticked "sounds unhappy".
    """

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ix_interaction_customer", "customer_id", "at", "id"),
        Index("ix_interaction_staff", "staff_id", "at"),
        index_of_some("ix_interaction_contact", "contact_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.STAYS,
        timeline=Message("Interactions"),
        sheet=Message("Interactions"),
        searched={"summary": SearchClass.NOTE},
        exported=True,
        sampled=True,
    )

    contact_id: Mapped[int | None] = mapped_column(BigId, reference("contact.id"), default=None)
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    channel: Mapped[str]
    direction: Mapped[str]
    at: Mapped[datetime]
    minutes: Mapped[int | None] = mapped_column(default=None)
    summary: Mapped[str] = mapped_column(default="")
    step: Mapped[str | None] = mapped_column(default=None)
    rating: Mapped[int | None] = mapped_column(default=None)
    unhappy: Mapped[bool] = mapped_column(default=False)


class InteractionProduct(Joined, Base):
    """A product that was of interest in an interaction."""

    __tablename__ = "interaction_product"
    __table_args__ = (
        Index("ix_interaction_product_interaction", "interaction_id"),
        Index("ix_interaction_product_customer", "customer_id"),
        Index("ix_interaction_product_product", "product_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.STAYS,
        timeline=None,
        sheet=None,
        searched={},
        exported=False,
        sampled=False,
    )

    interaction_id: Mapped[int] = mapped_column(BigId, reference("interaction.id"))
    product_id: Mapped[int] = mapped_column(BigId, reference("product.id"))


class Note(Joined, Base):
    """Something written down about a customer; what is to be done later is a promise."""

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_customer", "customer_id", "at", "id"),
        index_of_some("ix_note_interaction", "interaction_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.FOLLOWS,
        timeline=Message("Notes"),
        sheet=Message("Notes"),
        searched={"text": SearchClass.NOTE},
        exported=True,
        sampled=False,
    )

    interaction_id: Mapped[int | None] = mapped_column(
        BigId, reference("interaction.id"), default=None
    )
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    at: Mapped[datetime]
    text: Mapped[str]
