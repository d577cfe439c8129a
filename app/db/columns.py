"""Selects whose answer is wanted column by column: on SQLite fetched as one text.

The driver takes the interpreter's lock again for every row it hands over: other threads wait, and
for many rows that costs more than SQLite itself. One text for a block of rows is worked out while
other threads run.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Dialect, Select, String, func, select

from app.db.scope import ActorSession


def fetch_columns(session: ActorSession, query: Select[*tuple[Any, ...]]) -> list[Sequence[Any]]:
    """The values of each column of `query`, rows in its order; to be asked for some thousand rows.

    Columns of JSON and of bytes cannot be fetched in this way.
    """
    if session.backend != "sqlite":
        rows = session.execute(query).all()
        return list(zip(*rows, strict=True)) or [()] * len(query.selected_columns)
    inner = query.subquery()
    lists = [func.json_group_array(column) for column in inner.c]
    text = session.scalar(select(func.json_array(*lists, type_=String)))
    found = json.loads(text or "[]")
    dialect = session.get_bind().dialect
    return [
        _converted(values, _processor(column, dialect))
        for column, values in zip(inner.c, found, strict=True)
    ]


def _processor(column: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    found: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).result_processor(
        dialect, None
    )
    return found


def _converted(values: list[Any], convert: Callable[[Any], Any] | None) -> Sequence[Any]:
    return values if convert is None else [convert(value) for value in values]
