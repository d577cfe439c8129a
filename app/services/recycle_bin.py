"""The recycle bin: what was deleted, with all that hangs on it, until it is purged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.db import bulk
from app.db.database import Database
from app.db.ids import IdVector, fetch_ids, id_set
from app.db.purge import purge_customers
from app.db.scope import ActorSession
from app.db.visibility import EVERYTHING
from app.domain.vocabulary import Actor, Kind
from app.errors import Forbidden
from app.i18n import Message
from app.models import ChangeSet, Customer, Staff
from app.services.bulk import BulkResult
from app.services.history import HistoryService

_ALL = {EVERYTHING: True}


@dataclass(frozen=True, slots=True)
class BinRow:
    """A deleted customer: whose it was, who deleted it and when.

    `merged_into` is the customer it became part of, "" where it was simply deleted.
    """

    id: int
    name: str
    kind: Kind
    owner: str
    deleted_by: str
    deleted_at: datetime
    merged_into: str = ""


class RecycleBin:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._history = HistoryService(db)

    def ids(self, actor: Actor) -> IdVector:
        """Deleted customers that the actor may see, the latest first."""
        query = (
            select(Customer.id)
            .where(Customer.deleted_in.is_not(None))
            .order_by(Customer.deleted_in.desc(), Customer.sort_key)
        )
        with self._db.read(actor) as session:
            return fetch_ids(session, query.execution_options(**_ALL))

    def rows(self, actor: Actor, ids: Iterable[int]) -> list[BinRow | None]:
        """The lines of these customers, in this order."""
        plain = [int(one) for one in ids]
        kept = aliased(Customer)
        query = (
            select(
                Customer.id,
                Customer.name,
                Customer.kind,
                func.coalesce(Staff.name, ""),
                ChangeSet.actor_name,
                ChangeSet.at,
                func.coalesce(kept.name, ""),
            )
            .join(ChangeSet, ChangeSet.id == Customer.deleted_in)
            .outerjoin(Staff, Staff.id == Customer.owner_id)
            .outerjoin(kept, kept.id == Customer.merged_into_id)
        )
        with self._db.read(actor) as session:
            found = {
                one: BinRow(one, name, Kind(kind), owner, by, at, into)
                for one, name, kind, owner, by, at, into in session.execute(
                    query.where(Customer.id.in_(id_set(session, plain))), execution_options=_ALL
                )
            }
        return [found.get(one) for one in plain]

    def restore(self, actor: Actor, ids: Iterable[int]) -> BulkResult:
        """Bring customers back with everything that hung on them.

        One that was merged into another comes back by the undo of the merge, which gives it what
        it had. Raises Conflict, Forbidden where that cannot be undone.
        """
        chosen = self._mine(actor, ids)
        merges = self._merges(actor, chosen)
        undone = [self._history.undo(actor, one) for one in sorted(set(merges.values()))[::-1]]
        chosen = [one for one in chosen if one not in merges]
        if undone and not chosen:
            made = undone[0].change_set_id if len(undone) == 1 else None
            return BulkResult(made, undone[0].title, len(merges))
        title = Message(
            "Restore {count} customer", "Restore {count} customers", {"count": len(chosen)}
        )
        if not chosen:
            return BulkResult(None, title, 0)
        with self._db.write(actor, title) as session:
            chosen = _in_bin(session, chosen)
            bulk.restore_rows(session, Customer, chosen)
            made = session.change_set_id
        return BulkResult(made, title, len(chosen))

    def purge(self, actor: Actor, ids: Iterable[int]) -> BulkResult:
        """Remove deleted customers for good, with everything that hangs on them.

        This cannot be undone. Only a manager may.
        """
        if not actor.sees_all:
            raise Forbidden(Message("Only a manager may delete for good. Nothing was changed."))
        chosen = self._mine(actor, ids)
        title = Message(
            "Delete {count} customer for good",
            "Delete {count} customers for good",
            {"count": len(chosen)},
        )
        if not chosen:
            return BulkResult(None, title, 0)
        with self._db.write(actor, title) as session:
            # asked again under the write lock: somebody may have brought them back meanwhile
            chosen = _in_bin(session, chosen)
            purge_customers(session, chosen)
            made = session.change_set_id
        return BulkResult(made, title, len(chosen))

    def _merges(self, actor: Actor, ids: list[int]) -> dict[int, int]:
        """Those that were merged into another, and the change set that did it."""
        query = select(Customer.id, Customer.deleted_in).where(
            Customer.id.in_(ids), Customer.merged_into_id.is_not(None)
        )
        with self._db.read(actor) as session:
            found = session.execute(query.execution_options(**_ALL)).all()
        return {one: made for one, made in found if made is not None}

    def _mine(self, actor: Actor, ids: Iterable[int]) -> list[int]:
        """Those of these ids that are in the bin and the actor may see."""
        with self._db.read(actor) as session:
            return _in_bin(session, [int(one) for one in ids])


def _in_bin(session: ActorSession, ids: list[int]) -> list[int]:
    query = select(Customer.id).where(
        Customer.deleted_in.is_not(None), Customer.id.in_(id_set(session, ids))
    )
    return [int(one) for one in session.scalars(query.execution_options(**_ALL))]
