"""Collecting Python's cyclic garbage on the GUI thread and nowhere else.

Python collects on whichever thread happens to allocate. On a worker that may destroy a widget that
is part of a cycle: Qt then holds its own lock and waits for the interpreter's, while the window
holds the interpreter's and waits for Qt's, and the program stands still for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


class Garbage(QObject):
    """Takes over from the automatic collector for as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect what the automatic collector would have collected by now."""
        youngest, middle, oldest = gc.get_count()
        if youngest <= self._thresholds[0]:
            return
        if middle <= self._thresholds[1]:
            gc.collect(0)
        elif oldest <= self._thresholds[2]:
            gc.collect(1)
        else:
            gc.collect(2)

    def give_back(self) -> None:
        """Let Python collect by itself again, at the end of the window.

        What is garbage by then goes first: later Qt may have ended before it.
        """
        self._timer.stop()
        gc.collect()
        gc.enable()
