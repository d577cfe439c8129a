"""Whether others wrote since one looked last: for who looks often and acts seldom."""

from sqlalchemy import func, select

from app.db.data_version import DataVersion
from app.db.database import Database
from app.domain.vocabulary import SYSTEM
from app.models import ChangeSet


class ChangeMark:
    """On SQLite every write counts, own ones too; on a server those that made a change set."""

    def __init__(self, db: Database) -> None:
        self._db = db
        local = db.engine.dialect.name == "sqlite"
        self._version = DataVersion(db.engine) if local else None
        self._last = self._now()

    def moved(self) -> bool:
        """Whether somebody wrote since the last call. Raises UserError."""
        before, self._last = self._last, self._now()
        return self._last != before

    def close(self) -> None:
        """Look no more."""
        if self._version is not None:
            self._version.close()

    def _now(self) -> int:
        if self._version is not None:
            return self._version.number()
        with self._db.read(SYSTEM) as session:
            return session.scalar(select(func.max(ChangeSet.id))) or 0
