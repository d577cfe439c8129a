"""How many promises are kept: per person, per team, per month."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import String, case, cast, func, select
from typing_extensions import override

from app.db.scope import ActorSession
from app.domain.promises import Firmness, PromiseState
from app.domain.statistics.proportions import wilson
from app.i18n import Message
from app.models import Customer, Promise, PromiseMove, Staff, Team
from app.queries.filters import condition
from app.reports.base import Asked, Chart, Column, Definition, Figure, Month, Named, Report, Table
from app.reports.drawing_shares import Share, share_bars, share_line

UNKNOWN: Final = Message("Unknown")
NO_TEAM: Final = Message("No team")


@dataclass(frozen=True, slots=True)
class Tally:
    """Promises that have come due: how they ended, or that they are late.

    `kept` in time by the date last agreed, `first` of these by the date first said; `after` kept
    later than agreed.
    """

    kept: int = 0
    first: int = 0
    after: int = 0
    broken: int = 0
    late: int = 0
    moved: int = 0

    @property
    def due(self) -> int:
        """All that count: kept in time, kept later, broken, and still open though due."""
        return self.kept + self.after + self.broken + self.late

    def with_(self, other: "Tally") -> "Tally":
        return Tally(
            *(getattr(self, name) + getattr(other, name) for name in Tally.__dataclass_fields__)
        )


@dataclass(frozen=True, slots=True)
class KeptPromises:
    """Tallies by person and team (name, empty: nobody, none), and by month without an order.

    `released` are those that nobody asks for any more: they count neither way. `unfinished` says
    that the last month is still going on.
    """

    people: tuple[tuple[str, Tally], ...]
    teams: tuple[tuple[str, Tally], ...]
    months: tuple[tuple[int, int, Tally], ...]
    released: int
    unfinished: bool

    @property
    def total(self) -> Tally:
        """All of them."""
        return _sum(tally for _, tally in self.people)


class PromisesReport(Report[KeptPromises]):
    """Firm promises that have come due: kept, kept later, broken, late."""

    name = "promises"
    title = Message("Promises")
    variant = "firm, by the date last agreed"
    headline = ("kept_rate", "kept_rate_first_date", "promises_late", "moved_rate")

    @override
    def load(self, session: ActorSession, asked: Asked) -> KeptPromises:
        rows = session.execute(_query(session, asked)).all()
        names = {one: (name, team) for one, name, team in session.execute(_staff())}
        people: dict[str, Tally] = defaultdict(Tally)
        teams: dict[str, Tally] = defaultdict(Tally)
        months: dict[Month, Tally] = defaultdict(Tally)
        released = 0
        for staff, month, gone, *counts in rows:
            tally = Tally(*(int(one or 0) for one in counts))
            name, team = names.get(staff, ("" if staff is None else f"#{staff}", ""))
            year, of_year = (int(part) for part in month.split("-"))
            people[name] = people[name].with_(tally)
            teams[team or ""] = teams[team or ""].with_(tally)
            at = Month(year, of_year)
            months[at] = months[at].with_(tally)
            released += int(gone or 0)
        here = Month(asked.today.year, asked.today.month)
        return KeptPromises(
            _most_first(people),
            _most_first(teams),
            tuple((one.year, one.month, months[one]) for one in sorted(months)),
            released,
            here in months,
        )

    @override
    def pack(self, data: KeptPromises) -> str:
        return json.dumps(asdict(data), ensure_ascii=False)

    @override
    def unpack(self, text: str) -> KeptPromises:
        plain = json.loads(text)
        return KeptPromises(
            tuple((name, Tally(**tally)) for name, tally in plain["people"]),
            tuple((name, Tally(**tally)) for name, tally in plain["teams"]),
            tuple((year, month, Tally(**tally)) for year, month, tally in plain["months"]),
            plain["released"],
            plain["unfinished"],
        )

    @override
    def figures(self, data: KeptPromises) -> Mapping[str, Figure]:
        total = data.total
        n = total.due
        return {
            "kept_rate": _share(total.kept, n),
            "kept_rate_first_date": _share(total.first, n),
            "moved_rate": _share(total.moved, n),
            "promises_due": Figure(n, None, None, n, "promises"),
            "promises_kept": Figure(total.kept, None, None, n, "promises"),
            "promises_kept_later": Figure(total.after, None, None, n, "promises"),
            "promises_broken": Figure(total.broken, None, None, n, "promises"),
            "promises_late": Figure(total.late, None, None, n, "promises"),
            "promises_released": Figure(data.released, None, None, n + data.released, "promises"),
        }

    @override
    def labels(self) -> Mapping[str, Message]:
        return {
            "kept_rate": Message("Kept in time"),
            "kept_rate_first_date": Message("Kept by the first date"),
            "moved_rate": Message("Given another date"),
            "promises_due": Message("Promises that came due"),
            "promises_kept": Message("Promises kept in time"),
            "promises_kept_later": Message("Promises kept later"),
            "promises_broken": Message("Broken promises"),
            "promises_late": Message("Late promises, still open"),
            "promises_released": Message("Released promises"),
        }

    @override
    def tables(self, data: KeptPromises) -> Sequence[Table]:
        people = [(Named(name, name or UNKNOWN), tally) for name, tally in data.people]
        teams = [(Named(name, name or NO_TEAM), tally) for name, tally in data.teams]
        months = [(Month(year, month), tally) for year, month, tally in data.months]
        return (
            _table(
                "by_person", Message("By person"), Column("person", Message("Staff member")), people
            ),
            _table("by_team", Message("By team"), Column("team", Message("Team")), teams),
            _table("by_month", Message("By month"), Column("month", Message("Month")), months),
        )

    @override
    def charts(self, data: KeptPromises) -> Sequence[Chart]:
        people = [Share(name or UNKNOWN, one.kept, one.due) for name, one in data.people]
        teams = [Share(name or NO_TEAM, one.kept, one.due) for name, one in data.teams]
        months = [Share(Month(year, at), one.kept, one.due) for year, at, one in data.months]
        interval = Message("Part kept in time, with its 95% interval, of those that came due")
        return (
            Chart(
                "by_month",
                Message("Do we keep what we promise?"),
                interval,
                lambda figure, style: share_line(figure, style, months, unfinished=data.unfinished),
            ),
            Chart(
                "by_person",
                Message("Who keeps promises?"),
                interval,
                lambda figure, style: share_bars(figure, style, people),
            ),
            Chart(
                "by_team",
                Message("Which team keeps them?"),
                interval,
                lambda figure, style: share_bars(figure, style, teams),
            ),
        )

    @override
    def definitions(self) -> Sequence[Definition]:
        ours = Message("Definition of this program")
        wilson_source = Message("Score interval: E. B. Wilson, JASA 22 (1927), 209–212")
        return (
            Definition(
                Message("Promises that came due"),
                Message(
                    "Firm promises whose date, as last agreed, lies within the period and before"
                    " or on today, without those that were released. One that is due today and"
                    " still open does not count yet."
                ),
                ours,
                (
                    "promises_due",
                    "promises_kept",
                    "promises_kept_later",
                    "promises_broken",
                    "promises_late",
                    "promises_released",
                    "by_person",
                    "by_team",
                    "by_month",
                ),
            ),
            Definition(
                Message("Kept in time"),
                Message(
                    "Those kept on or before the day last agreed ÷ those that came due. By the"
                    " first date: on or before the day that was said first."
                ),
                wilson_source,
                ("kept_rate", "kept_rate_first_date"),
            ),
            Definition(
                Message("Given another date"),
                Message("Those that were moved at least once ÷ those that came due."),
                wilson_source,
                ("moved_rate",),
            ),
        )


def _query(session: ActorSession, asked: Asked) -> Any:
    kept = Promise.state == PromiseState.KEPT.value
    in_time = kept & (Promise.closed_on <= Promise.due_on)
    late = (Promise.state == PromiseState.OPEN.value) & (Promise.due_on < asked.today)
    broken = Promise.state == PromiseState.BROKEN.value
    moved = Promise.id.in_(select(PromiseMove.promise_id))
    counted = kept | late | broken
    conditions = (
        in_time,
        kept & (Promise.closed_on <= Promise.first_due_on),
        kept & (Promise.closed_on > Promise.due_on),
        broken,
        late,
        counted & moved,
    )
    month = func.substr(cast(Promise.due_on, String), 1, 7)
    where = [Promise.firm == Firmness.FIRM.value, Promise.due_on <= asked.today]
    if asked.period.begin is not None:
        where.append(Promise.due_on >= asked.period.begin)
    if asked.period.end is not None:
        where.append(Promise.due_on <= asked.period.end)
    query = select(
        Promise.staff_id,
        month,
        _count(Promise.state == PromiseState.RELEASED.value),
        *(_count(one) for one in conditions),
    ).where(*where)
    if asked.filter is not None:
        chosen = condition(asked.filter, session.actor, asked.today)
        query = query.join(Customer, Customer.id == Promise.customer_id).where(chosen)
    return query.group_by(Promise.staff_id, month)


def _count(which: Any) -> Any:
    return func.sum(case((which, 1), else_=0))


def _staff() -> Any:
    return select(Staff.id, Staff.name, Team.name).outerjoin(Team, Team.id == Staff.team_id)


def _most_first(tallies: Mapping[str, Tally]) -> tuple[tuple[str, Tally], ...]:
    return tuple(sorted(tallies.items(), key=lambda pair: (-pair[1].due, pair[0])))


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total = total.with_(one)
    return total


def _share(hits: int, cases: int) -> Figure:
    bounds = wilson(hits, cases)
    if bounds is None:
        return Figure(None, None, None, 0, "share")
    return Figure(hits / cases, bounds.low, bounds.high, cases, "share")


def _table(
    name: str, title: Message, first: Column, rows: Sequence[tuple[Named | Month, Tally]]
) -> Table:
    return Table(
        name,
        title,
        (
            first,
            Column("due", Message("Came due"), "count", "promises_due"),
            Column("kept", Message("Kept in time"), "count", "promises_kept"),
            Column("kept_later", Message("Kept later"), "count", "promises_kept_later"),
            Column("broken", Message("Broken"), "count", "promises_broken"),
            Column("late", Message("Late, still open"), "count", "promises_late"),
            Column("rate", Message("Kept in time"), "share"),
        ),
        tuple(
            (
                label,
                one.due,
                one.kept,
                one.after,
                one.broken,
                one.late,
                one.kept / one.due if one.due else 0.0,
            )
            for label, one in rows
        ),
    )
