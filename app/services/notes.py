"""Notes about a customer."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.db import journal
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Customer, Note
from app.services.customers import not_there


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What is written down."""

    text: str


@dataclass(frozen=True, slots=True)
class AddedNotes:
    """Ids of what was written, and the change set that takes all of it back."""

    ids: tuple[int, ...]
    change_set_id: int


class NoteService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, actor: Actor, customer_id: int, typed: NoteDraft) -> int:
        """Write a note; returns its id. Raises Refused, NotFound."""
        return self.add_all(actor, customer_id, (typed,)).ids[0]

    def add_all(self, actor: Actor, customer_id: int, typed: Sequence[NoteDraft]) -> AddedNotes:
        """Write several notes in one change set. Raises Refused, NotFound."""
        texts = [_checked(one) for one in typed]
        title = Message("Add a note", "Add {count} notes", {"count": len(texts)})
        with self._db.write(actor, title) as session:
            if session.get(Customer, customer_id) is None:
                raise not_there(session, customer_id)
            made = [
                Note(
                    customer_id=customer_id,
                    staff_id=actor.id,
                    at=session.at,
                    text=text,
                )
                for text in texts
            ]
            session.add_all(made)
            session.flush()
            return AddedNotes(tuple(one.id for one in made), session.open_change_set())

    def save(self, actor: Actor, note_id: int, typed: NoteDraft) -> None:
        """Change a note. Raises Refused, NotFound."""
        text = _checked(typed)
        with self._db.write(actor, Message("Change a note")) as session:
            _held(session, note_id).text = text

    def delete(self, actor: Actor, note_id: int) -> None:
        """Take a note away."""
        with self._db.write(actor, Message("Delete a note")) as session:
            journal.delete(session, _held(session, note_id))


def _checked(typed: NoteDraft) -> str:
    text = typed.text.strip()
    if not text:
        raise Refused(
            Message("Nothing was written down yet. Nothing was saved."),
            {"text": Message("The note is empty.")},
        )
    return text


def _held(session: ActorSession, note_id: int) -> Note:
    one = session.get(Note, note_id)
    if one is None:
        raise NotFound(Message("This note is no longer there. Nothing was changed."))
    return one
