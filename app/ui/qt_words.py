"""What Qt itself says, in the program's language: menus of text fields, dialogs for files."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator
from typing_extensions import override

from app.i18n import Message

_FOLDER = QLibraryInfo.LibraryPath.TranslationsPath

_LEFT_OUT: Final = {
    "&Look in:": Message("Look in:"),
    "Files of &type:": Message("Files of type:"),
    "Folder": Message("Folder"),
    "Drive": Message("Drive"),
}
"""What the dialog for files says and Qt's own translations have no words for."""


class QtWords(QObject):
    """Holds the translation that Qt brings along, and what it leaves out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[QTranslator] = []

    def use(self, language: str) -> None:
        """Speak this language, a key of i18n.LANGUAGES; English where Qt has no words for it."""
        for before in self._words:
            QCoreApplication.removeTranslator(before)
            before.deleteLater()
        made = QTranslator(self)
        known = made.load(f"qtbase_{language}", QLibraryInfo.path(_FOLDER))
        self._words = [_LeftOut(self), made] if known else []
        for one in self._words:  # the one installed last is asked first
            QCoreApplication.installTranslator(one)


class _LeftOut(QTranslator):
    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self,
        context: str,
        sourceText: str,
        /,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        words = _LEFT_OUT.get(sourceText)
        return None if words is None else str(words)
