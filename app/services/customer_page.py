"""Everything a customer's page shows at once, read in one session."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.config import Workspace
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.completeness import Completeness, completeness
from app.domain.vocabulary import Actor, Kind
from app.models import Customer, Note, Staff
from app.services import custom_fields, timeline
from app.services.attachments import FileRow, files
from app.services.custom_fields import CustomValueRow
from app.services.customers import CustomerRecord, record
from app.services.facts import FactRow, facts
from app.services.timeline import EntryKind, NoteEntry, TimelinePage
from app.services.timeline_changes import Changes

LISTED = 100
"""So many customers that belong to one, or were referred by it, are listed."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Another customer that is linked to this one."""

    id: int
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """The page as it opens.

    `belonging` are customers whose parent or distributor this one is, `referred` those it brought;
    `next_step` is the follow-up that is due first; `custom` has every field that managers added.
    """

    record: CustomerRecord
    facts: tuple[FactRow, ...]
    files: tuple[FileRow, ...]
    belonging: tuple[Linked, ...]
    referred: tuple[Linked, ...]
    next_step: NoteEntry | None
    completeness: Completeness
    timeline: TimelinePage
    counts: dict[EntryKind, int]
    custom: tuple[CustomValueRow, ...]


class CustomerPageService:
    def __init__(self, workspace: Workspace, db: Database) -> None:
        self._workspace = workspace
        self._db = db

    def load(self, actor: Actor, customer_id: int) -> CustomerPage:
        """The page of a customer. Raises NotFound."""
        with self._db.read(actor) as session:
            held = record(session, customer_id)
            known = tuple(facts(session, customer_id))
            changes = Changes(session, customer_id)
            return CustomerPage(
                held,
                known,
                tuple(files(session, self._workspace, customer_id)),
                tuple(_linked(session, Customer.parent_id, customer_id)),
                tuple(_linked(session, Customer.referred_by_id, customer_id)),
                _next_step(session, customer_id),
                completeness(held.draft, sum(not one.outdated for one in known)),
                timeline.page(session, customer_id, changes=changes),
                timeline.counts(session, customer_id, changes),
                custom_fields.values(session, customer_id),
            )


def _linked(session: ActorSession, column: object, customer_id: int) -> Sequence[Linked]:
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.kind)
        .where(column == customer_id)  # type: ignore[arg-type]  # a column
        .order_by(Customer.sort_key, Customer.id)
        .limit(LISTED)
    )
    return [Linked(one, name, Kind(kind)) for one, name, kind in rows]


def _next_step(session: ActorSession, customer_id: int) -> NoteEntry | None:
    found = session.execute(
        select(Note, Staff.name)
        .outerjoin(Staff, Staff.id == Note.staff_id)
        .where(Note.customer_id == customer_id, Note.due_on.is_not(None), Note.done_at.is_(None))
        .order_by(Note.due_on, Note.due_at, Note.id)
        .limit(1)
    ).first()
    return None if found is None else timeline.note_entry(found[0], found[1])
