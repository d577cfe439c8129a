"""The real window in a process of its own: started, typed into, scrolled.

    python -m tests.benchmarks.window start|script|bare FOLDER

prints one line of JSON: moments as time.time(), durations in seconds, memory in MB.
"""

import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.memory import resident_mb

STAFF = "李娜"
EVERY = 150  # milliseconds between two keys
QUIET = 600  # milliseconds between two texts, and before the first
FRAMES = 200
ROWS_A_STEP = 3


def main(mode: str, folder: Path) -> None:
    if mode == "bare":
        _bare()
        return
    # as main.py does with --workspace and --open customers
    from app import bootstrap
    from app.ui.widgets.table import BigTable

    script = _Script() if mode == "script" else None
    _watch(BigTable, script.painted if script else _first_painted)
    bootstrap.run_window(folder, STAFF, "customers")


def _say(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def _watch(table: Any, painted: Callable[[Any], None]) -> None:
    """Call `painted(table)` after every time the rows were painted."""
    paint = table.paintEvent

    def paint_event(self: Any, event: Any) -> None:
        paint(self, event)
        if self.model().rowCount():
            painted(self)

    table.paintEvent = paint_event


def _first_painted(_table: Any) -> None:
    _say({"painted": time.time(), "rss": resident_mb()})
    # nothing was changed: no need to leave in order
    os._exit(0)


def _bare() -> None:
    """The least a program of this kind does: Qt, a window, SQLAlchemy."""
    from PySide6.QtWidgets import QApplication, QLabel

    importlib.import_module("sqlalchemy.orm")

    class Window(QLabel):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            _say({"painted": time.time(), "rss": resident_mb()})
            os._exit(0)

    app = QApplication([])
    window = Window("Shuke")
    window.resize(1360, 860)
    window.show()
    app.exec()


class _Script:
    """Types, jumps and scrolls as soon as the list is complete."""

    def __init__(self) -> None:
        self.begun = False
        self.card: Any = None
        self.answered = ""
        self.waiting: dict[str, float] = {}
        self.keys: list[tuple[str, float]] = []

    def painted(self, table: Any) -> None:
        if not self.begun:
            self.begun = True
            self._begin(table)
        now = time.perf_counter()
        if self.waiting and self.answered in self.waiting:
            # an answer to a later key stands for the earlier ones it overtook
            for text in list(self.waiting):
                self.keys.append((text, now - self.waiting.pop(text)))
                if text == self.answered:
                    break

    def _begin(self, table: Any) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QLineEdit, QWidget

        window = table.window()
        self.table = table
        self.field = window.findChild(QWidget, "search")
        assert isinstance(self.field, QLineEdit)
        self.card = window.findChild(QWidget, "list_card")
        self.card.listing.filled.connect(self._filled)
        self.steps = iter(self._steps())
        self.timer = QTimer()
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._step)
        self.timer.start(3 * QUIET)

    def _filled(self) -> None:
        self.answered = self.card.listing.query.search

    def _step(self) -> None:
        pause = next(self.steps, None)
        if pause is not None:
            self.timer.start(pause)

    def _steps(self) -> Any:
        """What is done, and after each the milliseconds to wait."""
        while not self.card.listing.complete:
            yield QUIET
        found: dict[str, Any] = {"jump": self._jump()}
        yield QUIET
        found["scroll"] = self._scroll()
        yield QUIET
        frames = [self._frame() for _ in range(20)]
        found["frame"] = sorted(frames)[10]
        yield from self._type()
        yield 2 * QUIET
        found["keys"] = self.keys
        found["unanswered"] = list(self.waiting)
        self.field.clear()
        yield 3 * QUIET
        found["rss"] = resident_mb()
        found["rows"] = self.card.model.rowCount()
        _say(found)
        os._exit(0)

    def _jump(self) -> float:
        from PySide6.QtCore import Qt

        begin = time.perf_counter()
        _press(self.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        self.table.viewport().repaint()
        return time.perf_counter() - begin

    def _frame(self) -> float:
        begin = time.perf_counter()
        self.table.viewport().repaint()
        return time.perf_counter() - begin

    def _scroll(self) -> list[float]:
        bar = self.table.verticalScrollBar()
        bar.setValue(bar.maximum() // 3)
        self.table.viewport().repaint()
        step = self.table.rowHeight(0) * ROWS_A_STEP
        found = []
        for _ in range(FRAMES):
            begin = time.perf_counter()
            bar.setValue(bar.value() + step)
            self.table.viewport().repaint()
            found.append(time.perf_counter() - begin)
        bar.setValue(0)
        return found

    def _type(self) -> Any:
        from tests.benchmarks.keys import TEXTS

        self.field.setFocus()
        for text in TEXTS:
            self.field.clear()
            yield QUIET
            for end in range(1, len(text) + 1):
                self.waiting[text[:end]] = time.perf_counter()
                _type_letter(self.field, text[end - 1])
                yield EVERY


def _press(widget: Any, key: Any, modifiers: Any) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def _type_letter(widget: Any, letter: str) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, plain, letter))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
