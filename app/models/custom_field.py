"""Fields that a manager adds to customers, and what they hold."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.search_text import SearchClass
from app.i18n import Message
from app.models.base import (
    AUTOINCREMENT,
    LIVE,
    Base,
    BigId,
    Joined,
    Joining,
    Journalled,
    OnHandover,
    OnMerge,
    reference,
)


class CustomField(Journalled, Base):
    """`kind` is a value of domain.custom_fields.FieldKind; `choices` has one a line."""

    __tablename__ = "custom_field"
    __table_args__ = (
        Index(
            "uq_custom_field_name",
            "name",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        AUTOINCREMENT,
    )

    name: Mapped[str]
    kind: Mapped[str]
    heading: Mapped[str] = mapped_column(default="")
    choices: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class CustomValue(Joined, Base):
    """What a field holds for a customer, in the canonical form of its kind; never empty."""

    __tablename__ = "custom_value"
    __table_args__ = (
        Index(
            "uq_custom_value",
            "customer_id",
            "field_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_custom_value_field", "field_id"),
        # of the deleted ones, too: a customer's history asks for them
        Index("ix_custom_value_customer", "customer_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.COMBINE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Other fields"),
        searched={"value": SearchClass.NOTE},
        exported=True,
        sampled=False,
        alike=("field_id",),
    )

    field_id: Mapped[int] = mapped_column(BigId, reference("custom_field.id"))
    value: Mapped[str]
