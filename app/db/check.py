"""Looking whether a workspace is sound: file, references, work, search index, journal, files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from app.config import Workspace
from app.db import attachments, following, search_index
from app.db.backup import quick_check
from app.db.database import Database
from app.db.ids import IdVector, fetch_ids
from app.db.scope import ReadSession
from app.db.visibility import EVERYTHING
from app.domain.vocabulary import SYSTEM
from app.i18n import Message
from app.models import Change, ChangeSet, Customer, journalled_models

Progress = Callable[[int, int], None]
BATCH = 2_000
DAMAGED: Final = Message("Damaged file: {reason}")


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is wrong, `where` (a table or file), and how often."""

    what: Message
    where: str
    count: int


def check(workspace: Workspace, db: Database, progress: Progress | None = None) -> list[Finding]:
    """Everything that is wrong; empty when the workspace is sound. Writes nothing."""
    found: list[Finding] = []
    if db.engine.dialect.name == "sqlite":
        problem = quick_check(workspace.database)
        if problem is not None:
            return [Finding(DAMAGED.filled(reason=problem), workspace.database.name, 1)]
    with db.read(SYSTEM) as session:
        if session.backend == "sqlite":
            found += _references(session)
        found += _journal(session)
        found += _assigned(session)
        found += _index(session, progress)
    broken = sum(1 for _ in attachments.faulty(workspace))
    if broken:
        found.append(
            Finding(Message("Attachment does not hold what its name says"), "attachments", broken)
        )
    return found


def _references(session: ReadSession) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for row in session.connection().exec_driver_sql("PRAGMA foreign_key_check"):
        counts[row[0]] = counts.get(row[0], 0) + 1
    for name, count in counts.items():
        yield Finding(Message("Reference to a row that is not there"), name, count)


def _journal(session: ReadSession) -> Iterator[Finding]:
    import numpy as np

    for name, model in journalled_models().items():
        ids = fetch_ids(session, select(model.id).execution_options(**{EVERYTHING: True}))
        covered = _covered(session, name)
        count = int(len(ids) - np.isin(ids, covered).sum()) if len(covered) else len(ids)
        if count:
            yield Finding(Message("Row that the journal does not know"), name, count)
        yield from _lost_deletions(session, name, model)
    orphans = session.scalar(
        select(func.count())
        .select_from(Change)
        .where(Change.change_set_id.not_in(select(ChangeSet.id)))
    )
    if orphans:
        yield Finding(Message("Change without its change set"), "change", orphans)


def _lost_deletions(session: ReadSession, name: str, model: Any) -> Iterator[Finding]:
    lost = session.scalar(
        select(func.count())
        .select_from(model)
        .where(model.deleted_in.is_not(None), model.deleted_in.not_in(select(ChangeSet.id))),
        execution_options={EVERYTHING: True},
    )
    if lost:
        yield Finding(Message("Deleted by a change set that is not there"), name, lost)


def _covered(session: ReadSession, name: str) -> IdVector:
    """Ids that the journal saw being added."""
    import numpy as np

    blocks = session.execute(
        select(Change.row_id, Change.last_id).where(
            Change.table_name == name, Change.action == "insert"
        )
    )
    parts = [np.arange(first, last + 1, dtype=np.int64) for first, last in blocks]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _assigned(session: ReadSession) -> Iterator[Finding]:
    for name, count in following.astray(session).items():
        yield Finding(Message("Work that is with the wrong person"), name, count)


def _index(session: ReadSession, progress: Progress | None) -> Iterator[Finding]:
    import numpy as np

    ids = fetch_ids(
        session, select(Customer.id).order_by(Customer.id).execution_options(**{EVERYTHING: True})
    )
    stored = _entries(session)
    missing = int(len(ids) - np.isin(ids, stored).sum())
    surplus = int(len(stored) - np.isin(stored, ids).sum())
    if missing:
        yield Finding(Message("Customer missing from the search index"), "search_customer", missing)
    if surplus:
        yield Finding(Message("Search entry without a customer"), "search_customer", surplus)
    wrong = 0
    for start in range(0, len(ids), BATCH):
        if progress is not None:
            progress(start, len(ids))
        wrong += _wrong_entries(session, ids[start : start + BATCH].tolist())
    if wrong:
        yield Finding(
            Message("Search entry that does not say what the row says"), "search_customer", wrong
        )


def _entries(session: ReadSession) -> IdVector:
    import numpy as np

    name = "search_customer_docsize" if session.backend == "sqlite" else "search_customer"
    column = "id" if session.backend == "sqlite" else "customer_id"
    rows = session.connection().exec_driver_sql(f"SELECT {column} FROM {name}")  # noqa: S608  # names are ours
    return np.fromiter((row[0] for row in rows), dtype=np.int64)


def _wrong_entries(session: ReadSession, ids: list[int]) -> int:
    state = search_index.STATE
    digests: dict[int, int] = dict(
        session.connection()
        .execute(select(state.c.customer_id, state.c.digest).where(state.c.customer_id.in_(ids)))
        .all()
    )
    texts = search_index.gather(session, ids)
    return sum(
        search_index.entry(found).digest() != digests[one]
        for one, found in texts.items()
        if one in digests
    )
