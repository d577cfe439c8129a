"""Notes about a customer; with a date they are to be followed up."""

from dataclasses import dataclass
from datetime import date, datetime

from app.db import journal
from app.db.database import Database
from app.db.scope import ActorSession
from app.domain.vocabulary import Actor
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import Customer, Note
from app.services.customers import GONE


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """`due_on` is the day to follow it up, `due_at` the moment; with `deadline`, before it."""

    text: str
    due_on: date | None = None
    due_at: datetime | None = None
    deadline: bool = False


class NoteService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, actor: Actor, customer_id: int, typed: NoteDraft) -> int:
        """Write a note; returns its id. Raises Refused, NotFound."""
        text = _checked(typed)
        with self._db.write(actor, Message("Add a note")) as session:
            if session.get(Customer, customer_id) is None:
                raise NotFound(GONE)
            made = Note(
                customer_id=customer_id,
                staff_id=actor.id,
                at=session.at,
                text=text,
                due_on=typed.due_on,
                due_at=typed.due_at,
                deadline=typed.deadline,
            )
            session.add(made)
            session.flush()
            return made.id

    def save(self, actor: Actor, note_id: int, typed: NoteDraft) -> None:
        """Change a note. Raises Refused, NotFound."""
        text = _checked(typed)
        with self._db.write(actor, Message("Change a note")) as session:
            one = _held(session, note_id)
            one.text, one.due_on, one.due_at = text, typed.due_on, typed.due_at
            one.deadline = typed.deadline

    def done(self, actor: Actor, note_id: int) -> None:
        """What was to be followed up is done."""
        with self._db.write(actor, Message("Mark a follow-up as done")) as session:
            _held(session, note_id).done_at = session.at

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
