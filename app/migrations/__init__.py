"""The database's shape through time, one file a revision, run by `app.db.migrate`."""

from typing import Final

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every revision in order. Kept here so that Alembic need not be imported to look."""

HEAD: Final = REVISIONS[-1]
