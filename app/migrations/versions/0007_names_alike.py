"""Customers are looked up by names that are alike."""

import sqlalchemy as sa
from alembic import op

from app.domain.alike import alike_key
from app.models.base import LIVE, CleanText

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BATCH = 5_000
_CUSTOMER = sa.table(
    "customer", sa.column("id"), sa.column("name", CleanText()), sa.column("alike_key", CleanText())
)


def upgrade() -> None:
    op.add_column(
        "customer", sa.Column("alike_key", CleanText(), nullable=False, server_default="")
    )
    _fill()
    # after the rows are filled: put in order once, and not row by row
    op.create_index(
        "ix_customer_alike",
        "customer",
        ["alike_key", "id"],
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )


def _fill() -> None:
    """The key of every customer, those in the recycle bin too; memory bounded by a batch."""
    connection = op.get_bind()
    names = sa.select(_CUSTOMER.c.id, _CUSTOMER.c.name).order_by(_CUSTOMER.c.id).limit(_BATCH)
    changed = (
        sa.update(_CUSTOMER)
        .where(_CUSTOMER.c.id == sa.bindparam("one"))
        .values(alike_key=sa.bindparam("worked_out"))
    )
    last = 0
    while rows := connection.execute(names.where(_CUSTOMER.c.id > last)).all():
        found = [{"one": one, "worked_out": alike_key(name)} for one, name in rows]
        connection.execute(changed, found)
        last = rows[-1][0]
