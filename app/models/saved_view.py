"""What users keep about lists and imports."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTOINCREMENT, LIVE, Base, BigId, Journalled, reference


class SavedView(Journalled, Base):
    """A filter, order and columns (comma separated) under a name; no `staff_id`: everybody's."""

    __tablename__ = "saved_view"
    __table_args__ = (AUTOINCREMENT,)

    area: Mapped[str]
    name: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    filter: Mapped[str] = mapped_column(default="")
    sort: Mapped[str] = mapped_column(default="")
    columns: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class ImportMapping(Journalled, Base):
    """The mapping last used for a table with these column names."""

    __tablename__ = "import_mapping"
    __table_args__ = (
        Index(
            "uq_import_mapping_fingerprint",
            "fingerprint",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        AUTOINCREMENT,
    )

    fingerprint: Mapped[str]
    mapping: Mapped[str]
