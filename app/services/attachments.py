"""Files of customers: kept by content before the commit that names them."""

import mimetypes
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.config import Workspace
from app.db import attachments, journal
from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused, Unavailable
from app.i18n import Message
from app.models import Attachment, Customer, Staff
from app.services.customers import not_there

LARGEST: Final = 100_000_000
"""Bytes of one file: what is larger belongs on a file server."""
FILE_GONE: Final = Message("This file is no longer there. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a customer; `path` is where its content is kept, under its digest."""

    id: int
    name: str
    size: int
    media_type: str
    at: datetime
    staff: str
    path: Path


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose content is kept already, under its digest."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class AddedFiles:
    """Ids of what was written, and the change set that takes all of it back."""

    ids: tuple[int, ...]
    change_set_id: int


class AttachmentService:
    def __init__(self, workspace: Workspace, db: Database) -> None:
        self._workspace = workspace
        self._db = db

    def of_customer(self, actor: Actor, customer_id: int) -> list[FileRow]:
        """The customer's files, the newest first."""
        with self._db.read(actor) as session:
            return files(session, self._workspace, customer_id)

    def add(
        self,
        actor: Actor,
        customer_id: int,
        source: Path,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Keep a copy of a file; returns the attachment's id. The file itself is left alone.

        Raises Refused (too large, no file), Unavailable (cannot be read or kept), NotFound.
        """
        return self.add_kept(actor, customer_id, [self.keep(source, progress)]).ids[0]

    def keep(self, source: Path, progress: Callable[[int, int], None] | None = None) -> KeptFile:
        """Keep a copy of a file, as yet nobody's; `add_kept` says whose it is.

        Raises Refused (too large, no file), Unavailable (cannot be read or kept).
        """
        size = checked_size(source)
        return KeptFile(source.name, attachments.keep(self._workspace, source, progress), size)

    def add_kept(self, actor: Actor, customer_id: int, kept: Sequence[KeptFile]) -> AddedFiles:
        """Name kept files as the customer's, in one change set. Raises NotFound."""
        title = (
            Message("Add file {name}", params={"name": kept[0].name})
            if len(kept) == 1
            else Message("Add {count} file", "Add {count} files", {"count": len(kept)})
        )
        with self._db.write(actor, title) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            ids = tuple(attach(session, customer_id, one).id for one in kept)
            return AddedFiles(ids, session.open_change_set())

    def copy_to(self, actor: Actor, attachment_id: int, folder: Path) -> Path:
        """Put a copy under its own name into a folder: to open it, or to hand it on.

        Raises NotFound, Unavailable (its content is gone, or the folder cannot be written).
        """
        with self._db.read(actor) as session:
            one = _held(session, attachment_id)
            name, kept = Path(one.name).name, attachments.path_of(self._workspace, one.digest)
        target = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(kept, target)
        except OSError as error:
            raise Unavailable(
                Message(
                    "The file {name} cannot be opened: {reason}.",
                    params={"name": name, "reason": error.strerror or str(error)},
                )
            ) from error
        return target

    def rename(self, actor: Actor, attachment_id: int, name: str) -> None:
        """Give a file another name."""
        clean = Path(" ".join(name.split())).name
        if not clean:
            raise Refused(
                Message("The name is missing."), {"name": Message("The name is missing.")}
            )
        title = Message("Rename file {name}", params={"name": clean})
        with self._db.write(actor, title) as session:
            _held(session, attachment_id).name = clean

    def delete(self, actor: Actor, attachment_id: int) -> None:
        """Take a file off the customer. Its content stays for as long as this can be undone."""
        with self._db.read(actor) as session:
            name = _held(session, attachment_id).name
        title = Message("Delete file {name}", params={"name": name})
        with self._db.write(actor, title) as session:
            journal.delete(session, _held(session, attachment_id))


def attach(
    session: WriteSession, customer_id: int, kept: KeptFile, interaction_id: int | None = None
) -> Attachment:
    """Name a kept file as the customer's, and as what came with an interaction."""
    made = Attachment(
        customer_id=customer_id,
        interaction_id=interaction_id,
        staff_id=session.actor.id,
        at=session.at,
        name=kept.name,
        digest=kept.digest,
        size=kept.size,
        media_type=mimetypes.guess_type(kept.name)[0] or "",
    )
    session.add(made)
    session.flush()
    return made


def files(session: ActorSession, workspace: Workspace, customer_id: int) -> list[FileRow]:
    """As `AttachmentService.of_customer`, in an open session."""
    rows = session.execute(
        select(Attachment, Staff.name)
        .outerjoin(Staff, Staff.id == Attachment.staff_id)
        .where(Attachment.customer_id == customer_id)
        .order_by(Attachment.at.desc(), Attachment.id.desc())
    )
    return [
        FileRow(
            one.id,
            one.name,
            one.size,
            one.media_type,
            one.at,
            staff or "",
            attachments.path_of(workspace, one.digest),
        )
        for one, staff in rows
    ]


def checked_size(source: Path) -> int:
    """Bytes of a file that may be added. Raises Refused."""
    if not source.is_file():
        raise Refused(
            Message(
                "{name} is not there or is not a file. Nothing was added.",
                params={"name": source.name},
            )
        )
    size = source.stat().st_size
    if size > LARGEST:
        raise Refused(
            Message(
                "{name} has {size} MB; a file may have {most} MB at most. Nothing was added.",
                params={
                    "name": source.name,
                    "size": size // 1_000_000,
                    "most": LARGEST // 1_000_000,
                },
            )
        )
    return size


def _held(session: ActorSession, attachment_id: int) -> Attachment:
    one = session.get(Attachment, attachment_id)
    if one is None:
        raise NotFound(FILE_GONE)
    return one
