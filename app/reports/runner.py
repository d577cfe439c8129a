"""Loads reports under an actor's eyes, and keeps what was loaded to show it at once next time."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.db.database import Database
from app.db.scope import ActorSession
from app.domain import filters
from app.domain.vocabulary import SYSTEM, Actor, Role
from app.errors import UserError
from app.i18n import Message
from app.models import ChangeSet, KeptReport
from app.models.base import TEXT_LIMIT
from app.queries.customers import FIELDS
from app.reports.base import EVER, Asked, Period, Report
from app.reports.months import begin_of

T = TypeVar("T")

_LOG = logging.getLogger("shuke")
_KEPT_FOR: Final = timedelta(days=90)
_RECENT: Final = 500


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A report's data as of `at` (UTC). `fresh`: nothing was written since, and it is that day.

    `filter` is the filter in its canonical text, empty without one.
    """

    report: Report[T]
    asked: Asked
    filter: str
    data: T
    at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class _State:
    """How far the journal is: its newest change set, and how many of the last ones are seen.

    On a server a change set may become visible after one with a higher number.
    """

    newest: int
    recent: int


class ReportRunner:
    def __init__(self, db: Database) -> None:
        self._db = db

    def kept(
        self, report: Report[T], actor: Actor, period: Period = EVER, filter_text: str = ""
    ) -> Loaded[T] | None:
        """What was loaded last for the same question, at once; perhaps no longer fresh."""
        asked = self._asked(period, filter_text)
        with self._db.read(actor) as session:
            found = session.scalars(
                select(KeptReport).where(KeptReport.key == _key(report, actor, asked))
            ).first()
            if found is None:
                return None
            state = _state(session)
        kept = json.loads(found.data)
        return Loaded(
            report,
            asked,
            _text(asked),
            report.unpack(kept["data"]),
            found.at,
            found.at.astimezone().date() == asked.today
            and _State(found.change_set_id, kept["recent"]) == state,
        )

    def load(
        self, report: Report[T], actor: Actor, period: Period = EVER, filter_text: str = ""
    ) -> Loaded[T]:
        """The report as things are now; kept figures when nothing was written since.

        Raises Refused for a filter that cannot be read.
        """
        kept = self.kept(report, actor, period, filter_text)
        if kept is not None and kept.fresh:
            return kept
        asked = self._asked(period, filter_text)
        with self._db.read(actor) as session:
            # asked first: what is written meanwhile makes the kept figures old, never wrong
            state = _state(session)
            data = report.load(session, asked)
        loaded = Loaded(report, asked, _text(asked), data, self._db.clock.now(), fresh=True)
        self._keep(_key(report, actor, asked), loaded, state)
        return loaded

    def _asked(self, period: Period, filter_text: str) -> Asked:
        parsed = filters.parse(filter_text, FIELDS) if filter_text.strip() else None
        return Asked(period, parsed, self._db.clock.today())

    def _keep(self, key: str, loaded: Loaded[Any], state: _State) -> None:
        text = json.dumps({"recent": state.recent, "data": loaded.report.pack(loaded.data)})
        if len(text) > TEXT_LIMIT:
            return
        row = {"change_set_id": state.newest, "at": loaded.at, "data": text}
        try:
            with self._db.write(SYSTEM, Message("Keep a report")) as session:
                old = delete(KeptReport).where(KeptReport.at < loaded.at - _KEPT_FOR)
                session.execute(old)
                insert = sqlite.insert if session.backend == "sqlite" else postgresql.insert
                session.execute(
                    insert(KeptReport)
                    .values(key=key, **row)
                    .on_conflict_do_update(index_elements=["key"], set_=row)
                )
        except UserError as problem:
            # the figures are there and right; next time they are only slower
            _LOG.info("a report was not kept: %s", type(problem).__name__)


def _state(session: ActorSession) -> _State:
    newest = session.scalar(select(func.max(ChangeSet.id))) or 0
    recent = session.scalar(
        select(func.count()).select_from(ChangeSet).where(ChangeSet.id > newest - _RECENT)
    )
    return _State(newest, recent or 0)


def _text(asked: Asked) -> str:
    return "" if asked.filter is None else filters.to_text(asked.filter)


def _key(report: Report[Any], actor: Actor, asked: Asked) -> str:
    """Everything the figures depend on, but for what was written and the day."""
    parts = [
        report.name,
        report.variant,
        asked.period.begin,
        asked.period.end,
        _text(asked),
        _scope(actor, asked),
        begin_of(asked.today).utcoffset(),
    ]
    return json.dumps(parts, ensure_ascii=False, default=str)


def _scope(actor: Actor, asked: Asked) -> list[Any]:
    """Whose eyes: managers see the same, as long as the filter does not say `me`."""
    if actor.sees_all:
        return ["all", actor.id if asked.filter is not None else None]
    team = actor.team_id if actor.role is Role.LEAD else None
    return ["team", team, actor.id]
