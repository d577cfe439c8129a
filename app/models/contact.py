"""People at a customer, and how to reach them."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.contact_points import normalise
from app.domain.search_text import SearchClass
from app.domain.vocabulary import PointKind
from app.i18n import Message
from app.models.base import (
    AUTOINCREMENT,
    LIVE,
    Base,
    BigId,
    Derived,
    Joined,
    Joining,
    OnHandover,
    OnMerge,
    index_of_some,
    reference,
)


class Contact(Joined, Base):
    """A person at a customer, in the order in which the user keeps them.

    `role` and `influence` are values of domain.vocabulary, empty where unknown; `birthday` is in
    the form of domain.birthdays; `note` is what to mind when calling.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_customer", "customer_id", "position"),
        # whose birthday it is
        Index(
            "ix_contact_birthday",
            "birthday",
            "customer_id",
            sqlite_where=text(f"{LIVE} AND birthday <> ''"),
            postgresql_where=text(f"{LIVE} AND birthday <> ''"),
        ),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.MOVE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Contacts"),
        searched={"name": SearchClass.PERSON, "title": SearchClass.NOTE, "note": SearchClass.NOTE},
        exported=True,
        sampled=True,
    )

    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="", server_default="")
    influence: Mapped[str] = mapped_column(default="", server_default="")
    birthday: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="", server_default="")


class ContactPoint(Joined, Base):
    """A phone, e-mail, WeChat id, website or address of a customer or of one of its contacts.

    `raw` is what was typed; `normalised` serves comparing (E.164 for phones, folded otherwise).
    """

    __tablename__ = "contact_point"
    __table_args__ = (
        # kind and deleted_in: whether somebody can be reached is answered without reading a row
        Index("ix_contact_point_customer", "customer_id", "position", "kind", "deleted_in"),
        index_of_some("ix_contact_point_contact", "contact_id"),
        Index(
            "ix_contact_point_normalised",
            "normalised",
            "kind",
            "customer_id",
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.COMBINE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Contact points"),
        searched={"raw": SearchClass.POINT},
        exported=True,
        sampled=True,
        alike=("contact_id", "kind", "normalised"),
    )

    __derived__: ClassVar = {"normalised": Derived(("kind", "raw"), normalise)}

    contact_id: Mapped[int | None] = mapped_column(BigId, reference("contact.id"), default=None)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default=PointKind.PHONE.value)
    raw: Mapped[str]
    normalised: Mapped[str] = mapped_column(default="")
