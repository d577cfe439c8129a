"""People who use the program, and their teams."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.vocabulary import Role
from app.models.base import AUTOINCREMENT, LIVE, Base, BigId, Journalled, reference


class Team(Journalled, Base):
    __tablename__ = "team"
    __table_args__ = (AUTOINCREMENT,)

    name: Mapped[str]


class Staff(Journalled, Base):
    """A staff member; `active` is false for someone who left.

    `stand_in_id` is who is reminded after them of what they promised.
    """

    __tablename__ = "staff"
    __table_args__ = (
        Index(
            "uq_staff_name",
            "name",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        AUTOINCREMENT,
    )

    name: Mapped[str]
    role: Mapped[str] = mapped_column(default=Role.SALESPERSON.value)
    team_id: Mapped[int | None] = mapped_column(BigId, reference("team.id"), default=None)
    active: Mapped[bool] = mapped_column(default=True)
    stand_in_id: Mapped[int | None] = mapped_column(BigId, default=None)
