"""The frame on the desktop. What it holds is exchanged: first start, a fault, or the shell."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from app.ui.memory import window_memory
from app.ui.theme import follow, tokens
from app.ui.widgets.leave_dialog import Leaving
from app.ui.widgets.tab_order import order_by_place

_GEOMETRY: Final = "window/geometry"
USUAL: Final = (1360, 860)
LEAST: Final = (960, 600)
_TITLE_BAR: Final = 40  # how high a desktop's own title bar is at most


class MainWindow(QMainWindow):
    """One window a process; it keeps its place while its content is made anew."""

    leaving = Signal()  # closed by the user; the content is still whole
    file_dropped = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("Shuke")
        self._takes_files = False
        self._leaving = Leaving(self)
        self._show_unsaved: Callable[[], bool] | None = None
        follow(self.retheme)

    def set_content(self, content: QWidget, show_unsaved: Callable[[], bool] | None = None) -> None:
        """Show this and let go of what was shown before.

        `show_unsaved` shows what is typed in it and not saved, and says whether there is anything:
        closing the window asks first, and so does `give_up_then`.
        """
        self._show_unsaved = show_unsaved
        begin = content.focusWidget()
        before = self.takeCentralWidget()
        self.setCentralWidget(content)
        if before is not None:
            before.hide()
            before.deleteLater()
        if begin is not None:  # what content chose before it stood in a window
            begin.setFocus()

    def give_up_then(self, do: Callable[[], None]) -> None:
        """Do what ends or exchanges the content, asking first where something is not saved."""
        self._leaving.then(do, unsaved=self._unsaved())

    def _unsaved(self) -> bool:
        return self._show_unsaved is not None and self._show_unsaved()

    def take_files(self, *, wanted: bool) -> None:
        """Whether a file may be dropped here."""
        self._takes_files = wanted
        self.setAcceptDrops(wanted)

    def come_forward(self) -> None:
        """Be seen: out of the task bar, above the others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def retheme(self) -> None:
        """Take over the least size."""
        tok = tokens()
        room = self.screen().availableGeometry()
        self.setMinimumSize(
            min(tok.px(LEAST[0]), room.width()), min(tok.px(LEAST[1]), room.height())
        )

    # ---- place and size

    def restore_place(self) -> None:
        """Stand where it was left, when that screen is still there; else in the middle."""
        kept = window_memory().value(_GEOMETRY)
        if isinstance(kept, QByteArray) and self.restoreGeometry(kept) and self._is_seen():
            return
        room = QGuiApplication.primaryScreen().availableGeometry()
        tok = tokens()
        room.setTop(room.top() + _TITLE_BAR)
        self.resize(min(tok.px(USUAL[0]), room.width()), min(tok.px(USUAL[1]), room.height()))
        # `move` places the title bar's corner, `room` is for what lies below it
        self.move(room.center() - self.rect().center() - QPoint(0, _TITLE_BAR))

    def keep_place(self) -> None:
        """Remember where it stands."""
        window_memory().setValue(_GEOMETRY, self.saveGeometry())

    def _is_seen(self) -> bool:
        # a good part of the title bar has to be within reach
        head = self.frameGeometry()
        head.setHeight(tokens().px(48))
        seen = (one.availableGeometry().intersected(head) for one in QGuiApplication.screens())
        return any(part.width() >= head.width() // 3 and part.height() > 0 for part in seen)

    # ---- what Qt asks

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        order_by_place(self)
        return super().focusNextPrevChild(next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving.lets_go(event, unsaved=self._unsaved()):
            self.keep_place()
            self.leaving.emit()
            event.accept()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes_files and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.file_dropped.emit(Path(url.toLocalFile()))
                return
