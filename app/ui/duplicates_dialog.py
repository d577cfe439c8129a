"""Customers that may be the same, two by two: looked at, opened, merged."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import Cancelled
from app.i18n import Message, ntr, tr
from app.ui.context import Context
from app.ui.merge_dialog import open_merge
from app.ui.theme import tokens
from app.ui.widgets.button import RING, Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.hanging import HangingScroll
from app.ui.widgets.layout import STRETCH, Box, Item, col, hold, row
from app.ui.widgets.link import Link
from app.ui.widgets.progress import ProgressRow
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, muted

if TYPE_CHECKING:
    from app.services.duplicate_pairs import DuplicatePair, Side

MOST: Final = 50
"""Pairs shown at a time, the surest: when some are merged, others follow."""


class DuplicatesDialog(Dialog):
    """Looks through the workspace when it opens, and again after a merge; lists what it found."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(
            parent,
            tr("Possible duplicates"),
            "duplicates",
            do="",
            leave=tr("Close"),
            words=tr(
                "Found by the same phone or e-mail address, or by a similar name. You decide what"
                " to merge."
            ),
        )
        self._owner, self._context = parent, context
        self.pairs: tuple[DuplicatePair, ...] = ()
        self._lines: Box = col(STRETCH, gap=10)
        self._page = hold(self._lines, "pairs")
        self._room: Box = col(gap=0)
        scroll = HangingScroll(self._page, "pairs_scroll")
        self.put(self._room, (scroll, 1))
        self._progress: ProgressRow | None = None
        self._again = False  # something changed while it looked
        context.tasks.busy_changed.connect(self._came_further)
        context.changes.changed.connect(self._changed)

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumSize(tokens().px(560), tokens().px(400))

    @override
    def fit(self) -> None:
        """Room for some pairs, as the window it lies over allows."""
        over = self._owner.window().height() - tokens().px(64)
        height = max(self.minimumHeight(), min(tokens().px(640), over))
        self.resize(tokens().px(680), height)

    @override
    def open(self) -> None:
        super().open()
        self.leave_button.setFocus()
        self.look_again()

    def look_again(self) -> None:
        """Look through the workspace once more."""
        if self._progress is not None:
            self._again = True
            return
        self._again = False
        finder, actor = self._context.services.pairs, self._context.actor
        task = self._context.tasks.run_long(
            self,
            lambda progress: finder.pairs(actor, MOST, progress),
            self._show,
            self._failed,
            title=Message("Looking for duplicates"),
        )
        self._progress = ProgressRow(task)
        task.show_in(self._progress)
        self._room.addWidget(self._progress)

    @override
    def done(self, result: int) -> None:
        if self._progress is not None:
            self._progress.task.cancel()
        super().done(result)

    def _came_further(self) -> None:
        if self._progress is not None:
            self._progress.refresh()

    def _changed(self, areas: frozenset[str]) -> None:
        if areas & {"customer", "contact_point"}:
            self.look_again()

    def _end_progress(self) -> None:
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None

    def _failed(self, error: BaseException) -> None:
        self._end_progress()
        if isinstance(error, Cancelled):
            self.reject()
        else:
            self._context.tasks.failed.emit(error)

    def _show(self, pairs: "tuple[DuplicatePair, ...]") -> None:
        self._end_progress()
        self.pairs = pairs
        while (item := self._lines.takeAt(0)) is not None:
            if (held := item.widget()) is not None:
                held.hide()
                held.deleteLater()
        if not pairs:
            words = tr("No two customers share a phone, an e-mail address or a name.")
            self._lines.put((EmptyState("users", tr("No duplicates found"), words), 1))
            return
        count = ntr("{count} pair, the surest first", "{count} pairs, the surest first", len(pairs))
        self._lines.put(muted(count))
        for one in pairs:
            self._lines.put(Line())
            self._lines.put(hold(self._line(one), "pair"))
        self._lines.put(STRETCH)
        if self._again:
            self.look_again()

    def _line(self, one: "DuplicatePair") -> Box:
        why = muted(tr(", ").join(str(reason.words) for reason in one.reasons)).wrapped()
        sides = col(self._side(one.first), self._side(one.second), gap=2)
        # below the words of the links, which leave room for their ring
        names = col(sides, row(RING, (why, 1), gap=0), gap=4)
        first, second = one.first.customer_id, one.second.customer_id
        if first is None or second is None:
            return row((names, 1))
        button = Button(tr("Merge…"), glyph="merge", size="small")
        button.setObjectName("merge_pair")
        button.setAccessibleName(
            tr("Merge {first} and {second}", first=one.first.name, second=one.second.name)
        )
        button.clicked.connect(partial(self._ask_merge, first, second))
        return row((names, 1), button, gap=12)

    def _side(self, side: "Side") -> Item:
        owner = side.owner or tr("Nobody")
        if side.customer_id is None:
            hidden = Label(tr("A customer of {owner}", owner=owner), "body", "muted")
            return row(RING, hidden, gap=0)
        link = Link(side.name, tr("Open {name}", name=side.name))
        link.setObjectName("open_pair")
        link.clicked.connect(partial(self._open, side.customer_id))
        return row((link, 100), muted(tr("Owner: {owner}", owner=owner)), STRETCH, gap=8)

    def _open(self, customer_id: int, _checked: object = None) -> None:
        self._context.open_window("customer", customer_id)

    def _ask_merge(self, first: int, second: int, _checked: object = None) -> None:
        open_merge(self, self._context, first, second)
