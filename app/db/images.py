"""Reading images in SQL, on either database."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, Table, cast, func

from app.db.scope import ActorSession
from app.models import Change


def has_key(session: ActorSession, image: Any, name: str) -> ColumnElement[bool]:
    """Condition: the image holds the column `name`."""
    if session.backend == "sqlite":
        return func.json_type(image, f"$.{name}").is_not(None)
    return func.jsonb_exists(image, name)


def has_more_than(session: ActorSession, image: Any, name: str) -> ColumnElement[bool]:
    """Condition: the image holds another column than `name`."""
    if session.backend == "sqlite":
        return func.json_remove(image, f"$.{name}") != "{}"
    rest: ColumnElement[Any] = image.op("-", return_type=image.type)(cast(name, String))
    return rest != func.jsonb_build_object()


def as_integer(session: ActorSession, image: Any, name: str) -> Any:
    """The number (an id) that the image holds in the column `name`."""
    if session.backend == "sqlite":
        return func.json_extract(image, f"$.{name}")
    return cast(func.jsonb_extract_path_text(image, name), BigInteger)


def stored_before(session: ActorSession, rows: Table, name: str) -> Any:
    """The value of a column in the image before, as the database stores it."""
    if session.backend == "sqlite":
        return func.json_extract(Change.before, f"$.{name}")
    column_type: Any = rows.c[name].type
    plain = getattr(column_type, "impl_instance", column_type)
    return cast(func.jsonb_extract_path_text(Change.before, name), plain)
