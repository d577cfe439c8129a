"""Every note counts for itself in the digest of a search entry.

The digests are emptied here; `app.db.migrate` works them out again after the last revision, when
the tables have the shape that the program reads.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE search_state SET digest = -1")
