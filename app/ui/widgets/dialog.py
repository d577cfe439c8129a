"""Dialogs: they never block the program, and never lose what was typed."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.theme import follow, tokens
from app.ui.widgets.button import Button, ButtonKind
from app.ui.widgets.layout import STRETCH, Item, col, row
from app.ui.widgets.tab_order import order_by_place
from app.ui.widgets.text import Label, muted

_DRAFTS: Final = "drafts"
Draft = dict[str, str]


class Dialog(QDialog):
    """Modal to its window. Enter accepts, Escape leaves; what was typed comes back next time.

    Every field to be kept needs an object name. `submit` may be overridden: it closes with
    `accept()` when what it started has succeeded.

    Args:
        parent: any widget of the window it belongs to.
        title: what it is for, as a heading and in the title bar.
        name: object name, and the name under which typed text is kept.
        do: words on the button that accepts; "" for none.
        kind: look of that button.
        leave: words on the button that leaves.
        about: the record it is about; drafts are kept apart for each.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        name: str,
        *,
        do: str,
        kind: ButtonKind = "primary",
        leave: str = "",
        about: str = "",
        words: str = "",
    ) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self._about = about
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = col(gap=12)
        self.do_button = Button(do, kind)
        self.do_button.setObjectName("do")
        self.do_button.setDefault(True)
        if not do:  # shown before it has a parent it would be a window of its own
            self.do_button.hide()
        self.leave_button = Button(leave or tr("Cancel"))
        self.leave_button.setObjectName("leave")
        self.left_buttons = row(gap=8)
        self.do_button.clicked.connect(self.submit)
        self.leave_button.clicked.connect(self.reject)
        under = muted(words, "body").wrapped() if words else None
        buttons = row(self.left_buttons, STRETCH, self.leave_button, self.do_button)
        self.setLayout(
            col(
                Label(title, "title"),
                under,
                (self.body, 1),
                buttons,
                gap=16,
                margins=24,
            )
        )
        follow(self.retheme)

    def put(self, *items: Item) -> None:
        """Add to the body."""
        for item in items:
            self.body.put(item)

    def submit(self) -> None:
        """Do what the dialog is for; closes it."""
        self.accept()

    def retheme(self) -> None:
        """Take over sizes."""
        self.setMinimumWidth(tokens().px(440))
        self.update()

    # ---- what was typed

    def _fields(self) -> list[QLineEdit | QPlainTextEdit]:
        found = self.findChildren(QWidget)
        return [one for one in found if isinstance(one, QLineEdit | QPlainTextEdit)]

    def _inputs(self) -> list[QLineEdit | QPlainTextEdit]:
        return [
            one
            for one in self._fields()
            if one.objectName() and not one.objectName().startswith("qt_")
        ]

    def _drafts(self) -> dict[str, Draft]:
        held = self._window.property(_DRAFTS)
        return held if isinstance(held, dict) else {}

    def _key(self) -> str:
        return f"{self.objectName()} {self._about}"

    def _keep_draft(self) -> None:
        typed = {one.objectName(): _text(one) for one in self._inputs() if _text(one)}
        drafts = {**self._drafts(), self._key(): typed}
        self._window.setProperty(_DRAFTS, drafts)

    def _drop_draft(self) -> None:
        drafts = {key: draft for key, draft in self._drafts().items() if key != self._key()}
        self._window.setProperty(_DRAFTS, drafts)

    def _restore_draft(self) -> None:
        draft = self._drafts().get(self._key(), {})
        for one in self._inputs():
            words = draft.get(one.objectName())
            if words is not None and not _text(one):
                _set_text(one, words)

    # ---- what Qt asks

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        order_by_place(self)
        return super().focusNextPrevChild(next)

    @override
    def open(self) -> None:
        """Show it; the answer comes by the signal `accepted`."""
        self._restore_draft()
        for first in self._fields()[:1]:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        super().open()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.fit()  # before Qt places it: what grows afterwards hangs over the screen's edge
        super().showEvent(event)

    def fit(self) -> None:
        """Take the height that the lines of words need at this width."""
        width = max(self.minimumWidth(), self.sizeHint().width())
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(width, layout.totalHeightForWidth(width))

    @override
    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted.value:
            self._drop_draft()
        else:
            self._keep_draft()
        in_use = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        super().done(result)
        # When two dialogs close at once, some desktops leave the keyboard to no window at all.
        if in_use and self._window.isVisible():
            self._window.activateWindow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), tokens().colour("surface"))


def _text(entry: QLineEdit | QPlainTextEdit) -> str:
    return entry.text() if isinstance(entry, QLineEdit) else entry.toPlainText()


def _set_text(entry: QLineEdit | QPlainTextEdit, words: str) -> None:
    if isinstance(entry, QLineEdit):
        entry.setText(words)
    else:
        entry.setPlainText(words)
