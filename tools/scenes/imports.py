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


_TALKS: Final = (
    ("客户名称", "联系人", "跟进时间", "跟进方式", "跟进内容", "跟进人", "满意度", "展位"),
    ("{0}", "陈雅琳", "2025-03-01 14:30", "来电", "问两种板材的交期,要带税报价", "王磊", "", "B12"),
    ("{0}", "", "2025-03-05", "微信", "寄出 3 块样品,单号 SF1029", "王磊", "", ""),
    ("{1}", "", "2025-03-09 09:05", "拜访", "看样品,认可质量,嫌价格高", "李静", "4", ""),
    ("{1}", "", "2025-02-30", "电话", "回访", "李静", "", ""),
    ("{2}", "", "2025-03-12", "邮件", "发送合同", "刘洋", "五星", "B12"),
    ("没有这家公司", "", "2025-03-12", "电话", "第一次联系", "刘洋", "", ""),
    ("", "", "2025-03-14", "到店", "问地址,没有留名字", "", "", ""),
    ("{2}", "", "2025-03-20 16:40", "电话", "下单 200 张,周五提货", "刘洋", "5", ""),
)  # fmt: skip


def _talks_file(stage: Stage) -> Path:
    """What was said with three customers, as another program wrote it down."""
    context = stage.shell.context
    page = context.services.customers.first_page(context.actor, ListQuery(), 3)
    names = [one.name for one in page.rows]
    path = Path(tempfile.mkdtemp(prefix="shuke-scene-")) / "跟进记录 2025.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([cell.format(*names) for cell in one] for one in _TALKS)
    return path


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


def _talk_columns(stage: Stage) -> None:
    _choose(stage)
    stage.shell.navigate("import", _talks_file(stage))
    stage.settle()


def _talk_dry_run(stage: Stage) -> None:
    _talk_columns(stage)
    stage.do("import.next")


def _cards(stage: Stage) -> None:
    _choose(stage)
    path = Path(tempfile.mkdtemp(prefix="shuke-scene-")) / "通訊錄 iPhone.vcf"
    path.write_text("\r\n".join(map(_card, range(60))), "utf-8")
    stage.shell.navigate("import", path)
    stage.settle()


def _checked_cards(stage: Stage) -> None:
    _cards(stage)
    stage.do("import.next")


def _card(number: int) -> str:
    """A person of a phone's address book; some broken, some with a picture."""
    name = ("陳柏翰", "黃志豪", "林佳穎", "Grace Miller", "張雅婷", "蔡明哲")[number % 6]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{name} {number // 6 + 1}",
        f"TEL;TYPE=CELL:1391122{number:04d}",
        "ORG:宏達電子;採購部" if number % 3 else "ORG:",
        f"EMAIL:a{number}@example.com" if number % 4 else "EMAIL:",
        "item1.TEL:010-88886666" if number % 5 == 0 else "NOTE:",
        "item1.X-ABLabel:老家",
        "BDAY:--0315" if number % 2 else "BDAY:1980-03-15",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD" if number % 7 == 0 else "NOTE:",
        "END:VCARD" if number != 4 else "",
    ]
    return "\r\n".join(lines)


def _dry_run(stage: Stage) -> None:
    _columns(stage)
    stage.do("import.next")


def _alike(stage: Stage) -> None:
    """Firms of the list once more, with another legal form and without a phone."""
    context = stage.shell.context
    page = context.services.customers.first_page(context.actor, ListQuery("kind = company"), 40)
    path = Path(tempfile.mkdtemp(prefix="shuke-scene-")) / "friends.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("客户名称", "地区"))
        writer.writerows((f"{one.name} 集团" if not one.name.isascii() else f"{one.name} GmbH", "")
                         for one in page.rows[::3])  # fmt: skip
        writer.writerow(("完全不同的公司", "上海"))
    _choose(stage)
    stage.shell.navigate("import", path)
    stage.settle()
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
    Scene("import_cards", _cards),
    Scene("import_cards_dry_run", _checked_cards),
    Scene("import_dry_run", _dry_run),
    Scene("import_alike", _alike),
    Scene("import_updates", _updates),
    Scene("import_done", _done),
    Scene("import_interactions", _talk_columns),
    Scene("import_interactions_dry_run", _talk_dry_run),
    Scene("export", _export),
)
