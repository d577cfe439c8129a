"""Declarative base, column types, and what a table declares about itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    UnicodeText,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine
from typing_extensions import override

from app.domain.search_text import SearchClass
from app.errors import Refused
from app.i18n import Message

TEXT_LIMIT: Final = 1_000_000
"""Bytes of UTF-8 that one text field may hold."""


class CleanText(TypeDecorator[str]):
    """Text as typed, whatever it is, but without NUL, within the limit, and valid Unicode."""

    impl = UnicodeText
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # In the order of code points everywhere: the order that users see is in sort keys.
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(UnicodeText(collation=collation))

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if "\x00" in value:
            raise Refused(
                Message("The text contains a NUL character, which cannot be stored. Remove it.")
            )
        try:
            size = len(value) if value.isascii() else len(value.encode())
        except UnicodeEncodeError as error:
            raise Refused(
                Message("The text contains half a character (a lone surrogate). Type it again.")
            ) from error
        if size > TEXT_LIMIT:
            raise Refused(Message("The text is longer than 1 MB. Shorten it or keep it as a file."))
        return value


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. On SQLite text of fixed width, so that text order is time order."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        value = value.astimezone(UTC)
        if dialect.name == "sqlite":
            return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromisoformat(value)


class Image(TypeDecorator[dict[str, Any]]):
    """Values of columns as JSON; on PostgreSQL in its own form."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON(none_as_null=True))
        # takes time that a workspace in a file need not spend
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


BigId = BigInteger().with_variant(Integer, "sqlite")

Id = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True, sort_order=-1)]
Text = Annotated[str, mapped_column(CleanText)]

AUTOINCREMENT: Final = {"sqlite_autoincrement": True}
"""Table argument: an id is never used twice."""

LIVE: Final = "deleted_in IS NULL"
"""Condition of partial indexes and unique keys: only rows that are not in the recycle bin."""


def index_of_some(name: str, column: str) -> Index:
    """An index of a reference that most rows lack: without it, taking out its target reads all."""
    there = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=there, postgresql_where=there)


def reference(target: str) -> Any:
    """A foreign key checked at commit, so that rows may be written in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, str: CleanText, int: BigId}


@dataclass(frozen=True, slots=True)
class Derived:
    """A column worked out from others of the same row, never journalled, never restored."""

    sources: tuple[str, ...]
    compute: Callable[..., Any]


class Journalled:
    """A table whose rows are written through the journal only.

    `deleted_in` is the change set that put the row into the recycle bin.
    """

    __derived__: ClassVar[Mapping[str, Derived]] = {}

    id: Mapped[Id]
    deleted_in: Mapped[int | None] = mapped_column(BigId, default=None, sort_order=1)


class OnMerge(Enum):
    """What happens to the rows of the customer that gives way when two are merged."""

    MOVE = "move"
    COMBINE = "combine"
    """Move, and drop what the other customer already has."""


class OnHandover(Enum):
    """What happens when the customer gets another owner."""

    FOLLOWS = "follows"
    """Belongs to the new owner at once."""
    STAYS = "stays"
    """Keeps its author and dates for ever."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What a table that hangs on a customer declares, for all capabilities.

    `timeline` and `sheet` name the heading under which its rows appear on the customer's timeline
    and on the handover sheet (None: they do not). `searched` names text columns with their class.
    `alike`, for what is combined when customers are merged, are the columns by which two rows say
    the same; a reference that is empty says the same as any.
    """

    merge: OnMerge
    handover: OnHandover
    timeline: Message | None
    sheet: Message | None
    searched: Mapping[str, SearchClass]
    exported: bool
    sampled: bool
    alike: tuple[str, ...] = ()


class Joinable(Journalled):
    """A table that declares how it joins a customer: every row, or some."""

    __joining__: ClassVar[Joining]


class Joined(Joinable):
    """A table whose rows hang on a customer and are seen by whoever sees the customer."""

    customer_id: Mapped[int] = mapped_column(BigId, reference("customer.id"))


class Assigned(Joinable):
    """A table whose rows are work for somebody, on a customer or alone.

    `staff_id` is whose work it was made; without one it is that of whoever owns the customer.
    `for_role` is instead the role whose work it is, of one team if `team_id` names it. `whose_id`
    is worked out from these (app.db.following) and follows the customer to another owner: never
    journalled, never restored. Rows are seen by whose they are, and by whoever sees the customer.
    """

    customer_id: Mapped[int | None] = mapped_column(BigId, reference("customer.id"), default=None)
    staff_id: Mapped[int | None] = mapped_column(BigId, reference("staff.id"), default=None)
    for_role: Mapped[str | None] = mapped_column(default=None)
    team_id: Mapped[int | None] = mapped_column(BigId, reference("team.id"), default=None)
    whose_id: Mapped[int | None] = mapped_column(BigId, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


@cache
def journalled_models() -> dict[str, Any]:
    """Every journalled model by its table name, in the order of names.

    What is searched is put together in this order, so it must be the same in every process.
    """
    found = {
        str(mapper.local_table.description): mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Journalled)
    }
    return dict(sorted(found.items()))


@cache
def joined_models() -> dict[str, Any]:
    """Every model whose rows, or some of them, hang on a customer, by its table name."""
    return {
        name: model for name, model in journalled_models().items() if issubclass(model, Joinable)
    }
