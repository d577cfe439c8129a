"""The import wizard, step by step, and the export dialog."""

import csv
import tempfile
from pathlib import Path
from typing import Final

from app.domain.lists import ListQuery
from app.services.imports import outcome
from app.ui.imports.screen import ImportScreen
from tools.scenes.stage import Scene, Stage

_HEADER: Final = (
    "姓名", "公司", "編號", "手機", "郵箱", "地區", "地址", "等級", "負責人", "客戶自", "備註2",
)  # fmt: skip
_ROWS: Final = (
    ("陳柏翰", "柏翰精密工業", "", "139 1122 1333", "", "台中", "", "A", "", "", "展位 12"),
    ("黃志豪", "宏達電子", "X-1", "0731-88668800", "", "", "南京東路三段 120 號", "", "", "", ""),
    ("Grace Miller", "Northwind Traders", "", "", "grace@northwind.example", "London", "", "B", "",
     "", ""),
    ("林佳穎", "晨星貿易股份有限公司", "", "138 1234 5678", "", "", "", "", "", "", ""),
    ("林佳穎", "晨星貿易股份有限公司", "", "+86 13812345678", "", "", "", "", "", "", ""),
    ("張雅婷", "雅婷花藝", "", "1381234567", "", "", "", "", "", "", ""),
    ("孫浩然", "浩然物流集團", "", "139 1311 1222", "", "高雄", "", "AB", "", "", ""),
    ("", "", "", "", "", "香港", "", "", "", "", ""),
    ("蔡明哲", "明哲印刷", "", "", "", "台南", "", "", "", "2026-02-03", ""),
    ("周雨桐", "雨桐設計", "", "", "yu@design.example", "", "", "", "沒有人", "", ""),
    ("David Lee", "Harbor Logistics", "", "", "d@harbor.example", "香港", "", "", "", "", ""),
    *((f"訪客 {n}", "", "", f"137{n:08d}", "", "台北", "", "", "", "", "") for n in range(40)),
)  # fmt: skip


def _known(stage: Stage) -> list[tuple[str, ...]]:
    """Rows of customers that there are already, with an address and a grade of their own."""
    context = stage.shell.context
    page = context.services.customers.first_page(context.actor, ListQuery(), 40)
    found = [one for one in page.rows if one.phone and one.name.isascii()][:3]
    return [
        (one.name, "", "", one.phone, "", "高雄", "南京東路三段 120 號", grade, "", "", "")
        for one, grade in zip(found, ("A", "B", "C"), strict=True)
    ]


def _file(stage: Stage) -> Path:
    """A list from a fair, in Big5, some of its customers known already."""
    folder = Path(tempfile.mkdtemp(prefix="shuke-scene-"))
    path = folder / "展覽名單 2026-11.csv"
    with path.open("w", newline="", encoding="big5hkscs") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        writer.writerows((*_ROWS[:2], *_known(stage), *_ROWS[2:]))
    return path


def _screen(stage: Stage) -> ImportScreen:
    found = stage.window.findChild(ImportScreen)
    if found is None:
        raise RuntimeError("the import is not open")
    return found


def _choose(stage: Stage) -> None:
    stage.go("import")
    _screen(stage).start_again()
    stage.settle()


def _columns(stage: Stage) -> None:
    _choose(stage)
    stage.shell.navigate("import", _file(stage))
    stage.settle()


def _dry_run(stage: Stage) -> None:
    _columns(stage)
    stage.do("import.next")


def _done(stage: Stage) -> None:
    _dry_run(stage)
    screen = _screen(stage)
    if screen.plan is None:
        raise RuntimeError("nothing was checked")
    screen.show_done(outcome(screen.plan, None))  # nothing is written: the scene is played often
    stage.settle()


def _updates(stage: Stage) -> None:
    _dry_run(stage)
    _screen(stage).dry_page.aside.duplicates.choose("update")
    stage.settle()


def _unreadable(stage: Stage) -> None:
    _choose(stage)
    path = Path(tempfile.mkdtemp(prefix="shuke-scene-")) / "empty.csv"
    path.write_bytes(b"")
    stage.shell.navigate("import", path)
    stage.settle()


def _export(stage: Stage) -> None:
    stage.go("customers")
    stage.do("customers.export")


SCENES: Final = (
    Scene("import_choose", _choose),
    Scene("import_unreadable", _unreadable),
    Scene("import_columns", _columns),
    Scene("import_dry_run", _dry_run),
    Scene("import_updates", _updates),
    Scene("import_done", _done),
    Scene("export", _export),
)
