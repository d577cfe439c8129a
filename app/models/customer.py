"""A person or an organisation we sell to, and what hangs on it directly."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.names import sort_key
from app.domain.search_text import SearchClass
from app.domain.vocabulary import Kind, Stage
from app.i18n import Message
from app.models.base import (
    AUTOINCREMENT,
    LIVE,
    Base,
    BigId,
    Derived,
    Joined,
    Joining,
    Journalled,
    OnHandover,
    OnMerge,
    index_of_some,
    reference,
)


def _live_index(name: str, *columns: str, unique: bool = False) -> Index:
    return Index(
        name, *columns, unique=unique, sqlite_where=text(LIVE), postgresql_where=text(LIVE)
    )


def _of_some_live(name: str, column: str, there: str) -> Index:
    condition = text(f"{LIVE} AND {there}")
    return Index(name, column, sqlite_where=condition, postgresql_where=condition)


def _alike_key(name: str) -> str:
    # its tables take time that the start need not spend
    from app.domain.alike import alike_key

    return alike_key(name)


class Customer(Journalled, Base):
    """`other_names` are separated by line breaks; `since` is the day the customer became one.

    `last_contact` is the day of the last contact in either direction; `birthday` is in the form of
    domain.birthdays, for a company the day it was founded. `merged_into_id` is the customer that
    this one was merged into, which put it into the recycle bin.
    """

    __tablename__ = "customer"
    __table_args__ = (
        # kind: an import asks for the organisations among the namesakes
        _live_index("ix_customer_name", "sort_key", "id", "kind"),
        _live_index("ix_customer_alike", "alike_key", "id"),
        _live_index("ix_customer_owner", "owner_id", "sort_key", "id"),
        _live_index("ix_customer_last_contact", "last_contact", "id"),
        _live_index("ix_customer_created", "created_at", "id"),
        _live_index("ix_customer_stage", "stage"),
        _live_index("ix_customer_source", "source"),
        # whose birthday it is, and who of one's own was not spoken with for longest
        _of_some_live("ix_customer_birthday", "birthday", "birthday <> ''"),
        _live_index("ix_customer_owner_contact", "owner_id", "last_contact", "grade", "stage"),
        _live_index("uq_customer_code", "code", unique=True),
        _live_index("uq_customer_tax_id", "tax_id", unique=True),
        Index("ix_customer_parent", "parent_id", sqlite_where=text("parent_id IS NOT NULL")),
        index_of_some("ix_customer_referred_by", "referred_by_id"),
        index_of_some("ix_customer_merged_into", "merged_into_id"),
        Index("ix_customer_deleted", "deleted_in", sqlite_where=text("deleted_in IS NOT NULL")),
        AUTOINCREMENT,
    )
    __derived__: ClassVar = {
        "sort_key": Derived(("name",), sort_key),
        "alike_key": Derived(("name",), _alike_key),
    }
    __searched__: ClassVar = {
        "name": SearchClass.NAME,
        "other_names": SearchClass.NAME,
        "code": SearchClass.NAME,
        "region": SearchClass.NOTE,
        "address": SearchClass.NOTE,
        "tax_id": SearchClass.NOTE,
        "source": SearchClass.NOTE,
        "notes": SearchClass.NOTE,
    }

    kind: Mapped[str] = mapped_column(default=Kind.COMPANY.value)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(default="")
    alike_key: Mapped[str] = mapped_column(default="", server_default="")
    other_names: Mapped[str] = mapped_column(default="")
    code: Mapped[str | None] = mapped_column(default=None)
    grade: Mapped[str | None] = mapped_column(default=None)
    owner_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    stage: Mapped[str] = mapped_column(default=Stage.ACQUIRING.value)
    source: Mapped[str] = mapped_column(default="")
    referred_by_id: Mapped[int | None] = mapped_column(
        BigId, reference("customer.id"), default=None
    )
    parent_id: Mapped[int | None] = mapped_column(BigId, reference("customer.id"), default=None)
    region: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    tax_id: Mapped[str | None] = mapped_column(default=None)
    notes: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None] = mapped_column(default=None)
    last_contact: Mapped[date | None] = mapped_column(default=None)
    birthday: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime]
    sample: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(BigId, default=None)


class Tag(Journalled, Base):
    __tablename__ = "tag"
    __table_args__ = (_live_index("uq_tag_name", "name", unique=True), AUTOINCREMENT)

    name: Mapped[str]


class CustomerTag(Joined, Base):
    __tablename__ = "customer_tag"
    __table_args__ = (
        _live_index("uq_customer_tag", "customer_id", "tag_id", unique=True),
        _live_index("ix_customer_tag_tag", "tag_id", "customer_id"),
        # of the deleted ones, too: a customer's history asks for them
        Index("ix_customer_tag_customer", "customer_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.COMBINE,
        handover=OnHandover.FOLLOWS,
        timeline=None,
        sheet=Message("Tags"),
        searched={},
        exported=True,
        sampled=True,
        alike=("tag_id",),
    )

    tag_id: Mapped[int] = mapped_column(BigId, reference("tag.id"))


class CustomerShare(Joined, Base):
    """A staff member who sees a customer without owning it."""

    __tablename__ = "customer_share"
    __table_args__ = (
        _live_index("uq_customer_share", "customer_id", "staff_id", unique=True),
        _live_index("ix_customer_share_staff", "staff_id", "customer_id"),
        Index("ix_customer_share_customer", "customer_id"),
        AUTOINCREMENT,
    )
    __joining__ = Joining(
        merge=OnMerge.COMBINE,
        handover=OnHandover.STAYS,
        timeline=None,
        sheet=None,
        searched={},
        exported=False,
        sampled=False,
        alike=("staff_id",),
    )

    staff_id: Mapped[int] = mapped_column(BigId, reference("staff.id"))
