"""Tags of customers: one tag, however it is spelt.

Two spellings are one tag when they differ in case, width, spaces or simplified and traditional
characters only; it keeps the spelling with which it was made.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.db import bulk, journal
from app.db.scope import ActorSession, WriteSession
from app.domain.script import fold
from app.models import CustomerTag, Tag


def known_tag(session: ActorSession, name: str) -> int | None:
    """Id of the tag of this name, None where there is none."""
    return _known(session, [name]).get(_key(name))


def tag_id(session: WriteSession, name: str) -> int:
    """Id of the tag of this name, made where there is none."""
    return tag_ids(session, [name])[0]


def tag_ids(session: WriteSession, names: Iterable[str]) -> list[int]:
    """Ids of the tags of these names, each once; made where there are none."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(_key(name), name)
    known = _known(session, list(wanted.values()))
    for key, name in wanted.items():
        if key not in known:
            made = Tag(name=name)
            session.add(made)
            session.flush()
            known[key] = made.id
    return [known[key] for key in wanted]


def set_tags(session: WriteSession, customer_id: int, wanted: Sequence[str]) -> None:
    """Give the customer these tags and no others; new ones are made."""
    query = select(CustomerTag).where(CustomerTag.customer_id == customer_id)
    held = {link.tag_id: link for link in session.scalars(query)}
    ids = tag_ids(session, wanted)
    for one, link in held.items():
        if one not in ids:
            journal.delete(session, link)
    session.flush()
    rows = [{"customer_id": customer_id, "tag_id": one} for one in ids if one not in held]
    bulk.insert_rows(session, CustomerTag, rows)


def _known(session: ActorSession, names: Sequence[str]) -> dict[str, int]:
    """Ids by key of the tags that may be these."""
    exact = session.execute(select(Tag.name, Tag.id).where(Tag.name.in_(names))).all()
    found = {_key(name): one for name, one in exact}
    if any(_key(name) not in found for name in names):
        every = session.execute(select(Tag.name, Tag.id).order_by(Tag.id.desc()))
        # of several spellings from before the oldest, but the exact one where it is there
        found = {_key(name): one for name, one in every} | found
    return found


def _key(name: str) -> str:
    return " ".join(fold(name).split()) or name
