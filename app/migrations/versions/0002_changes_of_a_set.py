"""What a change set holds of a table is found by one index: SQLite took the longer way to it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_change_set", "change")
    op.create_index("ix_change_set", "change", ["change_set_id", "table_name", "action"])
