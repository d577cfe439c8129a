"""A line of the profile: what is known, and in its place what changes it."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy
from typing_extensions import override

from app.i18n import tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.looked_at import LookedAt
from app.ui.customer.profile_editing import Editing
from app.ui.customer.profile_subjects import Subject
from app.ui.theme import follow, tokens
from app.ui.widgets.avatar import IconView
from app.ui.widgets.button import RING
from app.ui.widgets.layout import col, hold, row_top
from app.ui.widgets.link import Link
from app.ui.widgets.text import Label

_LONGEST: Final = 600  # characters that are shown; the editor has the whole
_LINE: Final = 20  # height of one line of words
_GAP: Final = 8  # between name and value
_EDITS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ProfileLine(LookedAt):
    """Name and value. A click, Enter or F2 changes it; Tab saves and goes to the next line.

    What is being typed belongs to the customer it was begun for: it waits while another is shown.
    """

    began = Signal(object)  # this line: it is being changed now
    left = Signal(object)  # this line: it is not any more
    stepped = Signal(object, int)  # this line; 1 on, -1 back: the keyboard goes there
    edit_next = Signal(object, int)  # the same, and what is there is to be changed
    menu_asked = Signal(object, QPoint)  # this line, global place

    def __init__(self, context: Context, subject: Subject) -> None:
        super().__init__()
        self._context = context
        self.subject = subject
        self.page: CustomerPage | None = None
        self._editing: Editing | None = None
        self._again = False
        self._parked: dict[int, Editing] = {}
        self._name = Label("", "small", "muted").wrapped()
        self._value = Label().wrapped()
        self._value.setProperty("typed", True)  # noqa: FBT003 - Qt's property: the user's own text
        self._link: Link | None = None
        self._mark = IconView("pencil", name=tr("Change"))
        policy = self._mark.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the words do not move under the mouse
        self._mark.setSizePolicy(policy)
        self._mark.hide()
        self._values = row_top((self._value, 1), gap=0)
        self._values.addStretch(0)  # takes what a short link leaves: the words begin at the left
        held = row_top((self._values, 1), self._mark, gap=8)
        words = row_top(self._name, (held, 1), gap=_GAP - RING)  # a link brings room for its ring
        words.setAlignment(self._name, Qt.AlignmentFlag.AlignTop)
        for label in (self._name, self._value):
            # latin and Chinese words of one line stand on one middle
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._rest = hold(words)
        self._box = col(self._rest, gap=0)
        self.setLayout(self._box)
        self.setObjectName(f"line_{subject.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(tr("Enter changes it."))
        size = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        size.setHeightForWidth(True)
        self.setSizePolicy(size)
        follow(self.retheme)

    def retheme(self) -> None:
        """Take over sizes."""
        for label in (self._name, self._value):
            label.setMinimumHeight(tokens().px(_LINE))
        self._value.setContentsMargins(tokens().px(RING), 0, 0, 0)

    # ---- what is shown

    def set_name_width(self, pixels: int) -> None:
        """Width of the column of names, at zoom 1."""
        self._name.wide(pixels)

    def show_page(self, page: CustomerPage) -> None:
        """Show this customer's value; what is being typed stays, or waits for its customer."""
        editing = self._editing
        if editing is not None and editing.customer_id != page.record.id:
            self._put_away(editing)
        self.page = page
        self.show_words(self.subject.words(page))
        back = self._parked.pop(page.record.id, None)
        if back is not None and self._editing is None:
            self._open(back)

    def _put_away(self, editing: Editing) -> None:
        self._take_out(editing)
        if editing.is_changed():
            self._parked[editing.customer_id] = editing
        else:
            editing.deleteLater()

    def show_words(self, words: str) -> None:
        """Say what is held."""
        page = self.page
        if page is None:
            return
        title = str(self.subject.title(page))
        shown = f"{words[:_LONGEST].rstrip()}…" if len(words) > _LONGEST else words
        self._name.setText(title)
        self._value.setText(shown or tr("Add"))
        self._value.set_tone("text" if words else "muted")
        self.setAccessibleName(f"{title}: {words or tr('empty')}")
        self._show_link(page, words)

    def _show_link(self, page: CustomerPage, words: str) -> None:
        target = self.subject.target(page)
        if self._link is not None:
            self._values.removeWidget(self._link)
            self._link.hide()
            self._link.deleteLater()
            self._link = None
        self._value.setVisible(target is None)
        if target is not None:
            title = str(self.subject.title(page))
            self._link = Link(words, f"{title}: {words}")
            self._link.setObjectName(f"open_{self.subject.key}")
            self._link.clicked.connect(self._follow)
            self._values.insertWidget(0, self._link, 100)

    def _follow(self) -> None:
        target = self.subject.target(self.page) if self.page is not None else None
        if target is not None:
            self._context.navigate("customer", target)

    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self.page is None or not self.subject.words(self.page)

    # ---- changing it

    @property
    def editing(self) -> Editing | None:
        """What it is being changed with."""
        return self._editing

    def unsaved(self) -> frozenset[int]:
        """The customers for whom something is typed here and not saved."""
        here = [self._editing] if self._editing is not None and self._editing.is_changed() else []
        return frozenset([*self._parked, *(one.customer_id for one in here)])

    def edit(self) -> None:
        """Turn into what changes it."""
        if self.page is None:
            return
        if self._editing is None:
            self._open(Editing(self._context, self.subject, self.page))
            self.began.emit(self)
        if self._editing is not None:
            self._again = self._editing.saving  # once it is saved, it is changed once more
            self._editing.start()
        QTimer.singleShot(0, self, self._come_into_sight)

    def submit(self) -> None:
        """Save what was typed, as when another line is changed."""
        if self._editing is not None:
            self._editing.submit(0)

    def _open(self, editing: Editing) -> None:
        self._editing = editing
        editing.left.connect(self._leave)
        editing.saved.connect(self._saved)
        editing.moved.connect(self._moved)
        self._rest.hide()
        self._box.addWidget(editing)
        editing.show()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.looked_at.emit()

    def _take_out(self, editing: Editing) -> None:
        editing.left.disconnect(self._leave)
        editing.saved.disconnect(self._saved)
        editing.moved.disconnect(self._moved)
        editing.saved.connect(self._saved_away)
        self._box.removeWidget(editing)
        editing.setParent(self)
        editing.hide()
        self._editing = None
        self._rest.show()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _saved_away(self, editing: Editing, _page: CustomerPage, _words: str) -> None:
        """Saved for a customer whose page was left meanwhile."""
        self._parked.pop(editing.customer_id, None)
        editing.deleteLater()

    def _saved(self, editing: Editing, page: CustomerPage, words: str) -> None:
        # what follows begins with what is kept now, also before the page was read again
        self.page = page
        self.show_words(words)
        again, self._again = self._again, False
        self._close(editing)
        if again:
            self.edit()

    def _leave(self) -> None:
        if self._editing is not None:
            self._close(self._editing)

    def _close(self, editing: Editing) -> None:
        has_keys = editing.has_keys()
        self._take_out(editing)
        editing.deleteLater()
        if has_keys:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit(self)
        self.looked_at.emit()

    def _moved(self, step: int) -> None:
        if step:
            self.edit_next.emit(self, step)

    def leave_keys(self) -> None:
        """Tab at the end of the lines: the keyboard goes on from here."""
        if self._editing is None or not self._editing.saving:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _come_into_sight(self) -> None:
        above: QObject | None = self.parent()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parent()
        if above is not None:
            above.ensureWidgetVisible(self, 0, 16)

    def copy(self) -> None:
        """Put the value on the clipboard."""
        if self.page is not None:
            QGuiApplication.clipboard().setText(self.subject.words(self.page))

    # ---- what Qt asks

    @override
    def _look(self) -> None:
        self._mark.setVisible(self.hovered or self.hasFocus())
        self.looked_at.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside and self._editing is None:
            self.edit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._editing is None:
            keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
            below = self.mapToGlobal(QPoint(0, self.height()))
            self.menu_asked.emit(self, below if keyboard else event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._editing is not None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in _EDITS:
            self.edit()
        elif event.key() in _STEPS:
            self.stepped.emit(self, _STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
