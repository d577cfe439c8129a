"""What we sell: a plain list."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.names import sort_key
from app.models.base import AUTOINCREMENT, LIVE, Base, Derived, Journalled


class Product(Journalled, Base):
    __tablename__ = "product"
    __table_args__ = (
        Index(
            "uq_product_name",
            "name",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        AUTOINCREMENT,
    )
    __derived__: ClassVar = {"sort_key": Derived(("name",), sort_key)}

    name: Mapped[str]
    category: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="")
