"""Who shares a name, a phone or an e-mail is found by the indexes alone.

Of hundreds of one name no row needs to be read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    live = sa.text("deleted_in IS NULL")
    op.drop_index("ix_customer_name", "customer")
    op.create_index(
        "ix_customer_name",
        "customer",
        ["sort_key", "id", "kind"],
        sqlite_where=live,
        postgresql_where=live,
    )
    op.drop_index("ix_contact_point_customer", "contact_point")
    op.create_index(
        "ix_contact_point_customer",
        "contact_point",
        ["customer_id", "position", "kind", "deleted_in"],
    )
    op.drop_index("ix_contact_point_normalised", "contact_point")
    op.create_index(
        "ix_contact_point_normalised",
        "contact_point",
        ["normalised", "kind", "customer_id"],
        sqlite_where=live,
        postgresql_where=live,
    )
