"""Set-based updates where every row gets values of its own, with their changes."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from sqlalchemy import Table, bindparam, select, update

from app.db import derived, following, journal, search_index
from app.db.guard import journalled
from app.db.ids import id_set
from app.db.scope import WriteSession
from app.models.base import Base

_AT_ONCE: Final = 500


def update_each(
    session: WriteSession, model: type[Base], values: Mapping[int, Mapping[str, Any]]
) -> int:
    """Set columns of rows, each to its own values (id → column → value); how many rows changed.

    Images are taken from the rows as they are now. Values that a row holds already are left alone
    and leave no change, and so are rows that are in the recycle bin.
    """
    rest = iter(values.items())
    count = 0
    while some := dict(islice(rest, _AT_ONCE)):
        count += _update_some(session, model, some)
    return count


def _update_some(
    session: WriteSession, model: type[Base], values: Mapping[int, Mapping[str, Any]]
) -> int:
    rows = model.__table__
    assert isinstance(rows, Table)
    names = sorted({name for one in values.values() for name in one})
    held = session.connection().execute(
        select(rows.c.id, *(rows.c[name] for name in names)).where(
            rows.c.id.in_(id_set(session, values)), rows.c.deleted_in.is_(None)
        )
    )
    before = {int(row["id"]): dict(row) for row in held.mappings()}
    differing = {
        one: {name: new for name, new in wanted.items() if before[one][name] != new}
        for one, wanted in values.items()
        if one in before
    }
    return _write(session, model, rows, before, {k: v for k, v in differing.items() if v})


def _write(
    session: WriteSession,
    model: type[Base],
    rows: Table,
    before: Mapping[int, Mapping[str, Any]],
    after: Mapping[int, Mapping[str, Any]],
) -> int:
    encode = {name: journal.encoder(session, rows, name) for one in after.values() for name in one}
    search_index.leaving(session, model, after, set(encode))
    journal.record(
        session,
        [
            {
                "table_name": rows.name,
                "action": "update",
                "row_id": one,
                "last_id": one,
                "before": {name: encode[name](before[one][name]) for name in wanted},
                "after": {name: encode[name](new) for name, new in wanted.items()},
            }
            for one, wanted in after.items()
        ],
    )
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for one, wanted in after.items():
        parameters = {f"new_{name}": new for name, new in wanted.items()}
        alike[tuple(wanted)].append({"row_id": one, **parameters})
    connection = session.connection()
    with journalled(connection):
        for names, parameters_of in alike.items():
            changed = (
                update(rows)
                .where(rows.c.id == bindparam("row_id"))
                .values({name: bindparam(f"new_{name}") for name in names})
            )
            connection.execute(changed, parameters_of)
    search_index.touch_rows(session, model, after, set(encode))
    derived.refresh(session, model, list(after), set(encode))
    following.touch_rows(session, model, after, set(encode))
    return len(after)
