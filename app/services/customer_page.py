"""Everything a customer's page shows at once, read in one session."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from app.config import Workspace
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.completeness import Completeness, completeness
from app.domain.vocabulary import Actor
from app.models import Reminder
from app.queries import reminders as queries
from app.services import custom_fields, timeline
from app.services.attachments import FileRow, files
from app.services.custom_fields import CustomValueRow
from app.services.customers import CustomerRecord, record
from app.services.due import ReminderLine, lines
from app.services.facts import FactRow, facts
from app.services.linked import Linked, belonging, referred
from app.services.timeline import EntryKind, TimelinePage, Told, merged

LISTED = 100
"""So many customers that belong to one, or were referred by it, are listed."""


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """The page as it opens.

    `belonging` are customers whose parent or distributor this one is, `referred` those it brought;
    `next_step` is what is to be done first; `custom` has every field that managers added.
    """

    record: CustomerRecord
    facts: tuple[FactRow, ...]
    files: tuple[FileRow, ...]
    belonging: tuple[Linked, ...]
    referred: tuple[Linked, ...]
    next_step: ReminderLine | None
    custom: tuple[CustomValueRow, ...]
    story: Mapping[EntryKind, Told]

    @property
    def timeline(self) -> TimelinePage:
        """How the story begins, all kinds together."""
        return merged(told.entries for told in self.story.values())

    @property
    def counts(self) -> dict[EntryKind, int]:
        """How many entries of every kind there are."""
        return {kind: told.count for kind, told in self.story.items()}

    @property
    def completeness(self) -> Completeness:
        """How much is known, and what is missing."""
        return completeness(self.record.draft, sum(not one.outdated for one in self.facts))


class CustomerPageService:
    def __init__(self, workspace: Workspace, db: Database) -> None:
        self._workspace = workspace
        self._db = db

    def load(self, actor: Actor, customer_id: int) -> CustomerPage:
        """The page of a customer. Raises NotFound."""
        with self._db.read(actor) as session:
            found = self._read(session, customer_id, _PARTS)
            story = {kind: timeline.told(session, customer_id, kind) for kind in EntryKind}
            return CustomerPage(**found, story=story)

    def renew(self, actor: Actor, page: CustomerPage, touched: Set[str]) -> CustomerPage:
        """The page after a write that touched these tables: only what they bear on is read again.

        So a call that is logged is shown before the rest of the page could have been read.
        Raises NotFound.
        """
        parts = [part for part in _PARTS if touched & part.tables]
        one = page.record.id
        with self._db.read(actor) as session:
            fresh = self._read(session, one, parts)
            story = {
                kind: timeline.told(session, one, kind) if touched & tables else page.story[kind]
                for kind, tables in _STORY.items()
            }
            return replace(page, **fresh, story=story)

    def _read(
        self, session: ActorSession, customer_id: int, parts: Iterable["_Part"]
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in parts:
            found |= part.read(session, self._workspace, customer_id)
        return found


def _next_step(session: ActorSession, customer_id: int) -> ReminderLine | None:
    found = lines(
        session,
        Reminder.customer_id == customer_id,
        Reminder.escalation == 0,
        queries.still_open(),
        most=1,
    )
    return next(iter(found), None)


@dataclass(frozen=True, slots=True)
class _Part:
    """Fields of a page that are read together, and the tables on which they depend."""

    tables: frozenset[str]
    read: Callable[[ActorSession, Workspace, int], dict[str, Any]]


def _links(session: ActorSession, _workspace: Workspace, one: int) -> dict[str, Any]:
    return {
        "belonging": belonging(session, one, LISTED),
        "referred": referred(session, one, LISTED),
    }


_RECORD: Final = frozenset(
    {"customer", "contact", "contact_point", "tag", "customer_tag", "customer_share", "staff"}
)
_PARTS: Final = (
    _Part(_RECORD, lambda session, _, one: {"record": record(session, one)}),
    _Part(
        frozenset({"fact", "staff"}),
        lambda session, _, one: {"facts": tuple(facts(session, one))},
    ),
    _Part(
        frozenset({"attachment", "staff"}),
        lambda session, workspace, one: {"files": tuple(files(session, workspace, one))},
    ),
    _Part(frozenset({"customer"}), _links),
    _Part(
        frozenset({"reminder", "staff", "customer"}),
        lambda session, _, one: {"next_step": _next_step(session, one)},
    ),
    _Part(
        frozenset({"custom_field", "custom_value"}),
        lambda session, _, one: {"custom": custom_fields.values(session, one)},
    ),
)
_STORY: Final[Mapping[EntryKind, frozenset[str]]] = MappingProxyType(
    {
        EntryKind.INTERACTION: frozenset(
            {"interaction", "interaction_product", "product", "contact", "staff"}
        ),
        EntryKind.PROMISE: frozenset({"promise", "promise_move", "contact", "staff"}),
        EntryKind.NOTE: frozenset({"note", "staff"}),
        EntryKind.FILE: frozenset({"attachment", "staff"}),
        EntryKind.CHANGE: _RECORD | {"custom_field", "custom_value"},
    }
)
"""The tables on which the entries of a kind depend."""
