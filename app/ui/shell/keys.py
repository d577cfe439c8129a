"""Keys: a shortcut for each command, and typing that comes before undo."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from app.ui.commands import Command

_UNDO: Final = QKeySequence.StandardKey.Undo
_REDO: Final = QKeySequence.StandardKey.Redo
_SIGNS: Final = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "↵", "Del": "Del"}
"""What stands on the key in every language; Qt would write some of them out."""


class CommandKey(QShortcut):
    """The key of a command; silent while the command is not possible or its screen is hidden."""

    def __init__(self, command: Command, keys: str, parent: QWidget) -> None:
        super().__init__(QKeySequence(keys), parent)
        self._command = command
        self.setContext(Qt.ShortcutContext.WindowShortcut)
        self.activated.connect(self._run)

    def _run(self) -> None:
        if self._command.do is not None and self._command.is_possible():
            self._command.do()


def bind(commands: Iterable[Command], parent: QWidget) -> None:
    """Give every command its keys while `parent` is shown."""
    for command in commands:
        if command.do is not None:
            for keys in filter(None, command.keys.split(", ")):
                CommandKey(command, keys, parent)


def key_caps(keys: str) -> str:
    """The first key of a command as the user's system writes it; empty when it has none."""
    sequence = QKeySequence(keys.split(", ")[0])
    portable = _parts(sequence.toString(QKeySequence.SequenceFormat.PortableText))
    native = _parts(sequence.toString(QKeySequence.SequenceFormat.NativeText))
    if len(native) == len(portable):
        native[-1] = _SIGNS.get(portable[-1], native[-1])
    return " ".join(native)


def _parts(words: str) -> list[str]:
    return [*words[:-1].split("+")[:-1], "+"] if words.endswith("++") else words.split("+")


class TypingFirst(QObject):
    """In a text field Ctrl+Z takes back typing; when there is none left, the last change.

    Qt's text fields keep the key for themselves also when they have nothing to undo.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit):
            now.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        for standard, available in ((_UNDO, _can_undo), (_REDO, _can_redo)):
            if event.matches(standard) and not available(watched):
                event.ignore()  # so that the window's own shortcut gets it
                return True
        return False


def _can_undo(watched: QObject) -> bool:
    if isinstance(watched, QLineEdit):
        return watched.isUndoAvailable()
    return isinstance(watched, QPlainTextEdit | QTextEdit) and watched.document().isUndoAvailable()


def _can_redo(watched: QObject) -> bool:
    if isinstance(watched, QLineEdit):
        return watched.isRedoAvailable()
    return isinstance(watched, QPlainTextEdit | QTextEdit) and watched.document().isRedoAvailable()
