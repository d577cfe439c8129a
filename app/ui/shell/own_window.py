"""A record in a window of its own, beside the main window: several can be read at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import Message, tr
from app.ui.areas import adding
from app.ui.commands import Command
from app.ui.context import Context
from app.ui.screen import Screen, Target
from app.ui.shell.keys import bind
from app.ui.shell.page_header import PageHeader, show_title
from app.ui.shell.undoing import Undoing
from app.ui.theme import Kind, tokens
from app.ui.widgets.layout import col
from app.ui.widgets.leave_dialog import Leaving
from app.ui.widgets.message_strip import Action, MessageStrip
from app.ui.widgets.surface import Surface
from app.ui.widgets.tab_order import order_by_place

SIZE: Final = (1120, 800)
_TITLE_BAR: Final = 40


class OwnWindow(Surface):
    """Holds one screen with its header, its messages and its undo; closes with the main window.

    What the screen navigates to within its area is shown here, everything else in the main window.
    """

    left = Signal(object)  # itself, closed by the user

    def __init__(
        self, parent: QWidget, context: Context, area: str, make: Callable[[Context], Screen]
    ) -> None:
        super().__init__("page", "own_window")
        self.setParent(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.area, self._outside, self._main = area, context, parent
        self.strip = MessageStrip()
        self._leaving = Leaving(self)
        self._undoing = Undoing(context, self.strip, self)
        self._adding: Callable[[], None] | None = None
        self._inside = replace(
            context,
            navigate=self._navigate,
            show_message=self._show_message,
            undo=self._undoing.undo,
        )
        self.screen_shown = make(self._inside)
        self.screen_shown.area = area
        self._header = PageHeader()
        self._header.set_actions(area, self.screen_shown.header_actions())
        self.setLayout(
            col(
                self._header,
                self.strip,
                (self.screen_shown, 1),
                gap=16,
                margins=(24, 20, 24, 20),
            )
        )
        tok, room = tokens(), parent.screen().availableGeometry()
        height = room.height() - tok.px(_TITLE_BAR)
        self.resize(min(tok.px(SIZE[0]), room.width()), min(tok.px(SIZE[1]), height))
        bind(self.screen_shown.commands(), self.screen_shown)
        bind(self._commands(), self)
        self.winId()  # makes the window of the system, which is there only when needed
        # it is nobody's: a dialog over the main window would shut it, and it would hide behind
        self.windowHandle().setTransientParent(None)  # type: ignore[arg-type] # stub: no None
        self.screen_shown.header_changed.connect(self._show_header)

    def show_target(self, target: Target) -> None:
        """Show this record."""
        self.screen_shown.show_target(target)
        self._show_header()

    def _commands(self) -> list[Command]:
        group = Message("Everywhere")
        return [
            Command("customers.new", Message("New customer"), group, "Ctrl+N",
                    do=self.new_customer),
            Command("undo", Message("Undo the last change"), group, "Ctrl+Z",
                    do=self._undoing.undo_last),
            Command("redo", Message("Redo what was undone"), group, "Ctrl+Shift+Z, Ctrl+Y",
                    do=self._undoing.redo_last),
            Command("go.notifications", Message("Notifications"), group, "F8",
                    do=self.open_notifications),
            Command("close", Message("Close the window"), group, "Ctrl+W", do=self.close),
        ]  # fmt: skip

    def open_notifications(self) -> None:
        """What was shown and waits, in the main window."""
        self._navigate("notifications")

    def new_customer(self) -> None:
        """The form of a new customer over this window; its page opens here."""
        if self._adding is None:
            self._adding = adding(self._inside, self, self._show_added)
        self._adding()

    def _show_added(self, customer_id: int) -> None:
        self._navigate("customer", customer_id)

    def _navigate(self, area: str, target: Target = None, /) -> None:
        if area == self.area and target is not None:
            self.show_target(target)
        else:
            self._outside.navigate(area, target)
            self._main.window().activateWindow()

    def _show_message(
        self, message: Message, /, undo: int | None = None, kind: Kind = "good"
    ) -> None:
        undoing = self._undoing
        action = Action(tr("Undo"), lambda: undoing.undo(undo)) if undo is not None else None
        self.strip.say(str(message), kind, action)

    def _show_header(self) -> None:
        title = str(self.screen_shown.title())
        show_title(self._header, self.screen_shown)
        self.setWindowTitle(f"{title} · {tr('Shuke')}")

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        order_by_place(self)
        return super().focusNextPrevChild(next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving.lets_go(event, unsaved=self.show_unsaved()):
            self.left.emit(self)
            event.accept()

    def show_unsaved(self) -> bool:
        """Show what would be lost with the window; whether there is anything."""
        unsaved = self.screen_shown.unsaved()
        if unsaved:
            self.show_target(unsaved[0])
        return bool(unsaved)
