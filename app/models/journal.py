"""Who changed what, when and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTOINCREMENT, Base, BigId, Id, Image, reference


class ChangeSet(Base):
    """One act of one actor: everything that was written in one transaction.

    `title` is a Message as JSON, so that an old change set reads in today's language. `areas` are
    the tables touched, comma separated. `undoes_id` is the change set this one takes back;
    `undone_by_id` the one that took this one back, as long as that holds. The actor's name is kept
    beside the id: it outlives the staff member's record.
    """

    __tablename__ = "change_set"
    __table_args__ = (
        Index("ix_change_set_actor", "actor_id", "window", "id"),
        AUTOINCREMENT,
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    actor_name: Mapped[str]
    title: Mapped[str]
    origin: Mapped[str]
    window: Mapped[str]
    areas: Mapped[str] = mapped_column(default="")
    row_count: Mapped[int] = mapped_column(default=0)
    undoes_id: Mapped[int | None] = mapped_column(BigId, reference("change_set.id"), default=None)
    undone_by_id: Mapped[int | None] = mapped_column(
        BigId, reference("change_set.id"), default=None
    )


class Change(Base):
    """What a change set did to one row, or to a block of new rows (`row_id` to `last_id`).

    Images hold the changed columns only, in the form in which the database stores them.
    Actions: insert, update, delete (to the recycle bin), restore (out of it), purge.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_row", "table_name", "row_id"),
        Index("ix_change_set", "change_set_id", "table_name", "action"),
        Index(
            "ix_change_block",
            "table_name",
            "last_id",
            sqlite_where=text("last_id > row_id"),
            postgresql_where=text("last_id > row_id"),
        ),
        AUTOINCREMENT,
    )

    id: Mapped[Id]
    change_set_id: Mapped[int] = mapped_column(BigId, reference("change_set.id"))
    table_name: Mapped[str]
    action: Mapped[str]
    row_id: Mapped[int]
    last_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(Image)
    after: Mapped[dict[str, Any] | None] = mapped_column(Image)
