"""What is kept beside the data and never journalled: facts about the world, and kept figures."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTOINCREMENT, Base, BigId, Id, reference


class Export(Base):
    """A file that left the workspace. Append-only: it cannot be taken back."""

    __tablename__ = "export"
    __table_args__ = (AUTOINCREMENT,)

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"))
    what: Mapped[str]
    row_count: Mapped[int]
    file_name: Mapped[str]


class KeptReport(Base):
    """Figures of a report as of a change set, shown at once while fresh ones are loaded."""

    __tablename__ = "kept_report"
    __table_args__ = (Index("ix_kept_report_key", "key", unique=True), AUTOINCREMENT)

    id: Mapped[Id]
    key: Mapped[str]
    change_set_id: Mapped[int]
    at: Mapped[datetime]
    data: Mapped[str]
