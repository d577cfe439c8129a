"""What Qt itself says, in the program's language: menus of text fields, dialogs for files."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

_FOLDER = QLibraryInfo.LibraryPath.TranslationsPath


class QtWords(QObject):
    """Holds the translation that Qt brings along."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: QTranslator | None = None

    def use(self, language: str) -> None:
        """Speak this language, a key of i18n.LANGUAGES; English where Qt has no words for it."""
        if self._words is not None:
            QCoreApplication.removeTranslator(self._words)
            self._words.deleteLater()
        made = QTranslator(self)
        known = made.load(f"qtbase_{language}", QLibraryInfo.path(_FOLDER))
        if known:
            QCoreApplication.installTranslator(made)
        self._words = made
