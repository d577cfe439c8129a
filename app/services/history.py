"""What was changed, by whom; and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.db import undo as db_undo
from app.db.database import Database
from app.db.row_story import of_rows
from app.db.scope import ActorSession
from app.db.undo_values import Kept
from app.db.visibility import EVERYTHING
from app.domain.vocabulary import SYSTEM, Actor, Origin
from app.errors import Forbidden, NotFound
from app.i18n import Message, unfilled
from app.models import Change, ChangeSet, Customer, Staff, joined_models, journalled_models
from app.services.staff import require_one_who_manages

KEPT_LISTED = 200
HANGING = 40
"""Rows of each kind that are followed for a customer's history."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change set. `undone`: it was taken back; `undoes_id`: it took that one back."""

    id: int
    at: datetime
    actor_id: int | None
    actor: str
    title: Message
    origin: Origin
    rows: int
    undoes_id: int | None
    undone: bool

    @property
    def is_undo(self) -> bool:
        """Whether taking it back does again what it took back; a redo is taken back like any."""
        return _is_undo(self.title)

    @property
    def act(self) -> Message:
        """What was done in the first place, undone and redone as it may be since."""
        return _bare(self.title)


@dataclass(frozen=True, slots=True)
class KeptValue:
    """What an undo left alone: the record's name and the field (None: the whole record)."""

    record: str
    field: str | None


@dataclass(frozen=True, slots=True)
class UndoResult:
    change_set_id: int
    title: Message
    rows: int
    kept: tuple[KeptValue, ...]
    kept_count: int

    @property
    def is_undo(self) -> bool:
        """Whether something was taken back, not done again."""
        return _is_undo(self.title)


class HistoryService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self, actor: Actor, *, before: int | None = None, text: str = "", limit: int = 100
    ) -> list[HistoryEntry]:
        """Change sets, newest first, older than `before`; managers see everybody's."""
        query = _entries(actor).order_by(ChangeSet.id.desc()).limit(limit)
        if before is not None:
            query = query.where(ChangeSet.id < before)
        with self._db.read(actor) as session:
            if text:
                query = query.where(_reads(session, text))
            return [_entry(one) for one in session.scalars(query)]

    def newest(self) -> int:
        """The newest change set there is; 0 before the first."""
        with self._db.read(SYSTEM) as session:
            return session.scalar(select(func.max(ChangeSet.id))) or 0

    def since(self, change_set_id: int) -> tuple[int, frozenset[str]]:
        """The newest change set, and the areas touched after `change_set_id` by anybody.

        By it a window learns what other windows and machines wrote.
        """
        newer = select(ChangeSet.id, ChangeSet.areas).where(ChangeSet.id > change_set_id)
        with self._db.read(SYSTEM) as session:
            found = session.execute(newer.order_by(ChangeSet.id)).all()
        areas = {area for _, text in found for area in text.split(",") if area}
        return (found[-1][0] if found else change_set_id, frozenset(areas))

    def stands(self, change_set_id: int) -> bool:
        """Whether this change set is in force: not undone, or done again since."""
        with self._db.read(SYSTEM) as session:
            found = session.get(ChangeSet, change_set_id)
            return found is not None and found.undone_by_id is None

    def last(self, actor: Actor) -> HistoryEntry | None:
        """What Ctrl+Z would take back: the actor's newest standing change set of this window."""
        query = (
            select(ChangeSet)
            .where(
                ChangeSet.actor_id == actor.id,
                ChangeSet.window == actor.window,
                ChangeSet.undone_by_id.is_(None),
                ChangeSet.undoes_id.is_(None),
            )
            .order_by(ChangeSet.id.desc())
            .limit(1)
        )
        with self._db.read(actor) as session:
            found = session.scalars(query).first()
            return _entry(found) if found else None

    def last_undo(self, actor: Actor) -> HistoryEntry | None:
        """What Ctrl+Shift+Z would do again: the newest undo here, if nothing was written since."""
        mine = and_(ChangeSet.actor_id == actor.id, ChangeSet.window == actor.window)
        with self._db.read(actor) as session:
            newest_act = session.scalar(
                select(func.max(ChangeSet.id)).where(mine, ChangeSet.undoes_id.is_(None))
            )
            found = session.scalars(
                select(ChangeSet)
                .where(
                    mine,
                    ChangeSet.undoes_id.is_not(None),
                    ChangeSet.undone_by_id.is_(None),
                    ChangeSet.id > (newest_act or 0),
                    ChangeSet.undoes_id.in_(
                        select(ChangeSet.id).where(ChangeSet.undoes_id.is_(None))
                    ),
                )
                .order_by(ChangeSet.id.desc())
                .limit(1)
            ).first()
            return _entry(found) if found else None

    def undo(self, actor: Actor, change_set_id: int) -> UndoResult:
        """Take a change set back; of an undo this is the redo.

        Raises NotFound, Conflict (undone already, or final), Forbidden (somebody else's).
        """
        with self._db.read(actor) as session:
            found = session.scalars(_entries(actor).where(ChangeSet.id == change_set_id)).first()
            if found is None:
                if session.get(ChangeSet, change_set_id) is not None:
                    raise Forbidden(Message("Only a manager may undo what somebody else did."))
                raise NotFound(Message("There is no such change any more. Nothing was undone."))
            title = Message.from_json(found.title)
            redo = _is_undo(title)
        params = {"what": _bare(title)}
        what = (
            Message("Redo: {what}", params=params)
            if redo
            else Message("Undo: {what}", params=params)
        )
        with self._db.write(actor, what) as session:
            undone = db_undo.undo(session, change_set_id)
            if Staff.__tablename__ in session.areas:
                require_one_who_manages(session)
            kept = tuple(_kept(session, undone.kept[:KEPT_LISTED]))
        return UndoResult(undone.change_set_id, what, undone.rows, kept, len(undone.kept))

    def made_by(self, actor: Actor, write: Callable[[], object]) -> int | None:
        """Write, and say which change set came of it; None where nothing changed."""
        before = self.last(actor)
        write()
        now = self.last(actor)
        return now.id if now is not None and now != before else None

    def of_customer(self, actor: Actor, customer_id: int, limit: int = 200) -> list[HistoryEntry]:
        """Change sets that touched the customer or what hangs on it, newest first."""
        with self._db.read(actor) as session:
            if session.get(Customer, customer_id) is None:
                raise NotFound(Message("This customer is no longer there."))
            touched = select(Change.change_set_id).where(_on_customer(session, customer_id))
            query = (
                select(ChangeSet)
                .where(ChangeSet.id.in_(touched))
                .order_by(ChangeSet.id.desc())
                .limit(limit)
            )
            return [_entry(one) for one in session.scalars(query)]


def _on_customer(session: ActorSession, customer_id: int) -> ColumnElement[bool]:
    """The condition on Change: the customer's own row, and the rows that hang on it."""
    parts = [of_rows(session, Customer, [customer_id])]
    for model in joined_models().values():
        rows = select(model.id).where(model.customer_id == customer_id).limit(HANGING)
        ids = session.scalars(rows.execution_options(**{EVERYTHING: True})).all()
        if ids:
            parts.append(of_rows(session, model, ids))
    return or_(*parts)


def _entries(actor: Actor) -> Select[ChangeSet]:
    query = select(ChangeSet)
    return query if actor.sees_all else query.where(ChangeSet.actor_id == actor.id)


def _reads(session: ActorSession, text: str) -> ColumnElement[bool]:
    """Condition: who did it, or the title as it reads in today's language, contains `text`."""
    find = func.instr if session.backend == "sqlite" else func.strpos
    begin = func.substr(ChangeSet.title, 1, find(ChangeSet.title, ', "params"') - 1)
    kinds = [one for one in session.scalars(select(begin).distinct()) if one]
    wanted = text.casefold()
    named = [
        # inside, not at the beginning: the title of an undo holds that of what it undid
        ChangeSet.title.contains(one, autoescape=True)
        for one in kinds
        if wanted in _words(one).casefold()
    ]
    in_values = ChangeSet.title.icontains(text, autoescape=True)
    return or_(ChangeSet.actor_name.icontains(text, autoescape=True), in_values, *named)


def _words(kind: str) -> str:
    """How titles of this kind begin to read, their values left out."""
    return unfilled(Message.from_json(kind + ', "params": {}}'))


def _is_undo(title: Message) -> bool:
    return title.msgid == "Undo: {what}"


def _bare(title: Message) -> Message:
    """A title without the Undo and Redo before it, so that they do not pile up."""
    while title.msgid in ("Undo: {what}", "Redo: {what}"):
        title = title.params["what"]
    return title


def _entry(one: ChangeSet) -> HistoryEntry:
    return HistoryEntry(
        one.id,
        one.at,
        one.actor_id,
        one.actor_name,
        Message.from_json(one.title),
        Origin(one.origin),
        one.row_count,
        one.undoes_id,
        one.undone_by_id is not None,
    )


def _kept(session: ActorSession, kept: tuple[Kept, ...]) -> list[KeptValue]:
    names: dict[tuple[str, int], str] = {}
    for name in {one.table for one in kept}:
        model = journalled_models()[name]
        label = getattr(model, "name", None)
        if model in (Customer, Staff) and label is not None:
            ids = [one.row_id for one in kept if one.table == name]
            found = session.execute(
                select(model.id, label).where(model.id.in_(ids)),
                execution_options={EVERYTHING: True},
            )
            names.update({(name, row): text for row, text in found})
    return [
        KeptValue(names.get((one.table, one.row_id), f"{one.table} {one.row_id}"), one.column)
        for one in kept
    ]
