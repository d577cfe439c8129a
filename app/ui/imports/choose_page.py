"""The first step: a file, dropped or chosen."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import tr
from app.ui.theme import RADIUS_CARD, follow, tokens
from app.ui.widgets.avatar import Disc
from app.ui.widgets.button import Button
from app.ui.widgets.layout import STRETCH, col, row
from app.ui.widgets.text import Label

_PATTERNS: Final = "*.xlsx *.xls *.ods *.csv *.tsv *.txt *.vcf"


class ChoosePage(QWidget):
    """A place to drop a file on, and a button for those who do not drag."""

    chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import_choose")
        self.setAcceptDrops(True)
        self._over = False
        self.button = Button(tr("Choose a file…"), "primary", glyph="folder-open")
        self.button.setObjectName("choose_file")
        self.button.clicked.connect(self.ask)
        self._problem = Label("", "body", "danger_ink").centred()
        self._problem.setWordWrap(True)
        self._problem.hide()
        words = Label(
            tr(
                "Spreadsheets (.xlsx, .xls, .ods), text in any encoding (.csv, .tsv) and contacts "
                "of phones and mail programs (.vcf). Titles above the table, Chinese or English "
                "headings and repeated customers are fine: you see what would happen before "
                "anything is written, and can take all of it back afterwards."
            ),
            "body",
            "muted",
        ).centred()
        words.setWordWrap(True)
        words.wide(520)
        self.setLayout(
            col(
                STRETCH,
                row(STRETCH, Disc("file-up", "info", 48), STRETCH),
                16,
                Label(tr("Drop a list of customers or interactions here"), "title").centred(),
                8,
                row(STRETCH, words, STRETCH),
                16,
                row(STRETCH, self.button, STRETCH),
                16,
                self._problem,
                STRETCH,
                gap=0,
                margins=24,
            )
        )
        follow(self.update)

    def say(self, problem: str) -> None:
        """Why the last file could not be used; "" for nothing."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def problem(self) -> str:
        """What is said at the moment."""
        return self._problem.text()

    def ask(self) -> None:
        """Ask for a file."""
        found, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a customer list"), str(Path.home()), f"{tr('Lists')} ({_PATTERNS})"
        )
        if found:
            self.chosen.emit(Path(found))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event) is not None:
            event.acceptProposedAction()
            self._over = True
            self.update()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        found = _file_of(event)
        if found is not None:
            event.acceptProposedAction()
            self.chosen.emit(found)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tok = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(tok.colour("accent_ink" if self._over else "border_strong"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(tok.colour("sel" if self._over else "surface"))
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(body, tok.px(RADIUS_CARD), tok.px(RADIUS_CARD))


def _file_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if urls and urls[0].isLocalFile() else None
