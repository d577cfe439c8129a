"""Greetings: their templates, what a customer wishes, and what was handed out."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

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
    index_of_some,
    reference,
)


class GreetingTemplate(Journalled, Base):
    """`occasion` as in domain.greetings, `language` a key of i18n.LANGUAGES; `body` is Jinja2."""

    __tablename__ = "greeting_template"
    __table_args__ = (AUTOINCREMENT,)

    name: Mapped[str]
    occasion: Mapped[str]
    language: Mapped[str]
    body: Mapped[str]


class GreetingChoice(Joined, Base):
    """Whether a customer is greeted on an occasion; "all" stands for every one."""

    __tablename__ = "greeting_choice"
    __table_args__ = (
        Index(
            "uq_greeting_choice",
            "customer_id",
            "occasion",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_greeting_choice_customer", "customer_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.COMBINE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Greetings"),
        searched={},
        exported=True,
        sampled=False,
        alike=("occasion",),
    )

    occasion: Mapped[str]
    wanted: Mapped[bool]


class Greeting(Joined, Base):
    """A greeting that was handed out, or left out on purpose: once for an occasion and year."""

    __tablename__ = "greeting"
    __table_args__ = (
        Index("ix_greeting_customer", "customer_id", "occasion", "year"),
        index_of_some("ix_greeting_contact", "contact_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.STAYS,
        timeline=None,
        sheet=None,
        searched={},
        exported=True,
        sampled=False,
    )

    contact_id: Mapped[int | None] = mapped_column(BigId, reference("contact.id"), default=None)
    occasion: Mapped[str]
    year: Mapped[int]
    day: Mapped[date]
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    how: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
