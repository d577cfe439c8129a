"""The list on its card: table, foot, and what stands there when there is nothing."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QLayout, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.promises import PromiseQuery, Which
from app.domain.reminders import Whose
from app.i18n import Message, number, tr
from app.services.promise_lists import PromiseLine
from app.ui.context import Context
from app.ui.promises.bulk_dialog import Act
from app.ui.promises.columns import USUAL, arrangement, columns
from app.ui.promises.listing import PromiseListing
from app.ui.table_model import Ids, ListModel, RowSource
from app.ui.widgets.button import Button, ButtonKind
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.layout import STRETCH, col, fix, row
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.surface import Line, Surface
from app.ui.widgets.table import BigTable
from app.ui.widgets.text import muted


class Foot(QWidget):
    """How many are chosen and what can be done with them, always as high as a line."""

    asked = Signal(str)  # one of Act

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._count = muted()
        self._count.setObjectName("count")
        self._buttons: list[Button] = []
        self._add("keep", Button(tr("Kept"), "good", glyph="check", key="D", size="small"))
        self._add("move", Button(tr("New date"), glyph="calendar-clock", key="M", size="small"))
        self._add("break", Button(tr("Not kept"), glyph="x", key="B", size="small"))
        self._add("release", Button(tr("Release"), glyph="minus", key="R", size="small"))
        kind: ButtonKind = "danger"
        self._add("delete", Button("", kind, glyph="trash-2", size="small", name=tr("Delete")))
        fix(self, height=44)
        line = row(
            self._count,
            8,
            *self._buttons,
            STRETCH,
            muted(tr("Shortcuts")),
            KeyCap("?"),
            gap=6,
            margins=(16, 0, 12, 0),
        )
        line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(line)
        self.show_count(0, 0)

    def _add(self, act: Act, button: Button) -> None:
        button.setObjectName(f"bulk_{act}")
        button.clicked.connect(partial(self._ask, act))
        self._buttons.append(button)

    def _ask(self, act: Act, _checked: object = None) -> None:
        self.asked.emit(act)

    def show_count(self, chosen: int, total: int) -> None:
        """Say how many of how many are chosen."""
        self._count.setText(
            tr("Selected {chosen} / {total}", chosen=number(chosen), total=number(total))
        )
        for button in self._buttons:
            button.setVisible(chosen > 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.height())


class PromiseCard(Surface):
    """Shows what a `PromiseListing` finds."""

    new_asked = Signal()
    all_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("card", "promise_card")
        lists, actor = context.services.promise_lists, context.actor
        self.columns = columns(context.services.clock)

        def fetch(ids: Ids) -> list[PromiseLine | None]:
            return lists.rows(actor, ids.tolist())

        source = RowSource(fetch, instant=lists.instant)
        self.model: ListModel[PromiseLine] = ListModel(self.columns, source, context.tasks, self)
        self.table = BigTable(self.model, "promise_list", grows="text")
        self.table.setAccessibleName(tr("Promises"))
        self.table.show_columns(arrangement(USUAL, self.columns, {}))
        self.listing = PromiseListing(context, self.model, self)
        self.foot = Foot()
        new = Button(tr("New promise"), glyph="plus")
        new.setObjectName("first_promise")
        new.clicked.connect(self.new_asked)
        self.none = EmptyState("handshake", "", "", new)
        everything = Button(tr("Show all promises"), glyph="list")
        everything.setObjectName("show_all")
        everything.clicked.connect(self.all_asked)
        self.nothing = EmptyState("check", "", "", everything)
        self._stack = QStackedWidget()
        for page in (self.table, self.none, self.nothing):
            self._stack.addWidget(page)
        self.setLayout(col((self._stack, 1), Line(), self.foot, gap=0, margins=1))
        self.listing.filled.connect(self._filled)
        self.listing.counted.connect(self._show_page)
        # Not at once: while a new list comes in, the selection is lost and found again.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_count)
        self.table.selection.changed.connect(self._soon.start)

    def _filled(self) -> None:
        self._show_page()
        self._soon.start()

    def _show_page(self) -> None:
        """The list, or why there is none."""
        query, counts = self.listing.query, self.listing.counts
        page: QWidget = self.table
        if not len(self.model.ids) and counts is not None and self.listing.complete:
            if not counts[Which.ALL] and not query.text:
                self.none.set_words(*none_words(query.whose))
                page = self.none
            else:
                self.nothing.set_words(*nothing_words(query))
                page = self.nothing
        if page is not self._stack.currentWidget():
            focused = self.table.hasFocus()
            self._stack.setCurrentWidget(page)
            if focused:
                page.setFocus()

    def _show_count(self) -> None:
        self.foot.show_count(self.table.selection.count(), len(self.model.ids))


def none_words(whose: Whose) -> tuple[str, str]:
    """How promises come about, where there is none at all."""
    mine = whose is Whose.MINE
    return (
        tr("No promises of yours yet") if mine else tr("No promises yet"),
        tr(
            "Promises are noted where they are made: when you log a call, write what you said you "
            "would do and until when. Shuke reminds you before the customer has to."
        ),
    )


def nothing_words(query: PromiseQuery) -> tuple[str, str]:
    """What an empty list says, and what may be done about it."""
    if query.text:
        return tr("Nothing found"), tr("Try other or fewer words, or look among all promises.")
    if query.which is Which.ALL:
        return none_words(query.whose)
    title, words = _EMPTY[query.which]
    return str(title), str(words)


_EMPTY: Final[Mapping[Which, tuple[Message, Message]]] = MappingProxyType(
    {
        Which.OPEN: (
            Message("Nothing is pending"),
            Message("Every promise has been dealt with."),
        ),
        Which.LATE: (
            Message("Nothing is late"),
            Message("Nobody waits for what was promised."),
        ),
        Which.WEEK: (
            Message("Nothing is due in the next 7 days"),
            Message("What is due later stands among the pending ones."),
        ),
        Which.KEPT: (
            Message("None was kept yet"),
            Message("Press D on a promise that is kept."),
        ),
        Which.BROKEN: (
            Message("None was broken"),
            Message("What was not kept stands here with the reason."),
        ),
        Which.RELEASED: (
            Message("None was released"),
            Message("Press R on a promise that the customer does not ask for any more."),
        ),
    }
)
