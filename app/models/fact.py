"""What a customer told us once and must never be asked again."""

from datetime import date

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


class Fact(Joined, Base):
    """A need, preference, expectation or constraint.

    `source` says in words where it comes from, `interaction_id` in which talk it was heard;
    `confirmed_on` is the last day somebody checked it, `outdated` that it holds no more.
    """

    __tablename__ = "fact"
    __table_args__ = (
        Index("ix_fact_customer", "customer_id"),
        index_of_some("ix_fact_interaction", "interaction_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Facts"),
        searched={"text": SearchClass.NOTE},
        exported=True,
        sampled=True,
    )

    kind: Mapped[str]
    text: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    interaction_id: Mapped[int | None] = mapped_column(
        BigId, reference("interaction.id"), default=None
    )
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    heard_on: Mapped[date]
    confirmed_on: Mapped[date | None] = mapped_column(default=None)
    outdated: Mapped[bool] = mapped_column(default=False)
