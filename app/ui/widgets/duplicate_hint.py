"""Who may be here already, said quietly while somebody types: it never stops anybody."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QSizePolicy

from app.domain.customer import CustomerDraft
from app.i18n import tr
from app.ui.context import Context
from app.ui.widgets.avatar import IconView
from app.ui.widgets.button import Button
from app.ui.widgets.layout import Box, col, hold, row
from app.ui.widgets.surface import Surface
from app.ui.widgets.text import Label

if TYPE_CHECKING:
    from app.services.duplicates import PossibleDuplicate

PAUSE: Final = 350
"""Milliseconds without a key before it looks."""
_SHOWN: Final = 3
_INDENT: Final = 32  # the words begin below those of the title: icon, gap, and the gap after it


class DuplicateHint(Surface):
    """Lines about customers that may be the one typed; hidden where there are none.

    It takes no keyboard and closes nothing. Put it where its coming moves no input. Its buttons
    open the customer in a window of its own, so that what is typed stays.
    """

    open_asked = Signal(int)

    def __init__(self, context: Context, except_id: int | None = None) -> None:
        super().__init__("sunken", "duplicate_hint")
        self._context, self._except_id = context, except_id
        self._asked: CustomerDraft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        self._lines: Box = col(gap=4)
        self._page = hold(self._lines)
        self.setLayout(col(self._page, gap=0, margins=(12, 8, 8, 8)))
        # as high as its lines need when they are broken
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._words = ""
        self.hide()

    def look_for(self, typed: CustomerDraft) -> None:
        """Look, after a pause, whether such a customer is here."""
        self._asked = typed
        self._timer.start()

    def clear(self) -> None:
        """Say nothing: nothing was typed that could be looked for."""
        self._asked = None
        self._timer.stop()
        self._show(None, ())

    def text(self) -> str:
        """All that it says; empty while it is hidden."""
        return self._words

    def _look(self) -> None:
        typed, context, except_id = self._asked, self._context, self._except_id
        if typed is None:
            return

        def work() -> "tuple[PossibleDuplicate, ...]":
            return context.services.duplicates.possible(
                context.actor, typed.name, typed.points, typed.kind, typed.tax_id, typed.region,
                except_id,
            )  # fmt: skip

        context.tasks.run(self, work, partial(self._show, typed))

    def _show(self, typed: CustomerDraft | None, found: "tuple[PossibleDuplicate, ...]") -> None:
        if typed is not self._asked:
            return  # what was looked for is no more what is typed
        words = "\n".join(str(one.sentence()) for one in found[:_SHOWN])
        if words == self._words:
            return
        self._words = words
        self._fill(found[:_SHOWN])
        self.setVisible(bool(words))
        if words:
            self.setAccessibleName(f"{_title()}\n{words}")
            event = QAccessibleEvent(self, QAccessible.Event.Alert)
            QAccessible.updateAccessibility(event)

    def _fill(self, found: "tuple[PossibleDuplicate, ...]") -> None:
        before = self._page
        self._lines = col(row(IconView("users"), (Label(_title(), "small", "muted"), 1)), gap=4)
        for one in found:
            self._lines.put(self._line(one))
        self._page = hold(self._lines)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(before, self._page)
        before.hide()
        before.deleteLater()

    def _line(self, one: "PossibleDuplicate") -> Box:
        words = Label(str(one.sentence())).wrapped()  # the reason comes last: never cut it off
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words.setProperty("typed", True)  # noqa: FBT003 - Qt's property
        if one.customer_id is None:
            return row(_INDENT, (words, 1))
        button = Button(tr("Open"), "accent", size="small", name=tr("Open {name}", name=one.name))
        button.setObjectName("open_duplicate")
        button.clicked.connect(partial(self._open, one.customer_id))
        return row(_INDENT, (words, 1), button)

    def _open(self, customer_id: int, _checked: object = None) -> None:
        self.open_asked.emit(customer_id)
        self._context.open_window("customer", customer_id)


def _title() -> str:
    return tr("Possibly here already")
