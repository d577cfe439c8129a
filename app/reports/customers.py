"""Customers by stage, owner, source and month."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import func, select
from typing_extensions import override

from app.db.scope import ActorSession
from app.domain.vocabulary import LABELS, Stage
from app.i18n import Message
from app.models import Customer, Staff
from app.queries.filters import condition
from app.reports.base import Asked, Chart, Column, Definition, Figure, Month, Named, Report, Table
from app.reports.drawing import Bar, Point, bars, line
from app.reports.months import Where, count_by_month, within

NOBODY: Final = Message("Nobody")
UNKNOWN: Final = Message("Unknown")
STAGE_COLOURS: Final = {
    Stage.ACQUIRING: "calm_solid",
    Stage.KEEPING: "info_solid",
    Stage.GROWING: "good_solid",
    Stage.WINNING_BACK: "warn_solid",
    Stage.LOST: "plain_solid",
}


@dataclass(frozen=True, slots=True)
class CustomerCounts:
    """How many customers have each value; most first, stages and months in their order.

    `owners`: name (empty: nobody) and count. `months`: year, month and count, without gaps;
    `unfinished` says that the last of them is still going on.
    """

    stages: tuple[tuple[str, int], ...]
    owners: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    months: tuple[tuple[int, int, int], ...]
    unfinished: bool

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.stages)


class CustomersReport(Report[CustomerCounts]):
    """How many customers there are, where they stand, whose they are, whence and when they came."""

    name = "customers"
    title = Message("Customers")
    variant = "count"
    headline = ("customers", "customers_without_owner", "customers_without_source", "sources")

    @override
    def load(self, session: ActorSession, asked: Asked) -> CustomerCounts:
        where: list[Where] = []
        if asked.filter is not None:
            where.append(condition(asked.filter, session.actor, asked.today))
        inside = [*where, *within(Customer.created_at, asked.period)]
        stages = _grouped(session, Customer.stage, inside)
        months = count_by_month(session, where, asked.period, asked.today)
        here = Month(asked.today.year, asked.today.month)
        return CustomerCounts(
            tuple((stage.value, stages.get(stage.value, 0)) for stage in Stage),
            _owners(session, inside),
            _most_first(_grouped(session, Customer.source, inside)),
            tuple((month.year, month.month, count) for month, count in months),
            bool(months) and months[-1][0] >= here,
        )

    @override
    def pack(self, data: CustomerCounts) -> str:
        return json.dumps(asdict(data), ensure_ascii=False)

    @override
    def unpack(self, text: str) -> CustomerCounts:
        plain = json.loads(text)
        return CustomerCounts(
            _pairs(plain["stages"]),
            _pairs(plain["owners"]),
            _pairs(plain["sources"]),
            tuple((year, month, count) for year, month, count in plain["months"]),
            plain["unfinished"],
        )

    @override
    def figures(self, data: CustomerCounts) -> Mapping[str, Figure]:
        counts = {
            "customers": data.total,
            **{f"customers_{stage}": count for stage, count in data.stages},
            "customers_without_owner": dict(data.owners).get("", 0),
            "customers_without_source": dict(data.sources).get("", 0),
        }
        found = {
            name: Figure(count, None, None, data.total, "customers")
            for name, count in counts.items()
        }
        for name, rows, unit in (
            ("owners", data.owners, "staff"),
            ("sources", data.sources, "sources"),
        ):
            known = sum(1 for label, _ in rows if label)
            found[name] = Figure(known, None, None, data.total, unit)
        return found

    @override
    def labels(self) -> Mapping[str, Message]:
        stages = {
            f"customers_{stage.value}": Message(
                "Customers: {stage}", params={"stage": LABELS[stage]}
            )
            for stage in Stage
        }
        return {
            "customers": Message("Customers"),
            **stages,
            "customers_without_owner": Message("Customers without an owner"),
            "customers_without_source": Message("Customers of unknown source"),
            "owners": Message("Owners"),
            "sources": Message("Sources"),
        }

    @override
    def tables(self, data: CustomerCounts) -> Sequence[Table]:
        stages = [(Named(stage, LABELS[Stage(stage)]), count) for stage, count in data.stages]
        owners = [(Named(name, name or NOBODY), count) for name, count in data.owners]
        sources = [(Named(name, name or UNKNOWN), count) for name, count in data.sources]
        months = [(Month(year, month), count) for year, month, count in data.months]
        return (
            _table("by_stage", Message("By stage"), Column("stage", Message("Stage")), stages),
            _table("by_owner", Message("By owner"), Column("owner", Message("Owner")), owners),
            _table("by_source", Message("By source"), Column("source", Message("Source")), sources),
            Table(
                "by_month",
                Message("By month"),
                (
                    Column("month", Message("Month")),
                    Column("customers", Message("New customers"), "count", "customers"),
                ),
                tuple(months),
                "line",
            ),
        )

    @override
    def charts(self, data: CustomerCounts) -> Sequence[Chart]:
        stages = [
            Bar(LABELS[Stage(stage)], count, STAGE_COLOURS[Stage(stage)])
            for stage, count in data.stages
        ]
        owners = [_bar(name, NOBODY, count) for name, count in data.owners]
        sources = [_bar(name, UNKNOWN, count) for name, count in data.sources]
        points = [Point(Month(year, month), count) for year, month, count in data.months]
        return (
            Chart(
                "by_stage",
                Message("Where do they stand?"),
                Message("Customers by lifecycle stage, today"),
                lambda figure, style: bars(figure, style, stages, data.total),
            ),
            Chart(
                "by_owner",
                Message("Who looks after them?"),
                Message("Customers by owner, today"),
                lambda figure, style: bars(figure, style, owners, data.total),
            ),
            Chart(
                "by_source",
                Message("Where did they come from?"),
                Message("Customers by source"),
                lambda figure, style: bars(figure, style, sources, data.total),
            ),
            Chart(
                "by_month",
                Message("How many are new?"),
                Message("Customers by the month in which they were added"),
                lambda figure, style: line(figure, style, points, unfinished=data.unfinished),
            ),
        )

    @override
    def definitions(self) -> Sequence[Definition]:
        ours = Message("Definition of this program")
        return (
            Definition(
                Message("Customers"),
                Message(
                    "Customers added within the period that the filter lets in, as far as they may"
                    " be seen; without a period all of them. Deleted ones do not count."
                ),
                ours,
                ("customers", "customers_without_owner", "customers_without_source"),
            ),
            Definition(
                Message("By stage"),
                Message("These customers by the lifecycle stage they are in today."),
                ours,
                ("by_stage", *(f"customers_{stage.value}" for stage in Stage)),
            ),
            Definition(
                Message("By owner"),
                Message("These customers by the staff member who looks after them today."),
                ours,
                ("by_owner", "owners"),
            ),
            Definition(
                Message("By source"),
                Message("These customers by the source that is written at them."),
                ours,
                ("by_source", "sources"),
            ),
            Definition(
                Message("By month"),
                Message(
                    "These customers by the month, local time, in which they were added. The month"
                    " that is going on is not complete yet."
                ),
                ours,
                ("by_month", "customers"),
            ),
        )


def _grouped(session: ActorSession, column: Any, where: Sequence[Where]) -> dict[Any, int]:
    query = select(column, func.count()).where(*where).group_by(column)
    return dict(session.execute(query).all())


def _owners(session: ActorSession, where: Sequence[Where]) -> tuple[tuple[str, int], ...]:
    counts = _grouped(session, Customer.owner_id, where)
    names = dict(session.execute(select(Staff.id, Staff.name)).all())
    named: dict[str, int] = {}
    for one, count in counts.items():
        name = "" if one is None else names.get(one, f"#{one}")
        named[name] = named.get(name, 0) + count
    return _most_first(named)


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _pairs(plain: Sequence[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((name, count) for name, count in plain)


def _bar(name: str, otherwise: Message, count: int) -> Bar:
    return Bar(name or otherwise, count, "series1" if name else "series0")


def _table(name: str, title: Message, first: Column, rows: Sequence[tuple[Named, int]]) -> Table:
    total = sum(count for _, count in rows)
    return Table(
        name,
        title,
        (
            first,
            Column("customers", Message("Customers"), "count", "customers"),
            Column("share", Message("Share"), "share"),
        ),
        tuple((label, count, count / total if total else 0.0) for label, count in rows),
    )
