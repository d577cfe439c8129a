"""Columns worked out from others of the same row: filled on the way in, again after an undo."""

from typing import Any

from sqlalchemy import bindparam, inspect, select, update

from app.db.guard import journalled
from app.db.scope import WriteSession
from app.models.base import Base, Journalled


def fill(one: Any) -> None:
    """Work out the derived columns of a new or changed record."""
    state = inspect(one)
    for column, rule in one.__derived__.items():
        if not state.persistent or any(
            state.attrs[source].history.has_changes() for source in rule.sources
        ):
            # a default is filled in later, when the row is written
            row = {
                source: value
                for source in rule.sources
                if (value := getattr(one, source)) is not None
            }
            setattr(
                one, column, rule.compute(*(_given(type(one), row, name) for name in rule.sources))
            )


def fill_row(model: type[Journalled], row: dict[str, Any]) -> None:
    """The same for a plain row on its way to a bulk insert; what it holds already is right."""
    for column, rule in model.__derived__.items():
        if column not in row:
            row[column] = rule.compute(*(_given(model, row, source) for source in rule.sources))


def _given(model: type[Journalled], row: dict[str, Any], source: str) -> Any:
    """What the row will hold: a column that is left out gets its default."""
    if source in row:
        return row[source]
    default = model.__table__.c[source].default  # type: ignore[attr-defined]  # a mapped class
    return None if default is None else default.arg


def refresh(session: WriteSession, model: type[Base], ids: list[int], columns: set[str]) -> None:
    """Work out again what depends on `columns`, for these rows."""
    rules = {
        column: rule
        for column, rule in model.__derived__.items()  # type: ignore[attr-defined]  # journalled
        if columns.intersection(rule.sources)
    }
    if not rules or not ids:
        return
    table: Any = model.__table__
    connection = session.connection()
    for start in range(0, len(ids), 500):
        rows = connection.execute(
            select(table).where(table.c.id.in_(ids[start : start + 500]))
        ).mappings()
        values = [
            {"row_id": row["id"]}
            | {
                f"new_{column}": rule.compute(*(row[source] for source in rule.sources))
                for column, rule in rules.items()
            }
            for row in rows
        ]
        if values:
            changed = (
                update(table)
                .where(table.c.id == bindparam("row_id"))
                .values({column: bindparam(f"new_{column}") for column in rules})
            )
            with journalled(connection):
                connection.execute(changed, values)
