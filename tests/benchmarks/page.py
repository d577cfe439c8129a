"""A customer's page in the real window: opened, and a call logged on it.

    python -m tests.benchmarks.page FOLDER LONG

prints one line of JSON, milliseconds: `open` of customers of the list, `open_long` of the customer
with the id LONG, `log` from Enter until the entry stands on the page. It writes to the workspace.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.config import Workspace
from app.db import bulk
from app.domain.interactions import Channel, Direction
from app.domain.lists import ListQuery
from app.domain.vocabulary import Origin
from app.i18n import Message
from app.models import Interaction
from app.services.workspaces import WorkspaceService

STAFF = "李娜"
ENTRIES = 10_000
TIMES = 21
PAUSE = 200  # milliseconds between two customers
LINE = "电话 满意4 样品已收到，等采购比价"


def prepare(scratch: Workspace) -> int:
    """Give one customer of STAFF a very long story; returns its id."""
    opened = WorkspaceService(Clock()).open(scratch)
    try:
        services = opened.services
        actor = services.staff.actor_named(STAFF, Origin.COMMAND_LINE)
        customer = int(services.customers.ids(actor, ListQuery())[-1])
        now = services.clock.now()
        rows = [
            {
                "customer_id": customer,
                "contact_id": None,
                "staff_id": actor.id,
                "channel": Channel.PHONE.value,
                "direction": Direction.OUT.value,
                "at": now - timedelta(hours=number),
                "minutes": 5,
                "summary": f"第 {number} 次：确认了送货时间，门卫已登记车牌",
                "step": None,
                "rating": None,
                "unhappy": False,
            }
            for number in range(ENTRIES)
        ]
        with services.database.write(actor, Message("A long story")) as session:
            bulk.insert_rows(session, Interaction, rows)
        return customer
    finally:
        opened.close()


def main(folder: Path, long: int) -> None:
    from app import bootstrap
    from app.ui.widgets.table import BigTable

    script = _Script(long)
    paint = BigTable.paintEvent

    def paint_event(self: Any, event: Any) -> None:
        paint(self, event)
        if self.model().rowCount():
            script.begin(self)

    BigTable.paintEvent = paint_event  # type: ignore[method-assign]  # watched
    bootstrap.run_window(folder, STAFF, "customers")


class _Script:
    def __init__(self, long: int) -> None:
        self._long = long
        self._begun = False

    def begin(self, table: Any) -> None:
        """The list is painted: go on as soon as the program is at rest."""
        if self._begun:
            return
        self._begun = True
        from PySide6.QtCore import QTimer

        from app.ui.shell.shell import Shell

        self._shell = table.window().findChild(Shell)
        self._ids = table.model().ids
        self._steps = self._play()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)
        self._timer.start(10 * PAUSE)

    def _step(self) -> None:
        pause = next(self._steps, None)
        if pause is not None:
            self._timer.start(pause)

    def _play(self) -> Iterator[int]:
        found: dict[str, list[float]] = {"open": [], "open_long": [], "log": []}
        for one in self._ids[:TIMES].tolist():
            found["open"].append(self._open(one))
            yield PAUSE
        for _ in range(5):
            self._open(int(self._ids[0]))
            yield PAUSE
            found["open_long"].append(self._open(self._long))
            yield PAUSE
        self._open(int(self._ids[0]))
        yield 3 * PAUSE
        log = self._shell.front().quick_log
        log.shown.connect(found["log"].append)
        for number in range(TIMES):
            log.line.set_text(f"{LINE} {number}")
            yield PAUSE
            log.log()
            yield 2 * PAUSE
        # the first of everything is made then, and imported
        found = {name: took[1:] for name, took in found.items()}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        os._exit(0)

    def _open(self, customer_id: int) -> float:
        """Milliseconds until the page is painted."""
        begin = time.perf_counter()
        self._shell.navigate("customer", customer_id)
        screen = self._shell.front()
        _until(lambda: screen.page is not None and screen.page.record.id == customer_id)
        self._shell.window().repaint()
        return (time.perf_counter() - begin) * 1000


def _until(true: Callable[[], bool]) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + 30
    while not true():
        QApplication.processEvents()
        if time.monotonic() > end:
            raise TimeoutError


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
