"""Sessions that know whose they are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.orm import Session

from app.domain.vocabulary import Actor
from app.i18n import Message
from app.models import ChangeSet, Staff

if TYPE_CHECKING:
    from app.db.search_index import Found


class ActorSession(Session):
    """`actor` decides what selects on this session return."""

    def __init__(self, bind: Engine | Connection, actor: Actor) -> None:
        super().__init__(bind, expire_on_commit=False, autoflush=True)
        self.actor = actor

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.get_bind().dialect.name


class ReadSession(ActorSession):
    """To look."""


class WriteSession(ActorSession):
    """To change: gathers what one change set touches."""

    def __init__(self, engine: Engine, actor: Actor, title: Message, at: datetime) -> None:
        super().__init__(engine, actor)
        self.title = title
        self.at = at
        self.change_set_id: int | None = None
        self.row_count = 0
        self.areas: set[str] = set()
        # customers whose search texts have to be worked out again
        self.reindex: set[int] = set()
        self.reindex_ranges: list[tuple[int, int]] = []
        # customers whose search entries only gain notes, with these
        self.noted: defaultdict[int, list[Found]] = defaultdict(list)
        self.indexed_by_hand = False
        # customers with another owner, and assigned rows by table: whose they are is to be worked
        # out again
        self.reowned: set[int] = set()
        self.reassigned: defaultdict[str, set[int]] = defaultdict(set)
        self.reassigned_ranges: list[tuple[str, int, int]] = []
        # of every table the change that the last block of new rows left, and the block's last id
        self.blocks: dict[str, tuple[int, int]] = {}

    def open_change_set(self, *, undoes: int | None = None) -> int:
        """Id of this write's change set, made at the first change: looking leaves no trace."""
        if self.change_set_id is None:
            made = self.connection().execute(
                insert(ChangeSet)
                .values(
                    at=self.at,
                    actor_id=self.actor.id,
                    actor_name=self._actor_name(),
                    title=self.title.to_json(),
                    origin=self.actor.origin.value,
                    window=self.actor.window,
                    undoes_id=undoes,
                )
                .returning(ChangeSet.id)
            )
            self.change_set_id = int(made.scalar_one())
        return self.change_set_id

    def _actor_name(self) -> str:
        """As they are called today: they may have been renamed since they sat down."""
        query = select(Staff.name).where(Staff.id == self.actor.id)
        return self.connection().scalar(query) or self.actor.name

    def touched(self, table: str, count: int) -> None:
        self.areas.add(table)
        self.row_count += count

    def reindex_customers(self, ids: Iterable[int]) -> None:
        self.reindex.update(ids)
