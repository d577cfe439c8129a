"""The search index: the tokens of `domain.search_text`, kept in step with every write.

A customer has one entry for names, people and contact points, and entries for notes, in chunks.
On SQLite these are two FTS5 tables, on PostgreSQL the same tokens as tsvectors. `search_state`
holds a digest of each customer's tokens, by which `check` tells whether the index is right; it is
a sum in which every note counts for itself, so that a note can be added to a long story without
reading the story again.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, column, delete, select, table, update

from app.db.ids import id_set
from app.db.scope import ActorSession, WriteSession
from app.domain.search_text import SearchClass, SearchText, chunks, head_tokens, stream
from app.models import Customer, CustomerTag, Tag, joined_models
from app.models.base import Base

STATE: Final = table(
    "search_state", column("customer_id", BigInteger), column("digest", BigInteger)
)
NOTE_ENTRY: Final = table(
    "search_note_entry", column("id", BigInteger), column("customer_id", BigInteger)
)
BATCH: Final = 500
MOST_NOTED: Final = 20_000
"""Customers whose new notes are kept until the end of a write; of more, entries are made anew."""
NO_DIGEST: Final = -1
COLUMNS: Final = {
    "name": SearchClass.NAME,
    "person": SearchClass.PERSON,
    "point": SearchClass.POINT,
}
TSVECTOR_POSITIONS: Final = 16_000


@dataclass(frozen=True, slots=True)
class Found:
    """A searched text of a customer and the field it stands in."""

    field: str
    text: SearchText


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index stores for a customer: tokens in order, those of every note apart."""

    head: list[str]
    columns: dict[str, list[str]]
    notes: list[list[str]]

    def digest(self) -> int:
        return _digest(self.head, *self.columns.values()) + _noted(self.notes)

    def stored(self, backend: str) -> "Stored":
        """As the tables of this backend take it."""
        if backend == "sqlite":
            columns = [self.head, *self.columns.values()]
            return Stored(
                self.digest(),
                tuple(" ".join(found) for found in columns),
                _stored_notes(self.notes, backend),
            )
        return Stored(
            self.digest(),
            (tsvector([("A", self.head)]), _body(self)),
            _stored_notes(self.notes, backend),
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the index takes it: head and columns, and a text for every chunk of notes."""

    digest: int
    columns: tuple[str, ...]
    notes: tuple[str, ...]


def _stored_notes(notes: Sequence[Sequence[str]], backend: str) -> tuple[str, ...]:
    found = stream(notes)
    made = chunks(found) if found else []
    return tuple(" ".join(one) if backend == "sqlite" else tsvector([("D", one)]) for one in made)


def _digest(*parts: Sequence[str]) -> int:
    return zlib.crc32("\n".join(" ".join(part) for part in parts).encode())


def _noted(notes: Iterable[Sequence[str]]) -> int:
    return sum(map(_digest, notes))


# --- what was touched --------------------------------------------------------


def touch(session: WriteSession, model: Any, one: Any, columns: set[str] | None) -> None:
    """A record was added (`columns` None) or changed in these columns."""
    if columns is None and only_notes(model):
        row = {field: getattr(one, field) for field in model.__joining__.searched}
        session.noted[one.customer_id] += joined_texts(model, row)
    elif columns is None or columns & _watched(model):
        touch_rows(session, model, [one.id], columns or _watched(model))


def touch_range(session: WriteSession, model: Any, first: int, last: int) -> None:
    """A block of rows was added."""
    if session.indexed_by_hand:
        return
    if model is Customer:
        session.reindex_ranges.append((first, last))
    elif only_notes(model) and not session.reindex_ranges and len(session.noted) < MOST_NOTED:
        _note_range(session, model, first, last)
    elif _watched(model):
        touch_rows(session, model, range(first, last + 1), _watched(model))


def _note_range(session: WriteSession, model: Any, first: int, last: int) -> None:
    """Customers only gain what these rows say, as notes."""
    rows = model.__table__
    columns = [rows.c[field] for field in model.__joining__.searched]
    block = select(rows.c.customer_id, *columns).where(
        rows.c.id.between(first, last), rows.c.customer_id.is_not(None)
    )
    for row in session.connection().execute(block).mappings():
        session.noted[row["customer_id"]] += joined_texts(model, row)


def touch_rows(session: WriteSession, model: Any, ids: Iterable[int], columns: set[str]) -> None:
    """These rows were changed in these columns."""
    if not columns & _watched(model):
        return
    if model is Customer:
        session.reindex_customers(int(one) for one in ids)
        return
    rows = model.__table__ if model is not Tag else CustomerTag.__table__
    key = rows.c.tag_id if model is Tag else rows.c.id
    session.reindex_customers(
        session.connection().scalars(
            select(rows.c.customer_id).where(key.in_(id_set(session, ids)))
        )
    )


def leaving(session: WriteSession, model: Any, ids: Iterable[int], columns: set[str]) -> None:
    """These rows are about to be changed; where they hang on others after it, these lose them."""
    if "customer_id" in columns:
        touch_rows(session, model, ids, {"customer_id"})


def _watched(model: Any) -> set[str]:
    """Columns whose change changes what is searched."""
    if model is Customer:
        return set(Customer.__searched__)
    if model is Tag:
        return {"name"}
    if model is CustomerTag:
        return {"tag_id", "customer_id", "deleted_in"}
    joining = getattr(model, "__joining__", None)
    if joining is None or not joining.searched:
        return set()
    return {*joining.searched, "customer_id", "deleted_in"}


def only_notes(model: Any) -> bool:
    """Whether what is searched of a row that hangs on a customer is like a note."""
    joining = getattr(model, "__joining__", None)
    return joining is not None and set(joining.searched.values()) == {SearchClass.NOTE}


@contextmanager
def by_hand(session: WriteSession) -> Iterator[None]:
    """What is inserted in bulk here is indexed by the caller, through `store`."""
    session.indexed_by_hand = True
    try:
        yield
    finally:
        session.indexed_by_hand = False


# --- from rows to tokens -----------------------------------------------------


def gather(
    session: ActorSession, ids: Sequence[int], models: Iterable[Any] | None = None
) -> dict[int, list[Found]]:
    """The searched texts of these customers, whoever asks: deleted ones keep theirs.

    `models` are those of the tables that hang on them, if not all.
    """
    connection = session.connection()
    customer = Customer.__table__
    chosen = id_set(session, ids)
    found: dict[int, list[Found]] = {}
    for row in connection.execute(select(customer).where(customer.c.id.in_(chosen))).mappings():
        found[row["id"]] = list(customer_texts(row))
    for model in joined_models().values() if models is None else models:
        for customer_id, one in _joined(session, model, ids):
            found[customer_id].append(one)
    tags = connection.execute(
        select(CustomerTag.__table__.c.customer_id, Tag.__table__.c.name)
        .join(Tag.__table__, Tag.__table__.c.id == CustomerTag.__table__.c.tag_id)
        .where(
            CustomerTag.__table__.c.customer_id.in_(chosen),
            CustomerTag.__table__.c.deleted_in.is_(None),
        )
        .order_by(CustomerTag.__table__.c.customer_id, Tag.__table__.c.name)
    )
    for customer_id, name in tags:
        found[customer_id].append(tag_text(name))
    return found


def customer_texts(row: Any) -> Iterator[Found]:
    """The searched texts of a customer's own row."""
    for field, search_class in Customer.__searched__.items():
        if row[field]:
            lines = row[field].splitlines() if field == "other_names" else (row[field],)
            for line in lines:
                yield Found(field, SearchText(search_class, line))


def joined_texts(model: Any, row: Any) -> Iterator[Found]:
    """The searched texts of a row that hangs on a customer."""
    for field, search_class in model.__joining__.searched.items():
        if not row[field]:
            continue
        if search_class is SearchClass.POINT:
            yield Found(row["kind"], SearchText.point(row["kind"], row[field], row["normalised"]))
        else:
            name = f"{model.__tablename__}.{field}"
            yield Found(name, SearchText(search_class, row[field]))


def tag_text(name: str) -> Found:
    """A tag, which is searched like a note."""
    return Found("tag", SearchText.note(name))


def _joined(
    session: ActorSession, model: type[Base], ids: Sequence[int]
) -> Iterator[tuple[int, Found]]:
    joining = model.__joining__  # type: ignore[attr-defined]  # joined models have it
    if not joining.searched:
        return
    rows: Any = model.__table__
    key = rows.c.customer_id
    selected = (
        select(rows)
        .where(key.in_(id_set(session, ids)), rows.c.deleted_in.is_(None))
        .order_by(key, rows.c.id)
    )
    for row in session.connection().execute(selected).mappings():
        for one in joined_texts(model, row):
            yield row["customer_id"], one


def entry(texts: Iterable[Found]) -> Entry:
    """What the index stores for these texts."""
    by_class: dict[SearchClass, list[list[str]]] = defaultdict(list)
    head: dict[str, None] = {}
    for one in texts:
        by_class[one.text.search_class].append(one.text.tokens())
        if one.text.search_class is SearchClass.NAME:
            head.update(dict.fromkeys(head_tokens(one.text.text)))
    return Entry(
        list(head),
        {name: stream(by_class[search_class]) for name, search_class in COLUMNS.items()},
        by_class[SearchClass.NOTE],
    )


# --- writing the index -------------------------------------------------------


def refresh(session: WriteSession) -> None:
    """Work out again what this write touched."""
    for first, last in session.reindex_ranges:
        for start in range(first, last + 1, BATCH):
            write(session, range(start, min(start + BATCH, last + 1)), fresh=True)
    covered = session.reindex_ranges
    ids = sorted(
        one for one in session.reindex if not any(first <= one <= last for first, last in covered)
    )
    for start in range(0, len(ids), BATCH):
        write(session, ids[start : start + BATCH], fresh=False)
    written = session.reindex
    _add_notes(
        session,
        {
            one: [each.text.tokens() for each in texts]
            for one, texts in session.noted.items()
            if one not in written and not any(first <= one <= last for first, last in covered)
        },
    )
    session.reindex.clear()
    session.reindex_ranges.clear()
    session.noted.clear()


def _add_notes(session: WriteSession, notes: Mapping[int, Sequence[Sequence[str]]]) -> None:
    """Add notes to customers' entries; the others stay as they are."""
    if not notes:
        return
    stored = ((one, _stored_notes(found, session.backend)) for one, found in notes.items())
    _store_notes(session, [(one, text) for one, texts in stored for text in texts])
    longer = (
        update(STATE)
        .where(STATE.c.customer_id == bindparam("one"))
        .values(digest=STATE.c.digest + bindparam("more"))
    )
    session.connection().execute(
        longer, [{"one": one, "more": _noted(found)} for one, found in notes.items()]
    )


def renew_digests(session: ActorSession) -> None:
    """Work out the digests that a change of their form has emptied."""
    connection = session.connection()
    emptied = select(STATE.c.customer_id).where(STATE.c.digest == NO_DIGEST)
    ids = connection.scalars(emptied.order_by(STATE.c.customer_id)).all()
    changed = (
        update(STATE)
        .where(STATE.c.customer_id == bindparam("one"))
        .values(digest=bindparam("worked_out"))
    )
    for start in range(0, len(ids), BATCH):
        texts = gather(session, ids[start : start + BATCH])
        values = [{"one": one, "worked_out": entry(found).digest()} for one, found in texts.items()]
        connection.execute(changed, values)


def write(session: ActorSession, ids: Sequence[int], *, fresh: bool) -> None:
    """Write the entries of these customers; `fresh` ones have none yet."""
    if not fresh:
        remove(session, ids)
    made = gather(session, ids)
    if made:
        store(session, {one: entry(texts).stored(session.backend) for one, texts in made.items()})


def store(session: ActorSession, entries: Mapping[int, Stored]) -> None:
    """Add the entries of customers that have none."""
    connection = session.connection()
    states = [(one, made.digest) for one, made in entries.items()]
    rows = [(one, *made.columns) for one, made in entries.items()]
    notes = [(one, note) for one, made in entries.items() for note in made.notes]
    if session.backend == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_state VALUES (?, ?)", states)
        connection.exec_driver_sql(
            "INSERT INTO search_customer(rowid, head, name, person, point) VALUES (?, ?, ?, ?, ?)",
            rows,
        )
        _store_notes(session, notes)
        return
    connection.exec_driver_sql("INSERT INTO search_state VALUES (%s, %s)", states)
    connection.exec_driver_sql(
        "INSERT INTO search_customer(customer_id, head, body)"
        " VALUES (%s, CAST(%s AS tsvector), CAST(%s AS tsvector))",
        rows,
    )
    _store_notes(session, notes)


def _store_notes(session: ActorSession, notes: list[tuple[int, str]]) -> None:
    if not notes:
        return
    connection = session.connection()
    if session.backend == "postgresql":
        connection.exec_driver_sql(
            "INSERT INTO search_note_entry(customer_id, body) VALUES (%s, CAST(%s AS tsvector))",
            notes,
        )
        return
    first = connection.exec_driver_sql(
        "SELECT coalesce(max(id), 0) + 1 FROM search_note_entry"
    ).scalar_one()
    connection.exec_driver_sql(
        "INSERT INTO search_note_entry(id, customer_id) VALUES (?, ?)",
        [(first + n, one) for n, (one, _) in enumerate(notes)],
    )
    connection.exec_driver_sql(
        "INSERT INTO search_note(rowid, body) VALUES (?, ?)",
        [(first + n, note) for n, (_, note) in enumerate(notes)],
    )


def remove(session: ActorSession, ids: Sequence[int]) -> None:
    """Take the entries of these customers out of the index."""
    connection = session.connection()
    chosen = NOTE_ENTRY.c.customer_id.in_(id_set(session, ids))
    if session.backend == "sqlite":
        notes = table("search_note", column("rowid"))
        gone = select(NOTE_ENTRY.c.id).where(chosen)
        connection.execute(delete(notes).where(notes.c.rowid.in_(gone)))
    connection.execute(delete(NOTE_ENTRY).where(chosen))
    remove_heads(session, ids)


def remove_heads(session: ActorSession, ids: Sequence[int]) -> None:
    """As `remove`, but leave the entries of their notes."""
    connection = session.connection()
    key = "rowid" if session.backend == "sqlite" else "customer_id"
    entries = table("search_customer", column(key))
    chosen = id_set(session, ids)
    connection.execute(delete(entries).where(entries.c[key].in_(chosen)))
    connection.execute(delete(STATE).where(STATE.c.customer_id.in_(chosen)))


def _body(made: Entry) -> str:
    weights = dict(zip(COLUMNS, "ABC", strict=True))
    return tsvector([(weights[name], found) for name, found in made.columns.items()])


def tsvector(parts: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Text of a tsvector: weight and tokens in order; a gap between parts stops phrases."""
    positions: dict[str, list[str]] = defaultdict(list)
    place = 0
    for weight, found in parts:
        for token in found:
            place += 1
            # beyond the last position PostgreSQL keeps, and per token, it would drop them itself
            if place < TSVECTOR_POSITIONS and len(positions[token]) < 255:
                positions[token].append(f"{place}{weight}")
        place += 2
    return " ".join(
        f"'{token}':{','.join(places)}" for token, places in positions.items() if places
    )
