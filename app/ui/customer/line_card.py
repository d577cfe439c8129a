"""A card of lines, one of which can be edited in its place."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.i18n import Message, ntr, tr
from app.services.customer_page import CustomerPage
from app.ui.context import Context
from app.ui.customer.card import Card
from app.ui.customer.editor import Editor
from app.ui.customer.line import ActiveLine
from app.ui.customer.looked_at import paint_grounds
from app.ui.theme import tokens
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, Box, col, row
from app.ui.widgets.menu import Menu
from app.ui.widgets.text import muted

BATCH: Final = 8
"""So many lines are shown at first, and so many more at a time."""
_ABOVE: Final = 4  # how far the ground of a line reaches over and under its words


class Part(NamedTuple):
    """A line to be shown: `make` is called when it is, and again when `content` differs."""

    key: Hashable
    content: object
    make: Callable[[], QWidget]


class LineCard(Card):
    """Lines of which only those are made anew that changed; what is typed stays.

    Subclasses give `parts(page)`, and `choose`, `fill_menu` and `delete` for what is done.
    """

    gap = 12
    add_words = Message("Add")

    def __init__(self, context: Context, name: str, title: str, empty: str) -> None:
        self._empty = muted(empty, "body").wrapped()
        self._more = Button("", "accent", size="small")
        self._lines: Box = col(gap=self.gap)
        self._parts: Sequence[Part] = ()
        self._made: dict[Hashable, tuple[object, QWidget]] = {}
        self._most = BATCH
        self._held: dict[int, Editor] = {}  # of customers whose page was left meanwhile
        self.editor: Editor | None = None
        super().__init__(context, name, title, tr("Add"))
        self._more.setObjectName("more_lines")
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self.menu = Menu(self, title)
        self.add.setAccessibleName(str(self.add_words))
        self.add.setToolTip(str(self.add_words))
        self.add.clicked.connect(self.start)

    @override
    def body(self) -> QWidget | QLayout:
        return col(self._empty, self._lines, row(self._more, STRETCH), gap=self.gap)

    @override
    def unsaved(self) -> frozenset[int]:
        here = self.page is not None and self.editor is not None and self.editor.is_changed()
        shown = [self.page.record.id] if self.page is not None and here else []
        return frozenset([*self._held, *shown])

    # ---- lines

    def start(self) -> None:
        """Begin to add one."""
        raise NotImplementedError

    def parts(self, page: CustomerPage) -> Sequence[Part]:
        """What is to be shown, in its order."""
        raise NotImplementedError

    def choose(self, key: Hashable) -> None:
        """What a click or Enter does."""
        raise NotImplementedError

    def fill_menu(self, key: Hashable) -> None:
        """Put into `menu` what can be done with a line."""
        raise NotImplementedError

    def delete(self, key: Hashable) -> None:
        """What the Delete key does."""
        raise NotImplementedError

    @override
    def show_page(self, page: CustomerPage) -> None:
        if self.page is not None and self.page.record.id != page.record.id:
            self._leave_page(self.page.record.id)
            self._most = BATCH
        super().show_page(page)

    @override
    def fill(self, page: CustomerPage) -> None:
        back = self._held.pop(page.record.id, None)
        if back is not None:
            self.editor = back
        self._parts = tuple(self.parts(page))
        self.refill()

    def refill(self) -> None:
        """Put the lines in their order, and the editor in the place of its line."""
        focused, place = self._focused()
        while self._lines.takeAt(0) is not None:
            pass  # the widgets stay
        shown, editor = self._parts[: self._most], self.editor
        before, self._made = self._made, {}
        if editor is not None and editor.key not in [part.key for part in shown]:
            self._put(editor)
        for part in shown:
            if editor is not None and part.key == editor.key:
                self._put(editor)
            else:
                self._put(self._made_of(part, before))
        for _, gone in before.values():
            gone.hide()
            gone.deleteLater()
        self._say_more()
        self._show_nothing()
        self.updateGeometry()
        if place is not None:
            self._focus_again(focused, place)

    def _made_of(self, part: Part, before: dict[Hashable, tuple[object, QWidget]]) -> QWidget:
        content, widget = before.pop(part.key, (None, None))
        if widget is None or content != part.content:
            if widget is not None:
                before[part.key] = (content, widget)
            widget = part.make()
            self._listen(widget)
        self._made[part.key] = (part.content, widget)
        return widget

    def _show_nothing(self) -> None:
        self._empty.setVisible(not self._parts and self.editor is None)

    def _say_more(self) -> None:
        left = len(self._parts) - self._most
        self._more.setVisible(left > 0)
        if left > 0:
            self._more.set_words(ntr("Show {count} more", "Show {count} more", left))

    def _show_more(self) -> None:
        before = self._most
        self._most += BATCH
        self.refill()
        self.focus_line(self._parts[before].key)

    def _put(self, widget: QWidget) -> None:
        self._lines.addWidget(widget)
        widget.show()

    def _listen(self, widget: QWidget) -> None:
        for line in (widget, *widget.findChildren(ActiveLine)):
            if isinstance(line, ActiveLine):
                line.chosen.connect(self.choose)
                line.delete_asked.connect(self.delete)
                line.menu_asked.connect(self._open_menu)
                line.looked_at.connect(self.update)

    def lines(self) -> list[ActiveLine]:
        """The lines that can be acted on, from the top."""
        found = [self._lines.itemAt(place) for place in range(self._lines.count())]
        held = [item.widget() for item in found if item is not None]
        return [
            line
            for widget in held
            if widget is not None
            for line in (widget, *widget.findChildren(ActiveLine))
            if isinstance(line, ActiveLine)
        ]

    def line(self, key: Hashable) -> ActiveLine | None:
        """The line with this key, if it is shown."""
        return next((one for one in self.lines() if one.key == key), None)

    def focus_line(self, key: Hashable) -> None:
        """Put the keyboard on a line."""
        line = self.line(key)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> tuple[Hashable, int | None]:
        """Key and place of the line that has the keyboard."""
        for place, line in enumerate(self.lines()):
            if line.hasFocus():
                return line.key, place
        return None, None

    def _focus_again(self, key: Hashable, place: int) -> None:
        line, lines = self.line(key), self.lines()
        if line is None and lines:
            line = lines[min(place, len(lines) - 1)]
        (line or self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_menu(self, key: Hashable, at: QPoint) -> None:
        self.menu.empty()
        self.fill_menu(key)
        if not self.menu.isEmpty():
            self.menu.popup(at)

    # ---- editing in place

    def edit(self, editor: Editor) -> None:
        """Put an editor where its line stands; one at a time."""
        if self.editor is not None and self.editor.is_changed():
            editor.deleteLater()
            if editor.key != self.editor.key:
                self.editor.say(tr("Save or discard this first."))
            self.editor.start()
            return
        self._drop_editor()
        self.editor = editor
        editor.save_asked.connect(partial(self.save_editor, editor))
        editor.left.connect(partial(self.close_editor, editor))
        editor.grown.connect(partial(self.bring_end, editor))
        editor.setParent(self)
        self.refill()
        editor.start()
        self.bring(editor)

    def bring(self, editor: Editor) -> None:
        """Scroll to it as soon as it has its place."""
        QTimer.singleShot(0, editor, partial(self._bring, editor))

    def bring_end(self, editor: Editor) -> None:
        """Scroll to where it is saved."""
        QTimer.singleShot(0, editor, partial(self._bring, editor.save))

    def _bring(self, part: QWidget) -> None:
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(part, 0, tokens().px(16))

    def save_editor(self, editor: Editor) -> None:
        """Save what was typed in it."""
        raise NotImplementedError

    def close_editor(self, editor: Editor) -> None:
        """Show the line again; the keyboard goes back to it."""
        if editor is not self.editor:
            return
        had_focus = self._holds_keyboard(editor)
        self._drop_editor()
        self.refill()
        if had_focus:
            (self.line(editor.key) or self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _holds_keyboard(self, editor: Editor) -> bool:
        now = QApplication.focusWidget()
        if now is None or now.window() is not self.window():  # a dialog that just closes
            return True
        return editor.isAncestorOf(now)

    def _drop_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            self._lines.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _leave_page(self, customer_id: int) -> None:
        """Another customer is shown: what was typed waits until this one comes back."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        self._lines.removeWidget(editor)
        editor.hide()
        if editor.is_changed() or editor.saving:
            self._held[customer_id] = editor
        else:
            editor.deleteLater()

    # ---- writing

    def write(
        self,
        do: Callable[[], object],
        words: Message | None,
        done: Callable[[], object] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Change something in the background, then say so and offer Undo."""
        history, actor = self.context.services.history, self.context.actor

        work = partial(history.made_by, actor, do)

        def finished(change_set: int | None) -> None:
            if change_set is not None and words is not None:
                self.context.show_message(words, change_set)
            if done is not None:
                done()

        self.context.tasks.run(self, work, finished, failed, title=Message("Saving"), lane="write")

    def is_open(self, editor: Editor) -> bool:
        """Whether an editor is still there, on the page or waiting for its page."""
        return isValid(editor) and (editor is self.editor or editor in self._held.values())

    def finish(self, editor: Editor) -> None:
        """It is saved: close it, wherever it is."""
        for customer_id, held in list(self._held.items()):
            if held is editor:
                del self._held[customer_id]
                editor.deleteLater()
        self.close_editor(editor)

    # ---- what Qt asks

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_grounds(self, self.lines(), _ABOVE)
