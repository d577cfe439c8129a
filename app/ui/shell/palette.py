"""Ctrl+K: one field over customers and commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from time import perf_counter
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget
from typing_extensions import override

from app.i18n import ntr, number, tr
from app.services.customers import CustomerRow
from app.services.finding import Hit
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.shell.palette_items import (
    PaletteItem,
    PaletteModel,
    command_items,
    customer_items,
    recent_items,
)
from app.ui.shell.palette_paint import PaletteDelegate, height_of
from app.ui.theme import MEDIUM, follow, tokens
from app.ui.widgets.avatar import IconView
from app.ui.widgets.field import LineEdit
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.surface import Line, Shadow, Surface
from app.ui.widgets.text import muted

WIDTH: Final = 680
ABOVE: Final = 112
TALLEST: Final = 600
SCRIM: Final = 0.38
HITS: Final = 8
ITSELF: Final = "palette"
"""The command that opens it, which it does not offer."""
_MOVES: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Answer:
    """What a search in the background gave, and how long it took in milliseconds."""

    hits: Sequence[Hit] = ()
    recents: Sequence[CustomerRow | None] = ()
    took: float = 0.0


class PaletteList(QListView):
    """Lines as high as they are, never a frame of its own; the mouse chooses by moving."""

    def __init__(self, model: PaletteModel) -> None:
        super().__init__()
        self._lines = model
        self.setObjectName("palette_list")
        self.setAccessibleName(tr("Results"))
        self.setModel(model)
        self.setItemDelegate(PaletteDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)

    def choose(self, line: int) -> None:
        """Make a line the chosen one."""
        self.setCurrentIndex(self._lines.index(line, 0))

    def move_choice(self, step: int) -> None:
        """Choose the next line in a direction, passing over headings."""
        self.choose(self._lines.next_choice(self.currentIndex().row(), step))

    def height_within(self, room: int) -> int:
        """How high the lines are that fit into the room as a whole: none is cut off at the end."""
        tok = tokens()
        lines = range(self._lines.rowCount())
        tops = accumulate(tok.px(height_of(self._lines.item(line))) for line in lines)
        return max((top for top in tops if top <= room), default=0)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._lines.item(index.row()).do is not None:
            self.choose(index.row())


class Palette(QWidget):
    """Lies over the whole window content; Escape and a click beside it close it."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        commands: Callable[[], Sequence[Command]],
        recents: Callable[[], Sequence[int]],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setProperty("overlay", True)  # noqa: FBT003 - Qt's property
        self.setAccessibleName(tr("Find or do"))
        self._under = parent
        self._context, self._commands, self._recents = context, commands, recents
        self._edition = 0
        self._waiting = False  # for an answer
        self._enter_due = False  # pressed before the answer came
        self._before: QWidget | None = None
        self.model = PaletteModel(self)
        self.list = PaletteList(self.model)
        self.field = LineEdit(tr("Find or do"), placeholder=tr("Customer, phone number, command…"))
        self.field.setObjectName("palette_field")
        self.field.setProperty("bare", True)  # noqa: FBT003 - Qt's property
        self._foot = muted()
        self._card = self._make_card()
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run)
        self.hide()
        follow(self.retheme)

    def _make_card(self) -> Surface:
        made = Surface("raised", "palette_card")
        made.setParent(self)
        head = row(
            IconView("search", "accent_ink", 20), (self.field, 1), KeyCap("Esc"), gap=12,
            margins=(20, 12, 20, 12),
        )  # fmt: skip
        foot = row(
            KeyCap("↑"), KeyCap("↓"), muted(tr("Choose")), 12, KeyCap("↵"), muted(tr("Open")),
            STRETCH, self._foot, gap=6, margins=(20, 10, 20, 10),
        )  # fmt: skip
        body = hold(col((self.list, 1), margins=(0, 4, 0, 8)))
        made.setLayout(col(head, Line(), (body, 1), Line(), foot, gap=0, margins=1))
        Shadow(made)
        return made

    # ---- opening and closing

    def open(self, typed: str = "") -> None:
        """Show it over everything."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._under.rect())
        self.field.setText(typed)
        self._ask()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.deselect()  # one goes on typing

    def close_palette(self) -> None:
        """Hide it; the cursor goes back where it was."""
        self._edition += 1
        self._enter_due = False
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None

    # ---- asking

    def _typed(self) -> None:
        self._ask()

    def _ask(self) -> None:
        self._edition += 1
        self._waiting = True
        typed, services, actor = (
            self.field.text().strip(),
            self._context.services,
            self._context.actor,
        )
        recents = list(self._recents())

        def find() -> Answer:
            begun = perf_counter()
            if not typed:
                rows = services.customers.rows(actor, recents) if recents else []
                return Answer(recents=rows)
            hits = services.find.find(actor, typed, HITS)
            return Answer(hits, took=(perf_counter() - begun) * 1000)

        self._context.tasks.run(self, find, partial(self._answered, self._edition, typed))

    def _answered(self, edition: int, typed: str, answer: Answer) -> None:
        if edition != self._edition:
            return
        self._waiting = False
        navigate = self._context.navigate
        items = [
            *customer_items(answer.hits, navigate),
            *recent_items(answer.recents, navigate),
            *command_items(typed, [one for one in self._commands() if one.name != ITSELF]),
        ]
        self._show_items(items or [PaletteItem(tr("Nothing found for “{text}”", text=typed))])
        self._foot.setText("")
        if typed:
            self._foot.setText(tr("{ms} ms", ms=number(max(1, round(answer.took)))))
            self._count(edition, typed)
        if self._enter_due:
            self._run()

    def _count(self, edition: int, typed: str) -> None:
        find, actor = self._context.services.find, self._context.actor
        words = self._foot.text()

        def counted(count: int) -> None:
            if edition == self._edition:
                found = ntr("{count} customer", "{count} customers", count)
                self._foot.setText(f"{found} · {words}")

        self._context.tasks.run(self, lambda: find.count(actor, typed), counted)

    def _show_items(self, items: Sequence[PaletteItem]) -> None:
        self.model.set_items(items)
        self.list.choose(self.model.next_choice(-1, 1))
        self.list.scrollToTop()
        self._place()

    # ---- choosing

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.list.move_choice(_MOVES[key])
        elif key in _ENTER:
            self._run()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _run(self) -> None:
        if self._waiting:
            self._enter_due = True
            return
        line = self.list.currentIndex().row()
        do = self.model.item(line).do if 0 <= line < self.model.rowCount() else None
        if do is not None:
            self.close_palette()
            do()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    # ---- looks

    def retheme(self) -> None:
        """Take over fonts and sizes."""
        self.field.setFont(tokens().font(15, MEDIUM))
        self._place()
        self.update()

    def _place(self) -> None:
        tok = tokens()
        above = min(tok.px(ABOVE), self.height() // 8)
        width = min(tok.px(WIDTH), self.width() - tok.px(48))
        around = self._card.sizeHint().height() - self.list.sizeHint().height()
        room = min(tok.px(TALLEST), self.height() - above - tok.px(48))
        height = around + self.list.height_within(room - around)
        left = (self.width() - width) // 2
        self._card.setGeometry(QRect(left, above, width, max(height, tok.px(160))))

    @override
    def sizeHint(self) -> QSize:
        return self._under.size()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        scrim = QColor(tokens().colour("scrim"))
        scrim.setAlphaF(SCRIM)
        QPainter(self).fillRect(self.rect(), scrim)
