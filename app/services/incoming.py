"""What comes from elsewhere: mails, conversations, pictures and files, put on a customer's record.

First it is read and matched (`prepare`), so that somebody can look at it; then it is kept as one
change set: an interaction for each mail and for each day of a conversation, with their files.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from app.config import Workspace
from app.db import attachments
from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain.vocabulary import Actor
from app.errors import UserError
from app.i18n import Message
from app.models import Contact, Customer, Interaction
from app.services.attachments import KeptFile, attach, checked_size
from app.services.customers import not_there
from app.services.incoming_people import SOMEBODY, US, Party, Who, known_people
from app.services.incoming_reading import (
    ChatText,
    IncomingEntry,
    IncomingFile,
    MailBytes,
    Picture,
    Source,
    entries_of,
    is_mail,
)

__all__ = [
    "SOMEBODY", "US", "ChatText", "Incoming", "IncomingEntry", "IncomingFile", "IncomingService",
    "Kept", "MailBytes", "Party", "Picture", "Source", "Who",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incoming:
    """What would be put on record. `unread` says what could not be read, one sentence each.

    `parties` are those who speak, each once; `who` of a party may be changed before it is kept.
    `people` are whom they can be: contacts by id.
    """

    entries: tuple[IncomingEntry, ...] = ()
    files: tuple[IncomingFile, ...] = ()
    parties: tuple[Party, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written, and the change set that takes all of it back."""

    interaction_ids: tuple[int, ...]
    attachment_ids: tuple[int, ...]
    change_set_id: int


class IncomingService:
    def __init__(self, workspace: Workspace, db: Database) -> None:
        self._workspace = workspace
        self._db = db

    def prepare(self, actor: Actor, customer_id: int, sources: Sequence[Source]) -> Incoming:
        """Read what was dropped or pasted and match who speaks; writes nothing.

        What cannot be read is named in `unread`. Raises NotFound.
        """
        now = self._db.clock.now()
        entries: list[IncomingEntry] = []
        files: list[IncomingFile] = []
        unread: list[Message] = []
        with self._db.read(actor) as session:
            customer = session.get(Customer, customer_id)
            if customer is None:
                raise not_there(session, customer_id)
            known = known_people(session, customer)
        for source in sources:
            try:
                if isinstance(source, Picture):
                    files.append(source.file())
                elif isinstance(source, Path) and not is_mail(source):
                    checked_size(source)
                    files.append(IncomingFile(source.name, source))
                else:
                    entries += entries_of(source, known, now)
            except UserError as error:
                unread.append(error.message)
        entries.sort(key=lambda one: one.at)
        with self._db.read(actor) as session:
            entries = [_compared(session, customer_id, one) for one in entries]
        parties: dict[str, Party] = {}
        for party in (party for one in entries for party in one.parties):
            if party.key not in parties or parties[party.key].who is None:
                parties[party.key] = party
        return Incoming(
            tuple(_each_once(entries)),
            tuple(files),
            tuple(parties.values()),
            known.people,
            tuple(unread),
        )

    def keep(
        self,
        actor: Actor,
        customer_id: int,
        incoming: Incoming,
        who: Mapping[str, Who] | None = None,
    ) -> Kept:
        """Put it on record; `who` says by key who a party is, where it was matched otherwise.

        Files are kept before the commit that names them. Raises Refused, NotFound, Unavailable.
        """
        contents = [self._contents(one.files) for one in incoming.entries]
        loose = self._contents(incoming.files)
        count = len(incoming.entries) + len(loose)
        title = Message("Take in {count} thing", "Take in {count} things", {"count": count})
        with self._db.write(actor, title) as session:
            customer = session.get(Customer, customer_id)
            if customer is None:
                raise not_there(session, customer_id)
            made: list[int] = []
            files: list[int] = []
            for entry, kept in zip(incoming.entries, contents, strict=True):
                one = _interaction(session, customer, entry, who or {})
                made.append(one.id)
                files += [attach(session, customer_id, file, one.id).id for file in kept]
            files += [attach(session, customer_id, file).id for file in loose]
            session.flush()
            return Kept(tuple(made), tuple(files), session.open_change_set())

    def _contents(self, files: Sequence[IncomingFile]) -> list[KeptFile]:
        kept = []
        with tempfile.TemporaryDirectory(prefix="shuke-") as folder:
            for place, file in enumerate(files):
                content = file.content
                source = content if isinstance(content, Path) else Path(folder) / str(place)
                if isinstance(content, bytes):
                    source.write_bytes(content)
                size = checked_size(source)
                digest = attachments.keep(self._workspace, source)
                kept.append(KeptFile(file.name, digest, size))
        return kept


def _each_once(entries: Sequence[IncomingEntry]) -> Iterator[IncomingEntry]:
    """What comes twice at once is on record when it comes the second time."""
    seen = set()
    for one in entries:
        same = (one.channel, one.at if one.dated else None, one.summary)
        yield one.known() if same in seen else one
        seen.add(same)


def _compared(session: ActorSession, customer_id: int, entry: IncomingEntry) -> IncomingEntry:
    """Marked if the same was put on record before."""
    query = select(Interaction.id).where(
        Interaction.customer_id == customer_id,
        Interaction.channel == entry.channel.value,
        Interaction.summary == entry.summary,
    )
    if entry.dated:
        query = query.where(Interaction.at == entry.at)
    found = session.scalars(query.limit(1)).first()
    return entry if found is None else entry.known()


def _interaction(
    session: WriteSession, customer: Customer, entry: IncomingEntry, who: Mapping[str, Who]
) -> Interaction:
    direction, contact_id = entry.spoken(who)
    if contact_id is not None:
        contact = session.get(Contact, contact_id)
        if contact is None or contact.customer_id != customer.id:
            contact_id = None
    made = Interaction(
        customer_id=customer.id,
        staff_id=session.actor.id,
        contact_id=contact_id,
        channel=entry.channel.value,
        direction=direction.value,
        at=entry.at,
        summary=entry.summary,
    )
    session.add(made)
    session.flush()
    day = entry.at.astimezone().date()
    if customer.last_contact is None or customer.last_contact < day:
        customer.last_contact = day
    return made
