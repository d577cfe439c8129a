"""How much is to be done today, beside the name of its page in the side bar."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.services.due import DueCounts
from app.ui.context import Context
from app.ui.shell.side_bar import SideBar

if TYPE_CHECKING:
    from app.ui.theme import Kind

TODAY: Final = "today"
_AREAS: Final = frozenset({"reminder", "promise", "customer", "staff"})
_MINUTE: Final = 60_000  # milliseconds


class Counts(QObject):
    """Counts anew after every write that bears on it, and when another day begins."""

    def __init__(self, context: Context, side_bar: SideBar) -> None:
        super().__init__(side_bar)
        self._context, self._side_bar = context, side_bar
        self._edition = 0
        self._day = context.services.clock.today()
        context.changes.changed.connect(self._changed)
        minute = QTimer(self)
        minute.setInterval(_MINUTE)
        minute.timeout.connect(self._look_at_the_day)
        minute.start()
        self.count()

    def count(self) -> None:
        """Count in the background."""
        self._edition += 1
        self._day = self._context.services.clock.today()
        due, actor = self._context.services.due, self._context.actor
        self._context.tasks.run(
            self, partial(due.counts, actor), partial(self._show, self._edition)
        )

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & _AREAS:
            self.count()

    def _look_at_the_day(self) -> None:
        if self._context.services.clock.today() != self._day:
            self.count()

    def _show(self, edition: int, counts: DueCounts) -> None:
        if edition == self._edition:
            kind: Kind = "danger" if counts.late else "plain"
            self._side_bar.set_count(TODAY, counts.late + counts.today, kind)
