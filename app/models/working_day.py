"""Days that are not like others of their week: holidays, and workdays that make up for them."""

from datetime import date

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTOINCREMENT, LIVE, Base, Journalled


class WorkingDay(Journalled, Base):
    """`kind` is off or work; `country` as in ISO 3166, "" for the firm's own days."""

    __tablename__ = "working_day"
    __table_args__ = (
        Index(
            "uq_working_day",
            "day",
            "country",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        AUTOINCREMENT,
    )

    day: Mapped[date]
    country: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
