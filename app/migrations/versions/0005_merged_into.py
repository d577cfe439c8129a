"""A customer that was merged into another says into which one."""

import sqlalchemy as sa
from alembic import op

from app.models.base import BigId

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SOME = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("customer", sa.Column("merged_into_id", BigId, nullable=True))
    op.create_index(
        "ix_customer_merged_into",
        "customer",
        ["merged_into_id"],
        sqlite_where=SOME,
        postgresql_where=SOME,
    )
