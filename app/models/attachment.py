"""Files that belong to a customer; their content is kept beside the database, by its digest."""

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


class Attachment(Joined, Base):
    """`digest` is the SHA-256 of the content, `size` its bytes."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_customer", "customer_id", "at", "id"),
        Index("ix_attachment_digest", "digest"),
        index_of_some("ix_attachment_interaction", "interaction_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.FOLLOWS,
        timeline=Message("Files"),
        sheet=Message("Files"),
        searched={"name": SearchClass.NOTE},
        exported=False,
        sampled=False,
    )

    interaction_id: Mapped[int | None] = mapped_column(
        BigId, reference("interaction.id"), default=None
    )
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    at: Mapped[datetime]
    name: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(default="")
