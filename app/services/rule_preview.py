"""Whom a rule would remind of in the next days: counted exactly, the first of them shown."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.db.scope import ActorSession
from app.domain import rules
from app.domain.reminders import ReminderKind
from app.domain.rules import RuleDraft
from app.domain.working_time import WorkingCalendar
from app.models import Staff
from app.services.rule_candidates import (
    AT_ONCE,
    Ask,
    Candidate,
    Selection,
    counted,
    field_name,
    read,
    selections,
)
from app.services.rule_words import Words

SHOWN: Final = 50
"""Lines of a preview."""
HORIZON: Final = 30
"""Days ahead that a preview looks; for festivals to the next of each, for calls to the next round.
"""
FAR: Final = 330


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """Whom a rule would remind of: the customer, when it calls first, for which day, whom."""

    customer_id: int
    customer: str
    contact: str
    calls: date
    day: date
    whose: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would make from today on until `last`: how many, and the first of them.

    `today` would be made at once. `most` is how many of these one person would get on one day.
    """

    count: int
    lines: tuple[PreviewLine, ...]
    last: date
    today: int
    most: int


def preview(
    session: ActorSession, draft: RuleDraft, today: date, calendar: WorkingCalendar
) -> Preview:
    """What this rule would make, of which nothing is written."""
    ask = Ask(today, today + timedelta(days=_ahead(draft)), calendar, capped=False)
    words = Words(draft, field_name(session, draft), today)
    staff = dict(session.execute(select(Staff.id, Staff.name)).all())
    seen = _Seen(draft, ask)
    if draft.kind in (ReminderKind.SILENCE, ReminderKind.CARE):
        seen.add_counted(session)
    else:
        for selection in selections(session, draft, ask):
            seen.add_all(session, selection)
    return seen.preview(words, staff)


def _ahead(draft: RuleDraft) -> int:
    match draft.kind:
        case ReminderKind.FESTIVAL:
            return FAR
        case ReminderKind.THANKS:
            return 31 * draft.params.months
        case _:
            return HORIZON


class _Seen:
    """Counts what a rule would make, and keeps the first lines."""

    def __init__(self, draft: RuleDraft, ask: Ask) -> None:
        self._draft, self._ask = draft, ask
        self._first: list[tuple[date, Candidate]] = []
        self._days: Counter[tuple[date, int | None]] = Counter()
        self.count = self.today = 0
        rests = draft.kind in rules.COUNTED and draft.params.workdays
        self._begin = rules.workday_from(ask.today, ask.is_workday) if rests else ask.today

    def add_counted(self, session: ActorSession) -> None:
        """Of very many that have days of their own only the first are read.

        One person gets at most so many of them on a day, whatever the day.
        """
        for selection in selections(session, self._draft, self._ask):
            self._read_first(session, selection)
            for owner, count in counted(session, selection).items():
                self._count(self._ask.last, owner, count)
        if self._begin == self._ask.today:
            now = replace(self._ask, last=self._ask.today)
            self.today = sum(
                sum(counted(session, one).values()) for one in selections(session, self._draft, now)
            )

    def _read_first(self, session: ActorSession, selection: Selection) -> None:
        first = replace(selection, query=selection.query.limit(SHOWN))
        for one in read(session, self._draft.kind, first):
            self._first.append((self._calls(one.day), one))

    def add_all(self, session: ActorSession, selection: Selection) -> None:
        """What a selection gives."""
        if selection.day is None:
            for one in read(session, self._draft.kind, selection):
                self._add(one)
            return
        self._read_first(session, selection)
        for owner, count in counted(session, selection).items():
            self._count(self._calls(selection.day), owner, count)

    def _calls(self, day: date) -> date:
        return max(rules.first_call(self._draft, day, self._ask.is_workday), self._begin)

    def _count(self, calls: date, owner: int | None, count: int) -> None:
        by_owner = self._draft.staff_id is None and self._draft.role is None
        self.count += count
        self.today += count if calls == self._ask.today else 0
        self._days[calls, owner if by_owner else None] += count

    def _add(self, one: Candidate) -> None:
        calls = self._calls(one.day)
        self._count(calls, one.owner_id, 1)
        self._first.append((calls, one))
        if len(self._first) >= AT_ONCE:
            self._keep_first()

    def _keep_first(self) -> None:
        self._first.sort(key=lambda kept: (kept[0], kept[1].day, kept[1].customer_id))
        del self._first[SHOWN:]

    def preview(self, words: Words, staff: dict[int, str]) -> Preview:
        """What is shown of it."""
        self._keep_first()
        most = max(self._days.values(), default=0)
        if self._draft.kind in rules.COUNTED:
            most = min(most, self._draft.params.most)
        lines = tuple(
            PreviewLine(
                one.customer_id, one.customer, one.contact, calls, one.day,
                staff.get(self._whose(one), ""), words.text(one),
            )
            for calls, one in self._first
        )  # fmt: skip
        return Preview(self.count, lines, self._ask.last, self.today, most)

    def _whose(self, one: Candidate) -> int:
        if self._draft.staff_id is not None:
            return self._draft.staff_id
        return 0 if self._draft.role is not None else one.owner_id or 0
