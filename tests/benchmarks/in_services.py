"""Measurements below the window: what is due, reassigning, importing, exporting, reporting."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.clock import Clock
from app.config import Settings, Workspace, load
from app.domain.lists import ListQuery
from app.domain.sample import SOURCES, block
from app.domain.sample_customer import Plan
from app.domain.sample_staff import STAFF
from app.domain.vocabulary import Actor, Kind, Origin, Stage
from app.exchange.workbook_writer import write_workbook
from app.exchange.writing import Column
from app.reports.registry import REPORTS
from app.reports.runner import ReportRunner
from app.services.bulk import SetField
from app.services.exports import ExportService
from app.services.imports import ImportService
from app.services.registry import Services
from app.services.workspaces import WorkspaceService
from tests.benchmarks import bare, large
from tests.benchmarks.figures import Figure, middle
from tests.benchmarks.large import SEED
from tests.benchmarks.memory import resident_mb

TIMES = 3
OFTEN = 15
MANY = 10_000
WHO_IS_REMINDED = "Daniel Wu"
AGENT_SETTLES = 12  # seconds
COLUMNS = (
    "名称", "类型", "编号", "等级", "负责人", "阶段", "来源", "地区", "地址", "税号", "电话",
    "邮箱", "联系人", "标签", "备注",
)  # fmt: skip
EXPORTED = (
    "name", "kind", "code", "grade", "owner", "stage", "source", "region", "address", "tax_id",
    "phone", "email", "tags", "notes",
)  # fmt: skip

KINDS = {Kind.PERSON: "个人", Kind.COMPANY: "公司", Kind.INTERMEDIARY: "中间商"}
STAGES = dict(zip(Stage, ("获取", "维护", "增长", "挽留", "流失"), strict=True))
WORDS = dict(
    zip(
        SOURCES.things,
        ("转介绍", "官网", "展会", "电话", "门店", "短视频", "合作"),
        strict=True,
    )
)


def measure(original: Workspace, scratch: Workspace) -> dict[str, Figure]:
    """What is due, a night of the rules, reassigning, the report, the export, the imports."""
    found = _due(scratch, large.made_at(original))
    opened = WorkspaceService(Clock()).open(scratch)
    services = opened.services
    try:
        actor = services.staff.actor_named("", Origin.COMMAND_LINE)
        found |= _reassign(services, actor, scratch)
        found["report_first"] = _report(services, actor, original)
        found["export_100k"] = _export(services, actor, scratch.folder)
        for key, count in (("import_10k", MANY), ("import_100k", 10 * MANY)):
            found[key] = _import(services, actor, scratch, count)
        return found
    finally:
        opened.close()


def _due(scratch: Workspace, made_at: datetime) -> dict[str, Figure]:
    """What Today shows to somebody who sees 138,000 of the million, and the call that is next.

    As of when the workspace was made: whoever comes back to it after days finds more that is late.
    """
    opened = WorkspaceService(Clock(lambda: made_at)).open(scratch)
    try:
        services = opened.services
        actor = services.staff.actor_named(WHO_IS_REMINDED, Origin.COMMAND_LINE)
        due, page = services.due, services.today
        counts = due.counts(actor)
        if not counts.late or not counts.today:
            raise AssertionError(f"nothing is due: {counts}")
        fill = middle([_seconds(lambda: page.load(actor)) for _ in range(OFTEN)])
        call = middle([_seconds(lambda: due.next_call(actor)) for _ in range(OFTEN)])
        night = _seconds(lambda: services.rules.run_if_due("benchmark"))
        return {
            "today_fill": Figure(fill),
            "next_due": Figure(call * 1000),
            "rules_night": Figure(night),
            "agent_rss_mb": _agent(scratch),
        }
    finally:
        opened.close()


def _agent(scratch: Workspace) -> Figure:
    """Resident memory of the agent once it has read what calls."""
    command = [sys.executable, "main.py", "agent", "--workspace", str(scratch.folder)]
    agent = subprocess.Popen([*command, "--as", WHO_IS_REMINDED])
    try:
        time.sleep(AGENT_SETTLES)
        return Figure(resident_mb(agent.pid))
    finally:
        agent.terminate()
        agent.wait()


def _reassign(services: Services, actor: Actor, scratch: Workspace) -> dict[str, Figure]:
    ids = services.customers.ids(actor, ListQuery(sort="-last_contact"))[:MANY]
    owners = [one for one, _, _ in services.staff.choices()]
    forth, back = [], []
    for number in range(TIMES):
        change = SetField("owner", owners[number])
        done: list[int] = []
        forth.append(_seconds(lambda: done.append(_apply(services, actor, ids, change))))  # noqa: B023 - called at once
        back.append(_seconds(lambda: services.history.undo(actor, done[0])))  # noqa: B023 - called at once
    least = bare.update(scratch.database, ids.tolist(), owners[0])
    return {
        "reassign_10k": Figure(middle(forth), least),
        "undo_10k": Figure(middle(back), least),
    }


def _apply(services: Services, actor: Actor, ids: object, change: SetField) -> int:
    made = services.bulk.apply(actor, ids, change).change_set_id  # type: ignore[arg-type]  # a vector
    assert made is not None
    return made


def _seconds(work: Callable[[], object]) -> float:
    return bare.seconds(work)


def _export(services: Services, actor: Actor, folder: Path) -> Figure:
    target, count = folder / "customers.xlsx", 10 * MANY
    ids = services.customers.ids(actor, ListQuery())[:count]
    service = ExportService(services.database)
    took = middle(
        [
            _seconds(lambda: service.customers(actor, target, ListQuery(), EXPORTED, ids.tolist()))
            for _ in range(TIMES)
        ]
    )
    rows = _rows(len(ids), 1)
    return Figure(took, bare.workbook(folder, rows))


def _rows(count: int, seed: int) -> list[list[str]]:
    """New customers as a spreadsheet has them, 15 columns."""
    clock = Clock()
    plan = Plan(count, SEED + seed, clock.now(), clock.today(), 5_000_000 + seed * 1_000_000)
    return [
        [
            one.name,
            KINDS[one.kind],
            f"N-{one.number}",
            one.grade.value if one.grade else "",
            STAFF[one.owner].name if one.owner is not None else "",
            STAGES[one.stage],
            WORDS[one.source],
            one.region,
            one.address,
            one.tax_id,
            next((made.point[1] for made in one.points if made.point[0].value == "phone"), ""),
            next((made.point[1] for made in one.points if made.point[0].value == "email"), ""),
            one.contacts[0].name if one.contacts else "",
            "大客户" if one.tags else "",
            one.notes,
        ]
        for index in plan.blocks()
        for one in block(plan, index)
    ]  # fmt: skip


def _import(services: Services, actor: Actor, scratch: Workspace, count: int) -> Figure:
    region = load(Settings, scratch.settings).region
    took = []
    for number in range(1, TIMES + 1 if count <= MANY else 2):
        rows = _rows(count, number + count // MANY)
        path = scratch.folder / "new.xlsx"
        write_workbook(path, "客户", [Column(title) for title in COLUMNS], rows)
        made = []
        took.append(
            _seconds(lambda: made.append(ImportService(services.database, region).run(actor, path)))  # noqa: B023 - called at once
        )
        outcome = made[0]
        if outcome.created < count * 0.5:
            raise AssertionError(f"too few were new: {outcome}")
        services.history.undo(actor, outcome.change_set)
    return Figure(middle(took), bare.insert(scratch.folder, rows))


def _report(services: Services, actor: Actor, original: Workspace) -> Figure:
    """What somebody waits for who opens a report: the kept figures, beside bare SQL for fresh ones.

    The time for fresh ones is said beside: it may be 1.5 times that of bare SQL.
    """
    report = REPORTS["customers"]
    runner = ReportRunner(services.database)
    fresh = _seconds(lambda: runner.load(report, actor))
    kept = middle([_seconds(lambda: runner.kept(report, actor)) for _ in range(TIMES)])
    least = bare.report(original)
    sys.stderr.write(f"report afresh: {fresh:.2f} s, bare SQL {least:.2f} s\n")
    return Figure(kept, least)
