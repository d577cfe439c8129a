"""`?`: every key there is, from the same declarations that make them work."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import Message, tr
from app.ui.commands import Command
from app.ui.shell.keys import key_caps
from app.ui.theme import tokens
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.surface import Scroll
from app.ui.widgets.text import Label, caption

_LISTS: Final = Message("In a list")
LIST_KEYS: Final = (
    Command("list.move", Message("Another row"), _LISTS, "Up, Down"),
    Command("list.open", Message("Open the row"), _LISTS, "Return"),
    Command("list.toggle", Message("Choose one more, or one less"), _LISTS, "Space"),
    Command("list.range", Message("Choose as far as here"), _LISTS, "Shift+Down, Shift+Up"),
    Command("list.all", Message("Choose all"), _LISTS, "Ctrl+A"),
    Command("list.first", Message("To the first row"), _LISTS, "Home"),
    Command("list.last", Message("To the last row"), _LISTS, "End"),
    Command("list.menu", Message("Menu of the row"), _LISTS, "Menu, Shift+F10"),
)
"""Keys that every list answers itself."""


_SCROLLS: Final = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
_AROUND: Final = 200  # title, button and margins of the sheet, and what is seen of the window
_LEAST: Final = 240


class ShortcutSheet(Dialog):
    """Groups of keys in two columns."""

    def __init__(self, parent: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(parent, tr("Keys"), "sheet", do="", leave=tr("Close"))
        known = {command.name for command in commands}
        usual = [command for command in LIST_KEYS if command.name not in known]
        shown = [command for command in (*commands, *usual) if command.keys]
        groups = [
            (str(title), list(found))
            for title, found in groupby(
                sorted(shown, key=_Place(shown)), key=lambda command: command.group
            )
        ]
        half = _middle(groups)
        columns = row(
            (hold(col(*map(_group, groups[:half]), STRETCH, gap=20)), 1),
            (hold(col(*map(_group, groups[half:]), STRETCH, gap=20)), 1),
            gap=32,
        )
        self._columns = hold(columns)
        self._scroll = Scroll(self._columns, "sheet_keys")
        self.put(self._scroll)
        self.leave_button.installEventFilter(self)
        self._fit(parent.window().height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that scroll do so, although the focus is on the button."""
        if isinstance(event, QKeyEvent) and event.key() in _SCROLLS:
            if event.type() == QEvent.Type.KeyPress:
                QCoreApplication.sendEvent(self._scroll.verticalScrollBar(), event)
            return True
        return super().eventFilter(watched, event)

    def _fit(self, window: int) -> None:
        """Every key in sight where the window is high enough."""
        around = tokens().px(_AROUND)
        needed = self._columns.sizeHint().height()
        self._scroll.setFixedHeight(max(tokens().px(_LEAST), min(needed, window - around)))

    @override
    def retheme(self) -> None:
        super().retheme()
        self.setMinimumWidth(tokens().px(760))


class _Place:
    """Where a command's group comes first."""

    def __init__(self, commands: Sequence[Command]) -> None:
        groups = list(dict.fromkeys(command.group.msgid for command in commands))
        self._places = {msgid: place for place, msgid in enumerate(groups)}

    def __call__(self, command: Command) -> int:
        return self._places[command.group.msgid]


def _middle(groups: Sequence[tuple[str, list[Command]]]) -> int:
    """How many groups stand in the first column, so that both are about equally long."""
    lengths = [len(commands) + 2 for _, commands in groups]
    total = sum(lengths)
    return min(range(1, len(groups) + 1), key=lambda count: abs(total - 2 * sum(lengths[:count])))


def _group(group: tuple[str, list[Command]]) -> QWidget:
    title, commands = group
    return hold(col(caption(title), *map(_line, commands), gap=8))


def _line(command: Command) -> QWidget:
    caps = [KeyCap(key_caps(keys)) for keys in command.keys.split(", ")]
    words = Label(str(command.title)).wrapped()
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return hold(row((words, 1), *caps, gap=6))
