"""Sample data: lifelike customers to try the program with, removable in one step."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from typing import Any, Final

from sqlalchemy import func, select

from app.db import bulk, journal, search_index
from app.db.database import Database
from app.db.ids import fetch_ids, id_set
from app.db.scope import ActorSession, WriteSession
from app.db.visibility import EVERYTHING
from app.domain.sample_customer import Plan
from app.domain.sample_staff import STAFF, TEAMS
from app.domain.vocabulary import Actor, Role
from app.errors import Refused
from app.i18n import Message, tr
from app.models import (
    Change,
    ChangeSet,
    Customer,
    CustomerShare,
    CustomerTag,
    Reminder,
    ReminderRule,
    SavedView,
    Staff,
    Tag,
    Team,
)
from app.services.sample_tables import TABLES, Row, SampleBlock, Words, make
from app.services.tags import tag_id

SHARED_OUT: Final = 20_000
"""More customers than this are worked out by several processes, and indexes made at the end."""
MOST: Final = 2_000_000
_CODE: Final = re.compile(r"C-([0-9]{6,9})")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SampleResult:
    """How much was added, or removed; `change_set_id` None: there was nothing to do."""

    change_set_id: int | None
    title: Message
    customers: int
    staff: int


class SampleService:
    def __init__(self, db: Database) -> None:
        self._db = db

    def generate(
        self, actor: Actor, customers: int, seed: int, progress: Progress | None = None
    ) -> SampleResult:
        """Add customers and who looks after them: the same for the same seed and day.

        `progress(done, total)` is told of every block and may raise to stop; nothing is then left.
        """
        if not 0 < customers <= MOST:
            raise Refused(
                Message(
                    "A sample has from 1 to {most} customers. Nothing was added.",
                    params={"most": MOST},
                )
            )
        title = Message(
            "Add {count} sample customer", "Add {count} sample customers", {"count": customers}
        )
        with self._db.write(actor, title) as session:
            hired = _staff(session)
            words = _words(session, hired)
            _views(session)
            session.flush()
            clock = self._db.clock
            plan = Plan(customers, seed, clock.now(), clock.today(), _next_number(session))
            _store_all(session, plan, words, progress)
            made = session.change_set_id
        if customers > SHARED_OUT:
            self._db.settle()
        return SampleResult(made, title, customers, len(hired))

    def count(self, actor: Actor) -> int:
        """How many sample customers the actor sees."""
        with self._db.read(actor) as session:
            return session.scalar(select(func.count()).where(Customer.sample.is_(True))) or 0

    def remove(self, actor: Actor) -> SampleResult:
        """Take all sample customers out, and what came with them and nobody uses."""
        with self._db.read(actor) as session:
            ids = fetch_ids(session, select(Customer.id).where(Customer.sample.is_(True)))
        title = Message(
            "Remove {count} sample customer", "Remove {count} sample customers", {"count": len(ids)}
        )
        if not len(ids):
            return SampleResult(None, title, 0, 0)
        with self._db.write(actor, title) as session:
            came_with = {
                model: _made_with_samples(session, model) for model in (SavedView, Staff, Tag, Team)
            }
            removed = bulk.delete_rows(session, Customer, ids)
            views = came_with[SavedView] - _changed(session, SavedView)
            _delete(session, SavedView, views)
            _delete(session, Tag, came_with[Tag] - _tags_in_use(session))
            staff = came_with[Staff] - _staff_in_use(session, actor) - _renamed(session, Staff)
            _delete(session, Staff, staff)
            _delete(session, Team, came_with[Team] - _column(session, select(Staff.team_id)))
            made = session.change_set_id
        return SampleResult(made, title, removed, len(staff))


# --- who and what customers need ---------------------------------------------


def _staff(session: WriteSession) -> list[int]:
    """Ids of STAFF in its order; who is there already by that name stays as they are."""
    names = {"east": tr("East team"), "pacific": tr("Pacific team")}
    teams = {key: _named(session, Team, names[key], Team(name=names[key])) for key in TEAMS}
    return [
        _named(
            session,
            Staff,
            one.name,
            Staff(name=one.name, role=one.role.value, team_id=teams.get(one.team)),
        )
        for one in STAFF
    ]


def _named(session: WriteSession, model: Any, name: str, otherwise: Any) -> int:
    found = session.scalar(select(model.id).where(model.name == name).limit(1))
    if found is None:
        session.add(otherwise)
        session.flush()
        found = otherwise.id
    return int(found)


def _words(session: WriteSession, staff_ids: list[int]) -> Words:
    sources = {
        "referral": tr("Referral"),
        "website": tr("Website"),
        "fair": tr("Trade fair"),
        "call": tr("Phone call"),
        "store": tr("Walk-in"),
        "video": tr("Short video"),
        "partner": tr("Partner"),
    }
    tags = {
        "monthly": tr("Monthly billing"),
        "key": tr("Key account"),
        "price": tr("Price-conscious"),
        "quick": tr("Pays quickly"),
        "samples": tr("Samples first"),
        "newsletter": tr("Newsletter"),
        "project": tr("Project business"),
        "export": tr("Exports"),
    }
    tag_ids = {key: tag_id(session, name) for key, name in tags.items()}
    led_in = {
        row.id: row.team_id
        for row in session.execute(
            select(Staff.id, Staff.team_id).where(Staff.role == Role.SALESPERSON.value)
        )
    }
    return Words(sources, tags, tag_ids, staff_ids, [led_in.get(one) for one in staff_ids])


def _views(session: WriteSession) -> None:
    """Everybody's views, as long as there is none of that name."""
    last = session.scalar(select(func.max(SavedView.position))) or 0
    wanted = (
        (tr("Grade A"), "grade = A", "name"),
        (tr("To win back"), "stage = winning_back", "last_contact"),
        (
            tr("No contact for 30 days"),
            "last_contact < -30d and stage in (keeping, growing)",
            "last_contact",
        ),
    )
    for position, (name, text, sort) in enumerate(wanted, last + 1):
        view = SavedView(area="customers", name=name, filter=text, sort=sort, position=position)
        _named(session, SavedView, name, view)


def _next_number(session: ActorSession) -> int:
    """The first number after all codes of this form, deleted customers' included."""
    longest = session.scalars(
        select(Customer.code)
        .where(Customer.code.startswith("C-"), func.length(Customer.code).between(8, 11))
        .order_by(func.length(Customer.code).desc(), Customer.code.desc())
        .limit(1_000)
        .execution_options(**{EVERYTHING: True})
    )
    found = (_CODE.fullmatch(code or "") for code in longest)
    return max((int(one[1]) for one in found if one), default=0) + 1


# --- blocks ------------------------------------------------------------------


def _store_all(session: WriteSession, plan: Plan, words: Words, progress: Progress | None) -> None:
    many = plan.customers > SHARED_OUT
    models = [one.model for one in TABLES]
    made = _by_processes if many else _one_by_one
    indexes = bulk.without_indexes(session, models) if many else nullcontext()
    done = 0
    with indexes, search_index.by_hand(session):
        for one in made(plan, words, session.backend):
            _store(session, one)
            done += len(one.entries)
            if progress is not None:
                progress(done, plan.customers)


def _one_by_one(plan: Plan, words: Words, backend: str) -> Iterator[SampleBlock]:
    for index in plan.blocks():
        yield make(plan, words, backend, index)


def _by_processes(plan: Plan, words: Words, backend: str) -> Iterator[SampleBlock]:
    """The blocks in their order, worked out ahead; a few at a time, so memory stays bounded."""
    workers = max(1, min((cpu_count() or 2), 8))
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        waiting: deque[Future[SampleBlock]] = deque()
        for index in plan.blocks():
            waiting.append(pool.submit(make, plan, words, backend, index))
            if len(waiting) > workers + 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _store(session: WriteSession, made: SampleBlock) -> None:
    """Give the rows their ids, and store them with their search entries."""
    firsts: dict[Any, int] = {}
    for table, rows in zip(TABLES, made.rows, strict=True):
        firsts[table.model] = bulk.reserve_ids(session, table.model, len(rows))
        for column, target in table.references.items():
            _shift(rows, column, firsts[target])
        bulk.insert_rows(session, table.model, rows, reserved=firsts[table.model])
    first = firsts[Customer]
    search_index.store(session, dict(enumerate(made.entries, first)))


def _shift(rows: Iterable[Row], column: str, first: int) -> None:
    """From places in the block to ids."""
    for row in rows:
        if row[column] is not None:
            row[column] += first


# --- what came with samples, and who uses it -----------------------------------


def _made_with_samples(session: ActorSession, model: Any) -> set[int]:
    """Rows of `model` that were added together with sample customers."""
    sampled = (
        select(Change.change_set_id)
        .join(Customer, Customer.id == Change.row_id)
        .where(
            Change.table_name == Customer.__tablename__,
            Change.action == "insert",
            Customer.sample.is_(True),
        )
        .execution_options(**{EVERYTHING: True})
    )
    sets = _column(session, sampled)
    added = select(Change.row_id).where(
        Change.change_set_id.in_(sets),
        Change.table_name == model.__tablename__,
        Change.action == "insert",
    )
    return _column(session, select(model.id).where(model.id.in_(added)))


def _column(session: ActorSession, query: Any) -> set[int]:
    return {one for one in session.scalars(query) if one is not None}


def _changed(session: ActorSession, model: Any) -> set[int]:
    changed = select(Change.row_id).where(
        Change.table_name == model.__tablename__, Change.action == "update"
    )
    return _column(session, changed)


def _renamed(session: ActorSession, model: Any) -> set[int]:
    """Who was given another name is nobody invented any more."""
    changes = select(Change.row_id, Change.after).where(
        Change.table_name == model.__tablename__, Change.action == "update"
    )
    return {row_id for row_id, after in session.execute(changes) if "name" in (after or {})}


def _tags_in_use(session: ActorSession) -> set[int]:
    return _column(session, select(CustomerTag.tag_id).distinct())


def _staff_in_use(session: ActorSession, actor: Actor) -> set[int]:
    """Who looks after customers, shares them, has views or work to do, or did something here."""
    return (
        {actor.id or 0}
        | _column(session, select(Customer.owner_id).distinct())
        | _column(session, select(CustomerShare.staff_id).distinct())
        | _column(session, select(SavedView.staff_id).distinct())
        | _column(session, select(ChangeSet.actor_id).distinct())
        | _column(session, select(Reminder.whose_id).distinct())
        | _column(session, select(ReminderRule.staff_id).distinct())
    )


def _delete(session: WriteSession, model: Any, ids: Iterable[int]) -> None:
    chosen = sorted(ids)
    if chosen:
        for one in session.scalars(select(model).where(model.id.in_(id_set(session, chosen)))):
            journal.delete(session, one)
        session.flush()
