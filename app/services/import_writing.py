"""Writes a plan: one change set, all of it or nothing."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import func, select

from app.db import bulk, search_index
from app.db.bulk_values import update_each
from app.db.database import Database
from app.db.engine import roomy
from app.db.ids import id_set
from app.db.scope import ActorSession, WriteSession
from app.domain.vocabulary import SYSTEM, Kind, Role
from app.errors import Conflict
from app.models import (
    ChangeSet,
    Contact,
    ContactPoint,
    Customer,
    CustomerTag,
    ImportMapping,
    Staff,
    Tag,
)
from app.services.import_changes import TO_BE_MADE
from app.services.import_drafts import Draft, Progress, folded, owner_key
from app.services.import_plan import Entry, ImportPlan, Verdict, mapping_key
from app.services.import_records import Placed, Records, contact_row, make
from app.services.import_talk_writing import MOVED, Places, TalkWriter
from app.services.import_workers import Helpers

SHARED_OUT: Final = 4_000
"""More new customers than this are worked out by other processes while this one writes.

Half as many will do for processes that run already.
"""

Block = tuple[Records, list[Entry]]
"""The rows of new customers, and the entries from which they come with all others."""


class PlanWriter:
    """Writes one plan inside a write that is under way."""

    def __init__(
        self, session: WriteSession, db: Database, plan: ImportPlan, helpers: Helpers
    ) -> None:
        self._session = session
        self._helpers = helpers
        self._db = db
        self._plan = plan
        self._tags: dict[str, int] = {}
        self._companies: dict[str, int] = {}
        self._owners: dict[str, int] = {}
        self._first = 0

    def write(self, progress: Progress) -> None:
        """Everything of the plan, then the mapping that was used.

        Raises:
            Conflict: somebody changed meanwhile what the plan rests on.
        """
        self._check_still_true()
        self._tags = _tag_ids(self._session)
        self._owners = self._add_staff()
        companies, created = len(self._plan.companies), self._plan.counts.customers
        first = bulk.reserve_ids(self._session, Customer, companies + created)
        self._first = first + companies
        self._companies = {
            folded(name): one for one, name in enumerate(self._plan.companies, first)
        }
        talks = TalkWriter(self._session, self._owners, self._id)
        done, total = 0, self._plan.counts.rows
        with search_index.by_hand(self._session), roomy(self._session.connection()):
            if companies:
                self._store(first, self._made_companies())
            at = self._first
            many = created > (SHARED_OUT // 2 if self._helpers.running else SHARED_OUT)
            for made, block in self._by_processes() if many else self._one_by_one():
                self._store(at, made)
                at += len(made.customers)
                self._update([one for one in block if one.verdict is Verdict.UPDATE])
                talks.write(block)  # at contacts that are there by now
                done += len(block)
                progress(min(done, total), total)
        talks.renew_last_contacts()
        self._remember()

    # --- blocks, in their order

    def _one_by_one(self) -> Iterator[Block]:
        for block in self._plan.spool.blocks():
            yield make(self._fresh(block), self._session.at, self._session.backend), block

    def _by_processes(self) -> Iterator[Block]:
        at, backend = self._session.at, self._session.backend
        return self._helpers.in_order(
            make,
            ((block, (self._fresh(block), at, backend)) for block in self._plan.spool.blocks()),
        )

    def _fresh(self, block: Sequence[Entry]) -> list[Placed]:
        return [self._placed(one) for one in block if one.makes]

    # --- owners who are not staff yet

    def _add_staff(self) -> dict[str, int]:
        names = self._plan.staff
        rows = [
            {"name": name, "role": Role.SALESPERSON.value, "team_id": None, "active": True}
            for name in names
        ]
        first, _ = bulk.insert_rows(self._session, Staff, rows)
        return {owner_key(name): one for one, name in enumerate(names, first)}

    # --- new customers

    def _made_companies(self) -> Records:
        owner = self._session.actor.id
        placed = [
            Placed(Draft(name, Kind.COMPANY.value), owner, None, None)
            for name in self._plan.companies
        ]
        return make(placed, self._session.at, self._session.backend)

    def _placed(self, entry: Entry) -> Placed:
        draft = entry.draft
        assert draft is not None
        last = self._plan.last_days.get(-entry.home - 1)
        if last is not None and (draft.last_contact is None or draft.last_contact < last):
            draft = draft._replace(last_contact=last)
        owner_id, parent_id, referrer_id = entry.links
        if owner_id == TO_BE_MADE:
            owner_id = self._owners[owner_key(draft.owner)]
        if owner_id is None:
            owner_id = self._session.actor.id
        if parent_id == TO_BE_MADE:
            parent_id = self._named(draft.parent)
        if referrer_id == TO_BE_MADE:
            referrer_id = self._named(draft.referred_by)
            if referrer_id is None:
                draft = draft._replace(lines=(*draft.lines, self._referrer_line(draft)))
        return Placed(draft, owner_id, parent_id, referrer_id)

    def _referrer_line(self, draft: Draft) -> str:
        columns = self._plan.mapping.columns
        column = next(at for at, field in columns.items() if field == "referred_by")
        return f"{self._plan.mapping.header[column]}: {draft.referred_by}"

    def _id(self, home: int) -> int:
        """Id of the customer that an entry is or belongs to."""
        return home if home > 0 else self._first - home - 1

    def _named(self, name: str) -> int | None:
        """Id of a customer that this file makes."""
        place = self._plan.names.get(hash(folded(name)))
        return self._companies.get(folded(name)) if place is None else self._first + place

    def _store(self, first: int, made: Records) -> None:
        if not made.customers:
            return
        session = self._session
        bulk.insert_rows(session, Customer, made.customers, reserved=first)
        contact = bulk.reserve_ids(session, Contact, len(made.contacts)) if made.contacts else 0
        for row in (*made.contacts, *made.points):
            row["customer_id"] += first
        for row in made.points:
            if row["contact_id"] is not None:
                row["contact_id"] += contact
        bulk.insert_rows(session, Contact, made.contacts, reserved=contact)
        bulk.insert_rows(session, ContactPoint, made.points)
        self._add_tags([(first + place, tag) for place, tag in made.tags])
        search_index.store(session, dict(enumerate(made.entries, first)))

    def _add_tags(self, links: Sequence[tuple[int, str]]) -> None:
        missing = {folded(tag): tag for _, tag in links if folded(tag) not in self._tags}
        first, _ = bulk.insert_rows(self._session, Tag, [{"name": tag} for tag in missing.values()])
        self._tags |= {name: one for one, name in enumerate(missing, first)}
        rows = [{"customer_id": one, "tag_id": self._tags[folded(tag)]} for one, tag in links]
        bulk.insert_rows(self._session, CustomerTag, rows)

    # --- customers that are there already

    def _update(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        session = self._session
        values: dict[int, dict[str, Any]] = {}
        people: dict[int, dict[str, Any]] = {}
        for entry in entries:
            columns = dict(entry.changes.columns)
            assert entry.draft is not None
            if columns.get("owner_id") == TO_BE_MADE:
                columns["owner_id"] = self._owners[owner_key(entry.draft.owner)]
            if columns.get("parent_id") == TO_BE_MADE:
                columns["parent_id"] = self._named(entry.draft.parent)
            if columns:
                values[self._id(entry.home)] = columns
            if entry.changes.title is not None:
                contact, title = entry.changes.title
                people[contact] = {"title": title}
            if entry.changes.born is not None:
                contact, birthday = entry.changes.born
                people.setdefault(contact, {})["birthday"] = birthday
        update_each(session, Customer, values)
        update_each(session, Contact, people)
        self._add_parts(entries)
        session.reindex_customers(self._id(entry.home) for entry in entries)
        search_index.refresh(session)

    def _add_parts(self, entries: Sequence[Entry]) -> None:
        """New contacts, contact points and tags, after those that are there."""
        session = self._session
        ids = [self._id(entry.home) for entry in entries]
        contact_places = Places(session, Contact, ids)
        point_places = Places(session, ContactPoint, ids)
        brought = sum(entry.changes.contact is not None for entry in entries)
        contact_id = bulk.reserve_ids(session, Contact, brought) if brought else 0
        contacts: list[dict[str, Any]] = []
        points: list[dict[str, Any]] = []
        tags: list[tuple[int, str]] = []
        for one, entry in zip(ids, entries, strict=True):
            found = entry.changes
            owner = None
            if found.contact is not None:
                owner = contact_id + len(contacts)
                born = "" if entry.draft is None else entry.draft.contact_birthday
                place = contact_places.next(one)
                contacts.append(contact_row(one, *found.contact, place, born))
            points += [
                {
                    "customer_id": one,
                    "contact_id": None if point.kind == "website" else owner,
                    "position": point_places.next(one),
                    "kind": point.kind,
                    "raw": point.raw,
                }
                for point in found.points
            ]
            tags += [(one, tag) for tag in found.tags]
        if contacts:
            bulk.insert_rows(session, Contact, contacts, reserved=contact_id)
        bulk.insert_rows(session, ContactPoint, points)
        self._add_tags(tags)

    # --- what the plan rests on, and what is remembered

    def _check_still_true(self) -> None:
        """Under the write lock: has anything been written since the file was checked?"""
        with self._db.read(SYSTEM) as everybody:
            if everybody.scalar(select(func.max(ChangeSet.id))) == self._plan.as_of:
                return
            added = select(Staff.id).where(Staff.name.in_(self._plan.staff)).limit(1)
            if everybody.scalar(added) is not None:
                raise Conflict(MOVED)
            for block in self._plan.spool.blocks():
                self._check_block(everybody, block)

    def _check_block(self, everybody: ActorSession, block: Sequence[Entry]) -> None:
        fresh = [one.draft for one in block if one.makes and one.draft is not None]
        for column, values in (
            (Customer.code, {one.code for one in fresh} - {""}),
            (Customer.tax_id, {one.tax_id for one in fresh} - {""}),
        ):
            query = select(Customer.id).where(column.in_(values)).limit(1)
            if values and everybody.scalar(query) is not None:
                raise Conflict(MOVED)
        written = [one for one in block if _is_written(one)]
        staff = {number for one in written for number in (one.author_id, one.links.owner_id)}
        for model, ids in (
            (Customer, {one.home for one in written if one.home > 0}),
            (Staff, {number for number in staff if number is not None and number > 0}),
        ):
            chosen = id_set(self._session, ids)
            query = select(func.count(model.id)).where(model.id.in_(chosen))
            if ids and self._session.scalar(query) != len(ids):
                raise Conflict(MOVED)

    def _remember(self) -> None:
        """Keep the mapping for the next file with this header."""
        session, mapping = self._session, self._plan.mapping
        if session.change_set_id is None:
            return
        key = mapping_key(mapping.header, self._plan.options.into)
        kept = session.scalar(select(ImportMapping).where(ImportMapping.fingerprint == key))
        if kept is None:
            session.add(ImportMapping(fingerprint=key, mapping=mapping.to_json()))
        elif kept.mapping != mapping.to_json():
            kept.mapping = mapping.to_json()
        session.flush()


def _is_written(entry: Entry) -> bool:
    return entry.verdict in (Verdict.NEW, Verdict.UPDATE)


def _tag_ids(session: ActorSession) -> dict[str, int]:
    return {folded(name): one for one, name in session.execute(select(Tag.id, Tag.name))}
